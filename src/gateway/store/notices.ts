import type { Problem } from '../../domain/problem.ts';
import type { Queryable } from './database.ts';
import type { Letter } from './submissions.ts';

/**
 * Mails from the gateway: `receipt` what became of a mail; `digest` the same of many mails of one mailbox; `progress` how
 * far a long mass send is; `refusal` why a mail was not sent; `late` it is still waiting; `parked` it met a fault of ours;
 * `watch` something the organisation's watch mailbox should know; `guard` to whom Mail Guard did not let it go; `news` what is new, to whoever has signed up (store/news.ts); and those of a mail that does not go at once.
 */
export type NoticeKind = 'receipt' | 'digest' | 'progress' | 'refusal' | 'late' | 'parked' | 'watch' | 'guard' | 'news' | HoldNoticeKind;

/**
 * `held` it waits, and may be stopped; `approval` and `approval-reminder` somebody else is asked to approve it;
 * `approval-rejected`, `approval-expired` and `replaced`: why it is not sent.
 */
export type HoldNoticeKind = 'held' | 'approval' | 'approval-reminder' | 'approval-rejected' | 'approval-expired' | 'replaced';

export interface NewNotice {
  readonly kind: NoticeKind;
  readonly organisationCvr: string;
  readonly submissionId: number | null;
  readonly recipient: string;
  /** For `watch`: the Danish text; for `receipt`: whether receipts are still missing. */
  readonly detail: NoticeDetail | null;
}

export interface NoticeDetail {
  readonly subject?: string;
  readonly text?: string;
  readonly pending?: boolean;
  /** For `held`: when it goes (ISO 8601); null: not before it is approved. */
  readonly releaseAt?: string | null;
  /** Who approved, rejected or replaced it, and why. */
  readonly by?: string;
  readonly reason?: string;
  /** For `guard`: who did not get it, and whether others did. */
  readonly addresses?: readonly string[];
  readonly others?: 'sent' | 'later' | null;
  /** For `news`: ids of the notes, newest first, and the number of the sign-up. */
  readonly notes?: readonly string[];
  readonly subscriber?: number;
}

/** A notice claimed for sending, with its mail where there is one. */
export interface ClaimedNotice {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly organisationCvr: string;
  readonly recipient: string;
  readonly detail: NoticeDetail | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly submission: NoticeSubmission | null;
}

export interface NoticeSubmission {
  readonly id: number;
  readonly receivedAt: Date;
  readonly fromMailbox: string | null;
  readonly messageId: string | null;
  readonly subject: string | null;
  readonly recipients: readonly string[];
  readonly rawBlob: number;
  readonly rawBytes: number;
  readonly mass: boolean;
  readonly contentSha256: string | null;
  readonly problems: readonly Problem[];
  readonly letter: Letter | null;
}

interface NoticeRow extends Omit<ClaimedNotice, 'submission'> {
  readonly submissionId: number | null;
  readonly receivedAt: Date;
  readonly fromMailbox: string | null;
  readonly messageId: string | null;
  readonly subject: string | null;
  readonly recipients: readonly string[];
  readonly rawBlob: number;
  readonly rawBytes: number;
  readonly mass: boolean;
  readonly contentSha256: string | null;
  readonly problems: readonly Problem[] | null;
  readonly letter: Letter | null;
}

/** Queues a mail from the gateway, in the same transaction as the state that it tells of. */
export async function insertNotice(connection: Queryable, notice: NewNotice, now: Date): Promise<void> {
  await connection.query({
    name: 'insert-notice',
    text: `insert into notice (kind, organisation_cvr, submission_id, recipient, detail, created_at, due_at)
           values ($1, $2, $3, $4, $5, $6, $6)`,
    values: [
      notice.kind, notice.organisationCvr, notice.submissionId, notice.recipient,
      notice.detail && JSON.stringify(notice.detail), now,
    ],
  });
}

/** Whether a mail has been told of to that mailbox in a notice of this kind. */
export async function hasNotice(
  connection: Queryable,
  of: { readonly submissionId: number; readonly kind: NoticeKind; readonly recipient: string },
): Promise<boolean> {
  const { rowCount } = await connection.query({
    text: 'select 1 from notice where submission_id = $1 and kind = $2 and recipient = $3 limit 1',
    values: [of.submissionId, of.kind, of.recipient],
  });
  return (rowCount ?? 0) > 0;
}

/** Claims notices that are due, the oldest first; receipts to `digestMailboxes` wait to be gathered. */
export async function claimNotices(
  database: Queryable,
  claim: {
    readonly worker: string;
    readonly now: Date;
    readonly limit: number;
    readonly digestMailboxes: readonly string[];
  },
): Promise<readonly ClaimedNotice[]> {
  const { rows } = await database.query<NoticeRow>({
    name: 'claim-notices',
    text: `with claimed as (
             update notice set state = 'sending', worker = $1, attempts = attempts + 1
             where id in (select id from notice where state = 'waiting' and due_at <= $2
                            and not (kind = 'receipt' and recipient = any($4))
                          order by due_at limit $3 for update skip locked)
             returning *)
           select c.id, c.kind, c.organisation_cvr as "organisationCvr", c.recipient, c.detail, c.attempts,
             c.created_at as "createdAt", s.id as "submissionId", s.received_at as "receivedAt",
             s.from_mailbox as "fromMailbox", s.message_id as "messageId", s.subject, s.recipients,
             s.raw_blob as "rawBlob", s.raw_bytes as "rawBytes", s.mass, s.content_sha256 as "contentSha256",
             s.problems, s.letter
           from claimed c left join submission s on s.id = c.submission_id order by c.due_at, c.id`,
    values: [claim.worker, claim.now, claim.limit, claim.digestMailboxes],
  });
  return rows.map(noticeOf);
}

/** Ends a notice, and with a digest all that it gathered: sent, or refused for good by the mail server. */
export async function endNotice(
  database: Queryable,
  id: number,
  state: 'sent' | 'refused',
  errorMessage: string | null,
): Promise<void> {
  await database.query({
    name: 'end-notice',
    text: `update notice set state = $2, worker = null, error_message = $3
           where id = $1 or (digest_id = $1 and state = 'gathered')`,
    values: [id, state, errorMessage],
  });
}

/** Puts a claimed notice back, to be tried again at `dueAt`. */
export async function deferNotice(database: Queryable, id: number, dueAt: Date, errorMessage: string): Promise<void> {
  await database.query({
    name: 'defer-notice',
    text: `update notice set state = 'waiting', worker = null, due_at = $2, error_message = $3 where id = $1`,
    values: [id, dueAt, errorMessage],
  });
}

function noticeOf(row: NoticeRow): ClaimedNotice {
  const { id, kind, organisationCvr, recipient, detail, attempts, createdAt, submissionId, ...mail } = row;
  const submission = submissionId === null ? null : { ...mail, id: submissionId, problems: mail.problems ?? [] };
  return { id, kind, organisationCvr, recipient, detail, attempts, createdAt, submission };
}
