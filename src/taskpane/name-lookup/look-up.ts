import type { Company, CompanyAnswer, PersonAnswer, Reach, RecipientCheck } from '../../domain/gateway-api.ts';
import type { Answer, Gateway, NoAnswer } from '../gateway/gateway.ts';
import type { CheckScope, Remembered } from '../memory/remembered.ts';
import type { LookupQuery } from './lookup-query.ts';

/** As many companies as are shown of a search (ux.md 5.8). */
export const COMPANIES_MAX = 10;

/** What was found. Whether Digital Post reaches somebody may come later; it is missing where it is not known. */
export type Found =
  | { readonly kind: 'person'; readonly cpr: string; readonly answer: PersonAnswer; readonly reach: Reach | null }
  | { readonly kind: 'company'; readonly cvr: string; readonly answer: CompanyAnswer; readonly reach: Reach | null }
  | {
    readonly kind: 'companies'; readonly name: string; readonly companies: readonly Company[]; readonly more: boolean;
    readonly reaches: ReadonlyMap<string, Reach>;
  };

export interface LookUpParts {
  readonly gateway: Pick<Gateway, 'person' | 'company' | 'companies' | 'check'>;
  readonly remembered: Pick<Remembered, 'check' | 'keepCheck'>;
  /** From which mailbox, and in which channel, it is asked who can be reached; null: nobody is asked. */
  readonly scope: CheckScope | null;
}

export interface Asked {
  readonly query: Extract<LookupQuery, { kind: 'cpr' | 'cvr' | 'name' }>;
  /** The case; empty where none is needed. */
  readonly purpose: string;
}

/**
 * Looks up, and tells what is found as soon as it is known: the name first, then whether Digital Post reaches them. What was
 * learnt is remembered, so that Skriv has it at once. Gives back each answer that was none, for the pane to tell.
 */
export async function lookUp(parts: LookUpParts, asked: Asked, tell: (found: Found) => void): Promise<NoAnswer | null> {
  const answer = await askRegister(parts.gateway, asked);
  if (answer.kind !== 'answer') return answer;
  const found = answer.value;
  tell(found);
  const numbers = reachableNumbers(found);
  if (numbers.length === 0 || parts.scope === null) return null;
  const reaches = await reachesOf(parts, parts.scope, { numbers, purpose: asked.purpose, found });
  if (reaches.kind !== 'answer') return reaches;
  tell(withReaches(found, reaches.value));
  return null;
}

async function askRegister(gateway: LookUpParts['gateway'], { query, purpose }: Asked): Promise<Answer<Found>> {
  switch (query.kind) {
    case 'cpr': {
      const { number: cpr } = query;
      return foundOf(await gateway.person({ cpr, purpose }), (answer) => ({ kind: 'person', cpr, answer, reach: null }));
    }
    case 'cvr': {
      const { number: cvr } = query;
      const question = purpose === '' ? { cvr } : { cvr, purpose };
      return foundOf(await gateway.company(question), (answer) => ({ kind: 'company', cvr, answer, reach: null }));
    }
    case 'name': {
      const { name } = query;
      const answer = await gateway.companies({ name, max: COMPANIES_MAX });
      return foundOf(answer, ({ companies, more }) => ({ kind: 'companies', name, companies: companies.slice(0, COMPANIES_MAX), more, reaches: new Map() }));
    }
  }
}

function foundOf<Value>(answer: Answer<Value>, found: (value: Value) => Found): Answer<Found> {
  return answer.kind === 'answer' ? { kind: 'answer', value: found(answer.value) } : answer;
}

/** Whose mailbox there is something to ask about: not the dead, not those that have ceased, not numbers that nobody has. */
function reachableNumbers(found: Found): readonly string[] {
  switch (found.kind) {
    case 'person': {
      const { answer, cpr } = found;
      if (answer.kind === 'p-number') return [answer.cvr];
      return answer.kind === 'found' && answer.state !== 'dead' && answer.currentCpr === null ? [cpr] : [];
    }
    case 'company':
      return found.answer.kind === 'found' && found.answer.company.state !== 'ceased' ? [found.cvr] : [];
    case 'companies':
      return found.companies.map(({ cvr }) => cvr);
  }
}

async function reachesOf(
  { gateway, remembered }: LookUpParts,
  scope: CheckScope,
  asked: { readonly numbers: readonly string[]; readonly purpose: string; readonly found: Found },
): Promise<Answer<ReadonlyMap<string, Reach>>> {
  const known = new Map<string, Reach>();
  for (const number of asked.numbers) {
    const before = await remembered.check(scope, number);
    if (before) known.set(number, before.check.reach);
  }
  const missing = asked.numbers.filter((number) => !known.has(number));
  if (missing.length === 0) return { kind: 'answer', value: known };
  const purpose = asked.purpose === '' ? {} : { purpose: asked.purpose };
  const answer = await gateway.check({ ...scope, numbers: [...missing], ...purpose });
  if (answer.kind !== 'answer') return answer;
  const { recipients, checkedAt } = answer.value;
  for (const check of recipients) {
    const number = missing[check.position];
    if (number === undefined) continue;
    known.set(number, check.reach);
    await remembered.keepCheck(scope, number, { check: { ...check, ...namesOf(asked.found, number) }, checkedAt });
  }
  return { kind: 'answer', value: known };
}

/** What the register has just told stands in what is remembered too. */
function namesOf(found: Found, number: string): Partial<Pick<RecipientCheck, 'person' | 'company'>> {
  if (found.kind === 'person') return found.cpr === number ? { person: found.answer } : {};
  if (found.kind === 'company') return { company: found.answer };
  const company = found.companies.find(({ cvr }) => cvr === number);
  return company ? { company: { kind: 'found', company } } : {};
}

function withReaches(found: Found, reaches: ReadonlyMap<string, Reach>): Found {
  switch (found.kind) {
    case 'person':
      return { ...found, reach: reaches.get(found.answer.kind === 'p-number' ? found.answer.cvr : found.cpr) ?? null };
    case 'company':
      return { ...found, reach: reaches.get(found.cvr) ?? null };
    case 'companies':
      return { ...found, reaches };
  }
}
