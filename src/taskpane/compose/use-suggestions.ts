import { useEffect, useState } from 'react';
import { maskCprNumber } from '../../domain/cpr-number.ts';
import type { RecipientId } from '../../domain/gateway-address.ts';
import { usePaneParts } from '../pane-parts.ts';

export interface Suggestion {
  readonly recipient: RecipientId;
  readonly name: string;
  /** The number as it may be shown. */
  readonly number: string;
  /** When somebody was written to before, ISO time; null: a company found by its name. */
  readonly lastAt: string | null;
}

/** So many are offered of each kind. */
const SHOWN_MAX = 5;
/** A company's name is looked up when typing has rested so long, and from so many letters. */
const COMPANIES_AFTER_MS = 300;
const COMPANY_LETTERS_MIN = 3;

/** Those written to before, and companies by name; for what is being typed. None for a number that is whole. */
export function useSuggestions(typed: string): readonly Suggestion[] {
  const { remembered, gateway, account: { me }, noteAnswer } = usePaneParts();
  const [earlier, setEarlier] = useState<readonly Suggestion[]>([]);
  const [companies, setCompanies] = useState<readonly Suggestion[]>([]);
  const text = typed.trim();
  const maySearch = me?.cvrAccess === true && new RegExp(`\\p{L}.{${String(COMPANY_LETTERS_MIN - 1)},}`, 'u').test(text) && !/\d{4}|,/.test(text);

  useEffect(() => {
    let gone = false;
    if (text === '') setEarlier([]);
    else {
      void remembered.earlier(text, SHOWN_MAX).then((found) => {
        if (!gone) setEarlier(found.map(({ number, name, lastAt }) => suggestionOf(number, name, lastAt)));
      });
    }
    return () => {
      gone = true;
    };
  }, [remembered, text]);

  useEffect(() => {
    setCompanies([]);
    if (!maySearch) return undefined;
    let gone = false;
    const clock = setTimeout(() => {
      void gateway.companies({ name: text, max: SHOWN_MAX }).then((answer) => {
        if (answer.kind !== 'answer') noteAnswer(answer);
        else if (!gone) setCompanies(answer.value.companies.map(({ cvr, name }) => suggestionOf(cvr, name, null)));
      });
    }, COMPANIES_AFTER_MS);
    return () => {
      gone = true;
      clearTimeout(clock);
    };
  }, [gateway, noteAnswer, maySearch, text]);

  const known = new Set(earlier.map(({ recipient }) => recipient.number));
  return [...earlier, ...companies.filter(({ recipient }) => !known.has(recipient.number))];
}

function suggestionOf(number: string, name: string, lastAt: string | null): Suggestion {
  const isCpr = number.length === 10;
  return { recipient: { kind: isCpr ? 'cpr' : 'cvr', number }, name, number: isCpr ? maskCprNumber(number) : `CVR ${number}`, lastAt };
}
