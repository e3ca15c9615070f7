import { randomBytes } from 'node:crypto';
import type { Queryable } from './database.ts';

const KEY_BYTES = 32;

/** The key of this name that all gateway processes share, 32 random bytes; the first to ask makes it. */
export async function sharedKey(database: Queryable, name: string): Promise<Buffer> {
  const known = await storedKey(database, name);
  if (known) return known;
  await database.query({
    text: 'insert into shared_key (name, value) values ($1, $2) on conflict do nothing',
    values: [name, randomBytes(KEY_BYTES)],
  });
  const made = await storedKey(database, name);
  if (!made) throw new Error(`no shared key ${name}`);
  return made;
}

async function storedKey(database: Queryable, name: string): Promise<Buffer | null> {
  const { rows } = await database.query<{ value: Buffer }>({
    name: 'shared-key',
    text: 'select value from shared_key where name = $1',
    values: [name],
  });
  return rows[0]?.value ?? null;
}
