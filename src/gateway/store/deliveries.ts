import type { DeliveryStatus } from '../../domain/delivery-status.ts';
import type { ChannelId } from '../../domain/channel.ts';
import type { DueAt } from './holds.ts';
import type { Letter, OwnLetter } from './submissions.ts';
import type { Queryable } from './database.ts';

/** How a recipient is reached: a channel of Digital Post, or ordinary mail. */
export type DeliveryChannel = ChannelId | 'mail';

/** A delivery to be written when a mail is expanded. */
export interface NewDelivery {
  readonly position: number;
  readonly channel: DeliveryChannel;
  readonly address: string;
  /** Stands in To or Cc; a recipient who does not is Bcc and stays hidden. */
  readonly namedInHeader: boolean;
  readonly recipientKey: string | null;
  /** As the mail names a recipient of Digital Post; null where it does not, and for ordinary mail. */
  readonly recipientName: string | null;
  readonly messageUuid: string | null;
  readonly bulk: boolean;
  /** The letter of this recipient alone, where each has one. */
  readonly ownMain: OwnLetter | null;
  /** The container it is handed over in; null when it goes by itself. */
  readonly container: string | null;
  /** Why it never goes; absent or null: it does. */
  readonly refusal?: { readonly errorCode: string; readonly errorMessage: string; readonly at: Date } | null;
}

/** Deliveries of a mass send that go in one container, or one by one. */
export interface MassBatch {
  readonly container: string | null;
  /** What stands after the @ in each address. */
  readonly mailDomain: string;
  /** Physical lines of the list, and the numbers that stand there. */
  readonly lines: readonly number[];
  readonly numbers: readonly string[];
  /** The letters of these recipients alone; null when all get the same. */
  readonly ownMains: readonly (OwnLetter | null)[] | null;
}

/** A delivery claimed for hand-over, with what its mail has in common for all. */
export interface ClaimedDelivery {
  readonly id: number;
  readonly submissionId: number;
  readonly channel: DeliveryChannel;
  readonly address: string;
  readonly organisationCvr: string;
  readonly messageUuid: string | null;
  readonly bulk: boolean;
  readonly attempts: number;
  /** The answer to an earlier call was lost. */
  readonly mayHaveLeft: boolean;
  readonly letter: Letter | null;
  readonly ownMain: OwnLetter | null;
  readonly fromMailbox: string;
  readonly mailFrom: string;
  readonly rawBlob: number;
  readonly rawBytes: number;
  readonly receivedAt: Date;
}

/** A delivery as a receipt mail tells of it. */
export interface DeliveryRow {
  readonly position: number;
  readonly channel: DeliveryChannel;
  readonly address: string;
  readonly namedInHeader: boolean;
  readonly messageUuid: string | null;
  readonly status: DeliveryStatus;
  readonly handedOverAt: Date | null;
  readonly settledAt: Date | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

export interface DeliveryClaim {
  readonly worker: string;
  readonly channel: DeliveryChannel;
  readonly now: Date;
  readonly limit: number;
  /** Only deliveries of mails to few recipients: slots that a bulk send may not fill. */
  readonly singleOnly: boolean;
  /** Every organisation that may have something to send, by each of its CVR numbers. */
  readonly organisationCvrs: readonly string[];
}

/** Writes the deliveries of one mail in one statement. */
export async function insertDeliveries(
  connection: Queryable,
  of: { readonly submissionId: number; readonly organisationCvr: string; readonly dueAt: Date | 'infinity' },
  deliveries: readonly NewDelivery[],
): Promise<void> {
  await connection.query({
    name: 'insert-deliveries',
    text: `insert into delivery (submission_id, organisation_cvr, due_at, position, channel, address, named_in_header,
             recipient_key, message_uuid, bulk, own_main, container, status, error_code, error_message, settled_at, recipient_name)
           select $1, $2, $3, *
           from unnest($4::int[], $5::text[], $6::text[], $7::bool[], $8::text[], $9::uuid[], $10::bool[], $11::jsonb[], $12::uuid[],
             $13::text[], $14::text[], $15::text[], $16::timestamptz[], $17::text[])`,
    values: [
      of.submissionId, of.organisationCvr, of.dueAt,
      deliveries.map((d) => d.position), deliveries.map((d) => d.channel), deliveries.map((d) => d.address),
      deliveries.map((d) => d.namedInHeader), deliveries.map((d) => d.recipientKey),
      deliveries.map((d) => d.messageUuid), deliveries.map((d) => d.bulk),
      deliveries.map((d) => d.ownMain && JSON.stringify(d.ownMain)), deliveries.map((d) => d.container),
      deliveries.map((d) => (d.refusal ? 'refused' : 'waiting')), deliveries.map((d) => d.refusal?.errorCode ?? null),
      deliveries.map((d) => d.refusal?.errorMessage ?? null), deliveries.map((d) => d.refusal?.at ?? null),
      deliveries.map((d) => d.recipientName),
    ],
  });
}

/** Writes a batch of a mass send; what all have in common is sent once, and PostgreSQL makes the UUIDs (version 4). */
export async function insertMassDeliveries(
  connection: Queryable,
  of: { readonly submissionId: number; readonly organisationCvr: string; readonly dueAt: DueAt },
  { container, mailDomain, lines, numbers, ownMains }: MassBatch,
): Promise<void> {
  await connection.query({
    name: 'insert-mass-deliveries',
    text: `insert into delivery (submission_id, organisation_cvr, due_at, container, position, channel, address,
             named_in_header, recipient_key, message_uuid, bulk, own_main)
           select $1, $2, $3, $4, line, 'ngdp', number || '@' || $5, true, number, gen_random_uuid(), true, own_main
           from unnest($6::int[], $7::text[], $8::jsonb[]) as given (line, number, own_main)`,
    values: [
      of.submissionId, of.organisationCvr, of.dueAt, container, mailDomain, lines, numbers,
      ownMains?.map((file) => file && JSON.stringify(file)) ?? null,
    ],
  });
}

/**
 * Claims deliveries that are due, durably `sending` before the first call (design.md, "Exactly once"). Organisations
 * take turns, the one with the fewest under way first, and chance decides between equals; each sends its mails to few
 * recipients before its bulk. So thousands of letters of one do not hold up the small mass send of another. A
 * recipient's earlier message from the same organisation, as long as it is under way, comes before the later one, but
 * bulk holds up bulk alone, and what is held for later holds up nothing. Nor does another organisation's trouble.
 */
export async function claimDeliveries(database: Queryable, claim: DeliveryClaim): Promise<readonly ClaimedDelivery[]> {
  const { rows } = await database.query<ClaimedDelivery>({
    name: 'claim-deliveries',
    text: `with under_way as (
             select organisation_cvr, count(*) as messages from delivery
             where under_way and channel = $2 group by 1),
           due as (
             select d.id, d.bulk, d.due_at, d.status = 'unknown' as may_have_left, coalesce(u.messages, 0)
               + row_number() over (partition by d.organisation_cvr order by d.bulk, d.due_at, d.id) as turn
             from unnest($6::text[]) o (cvr)
             cross join unnest(case when $5 then array[false] else array[false, true] end) b (bulk)
             cross join lateral (
               select d.id, d.bulk, d.due_at, d.status, d.organisation_cvr from delivery d
               where d.channel = $2 and d.bulk = b.bulk and d.organisation_cvr = o.cvr
                 and d.queued and d.due_at <= $3
                 and (d.recipient_key is null or not exists (
                   select 1 from delivery e
                   where e.channel = d.channel and e.recipient_key = d.recipient_key
                     and (e.submission_id, e.id) < (d.submission_id, d.id)
                     and e.organisation_cvr = d.organisation_cvr and (e.queued or e.under_way)
                     and (d.bulk or not e.bulk) and e.due_at < 'infinity' and (e.attempts > 0 or e.due_at <= $3)))
                 and (d.recipient_key is null or not exists (
                   select 1 from submission p join submission s on s.id = d.submission_id
                   where p.state in ('accepted', 'converting') and p.id < d.submission_id
                     and recipient_numbers(p.recipients) @> array[d.recipient_key]
                     and lower(split_part(p.mail_from, '@', 2)) = lower(split_part(s.mail_from, '@', 2))))
               order by d.due_at, d.id limit $4) d
             left join under_way u on u.organisation_cvr = d.organisation_cvr),
           claimed as (
             update delivery set status = 'sending', worker = $1, attempts = attempts + 1
             where id in (select d.id from delivery d join due using (id) where d.queued and d.due_at <= $3
                          order by due.turn, random() limit $4 for update of d skip locked)
             returning *)
           select c.id, c.submission_id as "submissionId", c.channel, c.address, c.organisation_cvr as "organisationCvr",
             c.message_uuid as "messageUuid", c.bulk, c.attempts, due.may_have_left as "mayHaveLeft", c.own_main as "ownMain", s.letter,
             s.from_mailbox as "fromMailbox", s.mail_from as "mailFrom", s.raw_blob as "rawBlob", s.raw_bytes as "rawBytes",
             s.received_at as "receivedAt"
           from claimed c join due on due.id = c.id join submission s on s.id = c.submission_id order by c.bulk, c.due_at, c.id`,
    values: [claim.worker, claim.channel, claim.now, claim.limit, claim.singleOnly, claim.organisationCvrs],
  });
  return rows;
}

/** A delivery's status, locked until the transaction ends. */
export interface LockedDelivery {
  readonly id: number;
  readonly submissionId: number;
  readonly status: DeliveryStatus;
  readonly worker: string | null;
}

const LOCKED = 'select id, submission_id as "submissionId", status, worker from delivery';

/** Locks a delivery by its own id. */
export async function lockDelivery(connection: Queryable, id: number): Promise<LockedDelivery | null> {
  const { rows } = await connection.query<LockedDelivery>({
    name: 'lock-delivery',
    text: `${LOCKED} where id = $1 for update`,
    values: [id],
  });
  return rows[0] ?? null;
}

/** A locked delivery, found by its message. */
export interface DeliveryOfMessage extends LockedDelivery {
  readonly messageUuid: string;
  readonly channel: DeliveryChannel;
}

/** Locks the deliveries of messages, in the order of their ids; those of ids that are not ours are left out. */
export async function lockDeliveriesOfMessages(connection: Queryable, messageUuids: readonly string[]): Promise<readonly DeliveryOfMessage[]> {
  const { rows } = await connection.query<DeliveryOfMessage>({
    name: 'lock-deliveries-of-messages',
    text: `select id, submission_id as "submissionId", status, worker, message_uuid as "messageUuid", channel
           from delivery where message_uuid = any($1) order by id for update`,
    values: [messageUuids],
  });
  return rows;
}

/** What changes with a delivery's status. */
export interface DeliveryChange {
  readonly status: DeliveryStatus;
  /** When it is tried again, infinity for never; null when it waits for nobody. */
  readonly dueAt: DueAt | null;
  readonly handedOverAt: Date | null;
  readonly settledAt: Date | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** Of the message as it left; null leaves what stands there. */
  readonly messageSha256: Buffer | null;
}

/** Writes a delivery's new status; the caller holds its lock. */
export async function changeDelivery(connection: Queryable, id: number, change: DeliveryChange): Promise<void> {
  await connection.query({
    name: 'change-delivery',
    text: `update delivery set status = $2, worker = null, due_at = coalesce($3, due_at),
             handed_over_at = coalesce(handed_over_at, $4), settled_at = coalesce($5, settled_at),
             error_code = $6, error_message = $7, message_sha256 = coalesce($8, message_sha256)
           where id = $1`,
    values: [
      id, change.status, change.dueAt, change.handedOverAt, change.settledAt, change.errorCode, change.errorMessage,
      change.messageSha256,
    ],
  });
}

/** Writes the checksum alone of a message as it left; the caller holds the delivery's lock. */
export async function keepMessageSha256(connection: Queryable, id: number, sha256: Buffer): Promise<void> {
  await connection.query({
    name: 'keep-message-sha256',
    text: 'update delivery set message_sha256 = $2 where id = $1',
    values: [id, sha256],
  });
}

/** Writes the new status of many deliveries that nothing waits for; the caller holds their locks. */
export async function changeDeliveries(
  connection: Queryable,
  changes: readonly (Omit<DeliveryChange, 'dueAt' | 'messageSha256'> & { readonly id: number })[],
): Promise<void> {
  await connection.query({
    name: 'change-deliveries',
    text: `update delivery d set status = c.status, worker = null, handed_over_at = coalesce(d.handed_over_at, c.handed_over_at),
             settled_at = coalesce(c.settled_at, d.settled_at), error_code = c.error_code, error_message = c.error_message
           from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[])
             as c (id, status, handed_over_at, settled_at, error_code, error_message)
           where d.id = c.id`,
    values: [
      changes.map(({ id }) => id), changes.map(({ status }) => status), changes.map(({ handedOverAt }) => handedOverAt),
      changes.map(({ settledAt }) => settledAt), changes.map(({ errorCode }) => errorCode),
      changes.map(({ errorMessage }) => errorMessage),
    ],
  });
}

/** Deliveries that have waited longer than the time after which they are given up. */
export async function overdueDeliveries(database: Queryable, receivedBefore: Date, limit: number): Promise<readonly number[]> {
  const { rows } = await database.query<{ id: number }>({
    // By the indexes of what is open: an old mass send that misses one receipt must not be read again and again.
    text: `with overdue as (
             select id from submission where state = 'expanded' and open_deliveries > 0 and received_at < $1
               and (release_at is null or release_at < $1))
           (select d.id from overdue s join delivery d on d.submission_id = s.id where d.queued limit $2)
           union all
           (select d.id from overdue s join container c on c.submission_id = s.id join delivery d on d.container = c.id
            where c.status <> 'done' and d.status in ('waiting', 'unknown') limit $2)`,
    values: [receivedBefore, limit],
  });
  return rows.map((row) => row.id);
}
