import type { SenderReference } from '../../domain/gateway-address.ts';
import type { MassFix } from '../../domain/mass-draft.ts';
import type { MeAnswer } from '../../domain/gateway-api.ts';
import { textOfBody, withoutStyles } from '../check/text-of-body.ts';
import { senderReference } from '../compose/sender-choice.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Outlook } from '../office/outlook.ts';
import { massMailbox } from './mass-mailbox.ts';
import type { MassWritten } from './mass-written.ts';
import { mendAddress, mendLetter, mendLists, type MassWriters } from './put-list.ts';
import { draftNow } from './write-mass.ts';

/** What mends a mass send by itself; the list is opened by the pane. */
export type MassMending =
  | { readonly fix: Extract<MassFix, 'address' | 'letter'> }
  | { readonly fix: 'one-list'; readonly keptId: string };

export interface MendingParts {
  readonly outlook: Outlook;
  readonly gateway: Pick<Gateway, 'render'>;
  readonly me: MeAnswer | null;
}

/** Mends the mass send in the draft by a press in Skriv. */
export async function mendMass(parts: MendingParts, mending: MassMending): Promise<MassWritten> {
  const writers = massWriters(parts);
  switch (mending.fix) {
    case 'address':
      return await mendAddress(writers, await usualSender(parts));
    case 'letter':
      return await mendLetter(writers);
    case 'one-list':
      return await mendLists(writers, mending.keptId);
  }
}

/** What writes a mass send, with the words and the page of this browser. */
export function massWriters({ outlook, gateway }: Pick<MendingParts, 'outlook' | 'gateway'>): MassWriters {
  return { outlook, gateway, displayName: massDisplayName, textOf: (html) => textOfBody(new DOMParser().parseFromString(withoutStyles(html), 'text/html').body) };
}

/** How the address of a list is called in the mail, in Danish as the rest of an address is. */
export function massDisplayName(count: number): string {
  return count === 1 ? '1 modtager (Digital Post)' : `${new Intl.NumberFormat('da').format(count)} modtagere (Digital Post)`;
}

async function usualSender({ outlook, me }: MendingParts): Promise<SenderReference | null> {
  const draft = await draftNow(outlook).catch(() => null);
  const [sender] = (me && massMailbox(me, draft?.from?.address ?? null)?.senders) ?? [];
  return sender ? senderReference(sender.key) : null;
}
