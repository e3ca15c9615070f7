import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { guardStateOf, mailGuardOf, type MailGuard } from '../../src/domain/mail-guard.ts';

const on: MailGuard = { on: true, stops: 'recipient' };
const off: MailGuard = { on: false, stops: 'recipient' };

function stateOf(address: string, allowed: readonly string[] = [], guard = on) {
  return guardStateOf({ mailDomains: ['kommune.example', 'kommune.test'], mailGuard: { on: null, stops: null, allowed } }, guard, address);
}

describe('Mail Guard', () => {
  it('is set by the organisation itself, else by the gateway', () => {
    const organisation = { mailDomains: [] };
    assert.deepEqual(mailGuardOf(organisation, off), off);
    assert.deepEqual(mailGuardOf({ ...organisation, mailGuard: { on: true, stops: 'mail', allowed: [] } }, off), { on: true, stops: 'mail' });
    assert.deepEqual(mailGuardOf({ ...organisation, mailGuard: { on: null, stops: null, allowed: [] } }, on), on);
    assert.deepEqual(mailGuardOf({ ...organisation, mailGuard: { on: false, stops: null, allowed: [] } }, on), off);
  });

  it('knows who is inside: the organisation’s mail domains, and not another customer of the gateway', () => {
    assert.equal(stateOf('kollega@kommune.example'), 'internal');
    assert.equal(stateOf('KOLLEGA@Kommune.TEST.'), 'internal');
    for (const address of ['sikkerpost@nabo.example', 'a@evil-kommune.example', 'a@kommune.example.evil.dk', 'a@sub.kommune.example', '"a@kommune.example"@evil.dk', 'a']) {
      assert.equal(stateOf(address), 'needs-approval', address);
    }
  });

  it('lets everybody out where it is off', () => {
    assert.equal(stateOf('ven@example.org', [], off), 'open');
    assert.equal(stateOf('kollega@kommune.example', [], off), 'internal');
  });

  it('compares the list without letter case, in one spelling of international domains', () => {
    for (const entry of ['Ven@Example.ORG', 'example.org', '@EXAMPLE.org', 'example.org.']) assert.equal(stateOf('ven@example.org', [entry]), 'listed', entry);
    for (const entry of ['blåbærgrød.dk', 'xn--blbrgrd-fxak7p.dk', 'BLÅBÆRGRØD.dk']) {
      assert.equal(stateOf('a@xn--blbrgrd-fxak7p.dk', [entry]), 'listed', entry);
      assert.equal(stateOf('a@blåbærgrød.dk', [entry]), 'listed', entry);
    }
  });

  it('is not taken in by what merely looks like a listed entry', () => {
    for (const address of ['ven@evil-example.org', 'ven@example.org.evil.dk', 'ven@sub.example.org', 'ven@exampleXorg', 'ven@exаmple.org', 'example.org@evil.dk']) {
      assert.equal(stateOf(address, ['example.org']), 'needs-approval', address);
    }
    assert.equal(stateOf('ven2@example.org', ['ven@example.org']), 'needs-approval');
  });

  it('lists no address of a domain that is not on it, whatever the text', () => {
    fc.assert(fc.property(fc.string(), fc.constantFrom('evil.dk', 'example.org.evil.dk', 'evil-example.org'), (local, domain) => {
      assert.equal(stateOf(`${local}@${domain}`, ['example.org', 'ven@example.org']), 'needs-approval');
    }));
  });

  it('finds an address among ten thousand without going through them each time', () => {
    const allowed = Array.from({ length: 10_000 }, (_none, n) => (n % 2 === 0 ? `ven${n}@example${n}.org` : `example${n}.org`));
    const organisation = { mailDomains: ['kommune.example'], mailGuard: { on: true, stops: null, allowed } };
    const states = Array.from({ length: 2_000 }, (_none, n) => guardStateOf(organisation, on, `ven${n}@example${n}.org`));
    assert.ok(states.every((state) => state === 'listed'));
    assert.equal(guardStateOf(organisation, on, 'ven@example10000.org'), 'needs-approval');
  });
});
