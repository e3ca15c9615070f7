import { domainToASCII } from 'node:url';
import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalDomain, decodePunycode } from '../../src/domain/domain-name.ts';
import { isInDomains, mailDomainOf, normaliseMailAddress } from '../../src/domain/mail-address.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

describe('mail addresses', () => {
  it('are compared in lower case, without blanks around and the trailing dot of the domain', () => {
    assert.equal(normaliseMailAddress(' Jobcenter@Kommune.Example. '), 'jobcenter@kommune.example');
    assert.equal(normaliseMailAddress('ÆRØ@kommune.example'), 'ærø@kommune.example');
    assert.equal(normaliseMailAddress('ikke en adresse'), 'ikke en adresse');
    assert.equal(normaliseMailAddress(''), '');
  });

  it('have one spelling of international domains', () => {
    assert.equal(normaliseMailAddress('a@xn--rdgrd-vuad.dk'), 'a@rødgrød.dk');
    assert.equal(normaliseMailAddress('a@RØDGRØD.dk'), 'a@rødgrød.dk');
    assert.equal(normaliseMailAddress('a@rødgrød。dk'), 'a@rødgrød.dk');
    assert.equal(mailDomainOf('"a@b"@X.example'), 'x.example');
    assert.equal(mailDomainOf('x'), '');
  });

  it('belong to a domain only when it is exactly that one', () => {
    const domains = ['kommune.example', 'Kommune.Test'];
    for (const own of ['a@kommune.example', 'a@KOMMUNE.TEST', 'a@kommune.example.']) assert.ok(isInDomains(own, domains));
    for (const foreign of [
      'a@evil-kommune.example', 'a@kommune.example.evil.example', 'a@sub.kommune.example', 'a@kommune.exampl', 'kommune.example',
      'a@', '', 'a@kommune.example@evil.example',
    ]) {
      assert.ok(!isInDomains(foreign, domains), foreign);
    }
    assert.ok(!isInDomains('a@', ['']));
  });
});

describe('mail addresses of megabytes', () => {
  it('hang nothing when they are compared', () => {
    for (const unit of ['a', '\u0323\u0301', '.', '@', 'xn--']) {
      withoutHanging(() => normaliseMailAddress(`a${unit.repeat(300_000)}@x.example`));
      withoutHanging(() => isInDomains(`a@${unit.repeat(300_000)}.example`, ['kommune.example']));
    }
  });
});

describe('punycode', () => {
  it('is read as Node reads it', () => {
    for (const domain of ['blåbærgrød.dk', 'rødgrød.dk', 'münchen.de', '例え.jp', 'пример.рф', 'bücher-øl-æbler.dk']) {
      assert.equal(canonicalDomain(domainToASCII(domain)), domain);
    }
  });

  it('that is not valid is left as it is', () => {
    assert.equal(canonicalDomain('xn--æ.dk'), 'xn--æ.dk');
    assert.equal(canonicalDomain('xn--99999999.dk'), 'xn--99999999.dk');
    assert.equal(decodePunycode('!'), null);
  });

  it('never throws, and the canonical form is its own canonical form for plain domains', () => {
    fc.assert(fc.property(fc.string({ maxLength: 70 }), (label) => {
      decodePunycode(label);
      canonicalDomain(`xn--${label}`);
    }), { numRuns: 5000 });
    fc.assert(fc.property(fc.domain(), (domain) => {
      assert.equal(canonicalDomain(canonicalDomain(domain)), canonicalDomain(domain));
    }));
  });
});
