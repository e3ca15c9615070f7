import { useCallback, useEffect, useState } from 'react';
import { usePaneParts } from '../pane-parts.ts';
import type * as Access from './access/letter-access.ts';
import type { AccessWarning } from './access/letter-access.ts';
import type { LetterState } from './use-letter.ts';

// With the parser of HTML, which the pages of the letter need not wait for.
const loadAccess = async (): Promise<typeof Access> => await import(/* webpackChunkName: "letter-access" */ './access/letter-access.ts');

/** What was mended last, and how the mail's text was before and after. */
interface Mended {
  readonly warning: AccessWarning;
  readonly before: string;
  readonly after: string;
}

export interface Warnings {
  readonly warnings: readonly AccessWarning[];
  /** Mends one, with the words that somebody wrote for it; resolves to whether Outlook did it. */
  readonly mend: (warning: AccessWarning, words: string) => Promise<boolean>;
  /** What can be undone: the mail's text has not been changed by anybody else since. */
  readonly mended: AccessWarning | null;
  readonly undo: () => Promise<void>;
  /** Outlook did not do what was asked of it last. */
  readonly failed: boolean;
}

/**
 * What makes the letter hard to read, where it is made of the mail's text, and what mends it. The old text is kept in this
 * pane's memory alone, as long as one can go back to it without losing what was written since.
 */
export function useWarnings({ letter, html, readNow }: LetterState): Warnings {
  const { outlook } = usePaneParts();
  const warnings = useFound(letter === null ? null : letter.html);
  const [done, setDone] = useState<readonly Mended[]>([]);
  const [failed, setFailed] = useState(false);
  const last = done.at(-1);
  const canUndo = last !== undefined && last.after === html;

  const write = useCallback(async (text: string): Promise<string | null> => {
    const written = await outlook.setBodyHtml(text).then(() => true, () => false);
    setFailed(!written);
    return written ? await readNow().catch(() => null) : null;
  }, [outlook, readNow]);

  const mend = useCallback<Warnings['mend']>(async (warning, words) => {
    const { mendedHtml } = await loadAccess();
    const before = await readNow();
    const text = mendedHtml(before, warning.key, words);
    // It is gone already, and so is its card.
    if (text === null) return true;
    const after = await write(text);
    if (after === null) return false;
    setDone((all) => [...all.filter((one) => one.after === before), { warning, before, after }]);
    return true;
  }, [readNow, write]);

  const undo = useCallback(async () => {
    if (last === undefined || (await readNow()) !== last.after) return;
    if ((await write(last.before)) !== null) setDone((all) => all.filter((one) => one !== last));
  }, [last, readNow, write]);

  return { warnings, mend: async (...asked) => await mend(...asked).catch(() => failing(setFailed)), mended: canUndo ? last.warning : null, undo: async () => void (await undo().catch(() => failing(setFailed))), failed };
}

function failing(set: (failed: boolean) => void): false {
  set(true);
  return false;
}

function useFound(html: string | null): readonly AccessWarning[] {
  const [warnings, setWarnings] = useState<readonly AccessWarning[]>([]);
  useEffect(() => {
    if (html === null) return setWarnings([]);
    let over = false;
    void loadAccess().then(({ accessWarnings }) => accessWarnings(html), () => []).catch(() => []).then((found) => {
      if (!over) setWarnings(found);
    });
    return () => {
      over = true;
    };
  }, [html]);
  return warnings;
}
