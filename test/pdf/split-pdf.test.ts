import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { lettersByNumber } from '../../src/domain/letters-by-number.ts';
import { mergePdfs } from '../../src/pdf/merge-pdfs.ts';
import { pdfText } from '../../src/pdf/pdf-text.ts';
import { splitPdf, type PageRange } from '../../src/pdf/split-pdf.ts';
import { citizen } from '../journeys/citizens.ts';
import { htmlLetter, png, textLetter } from './letters.ts';
import { askTool, hasTool } from './pdf-tools.ts';
import { structureFaults } from './structure-check.ts';

const limits = { pagesMax: 1_000, charactersMax: 10_000_000 };
const numbers = Array.from({ length: 100 }, (_, n) => citizen(n));
const letterHtml = (number: string, n: number) =>
  `<h1>Afgørelse</h1><p>CPR-nr. ${number.slice(0, 6)}-${number.slice(6)}</p><p>Ord${String(n)}x</p><table border=1><tr><th>År</th><th>Kr.</th></tr><tr><td>2025</td><td></td></tr></table>`
  + `<p><a href="https://borger.dk/${String(n)}">borger</a></p><img src=cid:a alt="Billede ${String(n)}">${'<p>Mere tekst på næste side.</p>'.repeat(60)}`;

async function split(bytes: Uint8Array, ranges: readonly PageRange[]): Promise<readonly Uint8Array[]> {
  const made: Uint8Array[] = [];
  for await (const one of (await splitPdf({ title: 'breve', bytes }, ranges)).parts()) made.push(one);
  return made;
}

describe('a PDF of 300 pages and 100 letters', () => {
  let whole: Uint8Array;
  let ranges: readonly PageRange[];
  let parts: readonly Uint8Array[];
  before(async () => {
    const letters = numbers.map((number, n) => htmlLetter(letterHtml(number, n), { images: [{ contentId: 'a', type: 'image/png', bytes: png(9, 9) }] }).pdf);
    const merged = await mergePdfs({ title: 'Alle breve', parts: letters.map((bytes, n) => ({ title: `brev ${String(n)}`, bytes })), pagesMax: 1_000 });
    assert.equal(merged.pages, 300);
    whole = merged.pdf;
    const pages = (await pdfText(whole, limits)) ?? [];
    const told = lettersByNumber(pages, new Set(numbers));
    assert.deepEqual(told.faults, []);
    ranges = told.letters.map(({ firstPage, pages: count, number }) => ({ title: `Brev & til ${number.slice(0, 4)}`, first: firstPage - 1, pages: count }));
    parts = await split(whole, ranges);
  });

  it('becomes a file for each number, with that number’s pages and words alone', async () => {
    assert.equal(parts.length, 100);
    for (const [n, part] of parts.entries()) {
      const pages = (await pdfText(part, limits)) ?? [];
      assert.equal(pages.length, 3);
      assert.deepEqual(pages.join('\n').match(/Ord\d+x|\d{6}-\d{4}/g), [`${numbers[n]?.slice(0, 6) ?? ''}-${numbers[n]?.slice(6) ?? ''}`, `Ord${String(n)}x`]);
    }
  });

  it('keeps every tag in each, and says nothing of the others in any', async () => {
    for (const [n, part] of parts.entries()) {
      if (n % 10 === 0) assert.deepEqual(await structureFaults(part), []);
      const { context } = await PDFDocument.load(part, { updateMetadata: false });
      const objects = context.enumerateIndirectObjects().map(([, object]) => String(object)).join('\n');
      assert.equal(objects.match(/\/Type \/Page\b/g)?.length, 3);
      assert.deepEqual(new Set(objects.match(/borger\.dk\/\d+/g)), new Set([`borger.dk/${String(n)}`]));
      assert.equal(objects.match(/\/S \/Figure/g)?.length, 1, 'its own picture');
      assert.equal(objects.match(/\/S \/TD/g)?.length, 2, 'the empty cell too');
      assert.ok(part.length < 200_000, `${String(part.length)} bytes`);
    }
  });

  it('gives the same bytes again, titled and declared accessible', async () => {
    const again = await split(whole, ranges.slice(0, 2));
    assert.deepEqual(again.map((one) => Buffer.from(one).toString('base64')), parts.slice(0, 2).map((one) => Buffer.from(one).toString('base64')));
    const document = await PDFDocument.load(parts[0] ?? new Uint8Array(), { updateMetadata: false });
    assert.equal(document.getTitle(), `Brev & til ${numbers[0]?.slice(0, 4) ?? ''}`);
    assert.ok(document.catalog.has(PDFName.of('MarkInfo')));
    assert.match(Buffer.from(parts[0] ?? []).toString('latin1'), /pdfuaid:part>1</);
  });

  it('is well-formed in every part', { skip: hasTool('qpdf') ? false : 'qpdf is not installed' }, () => {
    for (const part of parts.slice(0, 3)) askTool('qpdf', ['--check', 'FILE'], part);
  });
});

describe('a PDF that is split', () => {
  it('may give all its pages the same resources: each part has what its own pages show', async () => {
    const document = await PDFDocument.create();
    const pictures = await Promise.all(['a', 'b'].map(async (_, n) => await document.embedPng(png(20 + n, 9))));
    const pages = pictures.map((picture) => {
      const page = document.addPage();
      page.drawImage(picture);
      return page;
    });
    const forms = document.context.obj({});
    for (const { node } of pages) for (const [key, value] of node.Resources()?.lookup(PDFName.of('XObject'), PDFDict).entries() ?? []) forms.set(key, value);
    const all = document.context.obj({ XObject: forms });
    for (const { node } of pages) node.set(PDFName.of('Resources'), all);
    const parts = await split(await document.save(), [{ title: 'a', first: 0, pages: 1 }, { title: 'b', first: 1, pages: 1 }]);
    for (const [n, part] of parts.entries()) {
      const { context } = await PDFDocument.load(part);
      const widths = context.enumerateIndirectObjects().flatMap(([, object]) => String(object).match(/\/Width (\d+)/g) ?? []);
      assert.deepEqual(new Set(widths), new Set([`/Width ${String(20 + n)}`]));
    }
  });

  it('is refused where something would be lost or cannot be read', async () => {
    const document = await PDFDocument.create();
    const page = document.addPage();
    page.node.set(PDFName.of('Annots'), document.context.obj([document.context.obj({ Type: 'Annot', Subtype: 'FreeText', Contents: 'note' })]));
    await assert.rejects(split(await document.save(), [{ title: 'a', first: 0, pages: 1 }]), /noter, stempler eller felter/);
    await assert.rejects(split(Buffer.from('%PDF-1.7 nothing'), [{ title: 'a', first: 0, pages: 1 }]), /kan ikke læses/);
  });

  it('need not be tagged', async () => {
    const document = await PDFDocument.create();
    for (const text of ['en', 'to']) document.addPage().drawText(text);
    const parts = await split(await document.save(), [{ title: 'to', first: 1, pages: 1 }]);
    assert.deepEqual(await pdfText(parts[0] ?? new Uint8Array(), limits), ['to']);
  });

  it('gives each part its share of a paragraph that runs over from one page to the next', async () => {
    const { pdf, pages } = textLetter('linje\n'.repeat(120));
    const parts = await split(pdf, Array.from({ length: pages }, (_, n) => ({ title: `side ${String(n)}`, first: n, pages: 1 })));
    for (const part of parts) assert.deepEqual(await structureFaults(part), []);
  });
});
