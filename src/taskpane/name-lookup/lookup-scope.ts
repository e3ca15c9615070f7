import type { MeAnswer } from '../../domain/gateway-api.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import type { CheckScope } from '../memory/remembered.ts';

/**
 * From where it is asked whom Digital Post reaches: the mailbox of the draft where it may send, else the first that may.
 * Null: the person has none, and nobody is asked.
 */
export function lookupScope(me: MeAnswer, from: string | null): CheckScope | null {
  const able = me.mailboxes.filter(({ actions, channels }) => actions.includes('send') && channels.some(({ id, available }) => id === 'ngdp' && available));
  const own = from === null ? undefined : able.find(({ address }) => normaliseMailAddress(address) === normaliseMailAddress(from));
  const mailbox = own ?? able[0];
  return mailbox === undefined ? null : { channel: 'ngdp', mailbox: mailbox.address };
}
