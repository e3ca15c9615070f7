import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parse, type DefaultTreeAdapterTypes } from 'parse5';
import { styleAttribute, textOfBody, withoutStyles, type BodyNode } from '../../../src/taskpane/check/text-of-body.ts';

/** What DOMParser gives in a browser, of another parser. */
function nodeOf(node: DefaultTreeAdapterTypes.Node): BodyNode {
  const attributes = 'attrs' in node ? new Map(node.attrs.map(({ name, value }) => [name, value])) : new Map<string, string>();
  return {
    nodeType: node.nodeName === '#text' ? 3 : 'tagName' in node ? 1 : node.nodeName === '#comment' ? 8 : 9,
    nodeName: node.nodeName.toUpperCase(),
    nodeValue: 'value' in node ? node.value : null,
    childNodes: 'childNodes' in node ? node.childNodes.map(nodeOf) : [],
    getAttribute: (name) => attributes.get(name) ?? null,
  };
}

const bodyOf = (html: string): ReturnType<typeof textOfBody> => textOfBody(nodeOf(parse(withoutStyles(html))));
const textOf = (html: string): string => bodyOf(html).text;

describe('the text of a body', () => {
  it('has a line for each paragraph, list item and line break', () => {
    assert.equal(textOf('<p>Kære  Nancy\n Ann</p><p>Tag dit <b>CV</b> med.<br>Vi ses.</p><ul><li>a</li><li>b</li></ul>'),
      'Kære Nancy Ann\nTag dit CV med.\nVi ses.\na\nb\n');
  });

  it('parts the cells of a row by a blank, and rows by a line', () => {
    assert.equal(textOf('<table><tr><td>CPR</td><td>251248-9996</td></tr><tr><td>Navn</td><td>Nancy</td></tr></table>'), 'CPR 251248-9996\nNavn Nancy\n');
  });

  it("leaves out what the letter leaves out: sheets, code, comments, hidden text, Word's list marks", () => {
    const html = '<html><head><title>t</title><style>p{color:red}</style></head><body><!--[if mso]>x<![endif]--><script>y</script>'
      + '<p style="display:none">skjult</p><p hidden>skjult</p><p style=\'mso-hide: all\'>skjult</p><p><span style="mso-list:Ignore">1.</span>Første</p></body></html>';
    assert.equal(textOf(html), 'Første\n');
  });

  it('keeps the line breaks of preserved text', () => {
    assert.equal(textOf('<pre>a\n  b</pre><div style="white-space: pre-wrap">c\nd</div>'), 'a\n  b\nc\nd\n');
  });

  it('has no invisible signs, and plain blanks for hard ones', () => {
    assert.equal(textOf('<p>251248\u200b-\u00ad9996&nbsp;x</p>'), '251248-9996 x\n');
  });

  it('tells the links and the words they stand under', () => {
    const body = bodyOf('<p>Se <a href="https://a.example/x">skemaet her</a>, tak. <a name="b">anker</a></p>');
    assert.deepEqual(body.links.map(({ href, start, end }) => [href, body.text.slice(start, end)]), [['https://a.example/x', 'skemaet her']]);
  });

  it('tells whether there are pictures', () => {
    assert.equal(bodyOf('<p><img src="cid:1"></p>').hasPictures, true);
    assert.equal(bodyOf('<p>x</p>').hasPictures, false);
  });

  it('asks for no style of its own, so that a strict policy has nothing to report', () => {
    const html = withoutStyles('<style>a{}</style><p style="color:red" class="x"><i STYLE = \'b\'>x</i></p>');
    assert.doesNotMatch(html, /<style|[\s"']style\s*=/i);
    assert.match(html, new RegExp(`<p ${styleAttribute}="color:red"`));
  });

  it('never throws, and holds every letter that is seen', () => {
    fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-zæøå]{1,12}$/), { minLength: 1 }), (words) => {
      const text = textOf(words.map((word, n) => [`<p>${word}</p>`, `<span>${word} </span>`, `<td>${word}`, `<b>${word}</b> `][n % 4] ?? '').join(''));
      for (const word of words) assert.ok(text.includes(word));
    }));
    fc.assert(fc.property(fc.string(), (html) => typeof textOf(html) === 'string'));
  });
});
