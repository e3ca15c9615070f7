import type { MeAnswer } from '../../domain/gateway-api.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';

type Mailbox = MeAnswer['mailboxes'][number];
type Mailboxes = Pick<MeAnswer, 'mailboxes'>;

/** Whether one may send to many from a mailbox; a list goes by Digital Post alone. */
function maySendToMany({ actions, channels, senders }: Mailbox): boolean {
  return actions.includes('mass-send') && senders.length > 0 && channels.some(({ id, available, massSend }) => id === 'ngdp' && available && massSend);
}

/** The mailbox in Fra, where one may send to many from it; a client that does not tell Fra writes from the first that may. */
export function massMailbox(me: Mailboxes, from: string | null): Mailbox | null {
  const able = me.mailboxes.filter(maySendToMany);
  if (from === null) return able[0] ?? null;
  return able.find(({ address }) => normaliseMailAddress(address) === normaliseMailAddress(from)) ?? null;
}

/** Mailboxes from which the person could send to many. */
export function massMailboxes(me: Mailboxes): readonly string[] {
  return me.mailboxes.filter(maySendToMany).map(({ address }) => address);
}
