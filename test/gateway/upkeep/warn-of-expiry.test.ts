import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { makeDirectory } from '../../../src/domain/organisation.ts';
import { settingsSchema, type Settings } from '../../../src/gateway/config.ts';
import { withoutCredentials } from '../../../src/gateway/settings/read-organisations.ts';
import { listExpiries } from '../../../src/gateway/upkeep/list-expiries.ts';
import { makeLog } from '../../../src/gateway/log.ts';
import { organisationsFileSchema, type OrganisationEntry } from '../../../src/gateway/settings/organisations-file.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openExpiryWarnings } from '../../../src/gateway/upkeep/warn-of-expiry.ts';
import { openTestDatabase } from '../api/api-in-process.ts';
import { openTestCertificates, type TestCertificates } from '../test-certificates.ts';

const DAY_MS = 86_400_000;

describe('what ends some day', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  let folder: string;
  let certificates: TestCertificates;
  let settings: Settings;
  let organisations: readonly OrganisationEntry[];
  /** When the certificates of this test end. */
  const ends = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 1_095 * DAY_MS);

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'postbro-expiry-'));
    open.defer(() => rm(folder, { recursive: true }));
    certificates = await openTestCertificates(folder);
    database = await openTestDatabase(open);
    const network = await certificates.issue('ngdp', { validTo: ends });
    const door = await certificates.issue('door', { validTo: new Date(ends.getTime() + 400 * DAY_MS) });
    const secretFile = path.join(folder, 'graph-secret');
    await writeFile(secretFile, 'MEGET-HEMMELIGT');
    settings = settingsSchema.parse({
      DATABASE_URL: '-', ORGANISATIONS_FILE: '-', SMTP_TLS_CERTIFICATE_FILE: door.certificateFile, SMTP_TLS_KEY_FILE: door.keyFile,
    });
    const kommune = {
      name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example'], mainMailbox: 'a@kommune.example',
      watchMailbox: 'vagt@kommune.example', helpContact: 'it@kommune.example', secureMailboxes: [],
    };
    const credentials = { systemId: 's', apiKey: 'n', ...network };
    ({ organisations } = organisationsFileSchema.parse({ organisations: [
      {
        ...kommune, ngdp: credentials, mitdk: credentials,
        mailboxGroup: { tenant: '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001', group: 'g', client: { clientId: 'c', secretFile, secretExpiresOn: '2040-05-31' } },
      },
      { ...kommune, name: 'Nabo Kommune', cvrNumbers: ['97281536'], mailDomains: ['nabo.example'], watchMailbox: 'vagt@nabo.example' },
    ] }));
  });
  after(() => open.disposeAsync());
  beforeEach(() => database.query({ text: 'truncate alarm; truncate notice cascade' }));

  const log = makeLog('silent', () => undefined);
  const partsAt = (now: Date) => ({
    settings, database, organisations: () => organisations, directory: makeDirectory(withoutCredentials(organisations)),
    log, now: () => now, wake: () => undefined,
  });
  const lookAt = (daysBefore: number) => openExpiryWarnings(partsAt(new Date(ends.getTime() - daysBefore * DAY_MS)))();
  const told = async () => {
    const { rows } = await database.query<{ recipient: string; subject: string; text: string }>({
      text: `select recipient, detail->>'subject' as subject, detail->>'text' as text from notice order by id`,
    });
    return rows;
  };

  it('is told of exactly at 60, 30, 14, 7 and 1 days, and every day from its end on', async () => {
    const days: number[] = [];
    for (let day = 70; day >= -3; day--) {
      const before = (await told()).length;
      // Two gateways, and each twice.
      await Promise.all([lookAt(day), lookAt(day)]);
      await lookAt(day);
      const count = (await told()).length - before;
      assert.ok(count <= 1, `${count} at ${day}`);
      if (count === 1) days.push(day);
    }
    assert.deepEqual(days, [60, 30, 14, 7, 1, 0, -1, -2, -3]);
    const [first] = await told();
    assert.equal(first?.recipient, 'vagt@kommune.example');
    assert.equal(first.subject, 'Postbro: certifikatet til Digital Post, mit.dk udløber om 60 dage');
    assert.match(first.text, /Eksempel Kommune \(CVR 35833684\)[\s\S]*ngdp\.pem[\s\S]*Gælder til: [\s\S]*docs\/drift\.md/);
  });

  it('is told of by the step that is due when the gateway was off on the very day, once', async () => {
    await lookAt(61);
    assert.equal((await told()).length, 0);
    await lookAt(45);
    await lookAt(44);
    await lookAt(20);
    await lookAt(19);
    assert.deepEqual((await told()).map(({ subject }) => /om \d+ dage/.exec(subject)?.[0]), ['om 45 dage', 'om 20 dage']);
  });

  it('concerns every organisation when it is the gateway’s own', async () => {
    await lookAt(-400 + 10);
    const doors = (await told()).filter(({ subject }) => subject.includes('SMTP-døren'));
    assert.deepEqual(doors.map(({ recipient }) => recipient), ['vagt@kommune.example', 'vagt@nabo.example']);
  });

  it('is listed with its use, file, end and state, a secret by its last day, and its content nowhere', async () => {
    const list = async (now: Date) => (await listExpiries(partsAt(now))).map(({ uses, state, daysLeft }) => [uses.join(), state, daysLeft]);
    assert.deepEqual(await list(new Date(ends.getTime() - 61 * DAY_MS)), [
      ['SMTP-døren', 'gyldig', 461], ['Digital Post,mit.dk', 'gyldig', 61],
      ['Gruppen af postkasser (Microsoft Graph)', 'gyldig', Math.ceil((Date.parse('2040-06-01') - ends.getTime()) / DAY_MS + 61)],
    ]);
    assert.deepEqual((await list(new Date(ends.getTime() - 60 * DAY_MS)))[1], ['Digital Post,mit.dk', 'udløber snart', 60]);
    assert.deepEqual((await list(ends))[1], ['Digital Post,mit.dk', 'udløbet', 0]);
    assert.equal((await list(new Date('2040-05-31T12:00:00Z')))[2]?.[1], 'udløber snart');
    assert.equal((await list(new Date('2040-06-01T12:00:00Z')))[2]?.[1], 'udløbet');
    assert.ok(!JSON.stringify(await listExpiries(partsAt(ends))).includes('MEGET-HEMMELIGT'));
  });

  it('is told of when the key is another certificate’s, or the file cannot be read', async () => {
    const other = await certificates.issue('other', { validTo: ends });
    const [first] = organisations;
    assert.ok(first?.ngdp);
    const mixed = { ...first, ngdp: { ...first.ngdp, keyFile: other.keyFile }, mitdk: { ...first.ngdp, certificateFile: path.join(folder, 'ingen.pem') } };
    const listed = await listExpiries({ ...partsAt(new Date()), organisations: () => [mixed] });
    assert.deepEqual(listed.filter(({ state }) => state === 'kan ikke bruges').map(({ fault }) => fault), [
      'certifikat og nøgle hører ikke sammen', `filen ${path.join(folder, 'ingen.pem')} kan ikke læses`,
    ]);
  });

  it('is told of when it cannot be used, if it still cannot at the next look: not while a pair is being copied', async () => {
    const [first] = organisations;
    assert.ok(first?.mailboxGroup);
    const [pair, other] = [await certificates.issue('kopieres', { validTo: ends }), await certificates.issue('den-nye', { validTo: ends })];
    const secretFile = path.join(folder, 'en-hemmelighed');
    await writeFile(secretFile, 'x');
    const mixed = {
      ...first, ngdp: { systemId: 's', apiKey: 'n', ...pair }, mitdk: null,
      mailboxGroup: { ...first.mailboxGroup, client: { ...first.mailboxGroup.client, secretFile } },
    };
    const look = openExpiryWarnings({ ...partsAt(new Date()), organisations: () => [mixed] });
    await look();
    await copyFile(other.certificateFile, pair.certificateFile);
    await look();
    await copyFile(other.keyFile, pair.keyFile);
    await look();
    assert.deepEqual(await told(), []);
    await copyFile(certificates.authorityFile, pair.certificateFile);
    await rm(secretFile);
    await look();
    assert.deepEqual(await told(), []);
    await look();
    await look();
    const subjects = (await told()).map(({ subject }) => subject);
    assert.deepEqual(subjects, ['Postbro: certifikatet til Digital Post kan ikke bruges', 'Postbro: hemmeligheden til Gruppen af postkasser (Microsoft Graph) kan ikke bruges']);
    assert.match((await told())[1]?.text ?? '', /filen .*en-hemmelighed kan ikke læses/);
  });
});
