import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { organisationsFileSchema } from '../../../src/gateway/settings/organisations-file.ts';

const KOMMUNE = {
  name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example'], mainMailbox: 'post@kommune.example',
  watchMailbox: 'post@kommune.example', helpContact: 'it@kommune.example',
  contactPoints: [{ id: 'dfebd0ca-e211-47e4-af3a-f0d3344f018e', name: 'Jobcenter', mailbox: null }],
  secureMailboxes: [{ address: 'post@kommune.example', channels: ['ngdp'], senders: ['35833684'] }],
  entraTenants: ['0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001'],
};
const NABO = {
  ...KOMMUNE, name: 'Nabo Kommune', cvrNumbers: ['97281536'], mailDomains: ['nabo.example'], contactPoints: [], entraTenants: [],
  secureMailboxes: [{ address: 'post@nabo.example', channels: ['ngdp'], senders: ['97281536'] }],
};

const faultsOf = (...organisations: readonly unknown[]): readonly string[] =>
  organisationsFileSchema.safeParse({ organisations }).error?.issues.map(({ message }) => message) ?? [];

describe('the file of organisations', () => {
  it('may give an organisation whatever no other has, also twice', () => {
    assert.deepEqual(faultsOf(KOMMUNE, NABO), []);
    assert.deepEqual(faultsOf({ ...KOMMUNE, mailDomains: ['kommune.example', 'Kommune.example.'] }, NABO), []);
  });

  for (const [what, shared] of [
    ['CVR-nummer 35833684', { cvrNumbers: ['97281536', '35833684'] }],
    ['maildomæne kommune.example', { mailDomains: ['nabo.example', 'KOMMUNE.Example.'] }],
    ['kontaktpunkt dfebd0ca-e211-47e4-af3a-f0d3344f018e', { contactPoints: [{ id: 'DFEBD0CA-E211-47E4-AF3A-F0D3344F018E', name: 'x', mailbox: null }] }],
    ['postkasse post@kommune.example', { secureMailboxes: [{ address: 'Post@KOMMUNE.example', channels: [], senders: [] }] }],
    ['tenant 0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001', { entraTenants: ['0B9C1F0E-3C52-4D7A-9A55-1C5A3B7E0001'] }],
  ] as const) {
    it(`gives no two organisations the same ${what.split(' ')[0] ?? ''}, however it is written`, () => {
      assert.deepEqual(faultsOf(KOMMUNE, { ...NABO, ...shared }), [`${what} står ved flere organisationer: Eksempel Kommune, Nabo Kommune`]);
    });
  }

  it('knows a domain in both its spellings', () => {
    const [own, others] = ['blåbærgrød.example', 'xn--blbrgrd-fxak7p.example'];
    assert.equal(faultsOf({ ...KOMMUNE, mailDomains: [own] }, { ...NABO, mailDomains: [others] }).length, 1);
  });

  it('says what an organisation is called, where its help is, and how its Mail Guard stands', () => {
    const guard = { on: true, stops: 'mail', allowed: ['ven@example.org', '@example.com', 'blåbærgrød.dk', 'xn--blbrgrd-fxak7p.dk.'] };
    assert.deepEqual(faultsOf({ ...KOMMUNE, homeWord: 'kommunen', helpUrl: 'https://hjaelp.kommune.example', mailGuard: guard, contentData: { caseSystem: 'SBSYS' } }), []);
    const [first] = organisationsFileSchema.parse({ organisations: [KOMMUNE] }).organisations;
    assert.deepEqual([first?.homeWord, first?.helpUrl, first?.mailGuard], ['organisationen', null, { on: null, stops: null, allowed: [] }]);
  });

  it('is told what is no entry of a list, no page of help, and no text of MeMo', () => {
    for (const entry of ['', 'ven', 'ven @example.org', 'a@b@example.org', '*.example.org', 'example', '@', 'a, b.dk']) {
      assert.deepEqual(faultsOf({ ...KOMMUNE, mailGuard: { allowed: [entry] } }), ['skriv en mailadresse eller et domæne'], entry);
    }
    assert.deepEqual(faultsOf({ ...KOMMUNE, helpUrl: 'http://hjaelp.kommune.example' }), ['skal begynde med https://']);
    assert.equal(faultsOf({ ...KOMMUNE, contentData: { kleVersion: 'a'.repeat(257) } }).length, 1);
    assert.equal(faultsOf({ ...KOMMUNE, homeWord: '' }).length, 1);
  });
});
