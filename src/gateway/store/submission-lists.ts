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
  const newest = search.order === 'newest';
  const { rows } = await database.query<SubmissionView>({
    text: `select ${VIEW_COLUMNS} from ${chosenOf(viewer, search, {
      condition: `and ($6::bigint is null or id ${newest ? '<' : '>'} $6)`,
      end: `order by id ${newest ? 'desc' : ''} limit $7`,
    })} order by id ${newest ? 'desc' : ''} limit $7`,
    values: [...valuesOf(viewer, search), search.after, search.limit],
  });
  return rows;
}

/** How many mails each filter shows, counted no further than `max`. */
export async function countSubmissions(
  database: Queryable,
  viewer: Viewer,
  choice: Omit<SubmissionChoice, 'filter'> & { readonly max: number },
): Promise<Readonly<Record<ListFilter, number>>> {
  const counted = (filter: ListFilter) =>
    `(select count(*) from (select 1 from ${chosenOf(viewer, { ...choice, filter }, { condition: '', end: 'limit $6' })} limit $6) ${filter}_of_them)`;
  const { rows } = await database.query<Record<ListFilter, number>>({
    text: `select ${counted('all')} as "all", ${counted('failed')} as failed, ${counted('open')} as open`,
    values: [...valuesOf(viewer, choice), choice.max],
  });
  return rows[0] ?? { all: 0, failed: 0, open: 0 };
}

/**
 * The chosen rows, as a table to select from. For a viewer of some mailboxes each mailbox is read by itself, from its own
 * index: else a mailbox with few mails would be searched for among all those of a big organisation.
 */
function chosenOf(viewer: Viewer, { filter, mailbox }: SubmissionChoice, page: { readonly condition: string; readonly end: string }): string {
  const chosen = `($3::timestamptz is null or received_at >= $3) and ($4::text is null or from_mailbox = $4)
    and ($5::text is null or lower(written_by) = lower($5)) and ${FILTERS[filter]} ${page.condition} ${page.end}`;
  if (viewer.mailboxes === null && mailbox === null) {
    return `(select * from submission where organisation_cvr = any($1) and $2::text[] is null and ${chosen}) submission`;
  }
  return `unnest($1::text[]) organisation (cvr) cross join unnest($2::text[]) mailbox (address) cross join lateral (
    select * from submission where organisation_cvr = organisation.cvr and from_mailbox = mailbox.address and from_mailbox is not null
      and ${chosen}) submission`;
}

function valuesOf({ cvrNumbers, mailboxes }: Viewer, { since, mailbox, writtenBy }: Omit<SubmissionChoice, 'filter'>): unknown[] {
  const own = mailbox === null ? mailboxes : [mailbox].filter((address) => mailboxes === null || mailboxes.includes(address));
  return [cvrNumbers, own, since, mailbox, writtenBy];
}
