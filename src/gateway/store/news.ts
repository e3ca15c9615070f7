import type { Database, Queryable } from './database.ts';

export interface NewSubscriber {
  /** In the spelling in which addresses are compared. */
  readonly address: string;
  /** The words that were consented to: language and version. */
  readonly consentText: string;
  readonly now: Date;
}

/** Signs an address up; one that is already there stays as it is, with what it first consented to. */
export async function insertSubscriber(database: Queryable, { address, consentText, now }: NewSubscriber): Promise<void> {
  await database.query({
    name: 'insert-news-subscriber',
    text: 'insert into news_subscriber (address, consented_at, consent_text) values ($1, $2, $3) on conflict (address) do nothing',
    values: [address, now, consentText],
  });
}

/** Forgets an address, and every mail with news to it, also one that is queued; does nothing when it is gone. */
export async function deleteSubscriber(database: Database, id: number): Promise<void> {
  await database.transaction(async (connection) => {
    const { rows: [left] } = await connection.query<{ address: string }>({
      text: 'delete from news_subscriber where id = $1 returning address',
      values: [id],
    });
    // A mail that is just being handed over ends without its row.
    if (left) await connection.query({ text: `delete from notice where kind = 'news' and recipient = $1`, values: [left.address] });
  });
}

/** Those of the notes that nobody was mailed of yet, in their order. */
export async function untoldNotes(database: Queryable, notes: readonly string[]): Promise<readonly string[]> {
  const { rows } = await database.query<{ note: string }>({
    name: 'untold-notes',
    text: `select n.note from unnest($1::text[]) with ordinality n (note, place)
           where not exists (select 1 from news_told t where t.note = n.note) order by n.place`,
    values: [notes],
  });
  return rows.map(({ note }) => note);
}

/** Who sends to which mail domain, in the one spelling of domains. */
export interface DomainOwner {
  readonly domain: string;
  readonly organisationCvr: string;
}

/**
 * Queues one mail with these notes to everybody who has signed up, and remembers that they are told of, in one transaction:
 * nobody is mailed of a note twice, also when we are killed here. How many mails were queued.
 */
export async function tellSubscribers(
  database: Database,
  { notes, owners, now }: { readonly notes: readonly string[]; readonly owners: readonly DomainOwner[]; readonly now: Date },
): Promise<number> {
  return await database.transaction(async (connection) => {
    const { rows } = await connection.query<{ note: string }>({
      text: 'insert into news_told (note, told_at) select note, $2 from unnest($1::text[]) note on conflict do nothing returning note',
      values: [notes, now],
    });
    const told = new Set(rows.map(({ note }) => note));
    if (told.size === 0) return 0;
    // Locked, so that whoever leaves meanwhile is either passed over, or takes the queued mail along.
    const { rowCount } = await connection.query({
      text: `insert into notice (kind, organisation_cvr, recipient, detail, created_at, due_at)
             select 'news', o.cvr, s.address, jsonb_build_object('notes', $1::jsonb, 'subscriber', s.id), $2, $2
             from news_subscriber s join unnest($3::text[], $4::text[]) o (domain, cvr) on o.domain = substring(s.address from '[^@]*$')
             for share of s`,
      values: [
        JSON.stringify(notes.filter((note) => told.has(note))), now,
        owners.map(({ domain }) => domain), owners.map(({ organisationCvr }) => organisationCvr),
      ],
    });
    return rowCount ?? 0;
  });
}
