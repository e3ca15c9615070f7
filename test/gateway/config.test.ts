import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { ConfigIncomplete, demandCredentialFiles, readConfig, settingsSchema, type Config } from '../../src/gateway/config.ts';
import { organisationsFileSchema } from '../../src/gateway/settings/organisations-file.ts';
import { openTestCertificates } from './test-certificates.ts';

const DAY_MS = 86_400_000;

function configWith(files: { readonly certificateFile: string; readonly keyFile: string }, roles = 'accept,work'): Config {
  const settings = settingsSchema.parse({ DATABASE_URL: 'postgres://nowhere', ORGANISATIONS_FILE: 'none', ROLES: roles });
  const { organisations } = organisationsFileSchema.parse({
    organisations: [{
      name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example'], mainMailbox: 'a@kommune.example',
      watchMailbox: 'b@kommune.example', helpContact: 'c@kommune.example', secureMailboxes: [],
      mitdk: { systemId: 'x', apiKey: 'y', ...files },
    }],
  });
  return { settings, organisations };
}

/** What is wrong, of a configuration that must not start a gateway. */
function faultsOf(start: () => unknown): readonly string[] {
  try {
    start();
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigIncomplete);
    return error.faults;
  }
}

describe('the files of an organisation’s credentials', () => {
  const pairs: { own: { certificateFile: string; keyFile: string }; other: { certificateFile: string; keyFile: string } }[] = [];
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'postbro-config-'));
    const made = await openTestCertificates(folder);
    pairs.push({ own: await made.issue('egen'), other: await made.issue('anden') });
  });
  after(() => rm(folder, { recursive: true }));
  const own = () => pairs[0]?.own ?? assert.fail();
  const other = () => pairs[0]?.other ?? assert.fail();

  it('are missed by name before the gateway starts', () => {
    const faults = faultsOf(() => demandCredentialFiles(configWith({ ...own(), certificateFile: '/nowhere/cert.pem' })));
    assert.deepEqual(faults, ['Eksempel Kommune, mitdk: filen /nowhere/cert.pem kan ikke læses.']);
  });

  it('are a certificate and its own key', () => {
    const mixed = { ...own(), keyFile: other().keyFile };
    assert.deepEqual(faultsOf(() => demandCredentialFiles(configWith(mixed))), [
      `Eksempel Kommune, mitdk: certifikatet ${mixed.certificateFile} og nøglen ${mixed.keyFile} kan ikke bruges sammen.`,
    ]);
  });

  it('are not asked for where all can be used, or by a process that hands nothing over', () => {
    assert.deepEqual(faultsOf(() => demandCredentialFiles(configWith(own()))), []);
    assert.deepEqual(faultsOf(() => demandCredentialFiles(configWith({ ...own(), certificateFile: '/nowhere/cert.pem' }, 'accept'))), []);
  });
});

describe('how long things are kept', () => {
  const told = (env: Readonly<Record<string, string>>) =>
    faultsOf(() => readConfig({ DATABASE_URL: '-', ORGANISATIONS_FILE: '/nowhere', ...env })).filter((fault) => fault.includes('_RETENTION_MS'));

  it('is never shorter than what still needs it, which is told before the gateway starts', () => {
    assert.deepEqual(told({}), []);
    assert.deepEqual(told({ CONTENT_RETENTION_MS: String(6 * DAY_MS), RECORD_RETENTION_MS: String(6 * DAY_MS), AUDIT_RETENTION_MS: String(30 * DAY_MS) }), []);
    assert.match(told({ CONTENT_RETENTION_MS: String(6 * DAY_MS - 1) }).join(), /^CONTENT_RETENTION_MS: skal være mindst DELIVERY_EXPIRY_MS og RECEIPT_DEADLINE_MS/);
    assert.match(told({ CONTENT_RETENTION_MS: String(200 * DAY_MS) }).join(), /^RECORD_RETENTION_MS: skal være mindst CONTENT_RETENTION_MS/);
    assert.match(told({ AUDIT_RETENTION_MS: '0' }).join(), /^AUDIT_RETENTION_MS: skal være mindst 30 døgn/);
  });
});
