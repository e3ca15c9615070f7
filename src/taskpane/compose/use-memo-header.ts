import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts } from '../pane-parts.ts';
import { memoHeaderFiles, type OwnMemoHeader } from './memo-header-files.ts';

export interface DraftMemoHeader extends OwnMemoHeader {
  /** The same as it is at this moment, for what goes on between two drawings. */
  readonly now: () => OutboundMemoHeader | null;
  /** Changes it: the file is put in, exchanged, or taken out when nothing is left. Null where the client has no files. */
  readonly write: ((change: (before: OutboundMemoHeader | null) => OutboundMemoHeader) => Promise<void>) | null;
}

const none: OwnMemoHeader = { header: null, differ: false };

/** The MemoHeader.json of the draft, read whenever another stands there. One that came with a received message is left alone. */
export function useMemoHeader(draft: Draft): DraftMemoHeader {
  const { outlook, readAgain } = usePaneParts();
  const files = useMemo(() => memoHeaderFiles({ outlook, readAgain }), [outlook, readAgain]);
  const [own, showOwn] = useState(none);
  const latest = useRef(none);
  const setOwn = useCallback((next: OwnMemoHeader) => {
    const before = latest.current;
    latest.current = JSON.stringify(before) === JSON.stringify(next) ? before : next;
    showOwn(latest.current);
  }, []);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const writing = useRef(0);

  useEffect(() => {
    let gone = false;
    void files.read(draft.attachments).then((read) => {
      // Between the new file and the old one there are two, and that means nothing.
      if (!gone && writing.current === 0) setOwn(read);
    }, () => undefined);
    return () => {
      gone = true;
    };
  }, [draft.attachments, files, setOwn]);

  const write = useCallback(async (change: (before: OutboundMemoHeader | null) => OutboundMemoHeader): Promise<void> => {
    // What stands in the draft afterwards is what is shown, whatever became of the change.
    const readOwn = async (): Promise<void> => {
      const item = await readAgain();
      if (item.kind === 'draft') setOwn(await files.read(item.attachments));
    };
    const doIt = async (): Promise<void> => await files.write(change).finally(async () => await readOwn().catch(() => undefined));
    // One at a time: two at once would leave two files.
    writing.current += 1;
    queue.current = queue.current.catch(() => undefined).then(doIt);
    await queue.current.finally(() => {
      writing.current -= 1;
    });
  }, [readAgain, files, setOwn]);

  const now = useCallback(() => latest.current.header, []);
  return { ...own, now, write: outlook.can.files ? write : null };
}
