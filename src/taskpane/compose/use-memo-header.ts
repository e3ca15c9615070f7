import { useCallback, useEffect, useRef, useState } from 'react';
import { MEMO_HEADER_FILE, readMemoHeaderJson, writeMemoHeaderJson, type OutboundMemoHeader, type ReadMemoHeader } from '../../domain/memo-header-json.ts';
import type { Draft, ItemAttachment } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { fromBase64, toBase64 } from './base64.ts';

export interface DraftMemoHeader {
  /** What the draft's MemoHeader.json says; null where it has none of its own. */
  readonly header: OutboundMemoHeader | null;
  /** The same as it is at this moment, for what goes on between two drawings. */
  readonly now: () => OutboundMemoHeader | null;
  /** Changes it: the file is put in, exchanged, or taken out when nothing is left. Null where the client has no files. */
  readonly write: ((change: (before: OutboundMemoHeader | null) => OutboundMemoHeader) => Promise<void>) | null;
}

/** The MemoHeader.json of the draft, read whenever another stands there. One that came with a received message is left alone. */
export function useMemoHeader(draft: Draft): DraftMemoHeader {
  const { outlook, readAgain } = usePaneParts();
  const [header, showHeader] = useState<OutboundMemoHeader | null>(null);
  const latest = useRef<OutboundMemoHeader | null>(null);
  const setHeader = useCallback((next: OutboundMemoHeader | null) => {
    latest.current = next;
    showHeader(next);
  }, []);
  const files = useRef(new Map<string, ReadMemoHeader>());
  const ids = memoHeaderFiles(draft.attachments).map(({ id }) => id).join(' ');
  const queue = useRef<Promise<void>>(Promise.resolve());
  const writing = useRef(0);

  const readFile = useCallback(async (id: string): Promise<ReadMemoHeader> => {
    const before = files.current.get(id);
    if (before) return before;
    const content = await outlook.fileContent(id);
    const read = content.kind === 'content' ? readMemoHeaderJson(fromBase64(content.base64)) : ({ kind: 'unreadable' } as const);
    files.current.set(id, read);
    return read;
  }, [outlook]);

  const ownFile = useCallback(async (attachments: readonly ItemAttachment[]) => {
    for (const { id } of memoHeaderFiles(attachments)) {
      const read = await readFile(id);
      if (read.kind === 'outbound') return { id, header: read.header };
    }
    return null;
  }, [readFile]);

  useEffect(() => {
    let gone = false;
    void ownFile(draft.attachments).then((own) => {
      // Between the old file and the new one there is none, and that means nothing.
      if (!gone && writing.current === 0) setHeader(own?.header ?? null);
    }, () => undefined);
    return () => {
      gone = true;
    };
  }, [ids, ownFile]);

  const write = useCallback(async (change: (before: OutboundMemoHeader | null) => OutboundMemoHeader): Promise<void> => {
    const doIt = async (): Promise<void> => {
      const item = await readAgain();
      if (item.kind !== 'draft') return;
      const own = await ownFile(item.attachments);
      const wanted = change(own?.header ?? null);
      const text = writeMemoHeaderJson(wanted);
      if (text === (own && writeMemoHeaderJson(own.header))) return;
      if (own) await outlook.removeFile(own.id);
      if (text !== null) await outlook.addFile({ name: MEMO_HEADER_FILE, base64: toBase64(text) });
      setHeader(text === null ? null : wanted);
      await readAgain();
    };
    // One at a time: two at once would leave two files.
    writing.current += 1;
    queue.current = queue.current.catch(() => undefined).then(doIt);
    await queue.current.finally(() => {
      writing.current -= 1;
    });
  }, [outlook, readAgain, ownFile]);

  const now = useCallback(() => latest.current, []);
  return { header, now, write: outlook.can.files ? write : null };
}

function memoHeaderFiles(attachments: readonly ItemAttachment[]): readonly ItemAttachment[] {
  return attachments.filter(({ name, kind, isInline }) => kind === 'file' && !isInline && name.toLowerCase() === MEMO_HEADER_FILE.toLowerCase());
}
