import type { DeliveryChannel } from './deliveries.ts';
import type { Database, Queryable } from './database.ts';
import type { Letter, OwnLetter } from './submissions.ts';

/** A container claimed for hand-over, with what its messages have in common. */
export interface ClaimedContainer {
  readonly id: string;
  readonly submissionId: number;
  readonly channel: DeliveryChannel;
  readonly organisationCvr: string;
  readonly attempts: number;
  /** The answer to an earlier call was lost. */
  readonly mayHaveLeft: boolean;
  readonly letter: Letter;
  readonly receivedAt: Date;
}

/** One message in it that has not got anywhere yet. */
export interface ContainerMessage {
  readonly address: string;
  readonly messageUuid: string;
  readonly ownMain: OwnLetter | null;
}

/** Writes the containers of one mass send, due when its deliveries are. */
export async function insertContainers(
  connection: Queryable,
  of: { readonly submissionId: number; readonly channel: DeliveryChannel; readonly organisationCvr: string; readonly dueAt: Date | 'infinity' },
  containers: readonly { readonly id: string; readonly messages: number }[],
): Promise<void> {
  await connection.query({
    text: `insert into container (submission_id, channel, organisation_cvr, due_at, id, messages)
           select $1, $2, $3, $4, * from unnest($5::uuid[], $6::int[])`,
    values: [
      of.submissionId, of.channel, of.organisationCvr, of.dueAt,
      containers.map(({ id }) => id), containers.map(({ messages }) => messages),
    ],
  });
}

/**
 * Claims containers that are due, their messages durably `sending` before the call. Organisations take turns: the one
 * with the fewest under way comes first, and chance decides between equals.
 */
export async function claimContainers(
  database: Queryable,
  claim: { readonly worker: string; readonly channel: DeliveryChannel; readonly now: Date; readonly limit: number },
): Promise<readonly ClaimedContainer[]> {
  const { rows } = await database.query<ClaimedContainer>({
    name: 'claim-containers',
    text: `with under_way as (
             select organisation_cvr, count(*) as containers from container where status = 'sending' group by 1),
           due as (
             select c.id, c.due_at, c.status = 'unknown' as may_have_left, row_number() over (partition by c.organisation_cvr order by c.due_at, c.id)
               + coalesce(u.containers, 0) as turn
             from container c left join under_way u using (organisation_cvr)
             where c.channel = $2 and c.status in ('waiting', 'unknown') and c.due_at <= $3),
           claimed as (
             update container set status = 'sending', worker = $1, attempts = attempts + 1
             where id in (select c.id from container c join due using (id) where c.status in ('waiting', 'unknown') and c.due_at <= $3
                          order by due.turn, random() limit $4 for update of c skip locked)
             returning *),
           messages as (
             update delivery d set status = 'sending', attempts = d.attempts + 1
             from claimed c where d.container = c.id and d.status in ('waiting', 'unknown'))
           select c.id, c.submission_id as "submissionId", c.channel, c.organisation_cvr as "organisationCvr", c.attempts,
             due.may_have_left as "mayHaveLeft", s.letter, s.received_at as "receivedAt"
           from claimed c join due on due.id = c.id join submission s on s.id = c.submission_id`,
    values: [claim.worker, claim.channel, claim.now, claim.limit],
  });
  return rows;
}

/** The messages of a claimed container that have not been taken yet, in the order of the list. */
export async function messagesInContainer(database: Queryable, id: string): Promise<readonly ContainerMessage[]> {
  const { rows } = await database.query<ContainerMessage>({
    name: 'messages-in-container',
    text: `select address, message_uuid as "messageUuid", own_main as "ownMain"
           from delivery where container = $1 and status = 'sending' order by position`,
    values: [id],
  });
  return rows;
}

/** What became of a container's hand-over. */
export interface ContainerEnd {
  /** `broken-up`: its messages go one by one, for one of them may be at fault. */
  readonly outcome: 'delivered' | 'retry' | 'unknown' | 'broken-up';
  /** The answer to an earlier call was lost: its messages may be there already. */
  readonly mayHaveLeft: boolean;
  readonly now: Date;
  /** When it is tried again. */
  readonly retryAt: Date;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

// Neither worker nor due time is theirs: those of their container count.
const MESSAGES_AFTER = {
  delivered: `set status = 'handed-over', handed_over_at = $3, error_code = null, error_message = null`,
  retry: `set status = 'waiting', error_code = $4, error_message = $5`,
  unknown: `set status = 'unknown', error_code = $4, error_message = $5`,
  // One by one, and at once; but of a mail that was stopped meanwhile none begins.
  'broken-up': `set status = case when may_have_left then 'unknown' else 'waiting' end, container = null, error_code = $4, error_message = $5,
    due_at = case when exists (select 1 from submission s where s.id = delivery.submission_id and s.stopped_at is not null)
      then 'infinity' else $3 end`,
} as const;

/**
 * Writes what became of a claimed container and of all messages in it that are still under way, in one transaction;
 * returns how many messages that were. When another process has taken it over meanwhile, only what is certain counts.
 */
export async function endContainer(
  database: Database,
  { id, worker }: { readonly id: string; readonly worker: string },
  end: ContainerEnd,
): Promise<number> {
  const status = end.outcome === 'retry' ? 'waiting' : end.outcome === 'unknown' ? 'unknown' : 'done';
  return await database.transaction(async (connection) => {
    // The container first, as a stop locks them.
    const held = await connection.query({
      name: 'end-container',
      text: `update container set status = $2, worker = null, due_at = $3
             where id = $1 and (worker = $4 or $2 = 'done' and status <> 'done')`,
      values: [id, status, end.retryAt, worker],
    });
    if (held.rowCount === 0) return 0;
    const { rowCount } = await connection.query({
      name: `end-container-messages-${end.outcome}`,
      text: `with given as (select $1::uuid as id, $2::timestamptz, $3::timestamptz, $4::text, $5::text, $6::boolean as may_have_left)
             update delivery ${MESSAGES_AFTER[end.outcome]} from given
             where container = given.id and status = 'sending'`,
      values: [id, end.retryAt, end.now, end.errorCode, end.errorMessage, end.mayHaveLeft],
    });
    return rowCount ?? 0;
  });
}

/**
 * Ends the containers of stopped mails in which nothing is open any more: one whose answer was lost is never claimed again,
 * and its messages end by receipts or by age, each for itself. Not in their transactions, for containers are locked first.
 */
export async function endStoppedContainers(database: Queryable): Promise<void> {
  await database.query({
    name: 'end-stopped-containers',
    text: `update container set status = 'done' where id in (
             select c.id from container c join submission s on s.id = c.submission_id
             where c.status in ('waiting', 'unknown') and s.stopped_at is not null
               and not exists (select 1 from delivery d where d.container = c.id and d.status in ('waiting', 'sending', 'unknown'))
             order by c.id for update of c skip locked)`,
  });
}
