import { parseGatewayAddress, type SingleAddress } from '../../domain/gateway-address.ts';
import { addressWithHeader } from '../../domain/memo-header-address.ts';
import { senderKey, type Organisation } from '../../domain/organisation.ts';
import type { Letter } from '../store/submissions.ts';

/** Who may answer a letter: all who get it as Digital Post, or some of them; and the mailboxes where their answers land. */
export interface Answers {
  readonly from: 'all' | 'some';
  readonly mailboxes: readonly string[];
}

/**
 * Who may answer, by the addresses of a letter's deliveries, one of each kind: an answer lands in the mailbox of the contact
 * point that it was sent from, named in the address or in MemoHeader.json, in the main mailbox where that has none, else in
 * the mailbox that wrote. Null when nobody may.
 */
export function answersOf(
  deliveredTo: readonly string[],
  letter: Pick<Letter, 'senders' | 'contactPointsOff' | 'memoHeader'> | null,
  { fromMailbox, mainMailbox }: Pick<Organisation, 'mainMailbox'> & { readonly fromMailbox: string },
): Answers | null {
  const addresses = deliveredTo.flatMap((text) => singleAddress(text) ?? []).map((address) => addressWithHeader(address, letter?.memoHeader ?? null));
  const answered = addresses.filter(({ replyable }) => replyable);
  if (answered.length === 0) return null;
  const mailboxOf = ({ channel, sender }: SingleAddress): string => {
    const point = letter?.contactPointsOff?.includes(channel) ? null : (letter?.senders[senderKey(sender)]?.contactPoint ?? null);
    return point === null ? fromMailbox : (point.mailbox ?? mainMailbox);
  };
  return { from: answered.length < addresses.length ? 'some' : 'all', mailboxes: [...new Set(answered.map(mailboxOf))] };
}

function singleAddress(text: string): SingleAddress | null {
  const parsed = parseGatewayAddress(text);
  return parsed.kind === 'gateway-address' && parsed.address.kind === 'single' ? parsed.address : null;
}
