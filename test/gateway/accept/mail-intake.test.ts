import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { problemOf } from '../../../src/domain/problem.ts';
import { endOfHeader, openMailIntake, type IntakeLimits, type MailIntake } from '../../../src/gateway/accept/mail-intake.ts';
import { FakeStore, intakeStore } from './door-with-fake-store.ts';

const WIDE: IntakeLimits = { sizeMaxBytes: 10_000_000, lineMaxBytes: 1_048_576, headerMaxBytes: 1_048_576 };
const ENVELOPE = { mailFrom: 'a@kommune.example', recipients: ['b@andetsteds.example'], peerCvrs: null, receivedAt: new Date(0) };

/** Takes a mail in pieces of these sizes, again and again. */
async function takeIn(intake: MailIntake, raw: Buffer, sizes: readonly number[]): Promise<void> {
  for (let at = 0, n = 0; at < raw.length; n++) {
    const size = sizes[n % sizes.length] ?? raw.length;
    await intake.take(raw.subarray(at, at + size));
    at += size;
  }
}

describe('the intake of a mail', () => {
  it('gives the same verdict on a header and stores the same bytes, however the mail is cut in pieces', async () => {
    const mails = fc.array(fc.constantFrom('From: a@b\r\n', 'X: y\n', '\r\n', '\n', 'tekst', '\r', '.', '\0', ' fold\r\n'), { maxLength: 30 });
    await fc.assert(fc.asyncProperty(mails, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (parts, sizes) => {
      const raw = Buffer.from(parts.join(''), 'latin1');
      const judged: string[][] = [[], []];
      const stores = [new FakeStore(), new FakeStore()] as const;
      for (const [n, cuts] of [[raw.length || 1], sizes].entries()) {
        const intake = openMailIntake(intakeStore(stores[n] ?? stores[0]), WIDE, (block) => {
          judged[n]?.push(block.toString('latin1'));
          return null;
        });
        await takeIn(intake, raw, cuts);
        assert.notEqual(await intake.accept(ENVELOPE), null);
      }
      assert.equal(judged[0]?.length, 1);
      assert.deepEqual(judged[0], judged[1]);
      for (const { mails: [mail] } of stores) assert.ok(mail?.raw.equals(raw));
    }), { numRuns: 500 });
  });

  it('counts a line the same however it is cut, and refuses the first that is over the limit wherever it stands', async () => {
    const lines = fc.array(fc.integer({ min: 0, max: 25 }), { minLength: 1, maxLength: 12 });
    await fc.assert(fc.asyncProperty(lines, fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }), async (lengths, sizes) => {
      const raw = Buffer.from(lengths.map((length) => `${'x'.repeat(length)}\n`).join(''));
      const intake = openMailIntake(intakeStore(), { ...WIDE, lineMaxBytes: 20 }, () => null);
      await takeIn(intake, raw, sizes);
      assert.equal(intake.refusal?.code ?? null, Math.max(...lengths) > 20 ? 'line-too-long' : null);
    }), { numRuns: 500 });
  });

  it('stores nothing more once the mail is refused, takes back what it had stored, and never accepts it', async () => {
    const store = new FakeStore();
    const intake = openMailIntake(intakeStore(store), { ...WIDE, sizeMaxBytes: 3_000_100 }, () => null);
    await intake.take(Buffer.from('Subject: x\r\n\r\n'));
    const piece = Buffer.from(`${'a'.repeat(998)}\r\n`.repeat(1_000));
    for (let n = 0; n < 3; n++) await intake.take(piece);
    assert.equal(store.uploads.size, 1);
    await intake.take(piece);
    assert.equal(intake.refusal?.code, 'mail-too-large');
    assert.equal(store.uploads.size, 0);
    for (let n = 0; n < 20; n++) await intake.take(piece);
    assert.equal(intake.bytes, 24_000_014);
    assert.equal(await intake.accept(ENVELOPE), null);
    assert.deepEqual([store.mails.length, store.uploads.size], [0, 0]);
  });

  it('judges a mail that is nothing but header at its end, and one refused there leaves nothing', async () => {
    const store = new FakeStore();
    const intake = openMailIntake(intakeStore(store), WIDE, () => problemOf('from-ambiguous', { addresses: [] }));
    await intake.take(Buffer.from('Subject: Uden tekst\r\n'));
    const refusal = (): string | null => intake.refusal?.code ?? null;
    assert.equal(refusal(), null);
    assert.equal(await intake.accept(ENVELOPE), null);
    assert.equal(refusal(), 'from-ambiguous');
    assert.equal(store.mails.length, 0);
  });

  it('takes a mail of exactly the largest size, and refuses one byte more', async () => {
    for (const [more, code] of [[0, null], [1, 'mail-too-large']] as const) {
      const intake = openMailIntake(intakeStore(), { ...WIDE, sizeMaxBytes: 100 }, () => null);
      await intake.take(Buffer.alloc(100 + more, 'a'));
      assert.equal(intake.refusal?.code ?? null, code);
    }
  });

  it('throws the store’s trouble on, so that the client is asked to come again', async () => {
    const store = new FakeStore();
    const intake = openMailIntake(intakeStore(store), WIDE, () => null);
    await intake.take(Buffer.from('Subject: x\r\n\r\n'));
    store.failure = new Error('væk');
    await assert.rejects(intake.accept(ENVELOPE), /væk/);
  });
});

describe('the end of a header', () => {
  it('is its empty line, with CRLF or LF, at the start too', () => {
    const endOf = (text: string): number | null => endOfHeader(Buffer.from(text), 0);
    assert.equal(endOf('A: b\r\n\r\ntekst'), 8);
    assert.equal(endOf('A: b\n\ntekst'), 6);
    assert.equal(endOf('A: b\n\r\ntekst'), 7);
    assert.equal(endOf('\r\ntekst'), 2);
    assert.equal(endOf('\ntekst'), 1);
    assert.equal(endOf('A: b\r\n'), null);
    assert.equal(endOf('A: b\r\r\n'), null);
  });
});
