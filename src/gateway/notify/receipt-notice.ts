import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { MAIL_GUARD_CODE } from '../../domain/mail-guard.ts';
import { enumerated } from '../../domain/shown-text.ts';
import type { OutgoingFile } from '../../mail/compose-mail.ts';
import type { ReceiptCounts } from '../store/receipt-rows.ts';
import type { Answers } from './answers.ts';
import { danishDayAndTime, danishShortTime } from './danish-time.ts';
import type { NoticeBlock, NoticePage } from './notice-page.ts';
import { ERROR_FILE, machineCopy, machineFile } from './receipt-files.ts';
import { failuresFirst, type ReceiptLine } from './receipt-line.ts';

/** What a receipt tells of: one mail and all its recipients. */
export interface ReceiptQuestion {
  readonly subject: string;
  readonly messageId: string | null;
  readonly fromMailbox: string;
  readonly receivedAt: Date;
  readonly mass: boolean;
  readonly counts: ReceiptCounts;
  /** Everyone, or, where they are too many, the first of those that failed. */
  readonly listed: 'all' | 'failed';
  readonly lines: readonly ReceiptLine[];
  /** Rows of the table of a mass send, at most. */
  readonly tableRowsMax: number;
  /** Names under which the message was sent, as recipients see them. */
  readonly senderLabels: readonly string[];
  /** Null when nobody can answer. */
  readonly answers: Answers | null;
  /** Null for an ordinary mail; the checksum of the letter's bytes, null where each has their own. */
  readonly letter: { readonly sha256: string | null; readonly remarks: readonly string[] } | null;
  /** The page on which the failed ones can be sent again; null where there is none. */
  readonly resendUrl: string | null;
  /** Files that name the failed ones, or those whose message had left. */
  readonly detailFiles: readonly OutgoingFile[];
  readonly helpContact: string;
}

export interface ReceiptMail {
  readonly subject: string;
  readonly page: NoticePage;
  readonly files: readonly OutgoingFile[];
}

/**
 * The receipt of one mail: figures, a table of its recipients, failures first, `NgDPKvittering.json` for machines, and
 * the files of details (formats.md, "Receipt"). Of a large mass send the table names only who did not get it.
 */
export function receiptMail(question: ReceiptQuestion): ReceiptMail {
  const { counts } = question;
  const subject = maskCprNumbersIn(question.subject);
  const title = `Kvittering: ${subject} – ${resultOf(counts)}`;
  const copy = machineCopy({ ...question, letterSha256: question.letter?.sha256 ?? null });
  return {
    subject: title,
    page: { title, heading: headingOf(counts), blocks: blocksOf(question, subject), helpContact: question.helpContact },
    files: [machineFile(copy), ...question.detailFiles],
  };
}

/** "3 leveret, 1 fejlet". */
export function resultOf({ delivered, failed, stopped, pending }: ReceiptCounts): string {
  const parts = [
    ...(delivered > 0 || pending === 0 ? [`${delivered} leveret`] : []),
    ...(failed > 0 ? [`${failed} fejlet`] : []),
    ...(stopped > 0 ? [`${stopped} stoppet`] : []),
    ...(pending > 0 ? [`${pending} uden kvittering`] : []),
  ];
  return parts.join(', ');
}

function headingOf({ delivered, stopped, pending, all }: ReceiptCounts): string {
  if (stopped === all && all > 0) return 'Din besked er stoppet, og ingen har fået den';
  if (stopped > 0) return `Din besked er stoppet: ${all - stopped} nåede at blive sendt`;
  if (delivered === all) return 'Din besked er leveret';
  if (delivered > 0) return `Din besked er leveret til ${delivered} af ${all}`;
  return pending > 0 ? 'Din besked er undervejs' : 'Din besked er ikke nået frem';
}

function blocksOf(question: ReceiptQuestion, subject: string): readonly NoticeBlock[] {
  const { counts, letter, resendUrl } = question;
  const guarded = guardedLines(question.lines);
  const sha256 = letter?.sha256 ?? null;
  const checksum: readonly NoticeBlock[] =
    sha256 === null ? [] : [{ kind: 'paragraph', small: true, text: `Brevets kontroltal (SHA-256): ${sha256}` }];
  return [
    { kind: 'paragraph', text: leadOf(question, subject) },
    ...(letter?.remarks ?? []).map((text): NoticeBlock => ({ kind: 'paragraph', text })),
    ...failedBlocks(counts.failed - guarded.length, resendUrl),
    ...guardedBlocks(guarded),
    ...(counts.stopped > 0 ? [{ kind: 'paragraph', text: stoppedText(counts) } as const] : []),
    ...(counts.pending > 0 ? [{ kind: 'paragraph', text: pendingText(counts.pending) } as const] : []),
    ...tableBlocks(question),
    ...question.detailFiles.map((file): NoticeBlock => ({ kind: 'paragraph', text: detailText(file.name) })),
    ...checksum,
  ];
}

function leadOf(question: ReceiptQuestion, subject: string): string {
  const sender = question.senderLabels.length === 0 ? question.fromMailbox : question.senderLabels.join(' og ');
  const what = question.mass ? `masseforsendelsen »${subject}«` : `»${subject}«`;
  const sent = `Du sendte ${what} som ${sender} ${danishDayAndTime(question.receivedAt)}.`;
  if (question.letter === null) return sent;
  if (question.answers === null) return `${sent} Modtagerne kan ikke svare.`;
  const { from, mailboxes } = question.answers;
  return `${sent} ${from === 'all' ? 'Modtagerne' : 'Nogle af modtagerne'} kan svare, og svar lander i ${enumerated(mailboxes)}.`;
}

/** Those whom Mail Guard stopped: nothing was in the way that could be tried again, or sent in another way. */
export function guardedLines(lines: readonly ReceiptLine[]): readonly ReceiptLine[] {
  return lines.filter(({ row }) => row.errorCode === MAIL_GUARD_CODE);
}

function guardedBlocks(lines: readonly ReceiptLine[]): readonly NoticeBlock[] {
  if (lines.length === 0) return [];
  const text = `Godkend ${enumerated(lines.map(({ recipient }) => recipient))} i Digital Post, og send mailen igen, kun til ${lines.length > 1 ? 'dem' : 'den'}.`;
  return [{ kind: 'paragraph', strong: 'Gør nu:', text }];
}

function failedBlocks(failed: number, resendUrl: string | null): readonly NoticeBlock[] {
  if (failed <= 0) return [];
  const text =
    failed === 1
      ? 'Send brevet på en anden måde til den ene, der ikke fik det.'
      : `Send brevet på en anden måde til de ${failed}, der ikke fik det.`;
  const blocks: readonly NoticeBlock[] = [{ kind: 'paragraph', strong: 'Gør nu:', text }];
  if (resendUrl === null) return blocks;
  return [
    ...blocks,
    { kind: 'paragraph', text: 'Er det, der var i vejen, rettet, kan du prøve igen. De, der har fået beskeden, får den ikke én gang til.' },
    { kind: 'link', text: 'Send igen kun til de fejlede', url: resendUrl },
  ];
}

function stoppedText({ stopped, all }: ReceiptCounts): string {
  const left = all - stopped;
  if (left === 0) return `Beskeden blev stoppet, før den blev sendt. Ingen af de ${stopped} modtagere får den.`;
  return `Beskeden blev stoppet. ${left} var sendt forinden, og ${stopped} får den ikke.`;
}

function pendingText(pending: number): string {
  return pending === 1
    ? '1 kvittering mangler stadig. Du får en ny mail, når den er kommet.'
    : `${pending} kvitteringer mangler stadig. Du får en ny mail, når de er kommet.`;
}

function detailText(name: string): string {
  return name === ERROR_FILE ? `Alle detaljer om fejlene ligger i ${name}.` : `De, der var sendt til forinden, står i ${name}.`;
}

/** The table, and where it does not name everyone a sentence that says so. */
function tableBlocks(question: ReceiptQuestion): readonly NoticeBlock[] {
  const { lines, counts, mass, tableRowsMax } = question;
  const everyone = question.listed === 'all' && (!mass || counts.all <= tableRowsMax);
  const told = everyone ? lines : lines.filter(({ outcome }) => outcome === 'failed').slice(0, tableRowsMax);
  const rows = failuresFirst(told).map((line) => cellsOf(line, mass));
  const table: readonly NoticeBlock[] =
    rows.length === 0 ? [] : [{ kind: 'table', head: ['Modtager', 'Status', 'Kanal og besked-id'], rows }];
  if (everyone || rows.length === 0) return table;
  const text =
    rows.length < counts.failed
      ? `Her er de første ${rows.length} af de ${counts.failed}, der ikke fik beskeden. Alle står i den vedhæftede fil.`
      : 'Her er de modtagere, der ikke fik beskeden.';
  return [{ kind: 'paragraph', text }, ...table];
}

function cellsOf({ row, recipient, status, time, channel }: ReceiptLine, mass: boolean) {
  return [
    { text: recipient, detail: mass && row.channel !== 'mail' ? `linje ${row.position}` : '' },
    { text: status, detail: time ? danishShortTime(time) : '' },
    { text: channel, detail: row.messageUuid ?? '' },
  ];
}
