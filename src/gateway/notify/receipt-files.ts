import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { OutgoingFile } from '../../mail/compose-mail.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import type { ReceiptCounts } from '../store/receipt-rows.ts';
import { danishTimestamp } from './danish-time.ts';
import { receiptLine, type LineLook, type ReceiptLine } from './receipt-line.ts';

/** Messages of one mail, a page at a time. */
export interface RowPages {
  readonly subject: string;
  readonly pages: AsyncIterable<readonly DeliveryRow[]>;
}

/**
 * `NgDPKvitteringsDetaljerMedFejl.txt` (formats.md, "Receipt"): UTF-8 with BOM and CRLF so that Notepad shows æøå, under
 * a heading one physical line for each that failed. `Linje` is the line in masseforsendelse.txt, else the place among
 * the recipients. Of several mails the subject stands in a last column.
 */
export async function errorFile(mails: readonly RowPages[], look: LineLook): Promise<OutgoingFile> {
  const head = ['Modtager', 'Linje', 'Kanal', 'Tidspunkt', 'Fejlkode', 'Fejltekst', 'MeMo-id'];
  const several = mails.length > 1;
  return await tableFile(ERROR_FILE, several ? [...head, 'Emne'] : head, linesOf(mails, look, (line, subject) => [
    line.recipient,
    String(line.row.position),
    line.channel,
    line.time ? danishTimestamp(line.time) : '',
    line.row.errorCode ?? '',
    line.status.replace(/^Ikke leveret: /, ''),
    line.row.messageUuid ?? '',
    ...(several ? [subject] : []),
  ]));
}

/** Names of the files of details. */
export const ERROR_FILE = 'NgDPKvitteringsDetaljerMedFejl.txt';
const LEFT_FILE = 'NgDPKvitteringsDetaljerSendt.txt';

/** `NgDPKvitteringsDetaljerSendt.txt`: of a mail that was stopped, exactly those whose message had left. */
export async function leftFile(mail: RowPages, look: LineLook): Promise<OutgoingFile> {
  const head = ['Modtager', 'Linje', 'Kanal', 'Tidspunkt', 'Status', 'MeMo-id'];
  return await tableFile(LEFT_FILE, head, linesOf([mail], look, (line) => [
    line.recipient,
    String(line.row.position),
    line.channel,
    line.time ? danishTimestamp(line.time) : '',
    line.status,
    line.row.messageUuid ?? '',
  ]));
}

async function* linesOf(
  mails: readonly RowPages[],
  look: LineLook,
  cells: (line: ReceiptLine, subject: string) => readonly string[],
): AsyncGenerator<string> {
  for (const { subject, pages } of mails) {
    for await (const rows of pages) {
      yield rows.map((row) => textLine(cells(receiptLine(row, look), maskCprNumbersIn(subject)))).join('');
    }
  }
}

async function tableFile(name: string, head: readonly string[], lines: AsyncIterable<string>): Promise<OutgoingFile> {
  const pieces = [Buffer.from(`\ufeff${textLine(head)}`)];
  for await (const text of lines) pieces.push(Buffer.from(text));
  return { name, type: 'text/plain; charset=utf-8', bytes: Buffer.concat(pieces) };
}

function textLine(cells: readonly string[]): string {
  return `${cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).join('\t')}\r\n`;
}

/** What the machine copy tells of one mail. */
export interface MachineCopyQuestion {
  readonly subject: string;
  readonly messageId: string | null;
  readonly fromMailbox: string;
  readonly receivedAt: Date;
  readonly letterSha256: string | null;
  readonly counts: ReceiptCounts;
  /** Everyone, or, where they are too many, the first of those that failed. */
  readonly listed: 'all' | 'failed';
  readonly lines: readonly ReceiptLine[];
}

/** The value that NgDPKvittering.json holds: version 1 of formats.md, kept stable; fields are added, never changed. */
export function machineCopy(question: MachineCopyQuestion): object {
  const { counts, listed, lines } = question;
  return {
    version: 1,
    subject: maskCprNumbersIn(question.subject),
    messageId: question.messageId,
    from: question.fromMailbox,
    sentAt: question.receivedAt.toISOString(),
    letterSha256: question.letterSha256,
    counts,
    recipientsListed: listed,
    recipientsLeftOut: Math.max(0, (listed === 'all' ? counts.all : counts.failed) - lines.length),
    recipients: lines.map(({ row, recipient, outcome }) => ({
      position: row.position,
      recipient,
      channel: row.channel,
      outcome,
      status: row.status,
      messageUUID: row.messageUuid,
      handedOverAt: row.handedOverAt?.toISOString() ?? null,
      settledAt: row.settledAt?.toISOString() ?? null,
      errorCode: row.errorCode,
      errorMessage: row.errorMessage && maskCprNumbersIn(row.errorMessage),
    })),
  };
}

/** NgDPKvittering.json: one mail's copy, or the array of a digest. */
export function machineFile(copy: object): OutgoingFile {
  const bytes = Buffer.from(`${JSON.stringify(copy, null, 2)}\n`);
  return { name: 'NgDPKvittering.json', type: 'application/json', bytes };
}
