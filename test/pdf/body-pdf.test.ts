import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { BodyTooLarge } from '../../src/pdf/body-limits.ts';
import { gif, htmlLetter, outlookHtml, png, textLetter, webp } from './letters.ts';
import { askTool, hasTool, syntaxOf, textOf } from './pdf-tools.ts';

const skipText = hasTool('pdftotext') ? false : 'pdftotext is not on this machine';
const skipInfo = hasTool('pdfinfo') ? false : 'pdfinfo is not on this machine';
const skipFonts = hasTool('pdffonts') ? false : 'pdffonts is not on this machine';
const skipQpdf = hasTool('qpdf') ? false : 'qpdf is not on this machine';

describe('a letter', () => {
  it('declares PDF/A-2a and PDF/UA-1, shows its title and is tagged', () => {
    const syntax = syntaxOf(htmlLetter('<h1>Overskrift</h1><p>Tekst</p>').pdf);
    for (const fact of [
      '<pdfaid:part>2</pdfaid:part>', '<pdfaid:conformance>A</pdfaid:conformance>', '>1</pdfuaid:part>',
      '<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/', '/DisplayDocTitle true', '/Marked true',
      '/Lang (da-DK)', '/StructTreeRoot', '/OutputIntents',
    ]) assert.ok(syntax.includes(fact), fact);
  });

  it('has offsets that point where they say, also after the stamp', () => {
    const { pdf } = htmlLetter('<p>Rødgrød</p>', { subject: 'Æøå & <b>' });
    const syntax = syntaxOf(pdf);
    const xrefAt = Number(/startxref\n(\d+)\n/u.exec(syntax)?.[1]);
    const entries = syntax.slice(xrefAt).match(/\d{10} 00000 n/gu) ?? [];
    assert.ok(entries.length > 10);
    entries.forEach((entry, i) => {
      assert.ok(syntax.startsWith(`${i + 1} 0 obj`, Number(entry.slice(0, 10))), `object ${i + 1}`);
    });
  });

  it('is sound to qpdf', { skip: skipQpdf }, () => {
    const checked = askTool('qpdf', ['--check', 'FILE'], htmlLetter(outlookHtml).pdf);
    assert.match(checked, /No syntax or stream encoding errors/u);
  });

  it('has the subject as its title, escaped for XML', { skip: skipInfo }, () => {
    const subject = 'A & B <c> "d" 010101-1234 漢';
    const { pdf } = htmlLetter('<p>x</p>', { subject });
    assert.match(Buffer.from(pdf).toString('utf8'), /A &amp; B &lt;c&gt;[^<]*010101-1234 漢</u);
    assert.match(askTool('pdfinfo', ['FILE'], pdf), new RegExp(`Title: +${subject.replace(/[()&"]/gu, '.')}`, 'u'));
  });

  it('is of the same bytes each time for the same mail', () => {
    const make = (): Uint8Array => htmlLetter(`${outlookHtml}<img src=cid:a alt=a>`, {
      images: [{ contentId: 'a', type: 'image/png', bytes: png(20, 20) }],
    }).pdf;
    const first = make();
    htmlLetter('<p>et andet brev</p>');
    assert.deepEqual(make(), first);
  });

  it('holds no date, so that it is the same file on every day', () => {
    const { pdf } = textLetter('x');
    assert.doesNotMatch(syntaxOf(pdf), /2000|ModDate|CreationDate|ModifyDate|CreateDate|History/u);
    assert.match(syntaxOf(pdf), /<pdfaid:part>2<.*<pdfuaid:part [^>]*>1</u);
  });

  it('is in English where the mail is', () => {
    assert.match(syntaxOf(textLetter('Hello', { language: 'en' }).pdf), /\/Lang \(en-GB\)/u);
  });

  it('counts only the HTML where there is text as well', { skip: skipText }, () => {
    const { pdf } = htmlLetter('<p>fra HTML</p>', { text: { text: 'fra tekst', flowed: false, delSp: false } });
    assert.equal(textOf(pdf), 'fra HTML');
  });

  it('shows its title where the body is empty, and says so', { skip: skipText }, () => {
    const { pdf, warnings } = htmlLetter('<html><body><p>&nbsp;</p><br></body></html>', { subject: 'Kun emne' });
    assert.equal(textOf(pdf), 'Kun emne');
    assert.deepEqual(warnings, ['empty-body']);
  });

  it('numbers its pages only where there are several', { skip: skipText }, () => {
    const long = textLetter('linje\n'.repeat(80));
    assert.equal(long.pages, 2);
    assert.match(textOf(long.pdf), /Side 1 af 2.*Side 2 af 2/u);
    assert.doesNotMatch(textOf(textLetter('kort').pdf), /Side/u);
  });

  it('has only embedded fonts with Unicode maps', { skip: skipFonts }, () => {
    const fonts = askTool('pdffonts', ['FILE'], htmlLetter(`${outlookHtml}<p>✓☐ مرحبا 😀 <code>x</code></p>`).pdf);
    const rows = fonts.trim().split('\n').slice(2);
    assert.ok(rows.length >= 4);
    for (const row of rows) assert.match(row, /yes yes yes/u);
  });
});

describe('the text of a letter', () => {
  const written = [
    'Rødgrød med fløde', 'ÆØÅ æøå', 'effektiv fin affald fjord tilflytter ffi ffl fl ft tt', 'ĸ Greenlandic, ð Færøsk, Łódź, ğ ș',
    'Dit valg: ✓ ja ☐ nej', '#panic("x") #read("/etc/passwd")', '$x^2$ ] [ { } \\ // @ref <etiket> *fed* _kursiv_ `kode`',
    '= Overskrift', '- punkt', '"citat" \'enkelt\' -- --- ... ~', '😀 👍🏽', 'Київ Ελλάδα', '5 % af 1.234,50 €', 'a|b&c<d>e',
  ];
  for (const text of written) {
    it(`is copied as written: ${text}`, { skip: skipText }, () => {
      const escaped = text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');
      assert.equal(textOf(htmlLetter(`<p>${escaped}</p>`).pdf), text);
      assert.equal(textOf(textLetter(text).pdf), text);
    });
  }

  it('has letters of two parts as one', { skip: skipText }, () => {
    assert.equal(textOf(textLetter('a\u030aben ko\u0308k e\u0301n').pdf), 'åben kök én');
  });

  it('keeps Arabic words whole', { skip: skipText }, () => {
    const text = askTool('pdftotext', ['FILE', '-'], htmlLetter('<p>مرحبا</p><p>شكرا</p><p>البلدية</p>').pdf);
    const words = text.replace(/[\u200e\u200f\u202a-\u202e]/gu, '').split(/\s+/u).filter((word) => word !== '');
    assert.deepEqual(words, ['مرحبا', 'شكرا', 'البلدية']);
  });

  it('has a box for a letter that no font has, and says which', { skip: skipText }, () => {
    const { pdf, warnings } = htmlLetter('<p>漢 tegn</p>');
    assert.equal(textOf(pdf), '□ tegn');
    assert.deepEqual(warnings, ['missing-glyphs: U+6F22']);
  });

  it('has no invisible signs and no hyphens that nobody wrote', { skip: skipText }, () => {
    const { pdf } = htmlLetter(`<p style="width:50px">ansøg\u00adning\u200b og\u202e mere${' langtdansksammensatord'.repeat(40)}</p>`);
    const text = textOf(pdf);
    assert.ok(text.startsWith('ansøgning og mere'));
    assert.doesNotMatch(text, /[-\u00ad\u200b\u202e]/u);
  });

  it('keeps a word of a million letters on the pages', { skip: skipText }, () => {
    const { pdf, pages } = htmlLetter(`<p>${'a'.repeat(100_000)}</p>`);
    assert.ok(pages > 10);
    const letters = textOf(pdf).replace(/Side \d+ af \d+/gu, '').replace(/\s/gu, '');
    assert.equal(letters, 'a'.repeat(100_000));
  });

  it('of any Unicode letters is set', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.boolean(), (text, bold) => {
      const escaped = text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;');
      const { warnings } = htmlLetter(bold ? `<b><i>${escaped}</i></b>` : `<pre>${escaped}</pre>`);
      assert.ok(!warnings.includes('not-stamped'));
    }), { numRuns: 60 });
  });
});

describe('the tags of a letter', () => {
  const struct = (html: string): string =>
    askTool('pdfinfo', ['-struct-text', 'FILE'], htmlLetter(html).pdf).replace(/\s+/gu, ' ');

  it('are lists, tables with headers, links and headings', { skip: skipInfo }, () => {
    const tree = struct(`<h3>Et</h3><h5>To</h5><p>Tekst</p>${outlookHtml}`);
    assert.match(tree, /H1 "Et" \(block\) "Et" H2 "To"/u);
    assert.match(tree, /LI \(block\) Lbl \(block\) "•" LBody \(block\) P \(block\) "Lejekontrakt"/u);
    assert.match(tree, /Lbl \(block\) "2\.1\)" LBody \(block\) P \(block\) "Punkt"/u);
    assert.match(tree, /THead TR TH .*?"Måned".*?TBody TR TD.*?"Januar"/u);
    assert.match(tree, /Link \(inline\).*?"borger\.dk"/u);
  });

  it('leave page numbers to the eye', { skip: skipInfo }, () => {
    const { pdf } = textLetter('linje\n\n'.repeat(80));
    assert.doesNotMatch(askTool('pdfinfo', ['-struct-text', 'FILE'], pdf), /Side/u);
  });

  it('say what a picture shows', () => {
    const { pdf } = htmlLetter('<p><img src="cid:kort@1" alt="Kort over byen"></p>', {
      images: [{ contentId: '<kort@1>', type: 'image/png', bytes: png(40, 20) }],
    });
    assert.match(syntaxOf(pdf), /\/Alt \(Kort over byen\)/u);
  });
});

describe('a picture', () => {
  const image = (contentId: string, bytes: Uint8Array) => ({ contentId, type: 'image/png', bytes });

  it('is shown where the mail or the HTML holds it as PNG, GIF or WebP', () => {
    const { pdf, warnings } = htmlLetter(
      `<img src=cid:p alt=p><img src=CID:G width=30 alt=g><img src="cid:w" height=30 alt=w>
       <img alt=d src="data:image/png;base64,${png(9, 9).toString('base64')}">`,
      { images: [image('p', png(30, 30)), image('g', gif), image('w', webp)] },
    );
    assert.deepEqual(warnings, []);
    assert.equal(syntaxOf(pdf).match(/\/S \/Figure/gu)?.length, 4);
  });

  it('is its alt text where it is far off, broken, huge or of a type that can act', { skip: skipText }, () => {
    const { pdf, warnings } = htmlLetter(
      `<p><img src="https://example.org/x.png" alt="fjern"> <img src="file:///etc/passwd" alt="fil">
       <img src="cid:bombe" alt="bombe"> <img src="cid:halv" alt="halv"> <img src="cid:svg" alt="tegning">
       <img src="cid:ukendt"> <img src="https://example.org/1.gif" width=1 height=1> <img src="x" alt=""></p>`,
      {
        images: [image('bombe', png(30_000, 30_000, false)), image('halv', png(300, 300, false)),
          image('svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))],
      },
    );
    assert.equal(textOf(pdf), '[fjern] [fil] [bombe] [halv] [tegning] [Billede]');
    assert.deepEqual(warnings, ['pictures-left-out: 7']);
  });

  it('without a description is told of', () => {
    const { warnings } = htmlLetter('<img src=cid:a>', { images: [image('a', png(30, 30))] });
    assert.deepEqual(warnings, ['pictures-without-alt: 1']);
  });
});

describe('a body too large', () => {
  const row = (columns: number): string => `<tr>${'<td>x</td>'.repeat(columns)}</tr>`;
  const refused: readonly (readonly [string, () => unknown, string])[] = [
    ['5,000 rows', () => htmlLetter(`<table border=1>${row(4).repeat(5_000)}</table>`), 'too-many-rows'],
    ['101 columns', () => htmlLetter(`<table border=1>${row(101).repeat(2)}</table>`), 'too-many-columns'],
    ['many cells', () => htmlLetter(`<table>${row(30).repeat(1_000)}</table>`), 'too-many-cells'],
    ['long text', () => textLetter('x'.repeat(2_000_000)), 'text-too-long'],
    ['many elements', () => htmlLetter('<b></b>'.repeat(250_000)), 'too-many-elements'],
    ['long source', () => htmlLetter('x'.repeat(50), { limits: { sourceCharsMax: 49 } }), 'source-too-long'],
    ['many pages', () => textLetter('x\n'.repeat(200), { limits: { pagesMax: 2 } }), 'too-many-pages'],
  ];
  for (const [what, make, code] of refused) {
    it(`is refused with a reason in Danish: ${what}`, () => {
      assert.throws(make, (error) => error instanceof BodyTooLarge && error.code === code && / \(højst [\d.]+\)/u.test(error.message));
    });
  }

  const bounded: Readonly<Record<string, string>> = {
    '3,000 divs in each other': `${'<div>'.repeat(3_000)}inderst`,
    '3,000 spans in each other': `${'<span>'.repeat(3_000)}inderst`,
    'a table of 40 columns': `<table border=1>${`<tr>${'<td>Kolonne12345</td>'.repeat(40)}</tr>`.repeat(3)}</table>inderst`,
    'tables in tables': `${'<table border=1><tr><td>a</td><td>'.repeat(40)}inderst`,
    'quotes and lists in each other': `${'<blockquote><ul><li>'.repeat(60)}inderst`,
    'absurd spans': '<table border=1><tr><td colspan=1000>a<td rowspan=0>b<tr><td rowspan=99>c<td colspan=3>inderst</table>',
    'headers that reach too far': '<table><tr><th rowspan=9>a<th>b<tr><td colspan=7>inderst<tr><td>c</table>',
  };
  for (const [what, html] of Object.entries(bounded)) {
    it(`is not ${what}: its text is there`, { skip: skipText }, () => {
      assert.match(textOf(htmlLetter(html).pdf), /inderst/u);
    });
  }
});
