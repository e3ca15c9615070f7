import { checkMemo } from '../../memo/check-memo.ts';
import type { MemoFault } from '../../memo/memo.ts';
import type { ReadMemo } from '../../memo/read-memo.ts';
import { registrationOf, type Registration } from '../world.ts';
import type { NetworkProfile } from './network-profile.ts';

/** A receipt as NgDP writes it (memo-ngdp.md 4); the same object for technical and business receipts. */
export interface Receipt {
  readonly transmissionId: string;
  /** Absent in the technical receipt of a container. */
  readonly messageUUID?: string;
  readonly messageId?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly timeStamp: string;
  readonly receiptStatus: 'RECEIVED' | 'COMPLETED' | 'INVALID' | 'NOT_ALLOWED';
}

/** What became of a message: the part of a receipt that is decided. */
export type Verdict = Pick<Receipt, 'errorCode' | 'errorMessage' | 'receiptStatus'>;

/** Codes of our own invention: NgDP's list is not public (memo-ngdp.md 4). */
const REGISTRATION_VERDICTS: Readonly<Record<Registration, Verdict>> = {
  registered: { receiptStatus: 'COMPLETED' },
  'not-registered': refusal('INVALID', 'recipient.not.registered', 'Recipient is not registered'),
  awaiting: refusal('INVALID', 'recipient.not.registered', 'Recipient is not registered'),
  dead: refusal('INVALID', 'recipient.deceased', 'Recipient is deceased'),
  ceased: refusal('INVALID', 'recipient.closed', 'Recipient is closed'),
  exempt: refusal('NOT_ALLOWED', 'recipient.exempt', 'Recipient is exempt'),
};

/**
 * Decides the business receipt of a message: its own faults first, as NgDP validates before it looks for the
 * recipient; then whether the sender may send, which is the organisation whose system handed it in, with CVR number
 * `systemCvr`; then the recipient's registration (design.md, "Receipts").
 */
export function verdictOn(memo: ReadMemo, network: NetworkProfile, systemCvr: string): Verdict {
  const { header } = memo;
  const fault = checkMemo(memo)[0] ?? networkFault(memo, network);
  if (fault) return refusal('INVALID', fault.code, fault.text);
  if (header.sender.id !== systemCvr) return refusal('NOT_ALLOWED', 'sender.not.allowed', 'Sender is not allowed');
  return REGISTRATION_VERDICTS[registrationOf(header.recipient.id)];
}

/** What this one network does not know; formats.md, "Address grammar": e-Boks has no -reply and no contact point. */
function networkFault({ header }: ReadMemo, network: NetworkProfile): MemoFault | null {
  const pointed = header.sender.contactPoint !== undefined || header.recipient.contactPoint !== undefined;
  if (pointed && !network.contactPoints) return { code: 'contact.point.not.allowed', text: 'Contact points are not known here' };
  if (header.reply && !network.replies) return { code: 'reply.not.allowed', text: 'A message cannot be answered here' };
  return null;
}

function refusal(receiptStatus: 'INVALID' | 'NOT_ALLOWED', errorCode: string, errorMessage: string): Verdict {
  return { receiptStatus, errorCode, errorMessage };
}
