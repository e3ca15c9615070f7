import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { deflateSync } from 'node:zlib';
import { openPdfScan, pdfScanLimits, type PdfFindings } from '../../src/mail/inspect-pdf.ts';
import { objectStreamOf, pdfOf } from './inspect-samples.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

function scan(bytes: Buffer | string, pieceBytes = 65_536): PdfFindings {
  const pdf = openPdfScan();
  const all = Buffer.from(bytes as string);
  for (let at = 0; at < all.length; at += pieceBytes) pdf.write(all.subarray(at, at + pieceBytes));
  return pdf.end();
}

const hexPacked = deflateSync('4 0 <</S/JavaScript>>').toString('hex');

const minimal =
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj ' +
  '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f\n' +
  '0000000009 00000 n\n0000000052 00000 n\n0000000101 00000 n\ntrailer<</Size 4/Root 1 0 R>>\nstartxref\n164\n%%EOF\n';

describe('the scan of a PDF', () => {
  const actions: Readonly<Record<string, Buffer>> = {
    'a script at opening': pdfOf({ catalog: '/OpenAction<</S/JavaScript/JS(app.alert(1))>>' }),
    'a script with blanks and comments between': pdfOf({ catalog: '/OpenAction << /S % x\n /JavaScript /JS 4 0 R >>' }),
    'a script of the document': pdfOf({ catalog: '/Names<</JavaScript 4 0 R>>' }),
    'a script as an object of its own': pdfOf({ objects: ['<</S/JavaScript/JS(x)>>'] }),
    'a name written in hex': pdfOf({ catalog: '/OpenAction<</S/#4aavaScript/#4a#53(x)>>' }),
    'a name written in hex, upper case': pdfOf({ catalog: '/OpenAction<</#53/J#61vaS#63r#69pt/J#53(x)>>' }),
    'only the key of a script, in hex': pdfOf({ catalog: '/AA<</O<</S 4 0 R/#4aS (app.alert)>>>>' }),
    'a launch': pdfOf({ catalog: '/OpenAction<</S/Launch/F(cmd.exe)>>' }),
    'a launch written in hex': pdfOf({ catalog: '/OpenAction<</S /L#61unch/Win<<>>>>' }),
    'a script in an object stream': pdfOf({ objects: [objectStreamOf('<</S/JavaScript/JS(x)>>')] }),
    'a launch in an object stream': pdfOf({ objects: [objectStreamOf('<</S/Launch/F(x)>>')] }),
    'a script in an object stream written in hex': pdfOf({
      objects: [objectStreamOf('<</S/JavaScript/JS(x)>>', '/Type/#4fbjStm')],
    }),
    'a script in a hex-packed object stream': pdfOf({
      objects: [
        `<</Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]>>\nstream\n${hexPacked}>\nendstream`,
      ],
    }),
    'a script in a raw object stream': pdfOf({
      objects: ['<</Type/ObjStm/N 1/First 4>>\nstream\n4 0 <</S/JavaScript/JS(x)>>\nendstream'],
    }),
    'a script behind an object stream without an end': pdfOf({
      objects: ['<</Type/ObjStm>>stream\nxx', '<</S/JavaScript/JS(x)>>'],
    }),
    'a script amid noise': pdfOf({ objects: [randomBytes(300_000), '<</S/JavaScript/JS(x)>>', randomBytes(300_000)] }),
  };
  for (const [what, bytes] of Object.entries(actions)) {
    it(`sees ${what}`, () => assert.equal(scan(bytes).active, true));
    it(`sees ${what}, cut into small pieces`, () => {
      assert.equal(scan(bytes, 1 + (bytes.length % 13) + (bytes.length > 100_000 ? 5_000 : 0)).active, true);
    });
  }

  const harmless: Readonly<Record<string, Buffer | string>> = {
    'a page': pdfOf(),
    'a place to open at': pdfOf({ catalog: '/OpenAction[3 0 R/Fit]' }),
    'a link': pdfOf({ objects: ['<</S/URI/URI(https://kommune.example/JavaScript)>>'] }),
    'a title that speaks of it': pdfOf({ objects: ['<</Title(HTML/JavaScript for alle)>>'] }),
    'a text that speaks of it': pdfOf({
      objects: ['<<>>stream\nBT (Om /Launch og /Encrypt og /JS i PDF) Tj ET\nendstream'],
    }),
    'longer names': pdfOf({ objects: ['<</JSX(a)/JavaScripts 4 0 R/Launcher<<>>/S/Launchpad>>'] }),
    'an embedded file': pdfOf({
      objects: ['<</Type/Filespec/F(faktura.xml)/EF<</F 5 0 R>>>>', '<</Type/EmbeddedFile>>stream\nx\nendstream'],
    }),
    noise: Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(5_000_000), Buffer.from('\n%%EOF')]),
    'noise without an end': Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(1_000_000)]),
    'the smallest made by hand': minimal,
    'a bare frame': '%PDF-1.4\n%%EOF',
    'a stub of a test': '%PDF-1.4 test',
    'zeros behind the end': Buffer.concat([pdfOf(), Buffer.alloc(20_000)]),
    'an ordinary object stream': pdfOf({ objects: [objectStreamOf('<</Type/Font/BaseFont/Arial>>')] }),
  };
  for (const [what, bytes] of Object.entries(harmless)) {
    it(`lets pass: ${what}`, () => {
      const { encrypted, active, damaged } = scan(bytes);
      assert.deepEqual({ encrypted, active, damaged }, { encrypted: false, active: false, damaged: false });
    });
  }

  it('sees encryption, in a trailer as in a cross-reference stream', () => {
    assert.equal(scan(pdfOf({ trailer: '/Encrypt 4 0 R' })).encrypted, true);
    assert.equal(scan(pdfOf({ trailer: '/Encrypt<</Filter/Standard/V 2>>' })).encrypted, true);
    assert.equal(scan(pdfOf({ trailer: '/#45ncrypt 4 0 R' })).encrypted, true);
    assert.equal(scan(pdfOf({ objects: ['<</Type/XRef/Encrypt 5 0 R>>stream\nx\nendstream'] })).encrypted, true);
    assert.equal(scan(pdfOf({ trailer: '/EncryptMetadata true' })).encrypted, false);
  });

  it('sees that the end is missing', () => {
    const whole = pdfOf({ objects: [`<</Length 50000>>stream\n${'q 1 0 0 1 0 0 cm Q\n'.repeat(2_600)}endstream`] });
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9])
      assert.equal(scan(whole.subarray(0, whole.length * share)).damaged, true);
    assert.equal(scan(whole).damaged, false);
  });

  it('counts an object stream that unpacks without end as damage', () => {
    const bomb = pdfOf({
      objects: Array.from({ length: 20 }, () => objectStreamOf(' '.repeat(pdfScanLimits.unpackedBytesMax + 1))),
    });
    withoutHanging(() => assert.equal(scan(bomb).damaged, true));
  });

  it('counts names and object streams beyond all measure as damage', () => {
    assert.equal(scan(Buffer.alloc(2_800_000, '/JS x ')).damaged, false);
    assert.equal(scan(Buffer.alloc(3_100_000, '/JS x ')).damaged, true);
    assert.equal(scan(Buffer.alloc(27 * 21_000, '/ObjStm stream x endstream ')).damaged, true);
  });

  it('hangs nothing where every word is a trap', () => {
    for (const trap of [
      '/JavaScript',
      '/JS(',
      '/ObjStm stream ',
      '/ObjStm stream x endstream ',
      '/F(',
      '/S%\n%\n%\n/JavaScript %\n%\n',
      '/JavaScript      ',
      '#4a/#4a',
    ]) {
      withoutHanging(() => scan(Buffer.alloc(2_000_000, trap)));
    }
  });
});
