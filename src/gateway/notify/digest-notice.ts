import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { OutgoingFile } from '../../mail/compose-mail.ts';
import type { ReceiptCounts } from '../store/receipt-rows.ts';
import { danishShortTime } from './danish-time.ts';
import type { NoticeBlock, NoticeCell } from './notice-page.ts';
import { machineCopy, machineFile } from './receipt-files.ts';
import type { ReceiptLine } from './receipt-line.ts';
import { resultOf, type ReceiptMail, type ReceiptQuestion } from './receipt-notice.ts';

export interface DigestQuestion {
  /** The receipts that the digest stands for, in the order in which their mails came. */
  readonly receipts: readonly ReceiptQuestion[];
  readonly detailFiles: readonly OutgoingFile[];
  readonly helpContact: string;
}

/** One mail in place of many receipts: a row for each recipient, failures first, and the machine copies as one array. */
export function digestMail({ receipts, detailFiles, helpContact }: DigestQuestion): ReceiptMail {
  const counts = receipts.map((receipt) => receipt.counts).reduce(added, NONE);
  const title = `Kvitteringer for ${receipts.length} ${receipts.length === 1 ? 'mail' : 'mails'} – ${resultOf(counts)}`;
  const copies = receipts.map((receipt) => machineCopy({ ...receipt, letterSha256: receipt.letter?.sha256 ?? null }));
  return {
    subject: title,
    page: { title, heading: headingOf(counts), blocks: blocksOf(receipts, counts, detailFiles), helpContact },
    files: [machineFile(copies), ...detailFiles],
  };
}

const NONE: ReceiptCounts = { delivered: 0, failed: 0, stopped: 0, pending: 0, all: 0 };

function added(a: ReceiptCounts, b: ReceiptCounts): ReceiptCounts {
  return {
    delivered: a.delivered + b.delivered,
    failed: a.failed + b.failed,
    stopped: a.stopped + b.stopped,
    pending: a.pending + b.pending,
    all: a.all + b.all,
  };
}

function headingOf({ delivered, all }: ReceiptCounts): string {
  return delivered === all ? 'Dine beskeder er leveret' : `Leveret til ${delivered} af ${all} modtagere`;
}

function blocksOf(
  receipts: readonly ReceiptQuestion[],
  { failed, pending }: ReceiptCounts,
  detailFiles: readonly OutgoingFile[],
): readonly NoticeBlock[] {
  const remarks = [...new Set(receipts.flatMap(({ letter }) => letter?.remarks ?? []))];
  const todo =
    failed === 1
      ? 'Send brevet på en anden måde til den ene, der ikke fik det.'
      : `Send breve på en anden måde til de ${failed}, der ikke fik dem.`;
  const missing = pending === 1 ? '1 kvittering mangler stadig.' : `${pending} kvitteringer mangler stadig.`;
  const paragraph = (text: string): NoticeBlock => ({ kind: 'paragraph', text });
  return [
    ...remarks.map(paragraph),
    ...(failed > 0 ? [{ kind: 'paragraph', strong: 'Gør nu:', text: todo } as const] : []),
    ...(pending > 0 ? [paragraph(`${missing} De kommer i en ny mail.`)] : []),
    { kind: 'table', head: ['Emne', 'Modtager', 'Status', 'Tid'], rows: rowsOf(receipts) },
    ...detailFiles.map(({ name }) => paragraph(`Alle detaljer om fejlene ligger i ${name}.`)),
    ...receipts.flatMap(resendLink),
  ];
}

function resendLink({ resendUrl, subject }: ReceiptQuestion): readonly NoticeBlock[] {
  const text = `Send »${maskCprNumbersIn(subject)}« igen kun til de fejlede`;
  return resendUrl === null ? [] : [{ kind: 'link', text, url: resendUrl }];
}

/** Failures of all mails first, then the mails in their order; a mail to many has one line of figures. */
function rowsOf(receipts: readonly ReceiptQuestion[]): readonly (readonly NoticeCell[])[] {
  const lines = receipts.flatMap((receipt) => receipt.lines.map((line) => ({ receipt, line })));
  const failed = lines.filter(({ line }) => line.outcome === 'failed');
  const others = receipts.flatMap((receipt) =>
    inFigures(receipt)
      ? [figuresRow(receipt)]
      : receipt.lines.filter(({ outcome }) => outcome !== 'failed').map((line) => lineRow(receipt, line)),
  );
  return [...failed.map(({ receipt, line }) => lineRow(receipt, line)), ...others];
}

function inFigures({ mass, listed }: ReceiptQuestion): boolean {
  return mass || listed === 'failed';
}

function figuresRow({ subject, counts, mass, receivedAt }: ReceiptQuestion): readonly NoticeCell[] {
  const who = `${mass ? 'Masseforsendelse, ' : ''}${counts.all} modtagere`;
  return [cell(maskCprNumbersIn(subject)), cell(who), cell(resultOf(counts)), cell(danishShortTime(receivedAt))];
}

function lineRow({ subject, mass }: ReceiptQuestion, { row, recipient, channel, status, time }: ReceiptLine): readonly NoticeCell[] {
  const where = mass && row.channel !== 'mail' ? `linje ${row.position}, ${channel}` : channel;
  return [
    cell(maskCprNumbersIn(subject)),
    { text: recipient, detail: where },
    { text: status, detail: row.messageUuid ?? '' },
    cell(time ? danishShortTime(time) : ''),
  ];
}

function cell(text: string): NoticeCell {
  return { text, detail: '' };
}
