import { MEMO_HEADER_FILE, readMemoHeaderJson, writeMemoHeaderJson, type OutboundMemoHeader, type ReadMemoHeader } from '../../domain/memo-header-json.ts';
import { OutlookFailure, type Item, type ItemAttachment, type Outlook } from '../office/outlook.ts';
import { fromBase64, toBase64 } from './base64.ts';

/** What the draft's own MemoHeader.json files say. One that came with a received message is none of its own. */
export interface OwnMemoHeader {
  /** Null where there is none. Of several, the one that was put in last from here, else the first. */
  readonly header: OutboundMemoHeader | null;
  /** Several that do not say the same: the gateway refuses the mail (docs/memoheader.md). */
  readonly differ: boolean;
}

export interface MemoHeaderFiles {
  readonly read: (attachments: readonly ItemAttachment[]) => Promise<OwnMemoHeader>;
  /**
   * Puts in what `change` makes of what the draft holds now, and then takes the old file out: where Outlook fails in
   * between there are two that differ, which the gateway refuses, and never none, which it would send without what
   * somebody wrote. Nothing but the old one is taken out where nothing is left to carry. Rejects with OutlookFailure, also
   * where two files differ and neither was put in from here.
   */
  readonly write: (change: (before: OutboundMemoHeader | null) => OutboundMemoHeader) => Promise<void>;
}

interface MemoHeaderParts {
  readonly outlook: Pick<Outlook, 'fileContent' | 'addFile' | 'removeFile'>;
  readonly readAgain: () => Promise<Item>;
}

interface OwnFile {
  readonly id: string;
  readonly header: OutboundMemoHeader;
  readonly text: string | null;
}

/** The MemoHeader.json files of the draft that is open. One `write` at a time. */
export function memoHeaderFiles({ outlook, readAgain }: MemoHeaderParts): MemoHeaderFiles {
  const known = new Map<string, ReadMemoHeader>();
  let putIn: string | null = null;

  const readFile = async (id: string): Promise<ReadMemoHeader> => {
    const before = known.get(id);
    if (before) return before;
    const content = await outlook.fileContent(id);
    const read = content.kind === 'content' ? readMemoHeaderJson(fromBase64(content.base64)) : ({ kind: 'unreadable' } as const);
    // What could not be read may be read the next time.
    if (read.kind !== 'unreadable') known.set(id, read);
    return read;
  };
  const filesIn = async (attachments: readonly ItemAttachment[]): Promise<readonly OwnFile[]> => {
    const own: OwnFile[] = [];
    for (const { id } of attachments.filter(isMemoHeader)) {
      const read = await readFile(id);
      if (read.kind === 'outbound') own.push({ id, header: read.header, text: writeMemoHeaderJson(read.header) });
    }
    return own;
  };
  const lastOf = (files: readonly OwnFile[]): OwnFile | null => files.find(({ text }) => text === putIn) ?? files[0] ?? null;

  const exchange = async (files: readonly OwnFile[], last: OwnFile | null, text: string | null): Promise<void> => {
    const stays = text !== null && text === last?.text ? last : null;
    if (text !== null && !stays) await outlook.addFile({ name: MEMO_HEADER_FILE, base64: toBase64(text) });
    putIn = text;
    for (const { id } of files) if (id !== stays?.id) await outlook.removeFile(id);
  };

  return {
    read: async (attachments) => {
      const files = await filesIn(attachments);
      return { header: lastOf(files)?.header ?? null, differ: differ(files) };
    },
    write: async (change) => {
      const item = await readAgain();
      if (item.kind !== 'draft') return;
      const files = await filesIn(item.attachments);
      const last = lastOf(files);
      if (differ(files) && last?.text !== putIn) throw new OutlookFailure('write-memo-header', 'two-that-differ');
      const text = writeMemoHeaderJson(change(last?.header ?? null));
      await exchange(files, last, text);
    },
  };
}

function differ(files: readonly OwnFile[]): boolean {
  return new Set(files.map(({ text }) => text)).size > 1;
}

function isMemoHeader({ name, kind, isInline }: ItemAttachment): boolean {
  return kind === 'file' && !isInline && name.toLowerCase() === MEMO_HEADER_FILE.toLowerCase();
}
