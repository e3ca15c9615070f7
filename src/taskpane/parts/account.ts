import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import type { Answer, Gateway } from '../gateway/gateway.ts';
import { rememberedWhile } from '../memory/remembered-while.ts';
import type { Remembered } from '../memory/remembered.ts';
import type { Account } from '../pane-parts.ts';
import { afterCall, afterMe, isOutdated, nobodyYet, remembering, type AccountState } from './account-state.ts';

/** While the gateway is away it is asked this often by itself; else, what it says of me is asked anew now and then. */
const ASK_AGAIN_WHEN_AWAY_MS = 10_000;
const ASK_AGAIN_MS = 300_000;
/** A refusal for want of a right may mean that one was withdrawn: it is asked at once, and not again for each that follows. */
const ASK_AGAIN_WHEN_REFUSED_MS = 30_000;

export interface PaneAccount {
  readonly account: Account;
  readonly note: (answer: { readonly kind: string }) => void;
  /** The memory as long as it is mine: what comes late for somebody of before is not kept, and nothing of theirs is told. */
  readonly remembered: Remembered;
}

/**
 * Who I am and how it stands with the gateway: what is remembered at once, then the gateway's word (features M5, M7).
 * Where it says otherwise than what was remembered, every answer of before is forgotten; a call refused for want of a right
 * makes it ask anew.
 */
export function useAccount(gateway: Gateway, all: Remembered): PaneAccount {
  const [state, setState] = useState(nobodyYet);
  const latest = useRef(nobodyYet);
  const change = useCallback((next: AccountState) => {
    latest.current = next;
    setState(next);
  }, []);

  const take = useCallback(async (answer: Answer<MeAnswer>) => {
    const before = latest.current;
    change(afterMe(before, answer));
    if (isOutdated(before, latest.current)) await all.forgetAnswers();
    if (answer.kind === 'answer') await all.keepMe(answer.value);
  }, [all, change]);

  const refresh = useCallback(async () => await take(await gateway.me()), [gateway, take]);
  const logOn = useCallback(async () => {
    const answer = await gateway.logOn();
    if (answer.kind === 'answer') await refresh();
    else change({ ...latest.current, connection: answer.kind === 'away' ? 'away' : 'log-on-failed', fault: false });
  }, [gateway, refresh, change]);

  useEffect(() => {
    let shut = false;
    void (async () => {
      const before = await all.me();
      if (shut) return;
      change(remembering(latest.current, before));
      await refresh();
    })();
    return () => {
      shut = true;
    };
  }, [all, refresh, change]);
  useAskingAgain(state.connection === 'away' ? ASK_AGAIN_WHEN_AWAY_MS : ASK_AGAIN_MS, refresh);

  const refusedAt = useRef(-Infinity);
  const note = useCallback((answer: { readonly kind: string }) => {
    change(afterCall(latest.current, answer));
    const now = performance.now();
    if (answer.kind !== 'no-right' || now - refusedAt.current < ASK_AGAIN_WHEN_REFUSED_MS) return;
    refusedAt.current = now;
    void refresh();
  }, [change, refresh]);
  const { generation } = state;
  const remembered = useMemo(
    () => rememberedWhile(all, () => latest.current.generation === generation && latest.current.connection !== 'no-right'),
    [all, generation],
  );
  const account = useMemo(() => ({ ...state, refresh, logOn }), [state, refresh, logOn]);
  return { account, note, remembered };
}

function useAskingAgain(everyMs: number, refresh: () => Promise<void>): void {
  useEffect(() => {
    const clock = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh();
    }, everyMs);
    return () => clearInterval(clock);
  }, [everyMs, refresh]);
}
