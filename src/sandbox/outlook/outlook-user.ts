import { PEOPLE, userWithAddress } from '../people.ts';
import { ORGANISATIONS, type WorldOrganisation } from '../world.ts';

/** Somebody or something that mail is sent to or from, as Outlook names it. */
export interface NamedAddress {
  readonly name: string;
  readonly address: string;
}

/** A mailbox as it is opened: by whom, and what else they may send from. */
export interface OpenedMailbox {
  readonly mailbox: NamedAddress;
  readonly user: NamedAddress;
  /** Mailboxes that the user may send from, the opened one first. */
  readonly senders: readonly NamedAddress[];
  /** Whom Outlook knows without ever having written to them. */
  readonly colleagues: readonly NamedAddress[];
}

/**
 * Opens a mailbox as the one who may use it: the one of the exercise's people whose first mailbox it is, else the first that
 * has it, or whose own it is; nobody known, the mailbox itself. Null for a mailbox outside the organisations.
 */
export function openedMailbox(address: string): OpenedMailbox | null {
  const wanted = address.trim().toLowerCase();
  const organisation = ORGANISATIONS.find(({ mailDomains }) => mailDomains.some((domain) => wanted.endsWith(`@${domain}`)));
  if (!organisation) return null;
  const person = PEOPLE.find(({ mailboxes }) => mailboxes[0] === wanted) ?? PEOPLE.find(({ mailboxes }) => mailboxes.includes(wanted)) ?? userWithAddress(wanted);
  const mailbox = named(wanted, organisation);
  const user = person ? { name: person.name, address: person.address } : mailbox;
  const senders = [mailbox, ...(person?.mailboxes ?? []).map((one) => named(one, organisation)), user];
  const colleagues = [
    ...PEOPLE.filter((one) => one.organisation === organisation.name).map(({ name, address: own }) => ({ name, address: own })),
    ...mailboxesOf(organisation).map((one) => named(one, organisation)),
  ];
  return { mailbox, user, senders: unique(senders), colleagues: unique(colleagues) };
}

function mailboxesOf({ secureMailboxes, ordinaryMailboxes }: WorldOrganisation): readonly string[] {
  return [...secureMailboxes.map((one) => one.address), ...ordinaryMailboxes];
}

function named(address: string, organisation: WorldOrganisation): NamedAddress {
  const name = userWithAddress(address)?.name ?? organisation.contactPoints.find((point) => point.mailbox === address)?.name;
  return { address, name: name ?? (address === organisation.mainMailbox ? organisation.name : address) };
}

function unique(list: readonly NamedAddress[]): readonly NamedAddress[] {
  return [...new Map(list.map((one) => [one.address, one])).values()];
}
