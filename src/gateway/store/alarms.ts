import type { Queryable } from './database.ts';

/** Notes that an alarm is raised; false when the same was raised since `quietSince`. */
export async function noteAlarm(
  connection: Queryable,
  { key, now, quietSince }: { readonly key: string; readonly now: Date; readonly quietSince: Date },
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: 'note-alarm',
    text: `insert into alarm (key, raised_at) values ($1, $2)
           on conflict (key) do update set raised_at = excluded.raised_at where alarm.raised_at < $3`,
    values: [key, now, quietSince],
  });
  return (rowCount ?? 0) > 0;
}
