import type { MemoFault } from '../../memo/memo.ts';
import { registrationOf, type Registration } from '../world.ts';

/** A receipt as NgDP writes it (memo-ngdp.md 4); the same object for technical and business receipts. */
export interface Receipt {
  readonly transmissionId: string;
  readonly messageUUID: string;
  readonly messageId?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly timeStamp: string;
  readonly receiptStatus: 'RECEIVED' | 'COMPLETED' | 'INVALID' | 'NOT_ALLOWED';
}

/** What became of a message: the part of a receipt that is decided. */
export type Verdict = Pick<Receipt, 'errorCode' | 'errorMessage' | 'receiptStatus'>;

/** Who a message goes to and from, and what is wrong with it. */
export interface Judged {
  readonly recipientId: string;
  /** Whether the message names the organisation whose system handed it in as its sender. */
  readonly senderIsSystems: boolean;
  readonly faults: readonly MemoFault[];
}

/** Codes of our own invention: NgDP's list is not public (memo-ngdp.md 4). */
const REGISTRATION_VERDICTS: Readonly<Record<Registration, Verdict>> = {
  registered: { receiptStatus: 'COMPLETED' },
  'not-registered': refusal('INVALID', 'recipient.not.registered', 'Recipient is not registered'),
  dead: refusal('INVALID', 'recipient.deceased', 'Recipient is deceased'),
  ceased: refusal('INVALID', 'recipient.closed', 'Recipient is closed'),
  exempt: refusal('NOT_ALLOWED', 'recipient.exempt', 'Recipient is exempt'),
};

/**
 * Decides the business receipt of a message: its own faults first, as NgDP validates before it looks for the
 * recipient; then whether the sender may send; then the recipient's registration (design.md, "Receipts").
 */
export function verdictOn(message: Judged): Verdict {
  const fault = message.faults[0];
  if (fault) return refusal('INVALID', fault.code, fault.text);
  if (!message.senderIsSystems) return refusal('NOT_ALLOWED', 'sender.not.allowed', 'Sender is not allowed');
  return REGISTRATION_VERDICTS[registrationOf(message.recipientId)];
}

function refusal(receiptStatus: 'INVALID' | 'NOT_ALLOWED', errorCode: string, errorMessage: string): Verdict {
  return { receiptStatus, errorCode, errorMessage };
}
