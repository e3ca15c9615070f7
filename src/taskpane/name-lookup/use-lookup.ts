import { useCallback, useEffect, useRef, useState } from 'react';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import type { Gateway, NoAnswer } from '../gateway/gateway.ts';
import { usePaneParts } from '../pane-parts.ts';
import { keptForAccount } from '../parts/kept-for-account.ts';
import { rememberCase, rememberedCase } from './case-memory.ts';
import { lookUp, type Asked } from './look-up.ts';
import { LookupBook } from './lookup-book.ts';
import { readLookupQuery, shownQuery, type LookupQuery } from './lookup-query.ts';
import { lookupScope } from './lookup-scope.ts';

/** What stands in the way of looking something up; the words are the screen's. */
export type LookupFault =
  | { readonly field: 'query'; readonly kind: 'bad-digits'; readonly count: number }
  | { readonly field: 'query'; readonly kind: 'too-short' | 'no-cpr' | 'no-cvr' }
  | { readonly field: 'case'; readonly kind: 'missing' };

export interface LookupForm {
  readonly typed: string;
  readonly caseNumber: string;
  readonly fault: LookupFault | null;
  /** What the last question came to, where that was no answer. */
  readonly failed: NoAnswer | null;
  readonly busy: boolean;
  readonly type: (text: string) => void;
  readonly typeCase: (text: string) => void;
  /** Asks; gives back what stood in the way. */
  readonly submit: () => LookupFault | null;
  /** Asks about another number for the same case. */
  readonly ask: (number: string) => void;
}

// What was looked up outlives the screen, and dies with the pane, or with the right to know it.
const bookOf = keptForAccount<LookupBook>();

export function lookupBookOf(gateway: Gateway, generation: number): LookupBook {
  return bookOf(gateway, generation, () => new LookupBook());
}

/** The form of Slå op. A CPR number is gone from its field as soon as it has been asked about; it is kept for asking again. */
export function useLookup(): LookupForm {
  const { account: { me }, remembered } = usePaneParts();
  const [typed, setTyped] = useState('');
  const [caseNumber, setCaseNumber] = useState('');
  const [fault, setFault] = useState<LookupFault | null>(null);
  const asked = useRef<{ readonly shown: string; readonly query: LookupQuery } | null>(null);
  const { failed, busy, run } = useAsking();

  useEffect(() => {
    void rememberedCase(remembered, new Date()).then((known) => setCaseNumber((now) => (now === '' ? known : now)));
  }, [remembered]);

  const begin = useCallback((query: LookupQuery, text: string): LookupFault | null => {
    const found = faultOf(query, caseNumber, me);
    setFault(found);
    if (found || query.kind === 'bad-digits' || query.kind === 'too-short') return found;
    const shown = shownQuery(query, text);
    asked.current = { shown, query };
    setTyped(shown);
    void run({ query, purpose: caseNumber.trim() });
    return null;
  }, [caseNumber, me, run]);

  const submit = useCallback(() => {
    const query = asked.current?.shown === typed ? asked.current.query : readLookupQuery(typed);
    return begin(query, typed);
  }, [begin, typed]);
  const ask = useCallback((number: string) => void begin(readLookupQuery(number), number), [begin]);
  const type = useCallback((text: string) => {
    setTyped(text);
    setFault(null);
  }, []);
  const typeCase = useCallback((text: string) => {
    setCaseNumber(text);
    setFault(null);
  }, []);
  return { typed, caseNumber, fault, failed, busy, type, typeCase, submit, ask };
}

/** The last question counts: an answer to one before it is kept, and what became of it is not told. */
function useAsking(): Pick<LookupForm, 'failed' | 'busy'> & { readonly run: (asked: Asked) => Promise<void> } {
  const { gateway, remembered, account: { me, generation }, item, noteAnswer } = usePaneParts();
  const [failed, setFailed] = useState<LookupForm['failed']>(null);
  const [busy, setBusy] = useState(false);
  const last = useRef(0);
  const run = useCallback(async (asked: Asked) => {
    const book = lookupBookOf(gateway, generation);
    const id = book.next();
    last.current = id;
    setFailed(null);
    setBusy(true);
    const caseNumber = asked.purpose;
    if (caseNumber !== '') await rememberCase(remembered, caseNumber, new Date());
    const scope = me && lookupScope(me, item.kind === 'draft' ? (item.from?.address ?? null) : null);
    const answer = await lookUp({ gateway, remembered, scope }, asked, (found) => book.put({ id, caseNumber, found }));
    noteAnswer(answer ?? { kind: 'answer' });
    if (last.current !== id) return;
    setBusy(false);
    setFailed(answer);
  }, [gateway, remembered, me, generation, item, noteAnswer]);
  return { failed, busy, run };
}

function faultOf(query: LookupQuery, caseNumber: string, me: MeAnswer | null): LookupFault | null {
  switch (query.kind) {
    case 'bad-digits':
      return { field: 'query', ...query };
    case 'too-short':
      return { field: 'query', kind: 'too-short' };
    case 'cpr':
      if (me !== null && me.cprAccess === null) return { field: 'query', kind: 'no-cpr' };
      return caseNumber.trim() === '' ? { field: 'case', kind: 'missing' } : null;
    case 'cvr':
    case 'name':
      return me !== null && !me.cvrAccess ? { field: 'query', kind: 'no-cvr' } : null;
  }
}
