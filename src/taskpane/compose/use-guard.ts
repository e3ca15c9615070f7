import { useCallback, useEffect, useRef, useState } from 'react';
import { usePaneParts, type PaneParts } from '../pane-parts.ts';
import { headerWithApproval } from './approval-header.ts';
import type { GuardKnown } from './recipient-states.ts';

/** The headers by which the gateway knows what this draft's writer has approved; several approvals have a blank between them. */
const APPROVAL_HEADER = 'X-Postbro-Approval';
const DRAFT_HEADER = 'X-Postbro-Draft';
/** What the contract takes in one question. */
const ADDRESSES_MAX = 500;

export interface Guard {
  readonly stateOf: (address: string) => GuardKnown;
  /** Approves these for this draft; what takes it back, or null where the gateway did not do it. Null: this client cannot. */
  readonly approve: ((addresses: readonly string[]) => Promise<(() => Promise<void>) | null>) | null;
}

/** Mail Guard, as far as this draft's outsiders go (features M3, M4). Where it is off, nobody is asked. */
export function useGuard(mailbox: string, outsiders: readonly string[]): Guard {
  const { outlook, gateway, account: { me, connection }, noteAnswer } = usePaneParts();
  const on = me?.guard.on === true;
  const known = useRef(new Map<string, GuardKnown>());
  const [, drawAgain] = useState(0);
  // Who may write to whom is another for another mailbox.
  const keyOf = useCallback((address: string) => `${mailbox} ${address}`, [mailbox]);
  const note = useCallback((addresses: readonly string[], state: (n: number) => GuardKnown) => {
    addresses.forEach((address, n) => known.current.set(keyOf(address), state(n)));
    drawAgain((n) => n + 1);
  }, [keyOf]);
  const queue = useRef<Promise<unknown>>(Promise.resolve());

  useEffect(() => {
    const isOpen = (address: string): boolean => !known.current.has(keyOf(address)) || (known.current.get(keyOf(address)) === 'unknown' && connection === 'there');
    const open = outsiders.filter(isOpen).slice(0, ADDRESSES_MAX);
    if (!on || open.length === 0) return;
    note(open, () => 'checking');
    void (async () => {
      const headers = await outlook.headers([DRAFT_HEADER, APPROVAL_HEADER]).catch(() => ({}));
      const answer = await gateway.guardCheck({ mailbox, addresses: open, ...approvedBefore(headers) });
      noteAnswer(answer);
      const states = answer.kind === 'answer' ? answer.value.addresses : null;
      note(open, (n) => (states === null ? 'unknown' : guardKnown(states.find(({ position }) => position === n)?.state)));
    })();
  }, [on, mailbox, outsiders.join(' '), connection]);

  const approveNow = useCallback(async (addresses: readonly string[]) => {
    const headers = await outlook.headers([DRAFT_HEADER, APPROVAL_HEADER]);
    const draft = headers[DRAFT_HEADER] || newDraftId();
    const answer = await gateway.guardApprove({ mailbox, draft, addresses: [...addresses] });
    noteAnswer(answer);
    if (answer.kind !== 'answer') return null;
    const one = answer.value.approval;
    const together = headerWithApproval(approvalsIn(headers), one);
    const approval = together === null ? await approvalForAll({ gateway, mailbox, draft, addresses: [...addressesApproved(known.current, mailbox), ...addresses] }) : one;
    if (approval === null) return null;
    await outlook.setHeaders({ [DRAFT_HEADER]: draft, [APPROVAL_HEADER]: together ?? approval });
    note(addresses, () => 'approved');
    return async () => {
      const now = approvalsIn(await outlook.headers([APPROVAL_HEADER])).filter((one) => one !== approval);
      if (now.length > 0) await outlook.setHeaders({ [APPROVAL_HEADER]: now.join(' ') });
      else await outlook.removeHeaders([APPROVAL_HEADER]);
      note(addresses, () => 'needs-approval');
      noteAnswer(await gateway.guardWithdraw(approval));
    };
  }, [outlook, gateway, mailbox, note, noteAnswer]);
  // One at a time: two at once would each write the header without the other's.
  const approve = useCallback(async (addresses: readonly string[]) => {
    const done = queue.current.catch(() => undefined).then(async () => await approveNow(addresses));
    queue.current = done;
    return await done;
  }, [approveNow]);

  return {
    stateOf: (address) => (on ? (known.current.get(keyOf(address)) ?? 'checking') : 'open'),
    approve: outlook.can.headers ? approve : null,
  };
}

async function approvalForAll({ gateway, ...question }: Parameters<PaneParts['gateway']['guardApprove']>[0] & Pick<PaneParts, 'gateway'>): Promise<string | null> {
  const answer = await gateway.guardApprove({ ...question, addresses: [...new Set(question.addresses)].slice(0, ADDRESSES_MAX) });
  return answer.kind === 'answer' ? answer.value.approval : null;
}

function addressesApproved(known: ReadonlyMap<string, GuardKnown>, mailbox: string): readonly string[] {
  const before = `${mailbox} `;
  return [...known].filter(([key, state]) => state === 'approved' && key.startsWith(before)).map(([key]) => key.slice(before.length));
}

type Headers = Readonly<Record<string, string>>;

function approvedBefore(headers: Headers): { readonly draft?: string; readonly approval?: string } {
  const draft = headers[DRAFT_HEADER];
  const approval = headers[APPROVAL_HEADER];
  return draft && approval ? { draft, approval } : {};
}

function approvalsIn(headers: Headers): readonly string[] {
  return (headers[APPROVAL_HEADER] ?? '').split(' ').filter((one) => one !== '');
}

function guardKnown(state: 'internal' | 'open' | 'listed' | 'approved' | 'needs-approval' | undefined): GuardKnown {
  return state === 'internal' ? 'open' : (state ?? 'needs-approval');
}

const DRAFT_ID_BYTES = 16;

/** Random, and nothing of the mail in it: hexadecimal digits, as the contract takes them. */
function newDraftId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(DRAFT_ID_BYTES)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
