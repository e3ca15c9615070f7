import type { Database, Queryable } from './database.ts';
import type { NoticeSubmission } from './notices.ts';

/** Which receipts are gathered, and when. */
export interface DigestRule {
  /** Mailboxes that want their receipts together. */
  readonly mailboxes: readonly string[];
  /** A digest goes when its oldest receipt was queued before this. */
  readonly queuedBefore: Date;
  readonly now: Date;
  /** Receipts in one digest. */
  readonly receiptsMax: number;
}

/**
 * Gathers the waiting receipts of each mailbox whose oldest one has waited long enough into one notice, which then goes
 * as any other: its content is fixed here, so that a digest that is sent again is the same. Returns how many were made.
 */
export async function gatherDigests(database: Database, rule: DigestRule): Promise<number> {
  const { rows } = await database.query<{ organisationCvr: string; recipient: string }>({
    name: 'ripe-digests',
    text: `select distinct organisation_cvr as "organisationCvr", recipient from notice
           where state = 'waiting' and kind = 'receipt' and recipient = any($1) and created_at <= $2 and due_at <= $3`,
    values: [rule.mailboxes, rule.queuedBefore, rule.now],
  });
  for (const ripe of rows) await database.transaction((connection) => gatherOne(connection, rule, ripe));
  return rows.length;
}

async function gatherOne(
  connection: Queryable,
  { now, receiptsMax }: DigestRule,
  { organisationCvr, recipient }: { readonly organisationCvr: string; readonly recipient: string },
): Promise<void> {
  const { rows } = await connection.query<{ id: number }>({
    text: `select id from notice
           where state = 'waiting' and kind = 'receipt' and organisation_cvr = $1 and recipient = $2 and due_at <= $3
           order by id limit $4 for update skip locked`,
    values: [organisationCvr, recipient, now, receiptsMax],
  });
  if (rows.length === 0) return;
  await connection.query({
    text: `with digest as (
             insert into notice (kind, organisation_cvr, recipient, created_at, due_at)
             values ('digest', $1, $2, $3, $3) returning id)
           update notice set state = 'gathered', digest_id = digest.id from digest where notice.id = any($4)`,
    values: [organisationCvr, recipient, now, rows.map(({ id }) => id)],
  });
}

/** The mails that a digest tells of, each once, the first handed over first. */
export async function mailsOfDigest(database: Queryable, digestId: number): Promise<readonly NoticeSubmission[]> {
  const { rows } = await database.query<NoticeSubmission>({
    name: 'mails-of-digest',
    text: `select s.id, s.received_at as "receivedAt", s.from_mailbox as "fromMailbox", s.message_id as "messageId", s.subject,
             s.recipients, s.raw_blob as "rawBlob", s.raw_bytes as "rawBytes", s.mass, s.content_sha256 as "contentSha256",
             coalesce(s.problems, '[]'::jsonb) as problems, s.letter
           from submission s where s.id in (select submission_id from notice where digest_id = $1) order by s.id`,
    values: [digestId],
  });
  return rows;
}
