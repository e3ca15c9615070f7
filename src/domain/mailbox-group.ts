/** A mailbox in the Exchange group of an organisation's secure mailboxes. Addresses are lower case. */
export interface GroupMember {
  readonly address: string;
  readonly name: string | null;
  /** Other addresses of the same mailbox. */
  readonly aliases: readonly string[];
}

/**
 * The groups as they were last read whole, by the organisation's first CVR number; none for one whose group never was.
 */
export type GroupsFound = ReadonlyMap<string, readonly GroupMember[]>;

interface WithMailboxes {
  readonly cvrNumbers: readonly string[];
  readonly secureMailboxes: readonly { readonly address: string }[];
  /** Null where its secure mailboxes are those of the file alone. */
  readonly mailboxGroup: unknown;
}

/**
 * The organisations without the secure mailboxes that are not in their group: whoever manages Exchange takes a mailbox
 * out there, and it has no rights any more. What the group has and the file has not gets none (features M21). An
 * organisation whose group has never been read is as its file says.
 */
export function withoutMailboxesThatLeft<One extends WithMailboxes>(organisations: readonly One[], found: GroupsFound): readonly One[] {
  return organisations.map((organisation) => {
    const members = membersOf(organisation, found);
    if (members === null) return organisation;
    const there = new Set(members.flatMap(({ address, aliases }) => [address, ...aliases]));
    return { ...organisation, secureMailboxes: organisation.secureMailboxes.filter(({ address }) => there.has(address)) };
  });
}

/** Mailboxes of the group that the file does not have: "ikke sat op". */
export function mailboxesNotSetUp(organisation: WithMailboxes, found: GroupsFound): readonly GroupMember[] {
  const known = new Set(organisation.secureMailboxes.map(({ address }) => address));
  return (membersOf(organisation, found) ?? []).filter(({ address, aliases }) => ![address, ...aliases].some((one) => known.has(one)));
}

function membersOf({ mailboxGroup, cvrNumbers }: WithMailboxes, found: GroupsFound): readonly GroupMember[] | null {
  return mailboxGroup === null ? null : (found.get(cvrNumbers[0] ?? '') ?? null);
}
