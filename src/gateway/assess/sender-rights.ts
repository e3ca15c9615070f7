import { channels, type ChannelId } from '../../domain/channel.ts';
import { addressProblem, parseGatewayAddress, printGatewayAddress, type GatewayAddress } from '../../domain/gateway-address.ts';
import { mailDomainOf, normaliseMailAddress } from '../../domain/mail-address.ts';
import { memoSenderOf, senderKey, type Directory, type Organisation } from '../../domain/organisation.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import { mailAuthor, refuseAct } from '../../domain/rights.ts';

/** The envelope as the SMTP client gave it, and the organisations of its certificate where one was demanded. */
export interface Envelope {
  readonly peerCvrs: readonly string[] | null;
  readonly mailFrom: string;
  readonly recipients: readonly string[];
}

/** What the header says of who wrote the mail. */
export interface Author {
  readonly fromHeaderCount: number;
  readonly fromAddresses: readonly string[];
  /** Values of X-OriginatorOrg, lower case: the tenant that Exchange Online sent for. */
  readonly originators: readonly string[];
  /** Two programs may read different authors out of this header: it gives no right. */
  readonly ambiguous: boolean;
}

/** What this gateway can do at all. */
export interface SendingRules {
  readonly directory: Directory;
  /** Channels that are connected here. */
  readonly channels: readonly ChannelId[];
}

/** May a mail come from this envelope sender at all? It must be of an organisation here, and of the certificate's. */
export function senderProblem(rules: SendingRules, envelope: Envelope): Problem | null {
  // A mail from nobody may pass as ordinary mail; to Digital Post it is refused with its recipient.
  if (envelope.mailFrom === '') return null;
  return envelopeOrganisation(rules, envelope) ? null : foreignEnvelope(envelope, '');
}

/** May this address be a recipient? Anything under digital-post.dk that is not quite right is refused, never relayed. */
export function recipientProblem(rules: SendingRules, envelope: Envelope, recipient: string): Problem | null {
  const parsed = parseGatewayAddress(recipient);
  if (parsed.kind === 'elsewhere') return null;
  if (parsed.kind === 'malformed') return parsed.problem;
  const { address } = parsed;
  if (envelope.mailFrom === '') return problemOf('empty-envelope-sender', { address: recipient });
  const organisation = envelopeOrganisation(rules, envelope);
  if (!organisation) return foreignEnvelope(envelope, '');
  return (
    addressProblem(address) ??
    (memoSenderOf(organisation, address.sender)
      ? null
      : problemOf('sender-unknown', { address: recipient, sender: senderKey(address.sender) })) ??
    unavailable(rules, address)
  );
}

/**
 * May the author of this mail send it to these recipients? The right to send Digital Post follows the one address in
 * From (reliability.md 2.2, rows 1 and 2): a second From, a display name or a Sender header gives no right; MAIL FROM is
 * that mailbox or another of the same organisation.
 */
export function authorProblem(rules: SendingRules, envelope: Envelope, author: Author): Problem | null {
  const single = author.fromHeaderCount === 1 && author.fromAddresses.length === 1 && !author.ambiguous;
  const from = single ? author.fromAddresses[0] : undefined;
  if (!from) return problemOf('from-ambiguous', { addresses: [...author.fromAddresses] });
  const mailbox = normaliseMailAddress(from);
  const organisation = sendingOrganisation(rules, envelope, mailbox);
  if (!organisation) return foreignEnvelope(envelope, from);
  if (envelope.peerCvrs !== null && !isOriginator(organisation, author.originators)) {
    return problemOf('originator-foreign', { originator: author.originators.join(', ') || '(ingen)' });
  }
  for (const recipient of envelope.recipients) {
    const problem = mailboxProblem(organisation, mailbox, recipient);
    if (problem) return problem;
  }
  return null;
}

function mailboxProblem(organisation: Organisation, mailbox: string, recipient: string): Problem | null {
  const parsed = parseGatewayAddress(recipient);
  if (parsed.kind !== 'gateway-address') return null;
  const { address } = parsed;
  const action = address.kind === 'mass' ? 'mass-send' : 'send';
  const refusal = refuseAct(organisation, mailAuthor, { action, mailbox, to: address });
  return refusal?.kind === 'problem' ? refusal.problem : null;
}

/** The organisation of the From mailbox, when certificate and MAIL FROM are of the same one. */
function sendingOrganisation(rules: SendingRules, envelope: Envelope, mailbox: string): Organisation | null {
  const organisation = rules.directory.organisationOfDomain(mailDomainOf(mailbox));
  if (!organisation || !isPeer(envelope, organisation)) return null;
  return envelope.mailFrom === '' || envelopeOrganisation(rules, envelope) === organisation ? organisation : null;
}

function unavailable(rules: SendingRules, address: GatewayAddress): Problem | null {
  if (rules.channels.includes(address.channel)) return null;
  return problemOf('channel-not-available', { address: printGatewayAddress(address), channel: channels[address.channel].name });
}

/** The organisation of MAIL FROM, when the client's certificate does not speak against it. */
function envelopeOrganisation(rules: SendingRules, envelope: Envelope): Organisation | null {
  const organisation = rules.directory.organisationOfDomain(mailDomainOf(envelope.mailFrom));
  return organisation && isPeer(envelope, organisation) ? organisation : null;
}

function isPeer({ peerCvrs }: Envelope, organisation: Organisation): boolean {
  return peerCvrs === null || organisation.cvrNumbers.some((cvr) => peerCvrs.includes(cvr));
}

/** A certificate that a provider shows for all its customers says nothing of who sends; the tenant's name must (EchoSpoofing). */
function isOriginator({ smtpOriginatorOrgs }: Organisation, originators: readonly string[]): boolean {
  const [only, ...more] = originators;
  return smtpOriginatorOrgs.length === 0 || (only !== undefined && more.length === 0 && smtpOriginatorOrgs.includes(only));
}

function foreignEnvelope(envelope: Envelope, from: string): Problem {
  return problemOf('envelope-foreign', { envelopeFrom: envelope.mailFrom, from });
}
