import { useCallback, useEffect, useRef, useState } from 'react';
import type { GuardCheckAnswer } from '../../domain/gateway-api.ts';
import type { Answer } from '../gateway/gateway.ts';
import { usePaneParts, type Connection } from '../pane-parts.ts';
import { APPROVAL_HEADER, approvalsIn, DRAFT_HEADER } from './approval-header.ts';
import type { GuardKnown } from './recipient-states.ts';
import type { TextRef } from './text-ref.ts';

/** What the contract takes in one question. */
const ADDRESSES_MAX = 500;
/** The longest a browser's clock can wait, in ms; longer waits end at once. */
const CLOCK_MAX_MS = 2 ** 31 - 1;

export interface Guard {
  readonly stateOf: (address: string) => GuardKnown;
  /** Why somebody is not approved though it was tried, or no longer. */
  readonly troubleOf: (address: string) => TextRef | null;
  /** Approves these for this draft. Null: this client cannot. */
  readonly approve: ((addresses: readonly string[]) => Promise<Approval>) | null;
}

/** What became of it. `takeBack` tells why it could not be taken back; null: it is. */
export type Approval =
  | { readonly kind: 'approved'; readonly takeBack: () => Promise<TextRef | null> }
  | { readonly kind: 'failed'; readonly why: TextRef };

interface Known {
  readonly state: GuardKnown;
  readonly trouble: TextRef | null;
}

/** Mail Guard, as far as this draft's outsiders go (features M3, M4). Where it is off, nobody is asked. */
export function useGuard(mailbox: string, outsiders: readonly string[]): Guard {
  const { outlook, gateway, account: { me, connection }, noteAnswer } = usePaneParts();
  const on = me?.guard.on === true;
  const known = useRef(new Map<string, Known>());
  const [, drawAgain] = useState(0);
  // Who may write to whom is another for another mailbox.
  const keyOf = useCallback((address: string) => `${mailbox} ${address}`, [mailbox]);
  const note = useCallback((addresses: readonly string[], become: (n: number) => GuardKnown, trouble: TextRef | null = null) => {
    addresses.forEach((address, n) => known.current.set(keyOf(address), { state: become(n), trouble }));
    drawAgain((n) => n + 1);
  }, [keyOf]);
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    const open = outsiders.filter((address) => isOpen(known.current.get(keyOf(address)), connection)).slice(0, ADDRESSES_MAX);
    if (!on || open.length === 0) return;
    const isOpened = isNobodyKnown(known.current, mailbox);
    note(open, () => 'checking');
    void (async () => {
      const headers = await outlook.headers([DRAFT_HEADER, APPROVAL_HEADER]).catch(() => ({}));
      const answer = await gateway.guardCheck({ mailbox, addresses: open, ...approvedBefore(headers) });
      noteAnswer(answer);
      const states = statesOf(answer, open);
      const isEnded = isOpened && approvalsIn(headers).length > 0 && !states.includes('approved');
      open.forEach((address, n) => note([address], () => states[n] ?? 'unknown', isEnded && states[n] === 'needs-approval' ? { key: 'guard.ended' } : null));
    })();
  }, [on, mailbox, outsiders.join(' '), connection]);

  const approveNow = useCallback(async (addresses: readonly string[]): Promise<Approval> => {
    const before = [...known.current].flatMap(([key, { state }]) => (state === 'approved' && key.startsWith(`${mailbox} `) ? [key.slice(mailbox.length + 1)] : []));
    note(addresses, () => 'approving');
    const failed = (why: TextRef): Approval => {
      note(addresses, () => 'needs-approval', why);
      return { kind: 'failed', why };
    };
    const approving = await approvingLoaded();
    if (!approving) return failed({ key: 'guard.away' });
    const approved = await approving.approveOutsiders({ outlook, gateway }, { mailbox, addresses, before });
    noteAnswer(approved.kind === 'failed' ? approved.why : { kind: 'answer' });
    if (approved.kind === 'failed') return failed(approving.approvalTrouble(approved.why));
    const { approval, expiresAt } = approved;
    note(addresses, () => 'approved');
    const isApproved = (address: string): boolean => known.current.get(keyOf(address))?.state === 'approved';
    setTimeout(() => note(addresses.filter(isApproved), () => 'needs-approval', { key: 'guard.ended' }), msUntil(expiresAt));
    return {
      kind: 'approved', takeBack: async () => {
        const why = await approving.withdrawApproval({ outlook, gateway }, approval) === null ? null : ({ key: 'guard.kept' } as const);
        note(addresses, () => (why ? 'approved' : 'needs-approval'), why);
        return why;
      },
    };
  }, [outlook, gateway, mailbox, note, noteAnswer]);
  // One at a time: two at once would each write the header without the other's.
  const approve = useCallback(async (addresses: readonly string[]) => {
    const done = queue.current.catch(() => undefined).then(async () => await approveNow(addresses));
    queue.current = done;
    return await done;
  }, [approveNow]);

  return {
    stateOf: (address) => (on ? (known.current.get(keyOf(address))?.state ?? 'checking') : 'open'),
    troubleOf: (address) => (on ? (known.current.get(keyOf(address))?.trouble ?? null) : null),
    approve: outlook.can.headers ? approve : null,
  };
}

/** Few approve anybody: what does it comes with the first time. Null where it cannot be fetched, which is from the gateway too. */
const approvingLoaded = async () => await import('./approve-outsiders.ts').catch(() => null);

/** Not asked about yet, or without an answer while there was no connection. */
function isOpen(known: Known | undefined, connection: Connection): boolean {
  return known === undefined || (known.state === 'unknown' && connection === 'there');
}

/** A draft is opened: whoever does it again must hear that an approval has ended. Whoever comes into it later never had one. */
function isNobodyKnown(known: ReadonlyMap<string, Known>, mailbox: string): boolean {
  return [...known].every(([key, { state }]) => !key.startsWith(`${mailbox} `) || state === 'unknown');
}

function msUntil(moment: string): number {
  return Math.min(Math.max(Date.parse(moment) - Date.now(), 0), CLOCK_MAX_MS);
}

function statesOf(answer: Answer<GuardCheckAnswer>, asked: readonly string[]): readonly GuardKnown[] {
  if (answer.kind !== 'answer') return asked.map(() => 'unknown');
  const { addresses } = answer.value;
  return asked.map((_, n) => guardKnown(addresses.find(({ position }) => position === n)?.state));
}

function approvedBefore(headers: Readonly<Record<string, string>>): { readonly draft?: string; readonly approval?: string } {
  const draft = headers[DRAFT_HEADER];
  const approval = headers[APPROVAL_HEADER];
  return draft && approval ? { draft, approval } : {};
}

function guardKnown(state: GuardCheckAnswer['addresses'][number]['state'] | undefined): GuardKnown {
  return state === 'internal' ? 'open' : (state ?? 'needs-approval');
}
