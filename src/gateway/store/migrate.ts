import { readdirSync, readFileSync } from 'node:fs';
import type { Database } from './database.ts';

const FOLDER = new URL('./migrations/', import.meta.url);
// Any number will do, as long as every version of the program uses the same.
const MIGRATION_LOCK = 7_041_001;

/**
 * Brings the schema `postbro` to this version: runs each numbered file of `migrations/` once, in order, all of them in
 * one transaction. Several processes may call it at once; the second waits for the first. Throws when the database
 * holds migrations that this version does not know.
 */
export async function migrate(database: Database): Promise<void> {
  await database.transaction(async (connection) => {
    await connection.query({ text: 'select pg_advisory_xact_lock($1)', values: [MIGRATION_LOCK] });
    await connection.query({ text: 'create schema if not exists postbro' });
    await connection.query({
      text: 'create table if not exists migration (name text primary key, run_at timestamptz not null default now())',
    });
    const files = readdirSync(FOLDER).filter((name) => name.endsWith('.sql')).sort();
    const { rows } = await connection.query<{ name: string }>({ text: 'select name from migration' });
    const done = new Set(rows.map((row) => row.name));
    const unknown = [...done].filter((name) => !files.includes(name));
    if (unknown.length > 0) throw new Error(`the database is newer than this program: ${unknown.join(', ')}`);
    for (const name of files.filter((file) => !done.has(file))) {
      await connection.query({ text: readFileSync(new URL(name, FOLDER), 'utf8') });
      await connection.query({ text: 'insert into migration (name) values ($1)', values: [name] });
    }
  });
}
