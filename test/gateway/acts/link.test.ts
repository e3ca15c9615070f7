import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { linkUrl, printLinkToken, readLinkToken, type Link } from '../../../src/gateway/acts/link.ts';

const key = randomBytes(32);
const now = new Date('2026-11-25T10:00:00Z');
const link: Link = {
  action: 'approve', submissionId: 17, person: 'chef@kommune.example', contentSha256: 'ab'.repeat(32),
  expiresAt: new Date('2026-12-02T10:00:00Z'),
};

const links: fc.Arbitrary<Link> = fc.record({
  action: fc.constantFrom('stop', 'approve', 'reject', 'resend'),
  submissionId: fc.nat(),
  person: fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => text.toWellFormed()),
  contentSha256: fc.option(fc.stringMatching(/^[0-9a-f]{64}$/)),
  expiresAt: fc.nat(10_000_000).map((seconds) => new Date(now.getTime() + 1000 + seconds * 1000)),
}, { noNullPrototype: true });

describe('a link in a mail', () => {
  it('comes back as it was made', () => {
    fc.assert(fc.property(links, (made) => {
      assert.deepEqual(readLinkToken([key], printLinkToken(key, made), now), { kind: 'link', link: made });
    }));
  });

  it('is forged when one sign of it is another, or its key is another', () => {
    const token = printLinkToken(key, link);
    assert.deepEqual(readLinkToken([randomBytes(32)], token, now), { kind: 'forged' });
    for (let at = 0; at < token.length; at++) {
      for (const sign of ['A', 'B', '_', '.', '']) {
        const other = token.slice(0, at) + sign + token.slice(at + 1);
        if (other !== token) assert.equal(readLinkToken([key], other, now).kind, 'forged', other);
      }
    }
  });

  it('is forged when it is anything else', () => {
    const others = ['', '.', 'a.b', token().repeat(20), `${token()}=`, ` ${token()}`, `${token()}/`, '../../etc/passwd', '\0'];
    for (const other of others) assert.deepEqual(readLinkToken([key], other, now), { kind: 'forged' });
    fc.assert(fc.property(fc.string({ maxLength: 3000 }), (other) => {
      assert.deepEqual(readLinkToken([key], other, now), { kind: 'forged' });
    }));
  });

  it('expires to the second, and says what it was', () => {
    const before = new Date(link.expiresAt.getTime() - 1);
    assert.equal(readLinkToken([key], token(), before).kind, 'link');
    assert.deepEqual(readLinkToken([key], token(), link.expiresAt), { kind: 'expired', link });
  });

  it('lies under the address that is set up, and is none where none is', () => {
    for (const base of ['https://post.kommune.example', 'https://post.kommune.example/']) {
      assert.equal(linkUrl(base, key, link), `https://post.kommune.example/api/links/${token()}`);
    }
    assert.equal(linkUrl('', key, link), null);
  });

  const token = () => printLinkToken(key, link);
});
