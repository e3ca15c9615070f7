import type { compose } from '../texts/da.ts';
import type { Say } from '../texts/use-text.ts';
import type { Compose } from './use-compose.ts';
import type { DraftSending } from './sending-as.ts';

/** Whom the recipient sees as sender: the contact point, or the organisation where the channel shows none. One that is not ours is said to be unknown. */
export function senderLabel({ me, sendingAs: { draftSender, sender, channel } }: Pick<Compose, 'me'> & { readonly sendingAs: DraftSending }, say: Say<typeof compose>): string {
  if (!me) return say('from.unknown');
  if (channel && !channel.contactPoints) return me.organisation.name;
  if (draftSender.kind === 'several') return say('from.several');
  return draftSender.kind === 'lost' ? (draftSender.label ?? say('from.strange')) : (sender?.label ?? say('from.unknown'));
}
