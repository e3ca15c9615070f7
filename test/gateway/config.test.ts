import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ConfigIncomplete, demandCredentialFiles, settingsSchema, type Config } from '../../src/gateway/config.ts';
import { organisationsFileSchema } from '../../src/gateway/settings/organisations-file.ts';

const here = new URL(import.meta.url).pathname;

function configWith(certificateFile: string, roles = 'accept,work'): Config {
  const settings = settingsSchema.parse({ DATABASE_URL: 'postgres://nowhere', ORGANISATIONS_FILE: 'none', ROLES: roles });
  const { organisations } = organisationsFileSchema.parse({
    organisations: [{
      name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example'], mainMailbox: 'a@kommune.example',
      watchMailbox: 'b@kommune.example', helpContact: 'c@kommune.example', secureMailboxes: [],
      mitdk: { systemId: 'x', apiKey: 'y', certificateFile, keyFile: here },
    }],
  });
  return { settings, organisations };
}

describe('the files of an organisation’s credentials', () => {
  it('are missed by name before the gateway starts', () => {
    assert.throws(() => demandCredentialFiles(configWith('/nowhere/cert.pem')), (error) => {
      assert.ok(error instanceof ConfigIncomplete);
      assert.match(error.message, /Eksempel Kommune, mitdk: filen \/nowhere\/cert\.pem kan ikke læses/);
      return true;
    });
  });

  it('are not asked for where all can be read, or by a process that hands nothing over', () => {
    demandCredentialFiles(configWith(here));
    demandCredentialFiles(configWith('/nowhere/cert.pem', 'accept'));
  });
});
