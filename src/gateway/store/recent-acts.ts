import type { Queryable } from './database.ts';

/** Whose acts of which sorts are counted, and since when. */
export interface RecentActs {
  readonly actor: string;
  readonly actions: readonly string[];
  readonly since: Date;
}

/** What the audit calls an act that was refused because the limit was reached. */
export const LIMIT_OUTCOME = 'limit';
/** What it calls an act whose caller went away before a register had answered. */
export const CANCELLED_OUTCOME = 'cancelled';
/** What it calls a number that the register does not know. */
export const NOT_FOUND_OUTCOME = 'not-found';

/** Such acts told nobody anything: they count towards no limit. */
const UNCOUNTED: readonly string[] = [LIMIT_OUTCOME, CANCELLED_OUTCOME];

/**
 * When the act at `place` was done, counted back from the newest, which is 0; null when there are not so many. With a limit
 * of n in a time, place n-1 tells whether it is reached, and when it will be so no longer.
 */
export async function timeOfAct(database: Queryable, { actor, actions, since, place }: RecentActs & { readonly place: number }): Promise<Date | null> {
  const { rows } = await database.query<{ at: Date }>({
    name: 'time-of-act',
    text: `select at from audit where actor = $1 and at >= $2 and action = any($3) and outcome <> all($4)
           order by at desc offset $5 limit 1`,
    values: [actor, since, actions, UNCOUNTED, place],
  });
  return rows[0]?.at ?? null;
}

/** How many numbers that the register does not know an actor has asked about; one that was asked about again counts once. */
export async function countUnknownSubjects(database: Queryable, { actor, actions, since }: RecentActs): Promise<number> {
  const { rows } = await database.query<{ count: number }>({
    name: 'count-unknown-subjects',
    text: `select count(distinct subject_hash) as count from audit
           where actor = $1 and at >= $2 and action = any($3) and outcome = $4`,
    values: [actor, since, actions, NOT_FOUND_OUTCOME],
  });
  return rows[0]?.count ?? 0;
}
