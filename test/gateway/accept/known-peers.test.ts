import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { knownPeers } from '../../../src/gateway/accept/known-peers.ts';
import { organisationsFileSchema } from '../../../src/gateway/settings/organisations-file.ts';

const PRINT = 'ab'.repeat(32);
const peer = { fingerprint: PRINT, names: ['mail.protection.outlook.com'], address: '::ffff:40.92.1.7' };

describe('peers at the SMTP door', () => {
  it('are known by fingerprint or by a name in the certificate, and by nothing else', () => {
    const find = knownPeers([
      { cvrNumbers: ['11111111'], smtpClientCertificates: [PRINT], smtpClientAddresses: [] },
      { cvrNumbers: ['22222222', '33333333'], smtpClientCertificates: ['dns:mail.protection.outlook.com'], smtpClientAddresses: [] },
      { cvrNumbers: ['44444444'], smtpClientCertificates: ['dns:outlook.com'], smtpClientAddresses: [] },
    ]);
    assert.deepEqual(find(peer), ['11111111', '22222222', '33333333']);
    assert.deepEqual(find({ ...peer, fingerprint: 'cd'.repeat(32), names: [] }), []);
  });

  it('must come from a listed address where an organisation lists addresses', () => {
    const find = knownPeers([
      { cvrNumbers: ['11111111'], smtpClientCertificates: [PRINT], smtpClientAddresses: ['40.92.0.0/15', '2a01:111::/32'] },
    ]);
    assert.deepEqual(find(peer), ['11111111']);
    assert.deepEqual(find({ ...peer, address: '2a01:111::5' }), ['11111111']);
    assert.deepEqual(find({ ...peer, address: '10.0.0.1' }), []);
    assert.deepEqual(find({ ...peer, address: '' }), []);
  });
});

/** What is another organisation's, and never shared. */
const OTHER = { cvrNumbers: ['97281536'], mailDomains: ['nabo.example'] };

describe('the file of organisations', () => {
  const one = (name: string, more: object) => ({
    name, cvrNumbers: ['35833684'], mailDomains: ['Kommune.Example'], mainMailbox: 'A@kommune.example', watchMailbox: 'w@kommune.example',
    helpContact: 'h@kommune.example', secureMailboxes: [], ...more,
  });

  it('refuses a certificate that two organisations list, unless each names its tenant', () => {
    const both = (more: object) => ({ organisations: [one('En', more), one('To', { ...OTHER, smtpClientCertificates: ['DNS:Mail.example'] })] });
    const alone = organisationsFileSchema.safeParse(both({ smtpClientCertificates: ['dns:mail.example'] }));
    assert.match(alone.error?.issues[0]?.message ?? '', /deler klientcertifikat/);
    const named = organisationsFileSchema.safeParse({
      organisations: [{}, OTHER].map((more, n) => one(`Nr. ${n}`, { ...more, smtpClientCertificates: ['dns:mail.example'], smtpOriginatorOrgs: [`nr${n}.example`] })),
    });
    assert.equal(named.error, undefined);
  });

  it('reads fingerprints with colons, and addresses without letter case', () => {
    const read = organisationsFileSchema.parse({ organisations: [one('En', { smtpClientCertificates: ['AB:CD'] })] });
    assert.deepEqual(read.organisations[0]?.smtpClientCertificates, ['abcd']);
    assert.equal(read.organisations[0]?.mainMailbox, 'a@kommune.example');
  });
});
