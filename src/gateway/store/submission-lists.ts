import type { Queryable } from './database.ts';
import { VIEW_COLUMNS, type SubmissionView, type Viewer } from './submission-views.ts';

/** `failed`: something of it did not get there; `open`: something of it is still on its way. */
export type ListFilter = 'all' | 'failed' | 'open';

/** Which of the viewer's mails. */
export interface SubmissionChoice {
  readonly filter: ListFilter;
  readonly since: Date | null;
  readonly mailbox: string | null;
  /** Only what this person or program has written. */
  readonly writtenBy: string | null;
  /** With them those of the viewer's mailboxes that nobody knows the writer of: a mail that is sent as a mailbox does not tell. */
  readonly orByUnknown: boolean;
}

export interface SubmissionSearch extends SubmissionChoice {
  readonly order: 'oldest' | 'newest';
  /** The last one of the page before: only what comes after it in the order. */
  readonly after: number | null;
  readonly limit: number;
}

// As the partial indexes have it (migration 0005).
const FILTERS: Readonly<Record<ListFilter, string>> = {
  all: 'true',
  failed: `(failed_deliveries > 0 or state in ('refused', 'parked'))`,
  open: `(open_deliveries > 0 or state in ('accepted', 'converting'))`,
};

/** The viewer's mails in the order in which they came, or the newest first. */
export async function listSubmissions(database: Queryable, viewer: Viewer, search: SubmissionSearch): Promise<readonly SubmissionView[]> {
  const first = await firstSince(database, search.since);
  if (first === null) return [];
  const newest = search.order === 'newest';
  const end = (columns: readonly string[]) => `order by ${columns.map((column) => `${column} ${newest ? 'desc' : 'asc'}`).join(', ')} limit $7`;
  const chosen = chosenBy(viewer, search);
  const { rows } = await database.query<SubmissionView>({
    text: `select ${VIEW_COLUMNS} from ${chosen.from(search.filter, {
      condition: `and ($6::bigint is null or id ${newest ? '<' : '>'} $6)`,
      end,
    })} ${end(['id'])}`,
    values: [...chosen.values, search.since, first, search.after, search.limit],
  });
  return rows;
}

/** How many mails each filter shows, counted no further than `max`. */
export async function countSubmissions(
  database: Queryable,
  viewer: Viewer,
  choice: Omit<SubmissionChoice, 'filter'> & { readonly max: number },
): Promise<Readonly<Record<ListFilter, number>>> {
  const none = { all: 0, failed: 0, open: 0 };
  const first = await firstSince(database, choice.since);
  if (first === null) return none;
  const chosen = chosenBy(viewer, choice);
  const counted = (filter: ListFilter) =>
    `(select count(*) from (select 1 from ${chosen.from(filter, { condition: '', end: () => 'limit $6' })} limit $6) ${filter}_of_them)`;
  const { rows } = await database.query<Record<ListFilter, number>>({
    text: `select ${counted('all')} as "all", ${counted('failed')} as failed, ${counted('open')} as open`,
    values: [...chosen.values, choice.since, first, choice.max],
  });
  return rows[0] ?? none;
}

/** Mails that came at about the same time may have got their ids in another order. */
const OUT_OF_ORDER_MAX = 1_000;

/** An id before which no mail came since then, so that nothing older is read; 0 for ever, null when none came. */
async function firstSince(database: Queryable, since: Date | null): Promise<number | null> {
  if (since === null) return 0;
  const earliest = (isGone: string) =>
    `(select id from submission where content_deleted_at ${isGone} and received_at >= $1 order by received_at, id limit $2)`;
  const { rows } = await database.query<{ id: number | null }>({
    name: 'first-since',
    text: `select min(id) as id from (${earliest('is null')} union all ${earliest('is not null')}) earliest`,
    values: [since, OUT_OF_ORDER_MAX],
  });
  return rows[0]?.id ?? null;
}

interface Chosen {
  /** The chosen rows as a table to select from; `$4` is the time, `$5` an id before which none is as new; `end`: of each part, by these columns. */
  from(filter: ListFilter, page: { readonly condition: string; readonly end: (columns: readonly string[]) => string }): string;
  /** `$1` to `$3`. */
  readonly values: readonly unknown[];
}

/**
 * Each organisation number is read by itself, in the order of an index: by who wrote them, where that is asked; else by
 * mailbox, each by itself too, for one with few mails would be searched for among all those of a big organisation. The
 * numbers stand one by one, so that PostgreSQL knows how many mails each has when it chooses the index.
 */
function chosenBy({ cvrNumbers, mailboxes }: Viewer, { mailbox, writtenBy, orByUnknown }: Omit<SubmissionChoice, 'filter'>): Chosen {
  const own = mailbox === null ? mailboxes : [mailbox].filter((address) => mailboxes === null || mailboxes.includes(address));
  const byAuthor = `($2::text[] is null or from_mailbox = any($2)) and written_by is not null and lower(written_by) = lower($3)`;
  // Not "=": rows in the order of mailbox and id are then to be had from the index of mailboxes alone. Whatever else gives
  // them in the order of ids has PostgreSQL look for the few mails of a quiet mailbox among all there are.
  const ofMailbox = `from_mailbox between mailbox.address and mailbox.address`;
  return {
    from(filter, page) {
      const numbers = (condition: string, columns: readonly string[]) => cvrNumbers.map((_, n) =>
        `(select * from submission where organisation_cvr = ($1::text[])[${n + 1}] and from_mailbox is not null and ${condition}
            and ($4::timestamptz is null or received_at >= $4) and id >= $5 and ${FILTERS[filter]} ${page.condition} ${page.end(columns)})`).join(' union all ');
      const eachMailbox = (condition: string) => `unnest($2::text[]) mailbox (address) cross join lateral (${numbers(condition, ['from_mailbox', 'id'])}) submission`;
      if (writtenBy === null) return own === null ? `(${numbers('$2::text[] is null and $3::text is null', ['id'])}) submission` : eachMailbox(`${ofMailbox} and $3::text is null`);
      if (!orByUnknown || own === null) return `(${numbers(byAuthor, ['id'])}) submission`;
      return `(${numbers(byAuthor, ['id'])} union all (select submission.* from ${eachMailbox(`${ofMailbox} and written_by is null`)})) submission`;
    },
    values: [cvrNumbers, own, writtenBy],
  };
}
