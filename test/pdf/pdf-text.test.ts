import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bodyPdf } from '../../src/pdf/body-pdf.ts';
import { htmlText } from '../../src/pdf/html-text.ts';
import { pdfText } from '../../src/pdf/pdf-text.ts';

const LIMITS = { pagesMax: 50, charactersMax: 100_000 };
const letter = (html: string) => bodyPdf({ subject: 'Afgørelse', html, text: null, images: [] }).pdf;

describe('the text of a PDF', () => {
  it('has the lines, paragraphs and columns that are seen', async () => {
    const html =
      '<p>Nancy Ann Test Berggren<br>Birkevej 12, 2. tv<br>8000 Aarhus C</p><p>Kære Nancy</p><p>Flyttetilskud på 3.400 kr.</p>'
      + '<table border="1"><tr><td>Navn:</td><td>Nancy Berggren</td></tr><tr><td>CPR-nr.:</td><td>251248-9996</td></tr></table>';
    const [page = ''] = (await pdfText(letter(html), LIMITS)) ?? [];
    assert.match(page, /Nancy Ann Test Berggren\nBirkevej 12, 2\. tv\n8000 Aarhus C\n\nKære Nancy\n\nFlyttetilskud på 3\.400 kr\./);
    assert.match(page, /Navn: Nancy Berggren\s+CPR-nr\.: 251248-9996/);
  });

  it('is told page by page', async () => {
    const pages = await pdfText(letter(`${'<p>Første side</p>'.repeat(60)}<p>Sidste linje</p>`), LIMITS);
    assert.ok(pages && pages.length > 1);
    assert.match(pages.at(-1) ?? '', /Sidste linje/);
  });

  it('is not told of more pages or signs than allowed, nor of what is no PDF', async () => {
    const pdf = letter('<p>side</p>'.repeat(200));
    assert.equal(await pdfText(pdf, { ...LIMITS, pagesMax: 1 }), null);
    assert.equal(await pdfText(pdf, { ...LIMITS, charactersMax: 20 }), null);
    assert.equal(await pdfText(pdf.subarray(0, 3_000), LIMITS), null);
    assert.equal(await pdfText(Buffer.from('ikke en PDF'), LIMITS), null);
  });

  it('is never an error, whatever the bytes', async () => {
    const pdf = letter('<p>Kære Nancy</p>');
    await fc.assert(fc.asyncProperty(fc.nat(pdf.length - 1), fc.uint8Array({ minLength: 1, maxLength: 40 }), async (at, bytes) => {
      const broken = Buffer.from(pdf);
      broken.set(bytes.subarray(0, broken.length - at), at);
      const pages = await pdfText(broken, LIMITS);
      assert.ok(pages === null || pages.every((page) => typeof page === 'string'));
    }), { numRuns: 60 });
  });
});

describe('the text of HTML', () => {
  it('has a line for each line and a gap between paragraphs; code and styles are no text', () => {
    const html = '<head><title>x</title><style>p{}</style></head><div>Hans  Nielsen</div><div>Birkevej&nbsp;12</div><p>Kære <b>Hans</b></p><p>Hej<br>du</p><script>alert(1)</script>';
    assert.equal(htmlText(html), 'Hans Nielsen\nBirkevej\u00a012\n\nKære Hans\n\nHej\ndu');
  });

  it('keeps the cells of a table apart', () => {
    assert.match(htmlText('<table><tr><td>Navn</td><td>Hans Nielsen</td></tr><tr><td>CPR</td><td>120365-1234</td></tr></table>') ?? '', /^Navn\s+Hans Nielsen\s+CPR\s+120365-1234$/);
  });

  it('is told of any HTML, also the deepest', () => {
    assert.equal(htmlText(`${'<div>'.repeat(5_000)}dybt`), 'dybt');
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (html) => typeof htmlText(`<p>${html}`) === 'string'));
  });
});
