import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { Queryable } from './database.ts';
import type { SecretKeys } from './secret-keys.ts';

/** Who did something: a person by object id, a program by client id, or the gateway itself. */
export interface AuditActor {
  readonly kind: 'person' | 'program' | 'gateway';
  readonly id: string;
  /** As people know the actor: a mail address, a client id. */
  readonly name: string;
  /** The Entra tenant of a person. */
  readonly tenant: string | null;
  readonly organisationCvr: string;
}

/** One thing that was done. */
export interface AuditAct {
  readonly action: string;
  readonly outcome: string;
  /** A CPR or CVR number; stored as a keyed hash and sealed. */
  readonly subject: string | null;
  readonly purpose: string | null;
  readonly mailbox: string | null;
  /** What it was done to, e.g. "s123". */
  readonly reference: string | null;
}

/** A row as it is read back; the number in clear, for the one who may read it. */
export interface AuditRow extends AuditAct {
  readonly id: number;
  readonly at: Date;
  readonly actorKind: AuditActor['kind'];
  readonly actorName: string;
}

const SUBJECT = 'audit-subject';

/** Adds a row for each act; what is told of an act must wait until this has returned. Rows of one call are one statement. */
export async function insertAudit(
  connection: Queryable,
  keys: SecretKeys,
  entry: { readonly actor: AuditActor; readonly at: Date; readonly acts: readonly AuditAct[] },
): Promise<void> {
  const { actor, at, acts } = entry;
  if (acts.length === 0) return;
  await connection.query({
    name: 'insert-audit',
    text: `insert into audit (at, organisation_cvr, tenant, actor_kind, actor, actor_name,
             mailbox, action, subject_hash, subject_sealed, purpose, outcome, reference)
           select $1, $2, $3, $4, $5, $6, * from unnest($7::text[], $8::text[], $9::bytea[], $10::bytea[], $11::text[], $12::text[], $13::text[])`,
    values: [
      at, actor.organisationCvr, actor.tenant, actor.kind, actor.id, actor.name,
      acts.map(({ mailbox }) => mailbox),
      acts.map(({ action }) => action),
      acts.map(({ subject }) => subject && keys.hash(SUBJECT, subject)),
      acts.map(({ subject }) => subject && keys.seal(SUBJECT, subject)),
      // People write what they like in it; whom it is about stands sealed beside it.
      acts.map(({ purpose }) => purpose && maskCprNumbersIn(purpose)),
      acts.map(({ outcome }) => outcome),
      acts.map(({ reference }) => reference),
    ],
  });
}

export interface AuditSearch {
  readonly organisationCvrs: readonly string[];
  readonly subject: string | null;
  readonly actorName: string | null;
  readonly action: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  /** Only earlier rows than this id: the newest come first. */
  readonly before: number | null;
  readonly limit: number;
}

interface StoredRow extends Omit<AuditRow, 'subject'> {
  readonly sealed: Buffer | null;
}

/** An organisation's rows, newest first. A number is found under every key that the file still has. */
export async function searchAudit(database: Queryable, keys: SecretKeys, search: AuditSearch): Promise<readonly AuditRow[]> {
  const { rows } = await database.query<StoredRow>({
    text: `select id, at, actor_kind as "actorKind", actor_name as "actorName", mailbox, action, subject_sealed as sealed,
             purpose, outcome, reference
           from audit
           where organisation_cvr = any($1) and ($2::bytea[] is null or subject_hash = any($2))
             and ($3::text is null or lower(actor_name) = lower($3)) and ($4::text is null or action = $4)
             and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or at < $6)
             and ($7::bigint is null or id < $7)
           order by id desc limit $8`,
    values: [
      search.organisationCvrs,
      search.subject === null ? null : keys.hashes(SUBJECT, search.subject),
      search.actorName, search.action, search.from, search.to, search.before, search.limit,
    ],
  });
  return rows.map(({ sealed, ...row }) => ({ ...row, subject: sealed && keys.unseal(SUBJECT, sealed) }));
}

/** Takes away what is older than it may be kept, a batch at a time; the number taken. */
export async function forgetAudit(connection: Queryable, before: Date, batch: number): Promise<number> {
  await connection.query({ text: `select set_config('postbro.audit_retention', 'on', true)` });
  const { rowCount } = await connection.query({
    text: 'delete from audit where id in (select id from audit where at < $1 order by at limit $2)',
    values: [before, batch],
  });
  return rowCount ?? 0;
}
