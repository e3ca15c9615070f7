import type { Organisation } from '../../domain/organisation.ts';
import { labelFromSubject } from '../../domain/subject-label.ts';
import type { OutgoingFile } from '../../mail/compose-mail.ts';
import type { Settings } from '../config.ts';
import type { Database } from '../store/database.ts';
import { mailsOfDigest } from '../store/digests.ts';
import type { ClaimedNotice, NoticeSubmission } from '../store/notices.ts';
import { addressKinds, receiptCounts, receiptPages, receiptRows, type ReceiptCounts } from '../store/receipt-rows.ts';
import { answersOf } from './answers.ts';
import { digestMail } from './digest-notice.ts';
import { progressMail } from './progress-notice.ts';
import { errorFile, leftFile, type RowPages } from './receipt-files.ts';
import { receiptLine, type LineLook } from './receipt-line.ts';
import { guardedLines, receiptMail, type ReceiptMail, type ReceiptQuestion } from './receipt-notice.ts';
import type { NoticeMail } from './refusal-notice.ts';

export interface ReceiptParts {
  readonly database: Database;
  readonly settings: Pick<
    Settings,
    'RECEIPT_NUMBERS' | 'DELIVERY_EXPIRY_MS' | 'RECEIPT_TABLE_ROWS_MAX' | 'RECEIPT_JSON_ROWS_MAX'
  >;
  readonly organisation: Organisation;
  /** Makes a link by which the notice's recipient can act on a mail; null where links are not set up. */
  readonly linkTo: (mail: NoticeSubmission, action: LinkedAct) => string | null;
}

/** What a link in a mail can do. */
export type LinkedAct = 'stop' | 'approve' | 'reject' | 'resend';

const DAY_MS = 24 * 3_600_000;

/** The receipt of one mail, from what the database says now. Of a mass send only the failed ones are read. */
export async function composeReceipt(parts: ReceiptParts, mail: NoticeSubmission): Promise<ReceiptMail> {
  const { question, recipients } = await questionOf(parts, mail, parts.settings.RECEIPT_JSON_ROWS_MAX);
  const { counts } = question;
  const look = lookOf(parts);
  const pages = (choice: 'failed' | 'left'): RowPages => ({
    subject: question.subject,
    pages: receiptPages(parts.database, mail.id, choice),
  });
  const detailFiles: OutgoingFile[] = [];
  if (counts.failed > 0 && recipients > 1) detailFiles.push(await errorFile([pages('failed')], look));
  if (counts.stopped > 0 && counts.stopped < counts.all) detailFiles.push(await leftFile(pages('left'), look));
  return receiptMail({ ...question, detailFiles, resendUrl: resendUrlOf(parts, mail, question) });
}

/** Only what is settled can be sent again, or what fails later would be forgotten; and only Digital Post has links. */
function resendUrlOf(parts: ReceiptParts, mail: NoticeSubmission, { counts: { failed, pending }, lines }: ReceiptQuestion): string | null {
  return failed > guardedLines(lines).length && pending === 0 && mail.letter !== null ? parts.linkTo(mail, 'resend') : null;
}

/** One mail that tells of all the mails of a digest. */
export async function composeDigest(parts: ReceiptParts, notice: ClaimedNotice): Promise<ReceiptMail> {
  const mails = await mailsOfDigest(parts.database, notice.id);
  const receipts: ReceiptQuestion[] = [];
  // A digest tells of up to a thousand mails: a large one among them is told in figures, its failures in the file.
  for (const mail of mails) {
    const { question } = await questionOf(parts, mail, parts.settings.RECEIPT_TABLE_ROWS_MAX);
    receipts.push({ ...question, resendUrl: mail.mass ? resendUrlOf(parts, mail, question) : null });
  }
  const withFailures = mails.filter((_, n) => (receipts[n]?.counts.failed ?? 0) > 0);
  const pages = withFailures.map((mail) => ({
    subject: subjectOf(mail),
    pages: receiptPages(parts.database, mail.id, 'failed'),
  }));
  const detailFiles = pages.length > 0 ? [await errorFile(pages, lookOf(parts))] : [];
  return digestMail({ receipts, detailFiles, helpContact: parts.organisation.helpContact });
}

/** How far a mass send is. */
export async function composeProgress(parts: ReceiptParts, mail: NoticeSubmission): Promise<NoticeMail> {
  const { counts } = await receiptCounts(parts.database, mail.id);
  return progressMail({ subject: subjectOf(mail), receivedAt: mail.receivedAt, counts, helpContact: parts.organisation.helpContact });
}

async function questionOf(
  parts: ReceiptParts,
  mail: NoticeSubmission,
  rowsMax: number,
): Promise<{ readonly question: ReceiptQuestion; readonly recipients: number }> {
  const { organisation, settings, database } = parts;
  const { letter } = mail;
  const { counts, recipients } = await receiptCounts(database, mail.id);
  const listed = listedOf(counts, rowsMax);
  const rows = await receiptRows(database, mail.id, { choice: listed, after: -1, limit: rowsMax });
  const fromMailbox = mail.fromMailbox ?? organisation.mainMailbox;
  const question: ReceiptQuestion = {
    subject: subjectOf(mail),
    messageId: mail.messageId,
    fromMailbox,
    receivedAt: mail.receivedAt,
    mass: mail.mass,
    counts,
    listed,
    lines: rows.map((row) => receiptLine(row, lookOf(parts))),
    tableRowsMax: settings.RECEIPT_TABLE_ROWS_MAX,
    senderLabels: [...new Set(Object.values(letter?.senders ?? {}).map(({ label }) => label))],
    answers: answersOf(await addressKinds(database, mail.id), letter, { fromMailbox, mainMailbox: organisation.mainMailbox }),
    letter: letter && { sha256: letter.mainSha256, remarks: letter.remarks ?? [] },
    resendUrl: null,
    detailFiles: [],
    helpContact: organisation.helpContact,
  };
  return { question, recipients };
}

function listedOf({ all }: ReceiptCounts, rowsMax: number): ReceiptQuestion['listed'] {
  return all <= rowsMax ? 'all' : 'failed';
}

function lookOf({ settings }: ReceiptParts): LineLook {
  return { numbers: settings.RECEIPT_NUMBERS, expiryDays: Math.round(settings.DELIVERY_EXPIRY_MS / DAY_MS) };
}

function subjectOf({ subject }: NoticeSubmission): string {
  return labelFromSubject(subject ?? '');
}
