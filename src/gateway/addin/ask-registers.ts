import { cprShape } from '../../domain/cpr-number.ts';
import type { CompanyAnswer, PersonAnswer } from '../../domain/gateway-api.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { Registers } from '../lookup/registers.ts';
import { remember } from '../lookup/remember-answers.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';

/** What it takes to ask the registers and to remember what they said. */
export type RegisterParts = Pick<GatewayParts, 'settings' | 'database' | 'keys' | 'now'> & { readonly registers: Registers };

/**
 * What CPR says of numbers that differ, in their order, with what is remembered. Ten digits that CPR does not know may be a
 * P number, which is then told (registers-identity.md 2.5). A protected name is in no answer, so none is remembered.
 */
export async function personAnswers(parts: RegisterParts, organisation: OrganisationEntry, numbers: readonly string[]): Promise<readonly PersonAnswer[]> {
  const { access, cpr } = organisation.lookup;
  const question = {
    kind: 'person',
    scope: scopeOf(organisation, [access, cpr?.adapter]),
    ask: (missing: readonly string[]) => askPersons(parts.registers, organisation, missing),
    memoryMs: (answer: PersonAnswer) => personMemoryMs(parts, answer),
  };
  return await remember(parts, question, numbers);
}

/** What CVR says of numbers that differ, in their order, with what is remembered. */
export async function companyAnswers(parts: RegisterParts, organisation: OrganisationEntry, numbers: readonly string[]): Promise<readonly CompanyAnswer[]> {
  const question = {
    kind: 'company',
    scope: scopeOf(organisation, [organisation.lookup.cvr?.adapter]),
    ask: (missing: readonly string[]) => parts.registers.companies(organisation, missing),
    memoryMs: (answer: CompanyAnswer) => companyMemoryMs(parts, answer),
  };
  return await remember(parts, question, numbers);
}

/** The asking organisation and how it asks: another access may be told other things. */
function scopeOf({ cvrNumbers }: OrganisationEntry, access: readonly (string | null | undefined)[]): string {
  return [cvrNumbers[0], ...access].join(' ');
}

async function askPersons(registers: Registers, organisation: OrganisationEntry, numbers: readonly string[]): Promise<readonly PersonAnswer[]> {
  const answers = new Map<string, PersonAnswer>();
  // What is no date is hardly a person, and a replacement number is one that CPR does not know.
  const dateless = numbers.filter((number) => cprShape(number) === 'no-date');
  await tellPNumbers(registers, organisation, { numbers: dateless, answers });
  for (const number of numbers) if (cprShape(number) === 'replacement') answers.set(number, { kind: 'not-found' });
  const asked = numbers.filter((number) => !answers.has(number));
  const found = asked.length === 0 ? [] : await registers.persons(organisation, asked);
  asked.forEach((number, n) => answers.set(number, withoutHiddenName(found[n])));
  const unknown = asked.filter((number) => answers.get(number)?.kind === 'not-found' && !dateless.includes(number));
  await tellPNumbers(registers, organisation, { numbers: unknown, answers });
  return numbers.map((number) => answers.get(number) ?? NO_ANSWER);
}

const NO_ANSWER: PersonAnswer = { kind: 'unavailable', reason: 'away', text: 'Registret svarer ikke. Prøv igen om lidt.' };

interface PossiblePNumbers {
  readonly numbers: readonly string[];
  /** Into which what is found is put. */
  readonly answers: Map<string, PersonAnswer>;
}

async function tellPNumbers(registers: Registers, organisation: OrganisationEntry, { numbers, answers }: PossiblePNumbers): Promise<void> {
  await Promise.all(
    numbers.map(async (number) => {
      const unit = await registers.productionUnit(organisation, number);
      if (unit) answers.set(number, { kind: 'p-number', ...unit });
    }),
  );
}

/** Whatever a register's adapter gives: a name that is not to be shown goes no further, and is not remembered. */
function withoutHiddenName(answer: PersonAnswer | undefined): PersonAnswer {
  if (answer?.kind !== 'found') return answer ?? NO_ANSWER;
  return answer.nameState === 'shown' && answer.protected !== true ? answer : { ...answer, name: null };
}

function personMemoryMs({ settings }: RegisterParts, { kind }: PersonAnswer): number {
  if (kind === 'found') return settings.LOOKUP_PERSON_MEMORY_MS;
  if (kind === 'p-number') return settings.LOOKUP_COMPANY_MEMORY_MS;
  return kind === 'not-found' ? settings.LOOKUP_NOT_FOUND_MEMORY_MS : 0;
}

function companyMemoryMs({ settings }: RegisterParts, { kind }: CompanyAnswer): number {
  if (kind === 'found') return settings.LOOKUP_COMPANY_MEMORY_MS;
  return kind === 'not-found' ? settings.LOOKUP_NOT_FOUND_MEMORY_MS : 0;
}
