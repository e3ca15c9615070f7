import { actions, type Action } from './action.ts';
import { channels, memoChannelIds, type ChannelId } from './channel.ts';
import type { GatewayAddress } from './gateway-address.ts';
import { mayUseSender, memoSenderOf, secureMailboxOf, senderKey, type Organisation, type SecureMailbox } from './organisation.ts';
import { problemOf, type Problem } from './problem.ts';

/**
 * Who acts. By mail it is whoever Exchange let write from the mailbox: it may do what the mailbox may. A program or a
 * person has rights of its own beside, and mailboxes that it is bound to.
 */
export interface Actor {
  readonly may: ReadonlySet<Action>;
  /** Lower case; null: every mailbox of the organisation. */
  readonly mailboxes: readonly string[] | null;
}

/** What is asked: an action, where it matters from which mailbox, and over which network or to which address. */
export interface AskedAct {
  readonly action: Action;
  readonly mailbox: string | null;
  readonly to: GatewayAddress | ChannelId | null;
}

/** Why not: the actor lacks the right itself, or may not use the mailbox, or the mailbox may not do so. */
export type Refusal =
  | { readonly kind: 'right-missing'; readonly action: Action }
  | { readonly kind: 'mailbox-foreign'; readonly mailbox: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** Whoever writes a mail: Exchange has let them use the mailbox, so its own rights alone count. */
export const mailAuthor: Actor = { may: new Set(['send', 'mass-send']), mailboxes: null };

/**
 * The one answer to "may they?": actor → mailbox → channel → contact point → action. Asked by the SMTP door, the API and
 * the pages alike; null when they may.
 */
export function refuseAct(organisation: Organisation, actor: Actor, { action, mailbox, to }: AskedAct): Refusal | null {
  if (!actor.may.has(action)) return { kind: 'right-missing', action };
  if (mailbox === null) return null;
  if (actor.mailboxes !== null && !actor.mailboxes.includes(mailbox)) return { kind: 'mailbox-foreign', mailbox };
  const problem = to && mailboxProblem(organisation, { action, mailbox, to });
  return problem ? { kind: 'problem', problem } : null;
}

/** The secure mailboxes that a person may use: those that name the person, or one of the person's groups. */
export function mailboxesOfPerson(
  organisation: Organisation,
  person: { readonly objectId: string; readonly groups: readonly string[] },
): readonly SecureMailbox[] {
  return organisation.secureMailboxes.filter(
    ({ users = [], groups = [] }) => users.includes(person.objectId) || groups.some((group) => person.groups.includes(group)),
  );
}

/** The actions that an actor has from one mailbox: sending is for mailboxes that are connected to a network. */
export function actionsFrom(actor: Actor, mailbox: SecureMailbox): readonly Action[] {
  const connected = memoChannelIds.some((channel) => mailbox.channels.includes(channel));
  return actions.filter((action) => actor.may.has(action) && (!isSending(action) || (connected && mayFrom(mailbox, action))));
}

function isSending(action: Action): action is 'send' | 'mass-send' {
  return action === 'send' || action === 'mass-send';
}

function mayFrom({ may }: SecureMailbox, action: 'send' | 'mass-send'): boolean {
  return may === undefined || may.includes(action);
}

/** What stands against a mailbox sending so. */
function mailboxProblem(organisation: Organisation, { action, mailbox, to }: MailboxAct): Problem | null {
  const channel = typeof to === 'string' ? to : to.channel;
  const secure = secureMailboxOf(organisation, mailbox);
  if (!secure) return problemOf('mailbox-not-secure', { mailbox });
  if (!secure.channels.includes(channel)) return problemOf('mailbox-not-connected', { mailbox, channel: channels[channel].name });
  if (isSending(action) && !mayFrom(secure, action)) {
    return problemOf('mailbox-may-not', { mailbox, what: action === 'mass-send' ? 'masseforsendelser' : 'beskeder' });
  }
  return typeof to === 'string' || mayUseSender(organisation, secure, to.sender) ? null : senderProblem(organisation, mailbox, to);
}

interface MailboxAct {
  readonly action: Action;
  readonly mailbox: string;
  readonly to: GatewayAddress | ChannelId;
}

function senderProblem(organisation: Organisation, mailbox: string, address: GatewayAddress): Problem {
  return problemOf('sender-not-allowed', {
    mailbox,
    sender: memoSenderOf(organisation, address.sender)?.label ?? senderKey(address.sender),
    allowedMailboxes: mailboxesOf(organisation, address).map(({ address: allowed }) => allowed),
  });
}

function mailboxesOf(organisation: Organisation, address: GatewayAddress): readonly SecureMailbox[] {
  return organisation.secureMailboxes.filter(
    (mailbox) => mailbox.channels.includes(address.channel) && mayUseSender(organisation, mailbox, address.sender),
  );
}
