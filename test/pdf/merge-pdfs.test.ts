import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { mergePdfs, type MergedPdf } from '../../src/pdf/merge-pdfs.ts';
import { pdfOf } from '../mail/inspect-samples.ts';
import { htmlLetter, outlookHtml, png, textLetter } from './letters.ts';
import { askTool, hasTool, textOf } from './pdf-tools.ts';
import { structureFaults } from './structure-check.ts';

const table = '<h1>Oversigt</h1><table border=1><tr><th>År</th><th>Kr.</th></tr><tr><td>2025</td><td>10</td></tr></table><p><a href="https://borger.dk">borger</a></p>';
const merge = (...bytes: readonly Uint8Array[]): Promise<MergedPdf> =>
  mergePdfs({ title: 'Bilag & mere', parts: bytes.map((one, n) => ({ title: `del ${n + 1}`, bytes: one })), pagesMax: 100 });

/** What pdfinfo reads aloud: the text in the order of the tags, without the tags. */
function readAloud(pdf: Uint8Array): readonly string[] {
  return Array.from(askTool('pdfinfo', ['-struct-text', 'FILE'], pdf).matchAll(/^ +"(.*)"$/gm), ([, text = '']) => text);
}

function throughQpdf(pdf: Uint8Array, ...args: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'postbro-qpdf-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), pdf);
    spawnSync('qpdf', [...args, join(folder, 'a.pdf'), join(folder, 'b.pdf')]);
    return readFileSync(join(folder, 'b.pdf'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('merged PDFs', () => {
  const letters = [
    htmlLetter(outlookHtml).pdf, htmlLetter(table).pdf, htmlLetter(`${table}<img src=cid:a alt="Et hus">`, { images: [{ contentId: 'a', type: 'image/png', bytes: png(9, 9) }] }).pdf,
    textLetter('linje\n'.repeat(120)).pdf,
  ];

  it('keep every tag: each marked piece is found from its page and from the tree', async () => {
    for (const letter of letters) assert.deepEqual(await structureFaults(letter), []);
    const { pdf, pages, remarks } = await merge(...letters);
    assert.deepEqual(await structureFaults(pdf), []);
    assert.deepEqual([pages, remarks], [6, []]);
  });

  it('may be merged again', async () => {
    const first = await merge(...letters);
    const second = await merge(first.pdf, ...letters, first.pdf);
    assert.deepEqual(await structureFaults(second.pdf), []);
    assert.equal(second.pages, 18);
  });

  it('are read aloud as their parts are, one after another', { skip: hasTool('pdfinfo') ? false : 'pdfinfo is not installed' }, async () => {
    const { pdf } = await merge(...letters);
    assert.deepEqual(readAloud(pdf), letters.flatMap(readAloud));
    const told = askTool('pdfinfo', ['FILE'], pdf);
    assert.match(told, /Title: +Bilag & mere\n[^]*Tagged: +yes\n[^]*Pages: +6\n/);
  });

  it('are sound to qpdf, also where parts are packed in object streams', { skip: hasTool('qpdf') ? false : 'qpdf is not installed' }, async () => {
    const packed = letters.map((letter) => throughQpdf(letter, '--object-streams=generate', '--stream-data=compress'));
    const { pdf } = await merge(...packed);
    assert.deepEqual(await structureFaults(pdf), []);
    assert.match(askTool('qpdf', ['--check', 'FILE'], pdf), /No syntax or stream encoding errors/);
    assert.equal(textOf(pdf), letters.map((letter) => textOf(letter)).join(' '));
  });

  it('are declared accessible only where all parts are', async () => {
    const declared = (pdf: Uint8Array) => Buffer.from(pdf).includes('<pdfuaid:part>1</pdfuaid:part>');
    assert.ok(declared((await merge(...letters)).pdf));
    const mixed = await merge(letters[0] ?? Buffer.alloc(0), pdfOf());
    assert.ok(!declared(mixed.pdf));
    assert.match(mixed.remarks.join(), /»del 2« er ikke mærket op til skærmlæsere/);
    assert.deepEqual(await structureFaults(mixed.pdf), []);
    assert.equal((await PDFDocument.load((await merge(pdfOf(), pdfOf())).pdf)).getPageCount(), 2);
  });

  it('have what their parts lost told once, whatever the number of parts', async () => {
    const remarks = async (n: number) => (await merge(...Array.from({ length: n }, () => pdfOf({ catalog: '/Names<</EmbeddedFiles<</Names[]>>>>' })))).remarks;
    assert.deepEqual(await remarks(1), [
      '»del 1« er ikke mærket op til skærmlæsere, og det bliver den ikke af at blive sat sammen med andre.', 'Filer, der lå inde i »del 1«, er ikke kommet med.',
    ]);
    assert.match((await remarks(3)).join(), /^»del 1«, »del 2« og »del 3« er ikke .* bliver de ikke/);
    assert.match((await remarks(4)).join(), /^»del 1«, »del 2«, »del 3« og en anden er/);
    assert.match((await remarks(12)).join('\n'), /^»del 1«, »del 2«, »del 3« og 9 andre er .*\n.*»del 3« og 9 andre, er ikke kommet med\.$/);
  });

  it('are the same bytes each time, and hold no date', async () => {
    const { pdf } = await merge(...letters);
    assert.deepEqual((await merge(...letters)).pdf, pdf);
    assert.doesNotMatch(Buffer.from(pdf).toString('latin1'), /CreationDate|ModDate/);
  });

  it('keep links that went by a name', async () => {
    const source = await PDFDocument.load(pdfOf({ objects: ['<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/Dest(her)>>'], catalog: '/Names<</Dests<</Names[(her)[3 0 R/Fit]]>>>>' }));
    const [page] = source.getPages();
    page?.node.set(PDFName.of('Annots'), source.context.obj([source.context.obj({ Subtype: 'Link', Rect: [0, 0, 9, 9], A: { S: 'GoTo', D: PDFString.of('her') } })]));
    const merged = await PDFDocument.load((await merge(letters[0] ?? Buffer.alloc(0), await source.save())).pdf);
    assert.match(String(merged.getPages().at(-1)?.node.Annots()), /\/D \[ \d+ 0 R \/Fit \]/);
  });

  it('are refused where a form or a signature would be lost, for a broken part, and over so many pages', async () => {
    await assert.rejects(merge(pdfOf({ objects: ['<</FT/Tx/T(navn)>>'], catalog: '/AcroForm<</Fields[4 0 R]>>' })), /»del 1« har felter/);
    await assert.rejects(merge(Buffer.from('%PDF-1.7\nvrøvl')), /»del 1« kan ikke læses/);
    await assert.rejects(mergePdfs({ title: 'x', parts: letters.map((bytes) => ({ title: 'x', bytes })), pagesMax: 3 }), /mere end 3 sider/);
  });
});
