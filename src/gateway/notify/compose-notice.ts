import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import type { Organisation } from '../../domain/organisation.ts';
import { labelFromSubject } from '../../domain/subject-label.ts';
import { composeMail, type OutgoingFile } from '../../mail/compose-mail.ts';
import type { Settings } from '../config.ts';
import { readBlob } from '../store/blobs.ts';
import type { Database } from '../store/database.ts';
import { deliveriesOf, type DeliveryRow } from '../store/deliveries.ts';
import type { ClaimedNotice, NoticeSubmission } from '../store/notices.ts';
import { noticeHtml, noticeText } from './notice-page.ts';
import { lateMail, parkedMail, watchMail } from './other-notices.ts';
import { receiptMail, type ReceiptMail } from './receipt-notice.ts';
import { refusalMail, type NoticeMail } from './refusal-notice.ts';

export interface ComposeParts {
  readonly database: Database;
  readonly settings: Pick<
    Settings,
    'RECEIPT_NUMBERS' | 'REFUSAL_ORIGINAL_MAX_BYTES' | 'DELIVERY_LATE_MS' | 'DELIVERY_EXPIRY_MS'
  >;
  readonly organisation: Organisation;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The whole mail of a notice, as bytes. It answers the mail it tells of (In-Reply-To, References), comes from nobody who
 * reads answers, and says that it is automatic (RFC 3834), so that no absence message answers it.
 */
export async function composeNotice(parts: ComposeParts, notice: ClaimedNotice): Promise<Buffer> {
  const { organisation } = parts;
  const original = await originalOf(parts, notice);
  const mail = await mailOf(parts, notice, original !== null);
  const domain = organisation.mailDomains[0] ?? 'localhost';
  return await composeMail({
    from: { name: 'Digital Post', address: `noreply@${domain}` },
    to: [{ name: '', address: notice.recipient }],
    subject: mail.subject,
    text: noticeText(mail.page),
    html: noticeHtml(mail.page),
    messageId: `<notice.${notice.id}@${domain}>`,
    date: notice.createdAt,
    inReplyTo: notice.submission?.messageId ?? null,
    autoReplied: true,
    attachments: 'files' in mail ? mail.files.map(fileOf) : [],
    original: original && { name: 'Mailen.eml', bytes: original },
    headers: [],
  });
}

function fileOf({ filename, contentType, content }: ReceiptMail['files'][number]): OutgoingFile {
  return { name: filename, type: contentType, bytes: Buffer.from(content) };
}

async function mailOf(parts: ComposeParts, notice: ClaimedNotice, originalAttached: boolean): Promise<NoticeMail | ReceiptMail> {
  const { settings, organisation } = parts;
  const { submission, detail } = notice;
  const { helpContact } = organisation;
  if (notice.kind === 'watch' || submission === null) {
    return watchMail(detail?.subject ?? 'Besked fra Postbro', detail?.text ?? '', helpContact);
  }
  const subject = labelFromSubject(submission.subject ?? '');
  switch (notice.kind) {
    case 'receipt':
      return await receiptOf(parts, submission);
    case 'refusal':
      return refusalMail({
        subject,
        problems: submission.problems,
        alsoNot: submission.recipients.filter((address) => parseGatewayAddress(address).kind === 'elsewhere'),
        originalAttached,
        helpContact,
      });
    case 'late':
      return lateMail({ subject, helpContact }, Math.round(settings.DELIVERY_LATE_MS / HOUR_MS), daysOf(settings));
    case 'parked':
      return parkedMail({ subject, helpContact });
  }
}

async function receiptOf(parts: ComposeParts, submission: NoticeSubmission): Promise<ReceiptMail> {
  const { settings, organisation } = parts;
  const { letter } = submission;
  const fromMailbox = submission.fromMailbox ?? organisation.mainMailbox;
  const deliveries = await deliveriesOf(parts.database, submission.id);
  const senders = Object.values(letter?.senders ?? {});
  const mailboxes = senders.map(({ contactPoint }) => contactPoint?.mailbox ?? (contactPoint ? organisation.mainMailbox : fromMailbox));
  return receiptMail({
    subject: labelFromSubject(submission.subject ?? ''),
    messageId: submission.messageId,
    fromMailbox,
    receivedAt: submission.receivedAt,
    deliveries,
    senderLabels: [...new Set(senders.map(({ label }) => label))],
    answerMailbox: deliveries.some(isReplyable) ? [...new Set(mailboxes)].join(' og ') : null,
    letterSha256: letter?.mainSha256 ?? null,
    numbers: settings.RECEIPT_NUMBERS,
    expiryDays: daysOf(settings),
    helpContact: organisation.helpContact,
  });
}

function isReplyable({ address }: DeliveryRow): boolean {
  const parsed = parseGatewayAddress(address);
  return parsed.kind === 'gateway-address' && parsed.address.kind === 'single' && parsed.address.replyable;
}

/** The refused mail itself, to be mended and sent again; not where it is large, and not where it could not be read. */
async function originalOf(parts: ComposeParts, notice: ClaimedNotice): Promise<Buffer | null> {
  const { submission } = notice;
  const wanted = notice.kind === 'refusal' && submission !== null;
  if (!wanted || submission.rawBytes > parts.settings.REFUSAL_ORIGINAL_MAX_BYTES) return null;
  const pieces: Buffer[] = [];
  for await (const piece of readBlob(parts.database, submission.rawBlob)) pieces.push(piece);
  return Buffer.concat(pieces);
}

function daysOf({ DELIVERY_EXPIRY_MS }: ComposeParts['settings']): number {
  return Math.round(DELIVERY_EXPIRY_MS / DAY_MS);
}
