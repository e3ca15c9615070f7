import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import { isInDomains, normaliseMailAddress } from '../../domain/mail-address.ts';
import { secureMailboxOf } from '../../domain/organisation.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import type { HeaderBlock } from '../../mail/read-header-block.ts';
import type { ApiAnswer } from './api-answer.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ApiEnvelope, ApiParts } from './api-parts.ts';
import { callProblem, mailRefused, type FieldFault } from './api-problem.ts';
import { invalidRequest } from './api-route.ts';

/** Addresses and where in the call they stand, e.g. "to.0". */
export interface NamedAddress {
  readonly path: string;
  readonly address: string;
}

/** Envelope and caller of a mail that has not been written yet. */
export interface JudgedEnvelope {
  readonly caller: ApiCaller;
  readonly envelope: ApiEnvelope;
}

/**
 * Asks of a program's mail what the SMTP door asks at MAIL and RCPT, with the same functions; a program gets all answers
 * at once, and one wrong recipient stops the whole call. Null when nothing is wrong so far.
 */
export function envelopeRefusal(
  parts: ApiParts,
  { caller, envelope }: JudgedEnvelope,
  recipients: readonly NamedAddress[],
): ApiAnswer | null {
  const { rules, settings } = parts;
  const faults = addressFaults([{ path: 'from', address: envelope.mailFrom }, ...recipients]);
  if (faults.length > 0) return invalidRequest(parts, faults);
  const mailbox = normaliseMailAddress(envelope.mailFrom);
  if (caller.mailboxes !== null && !caller.mailboxes.includes(mailbox)) {
    // As the SMTP door says it, also of a mailbox that was the caller's until it was taken out of the Exchange group.
    if (isNotSecure(parts, caller, mailbox)) return refusalOf(parts, [problemOf('mailbox-not-secure', { mailbox })]);
    return callProblem(settings.PUBLIC_URL, 'right-missing', `Programmet må ikke sende fra ${mailbox}.`);
  }
  const sender = rules.refuseSender(envelope);
  const found = sender ? [sender] : recipients.map(({ address }) => rules.refuseRecipient(envelope, address));
  return refusalOf(parts, [...tooMany(parts, recipients.length), ...found]);
}

function isNotSecure({ directory }: ApiParts, { cvrNumbers: [cvr = ''] }: ApiCaller, mailbox: string): boolean {
  const organisation = directory.organisationOfCvr(cvr);
  return organisation !== null && isInDomains(mailbox, organisation.mailDomains) && secureMailboxOf(organisation, mailbox) === null;
}

/** What is wrong with the author in the header, for each recipient; the log-on stands for the tenant's name. */
export function headerProblems(
  { rules, onRefused }: ApiParts,
  { caller, envelope }: JudgedEnvelope,
  header: HeaderBlock,
): readonly Problem[] {
  const judged = { ...header, originatorOrgs: caller.originatorOrgs.slice(0, 1) };
  const found = envelope.recipients.map((recipient) => rules.refuseHeader({ ...envelope, recipients: [recipient] }, judged));
  const problems = distinct(found);
  for (const problem of problems) onRefused(problem);
  return problems;
}

/** A refusal for all the Problems that there are, each once; null when there are none. */
export function refusalOf(parts: ApiParts, found: readonly (Problem | null)[]): ApiAnswer | null {
  const [first, ...more] = distinct(found);
  if (!first) return null;
  for (const problem of [first, ...more]) parts.onRefused(problem);
  return mailRefused(parts.settings.PUBLIC_URL, [first, ...more]);
}

function tooMany({ settings }: ApiParts, count: number): readonly Problem[] {
  const max = settings.API_RECIPIENTS_MAX;
  return count > max ? [problemOf('too-many-recipients', { count, max })] : [];
}

function distinct(found: readonly (Problem | null)[]): readonly Problem[] {
  const byText = new Map(found.flatMap((problem) => (problem ? [[JSON.stringify(problem), problem]] : [])));
  return [...byText.values()];
}

/** Ordinary addresses must be bare and plain, for they are written into a header; the others the rules know better. */
const PLAIN_ADDRESS = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/u;

function addressFaults(named: readonly NamedAddress[]): readonly FieldFault[] {
  return named
    .filter(({ address }) => parseGatewayAddress(address).kind === 'elsewhere' && !PLAIN_ADDRESS.test(address))
    .map(({ path }) => ({ path, message: 'skal være én adresse uden navn, fx navn@kommune.dk' }));
}
