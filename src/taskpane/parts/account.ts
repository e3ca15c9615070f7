import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import type { Answer, Gateway } from '../gateway/gateway.ts';
import type { Remembered } from '../memory/remembered.ts';
import type { Account, Connection } from '../pane-parts.ts';

/** While the gateway is away it is asked this often by itself; else, what it says of me is asked anew now and then. */
const ASK_AGAIN_WHEN_AWAY_MS = 10_000;
const ASK_AGAIN_MS = 300_000;

/**
 * Who I am and how it stands with the gateway: what is remembered at once, then the gateway's word (features M5, M7).
 * Where it says otherwise than what was remembered, every answer of before is forgotten.
 */
export function useAccount(gateway: Gateway, remembered: Remembered): Account & { readonly note: (answer: { readonly kind: string }) => void } {
  const [me, setMe] = useState<MeAnswer | null>(null);
  const [connection, setConnection] = useState<Connection>('connecting');
  const known = useRef<MeAnswer | null>(null);

  const take = useCallback(async (answer: Answer<MeAnswer>) => {
    if (answer.kind === 'no-right') {
      setConnection('no-right');
      known.current = null;
      setMe(null);
      return await remembered.forgetAnswers();
    }
    setConnection((before) => connectionAfter(answer, before));
    if (answer.kind !== 'answer') return;
    if (known.current && !saysTheSame(known.current, answer.value)) await remembered.forgetAnswers();
    known.current = answer.value;
    setMe(answer.value);
    await remembered.keepMe(answer.value);
  }, [remembered]);

  const refresh = useCallback(async () => await take(await gateway.me()), [gateway, take]);
  const logOn = useCallback(async () => {
    const answer = await gateway.logOn();
    if (answer.kind === 'answer') await refresh();
    else setConnection(answer.kind === 'away' ? 'away' : 'log-on-failed');
  }, [gateway, refresh]);

  useEffect(() => {
    let shut = false;
    void (async () => {
      const before = await remembered.me();
      if (shut) return;
      if (before) {
        known.current = before;
        setMe(before);
      }
      await refresh();
    })();
    return () => {
      shut = true;
    };
  }, [remembered, refresh]);

  useEffect(() => {
    const clock = setInterval(() => {
      if (document.visibilityState === 'visible') void refresh();
    }, connection === 'away' ? ASK_AGAIN_WHEN_AWAY_MS : ASK_AGAIN_MS);
    return () => clearInterval(clock);
  }, [connection, refresh]);

  const note = useCallback((answer: { readonly kind: string }) => setConnection((before) => connectionAfter(answer, before)), []);
  return useMemo(() => ({ me, connection, refresh, logOn, note }), [me, connection, refresh, logOn, note]);
}

/** What the answer to a call tells of the connection; a refusal of one call tells nothing. */
export function connectionAfter(answer: { readonly kind: string }, before: Connection): Connection {
  if (answer.kind === 'answer') return 'there';
  return answer.kind === 'away' || answer.kind === 'log-on-needed' ? answer.kind : before;
}

function saysTheSame(a: MeAnswer, b: MeAnswer): boolean {
  const rights = ({ user, organisation, may, mailboxes, cprAccess, cvrAccess }: MeAnswer): string =>
    JSON.stringify({ user, organisation, may, mailboxes, cprAccess, cvrAccess });
  return rights(a) === rights(b);
}
