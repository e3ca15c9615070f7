import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import type { PersonAnswer } from '../../domain/gateway-api.ts';
import type { LetterRecipient } from '../../domain/letter-check.ts';
import { isNameOf } from '../../domain/person-name.ts';
import { recipientName } from '../../domain/recipient-name.ts';
import { companyAnswers, personAnswers } from '../addin/ask-registers.ts';
import { personOutcome } from '../addin/look-up-names.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { ReadMailResult } from '../isolate/read-mail-job.ts';
import { lookUpDeadline } from '../lookup/look-up-deadline.ts';
import { entryOfCvr } from '../settings/organisations-file.ts';
import { insertAudit, type AuditAct } from '../store/audit.ts';
import type { Submission } from '../store/submissions.ts';
import type { SubmissionAuthor } from './submission-author.ts';
import type { Recipients } from './submission-recipients.ts';

/** A mail with those it goes to. */
export interface AddressedMail {
  readonly submission: Pick<Submission, 'id'>;
  readonly author: SubmissionAuthor;
  readonly recipients: Recipients;
  readonly result: ReadMailResult;
}

/** What a register says of a number: its name where that may be shown. */
interface Registered {
  readonly name: string | null;
  readonly protected: boolean;
}

/** Whom a letter goes to, for its check. */
export interface LetterRecipients {
  readonly recipients: readonly LetterRecipient[];
  /** What the only recipient is called in a mail to the sender; null where the sender's own mail does not call them that. */
  readonly toldName: string | null;
}

const PURPOSE = 'Tjek af brev';

/**
 * Who the recipients of a mail are, as the organisation's registers have them: a mail says whom it goes to, and not who that
 * is. Where a register gives no name, the display name of To or Cc is taken (a Bcc has none). Each look-up stands in the audit
 * before its answer is used. A register that does not answer keeps no mail back.
 */
export async function letterRecipients(parts: GatewayParts, mail: AddressedMail): Promise<LetterRecipients> {
  const given = givenNames(mail);
  const registered = await registeredNames(parts, mail);
  const recipients = mail.recipients.digital.map(({ address: { recipient: { kind, number } } }) => {
    const { name = null, protected: isProtected = false } = registered.get(number) ?? {};
    return { kind, number, name: name ?? given.get(number) ?? null, protected: isProtected };
  });
  const [first] = recipients;
  const own = first && recipients.length === 1 ? given.get(first.number) : undefined;
  return { recipients, toldName: own !== undefined && first?.name && isNameOf(own, first.name) ? own : null };
}

function givenNames({ result: { mail } }: AddressedMail): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { address, name } of [...mail.to, ...mail.cc]) {
    const parsed = parseGatewayAddress(address);
    const given = recipientName(name);
    if (parsed.kind === 'gateway-address' && parsed.address.kind === 'single' && given !== null) names.set(parsed.address.recipient.number, given);
  }
  return names;
}

/** Of those registers that the organisation has; nothing of a mail to more than LETTER_CHECK_NAMES_MAX. */
async function registeredNames(parts: GatewayParts, mail: AddressedMail): Promise<ReadonlyMap<string, Registered>> {
  const organisation = entryOfCvr(parts.organisations(), mail.author.organisation.cvrNumbers[0] ?? '');
  const recipients = mail.recipients.digital.map(({ address }) => address.recipient);
  const numbersOf = (asked: 'cpr' | 'cvr') => [...new Set(recipients.flatMap(({ kind, number }) => (kind === asked ? [number] : [])))];
  const cpr = organisation?.lookup.cpr ? numbersOf('cpr') : [];
  const cvr = organisation?.lookup.cvr ? numbersOf('cvr') : [];
  const count = cpr.length + cvr.length;
  if (!organisation || count === 0 || count > parts.settings.LETTER_CHECK_NAMES_MAX) return new Map();
  const signal = lookUpDeadline(parts.settings.LOOKUP_DEADLINE_MS);
  const [persons, companies] = await Promise.all([
    personAnswers(parts, organisation, cpr, signal),
    companyAnswers(parts, organisation, cvr, signal),
  ]);
  await insertAudit(parts.database, parts.keys, {
    actor: { kind: 'gateway', id: 'letter-check', name: PURPOSE, tenant: null, organisationCvr: organisation.cvrNumbers[0] ?? '' },
    at: parts.now(),
    acts: [
      ...persons.map((answer, n) => actOf(mail, 'lookup-person', cpr[n], personOutcome(answer))),
      ...companies.map((answer, n) => actOf(mail, 'lookup-company', cvr[n], answer.kind)),
    ],
  });
  return new Map([
    ...persons.map((answer, n) => [cpr[n] ?? '', registeredPerson(answer)] as const),
    ...companies.map((answer, n) => [cvr[n] ?? '', { name: answer.kind === 'found' ? answer.company.name : null, protected: false }] as const),
  ]);
}

function actOf({ author, submission }: AddressedMail, action: string, subject: string | undefined, outcome: string): AuditAct {
  return { action, outcome, subject: subject ?? null, purpose: PURPOSE, mailbox: author.mailbox, reference: `s${String(submission.id)}` };
}

function registeredPerson(answer: PersonAnswer): Registered {
  if (answer.kind !== 'found') return { name: null, protected: false };
  return { name: answer.name, protected: answer.protected === true || answer.nameState === 'protected' };
}
