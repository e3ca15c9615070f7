import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { CompanyAnswer, CompanySearchAnswer, PersonAnswer } from '../../domain/gateway-api.ts';
import { auditActorOf, type ApiCaller } from '../api/api-caller.ts';
import type { CompanyQuestion, CompanySearchQuestion, LookupOutcome, PersonQuestion } from '../api/lookup-actions.ts';
import { companyAnswers, personAnswers, type RegisterParts } from './ask-registers.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { lookupLimits, watchForGuessing, type LookUpLimits } from './look-up-limits.ts';
import { entryOfCvr, type OrganisationEntry } from '../settings/organisations-file.ts';
import { insertAudit, type AuditAct } from '../store/audit.ts';
import { CANCELLED_OUTCOME, LIMIT_OUTCOME } from '../store/recent-acts.ts';

/** What the look-ups of one gateway share. */
export type LookUpParts = RegisterParts & Pick<GatewayParts, 'organisations' | 'directory' | 'log' | 'wake'> & { readonly limits: LookUpLimits };

/** Looks a citizen up by CPR number, for a purpose that is kept with it. */
export async function lookUpPerson(
  parts: LookUpParts, caller: ApiCaller, { cpr, purpose }: PersonQuestion, signal: AbortSignal,
): Promise<LookupOutcome<PersonAnswer>> {
  const outcome = await lookUp(parts, caller, {
    act: { action: 'lookup-person', subject: cpr, purpose, reference: null },
    signal,
    ask: async (organisation) => (await personAnswers(parts, organisation, [cpr], signal))[0] ?? null,
    outcomeOf: personOutcome,
  });
  if (outcome.kind === 'answer' && outcome.answer.kind === 'not-found') {
    await watchForGuessing(parts, { ...auditActorOf(caller), fullName: caller.fullName });
  }
  return outcome;
}

/** Looks a company up by CVR number. */
export async function lookUpCompany(
  parts: LookUpParts, caller: ApiCaller, { cvr, purpose }: CompanyQuestion, signal: AbortSignal,
): Promise<LookupOutcome<CompanyAnswer>> {
  return await lookUp(parts, caller, {
    act: { action: 'lookup-company', subject: cvr, purpose: purpose ?? null, reference: null },
    signal,
    ask: async (organisation) => (await companyAnswers(parts, organisation, [cvr], signal))[0] ?? null,
    outcomeOf: ({ kind }) => kind,
  });
}

/** Searches active companies by name. What was searched for is kept with it: it may be the name of a person who trades. */
export async function searchCompanies(
  parts: LookUpParts, caller: ApiCaller, { name, max = COMPANIES_DEFAULT }: CompanySearchQuestion, signal: AbortSignal,
): Promise<LookupOutcome<CompanySearchAnswer>> {
  const outcome = await lookUp(parts, caller, {
    act: { action: 'search-company', subject: null, purpose: null, reference: maskCprNumbersIn(name).slice(0, SEARCH_CHARACTERS_MAX) },
    signal,
    ask: (organisation) => parts.registers.searchCompanies(organisation, name, max, signal),
    outcomeOf: (answer) => ('kind' in answer ? answer.kind : answer.companies.length > 0 ? 'found' : 'not-found'),
  });
  if (outcome.kind !== 'answer') return outcome;
  const { answer } = outcome;
  return 'kind' in answer ? { kind: 'unavailable', text: answer.text } : { kind: 'answer', answer };
}

/** As many as the pane shows (ux.md 5.8). */
const COMPANIES_DEFAULT = 10;
/** As much of what was searched for as the audit keeps. */
const SEARCH_CHARACTERS_MAX = 100;

/** What the audit calls an answer about a person. */
export function personOutcome(answer: PersonAnswer): string {
  if (answer.kind !== 'found') return answer.kind;
  return answer.nameState === 'protected' || answer.protected === true ? 'protected' : 'found';
}

/** The organisation that asks, as it is now; null when the gateway has it no longer. */
export function askingOrganisation({ organisations }: Pick<GatewayParts, 'organisations'>, { cvrNumbers }: ApiCaller): OrganisationEntry | null {
  return entryOfCvr(organisations(), cvrNumbers[0] ?? '');
}

interface LookUp<Answer> {
  readonly act: Omit<AuditAct, 'outcome' | 'mailbox'>;
  readonly signal: AbortSignal;
  readonly ask: (organisation: OrganisationEntry) => Promise<Answer | null>;
  readonly outcomeOf: (answer: Answer) => string;
}

/** Every look-up: within the user's limit it is asked, and then told only once it stands in the audit. */
async function lookUp<Answer>(parts: LookUpParts, caller: ApiCaller, { act, signal, ask, outcomeOf }: LookUp<Answer>): Promise<LookupOutcome<Answer>> {
  const { database, keys, now, limits, settings } = parts;
  const organisation = askingOrganisation(parts, caller);
  if (!organisation) return { kind: 'organisation-gone' };
  const write = (outcome: string) =>
    insertAudit(database, keys, { actor: auditActorOf(caller), at: now(), acts: [{ ...act, outcome, mailbox: null }] });
  const held = await limits.hold(caller.id, 1, lookupLimits(settings));
  if (held.kind === 'limit') {
    await write(LIMIT_OUTCOME);
    return held;
  }
  try {
    const answer = await ask(organisation);
    if (answer === null) throw new Error('a register gave no answer');
    const outcome = outcomeOf(answer);
    await write(signal.aborted && outcome === UNANSWERED ? CANCELLED_OUTCOME : outcome);
    return { kind: 'answer', answer };
  } finally {
    held.releaseAll();
  }
}

const UNANSWERED: PersonAnswer['kind'] = 'unavailable';
