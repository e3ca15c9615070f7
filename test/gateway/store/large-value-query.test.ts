import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { openDatabase, type Database } from '../../../src/gateway/store/database.ts';
import type { RunningPostgres } from '../../../src/sandbox/postgres.ts';
import { startTestPostgres } from '../../sandbox/test-postgres.ts';
import { keptLog, removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';

describe('a statement with a large value', () => {
  let folder: string;
  let postgres: RunningPostgres;
  let database: Database;
  before(async () => {
    folder = await temporaryFolder();
    postgres = await startTestPostgres({ dataDir: folder, log: keptLog() });
    database = openDatabase(postgres.url, { connectionsMax: 1, timeoutMs: 20_000, urgentTimeoutMs: 20_000 }, () => undefined);
  });
  after(async () => {
    await database.close();
    await postgres.stop();
    await removeFolder(folder);
  });

  const echo = (values: readonly (string | null)[], pieces: readonly Uint8Array[], on: Pick<Database, 'queryLarge'> = database) =>
    on.queryLarge({
      name: 'echo',
      text: `select concat_ws('|', coalesce($1::text, 'null'), $2::int, length($3::bytea), md5($3::bytea))`,
      values,
      pieces,
    });
  const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest('hex');

  it('reaches PostgreSQL whole, whatever its pieces, again and again on one connection', async () => {
    for (const sizes of [[], [0], [1], [1_000_000], [3, 0, 70_000, 1], Array.from({ length: 300 }, (_, n) => n)]) {
      const pieces = sizes.map((size) => randomBytes(size));
      const whole = Buffer.concat(pieces);
      assert.equal(await echo(['æ"\\', '7'], pieces), `æ"\\|7|${whole.length}|${md5(whole)}`);
    }
  });

  it('takes a null beside it, and gives null for no row', async () => {
    assert.match((await echo([null, '1'], [Buffer.from('x')])) ?? '', /^null\|1\|1\|/);
    assert.equal(await database.queryLarge({ name: 'none', text: 'select 1 where $1::bytea is null', values: [], pieces: [Buffer.from('x')] }), null);
  });

  it('that PostgreSQL refuses is an error, and the next statements are answered', async () => {
    await assert.rejects(echo(['a', 'not a number'], [randomBytes(100_000)]), /invalid input syntax/);
    assert.match((await echo(['b', '2'], [Buffer.from('x')])) ?? '', /^b\|2\|1\|/);
    const { rows } = await database.query<{ one: number }>({ text: 'select 1 as one' });
    assert.deepEqual(rows, [{ one: 1 }]);
  });

  it('is part of a transaction like any other', async () => {
    await database.query({ text: 'create table public.kept (data bytea)' });
    const insert = { name: 'keep', text: 'insert into public.kept values ($1)', values: [], pieces: [Buffer.from('ab'), Buffer.from('c')] };
    await assert.rejects(database.transaction(async (connection) => {
      await connection.queryLarge(insert);
      throw new Error('no');
    }), /^Error: no$/);
    await database.transaction((connection) => connection.queryLarge(insert));
    const { rows } = await database.query<{ text: string }>({ text: `select encode(data, 'escape') as text from public.kept` });
    assert.deepEqual(rows, [{ text: 'abc' }]);
  });

  it('that is not answered in time is an error, and its connection is not used again', async () => {
    await using impatient = await impatientDatabase(postgres.url);
    const slow = { name: 'slow', text: 'select pg_sleep(60), $1::bytea', values: [], pieces: [Buffer.from('x')] };
    await assert.rejects(impatient.database.urgent.queryLarge(slow), /timeout/);
    assert.match((await echo(['c', '3'], [Buffer.from('x')], impatient.database)) ?? '', /^c\|3\|1\|/);
  });
});

async function impatientDatabase(url: string): Promise<AsyncDisposable & { readonly database: Database }> {
  const database = openDatabase(url, { connectionsMax: 1, timeoutMs: 20_000, urgentTimeoutMs: 300 }, () => undefined);
  return { database, [Symbol.asyncDispose]: () => database.close() };
}
