import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { MemoContent } from '../../src/memo/memo.ts';
import { memoSeries, renderMemoBody, writeMemo } from '../../src/memo/write-memo.ts';
import { anyMemo } from './memo-arbitrary.ts';
import { appointmentMemo, collect, exampleFile, exampleMemo } from './memo-examples.ts';

const asText = async (memo: Parameters<typeof writeMemo>[0]): Promise<string> =>
  (await collect(writeMemo(memo).chunks())).toString('utf8');

const withContent = (content: MemoContent): Parameters<typeof writeMemo>[0] =>
  exampleMemo({ body: { mainDocument: { files: [{ ...exampleFile('a.pdf', Buffer.alloc(0)), content }] } } });

describe('writeMemo', () => {
  it('writes version 1.2 with the prefix memo, without memoSchVersion and without a byte order mark', async () => {
    const xml = await asText(exampleMemo());
    assert.ok(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n<memo:Message memoVersion="1.2" xmlns:memo="https://DigitalPost.dk/MeMo-1" '));
    assert.ok(!xml.includes('memoSchVersion'));
    assert.ok(!xml.includes('memo:mandatory'));
    assert.ok(xml.includes('<memo:createdDateTime>2025-05-03T12:00:00Z</memo:createdDateTime>'));
  });

  it('writes version 1.1 with memoSchVersion and both flags, and without what only 1.2 has', async () => {
    const sender = { id: '35833684', idType: 'CVR', label: 'K', representative: { id: '87654321' } };
    const xml = await asText(exampleMemo({ version: '1.1', header: { sender } }));
    assert.ok(xml.includes('<memo:Message memoVersion="1.1" memoSchVersion="1.1.0" '));
    assert.ok(xml.includes('<memo:mandatory>false</memo:mandatory><memo:legalNotification>false</memo:legalNotification>'));
    assert.ok(!xml.includes('Representative'));
  });

  it('escapes markup and carriage returns, and leaves out what XML cannot carry', async () => {
    const label = 'a<b>&amp;]]>\r\n\u0000\u0008\u000b\u001f\ufffe\uffff\ud800x\udc00\t"😀\'';
    const xml = await asText(exampleMemo({ header: { label } }));
    const written = /<memo:label>([^]*?)<\/memo:label>/.exec(xml)?.[1];
    assert.equal(written, 'a&lt;b&gt;&amp;amp;]]&gt;&#13;\nx\t"😀\'');
  });

  it('counts undefined and null as absent', async () => {
    const xml = await asText(exampleMemo({ header: { messageId: undefined, postType: null, replyData: [] } }));
    assert.ok(!/messageID|postType|ReplyData/.test(xml));
  });

  it('writes an appointment with its fields in the order of the XSD, times in UTC', async () => {
    for (const version of ['1.1', '1.2'] as const) {
      const written = writeMemo(appointmentMemo(version));
      const xml = await collect(written.chunks());
      assert.equal(xml.length, written.bytes);
      const times = '<memo:startDateTime>2026-12-01T08:00:00Z</memo:startDateTime><memo:endDateTime>2026-12-01T09:30:00Z</memo:endDateTime>';
      const least = '<memo:Reservation><memo:description>Samtale om &lt;barselsorlov&gt; &amp; løn&#13;\nHusk lægeerklæring 😀</memo:description>'
        + '<memo:reservationUUID>3c2ea15d-61fb-4ba9-9366-42f8b194c114</memo:reservationUUID><memo:abstract>Samtale</memo:abstract>'
        + `<memo:location>Rådhuset, lokale Ø2</memo:location>${times}`;
      const actions = [...xml.toString('utf8').matchAll(/<memo:Action>(.*?)<\/memo:Action>/gs)].map((match) => match[1]);
      assert.deepEqual(actions, [
        `<memo:label>Mødeindkaldelse</memo:label><memo:actionCode>AFTALE</memo:actionCode>${times}${least}`
          + '<memo:organizerMail>sagsbehandler@kommune.example</memo:organizerMail><memo:organizerName>Åse Sørensen</memo:organizerName></memo:Reservation>',
        `<memo:label>Møde</memo:label><memo:actionCode>AFTALE</memo:actionCode>${least}</memo:Reservation>`,
      ]);
    }
  });

  it('tells the exact size before any content is opened, and gives the same bytes each time', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom('1.1' as const, '1.2' as const).chain(anyMemo), async (memo) => {
      const written = writeMemo(memo);
      const first = await collect(written.chunks());
      assert.equal(first.length, written.bytes);
      assert.ok(first.equals(await collect(written.chunks())));
      assert.ok(first.equals(await collect(writeMemo(turnedAround(memo)).chunks())));
    }), { numRuns: 50 });
  });

  it('does not open a content to know the size', () => {
    const content: MemoContent = { bytes: 7, open: () => assert.fail('opened') };
    assert.ok(writeMemo(withContent(content)).bytes > 7);
  });

  it('writes the same base64 whatever chunks the content comes in', async () => {
    const bytes = Buffer.from(Array.from({ length: 3001 }, (_, index) => (index * 7) % 256));
    for (const chunkBytes of [1, 2, 3, 4, 5, 7, 1000, 3001]) {
      const body = { mainDocument: { files: [exampleFile('a.pdf', bytes, chunkBytes)] } };
      const xml = await asText(exampleMemo({ body }));
      assert.ok(xml.includes(`<memo:content>${bytes.toString('base64')}</memo:content>`), `chunks of ${chunkBytes}`);
    }
  });

  it('does not mind a content that uses its chunk again, or that is asynchronous', async () => {
    const bytes = Buffer.from('abcdefghijklmnopqrstu');
    const content: MemoContent = {
      bytes: bytes.length,
      async *open() {
        const chunk = Buffer.alloc(4);
        for (let at = 0; at < bytes.length; at += 4) yield chunk.subarray(0, bytes.copy(chunk, 0, at, at + 4));
      },
    };
    assert.ok((await asText(withContent(content))).includes(bytes.toString('base64')));
  });

  it('throws when a content yields fewer or more bytes than announced', async () => {
    for (const bytes of [4, 6, 0]) {
      const written = writeMemo(withContent({ bytes, open: () => [Buffer.from('12345')] }));
      await assert.rejects(collect(written.chunks()), /announced/);
    }
  });

  it('never gives out more than it announced, also when a content goes on', async () => {
    const written = writeMemo(withContent({ bytes: 10, open: () => Array.from({ length: 1000 }, () => Buffer.alloc(1000)) }));
    let bytes = 0;
    await assert.rejects(async () => {
      for await (const chunk of written.chunks()) bytes += chunk.length;
    });
    assert.ok(bytes <= written.bytes);
  });

  it('closes the content when its reader goes away', async () => {
    let closed = false;
    const content: MemoContent = {
      bytes: 10_000_000,
      *open() {
        try {
          for (let count = 0; count < 100; count += 1) yield Buffer.alloc(100_000);
        } finally {
          closed = true;
        }
      },
    };
    for await (const chunk of writeMemo(withContent(content)).chunks()) {
      assert.ok(chunk.length > 0);
      break;
    }
    assert.ok(closed);
  });

  it('throws on a value that lacks what the XSD demands', () => {
    assert.throws(() => writeMemo(exampleMemo({ header: { label: undefined } })), /memo:label is missing/);
    assert.throws(() => writeMemo(exampleMemo({ body: { mainDocument: { files: [] } } })), /memo:File is missing/);
    assert.throws(() => writeMemo(exampleMemo({ body: { createdDateTime: new Date(NaN) } })), RangeError);
  });
});

/** The same value as other objects, with the keys the other way round. */
function turnedAround<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(turnedAround) as Value;
  if (typeof value !== 'object' || value === null || value instanceof Date || 'open' in value) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, turnedAround(inner)])) as Value;
}

describe('a series of messages that differ in UUID and recipient', () => {
  it('is the very bytes of writeMemo', async () => {
    await fc.assert(
      fc.asyncProperty(anyMemo('1.2'), fc.uuid({ version: 4 }), fc.stringMatching(/^[0-9]{8}([0-9]{2})?$/), async (any, messageUUID, id) => {
        const memo = { ...any, header: { ...any.header, replyData: undefined } };
        const write = memoSeries(memo, await renderMemoBody(memo));
        assert.ok(write !== null);
        const header = { ...memo.header, messageUUID, recipient: { ...memo.header.recipient, id } };
        const written = write({ messageUUID, recipientId: id });
        const bytes = await collect(written.chunks());
        assert.equal(written.bytes, bytes.length);
        assert.ok(bytes.equals(await collect(writeMemo({ ...memo, header }).chunks())));
      }),
      { numRuns: 100 },
    );
  });

  it('is none where a message names its UUID elsewhere too', async () => {
    const withReplyData = anyMemo('1.2').filter((memo) => memo.header.replyData !== undefined);
    await fc.assert(fc.asyncProperty(withReplyData, async (memo) => assert.equal(memoSeries(memo, await renderMemoBody(memo)), null)), { numRuns: 25 });
  });
});
