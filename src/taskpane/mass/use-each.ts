import { useEffect, useState } from 'react';
import { isBodyPdfName } from '../../domain/memo-header-file.ts';
import type { Draft, ItemAttachment } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { fileFaults, hasFields, kindInDraft, mergeFaults, namedFiles, type EachFault, type EachKind, type MergeSource } from './each-letters.ts';
import { readLetters } from './letter-now.ts';
import { isMadeLetter } from '../../domain/letter-mark.ts';
import type { MassList } from './mass-list.ts';
import { otherFileFaults, splitLettersFor, useSplit, type SplitOfList } from './use-split.ts';

/** How often Outlook is asked for the text, which tells of no change of it, in ms. */
const BODY_READ_EVERY_MS = 2_000;

export interface EachState {
  readonly kind: EachKind;
  readonly choose: (kind: EachKind) => void;
  /** Null: not read yet. */
  readonly source: MergeSource | null;
  readonly faults: readonly EachFault[];
  /** What is somebody's own letter, and cannot go with the letters that are chosen. */
  readonly named: readonly ItemAttachment[];
  /** Each recipient has a letter, as far as can be told here. */
  readonly isReady: boolean;
  readonly split: SplitOfList;
}

/** Which letters the list is sent with: what the draft says already, else what its text looks like, else what is chosen. */
export function useEach(draft: Draft, list: MassList): EachState {
  const { outlook } = usePaneParts();
  const [chosen, choose] = useState<EachKind | null>(null);
  const html = useBodyHtml();
  const hasOwnBody = useOwnBody(draft);
  const source = html === null ? null : { subject: draft.subject, html };
  const split = useSplit(list);
  const kind = chosen ?? (split.state.kind === 'none' ? null : 'split') ?? kindInDraft(draft) ?? looksLike(source, list);
  const body: readonly EachFault[] = kind !== 'same' && hasOwnBody ? [{ code: 'body' }] : [];
  const named = namedFiles(draft, kind);
  const faults = [...body, ...namedFaults(named), ...faultsOf(kind, { draft, list, source })];
  const isKnown = kind === 'merge' ? source !== null : kind !== 'split' || splitLettersFor(split.state, draft, list) !== null;
  useEffect(() => outlook.onChange((change) => change === 'item' && choose(null)), [outlook]);
  return { kind, choose, source, faults, named, isReady: isKnown && faults.length === 0, split };
}

function looksLike(source: MergeSource | null, { columns }: MassList): EachKind {
  return source !== null && hasFields(source, columns) ? 'merge' : 'same';
}

function namedFaults({ length: n }: EachState['named']): readonly EachFault[] {
  return n === 0 ? [] : [{ code: 'named', n }];
}

function faultsOf(kind: EachKind, { draft, list, source }: { readonly draft: Draft; readonly list: MassList; readonly source: MergeSource | null }): readonly EachFault[] {
  switch (kind) {
    case 'same': return [];
    case 'files': return fileFaults(draft, list);
    case 'split': return otherFileFaults(draft, list);
    case 'merge': return source === null ? [] : mergeFaults(source, list);
  }
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
