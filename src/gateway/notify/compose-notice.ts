import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import { homeWordOf } from '../../domain/organisation.ts';
import { labelFromSubject } from '../../domain/subject-label.ts';
import { composeMailPieces } from '../../mail/compose-mail.ts';
import type { Settings } from '../config.ts';
import { readBlob } from '../store/blobs.ts';
import type { ClaimedNotice, NoticeSubmission } from '../store/notices.ts';
import { composeDigest, composeProgress, composeReceipt, type LinkedAct, type ReceiptParts } from './compose-receipt.ts';
import { guardNotice, type GuardQuestion } from './guard-notice.ts';
import { holdMail, isHoldNotice } from './hold-notices.ts';
import { noticeHtml, noticeText } from './notice-page.ts';
import { newsHeaders, newsMail } from './news-notice.ts';
import { lateMail, parkedMail, watchMail } from './other-notices.ts';
import type { ReceiptMail } from './receipt-notice.ts';
import { refusalMail, type NoticeMail } from './refusal-notice.ts';

export interface ComposeParts extends ReceiptParts {
  readonly settings: ReceiptParts['settings'] & Pick<Settings, 'REFUSAL_ORIGINAL_MAX_BYTES' | 'DELIVERY_LATE_MS' | 'APPROVAL_EXPIRY_MS' | 'NEWS_SENDER'>;
  /** Of a mail with news: where they stand, and how its reader leaves; null for every other notice. */
  readonly news: { readonly newsUrl: string; readonly leaveUrl: string } | null;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The whole mail of a notice, in pieces. It answers the mail it tells of (In-Reply-To, References), comes from nobody who
 * reads answers, and says that it is automatic (RFC 3834), so that no absence message answers it.
 */
export async function composeNotice(parts: ComposeParts, notice: ClaimedNotice): Promise<AsyncIterable<Buffer>> {
  const { organisation } = parts;
  const original = await originalOf(parts, notice);
  const mail = await mailOf(parts, notice, original !== null);
  const domain = organisation.mailDomains[0] ?? 'localhost';
  return composeMailPieces({
    from: { name: 'Digital Post', address: (notice.kind === 'news' && parts.settings.NEWS_SENDER) || `noreply@${domain}` },
    to: [{ name: '', address: notice.recipient }],
    subject: mail.subject,
    text: noticeText(mail.page),
    html: noticeHtml(mail.page),
    messageId: `<notice.${notice.id}@${domain}>`,
    date: notice.createdAt,
    inReplyTo: notice.submission?.messageId ?? null,
    autoReplied: parts.news === null,
    attachments: 'files' in mail ? mail.files : [],
    original: original && { name: 'Mailen.eml', bytes: original },
    headers: parts.news === null ? [] : newsHeaders(parts.news.leaveUrl),
  });
}

async function mailOf(parts: ComposeParts, notice: ClaimedNotice, originalAttached: boolean): Promise<NoticeMail | ReceiptMail> {
  const { submission, detail } = notice;
  const { helpContact } = parts.organisation;
  if (notice.kind === 'digest') return await composeDigest(parts, notice);
  if (parts.news !== null) return newsMail({ ...parts.news, notes: detail?.notes ?? [], helpContact });
  if (notice.kind === 'watch' || submission === null) {
    return watchMail(detail?.subject ?? 'Besked fra Postbro', detail?.text ?? '', helpContact);
  }
  return await mailAbout(parts, { ...notice, submission }, originalAttached);
}

async function mailAbout(
  parts: ComposeParts,
  notice: ClaimedNotice & { readonly submission: NoticeSubmission },
  originalAttached: boolean,
): Promise<NoticeMail | ReceiptMail> {
  const { submission, kind, detail } = notice;
  const { helpContact } = parts.organisation;
  const about = { subject: labelFromSubject(submission.subject ?? ''), helpContact };
  if (isHoldNotice(kind)) {
    const linkTo = (action: LinkedAct) => parts.linkTo(submission, action);
    return await holdMail({ ...parts, helpContact, linkTo }, { ...notice, kind });
  }
  switch (kind) {
    case 'receipt':
      return await composeReceipt(parts, submission);
    case 'progress':
      return await composeProgress(parts, submission);
    case 'refusal':
      return refusalMail({ ...about, problems: submission.problems, alsoNot: ordinaryOf(submission), originalAttached });
    case 'late':
      return lateMailOf(parts, about);
    case 'parked':
      return parkedMail(about);
    case 'guard':
      return guardNotice({ ...about, ...stoppedOf(detail), home: homeWordOf(parts.organisation), originalAttached });
    default:
      throw new Error(`a notice of the kind ${kind} about a mail`);
  }
}

function stoppedOf(detail: ClaimedNotice['detail']): Pick<GuardQuestion, 'addresses' | 'others'> {
  return { addresses: detail?.addresses ?? [], others: detail?.others ?? null };
}

function ordinaryOf({ recipients }: NoticeSubmission): readonly string[] {
  return recipients.filter((address) => parseGatewayAddress(address).kind === 'elsewhere');
}

function lateMailOf({ settings }: ComposeParts, about: Parameters<typeof lateMail>[0]): NoticeMail {
  const hours = Math.round(settings.DELIVERY_LATE_MS / HOUR_MS);
  return lateMail(about, hours, Math.round(settings.DELIVERY_EXPIRY_MS / DAY_MS));
}

/** The refused or stopped mail itself, to be mended and sent again; not where it is large, and not where it could not be read. */
async function originalOf(parts: ComposeParts, notice: ClaimedNotice): Promise<Buffer | null> {
  const { submission } = notice;
  const wanted = (notice.kind === 'refusal' || notice.kind === 'guard') && submission !== null;
  if (!wanted || submission.rawBytes > parts.settings.REFUSAL_ORIGINAL_MAX_BYTES) return null;
  const pieces: Buffer[] = [];
  for await (const piece of readBlob(parts.database, submission.rawBlob)) pieces.push(piece);
  return Buffer.concat(pieces);
}
