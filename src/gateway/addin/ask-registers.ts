import { cprShape } from '../../domain/cpr-number.ts';
import type { CompanyAnswer, PersonAnswer } from '../../domain/gateway-api.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { lookUpDeadline } from '../lookup/look-up-deadline.ts';
import type { ProductionUnit, RegisterUnavailable } from '../lookup/registers.ts';
import { remember } from '../lookup/remember-answers.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';

/** What it takes to ask the registers and to remember what they said. */
export type RegisterParts = Pick<GatewayParts, 'settings' | 'database' | 'keys' | 'now' | 'registers'>;

/**
 * What CPR says of numbers that differ, in their order, with what is remembered. Ten digits that CPR does not know may be a
 * P number, which is then told (registers-identity.md 2.5). A protected name is in no answer, so none is remembered. The
 * signal ends every wait: the answers are `unavailable` then, and not remembered.
 */
export async function personAnswers(
  parts: RegisterParts, organisation: OrganisationEntry, numbers: readonly string[], signal?: AbortSignal,
): Promise<readonly PersonAnswer[]> {
  const { access, cpr } = organisation.lookup;
  const question = {
    kind: 'person',
    scope: scopeOf(organisation, [access, cpr?.adapter]),
    ask: (missing: readonly string[]) => askPersons(parts, organisation, missing, signal),
    memoryMs: (answer: PersonAnswer) => personMemoryMs(parts, answer),
  };
  return await remember(parts, question, numbers);
}

/** What CVR says of numbers that differ, in their order, with what is remembered; the signal as above. */
export async function companyAnswers(
  parts: RegisterParts, organisation: OrganisationEntry, numbers: readonly string[], signal?: AbortSignal,
): Promise<readonly CompanyAnswer[]> {
  const question = {
    kind: 'company',
    scope: scopeOf(organisation, [organisation.lookup.cvr?.adapter]),
    ask: (missing: readonly string[]) => parts.registers.companies(organisation, missing, signal),
    memoryMs: (answer: CompanyAnswer) => companyMemoryMs(parts, answer),
  };
  return await remember(parts, question, numbers);
}

/** The asking organisation and how it asks: another access may be told other things. */
function scopeOf({ cvrNumbers }: OrganisationEntry, access: readonly (string | null | undefined)[]): string {
  return [cvrNumbers[0], ...access].join(' ');
}

async function askPersons(
  { registers, settings }: RegisterParts, organisation: OrganisationEntry, numbers: readonly string[], given?: AbortSignal,
): Promise<readonly PersonAnswer[]> {
  // One number has one deadline for both registers; of a list each question has its own.
  const signal = numbers.length > 1 ? given : lookUpDeadline(settings.LOOKUP_DEADLINE_MS, given);
  const unitsOf = async (possible: readonly string[]): Promise<ReadonlyMap<string, Unit>> =>
    new Map(await Promise.all(possible.map(async (number) => [number, await registers.productionUnit(organisation, number, signal)] as const)));
  // A replacement number is one that CPR does not know.
  const asked = numbers.filter((number) => cprShape(number) !== 'replacement');
  const dateless = asked.filter((number) => cprShape(number) === 'no-date');
  const [found, likelyUnits] = await Promise.all([asked.length === 0 ? [] : registers.persons(organisation, asked, signal), unitsOf(dateless)]);
  const persons = new Map(asked.map((number, n) => [number, withoutHiddenName(found[n])]));
  const unknown = asked.filter((number) => persons.get(number)?.kind === 'not-found' && !likelyUnits.has(number));
  const units = new Map([...likelyUnits, ...await unitsOf(unknown)]);
  return numbers.map((number) => withUnit(persons.get(number) ?? NOT_FOUND, units.get(number) ?? null));
}

/** What CVR said of ten digits as a P number; null for none. */
type Unit = ProductionUnit | RegisterUnavailable | null;

const NOT_FOUND: PersonAnswer = { kind: 'not-found' };
const NO_ANSWER: PersonAnswer = { kind: 'unavailable', reason: 'away', text: 'Registret svarer ikke. Prøv igen om lidt.' };

/** Digits are nobody's only if both registers said so. */
function withUnit(person: PersonAnswer, unit: Unit): PersonAnswer {
  if (person.kind === 'found' || unit === null) return person;
  if (!('kind' in unit)) return { kind: 'p-number', ...unit };
  return person.kind === 'not-found' ? unit : person;
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
