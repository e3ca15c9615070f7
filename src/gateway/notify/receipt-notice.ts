import { channels } from '../../domain/channel.ts';
import { maskCprNumber, maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import { receiptErrorText } from '../../domain/receipt-error.ts';
import type { DeliveryRow } from '../store/deliveries.ts';
import { danishDayAndTime, danishShortTime, danishTimestamp } from './danish-time.ts';
import type { NoticeBlock, NoticePage } from './notice-page.ts';

/** What a receipt tells of: one mail and all its recipients. */
export interface ReceiptQuestion {
  readonly subject: string;
  readonly messageId: string | null;
  readonly fromMailbox: string;
  readonly receivedAt: Date;
  readonly deliveries: readonly DeliveryRow[];
  /** Names under which the message was sent, as recipients see them. */
  readonly senderLabels: readonly string[];
  /** Where answers land; null when nobody can answer. */
  readonly answerMailbox: string | null;
  /** SHA-256 of the letter's bytes; null for an ordinary mail. */
  readonly letterSha256: string | null;
  readonly numbers: 'masked' | 'full';
  readonly expiryDays: number;
  readonly helpContact: string;
}

export interface ReceiptMail {
  readonly subject: string;
  readonly page: NoticePage;
  readonly files: readonly { readonly filename: string; readonly contentType: string; readonly content: string }[];
}

type Outcome = 'delivered' | 'failed' | 'pending';

interface Line {
  readonly row: DeliveryRow;
  readonly outcome: Outcome;
  readonly recipient: string;
  readonly channel: string;
  readonly status: string;
  readonly time: Date | null;
}

/**
 * The receipt of one mail: a table of all recipients, failures first, `NgDPKvittering.json` for machines, and where any
 * of several failed the file that names them (formats.md, "Receipt"). "Leveret" is said only of what is COMPLETED. A
 * hidden (Bcc) recipient of ordinary mail is named only when the mail did not reach them.
 */
export function receiptMail(question: ReceiptQuestion): ReceiptMail {
  const lines = question.deliveries.map((row) => lineOf(row, question)).filter(({ row, outcome }) => {
    return row.channel !== 'mail' || row.namedInHeader || outcome === 'failed';
  });
  const count = (outcome: Outcome) => lines.filter((line) => line.outcome === outcome).length;
  const counts = { delivered: count('delivered'), failed: count('failed'), pending: count('pending'), all: lines.length };
  const subject = maskCprNumbersIn(question.subject);
  const title = `Kvittering: ${subject} – ${resultOf(counts)}`;
  const withErrorFile = counts.failed > 0 && question.deliveries.length > 1;
  return {
    subject: title,
    page: {
      title,
      heading: headingOf(counts),
      blocks: blocksOf({ question, subject, lines, counts, withErrorFile }),
      helpContact: question.helpContact,
    },
    files: [
      { filename: 'NgDPKvittering.json', contentType: 'application/json', content: machineCopy(question, lines, counts) },
      ...(withErrorFile ? [errorFile(lines)] : []),
    ],
  };
}

interface Counts {
  readonly delivered: number;
  readonly failed: number;
  readonly pending: number;
  readonly all: number;
}

function resultOf({ delivered, failed, pending }: Counts): string {
  const parts = [
    ...(delivered > 0 || pending === 0 ? [`${delivered} leveret`] : []),
    ...(failed > 0 ? [`${failed} fejlet`] : []),
    ...(pending > 0 ? [`${pending} uden kvittering`] : []),
  ];
  return parts.join(', ');
}

function headingOf({ delivered, pending, all }: Counts): string {
  if (delivered === all) return 'Din besked er leveret';
  if (delivered > 0) return `Din besked er leveret til ${delivered} af ${all}`;
  return pending > 0 ? 'Din besked er undervejs' : 'Din besked er ikke nået frem';
}

interface BlockParts {
  readonly question: ReceiptQuestion;
  readonly subject: string;
  readonly lines: readonly Line[];
  readonly counts: Counts;
  readonly withErrorFile: boolean;
}

function blocksOf({ question, subject, lines, counts, withErrorFile }: BlockParts): readonly NoticeBlock[] {
  const sender = question.senderLabels.length === 0 ? question.fromMailbox : question.senderLabels.join(' og ');
  const reply =
    question.letterSha256 === null
      ? ''
      : question.answerMailbox === null
        ? ' Modtagerne kan ikke svare.'
        : ` Modtagerne kan svare, og svar lander i ${question.answerMailbox}.`;
  const blocks: NoticeBlock[] = [
    { kind: 'paragraph', text: `Du sendte »${subject}« som ${sender} ${danishDayAndTime(question.receivedAt)}.${reply}` },
  ];
  if (counts.failed > 0) blocks.push({ kind: 'paragraph', strong: 'Gør nu:', text: whatToDo(counts.failed) });
  if (counts.pending > 0) blocks.push({ kind: 'paragraph', text: pendingText(counts.pending) });
  blocks.push({ kind: 'table', head: ['Modtager', 'Status', 'Kanal og besked-id'], rows: sorted(lines).map(cellsOf) });
  if (withErrorFile) {
    blocks.push({ kind: 'paragraph', text: 'Alle detaljer om fejlene ligger i NgDPKvitteringsDetaljerMedFejl.txt.' });
  }
  if (question.letterSha256 !== null) {
    blocks.push({ kind: 'paragraph', small: true, text: `Brevets kontroltal (SHA-256): ${question.letterSha256}` });
  }
  return blocks;
}

function whatToDo(failed: number): string {
  return failed === 1
    ? 'Send brevet på en anden måde til den ene, der ikke fik det.'
    : `Send brevet på en anden måde til de ${failed}, der ikke fik det.`;
}

function pendingText(pending: number): string {
  return pending === 1
    ? '1 kvittering mangler stadig. Du får en ny mail, når den er kommet.'
    : `${pending} kvitteringer mangler stadig. Du får en ny mail, når de er kommet.`;
}

const ORDER: Readonly<Record<Outcome, number>> = { failed: 0, pending: 1, delivered: 2 };

function sorted(lines: readonly Line[]): readonly Line[] {
  return [...lines].sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome] || a.row.position - b.row.position);
}

function cellsOf({ row, recipient, status, time, channel }: Line) {
  return [
    { text: recipient, detail: '' },
    { text: status, detail: time ? danishShortTime(time) : '' },
    { text: channel, detail: row.messageUuid ?? '' },
  ];
}

function lineOf(row: DeliveryRow, question: ReceiptQuestion): Line {
  const outcome = outcomeOf(row);
  return {
    row,
    outcome,
    recipient: recipientOf(row, question.numbers),
    channel: row.channel === 'mail' ? 'Mail' : channels[row.channel].name,
    status: statusOf(row, outcome, question.expiryDays),
    time: row.settledAt ?? row.handedOverAt,
  };
}

function outcomeOf({ status }: DeliveryRow): Outcome {
  if (status === 'completed') return 'delivered';
  return status === 'refused' || status === 'expired' || status === 'parked' ? 'failed' : 'pending';
}

function statusOf(row: DeliveryRow, outcome: Outcome, expiryDays: number): string {
  if (outcome === 'delivered') return row.channel === 'mail' ? 'Sendt som mail' : 'Leveret';
  if (outcome === 'failed') return `Ikke leveret: ${failureOf(row, expiryDays)}`;
  return row.status === 'handed-over' ? 'Undervejs. Kvitteringen mangler.' : 'Venter på at blive sendt';
}

function failureOf(row: DeliveryRow, expiryDays: number): string {
  if (row.status === 'expired') return `Intet svar i ${expiryDays} dage.`;
  if (row.status === 'parked') return 'Standset på grund af en fejl hos os.';
  return maskCprNumbersIn(receiptErrorText(row));
}

function recipientOf(row: DeliveryRow, numbers: 'masked' | 'full'): string {
  const parsed = parseGatewayAddress(row.address);
  if (parsed.kind !== 'gateway-address' || parsed.address.kind !== 'single') return maskCprNumbersIn(row.address);
  const { recipient, recipientContactPoint } = parsed.address;
  const number =
    recipient.kind === 'cpr' && numbers === 'masked' ? maskCprNumber(recipient.number) : recipient.number;
  return recipientContactPoint === null ? number : `${number}, kontaktpunkt ${recipientContactPoint}`;
}

/** Formats.md: UTF-8 with BOM and CRLF so that Notepad shows æøå, one physical line for each that failed. */
function errorFile(lines: readonly Line[]): ReceiptMail['files'][number] {
  const head = ['Modtager', 'Linje', 'Kanal', 'Tidspunkt', 'Fejlkode', 'Fejltekst', 'MeMo-id'];
  const rows = lines
    .filter(({ outcome }) => outcome === 'failed')
    .map(({ row, recipient, channel, time, status }) => [
      recipient,
      String(row.position),
      channel,
      time ? danishTimestamp(time) : '',
      row.errorCode ?? '',
      status.replace(/^Ikke leveret: /, ''),
      row.messageUuid ?? '',
    ]);
  const content = `\ufeff${[head, ...rows].map((cells) => cells.map(oneLine).join('\t')).join('\r\n')}\r\n`;
  return { filename: 'NgDPKvitteringsDetaljerMedFejl.txt', contentType: 'text/plain; charset=utf-8', content };
}

function oneLine(cell: string): string {
  return cell.replace(/\s+/g, ' ').trim();
}

function machineCopy(question: ReceiptQuestion, lines: readonly Line[], counts: Counts): string {
  const copy = {
    version: 1,
    subject: maskCprNumbersIn(question.subject),
    messageId: question.messageId,
    from: question.fromMailbox,
    sentAt: question.receivedAt.toISOString(),
    letterSha256: question.letterSha256,
    counts,
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
  return `${JSON.stringify(copy, null, 2)}\n`;
}
