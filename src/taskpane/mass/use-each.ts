import { useEffect, useState } from 'react';
import { isBodyPdfName } from '../../domain/memo-header-file.ts';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { fileFaults, hasFields, kindInDraft, mergeFaults, type EachFault, type EachKind, type MergeSource } from './each-letters.ts';
import { readLetters } from './letter-now.ts';
import { isMadeLetter } from '../../domain/letter-mark.ts';
import type { MassList } from './mass-list.ts';

/** How often Outlook is asked for the text, which tells of no change of it, in ms. */
const BODY_READ_EVERY_MS = 2_000;

export interface EachState {
  readonly kind: EachKind;
  readonly choose: (kind: EachKind) => void;
  /** Null: not read yet. */
  readonly source: MergeSource | null;
  readonly faults: readonly EachFault[];
}

/** Which letters the list is sent with: what the draft says already, else what its text looks like, else what is chosen. */
export function useEach(draft: Draft, list: MassList): EachState {
  const { outlook } = usePaneParts();
  const [chosen, choose] = useState<EachKind | null>(null);
  const html = useBodyHtml();
  const hasOwnBody = useOwnBody(draft);
  const source = html === null ? null : { subject: draft.subject, html };
  const looksLike = source !== null && hasFields(source, list.columns) ? 'merge' : 'same';
  const kind = chosen ?? kindInDraft(draft) ?? looksLike;
  const faults = kind === 'same' ? [] : kind === 'files' ? fileFaults(draft, list) : source === null ? [] : mergeFaults(source, list);
  const body: readonly EachFault[] = kind !== 'same' && hasOwnBody ? [{ code: 'body' }] : [];
  useEffect(() => outlook.onChange((change) => change === 'item' && choose(null)), [outlook]);
  return { kind, choose, source, faults: [...body, ...faults] };
}

function useBodyHtml(): string | null {
  const { outlook } = usePaneParts();
  const [html, setHtml] = useState<string | null>(null);
  useEffect(() => {
    const read = (): void => {
      if (document.visibilityState === 'visible') void outlook.bodyHtml().then(setHtml, () => undefined);
    };
    read();
    const clock = setInterval(read, BODY_READ_EVERY_MS);
    return () => clearInterval(clock);
  }, [outlook]);
  return html;
}

/** A body.pdf of the writer's own, which would be the letter to all; ours goes by itself. */
function useOwnBody(draft: Draft): boolean {
  const { outlook } = usePaneParts();
  const [own, setOwn] = useState(false);
  const files = draft.attachments.filter(({ name }) => isBodyPdfName(name)).map(({ id, bytes }) => `${id} ${String(bytes)}`).join();
  useEffect(() => {
    let over = false;
    if (files === '') setOwn(false);
    else {
      void readLetters(outlook, draft).then(({ mark, letters }) => {
        if (!over) setOwn(letters.some((letter) => !isMadeLetter({ mark, pdfSha256: letter.sha256 })));
      }, () => undefined);
    }
    return () => {
      over = true;
    };
  }, [outlook, files]);
  return own;
}
