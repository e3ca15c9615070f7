import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import type { Memo } from '../../src/memo/memo.ts';
import type { ContentStart } from '../../src/memo/memo-builder.ts';
import { MemoUnreadable, type UnreadableReason } from '../../src/memo/memo-unreadable.ts';
import { readMemo, readMemoHeader, type ReadMemo } from '../../src/memo/read-memo.ts';
import { writeMemo } from '../../src/memo/write-memo.ts';
import { anyMemo, anyText, asRead, readAll, withoutIllegal } from './memo-arbitrary.ts';
import { collect, exampleFile, exampleMemo, inChunks } from './memo-examples.ts';

const examples = new URL('../../../shared/data/memo/', import.meta.url);

describe('readMemo', () => {
  it('gives back every message that the writer wrote, bytes of files included, in chunks of any size', async () => {
    const anyChunkBytes = fc.oneof(fc.constantFrom(1, 2, 3, 7, 64, 1_000_000), fc.integer({ min: 1, max: 5000 }));
    const anyVersion = fc.constantFrom('1.1' as const, '1.2' as const).chain(anyMemo);
    await fc.assert(fc.asyncProperty(anyVersion, anyChunkBytes, async (memo, chunkBytes) => {
      const xml = await collect(writeMemo(memo).chunks());
      const { read, contents } = await readWithContents(xml, chunkBytes);
      const { bytes, schemaFaults, ...value } = read;
      assert.equal(bytes, xml.length);
      assert.deepEqual(schemaFaults, []);
      assert.deepEqual(value, asRead(memo));
      assert.deepEqual(contents, await contentsOf(memo));
    }), { numRuns: 150 });
  });

  it('gives back any text that XML can carry, and without the characters that it cannot', async () => {
    const anySign = fc.oneof(anyText(100), fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)), maxLength: 100 }));
    await fc.assert(fc.asyncProperty(anySign, async (label) => {
      const read = await readMemo(writeMemo(exampleMemo({ header: { label } })).chunks());
      assert.equal(read.header.label, withoutIllegal(label));
    }), { numRuns: 500 });
  });

  it('reads every official example of 1.1 and 1.2', async (t) => {
    if (!existsSync(examples)) return t.skip('the official examples are not on this machine');
    for (const folder of ['examples-1.1/', 'examples-1.2/']) {
      for (const name of readdirSync(new URL(folder, examples))) {
        const read = await readMemo(inChunks(readFileSync(new URL(folder + name, examples)), 1000));
        assert.deepEqual(read.schemaFaults, [], name);
        assert.equal(read.version, folder.slice(9, 12));
      }
    }
  });

  it('reads all that the official full example holds', async (t) => {
    if (!existsSync(examples)) return t.skip('the official examples are not on this machine');
    const xml = readFileSync(new URL('examples-1.2/MeMo_Full_Example.xml', examples));
    const read = await readMemo(inChunks(xml));
    const { header, body } = read;
    assert.ok(body);
    assert.equal(header.label, 'Besked fra Børneforvaltningen');
    assert.partialDeepStrictEqual(header, {
      sender: { representative: { label: 'Repræsentant Kommune' }, attention: { address: { addressPoint: { geographicHeightMeasure: '0.0' } } } },
      contentData: { kle: { label: '[KLE tekst]' } },
    });
    assert.partialDeepStrictEqual(body.technicalDocuments, [{ files: [{ bytes: 14 }] }]);
    const leaves = xml.toString('utf8').match(/>[^<>]*\S[^<>]*</g) ?? [];
    const values = JSON.stringify(read, (key, value: unknown) => (key === 'schemaFaults' ? undefined : value));
    for (const leaf of leaves) {
      const text = leaf.slice(1, -1).replaceAll('&amp;', '&');
      const known = text === 'VGhpcyBpcyBhIHRlc3Q=' || /^\d{4}-\d\d-\d\dT/.test(text) || /^(true|false)$/.test(text);
      assert.ok(known || values.includes(text), `${text} was lost`);
    }
  });

  it('accepts a byte order mark, other prefixes, comments, CDATA and an encoding that is UTF-8 all the same', async () => {
    const xml = (await exampleXml()).replaceAll('memo:', 'm:').replaceAll('xmlns:memo', 'xmlns:m')
      .replace('encoding="UTF-8"', 'encoding="utf-16"')
      .replace('Pladsanvisning', 'Plads<!-- > -->an<![CDATA[<visning>]]>');
    const { read, contents } = await readWithContents(Buffer.from(`\ufeff${xml}`), 3);
    assert.equal(read.header.label, 'Pladsan<visning>');
    assert.equal(contents[0]?.toString(), '%PDF-1.7 prøve');
  });

  it('reads base64 with line breaks, references, comments and CDATA in it, wherever the chunks are cut', async () => {
    const bytes = Buffer.from(Array.from({ length: 500 }, (_, index) => (index * 31) % 256));
    const base64 = bytes.toString('base64');
    const forms = [
      base64.replace(/.{76}/g, '$&\r\n'),
      `\n\t ${base64.replace(/.{64}/g, '$&&#xD;\n')} \n`,
      base64.replace(/.{101}/g, '$&&#13;&#10;'),
      `<![CDATA[${base64}]]>`,
      `${base64.slice(0, 41)}<!-- a > b --><![CDATA[${base64.slice(41, 99)}]]>${base64.slice(99)}<?x y?>`,
    ];
    for (const form of forms) {
      const xml = Buffer.from((await exampleXml()).replace(/<memo:content>[^<]*/, `<memo:content>${form}`));
      for (const chunkBytes of [1, 2, 5, 76, 10_000]) {
        const { contents } = await readWithContents(xml, chunkBytes);
        assert.ok(contents[0]?.equals(bytes), `${form.slice(0, 90)} in chunks of ${chunkBytes}`);
      }
    }
  });

  it('refuses what is not base64', async () => {
    const wrong = ['not base64!', 'QUJD-A==', 'QUJD_A==', 'QUI', 'QUJDR', 'QUI=QUJD', 'QQ==QQ==', 'QUJ=D', 'QUJD====', '====', 'QUJD&amp;', 'QUJDæ', 'QU&#65;D', 'QUJ\u0085D', 'QUJ<x/>D'];
    for (const form of wrong) {
      const xml = (await exampleXml()).replace(/<memo:content>[^<]*/, `<memo:content>${form}`);
      for (const chunkBytes of [1, 3, 10_000]) {
        const reading = readMemo(inChunks(xml, chunkBytes));
        await assert.rejects(reading, (error) => error instanceof MemoUnreadable && ['base64', 'value'].includes(error.reason), form);
      }
    }
  });

  it('counts empty contents', async () => {
    for (const form of ['<memo:content></memo:content>', '<memo:content/>', '<memo:content> \n </memo:content>']) {
      const read = await readMemo(inChunks((await exampleXml()).replace(/<memo:content>.*<\/memo:content>/, form)));
      assert.equal(read.body?.mainDocument.files[0]?.bytes, 0);
    }
  });

  it('tells which file each content belongs to, and waits for who takes it', async () => {
    const file = (name: string): object => exampleFile(name, Buffer.alloc(300_000, name));
    const body = {
      mainDocument: { files: [file('a'), file('b')] },
      additionalDocuments: [{ files: [file('c')] }, { files: [file('d')] }],
      technicalDocuments: [{ files: [file('e')] }],
    };
    const starts: ContentStart[] = [];
    let busy = 0;
    const read = await readMemo(writeMemo(exampleMemo({ body })).chunks(), (start) => {
      starts.push(start);
      return start.filename === 'd' ? null : async () => {
        busy += 1;
        assert.equal(busy, 1);
        await Promise.resolve();
        busy -= 1;
      };
    });
    assert.deepEqual(starts.map((start) => `${start.document} ${start.index} ${start.fileIndex} ${start.filename}`), ['main 0 0 a', 'main 0 1 b', 'additional 0 0 c', 'additional 1 0 d', 'technical 0 0 e']);
    assert.equal(read.body?.additionalDocuments[1]?.files[0]?.bytes, 300_000);
  });

  it('hands out contents in pieces, however long the chunk they came in', async () => {
    const body = { mainDocument: { files: [exampleFile('a', Buffer.alloc(3_000_000))] } };
    const xml = await collect(writeMemo(exampleMemo({ body })).chunks());
    let longest = 0;
    await readMemo(inChunks(xml, xml.length), () => (bytes) => {
      longest = Math.max(longest, bytes.length);
    });
    assert.ok(longest > 0 && longest <= 65_536);
  });

  it('passes over unknown elements and tells of them', async () => {
    const xml = (await exampleXml()).replace('<memo:Sender>', '<x:Ny xmlns:x="urn:x"><memo:label>andet</memo:label>tekst</x:Ny>$&');
    const read = await readMemo(inChunks(xml));
    assert.equal(read.header.label, 'Pladsanvisning');
    assert.deepEqual(read.schemaFaults.map((fault) => fault.code), ['schema']);
  });

  it('does not take an element of another namespace for one of MeMo', async () => {
    const xml = (await exampleXml()).replace('<memo:label>Pladsanvisning', '<grd:label>Pladsanvisning').replace('Pladsanvisning</memo:label>', 'Pladsanvisning</grd:label>');
    await assert.rejects(readMemo(inChunks(xml)), unreadable('missing'));
  });

  it('reads or refuses a message with bytes changed, cut out or put in, and never fails otherwise', async () => {
    const xml = await collect(writeMemo(exampleMemo({ header: { messageId: 'æ' } })).chunks());
    const anyCut = fc.record({ at: fc.nat(xml.length), gone: fc.nat(30), put: fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.constantFrom('<', '>', '&#', ']]>', '<!--', '<![CDATA[', '<?', '/>').map((text) => Buffer.from(text))) });
    let refused = 0;
    await fc.assert(fc.asyncProperty(anyCut, fc.integer({ min: 1, max: 2000 }), async ({ at, gone, put }, chunkBytes) => {
      const spoilt = Buffer.concat([xml.subarray(0, at), put, xml.subarray(at + gone)]);
      try {
        await readMemo(inChunks(spoilt, chunkBytes));
      } catch (error) {
        assert.ok(error instanceof MemoUnreadable, String(error));
        refused += 1;
      }
    }), { numRuns: 1000 });
    assert.ok(refused > 0);
  });

  it('passes on what the source and the receiver throw', async () => {
    const source = (async function* () {
      yield Buffer.from('<memo');
      throw new Error('line cut');
    })();
    await assert.rejects(readMemo(source), /line cut/);
    const receiver = (): (() => Promise<void>) => () => Promise.reject(new Error('disk full'));
    await assert.rejects(readMemo(inChunks(await exampleXml()), receiver), /disk full/);
  });

  it('carries 70 MB without holding it', async () => {
    const piece = Buffer.alloc(1_000_000, 'abc');
    const content = { bytes: 70_000_000, open: () => Array.from({ length: 70 }, () => piece) };
    const file = { ...exampleFile('stor.pdf', Buffer.alloc(0)), content };
    let most = 0;
    let bytes = 0;
    let pieces = 0;
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    const held = (): number => {
      // The bytes of buffers are swept beside the program; the next collection waits for the last one's sweep.
      collectGarbage();
      collectGarbage();
      return process.memoryUsage().external + process.memoryUsage().heapUsed;
    };
    const before = held();
    await readMemo(writeMemo(exampleMemo({ body: { mainDocument: { files: [file] } } })).chunks(), () => (part) => {
      bytes += part.length;
      pieces += 1;
      if (pieces % 200 === 0) most = Math.max(most, held() - before);
    });
    assert.equal(bytes, 70_000_000);
    assert.ok(pieces > 1000 && most < 20_000_000, `${most} bytes more were held`);
  });

  describe('refuses attacks and what is no message:', () => {
    const nested = '<a>'.repeat(200_000);
    const attributes = Array.from({ length: 50_000 }, (_, index) => ` a${index}=""`).join('');
    const entities = Array.from({ length: 20 }, (_, index) => `<!ENTITY e${index + 1} "${`&e${index};`.repeat(10)}">`).join('');
    const cases: readonly (readonly [string, (xml: string) => string, UnreadableReason])[] = [
      ['an external entity', (xml) => withDoctype(xml, '<!ENTITY x SYSTEM "file:///etc/passwd">', '&x;'), 'doctype'],
      ['a parameter entity', (xml) => withDoctype(xml, '<!ENTITY % p SYSTEM "http://localhost:1/x.dtd"> %p;', ''), 'doctype'],
      ['the billion laughs', (xml) => withDoctype(xml, `<!ENTITY e0 "ha">${entities}`, '&e20;'), 'doctype'],
      ['a quadratic blow-up', (xml) => withDoctype(xml, `<!ENTITY x "${'a'.repeat(100_000)}">`, '&x;'.repeat(50_000)), 'doctype'],
      ['a bare DOCTYPE', (xml) => xml.replace('?>', '?><!DOCTYPE memo:Message SYSTEM "a.dtd">'), 'doctype'],
      ['an entity nobody declared', (xml) => xml.replace('Pladsanvisning', '&x;'), 'xml'],
      ['200,000 elements inside each other', (xml) => xml.replace('<memo:label>', `${nested}$&`), 'limit'],
      ['50,000 attributes', (xml) => xml.replace('<memo:label', `$&${attributes}`), 'limit'],
      ['an attribute of 1 MB', (xml) => xml.replace('<memo:label', `$& a="${'x'.repeat(1_000_000)}"`), 'limit'],
      ['a name of 1 MB', (xml) => xml.replace('<memo:label>', `<${'n'.repeat(1_000_000)}>$&`), 'limit'],
      ['a text of 1 MB', (xml) => xml.replace('Pladsanvisning', 'x'.repeat(1_000_000)), 'limit'],
      ['a text of 1 MB of greater-than signs', (xml) => xml.replace('Pladsanvisning', '>'.repeat(1_000_000)), 'limit'],
      ['a comment of 1 MB', (xml) => xml.replace('Pladsanvisning', `<!--${'x'.repeat(1_000_000)}-->`), 'limit'],
      ['200,000 small elements', (xml) => xml.replace('<memo:label>', `${'<a/>'.repeat(200_000)}$&`), 'limit'],
      ['200,000 comments', (xml) => xml.replace('<memo:label>', `${'<!---->'.repeat(200_000)}$&`), 'limit'],
      ['bytes that are not UTF-8', (xml) => xml.replace('Pladsanvisning', 'bl\u00e5'), 'encoding'],
      ['another encoding', (xml) => xml.replace('UTF-8', 'ISO-8859-1'), 'encoding'],
      ['a control sign', (xml) => xml.replace('Pladsanvisning', 'a\u0001'), 'xml'],
      ['a reference to a control sign', (xml) => xml.replace('Pladsanvisning', '&#1;'), 'xml'],
      ['an unclosed element', (xml) => xml.replace('</memo:Message>', ''), 'xml'],
      ['half a message', (xml) => xml.slice(0, xml.indexOf('<memo:content>') + 16), 'xml'],
      ['text after the end', (xml) => `${xml}x`, 'xml'],
      ['two roots', (xml) => `${xml}<memo/>`, 'xml'],
      ['crossed elements', (xml) => xml.replace('</memo:label>', '</memo:labe>'), 'xml'],
      ['a prefix nobody declared', (xml) => xml.replaceAll('xmlns:memo=', 'xmlns:other='), 'xml'],
      ['nothing', () => '', 'xml'],
      ['JSON', () => '{"a":1}', 'xml'],
      ['another root', () => '<html><body/></html>', 'not-memo'],
      ['a root of another namespace', (xml) => xml.replace('xmlns:memo="https://DigitalPost.dk/MeMo-1"', 'xmlns:memo="urn:x"'), 'not-memo'],
      ['version 1.0', (xml) => xml.replace('memoVersion="1.2"', 'memoVersion="1.0"'), 'version'],
      ['no version', (xml) => xml.replace('memoVersion="1.2"', ''), 'version'],
      ['no header', (xml) => xml.replace(/<memo:MessageHeader>.*<\/memo:MessageHeader>/, ''), 'missing'],
      ['no recipient', (xml) => xml.replace(/<memo:Recipient>.*<\/memo:Recipient>/, ''), 'missing'],
      ['no main document', (xml) => xml.replace(/<memo:MainDocument>.*<\/memo:MainDocument>/, ''), 'missing'],
      ['two recipients', (xml) => xml.replace(/<memo:Recipient>.*<\/memo:Recipient>/, '$&$&'), 'duplicate'],
      ['two message ids', (xml) => xml.replace(/<memo:messageUUID>.*<\/memo:messageUUID>/, '$&$&'), 'duplicate'],
      ['a flag that is neither', (xml) => xml.replace('<memo:idType>CVR', '<memo:idType>EAN'), 'value'],
    ];
    for (const [name, spoil, reason] of cases) {
      it(name, async () => {
        // Latin-1 leaves the ASCII of the message alone and lets a case hold bytes that are not UTF-8.
        const xml = Buffer.from(spoil(await exampleXml('proeve')), 'latin1');
        for (const chunkBytes of [997, xml.length + 1]) {
          await assert.rejects(readMemo(inChunks(xml, chunkBytes)), unreadable(reason));
        }
      });
    }
  });
});

describe('readMemoHeader', () => {
  it('reads the header and no more than the chunk that it ends in', async () => {
    const file = exampleFile('stor.pdf', Buffer.alloc(5_000_000));
    const memo = exampleMemo({ header: { messageId: 'MSG-1' }, body: { mainDocument: { files: [file] } } });
    let taken = 0;
    let closed = false;
    const counted = (async function* () {
      try {
        for await (const chunk of inChunks(await collect(writeMemo(memo).chunks()), 4096)) {
          taken += 1;
          yield chunk;
        }
      } finally {
        closed = true;
      }
    })();
    assert.deepEqual(await readMemoHeader(counted), memo.header);
    assert.equal(taken, 1);
    assert.ok(closed);
  });

  it('does not mind what comes after the header', async () => {
    const xml = (await exampleXml()).replace(/<memo:MessageBody>[^]*/, '<!DOCTYPE x>&&&');
    assert.equal((await readMemoHeader(inChunks(xml))).label, 'Pladsanvisning');
  });

  it('refuses a message that ends before its header does', async () => {
    const xml = (await exampleXml()).split('<memo:Recipient>')[0] ?? '';
    await assert.rejects(readMemoHeader(inChunks(xml)), unreadable('xml'));
    const headless = (await exampleXml()).replace(/<memo:MessageHeader>.*<\/memo:MessageHeader>/, '');
    await assert.rejects(readMemoHeader(inChunks(headless)), unreadable('missing'));
  });
});

async function exampleXml(content = '%PDF-1.7 prøve'): Promise<string> {
  const body = { mainDocument: { files: [exampleFile('brev.pdf', Buffer.from(content))] } };
  return (await collect(writeMemo(exampleMemo({ body })).chunks())).toString('utf8');
}

function withDoctype(xml: string, subset: string, use: string): string {
  return xml.replace('?>', `?><!DOCTYPE memo:Message [${subset}]>`).replace('Pladsanvisning', use);
}

function unreadable(reason: UnreadableReason): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof MemoUnreadable, String(error));
    assert.equal(error.reason, reason);
    return true;
  };
}

async function readWithContents(xml: Buffer, chunkBytes: number): Promise<{ read: ReadMemo; contents: Buffer[] }> {
  const pieces: Uint8Array[][] = [];
  const read = await readMemo(inChunks(xml, chunkBytes), () => {
    const own: Uint8Array[] = [];
    pieces.push(own);
    return (bytes) => void own.push(bytes);
  });
  return { read, contents: pieces.map((own) => Buffer.concat(own)) };
}

async function contentsOf({ body }: Memo): Promise<Buffer[]> {
  if (body === null) return [];
  const documents = [body.mainDocument, ...body.additionalDocuments, ...body.technicalDocuments];
  return Promise.all(documents.flatMap((document) => document.files).map((file) => readAll(file.content)));
}
