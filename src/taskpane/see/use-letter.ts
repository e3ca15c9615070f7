import { useCallback, useEffect, useState } from 'react';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { letterOfDraft, type SeenLetter } from './letter-of-draft.ts';

/** How often Outlook is asked for the text, while the screen is seen; it tells of no change of it. */
const BODY_READ_EVERY_MS = 2_000;

export interface LetterState {
  /** The newest that could be made; null: none yet. */
  readonly letter: SeenLetter | null;
  /** `ready`: the letter is of the mail as it stands. */
  readonly state: 'making' | 'ready' | 'failed';
  /** The text of the mail; null: not read yet. */
  readonly html: string | null;
  /** Reads the text at once: what Outlook then holds. */
  readonly readNow: () => Promise<string>;
  readonly again: () => void;
}

/** The letter of the draft, made anew whenever text, subject or files are others, and when the gateway is back. */
export function useLetter(draft: Draft, isList: boolean): LetterState {
  const { outlook, gateway, noteAnswer, account: { connection } } = usePaneParts();
  const { html, readNow } = useBodyHtml();
  const [made, setMade] = useState<Pick<LetterState, 'letter' | 'state'>>({ letter: null, state: 'making' });
  const [tries, setTries] = useState(0);
  const files = JSON.stringify(draft.attachments);
  const isThere = connection === 'there';
  useEffect(() => {
    if (html === null) return undefined;
    let over = false;
    setMade(({ letter }) => ({ letter, state: 'making' }));
    void letterOfDraft({ outlook, gateway }, { ...draft, html, isList }).catch(() => ({ kind: 'not-given' as const })).then((answer) => {
      if (over) return;
      if (answer.kind === 'answer') setMade({ letter: answer.value, state: 'ready' });
      else setMade({ letter: null, state: 'failed' });
      if (answer.kind !== 'answer' && answer.kind !== 'not-given') noteAnswer(answer);
    });
    return () => {
      over = true;
    };
  }, [outlook, gateway, noteAnswer, html, draft.subject, files, isList, isThere, tries]);
  return { ...made, html, readNow, again: useCallback(() => setTries((n) => n + 1), []) };
}

function useBodyHtml(): Pick<LetterState, 'html' | 'readNow'> {
  const { outlook } = usePaneParts();
  const [html, setHtml] = useState<string | null>(null);
  const readNow = useCallback(async () => {
    const read = await outlook.bodyHtml();
    setHtml(read);
    return read;
  }, [outlook]);
  useEffect(() => {
    let isReading = false;
    const read = (): void => {
      if (isReading || document.visibilityState !== 'visible') return;
      isReading = true;
      void readNow().catch(() => undefined).finally(() => {
        isReading = false;
      });
    };
    read();
    const clock = setInterval(read, BODY_READ_EVERY_MS);
    return () => clearInterval(clock);
  }, [readNow]);
  return { html, readNow };
}
