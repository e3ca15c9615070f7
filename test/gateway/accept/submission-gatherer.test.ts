import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openSubmissionGatherer } from '../../../src/gateway/accept/submission-gatherer.ts';
import { readBlob } from '../../../src/gateway/store/blobs.ts';
import { openDatabase, type Database } from '../../../src/gateway/store/database.ts';
import { migrate } from '../../../src/gateway/store/migrate.ts';
import type { RunningPostgres } from '../../../src/sandbox/postgres.ts';
import { startTestPostgres } from '../../sandbox/test-postgres.ts';
import { keptLog, removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';

describe('small mails that come at the same time', () => {
  let folder: string;
  let postgres: RunningPostgres;
  let database: Database;
  before(async () => {
    folder = await temporaryFolder();
    postgres = await startTestPostgres({ dataDir: folder, log: keptLog() });
    database = openDatabase(postgres.url, { connectionsMax: 8, timeoutMs: 20_000, urgentTimeoutMs: 20_000 }, () => undefined);
    await migrate(database);
  });
  after(async () => {
    await database.close();
    await postgres.stop();
    await removeFolder(folder);
  });

  const mailOf = (n: number, sender = `afsender${n}@kommune.example`) => ({
    mailFrom: sender,
    recipients: [`"en \\ ""to, {tre}" ${n}@x.example`, `æøå${n}@x.example`],
    peerCvrs: n % 2 === 0 ? null : ['35833684', '97281536'],
    rawBytes: n,
    receivedAt: new Date(Date.UTC(2026, 10, 25, 9, 0, n)),
  });

  it('are each stored with their own bytes and envelope, under the id that is told', async () => {
    const storeSmall = openSubmissionGatherer(database);
    const raws = Array.from({ length: 100 }, (_, n) => Buffer.alloc(n * 37, n));
    const ids = await Promise.all(raws.map((raw, n) => storeSmall({ ...mailOf(n), rawBytes: raw.length }, raw)));
    assert.equal(new Set(ids).size, 100);
    for (const [n, id] of ids.entries()) {
      const { rows } = await database.query<Record<string, unknown> & { raw_blob: number }>({
        text: 'select mail_from, recipients, peer_cvr, raw_bytes, received_at, raw_blob from submission where id = $1', values: [id],
      });
      const { mailFrom, recipients, peerCvrs, receivedAt } = mailOf(n);
      const raw = raws[n] ?? Buffer.alloc(0);
      const { raw_blob: blob, ...row } = rows[0] ?? { raw_blob: 0 };
      const expected = { mail_from: mailFrom, recipients, peer_cvr: peerCvrs?.join() ?? null, raw_bytes: raw.length, received_at: receivedAt };
      assert.deepEqual(row, expected);
      const pieces: Buffer[] = [];
      for await (const piece of readBlob(database, blob)) pieces.push(piece);
      assert.deepEqual(Buffer.concat(pieces), raw);
    }
  });

  it('do not suffer for one that PostgreSQL cannot take', async () => {
    const storeSmall = openSubmissionGatherer(database);
    const raw = Buffer.from('Subject: x\r\n\r\n');
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) => storeSmall(mailOf(n, n === 13 ? 'nul\0@kommune.example' : undefined), raw)),
    );
    assert.deepEqual(results.flatMap(({ status }, n) => (status === 'rejected' ? [n] : [])), [13]);
  });
});
