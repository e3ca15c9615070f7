import type { Problem } from '../../domain/problem.ts';
import type { Database, Queryable } from './database.ts';
import { lockActs } from './holds.ts';
import type { Letter } from './submissions.ts';

/**
 * What is deleted by age. First a mail's content: its bytes, letter, files, subject and whatever quotes them. Who got it
 * when, and its checksums, stay longer and go by mail too. Each mail is a transaction of its own, so that nothing on the
 * road waits; locks are taken in the road's own order (holds.ts), and never on deliveries and their mail together.
 */

/** A place in the order in which mails are gone through. */
export interface Place {
  readonly receivedAt: Date;
  readonly id: number;
}

// Of the mail `s` nothing is on its way, nothing happened since `$1`, and no mail of ours is just being sent about it. What
// tries its failed recipients again has the same files, and goes first.
const RESTS = `s.state not in ('accepted', 'converting')
  and not exists (select 1 from delivery d where d.submission_id = s.id and (d.queued or d.under_way))
  and not exists (select 1 from container c join delivery d on d.container = c.id
                  where c.submission_id = s.id and c.status <> 'done' and d.status in ('waiting', 'sending', 'unknown'))
  and not exists (select 1 from delivery d where d.submission_id = s.id and greatest(d.settled_at, d.handed_over_at) >= $1)
  and not exists (select 1 from notice n where n.submission_id = s.id
                  and (n.state = 'sending' or n.state in ('waiting', 'gathered') and n.created_at >= $1))`;

const CONTENT_MAY_GO = `s.content_deleted_at is null and ${RESTS}
  and not exists (select 1 from submission r where r.resend_of = s.id and r.content_deleted_at is null)`;

const RECORD_MAY_GO = `s.content_deleted_at is not null and ${RESTS}
  and not exists (select 1 from submission r where r.resend_of = s.id)
  and not exists (select 1 from own_letters_left o where o.submission_id = s.id)`;

const STAGES = {
  content: { stands: 'content_deleted_at is null', mayGo: CONTENT_MAY_GO },
  record: { stands: 'content_deleted_at is not null', mayGo: RECORD_MAY_GO },
} as const;

export interface OldMails {
  /** Mails after this place, in the order of the road. */
  readonly places: readonly Place[];
  /** Those of them that may be deleted. */
  readonly ids: readonly number[];
}

/** One page of the mails older than `before`, and which of them are finished so long ago that the stage may begin. */
export async function oldMails(
  database: Queryable,
  stage: keyof typeof STAGES,
  page: { readonly before: Date; readonly after: Place | null; readonly limit: number },
): Promise<OldMails> {
  const { stands, mayGo } = STAGES[stage];
  const { rows: places } = await database.query<Place>({
    name: `old-mails-${stage}`,
    text: `select received_at as "receivedAt", id from submission
           where ${stands} and received_at < $1 and (received_at, id) > ($2, $3) order by received_at, id limit $4`,
    values: [page.before, page.after?.receivedAt ?? '-infinity', page.after?.id ?? 0, page.limit],
  });
  // Asked for by id, so that it is looked up mail by mail, however many there are.
  const { rows } = await database.query<{ id: number }>({
    name: `may-go-${stage}`,
    text: `select s.id from submission s where s.id = any($2) and ${mayGo} order by s.received_at, s.id`,
    values: [page.before, places.map(({ id }) => id)],
  });
  return { places, ids: rows.map(({ id }) => id) };
}

interface ContentRow {
  readonly rawBlob: number;
  readonly letter: Letter | null;
  readonly problems: readonly Problem[] | null;
  readonly resendOf: number | null;
}

/**
 * Deletes the content of one mail; false when it may not go (any more). `blank` makes of a problem what may stay of it.
 * Letters to single recipients are left to `forgetOwnLetters`.
 */
export async function forgetContent(
  database: Database,
  id: number,
  { now, before, blank }: { readonly now: Date; readonly before: Date; readonly blank: (problem: Problem) => Problem },
): Promise<boolean> {
  const { rowCount: mayGo } = await database.query({ text: `select 1 from submission s where s.id = $2 and ${CONTENT_MAY_GO}`, values: [before, id] });
  if (mayGo !== 1) return false;
  await forgetNames(database, id);
  return await database.transaction(async (connection) => {
    // Whoever wants to send it again waits, and then sees that it is gone.
    await lockActs(connection, id);
    const { rows: [row] } = await connection.query<ContentRow>({
      text: `select raw_blob as "rawBlob", letter, problems, resend_of as "resendOf" from submission where id = $1`,
      values: [id],
    });
    if (!row) return false;
    const { rowCount } = await connection.query({
      text: `update submission s set content_deleted_at = $3, subject = null, problems = $4,
               letter = letter - 'remarks' - 'actions' - 'memoHeader' || '{"label": "", "main": null, "attachments": []}'
             where s.id = $2 and ${CONTENT_MAY_GO}`,
      values: [before, id, now, row.problems && JSON.stringify(row.problems.map(blank))],
    });
    if (rowCount !== 1) return false;
    await forgetNoticeTexts(connection, id);
    const { letter, resendOf } = row;
    if (resendOf === null) await deleteBlobs(connection, [row.rawBlob, ...blobsOf(letter)]);
    if (letter && !letter.main) {
      await connection.query({ text: 'insert into own_letters_left (submission_id) values ($1) on conflict do nothing', values: [id] });
    }
    return true;
  });
}

/** First and by itself, for it locks deliveries. A mass send names nobody: its million rows are not looked through. */
async function forgetNames(database: Database, id: number): Promise<void> {
  await database.query({
    name: 'forget-names',
    text: `update delivery set recipient_name = null where id in (
             select d.id from submission s join delivery d on d.submission_id = s.id
             where s.id = $1 and not s.mass and d.recipient_name is not null order by d.id for update of d)`,
    values: [id],
  });
}

function blobsOf(letter: Letter | null): readonly number[] {
  return [...(letter?.main ? [letter.main] : []), ...(letter?.attachments ?? [])].map(({ blob }) => blob);
}

async function deleteBlobs(connection: Queryable, blobIds: readonly number[]): Promise<void> {
  await connection.query({ name: 'delete-blobs', text: 'delete from blob_chunk where blob_id = any($1)', values: [blobIds] });
}

/** What was told of the mail is told; what could not be sent in all that time is given up, for there is nothing left to tell. */
async function forgetNoticeTexts(connection: Queryable, submissionId: number): Promise<void> {
  await connection.query({
    text: `update notice set detail = detail - 'subject' - 'text' - 'reason' - 'addresses', error_message = null,
             state = case when state in ('waiting', 'gathered') then 'refused' else state end
           where submission_id = $1`,
    values: [submissionId],
  });
}

/** Takes one step in deleting letters to single recipients, at most `batch` of them; how many, or null when none are left. */
export async function forgetOwnLetters(database: Database, batch: number): Promise<number | null> {
  return await database.transaction(async (connection) => {
    const { rows: [left] } = await connection.query<{ id: number; doneUpTo: number; resendOf: number | null }>({
      text: `select s.id, o.done_up_to as "doneUpTo", s.resend_of as "resendOf"
             from own_letters_left o join submission s on s.id = o.submission_id order by o.submission_id limit 1 for update of o`,
    });
    if (!left) return null;
    const { rows } = await connection.query<{ position: number; blob: number | null }>({
      text: `select position, (own_main->>'blob')::bigint as blob from delivery
             where submission_id = $1 and position > $2 order by position limit $3`,
      values: [left.id, left.doneUpTo, batch],
    });
    const last = rows.at(-1);
    if (!last) {
      await connection.query({ text: 'delete from own_letters_left where submission_id = $1', values: [left.id] });
      return 0;
    }
    // The letters of a mail that was sent again are the first one's.
    if (left.resendOf === null) await deleteBlobs(connection, rows.flatMap(({ blob }) => blob ?? []));
    await connection.query({
      text: `update delivery set own_main = null where own_main is not null and id in (
               select id from delivery where submission_id = $1 and position > $2 and position <= $3 order by id for update)`,
      values: [left.id, left.doneUpTo, last.position],
    });
    await connection.query({
      text: 'update own_letters_left set done_up_to = $2 where submission_id = $1',
      values: [left.id, last.position],
    });
    return rows.length;
  });
}

/** Deletes all that is left of a mail, `batch` deliveries at a time; false when it may not go (any more). */
export async function forgetRecord(
  database: Database,
  id: number,
  { before, batch }: { readonly before: Date; readonly batch: number },
): Promise<boolean> {
  const mayGo = async (connection: Queryable) => {
    const { rowCount } = await connection.query({
      text: `select 1 from submission s where s.id = $2 and ${RECORD_MAY_GO}`,
      values: [before, id],
    });
    return rowCount === 1;
  };
  if (!(await mayGo(database))) return false;
  for (let deleted = batch; deleted === batch; ) {
    const { rowCount } = await database.query({
      text: 'delete from delivery where id in (select id from delivery where submission_id = $1 order by position limit $2)',
      values: [id, batch],
    });
    deleted = rowCount ?? 0;
  }
  return await database.transaction(async (connection) => {
    await lockActs(connection, id);
    // Whoever is just writing a notice about the mail holds its row: what is asked next sees it.
    await connection.query({ text: 'select 1 from submission where id = $1 for update', values: [id] });
    if (!(await mayGo(connection))) return false;
    for (const text of [
      'delete from container where submission_id = $1',
      'delete from notice where submission_id = $1',
      'delete from submission where id = $1',
    ]) await connection.query({ text, values: [id] });
    return true;
  });
}

/** Rows that are old by themselves, whatever mail they came with. */
const LONE_ROWS = {
  receipt: `delete from receipt where id in (select id from receipt where received_at < $1 order by received_at limit $2)`,
  // A digest stays as long as what it gathered.
  notice: `delete from notice where id in (
             select n.id from notice n where n.submission_id is null and n.created_at < $1 and n.state <> 'sending'
               and not exists (select 1 from notice g where g.digest_id = n.id)
             order by n.created_at limit $2)`,
  alarm: `delete from alarm where key in (select key from alarm where raised_at < $1 order by raised_at limit $2)`,
  guardApproval: `delete from guard_approval where id in (
                    select id from guard_approval where expires_at < $1 order by expires_at limit $2)`,
  foundMailbox: `delete from found_mailbox where (organisation_cvr, address) in (
                   select organisation_cvr, address from found_mailbox where gone_at < $1 limit $2)`,
} as const;

/** Deletes rows of one sort that are older than `before`, at most `batch`; how many there were. */
export async function forgetLoneRows(
  database: Queryable,
  sort: keyof typeof LONE_ROWS,
  { before, batch }: { readonly before: Date; readonly batch: number },
): Promise<number> {
  const { rowCount } = await database.query({ text: LONE_ROWS[sort], values: [before, batch] });
  return rowCount ?? 0;
}
