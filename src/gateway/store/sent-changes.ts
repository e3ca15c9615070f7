import type { DeliveryStatus } from '../../domain/delivery-status.ts';
import type { Queryable } from './database.ts';
import { listSubmissions, type SubmissionSearch } from './submission-lists.ts';
import { VIEW_COLUMNS, type SubmissionView, type Viewer } from './submission-views.ts';

/** A mailbox of an organisation, whose mails somebody follows. */
export interface FollowedMailbox {
  readonly organisationCvr: string;
  readonly address: string;
}

/** A mail as it stands after a change. */
export interface ChangedMail extends SubmissionView {
  /** The transaction that changed it. */
  readonly changedIn: string | null;
}

/** What the database had committed at one moment: the place from which changes are asked for. */
export type Snapshot = string;

/** Which transactions are over now. */
export async function snapshotNow(database: Queryable): Promise<Snapshot> {
  const { rows } = await database.query<{ snapshot: Snapshot }>({ name: 'snapshot-now', text: 'select pg_current_snapshot()::text as snapshot' });
  return rows[0]?.snapshot ?? '';
}

type ChangeRow = { readonly snapshot: Snapshot } & (ChangedMail | { readonly id: null });

/**
 * The mails of some mailboxes that have changed since a snapshot, each as it is now, and the snapshot to go on from. Nothing
 * is missed: what a transaction wrote that was still open then is told once it is over. Read by an index of the changes, so
 * that it costs what has changed, and not what there is.
 */
export async function changesSince(
  database: Queryable,
  since: Snapshot,
  mailboxes: readonly FollowedMailbox[],
): Promise<{ readonly snapshot: Snapshot; readonly mails: readonly ChangedMail[] }> {
  const { rows } = await database.query<ChangeRow>({
    name: 'sent-changes',
    // A database that was restored elsewhere may hold numbers of transactions that are yet to come.
    text: `select now.snapshot, changed.* from (select pg_current_snapshot()::text as snapshot) now left join (
             select ${VIEW_COLUMNS}, changed_in::text as "changedIn" from submission
             where changed_in >= pg_snapshot_xmin($1::pg_snapshot) and changed_in < pg_snapshot_xmax(pg_current_snapshot())
               and not pg_visible_in_snapshot(changed_in, $1::pg_snapshot) and from_mailbox is not null
               and (organisation_cvr, from_mailbox) in (select * from unnest($2::text[], $3::text[]))
             order by id) changed on true`,
    values: [since, mailboxes.map(({ organisationCvr }) => organisationCvr), mailboxes.map(({ address }) => address)],
  });
  return { snapshot: rows[0]?.snapshot ?? since, mails: rows.filter((row) => row.id !== null) };
}

/** The newest mails of a viewer, and the newest of those that something is still to happen to; oldest first. */
export async function presentMails(
  database: Queryable,
  viewer: Viewer,
  of: Pick<SubmissionSearch, 'mailbox' | 'since' | 'limit'>,
): Promise<readonly ChangedMail[]> {
  const search = { ...of, writtenBy: null, orByUnknown: false, order: 'newest', after: null } as const;
  const [newest, open] = await Promise.all(
    (['all', 'open'] as const).map((filter) => listSubmissions(database, viewer, { ...search, filter })),
  );
  const mails = new Map([...(newest ?? []), ...(open ?? [])].map((mail) => [mail.id, mail]));
  return [...mails.values()].sort((a, b) => a.id - b.id).map((mail) => ({ ...mail, changedIn: null }));
}

/** Where one message of a mail stands. */
export interface MessageStatus {
  readonly submissionId: number;
  readonly position: number;
  readonly status: DeliveryStatus;
}

/** The messages of mails with few of them. */
export async function messageStatuses(database: Queryable, submissionIds: readonly number[]): Promise<readonly MessageStatus[]> {
  if (submissionIds.length === 0) return [];
  const { rows } = await database.query<MessageStatus>({
    name: 'message-statuses',
    text: `select submission_id as "submissionId", position, status from delivery where submission_id = any($1) order by submission_id, position`,
    values: [submissionIds],
  });
  return rows;
}
