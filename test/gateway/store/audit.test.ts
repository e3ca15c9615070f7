import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { forgetAudit, insertAudit, searchAudit, type AuditAct, type AuditActor, type AuditSearch } from '../../../src/gateway/store/audit.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openSecretKeys, type SecretKeys } from '../../../src/gateway/store/secret-keys.ts';
import { removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';
import { openTestDatabase } from '../api/api-in-process.ts';
import { newKeyLine } from '../test-keys.ts';

const NANCY = '2512489996';
const mette: AuditActor = {
  kind: 'person', id: 't/mette', name: 'mette@kommune.example', tenant: '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001', organisationCvr: '35833684',
};
const act = (given: Partial<AuditAct>): AuditAct => ({
  action: 'lookup-person', outcome: 'found', subject: null, purpose: 'sag 1', mailbox: null, reference: null, ...given,
});
const everything: AuditSearch = {
  organisationCvrs: ['35833684'], subject: null, actorName: null, action: null, from: null, to: null, before: null, limit: 100,
};

describe('the audit', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  let file: string;
  let keys: SecretKeys;
  const oldLine = newKeyLine('gammel');

  before(async () => {
    const folder = await temporaryFolder();
    open.defer(() => removeFolder(folder));
    file = path.join(folder, 'secret-keys');
    await writeFile(file, oldLine);
    keys = openSecretKeys(file);
    database = await openTestDatabase(open);
    const at = new Date('2026-11-01T10:00:00Z');
    await insertAudit(database, keys, { actor: mette, at, acts: [act({ subject: NANCY }), act({ subject: '87654321', action: 'lookup-company' })] });
    await insertAudit(database, keys, { actor: { ...mette, organisationCvr: '97281536' }, at, acts: [act({ subject: NANCY })] });
  });
  after(() => open.disposeAsync());

  it('keeps a number sealed, and finds it again', async () => {
    const rows = await searchAudit(database, keys, { ...everything, subject: NANCY });
    assert.deepEqual(rows.map(({ subject, purpose, actorName }) => ({ subject, purpose, actorName })), [
      { subject: NANCY, purpose: 'sag 1', actorName: 'mette@kommune.example' },
    ]);
    const { rows: raw } = await database.query<{ row: string }>({ text: 'select audit::text as row from audit' });
    assert.equal(raw.length, 3);
    for (const { row } of raw) {
      assert.ok(!row.includes(NANCY));
      assert.ok(!row.includes(Buffer.from(NANCY).toString('hex')));
    }
  });

  it('is an organisation’s own', async () => {
    const others = await searchAudit(database, keys, { ...everything, organisationCvrs: ['97281536'] });
    assert.equal(others.length, 1);
  });

  it('is found under a former key after a new one', async () => {
    await writeFile(file, newKeyLine('ny') + oldLine);
    const rotated = openSecretKeys(file);
    await insertAudit(database, rotated, { actor: mette, at: new Date('2026-11-02T10:00:00Z'), acts: [act({ subject: NANCY })] });
    const rows = await searchAudit(database, rotated, { ...everything, subject: NANCY });
    assert.deepEqual(rows.map(({ subject }) => subject), [NANCY, NANCY]);
  });

  it('cannot be changed, and not be emptied', async () => {
    for (const text of ["update audit set outcome = 'x'", 'delete from audit', 'truncate audit']) {
      await assert.rejects(database.query({ text }), /append-only/, text);
    }
  });

  it('is taken away by age alone', async () => {
    const taken = await database.transaction((connection) => forgetAudit(connection, new Date('2026-11-02T00:00:00Z'), 100));
    assert.equal(taken, 3);
    assert.equal((await searchAudit(database, keys, everything)).length, 1);
    await assert.rejects(database.query({ text: 'delete from audit' }), /append-only/);
  });
});
