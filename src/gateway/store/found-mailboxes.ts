import type { GroupMember, GroupsFound } from '../../domain/mailbox-group.ts';
import type { Queryable } from './database.ts';

/** Takes in a whole list of members: it replaces the last. Tells how many came and left. Wants a transaction. */
export async function replaceFoundMailboxes(
  connection: Queryable,
  { organisationCvr, members, now }: { readonly organisationCvr: string; readonly members: readonly GroupMember[]; readonly now: Date },
): Promise<{ readonly came: number; readonly left: number }> {
  const left = await connection.query({
    text: 'update found_mailbox set gone_at = $2 where organisation_cvr = $1 and gone_at is null and address <> all($3)',
    values: [organisationCvr, now, members.map(({ address }) => address)],
  });
  const { rows } = await connection.query<{ came: number }>({
    text: `with given as (
             select distinct on (address) address, name, array(select jsonb_array_elements_text(aliases)) as aliases
             from jsonb_to_recordset($3) as member (address text, name text, aliases jsonb)
           ), before as (
             select address from found_mailbox where organisation_cvr = $1 and gone_at is null
           ), written as (
             insert into found_mailbox (organisation_cvr, address, name, aliases, found_at)
             select $1, address, name, aliases, $2 from given
             on conflict (organisation_cvr, address) do update
               set name = excluded.name, aliases = excluded.aliases, gone_at = null,
                   found_at = case when found_mailbox.gone_at is null then found_mailbox.found_at else excluded.found_at end
           )
           select count(*) as came from given where address not in (select address from before)`,
    values: [organisationCvr, now, JSON.stringify(members)],
  });
  return { came: rows[0]?.came ?? 0, left: left.rowCount ?? 0 };
}

/** Notes that a group was read whole; the number of failures in a row before that. Wants the same transaction. */
export async function noteSearchDone(connection: Queryable, organisationCvr: string, now: Date): Promise<number> {
  const { rows } = await connection.query<{ failures: number }>({
    text: 'select failures from mailbox_search where organisation_cvr = $1 for update',
    values: [organisationCvr],
  });
  await connection.query({
    text: `insert into mailbox_search (organisation_cvr, tried_at, succeeded_at) values ($1, $2, $2)
           on conflict (organisation_cvr) do update set tried_at = $2, succeeded_at = $2, error = null, failures = 0`,
    values: [organisationCvr, now],
  });
  return rows[0]?.failures ?? 0;
}

/**
 * Notes that a group could not be read, and why (Danish); the list stays as it was. The number of failures in a row.
 */
export async function noteSearchFailed(
  database: Queryable,
  { organisationCvr, error, now }: { readonly organisationCvr: string; readonly error: string; readonly now: Date },
): Promise<number> {
  const { rows } = await database.query<{ failures: number }>({
    text: `insert into mailbox_search (organisation_cvr, tried_at, error, failures) values ($1, $2, $3, 1)
           on conflict (organisation_cvr) do update set tried_at = $2, error = $3, failures = mailbox_search.failures + 1
           returning failures`,
    values: [organisationCvr, now, error],
  });
  return rows[0]?.failures ?? 0;
}

/** When a group was last tried, read whole, and what was wrong; null for one that never was tried. */
export interface MailboxSearch {
  readonly triedAt: Date;
  readonly succeededAt: Date | null;
  readonly error: string | null;
  readonly failures: number;
}

export async function mailboxSearchOf(database: Queryable, organisationCvr: string): Promise<MailboxSearch | null> {
  const { rows } = await database.query<MailboxSearch>({
    text: `select tried_at as "triedAt", succeeded_at as "succeededAt", error, failures from mailbox_search where organisation_cvr = $1`,
    values: [organisationCvr],
  });
  return rows[0] ?? null;
}

/** Every group as it was last read whole. */
export async function foundMailboxes(database: Queryable): Promise<GroupsFound> {
  const { rows } = await database.query<GroupMember & { readonly organisationCvr: string }>({
    name: 'found-mailboxes',
    text: `select m.organisation_cvr as "organisationCvr", m.address, m.name, m.aliases
           from found_mailbox m join mailbox_search s using (organisation_cvr)
           where m.gone_at is null and s.succeeded_at is not null
           order by m.organisation_cvr, m.address`,
  });
  const found = new Map<string, GroupMember[]>();
  for (const { organisationCvr, ...member } of rows) found.set(organisationCvr, [...(found.get(organisationCvr) ?? []), member]);
  return found;
}
