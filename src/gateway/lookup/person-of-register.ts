import { isDeepStrictEqual } from 'node:util';
import type { PersonAnswer } from '../../domain/gateway-api.ts';

type Found = Extract<PersonAnswer, { readonly kind: 'found' }>;

/** How an organisation may look up in CPR (registers-identity.md 1.1). */
export type CprAccess = 'authority' | 'public-sender' | 'company';

/** One person as every adapter reads it; lives no longer than the call, for the name may be a protected one. */
export interface RegisterPerson {
  readonly state: Found['state'];
  /** Since when, as a Danish date. */
  readonly since: string | null;
  readonly name: string | null;
  /** Whether name and address are protected; null where the answer does not say. */
  readonly protected: boolean | null;
  /** The number that holds now, where the answer says. */
  readonly currentCpr: string | null;
}

/**
 * What may be told of a person. A protected name ends here, with every kind of access; where an authority's answer does
 * not say whether the name is protected, it counts as if it were. Those who are no authority get no protected names from
 * CPR, so a name that came is none.
 */
export function personAnswerOf(person: RegisterPerson, cpr: string, access: CprAccess): PersonAnswer {
  const isProtected = protectionOf(person, access);
  const shown = isProtected === false && person.name !== null;
  return {
    kind: 'found',
    name: shown ? person.name : null,
    nameState: shown ? 'shown' : isProtected === true ? 'protected' : 'not-delivered',
    protected: isProtected,
    state: person.state,
    since: person.since,
    currentCpr: person.currentCpr === cpr ? null : person.currentCpr,
  };
}

function protectionOf(person: RegisterPerson, access: CprAccess): boolean | null {
  if (person.protected === true || access === 'authority') return person.protected;
  return person.name === null ? null : false;
}

/** CPR's words for a person's state (cpr-PersonSimpelMedPersonnummer.schema.json); every other word is somebody who lives. */
export function stateOfStatus(status: string | null | undefined): Found['state'] {
  return STATES[status?.trim().toLowerCase() ?? ''] ?? 'alive';
}

const STATES: Readonly<Record<string, Found['state']>> = {
  doed: 'dead',
  udrejst: 'emigrated',
  forsvundet: 'disappeared',
  annulleret: 'inactive',
  nedlagt_person: 'inactive',
};

const NAME_MAX_LENGTH = 200;

/** A person's name in one line: the addressing name (34 characters at most, may be shortened), else its parts; null for none. */
export function nameOf(parts: {
  readonly adresseringsnavn?: string | null | undefined;
  readonly fornavne?: string | null | undefined;
  readonly mellemnavn?: string | null | undefined;
  readonly efternavn?: string | null | undefined;
}): string | null {
  const whole = lineOf(parts.adresseringsnavn);
  const joined = [parts.fornavne, parts.mellemnavn, parts.efternavn].map(lineOf).filter(Boolean).join(' ');
  return whole || joined || null;
}

function lineOf(text: string | null | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim().slice(0, NAME_MAX_LENGTH);
}

interface Part {
  readonly status?: string | null | undefined;
}

/** A number that a person has or has had. */
export interface PersonNumber extends Part {
  readonly personnummer: string;
}

interface Protection extends Part {
  readonly beskyttelsestype?: string | null | undefined;
}

/** A part without a status, as where the register lists only what holds now, holds now. */
function statusOf({ status }: Part): string {
  return status?.trim().toLowerCase() ?? 'aktuel';
}

/** The part that holds now among those that held before. */
export function currentOf<P extends Part>(parts: readonly P[]): P | null {
  return parts.find((part) => statusOf(part) === 'aktuel') ?? null;
}

/**
 * Whether name and address are protected: lokal_vejviser, markedsfoering and kreditadvarsel hide nothing here. A protection
 * holds unless its status says in so many words that it does not: a word that has come since must not show a hidden name.
 */
export function hasNameProtection(protections: readonly Protection[]): boolean {
  return protections.some((one) => one.beskyttelsestype?.trim().toLowerCase() === 'navne_og_adresse' && !OVER.includes(statusOf(one)));
}

const OVER: readonly string[] = ['historisk', 'fortrudt', 'rettet', 'annulleret'];

/**
 * Whose number it is: who has it now, one who is there rather than one who is struck out; else everybody who has had it. A
 * number given or typed by mistake ("fortrudt", "rettet") was never theirs.
 */
export function ownersOf<P extends Part>(persons: readonly P[], numbersOf: (person: P) => readonly PersonNumber[], cpr: string): readonly P[] {
  const having = (status: string): readonly P[] =>
    persons.filter((person) => numbersOf(person).some((one) => one.personnummer === cpr && statusOf(one) === status));
  const now = having('aktuel');
  const there = now.filter((one) => stateOfStatus(one.status) !== 'inactive');
  if (now.length > 0) return there.length > 0 ? there : now;
  return having('historisk');
}

/**
 * The one person behind a number; null for nobody. Of several nobody can say who is meant: no name and no new number then,
 * and a state only if it is the state of them all; otherwise the number is one that nobody has any more.
 */
export function personOfOwners(owners: readonly RegisterPerson[]): RegisterPerson | null {
  const [first] = owners;
  if (!first) return null;
  // A person may come once for each of the numbers that were asked about.
  if (owners.every((owner) => isDeepStrictEqual(owner, first))) return first;
  const isSame = owners.every(({ state }) => state === first.state);
  return { state: isSame ? first.state : 'inactive', since: null, name: null, protected: null, currentCpr: null };
}
