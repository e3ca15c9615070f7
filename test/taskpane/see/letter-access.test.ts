import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { bodyTree, seenText } from '../../../src/taskpane/see/access/body-tree.ts';
import { accessWarnings, mendedHtml, type AccessKind } from '../../../src/taskpane/see/access/letter-access.ts';

/** As Outlook for Windows writes: sheets, conditional comments, classes, `o:p`, a signature with a table in a table. */
const classic = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->\r
<style><!-- p.MsoNormal {margin:0cm; font-size:11.0pt;} a:link {color:#0563C1;} --></style></head>\r
<body lang=DA link="#0563C1" style='word-wrap:break-word'><div class=WordSection1>\r
<p class=MsoNormal>Kære Nancy Ann<o:p></o:p></p>\r
<p class=MsoNormal><o:p>&nbsp;</o:p></p>\r
<p class=MsoNormal><b><span style='font-size:14.0pt;mso-fareast-language:DA'>Det skal du have med<o:p></o:p></span></b></p>\r
<p class=MsoNormal>Tag dit CV med. <span style='mso-fareast-language:DA;color:#BFBFBF'>Kan du ikke komme, så svar.</span> Læs mere <a href="https://kommune.example/skema?id=7&amp;x=1">her</a>.<o:p></o:p></p>\r
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;border:none'><tr style='mso-yfti-irow:0'><td width=300 valign=top style='border:solid windowtext 1.0pt'><p class=MsoNormal>Dag<o:p></o:p></p></td><td><p class=MsoNormal>Tid<o:p></o:p></p></td></tr>\r
<tr><td><p class=MsoNormal>Torsdag<o:p></o:p></p></td><td><p class=MsoNormal>10.00<o:p></o:p></p></td></tr></table>\r
<p class=MsoNormal><img width=300 height=120 src="cid:image001.png@01DC5EF0.1234"><o:p></o:p></p>\r
<p class=MsoNormal>Venlig hilsen<o:p></o:p></p>\r
<p class=MsoNormal><b>Mette Sørensen</b><o:p></o:p></p>\r
<p class=MsoNormal>Sagsbehandler, tlf. 70 10 10 10<o:p></o:p></p>\r
<table border=0><tr><td><table><tr><td><img width=80 height=80 src="cid:logo.png@01DC" alt="Eksempel Kommunes våben"></td></tr></table></td><td><p class=MsoNormal>Torvet 1</p></td></tr></table>\r
</div></body></html>`;

const found = (html: string): readonly (readonly [AccessKind, string | null])[] => accessWarnings(html).map(({ kind, quote }) => [kind, quote]);
const only = (html: string): string => {
  const [warning, another] = accessWarnings(html);
  assert.ok(warning && !another, `${String(accessWarnings(html).length)} warnings`);
  return warning.key;
};
const mended = (html: string, words = ''): string | null => mendedHtml(html, only(html), words);

describe('what makes a letter hard to read', () => {
  it('is found in a mail of Outlook for Windows, in its order, and not in its signature', () => {
    assert.deepEqual(found(classic), [
      ['head', 'Det skal du have med'], ['pale', 'Kan du ikke komme, så svar.'], ['link', 'her (https://kommune.example/skema?id=7&x=1)'],
      ['table', 'Dag | Tid'], ['alt', null],
    ]);
  });

  it('is mended one by one, and each press changes nothing else', () => {
    const wanted: Readonly<Record<AccessKind, readonly (readonly [string, string])[]>> = {
      head: [['<p class=MsoNormal><b><span', '<h2 class=MsoNormal><b><span'], ['Det skal du have med<o:p></o:p></span></b></p>', 'Det skal du have med<o:p></o:p></span></b></h2>']],
      pale: [["style='mso-fareast-language:DA;color:#BFBFBF'", 'style="mso-fareast-language:DA;color:#242424"']],
      link: [['>her</a>', '>om skemaet &amp; bilag</a>']],
      table: [['<td width=300', '<th scope="col" width=300'], ['Dag<o:p></o:p></p></td><td>', 'Dag<o:p></o:p></p></th><th scope="col">'], ['Tid<o:p></o:p></p></td>', 'Tid<o:p></o:p></p></th>']],
      alt: [['<img width=300', '<img alt="om skemaet &amp; bilag" width=300']],
    };
    let html = classic;
    for (const { kind, key } of accessWarnings(classic)) {
      const expected = wanted[kind].reduce((text, [before, after]) => {
        assert.equal(text.split(before).length, 2, before);
        return text.replace(before, () => after);
      }, html);
      assert.equal(mendedHtml(html, key, ' om skemaet & bilag '), expected);
      html = expected;
    }
    assert.deepEqual(found(html), []);
  });

  it('is mended where it stands when the text before it has changed meanwhile, and not when it is gone', () => {
    const [, pale] = accessWarnings(classic);
    const longer = classic.replace('Kære Nancy Ann', 'Kære Nancy Ann Berggren, og velkommen');
    assert.match(mendedHtml(longer, pale?.key ?? '', '') ?? '', /color:#242424/);
    assert.equal(mendedHtml(classic.replace('Kan du ikke komme, så svar.', 'Svar.'), pale?.key ?? '', ''), null);
  });

  it('pictures: none, the name of a file; not decoration, not specks', () => {
    for (const words of ['', 'alt="image001.png"', 'alt="cid:x"', 'title="IMG_2034.JPG"', 'alt="Billede 2"']) {
      assert.deepEqual(found(`<p>a <img src="cid:a" ${words}></p>`), [['alt', null]], words);
    }
    for (const words of ['alt=""', 'role=presentation', 'alt="Kort over Torvet"', 'width=1', 'style="height:2px"', 'style="display:none"']) {
      assert.deepEqual(found(`<p>a <img src="cid:a" ${words}></p>`), [], words);
    }
    assert.equal(mended('<p><img src=x alt=image.png>b</p>', 'Et "kort"'), '<p><img src=x alt="Et &quot;kort&quot;">b</p>');
  });

  it('headings: a bold line with text below; no greeting, no sentence, no list, no cell, nothing below the closing formula', () => {
    for (const line of ['<p><b>Sagens forløb</b></p>', '<div style="font-weight:700">Sagens forløb:</div>', '<p><strong>Sagens </strong><b>forløb</b><br></p>']) {
      assert.equal(found(`${line}<p>Den begynder her i maj.</p>`)[0]?.[0], 'head', line);
    }
    for (const line of [
      '<p><b>Kære Nancy</b></p>', '<p><b>Husk at komme.</b></p>', '<p><b>Frist:</b> 1. maj</p>', '<ul><li><b>Et</b></li></ul>', '<table role=presentation><tr><td><p><b>Et</b></p></td></tr></table>',
      '<h2><b>Et rigtigt</b></h2>', '<p>Venlig hilsen</p><p><b>Mette</b></p>', '<p><b>Et</b><br><b>To</b></p>', '<p><b>Et</b></p><p><b>To</b></p><p><b>Tre</b></p><!--', `<p><b>${'Lang '.repeat(40)}</b></p>`,
    ]) assert.deepEqual(found(`${line}<p><b>Slut</b></p>`).filter(([kind]) => kind === 'head'), [], line);
    for (const below of ['<table border=1><tr><th>Uge<th>Pris<tr><td>1<td>2</table>', '<ul><li><b>Et</b></li></ul>', '<h2>Frist</h2>']) {
      assert.deepEqual(found(`<p><b>Takster</b></p>${below}<p>Slut.</p>`).filter(([kind]) => kind === 'head'), [['head', 'Takster']], below);
    }
    assert.equal(mended('<div><b>Sagen</b></div><div>Den begynder.</div>'), '<h2><b>Sagen</b></h2><div>Den begynder.</div>');
    assert.equal(mended('<p><b>Sagen</b><p>Uden slutmærke.'), '<h2><b>Sagen</b></h2><p>Uden slutmærke.');
  });

  it('colours: below 4.5 to 1 on their ground, in styles and in fonts; not on a dark ground, not what nobody sees', () => {
    for (const [html, is] of [
      ['<p style="color:#777777">a</p>', true], ['<p style="color:#767676">a</p>', false], ['<p style="color: rgb(200, 200, 200)">a</p>', true],
      ['<p><font color="#C0C0C0">a</font></p>', true], ['<p><font color=silver>a</font></p>', true], ['<p style="color:white;background:#003366">a</p>', false],
      ['<table bgcolor="#003366"><tr><td style="color:#fff">a</td></tr></table>', false], ['<p style="color:#bbb"><span style="color:black">a</span></p>', false],
      ['<p style="color:#bbb;display:none">a</p>', false], ['<p style="color:ukendt">a</p>', false], ['<p style="color:rgba(0,0,0,0.3)">a</p>', true], ['<p style="color:#bbb"> </p>', false],
    ] as const) assert.equal(found(html).some(([kind]) => kind === 'pale'), is, html);
    assert.equal(mended('<p><font face=Arial color=silver>a</font></p>'), '<p><font face=Arial color="#242424">a</font></p>');
    assert.equal(mended('<p style="border-color:red; COLOR : #ccc !important;margin:0">a</p>'), '<p style="border-color:red; COLOR : #242424;margin:0">a</p>');
  });

  it('tables: of rows and columns without headings; not those with th, thead or a bold first row, and not those that place things', () => {
    const cells = '<tr><td>Dag</td><td>Tid</td></tr><tr><td>1</td><td>2</td></tr>';
    assert.deepEqual(found(`<table border=1>${cells}</table>`), [['table', 'Dag | Tid']]);
    assert.deepEqual(found(`<table>${cells}</table>`), [['table', 'Dag | Tid']]);
    for (const table of [
      `<table role=presentation>${cells}</table>`, '<table border=1><tr><th>Dag<th>Tid<tr><td>1<td>2</table>', `<table><thead><tr><td>a<td>b</thead>${cells}</table>`,
      '<table border=1><tr><td><b>Dag</b><td><b>Tid</b><tr><td>1<td>2</table>', `<table><tr><td>${'Lang tekst. '.repeat(20)}<td>b<tr><td>a<td>b</table>`, '<table><tr><td>a<td>b</table>', '<table><tr><td>a<tr><td>b</table>',
    ]) assert.deepEqual(found(table), [], table);
    assert.equal(mended('<table border=1><tr><td>Dag<td>Tid<tr><td>1<td>2</table>'), '<table border=1><tr><th scope="col">Dag</th><th scope="col">Tid</th><tr><td>1<td>2</table>');
  });

  it('links: words that could be any, and long addresses; not names, pictures or addresses that say where they lead', () => {
    for (const words of ['her', 'Klik her', 'læs mere', 'Link', 'click here', 'https://kommune.example/a/b?c=1', 'www.kommune.example/selvbetjening']) {
      assert.equal(found(`<a href="https://kommune.example/a">${words}</a>`)[0]?.[0], 'link', words);
    }
    for (const words of ['Skemaet', 'www.borger.dk', '<img src=x alt="Kort over Torvet">', '', 'mette@kommune.example']) {
      assert.deepEqual(found(`<a href="https://kommune.example/a">${words}</a>`), [], words);
    }
    assert.deepEqual(found('<a name=top>her</a>'), []);
    assert.equal(mended('<p>Se <a href="https://k.example/a" style="x"><b>her</b></a>.</p>', 'Søg om <tilskud>'), '<p>Se <a href="https://k.example/a" style="x">Søg om &lt;tilskud&gt;</a>.</p>');
  });

  it('shows no CPR number, and no endless text', () => {
    assert.deepEqual(found('<p style="color:#ccc">Nummer 251248-9996</p>'), [['pale', 'Nummer 251248-xxxx']]);
    assert.ok((found(`<p style="color:#ccc">${'lang '.repeat(500)}</p>`)[0]?.[1] ?? '').length < 130);
  });

  it('is looked for in any HTML, and mending leaves every word but those of a link', () => {
    const piece = fc.constantFrom(
      '<p>', '</p>', '<b>', '</b>', '<div style="color:#ccc">', '</div>', '<table border=1>', '<tr>', '<td>', '</td>', '</table>', '<a href="https://a.example/b">', 'her', '</a>', '<img src=cid:a>', ' tekst ', '\r\n',
      '<!--', '-->', '&nbsp;', '<font color=silver>', '<o:p>', '</o:p>', '<ul><li>', '<', '"', "style='", '<svg><p>', '<template><p>', '<select>', '\u0000', 'æ', '😀', '<h2>', '<br>', '</b',
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const html = pieces.join('');
      for (const { kind, key } of accessWarnings(html)) {
        const text = mendedHtml(html, key, 'ord');
        if (text !== null && kind !== 'link') assert.equal(seenText(bodyTree(text)), seenText(bodyTree(html)), html);
      }
    }), { numRuns: 500 });
  });

  it('is found at once in a mail that is nested as deep as it can be', () => {
    const deep = `${'<div>'.repeat(20_000)}<b>Et</b>${'<span>'.repeat(20_000)}`;
    assert.equal(found(`${deep}<p>her</p>`).length, 0);
  });
});
