import type { Queryable } from './database.ts';

/** Whose acts of which sorts are counted, and since when. */
export interface RecentActs {
  readonly actor: string;
  readonly actions: readonly string[];
  readonly since: Date;
}

/** What the audit calls an act that was refused because the limit was reached: such acts do not count towards it. */
export const LIMIT_OUTCOME = 'limit';

/**
 * When the act at `place` was done, counted back from the newest, which is 0; null when there are not so many. With a limit
 * of n in a time, place n-1 tells whether it is reached, and when it will be so no longer.
 */
export async function timeOfAct(database: Queryable, { actor, actions, since, place }: RecentActs & { readonly place: number }): Promise<Date | null> {
  const { rows } = await database.query<{ at: Date }>({
    name: 'time-of-act',
    text: `select at from audit where actor = $1 and at >= $2 and action = any($3) and outcome <> $4
           order by at desc offset $5 limit 1`,
    values: [actor, since, actions, LIMIT_OUTCOME, place],
  });
  return rows[0]?.at ?? null;
}
