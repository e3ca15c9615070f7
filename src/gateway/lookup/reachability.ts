import type { Reach } from '../../domain/gateway-api.ts';
import { contactRegistryPages, type ContactRegistry } from './contact-registry.ts';
import { remember, type Memory } from './remember-answers.ts';

/** Numbers in one call; the registry's own limit is not public. */
export const REACH_CALL_NUMBERS_MAX = 100;

const NOT_REGISTERED: Reach = { state: 'not-registered', from: null };
const NOT_KNOWN: Reach = { state: 'not-known', from: null };

/**
 * Whether a network reaches each of these CPR or CVR numbers, in their order, by its contact registry (memo-ngdp.md 5).
 * Numbers go in the body of the call and never in its URL, a hundred at a time and one call after the other; none goes out
 * once `signal` is aborted. Whatever goes wrong is `not-known`, never an error.
 */
export async function reachOf(registry: ContactRegistry, numbers: readonly string[], signal?: AbortSignal): Promise<readonly Reach[]> {
  const known = new Map<string, Reach>();
  for (const [field, length] of [['cprNumber', 10], ['cvrNumber', 8]] as const) {
    const ofKind = [...new Set(numbers)].filter((number) => number.length === length);
    for (let n = 0; n < ofKind.length; n += REACH_CALL_NUMBERS_MAX) {
      const asked = ofKind.slice(n, n + REACH_CALL_NUMBERS_MAX);
      if (signal?.aborted === true) break;
      for (const [number, reach] of await askRegistry(registry, field, asked)) known.set(number, reach);
    }
  }
  return numbers.map((number) => known.get(number) ?? NOT_KNOWN);
}

/** At whose registry is asked, for whom, and how long its word is taken. */
export interface ReachQuestion {
  readonly registry: ContactRegistry;
  readonly channel: string;
  /** The asking organisation. */
  readonly scope: string;
  readonly settings: { readonly REACH_MEMORY_MS: number; readonly REACH_NOT_REGISTERED_MEMORY_MS: number };
  readonly signal: AbortSignal;
}

/** The same of numbers that differ, with what is remembered; what may soon be otherwise is remembered for a shorter time. */
export async function rememberedReach(memory: Memory, question: ReachQuestion, numbers: readonly string[]): Promise<readonly Reach[]> {
  const { registry, channel, scope, settings, signal } = question;
  const { REACH_MEMORY_MS: long, REACH_NOT_REGISTERED_MEMORY_MS: short } = settings;
  const memoryMs = ({ state }: Reach) => (state === 'not-known' ? 0 : state === 'registered' || state === 'closed' ? long : short);
  return await remember(memory, { kind: `reach ${channel}`, scope, ask: (missing) => reachOf(registry, missing, signal), memoryMs }, numbers);
}

async function askRegistry(
  registry: ContactRegistry,
  field: 'cprNumber' | 'cvrNumber',
  numbers: readonly string[],
): Promise<ReadonlyMap<string, Reach>> {
  const pages = await contactRegistryPages(registry, { path: 'contacts/?isBulkLookup=true', field: 'contacts', query: { [field]: numbers } });
  if (pages === null) return new Map();
  const found = new Map<string, Reach>(numbers.map((number) => [number, NOT_REGISTERED]));
  for (const contact of pages as readonly Contact[]) {
    const number = contact[field];
    const before = number === undefined ? undefined : found.get(number);
    // A contact that nobody asked for tells nothing; of several with one number the one that can be reached counts.
    if (number === undefined || before === undefined) continue;
    const reach = reachOfContact(contact);
    if (RANK.indexOf(reach.state) < RANK.indexOf(before.state)) found.set(number, reach);
  }
  return found;
}

const RANK: readonly Reach['state'][] = ['registered', 'awaiting', 'exempt', 'closed', 'not-registered', 'not-known'];

/** A contact as far as it matters here (data/memo/api, "Contact"). */
export interface Contact {
  readonly cprNumber?: string;
  readonly cvrNumber?: string;
  readonly createdDate?: string;
  readonly mailboxSubscription?: {
    readonly registrationStatus?: string;
    readonly publicRegistrationStatus?: string;
    readonly startTime?: string;
  } | null;
}

const PUBLIC_STATES: Readonly<Record<string, Reach['state']>> = { REGISTERED: 'registered', EXEMPT: 'exempt', CLOSED: 'closed' };
const OWN_STATES: Readonly<Record<string, Reach['state']>> = {
  BEFORE_UNCONFIRMED_REGISTRATION: 'awaiting',
  UNCONFIRMED_REGISTRATION: 'awaiting',
  CREATED_AWAITING_REGISTRATION: 'awaiting',
  EXEMPT_LEFT_THE_COUNTRY: 'exempt',
  EXEMPT_OTHER_REASON: 'exempt',
};

/**
 * What one contact says: the public status, which is the platform's own word for "can be reached", goes before the inner
 * one, which tells why not yet. Anything else is not registered.
 */
export function reachOfContact(contact: Contact): Reach {
  const { publicRegistrationStatus = '', registrationStatus = '' } = contact.mailboxSubscription ?? {};
  const state = PUBLIC_STATES[publicRegistrationStatus] ?? OWN_STATES[registrationStatus] ?? 'not-registered';
  return { state, from: state === 'awaiting' ? firstDayOf(contact) : null };
}

const DAY_MS = 86_400_000;
/** A new company has twelve days before it must receive (virk.dk, "Digital Post"). */
const COMPANY_AWAITS_DAYS = 12;

/** Swedish writes a day as ISO 8601 does. */
const DANISH_DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' });

/** The day from which a new company can be reached; for citizens nobody says it. */
function firstDayOf({ cvrNumber, mailboxSubscription, createdDate }: Contact): string | null {
  const begin = Date.parse(mailboxSubscription?.startTime ?? createdDate ?? '');
  if (cvrNumber === undefined || Number.isNaN(begin)) return null;
  return DANISH_DAY.format(begin + COMPANY_AWAITS_DAYS * DAY_MS);
}
