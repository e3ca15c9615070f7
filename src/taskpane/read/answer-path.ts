import { parseGatewayAddress } from '../../domain/gateway-address.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import type { ReadMail } from '../office/outlook.ts';

/** Whether the recipients of a mail that I sent can answer, and in which mailbox an answer lands; null where it is not known. */
export type AnswerPath = { readonly kind: 'no' } | { readonly kind: 'yes'; readonly mailbox: string | null };

export function answerPath(mail: ReadMail, me: MeAnswer | null): AnswerPath {
  const addresses = [...mail.to, ...mail.cc].flatMap(({ emailAddress }) => {
    const parsed = parseGatewayAddress(emailAddress.trim());
    return parsed.kind === 'gateway-address' && parsed.address.kind === 'single' ? [parsed.address] : [];
  });
  const answerable = addresses.find(({ replyable }) => replyable);
  if (!answerable) return { kind: 'no' };
  const { sender } = answerable;
  const key = sender.kind === 'contact-point' ? sender.id : sender.kind === 'cvr' ? sender.cvr : null;
  const mailbox = me?.mailboxes.find(({ address }) => address.toLowerCase() === mail.from.address.toLowerCase());
  const used = mailbox?.senders.find((one) => one.key.toLowerCase() === key);
  return { kind: 'yes', mailbox: used?.answersTo ?? null };
}
