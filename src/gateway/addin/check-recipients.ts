import { maskCprNumber } from '../../domain/cpr-number.ts';
import type { CheckLine, CompanyAnswer, PersonAnswer, Reach, RecipientCheck } from '../../domain/gateway-api.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import { refuseAct, type Refusal } from '../../domain/rights.ts';
import { auditActorOf, type ApiCaller } from '../api/api-caller.ts';
import type { LimitReached } from '../api/lookup-actions.ts';
import { checkNamesMax, type CheckCall, type CheckRefused, type RecipientActions } from '../api/recipient-actions.ts';
import { companyAnswers, personAnswers } from './ask-registers.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { inParallel } from './in-parallel.ts';
import {
  BATCH_NAME_ACTIONS, batchNameLimits, CHECK_ACTION, checkLimits, lookupLimits, watchForGuessing, watchListForGuessing, type ActLimit,
  type HeldActs, type LookUpLimits,
} from './look-up-limits.ts';
import { askingOrganisation, personOutcome, type LookUpParts } from './look-up-names.ts';
import { REACH_CALL_NUMBERS_MAX, rememberedReach } from '../lookup/reachability.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';
import { insertAudit, type AuditAct } from '../store/audit.ts';
import { CANCELLED_OUTCOME, LIMIT_OUTCOME, NOT_FOUND_OUTCOME } from '../store/recent-acts.ts';

export type CheckParts = LookUpParts & Pick<GatewayParts, 'network'>;

/** Checks a few recipients and answers when all of them are known. */
export async function checkRecipients(parts: CheckParts, call: CheckCall): ReturnType<RecipientActions['check']> {
  const { settings } = parts;
  const begun = await beginCheck(parts, call, {
    action: 'send',
    max: settings.CHECK_RECIPIENTS_MAX,
    namesOfPersons: true,
    naming: { personAction: 'lookup-person', companyAction: 'lookup-company', max: checkNamesMax(settings), limits: lookupLimits(settings) },
  });
  if (begun.kind !== 'begun') return begun;
  const { check } = begun;
  try {
    const recipients: RecipientCheck[] = [];
    for await (const some of checkedChunks(parts, check)) recipients.push(...some);
    return { kind: 'checked', recipients: recipients.toSorted((a, b) => a.position - b.position) };
  } finally {
    releaseHeld(check);
  }
}

/** Checks a whole list, and tells of each hundred as soon as they are known. */
export async function checkBatch(parts: CheckParts, call: CheckCall): ReturnType<RecipientActions['checkBatch']> {
  const { settings } = parts;
  const organisation = askingOrganisation(parts, call.caller);
  const [personAction, companyAction] = BATCH_NAME_ACTIONS;
  const begun = await beginCheck(parts, call, {
    action: 'mass-send',
    max: settings.CHECK_BATCH_MAX,
    namesOfPersons: organisation?.lookup.namesInBatches === true,
    naming: { personAction, companyAction, max: settings.BATCH_NAMES_PER_USER_PER_DAY, limits: batchNameLimits(settings) },
  });
  if (begun.kind !== 'begun') return begun;
  // The caller may be gone before the first line is read, or already now: then nobody hears of it any more.
  if (call.signal.aborted) releaseHeld(begun.check);
  else call.signal.addEventListener('abort', () => releaseHeld(begun.check), { once: true });
  return { kind: 'lines', lines: linesOf(parts, begun.check) };
}

/** One check that may go on. */
interface Check {
  readonly caller: ApiCaller;
  readonly organisation: OrganisationEntry;
  readonly channel: CheckCall['question']['channel'];
  readonly mailbox: string;
  readonly purpose: string | null;
  readonly names: { readonly persons: boolean; readonly companies: boolean };
  readonly subjects: readonly Subject[];
  readonly total: number;
  readonly naming: Naming;
  /** The names of citizens that were looked up until now; counted as the answers come. */
  readonly tally: { asked: number; unknown: number };
  readonly held: HeldActs;
  readonly heldNames: HeldActs;
  readonly signal: AbortSignal;
}

/** A number, and every place at which it stands in the question. */
interface Subject {
  readonly number: string;
  readonly positions: readonly number[];
}

interface CheckKind {
  readonly action: 'send' | 'mass-send';
  readonly max: number;
  /** Whether the names of citizens may be looked up in such a check. */
  readonly namesOfPersons: boolean;
  readonly naming: Naming;
}

/** How the audit calls a name that is looked up in a check, and the limits on them: a check is no way round those on look-ups. */
interface Naming {
  readonly personAction: string;
  readonly companyAction: string;
  /** Names in one check; more could never be had. */
  readonly max: number;
  readonly limits: readonly ActLimit[];
}

/** May this caller check these from this mailbox, now? Then so many of the day's checks are held. */
async function beginCheck(
  parts: CheckParts,
  { caller, question, signal }: CheckCall,
  { action, max, namesOfPersons, naming }: CheckKind,
): Promise<CheckRefused | { readonly kind: 'begun'; readonly check: Check }> {
  const { database, keys, now, limits, settings } = parts;
  const { channel, numbers, purpose = null } = question;
  const mailbox = normaliseMailAddress(question.mailbox);
  const organisation = askingOrganisation(parts, caller);
  if (!organisation) return { kind: 'organisation-gone' };
  if (numbers.length > max) return { kind: 'too-many', max };
  const write = (outcome: string) => {
    const act = { action: CHECK_ACTION, outcome, subject: null, purpose, mailbox, reference: null };
    return insertAudit(database, keys, { actor: auditActorOf(caller), at: now(), acts: [act] });
  };
  const refusal = mailboxRefusal(parts, caller, { action, mailbox, channel });
  if (refusal) {
    await write('refused');
    return { kind: 'not-allowed', refusal };
  }
  const subjects = subjectsOf(numbers);
  const names = askedNames(question, caller, { organisation, namesOfPersons });
  const named = subjects.filter(({ number }) => (isCpr(number) ? names.persons : names.companies)).length;
  if (named > naming.max) return { kind: 'too-many-names', max: naming.max };
  const held = await holdBoth(limits, caller.id, { checks: [subjects.length - named, checkLimits(settings)], names: [named, naming.limits] });
  if (held.kind === 'limit') {
    await write(LIMIT_OUTCOME);
    return held;
  }
  const check = { caller, organisation, channel, mailbox, purpose, names, naming, subjects, total: numbers.length, signal };
  return { kind: 'begun', check: { ...check, tally: { asked: 0, unknown: 0 }, held: held.checks, heldNames: held.names } };
}

type Wanted = readonly [count: number, limits: readonly ActLimit[]];

async function holdBoth(
  limits: LookUpLimits,
  actor: string,
  { checks, names }: { readonly checks: Wanted; readonly names: Wanted },
): Promise<{ readonly kind: 'both'; readonly checks: HeldActs; readonly names: HeldActs } | LimitReached> {
  const heldNames = await holdSome(limits, actor, names);
  if (heldNames.kind === 'limit') return heldNames;
  const heldChecks = await holdSome(limits, actor, checks);
  if (heldChecks.kind === 'held') return { kind: 'both', checks: heldChecks, names: heldNames };
  heldNames.releaseAll();
  return heldChecks;
}

async function holdSome(limits: LookUpLimits, actor: string, [count, wanted]: Wanted): Promise<HeldActs | LimitReached> {
  return count === 0 ? NOTHING_HELD : await limits.hold(actor, count, wanted);
}

const NOTHING_HELD: HeldActs = { kind: 'held', release: () => undefined, releaseAll: () => undefined };

/** Ten digits; the contract lets eight pass beside them. */
function isCpr(number: string): boolean {
  return number.length === 10;
}

function releaseHeld({ held, heldNames }: Check): void {
  held.releaseAll();
  heldNames.releaseAll();
}

/** Names are looked up where they are asked for and the caller may; those of citizens only for a purpose. */
function askedNames(
  { names = false, purpose }: CheckCall['question'],
  caller: ApiCaller,
  { organisation: { lookup }, namesOfPersons }: { readonly organisation: OrganisationEntry; readonly namesOfPersons: boolean },
): Check['names'] {
  return {
    persons: names && namesOfPersons && purpose !== undefined && caller.may.has('lookup-cpr') && lookup.cpr !== null,
    companies: names && caller.may.has('lookup-cvr') && lookup.cvr !== null,
  };
}

/** Why the caller may not send from the mailbox over the network; null when it may. */
export function mailboxRefusal(
  { directory }: Pick<GatewayParts, 'directory'>,
  caller: ApiCaller,
  { action, mailbox, channel }: { readonly action: 'send' | 'mass-send'; readonly mailbox: string; readonly channel: Check['channel'] },
): Refusal | null {
  const organisation = directory.organisationOfCvr(caller.cvrNumbers[0] ?? '');
  return organisation ? refuseAct(organisation, caller, { action, mailbox, to: channel }) : { kind: 'mailbox-foreign', mailbox };
}

function subjectsOf(numbers: readonly string[]): readonly Subject[] {
  const positions = new Map<string, number[]>();
  numbers.forEach((number, position) => {
    const known = positions.get(number);
    if (known) known.push(position);
    else positions.set(number, [position]);
  });
  return [...positions].map(([number, places]) => ({ number, positions: places }));
}

async function* linesOf(parts: CheckParts, check: Check): AsyncGenerator<CheckLine, void, undefined> {
  const { total, signal } = check;
  let done = 0;
  try {
    for await (const recipients of checkedChunks(parts, check)) {
      done += recipients.length;
      yield { kind: 'recipients', recipients: [...recipients], done, total };
    }
    if (!signal.aborted) yield { kind: 'end', done, total, checkedAt: parts.now().toISOString() };
  } catch (error) {
    parts.log.error({ state: 'check-failed', reason: error });
    yield { kind: 'failed', done, total, text: 'Tjekket gik i stå. Prøv igen om lidt.' };
  } finally {
    releaseHeld(check);
    await watchListForGuessing(parts, askerOf(check), check.tally);
  }
}

/** A hundred of one kind at a time, as many as one call to the registry takes, several calls at once. */
function checkedChunks(parts: CheckParts, check: Check): AsyncIterable<readonly RecipientCheck[]> {
  const chunks = [10, 8].flatMap((digits) => {
    const ofKind = check.subjects.filter(({ number }) => number.length === digits);
    return Array.from({ length: Math.ceil(ofKind.length / REACH_CALL_NUMBERS_MAX) }, (_, n) =>
      ofKind.slice(n * REACH_CALL_NUMBERS_MAX, (n + 1) * REACH_CALL_NUMBERS_MAX));
  });
  const limits = { atOnce: parts.settings.CHECK_CONCURRENCY, signal: check.signal };
  return inParallel(chunks, limits, (chunk) => checkChunk(parts, check, chunk));
}

async function checkChunk(parts: CheckParts, check: Check, subjects: readonly Subject[]): Promise<readonly RecipientCheck[]> {
  const found = await askAbout(parts, check, subjects);
  const { caller, naming, tally } = check;
  const acts = found.map((one) => auditActOf(check, one));
  await insertAudit(parts.database, parts.keys, { actor: auditActorOf(caller), at: parts.now(), acts });
  (acts[0]?.action === CHECK_ACTION ? check.held : check.heldNames).release(acts.length);
  const persons = acts.filter(({ action }) => action === naming.personAction);
  const unknown = persons.filter(({ outcome }) => outcome === NOT_FOUND_OUTCOME).length;
  tally.asked += persons.length;
  tally.unknown += unknown;
  if (unknown > 0 && naming.personAction === 'lookup-person') await watchForGuessing(parts, askerOf(check));
  return found.flatMap(checksOf);
}

async function askAbout(parts: CheckParts, check: Check, subjects: readonly Subject[]): Promise<readonly Found[]> {
  const numbers = subjects.map(({ number }) => number);
  const { organisation, names, signal } = check;
  const ofPersons = isCpr(numbers[0] ?? '');
  const [reaches, persons, companies] = await Promise.all([
    reachesOf(parts, check, numbers),
    ofPersons && names.persons ? personAnswers(parts, organisation, numbers, signal) : null,
    !ofPersons && names.companies ? companyAnswers(parts, organisation, numbers, signal) : null,
  ]);
  return subjects.map((subject, n) => ({
    subject, reach: reaches[n] ?? NOT_KNOWN, person: persons?.[n] ?? null, company: companies?.[n] ?? null,
  }));
}

function askerOf({ caller }: Check): Parameters<typeof watchForGuessing>[1] {
  return { ...auditActorOf(caller), fullName: caller.fullName };
}

const NOT_KNOWN: Reach = { state: 'not-known', from: null };

async function reachesOf(parts: CheckParts, { organisation, channel, signal }: Check, numbers: readonly string[]): Promise<readonly Reach[]> {
  const scope = organisation.cvrNumbers[0] ?? '';
  const registry = parts.network(channel, scope);
  if (!registry) return [];
  return await rememberedReach(parts, { registry, channel, scope, settings: parts.settings, signal }, numbers);
}

interface Found {
  readonly subject: Subject;
  readonly reach: Reach;
  readonly person: PersonAnswer | null;
  readonly company: CompanyAnswer | null;
}

function auditActOf({ purpose, mailbox, naming, signal }: Check, found: Found): AuditAct {
  const { subject, person, company } = found;
  const action = person ? naming.personAction : company ? naming.companyAction : CHECK_ACTION;
  const outcome = signal.aborted && isUnanswered(found) ? CANCELLED_OUTCOME : outcomeOf(found);
  return { action, outcome, subject: subject.number, purpose, mailbox, reference: null };
}

function outcomeOf({ reach, person, company }: Found): string {
  return person ? personOutcome(person) : (company?.kind ?? reach.state);
}

/** Of a check that was broken off, what nobody had said anything about. */
function isUnanswered({ reach, person, company }: Found): boolean {
  return (person ?? company) ? (person ?? company)?.kind === 'unavailable' : reach.state === 'not-known';
}

/** One answer for each place at which the number stands. */
function checksOf({ subject: { number, positions }, reach, person, company }: Found): readonly RecipientCheck[] {
  const [first = 0] = positions;
  const shown = isCpr(number) ? maskCprNumber(number) : number;
  return positions.map((position) => ({ position, shown, reach, person, company, sameAs: position === first ? null : first }));
}
