import type { ChannelId } from '../../domain/channel.ts';
import type { MeetingReservation } from '../../domain/meeting-reservation.ts';
import type { OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import type { MemoSender } from '../../domain/organisation.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Queryable } from './database.ts';

/** What the SMTP door hands over to be stored. */
export interface AcceptedMail {
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  /** CVR numbers of the organisations whose client certificate brought the mail; null where none is demanded. */
  readonly peerCvrs: readonly string[] | null;
  readonly rawBytes: number;
  readonly receivedAt: Date;
}

/** A mail claimed for conversion. */
export interface Submission {
  readonly id: number;
  readonly receivedAt: Date;
  readonly mailFrom: string;
  readonly recipients: readonly string[];
  readonly rawBlob: number;
  readonly rawBytes: number;
  readonly attempts: number;
}

/** A file of the letter, in a blob. */
export interface LetterFile {
  readonly blob: number;
  readonly bytes: number;
  readonly filename: string;
  readonly encodingFormat: string;
}

/** The letter of one recipient alone, and what else is only theirs; what is not told here the mail's letter tells. */
export interface OwnLetter extends LetterFile {
  /** The title, where it has the recipient's own words in it. */
  readonly label?: string;
  readonly caseId?: string;
  /** The system that the case number is of. */
  readonly caseSystem?: string;
}

/** What all messages of one mail have in common; with a delivery row it makes a MeMo, the same bytes each time. */
export interface Letter {
  readonly memoVersion: '1.1' | '1.2';
  readonly label: string;
  readonly createdAt: string;
  /** Null where each recipient has a letter of their own. */
  readonly main: LetterFile | null;
  readonly mainSha256: string | null;
  /** As whom the messages are sent, by the CVR number or contact point id in the address; fixed with the letter. */
  readonly senders: Readonly<Record<string, MemoSender>>;
  readonly attachments: readonly LetterFile[];
  /** Channels in which contact points are left out, so that the organisation's name stands as sender. */
  readonly contactPointsOff?: readonly ChannelId[];
  /** What the sender's receipt says beside what became of the message; Danish sentences. */
  readonly remarks?: readonly string[];
  /** Meetings that the recipient may put into a calendar: the message's actions (AFTALE). */
  readonly actions?: readonly MeetingReservation[];
  /** What the mail carries for the recipient's system, complete; null or absent: nothing. */
  readonly memoHeader?: OutboundMemoHeader | null;
}

/** What reading the mail told about it. */
export interface SubmissionFacts {
  readonly organisationCvr: string;
  readonly fromMailbox: string;
  readonly messageId: string | null;
  readonly subject: string;
  /** Who wrote it, where the mail tells; what is known already stands. */
  readonly writtenBy: string | null;
}

const COLUMNS = `id, received_at as "receivedAt", mail_from as "mailFrom", recipients,
  raw_blob as "rawBlob", raw_bytes as "rawBytes", attempts`;

/** Stores a mail of at most one chunk with its envelope in one statement, one commit; returns its id. */
export async function insertSmallSubmission(database: Queryable, mail: AcceptedMail, raw: Buffer): Promise<number> {
  const { rows } = await database.query<{ id: number }>({
    name: 'insert-small-submission',
    text: `with chunk as (
             insert into blob_chunk (blob_id, seq, data) values (nextval('blob_id'), 0, $1) returning blob_id
           )
           insert into submission (raw_blob, raw_bytes, mail_from, recipients, peer_cvr, received_at, due_at)
           select blob_id, $2, $3, $4, $5, $6, $6 from chunk returning id`,
    values: [raw, mail.rawBytes, mail.mailFrom, mail.recipients, mail.peerCvrs?.join(), mail.receivedAt],
  });
  return idOf(rows);
}

/** A mail of at most one chunk, with its bytes. */
export interface SmallMail {
  readonly mail: AcceptedMail;
  readonly raw: Buffer;
}

/**
 * Stores several small mails in one statement, one commit; returns their ids in the same order. Their bytes go as one
 * value and are cut apart here, for an array of bytes would travel as text.
 */
export async function insertSmallSubmissions(database: Queryable, mails: readonly SmallMail[]): Promise<readonly number[]> {
  const { rows } = await database.query<{ id: number; rawBlob: number }>({
    name: 'insert-small-submissions',
    text: `with mail as (
             select nextval('blob_id') as blob_id, m.* from
               (select *, (sum(bytes) over (order by n) - bytes)::int as before
                from unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) with ordinality
                  as given (bytes, mail_from, recipients, peer_cvr, received_at, n)) m
             order by n),
           chunk as (
             insert into blob_chunk (blob_id, seq, data) select blob_id, 0, substring($1::bytea from before + 1 for bytes) from mail
           )
           insert into submission (raw_blob, raw_bytes, mail_from, recipients, peer_cvr, received_at, due_at)
           select blob_id, bytes, mail_from, recipients::text[], peer_cvr, received_at, received_at from mail order by n
           returning id, raw_blob as "rawBlob"`,
    values: [
      Buffer.concat(mails.map(({ raw }) => raw)),
      mails.map(({ raw }) => raw.length),
      mails.map(({ mail }) => mail.mailFrom),
      mails.map(({ mail }) => arrayLiteral(mail.recipients)),
      mails.map(({ mail }) => mail.peerCvrs?.join() ?? null),
      mails.map(({ mail }) => mail.receivedAt),
    ],
  });
  // Blobs are numbered in the order of the mails, whatever the order in which rows come back.
  return [...rows].sort((a, b) => a.rawBlob - b.rawBlob).map(({ id }) => id);
}

/** A text array as PostgreSQL reads it from text. */
function arrayLiteral(texts: readonly string[]): string {
  return `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`;
}

/**
 * Stores the envelope and the last piece of a mail whose first pieces are stored as an upload, and takes the mark of
 * the upload away, in one statement. All WAL before this commit is on disk when it returns.
 */
export async function insertLargeSubmission(
  database: Queryable,
  mail: AcceptedMail,
  raw: { readonly blobId: number; readonly seq: number; readonly tail: readonly Uint8Array[] },
): Promise<number> {
  const id = await database.queryLarge({
    name: 'insert-large-submission',
    text: `with mark as (delete from upload where blob_id = $1 returning blob_id),
           chunk as (insert into blob_chunk (blob_id, seq, data) select blob_id, $2, $8 from mark returning blob_id)
           insert into submission (raw_blob, raw_bytes, mail_from, recipients, peer_cvr, received_at, due_at)
           select blob_id, $3, $4, $5, $6, $7, $7 from chunk returning id`,
    values: [
      String(raw.blobId), String(raw.seq), String(mail.rawBytes), mail.mailFrom, arrayLiteral(mail.recipients),
      mail.peerCvrs?.join() ?? null, mail.receivedAt.toISOString(),
    ],
    pieces: raw.tail,
  });
  if (id === null) throw new Error('an insert that returned nothing');
  return Number(id);
}

export interface SubmissionClaim {
  readonly worker: string;
  readonly now: Date;
  readonly limit: number;
  /** How many of them may be mass sends. */
  readonly massLimit: number;
  /** Mail domains of all organisations, in lower case; each has its turn. */
  readonly mailDomains: readonly string[];
}

/** A claimed mail; a mass send by its address, whatever is in it. */
export type ClaimedSubmission = Submission & { readonly isMassSend: boolean };

/**
 * Claims mails that wait to be converted. Mass sends, which may take minutes, are claimed beside the others, and no more of them
 * than there is room for, however many wait before a single letter. The domains that mails come from take turns, the one with the fewest being
 * read first, and chance decides between equals; each has its oldest first. So thousands of mails of one organisation
 * hold up nobody else's. The attempt is counted before the work starts.
 */
export async function claimSubmissions(database: Queryable, claim: SubmissionClaim): Promise<readonly ClaimedSubmission[]> {
  const { rows } = await database.query<ClaimedSubmission>({
    name: 'claim-submissions',
    text: `with being_read as (
             select ${DOMAIN} as domain, count(*) as mails from submission where state = 'converting' group by 1),
           due as (
             select s.id from unnest($4::text[]) d (domain) cross join lateral (
               (select id from submission where ${DUE_SINGLE} and ${DOMAIN} = d.domain order by due_at, id limit $3)
               union all
               (select id from submission where ${DUE_MASS} and ${DOMAIN} = d.domain order by due_at, id limit $5)) s
             union
             -- Whoever else mails come from: a bounce from nobody, an organisation that is set up no longer.
             (select id from submission where ${DUE_SINGLE} order by due_at limit $3)
             union
             (select id from submission where ${DUE_MASS} order by due_at limit $5)),
           turns as (
             select id, is_mass_send(recipients) as mass,
                    coalesce(r.mails, 0) + row_number() over (partition by ${DOMAIN} order by due_at, id) as turn
             from due join submission using (id) left join being_read r on r.domain = ${DOMAIN}),
           places as (select *, row_number() over (partition by mass order by turn, random()) as place from turns)
           update submission set state = 'converting', worker = $1, attempts = attempts + 1
           where id in (select s.id from submission s join places p using (id)
                        where s.state = 'accepted' and (not p.mass or p.place <= $5)
                        order by p.turn, random() limit $3 for update of s skip locked)
           returning ${COLUMNS}, is_mass_send(recipients) as "isMassSend"`,
    values: [claim.worker, claim.now, claim.limit, claim.mailDomains, claim.massLimit],
  });
  return rows;
}

// As in the index submission_waiting_of.
const DOMAIN = "lower(split_part(mail_from, '@', 2))";
const DUE_SINGLE = "state = 'accepted' and due_at <= $2 and not is_mass_send(recipients)";
// As in the index submission_waiting_mass.
const DUE_MASS = "state = 'accepted' and due_at <= $2 and is_mass_send(recipients)";

/** Puts a claimed mail back, to be tried again at `dueAt`; the try counts only when it may have been the mail's fault. */
export async function deferSubmission(
  database: Queryable,
  held: { readonly id: number; readonly worker: string },
  later: { readonly dueAt: Date; readonly counts: boolean },
): Promise<void> {
  await database.query({
    text: `update submission set state = 'accepted', worker = null, due_at = $3, attempts = attempts - $4
           where id = $1 and worker = $2 and state = 'converting'`,
    values: [held.id, held.worker, later.dueAt, later.counts ? 0 : 1],
  });
}

/** How the conversion of a mail ended. */
export interface SubmissionEnd {
  readonly state: 'expanded' | 'refused' | 'skipped' | 'parked';
  readonly facts: SubmissionFacts;
  readonly letter: Letter | null;
  readonly isMassSend: boolean;
  readonly problems: readonly Problem[];
  readonly openDeliveries: number;
  /** Recipients who never get it. */
  readonly failedDeliveries?: number;
}

/** Ends the conversion. Returns false when this process no longer held the mail: nothing may be written then. */
export async function endConversion(
  connection: Queryable,
  held: { readonly id: number; readonly worker: string },
  end: SubmissionEnd,
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: 'end-conversion',
    text: `update submission set state = $3, worker = null, organisation_cvr = $4, from_mailbox = $5, message_id = $6,
             subject = $7, letter = $8, problems = $9, open_deliveries = $10, deliveries = $10::int + $12::int, failed_deliveries = $12, mass = $11,
             written_by = coalesce(written_by, $13)
           where id = $1 and worker = $2 and state = 'converting'`,
    values: [
      held.id, held.worker, end.state, end.facts.organisationCvr, end.facts.fromMailbox,
      end.facts.messageId, end.facts.subject, end.letter && JSON.stringify(end.letter),
      JSON.stringify(end.problems), end.openDeliveries, end.isMassSend, end.failedDeliveries ?? 0,
      end.facts.writtenBy,
    ],
  });
  return rowCount === 1;
}

/**
 * Remembers that these hand-overs have been taken; returns the keys that had not been before. A second process with
 * the same mail waits here for the first.
 */
export async function takeHandovers(connection: Queryable, keys: readonly Buffer[], now: Date): Promise<readonly Buffer[]> {
  const sorted = [...keys].sort(Buffer.compare);
  const { rows } = await connection.query<{ key: Buffer }>({
    name: 'take-handovers',
    text: `insert into handover (key, taken_at) select unnest($1::bytea[]), $2 on conflict do nothing returning key`,
    values: [sorted, now],
  });
  return rows.map((row) => row.key);
}

/** Forgets hand-overs older than the memory; returns how many. */
export async function forgetHandovers(database: Queryable, before: Date): Promise<number> {
  const { rowCount } = await database.query({ text: 'delete from handover where taken_at < $1', values: [before] });
  return rowCount ?? 0;
}

function idOf(rows: readonly { readonly id: number }[]): number {
  const row = rows[0];
  if (!row) throw new Error('an insert that returned nothing');
  return row.id;
}
