import { channels } from '../../domain/channel.ts';
import { maskCprNumber, maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import { receiptErrorText } from '../../domain/receipt-error.ts';
import type { DeliveryRow } from '../store/deliveries.ts';

export type Outcome = 'delivered' | 'failed' | 'stopped' | 'pending';

/** How recipients are shown. */
export interface LineLook {
  readonly numbers: 'masked' | 'full';
  readonly expiryDays: number;
}

/** One recipient in a receipt, in the words of the person who reads it; the same in table, files and machine copy. */
export interface ReceiptLine {
  readonly row: DeliveryRow;
  readonly outcome: Outcome;
  readonly recipient: string;
  readonly channel: string;
  readonly status: string;
  readonly time: Date | null;
}

/** What a receipt says of one message. "Leveret" is said only of what is COMPLETED. */
export function receiptLine(row: DeliveryRow, look: LineLook): ReceiptLine {
  const outcome = outcomeOf(row);
  const channel = row.channel === 'mail' ? 'Mail' : channels[row.channel].name;
  return {
    row,
    outcome,
    recipient: recipientOf(row, look.numbers),
    channel,
    status: statusOf(row, { outcome, channel, expiryDays: look.expiryDays }),
    time: row.settledAt ?? row.handedOverAt,
  };
}

const ORDER: Readonly<Record<Outcome, number>> = { failed: 0, pending: 1, stopped: 2, delivered: 3 };

/** Failures first, then in the order of the recipients. */
export function failuresFirst(lines: readonly ReceiptLine[]): readonly ReceiptLine[] {
  return [...lines].sort((a, b) => ORDER[a.outcome] - ORDER[b.outcome] || a.row.position - b.row.position);
}

function outcomeOf({ status }: DeliveryRow): Outcome {
  switch (status) {
    case 'completed':
      return 'delivered';
    case 'refused':
    case 'expired':
    case 'parked':
      return 'failed';
    case 'stopped':
      return 'stopped';
    default:
      return 'pending';
  }
}

interface Standing {
  readonly outcome: Outcome;
  readonly channel: string;
  readonly expiryDays: number;
}

function statusOf(row: DeliveryRow, { outcome, channel, expiryDays }: Standing): string {
  switch (outcome) {
    case 'delivered':
      return row.channel === 'mail' ? 'Sendt som mail' : 'Leveret';
    case 'failed':
      return `Ikke leveret: ${failureOf(row, channel, expiryDays)}`;
    case 'stopped':
      return 'Stoppet, ikke sendt';
    case 'pending':
      return row.status === 'handed-over' ? 'Undervejs. Kvitteringen mangler.' : 'Venter på at blive sendt';
  }
}

function failureOf(row: DeliveryRow, channel: string, expiryDays: number): string {
  if (row.status === 'expired') return `Intet svar i ${expiryDays} dage.`;
  if (row.status === 'parked') return 'Standset på grund af en fejl hos os.';
  return maskCprNumbersIn(receiptErrorText(row, channel));
}

function recipientOf(row: DeliveryRow, numbers: 'masked' | 'full'): string {
  const parsed = parseGatewayAddress(row.address);
  if (parsed.kind !== 'gateway-address' || parsed.address.kind !== 'single') return maskCprNumbersIn(row.address);
  const { recipient, recipientContactPoint } = parsed.address;
  const number =
    recipient.kind === 'cpr' && numbers === 'masked' ? maskCprNumber(recipient.number) : recipient.number;
  return recipientContactPoint === null ? number : `${number}, kontaktpunkt ${recipientContactPoint}`;
}
