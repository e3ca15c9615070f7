import type { Queryable } from './database.ts';

/** The draft that an approval is for: of which mailbox, under the add-in's own id. */
export interface GuardedDraft {
  readonly organisationCvr: string;
  readonly mailbox: string;
  readonly draft: string;
}

export interface GuardApproval extends GuardedDraft {
  readonly id: number;
  readonly addresses: readonly string[];
  readonly expiresAt: Date;
  readonly withdrawnAt: Date | null;
  /** The one mail that was sent with it. */
  readonly usedBy: Buffer | null;
}

export interface NewGuardApproval extends GuardedDraft {
  readonly addresses: readonly string[];
  /** Who approves: tenant and object id. */
  readonly by: string;
  readonly now: Date;
  readonly expiresAt: Date;
}

/** Writes an approval; returns its id. */
export async function insertGuardApproval(connection: Queryable, approval: NewGuardApproval): Promise<number> {
  const { rows } = await connection.query<{ id: number }>({
    text: `insert into guard_approval (organisation_cvr, mailbox, draft, addresses, approved_by, created_at, expires_at)
           values ($1, $2, $3, $4, $5, $6, $7) returning id`,
    values: [
      approval.organisationCvr, approval.mailbox, approval.draft, approval.addresses, approval.by, approval.now, approval.expiresAt,
    ],
  });
  return rows[0]?.id ?? 0;
}

/** Approvals by their ids; those that are not there (any more) are left out. */
export async function guardApprovals(database: Queryable, ids: readonly number[]): Promise<readonly GuardApproval[]> {
  const { rows } = await database.query<GuardApproval>({
    name: 'guard-approvals',
    text: `select id, organisation_cvr as "organisationCvr", mailbox, draft, addresses, expires_at as "expiresAt",
             withdrawn_at as "withdrawnAt", used_by as "usedBy"
           from guard_approval where id = any($1)`,
    values: [ids],
  });
  return rows;
}

/**
 * Ties every approval of a draft to the one mail that is sent with it; a second mail waits here for the first. Returns the
 * ids of those that are this mail's now.
 */
export async function useGuardApprovals(
  connection: Queryable,
  { organisationCvr, mailbox, draft }: GuardedDraft,
  use: { readonly mail: Buffer; readonly now: Date },
): Promise<readonly number[]> {
  const { rows } = await connection.query<{ id: number }>({
    name: 'use-guard-approvals',
    text: `update guard_approval set used_by = $4, used_at = coalesce(used_at, $5)
           where organisation_cvr = $1 and mailbox = $2 and draft = $3 and withdrawn_at is null and (used_by is null or used_by = $4)
           returning id`,
    values: [organisationCvr, mailbox, draft, use.mail, use.now],
  });
  return rows.map(({ id }) => id);
}

/** Takes an approval back that no mail was sent with; false when there was nothing to take back. */
export async function withdrawGuardApproval(connection: Queryable, id: number, now: Date): Promise<boolean> {
  const { rowCount } = await connection.query({
    text: 'update guard_approval set withdrawn_at = $2 where id = $1 and withdrawn_at is null and used_by is null and expires_at > $2',
    values: [id, now],
  });
  return rowCount === 1;
}
