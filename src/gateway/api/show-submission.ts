import { channels } from '../../domain/channel.ts';
import { maskCprNumber, maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { isFinal, type DeliveryStatus } from '../../domain/delivery-status.ts';
import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import { receiptErrorText } from '../../domain/receipt-error.ts';
import type { NamedDeliveryRow, SubmissionView } from '../store/submission-views.ts';
import { shownProblem } from './api-problem.ts';
import type { RecipientStatus, SubmissionStatus, SubmissionSummary } from './submission-schemas.ts';

export type StatusCounts = Readonly<Partial<Record<DeliveryStatus, number>>>;

/** A mail as programs see it; CPR numbers are masked everywhere. */
export function shownSummary(view: SubmissionView, publicUrl: string): SubmissionSummary {
  return {
    id: printSubmissionId(view.id),
    href: submissionHref(printSubmissionId(view.id)),
    source: view.source,
    state: view.state,
    done: isDone(view),
    sentAt: view.receivedAt.toISOString(),
    from: view.fromMailbox,
    subject: maskCprNumbersIn(view.subject),
    messageId: view.messageId && maskCprNumbersIn(view.messageId),
    mass: view.mass || massCount(view) !== null,
    writtenBy: view.writtenBy,
    recipientCount: recipientCount(view),
    counts: countsOf(view),
    to: massCount(view) === null ? view.firstRecipients.map(maskedRecipient) : [],
    toNames: massCount(view) === null ? view.firstRecipients.map((_, n) => view.firstNames?.[String(n + 1)] ?? null) : [],
    settledAt: isoOrNull(view.settledAt),
    sentAs: [...(view.senderLabels ?? [])],
    heldUntil: isoOrNull(view.releaseAt),
    approval: view.approval && { state: view.approval, by: view.approvalBy, at: isoOrNull(view.approvalAt) },
    stopped: view.stoppedAt && { by: view.stoppedBy, at: view.stoppedAt.toISOString() },
    resendOf: view.resendOf === null ? null : printSubmissionId(view.resendOf),
    problems: (view.problems ?? []).map((problem) => shownProblem(publicUrl, problem)),
  };
}

/** A mail with what became of it, and one page of its recipients. */
export function shownSubmission(
  view: SubmissionView,
  byStatus: StatusCounts,
  page: { readonly rows: readonly NamedDeliveryRow[]; readonly next: number | null; readonly publicUrl: string },
): SubmissionStatus {
  const summary = shownSummary(view, page.publicUrl);
  const counts = { delivered: 0, failed: 0, stopped: 0, pending: 0, all: 0 };
  for (const [status, count] of Object.entries(byStatus)) {
    counts[outcomeOf(status as DeliveryStatus)] += count;
    counts.all += count;
  }
  return {
    version: 1,
    ...summary,
    letterSha256: view.letterSha256,
    contentSha256: view.contentSha256,
    counts: isUnread(view) ? summary.counts : counts,
    statuses: { ...byStatus },
    recipients: page.rows.map(shownRecipient),
    next: page.next,
  };
}

/** "s12": the id under which the log knows the mail too. */
export function printSubmissionId(id: number): string {
  return `s${String(id)}`;
}

/** Where a mail's status is fetched. */
export function submissionHref(printedId: string): string {
  return `/api/submissions/${printedId}`;
}

/** The number of an id as programs write it; null for what is no id. */
export function readSubmissionId(text: string): number | null {
  return /^s[1-9][0-9]{0,14}$/.test(text) ? Number(text.slice(1)) : null;
}

/** How a mail's messages stand, by its counters: nobody counts the rows of a mass send for a list. */
export function countsOf(view: SubmissionView): SubmissionSummary['counts'] {
  const { openDeliveries: pending, failedDeliveries: failed, stoppedDeliveries: stopped, deliveries: all } = view;
  if (!isUnread(view)) return { delivered: all - pending - failed - stopped, failed, stopped, pending, all };
  return { delivered: 0, failed: 0, stopped: 0, pending: recipientCount(view), all: recipientCount(view) };
}

function isUnread({ state }: SubmissionView): boolean {
  return state === 'accepted' || state === 'converting';
}

function recipientCount(view: SubmissionView): number {
  // A resend goes to some recipients of the first mail, whose envelope it has.
  return view.source === 'resend' ? view.deliveries : (massCount(view) ?? view.recipientCount);
}

/** Nothing more happens to it. */
export function isDone({ state, openDeliveries }: SubmissionView): boolean {
  return state === 'expanded' ? openDeliveries === 0 : state !== 'accepted' && state !== 'converting';
}

/** How many a mass send is for, as its address says; null for another mail. */
function massCount({ firstRecipient, recipientCount }: SubmissionView): number | null {
  if (recipientCount !== 1) return null;
  const parsed = parseGatewayAddress(firstRecipient);
  return parsed.kind === 'gateway-address' && parsed.address.kind === 'mass' ? parsed.address.recipientCount : null;
}

function shownRecipient(row: NamedDeliveryRow): RecipientStatus {
  const outcome = outcomeOf(row.status);
  return {
    position: row.position,
    recipient: maskedRecipient(row.address),
    name: row.recipientName,
    channel: row.channel,
    outcome,
    status: row.status,
    messageUUID: row.messageUuid,
    handedOverAt: isoOrNull(row.handedOverAt),
    settledAt: isoOrNull(row.settledAt),
    errorCode: row.errorCode,
    errorMessage: row.errorMessage && maskCprNumbersIn(row.errorMessage),
    errorText: outcome === 'failed' ? failureText(row) : null,
  };
}

/** How a message ended, in one of four words. */
export function outcomeOf(status: DeliveryStatus): RecipientStatus['outcome'] {
  if (status === 'completed') return 'delivered';
  if (status === 'stopped') return 'stopped';
  return isFinal(status) ? 'failed' : 'pending';
}

/** Why a message did not get there, in Danish. */
export function failureText(row: NamedDeliveryRow): string {
  switch (row.status) {
    case 'expired':
      return 'Intet svar i den tid, vi prøver.';
    case 'parked':
      return 'Standset på grund af en fejl hos os.';
    default:
      return maskCprNumbersIn(receiptErrorText(row, row.channel === 'mail' ? 'mail' : channels[row.channel].name));
  }
}

/** As NgDPKvittering.json names recipients. */
function maskedRecipient(address: string): string {
  const parsed = parseGatewayAddress(address);
  if (parsed.kind !== 'gateway-address' || parsed.address.kind !== 'single') return maskCprNumbersIn(address);
  const { recipient, recipientContactPoint } = parsed.address;
  const number = recipient.kind === 'cpr' ? maskCprNumber(recipient.number) : recipient.number;
  return recipientContactPoint === null ? number : `${number}, kontaktpunkt ${recipientContactPoint}`;
}

function isoOrNull(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}
