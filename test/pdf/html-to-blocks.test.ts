import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Block, Inline } from '../../src/pdf/block-model.ts';
import { defaultBodyLimits } from '../../src/pdf/body-limits.ts';
import { BodyPictures } from '../../src/pdf/body-pictures.ts';
import { htmlToBlocks } from '../../src/pdf/html-to-blocks.ts';
import { outlookHtml } from './letters.ts';

function read(html: string): Block[] {
  return htmlToBlocks({
    html, limits: defaultBodyLimits, pictures: new BodyPictures([], defaultBodyLimits),
    notes: { missing: new Set(), picturesLeftOut: 0, picturesWithoutAlt: 0 },
  });
}

function inlineText(inline: Inline): string {
  return inline.kind === 'text' ? inline.text : inline.kind === 'break' ? '\n' : '';
}

/** Blocks as a few letters each: `p`, `h1`, `ul`, `table`; what is inside in brackets. */
function outline(blocks: readonly Block[]): string {
  return blocks.map((block): string => {
    switch (block.kind) {
      case 'paragraph': return `p"${block.content.map(inlineText).join('')}"`;
      case 'heading': return `h${block.level}"${block.content.map(inlineText).join('')}"`;
      case 'preformatted': return `pre"${block.content.map(inlineText).join('')}"`;
      case 'space': return `space${block.lines}`;
      case 'rule': return 'hr';
      case 'page-break': case 'picture-page': return block.kind;
      case 'quote': return `quote(${outline(block.blocks)})`;
      case 'list': return `${block.ordered ? 'ol' : 'ul'}(${block.items.map((item) =>
        `${item.label ?? '*'} ${outline(item.blocks)}`).join(', ')})`;
      case 'table': return `${block.purpose}${block.columns}x${block.rows}/${block.headerRows}(${block.cells.map((cell) =>
        outline(cell.blocks)).join(', ')})`;
    }
  }).join(' ');
}

describe('HTML is read as', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['paragraphs, white space as one space', '<p>a\n  b <b> c</b></p><div>d</div>', 'p"a b c" p"d"'],
    ['space where Outlook leaves an empty paragraph', '<p>a</p><p>&nbsp;</p><p>b</p>', 'p"a" space1 p"b"'],
    ['space where Outlook on the web leaves a line break', '<div>a</div><div><br></div><div>b</div>', 'p"a" space1 p"b"'],
    ['lines within, paragraphs between line breaks', 'a<br>b<br><br>c', 'p"a\nb" space1 p"c"'],
    ['preserved text', '<pre>a\n  b</pre><div style="white-space:pre-wrap">c\n d</div>', 'pre"a\n  b" p"c\n d"'],
    ['headings in order from one', '<h2>a</h2><h5>b</h5><h3>c</h3><h1>d</h1>', 'h1"a" h2"b" h2"c" h1"d"'],
    ['headings of Word titles and roles', '<p class=MsoTitle>a</p><div role=heading aria-level=4>b</div>', 'h1"a" h2"b"'],
    ['lists in lists', '<ul><li>a<ol type=a start=2><li>b<li>c</ol><li>d</ul>', 'ul(* p"a" ol(b. p"b", c. p"c"), * p"d")'],
    ['lists that Outlook put beside their item', '<ul><li>a</li><ul><li>b</li></ul></ul>', 'ul(* p"a" ul(* p"b"))'],
    ['numbers of their own', '<ol type=i><li value=4>a<li>b</ol>', 'ol(iv. p"a", v. p"b")'],
    ['quotes', '<blockquote>a<blockquote>b</blockquote></blockquote>', 'quote(p"a" quote(p"b"))'],
    ['data tables with header rows', '<table><tr><th>a<th>b<tr><td>1<td>2</table>', 'data2x2/1(p"a", p"b", p"1", p"2")'],
    ['data tables headed by bold cells', '<table border=1><tr><td><b>a</b><td><b>b</b><tr><td>1<td>2</table>',
      'data2x2/1(p"a", p"b", p"1", p"2")'],
    ['the content of tables of one column', '<table><tr><td>a<tr><td>b</table>', 'p"a" p"b"'],
    ['layout where a table holds a table', '<table><tr><td>a<td>b<tr><td><table><tr><td>c</table><td>d</table>',
      'layout2x2/0(p"a", p"b", p"c", p"d")'],
    ['layout without the columns that only keep a distance', '<table><tr><td>&nbsp;<td>a<td><img src=x width=1></table>', 'p"a"'],
    ['rules', 'a<hr>b', 'p"a" hr p"b"'],
    ['what a browser without scripts shows', '<noscript>a</noscript><object data=x>b</object>', 'p"ab"'],
    ['signs of Wingdings', '<span style="font-family:Wingdings">à J</span> J', 'p"→ ☺ J"'],
  ];
  for (const [what, html, expected] of cases) {
    it(`${what}`, () => {
      assert.equal(outline(read(html)), expected);
    });
  }

  it('lists, where Word wrote paragraphs', () => {
    assert.match(outline(read(outlookHtml)), /ul\(\* p"Lejekontrakt" ul\(\* p"alle sider"\), \* p"Lønsedler"\) ol\(2\.1\) p"Punkt"\)/u);
  });

  it('nothing that is hidden', () => {
    const hidden = [
      '<div style="display:none">x</div>', '<span style="mso-hide:all">x</span>', '<p hidden>x</p>',
      '<style>.a{display : none !important}</style><div class="b a">x</div>', '<div style="max-height:0;overflow:hidden">x</div>',
      '<div style="font-size:0px">x</div>', '<span style="visibility:hidden">x</span>', '<div style="opacity:0">x</div>',
      '<!--[if mso]>x<![endif]-->', '<textarea hidden>x</textarea>', '<select><option>x</select>', '<v:shape>x</v:shape>',
    ];
    for (const html of hidden) assert.equal(outline(read(html)), '', html);
  });

  it('what a size of its own makes seen again', () => {
    assert.equal(outline(read('<div style="font-size:0"><div style="font-size:13px">a</div>b</div>')), 'p"a"');
  });

  it('address lines close together and paragraphs apart', () => {
    const gaps = read('<style>p.MsoNormal{margin:0cm}</style><p class=MsoNormal>a<p>b<div>c</div><p style="margin:0 0 8pt">d')
      .map((block) => block.kind === 'paragraph' && block.gap);
    assert.deepEqual(gaps, [false, true, false, true]);
  });
});

describe('links', () => {
  const href = (html: string): string | null => {
    const [block] = read(html);
    const first = block?.kind === 'paragraph' ? block.content[0] : undefined;
    return first?.kind === 'text' ? first.href : null;
  };
  it('go to the web, to mail and to telephones', () => {
    assert.equal(href('<a href=" https://a.dk/b c ">x</a>'), 'https://a.dk/b%20c');
    assert.equal(href('<a href="mailto:a@b.dk">x</a>'), 'mailto:a@b.dk');
    assert.equal(href('<a href="tel:+4511223344">x</a>'), 'tel:+4511223344');
  });
  it('go nowhere else', () => {
    for (const bad of ['javascript:alert(1)', 'jav\tascript:x', 'file:///etc/passwd', '#top', '/x', 'data:text/html,x', 'https://']) {
      assert.equal(href(`<a href="${bad}">x</a>`), null, bad);
    }
  });
});

describe('any HTML', () => {
  const tag = fc.constantFrom('p', 'div', 'b', 'span', 'ul', 'li', 'table', 'tr', 'td', 'th', 'blockquote', 'h2', 'pre', 'a', 'ol');
  const html = fc.array(fc.oneof(
    tag.map((name) => `<${name}>`), tag.map((name) => `</${name}>`), fc.constantFrom('<br>', '&nbsp;', ' ', '<hr>'),
    fc.stringMatching(/^[a-zæøå]{1,8}$/u),
  ), { maxLength: 60 }).map((parts) => parts.join(''));

  it('gives all its words, once each and with lists, quotes and tables bounded', () => {
    fc.assert(fc.property(html, (source) => {
      const words = source.replace(/<[^>]*>|&nbsp;/gu, '').replace(/\s/gu, '');
      const found = outline(read(source)).replace(/(?:^|[ (])(?:p|pre|h\d)"|space\d|data\d+x\d+\/\d+|layout\d+x\d+\/\d+/gu, '');
      assert.equal([...found.matchAll(/[a-zæøå]/gu)].length >= words.length, true);
    }), { numRuns: 200 });
  });
});
