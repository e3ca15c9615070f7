import { useCallback, useRef, useState } from 'react';
import type { OwnMail } from '../../domain/draft-recipients.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { usePaneParts } from '../pane-parts.ts';
import { OutlookFailure } from '../office/outlook.ts';
import { lostOf, withMoreLost, type LostEdit } from './lost-recipients.ts';
import type { DraftMemoHeader } from './use-memo-header.ts';
import { withContactPoints } from './short-addresses.ts';
import { undoWriting, writeRecipients, type Change, type WritingParts, type Written } from './write-recipients.ts';

export interface DraftWriter {
  /** Changes the recipients; null where Outlook did not do it. One change at a time, in the order in which they are asked for. */
  readonly write: (change: Change) => Promise<Written | null>;
  /** The same for an act that tells itself what became of it: `failed` says nothing of it. */
  readonly writeTold: (change: Change) => Promise<Written | null>;
  /** The same for what nobody has asked for and nobody need undo. */
  readonly writeQuietly: (change: Change) => Promise<Written | null>;
  readonly undo: (written: Written) => Promise<Written | null>;
  /** Outlook did not do the last one. */
  readonly failed: boolean;
  /** The last one; an offer to undo it ends with the next. */
  readonly last: Written | null;
  /** Who was to be in the mail, and is lost by what was written, asked for or not; until they are forgotten. */
  readonly lost: readonly LostEdit[];
  readonly forget: (lost: LostEdit) => void;
}

export function useDraftWriter(own: OwnMail, me: MeAnswer | null, { now: headerNow, write: writeHeader }: DraftMemoHeader): DraftWriter {
  const { outlook, readAgain } = usePaneParts();
  const [failed, setFailed] = useState(false);
  const [last, setLast] = useState<Written | null>(null);
  const [lost, setLost] = useState<readonly LostEdit[]>([]);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const cvr = me?.organisation.cvrNumbers[0] ?? null;
  const latest = useRef({ own, cvr, headerNow, writeHeader });
  latest.current = { own, cvr, headerNow, writeHeader };

  const inTurn = useCallback(async (act: (parts: WritingParts) => Promise<Written>, asked = true): Promise<Written | null> => {
    const doIt = async (): Promise<Written | null> => {
      const { own: ownMail, cvr: ownCvr, headerNow: header, writeHeader: toFile } = latest.current;
      try {
        const written = await act({ outlook, readAgain, own: ownMail, cvr: ownCvr, header: header(), writeHeader: toFile && (async (next) => await toFile((before) => withContactPoints(before, next))) });
        if (asked) setFailed(false);
        setLost((before) => withMoreLost(before, lostOf(written.notTaken)));
        return written;
      } catch (error) {
        if (!(error instanceof OutlookFailure)) throw error;
        // What nobody has asked for is not missed.
        if (asked) setFailed(true);
        return null;
      }
    };
    const done = queue.current.then(doIt, doIt);
    queue.current = done;
    return await done;
  }, [outlook, readAgain]);

  const writeQuietly = useCallback(async (change: Change) => await inTurn(async (parts) => await writeRecipients(parts, change), false), [inTurn]);
  const write = useCallback(async (change: Change) => {
    const written = await inTurn(async (parts) => await writeRecipients(parts, change));
    setLast(written);
    return written;
  }, [inTurn]);
  const writeTold = useCallback(async (change: Change) => {
    const written = await writeQuietly(change);
    // What failed before was another one.
    if (written) setFailed(false);
    setLast(written);
    return written;
  }, [writeQuietly]);
  const undo = useCallback(async (written: Written) => {
    const undone = await inTurn(async (parts) => await undoWriting(parts, written));
    setLast(undone);
    return undone;
  }, [inTurn]);
  const forget = useCallback((one: LostEdit) => setLost((before) => before.filter((other) => other !== one)), []);
  return { write, writeTold, writeQuietly, undo, failed, last, lost, forget };
}
