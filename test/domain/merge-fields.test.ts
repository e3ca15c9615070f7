import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mergeKey, mergeTextOf } from '../../src/domain/merge-fields.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

const fieldsOf = (html: string) => mergeTextOf(html, 'html').fields;
const filledWith = (html: string, value: string) => mergeTextOf(html, 'html').fill(() => value);
const faultsOf = (html: string) => mergeTextOf(html, 'html').faults.map(({ kind }) => kind);

describe('fields of an HTML text', () => {
  it('are found where Outlook has parted them with runs, hard blanks, entities and line ends of the source', () => {
    assert.deepEqual(fieldsOf('<p>Kære {Navn}, sag {Sagsnummer}.</p>'), ['Navn', 'Sagsnummer']);
    const parted = [
      '<p>{<span class=SpellE>Navn</span>}</p>', '<p>{Na<span lang=DA style=\'mso-x:"}"\'>vn</span>}</p>', '<p><b>{</b>Navn<o:p></o:p>}</p>',
      '<p>&#123;Navn&#x7D;</p>', '<p>{&nbsp;Navn&nbsp;}</p>', '<p>{<!-- {x} -->Navn}</p>', '<p>{Na<a name="_Hlk{1"></a>vn}</p>', '&lbrace;Navn&rcub;',
    ];
    for (const html of parted) assert.deepEqual([fieldsOf(html), faultsOf(html)], [['Navn'], []], html);
    for (const html of ['{For\r\nnavn}', '{For&nbsp;navn}', '{ For  navn }', '{FOR<b>NAVN</b>}', '{for&shy;navn}']) assert.deepEqual(fieldsOf(html).map(mergeKey), ['fornavn'], html);
  });

  it('keep what Outlook put between their parts, and lose nothing else', () => {
    assert.equal(filledWith('<p>Kære <b>{Na</b><i>vn</i>}!</p>', 'Åse'), '<p>Kære <b>Åse</b><i></i>!</p>');
    assert.equal(filledWith('<p>{A}{B} {A}</p>', 'x'), '<p>xx x</p>');
  });

  it('are not what stands in style sheets, comments, attributes and scripts', () => {
    const html = '<style>p {margin:0} .x{}</style><!--[if mso]><xml>{a}</xml><![endif]--><script>{b}</script><title>{c}</title><p title="{d}" style=\'font:{e}\'>tekst</p>';
    assert.deepEqual([fieldsOf(html), faultsOf(html), filledWith(html, 'x')], [[], [], html]);
  });

  it('show a value as it stands: what looks like HTML is none, its lines stay lines', () => {
    assert.equal(filledWith('<p>{X}</p>', 'A & B <script>alert("1")</script>\r\nVej 2 '), '<p>A &amp; B &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;<br>Vej 2</p>');
    assert.equal(mergeTextOf('Sag {x}', 'line').fill(() => 'a\r\nBcc: b'), 'Sag a Bcc: b');
    assert.equal(mergeTextOf('Sag {x}', 'text').fill(() => '<a>\r\n&'), 'Sag <a>\n&');
    assert.equal(filledWith('<p>{X}</p>', '{Y} {{'), '<p>{Y} {{</p>', 'a value is no text with fields');
  });

  it('tell what cannot be filled in', () => {
    assert.deepEqual(faultsOf('<p>{Navn</p><p>}</p>'), ['unclosed']);
    assert.deepEqual(faultsOf('<p>{Na<br>vn}</p>'), ['unclosed']);
    assert.deepEqual(faultsOf('<p>{a {Navn}</p>'), ['unclosed']);
    assert.deepEqual(faultsOf('<p>{&nbsp;}</p>'), ['empty']);
    assert.deepEqual(faultsOf(`<p>{${'x'.repeat(101)}}</p>`), ['unclosed']);
    assert.deepEqual(faultsOf('<a href="https://x.example/?sag={Sag}">her</a>'), ['link']);
    assert.deepEqual(faultsOf('<a title=x href=\'https://x.example/%7BSag%7D\'>her</a>'), ['link']);
    assert.deepEqual(mergeTextOf('Sag {\n\nnavn}', 'text').faults.map(({ kind }) => kind), ['unclosed']);
  });

  it('show { for {{, and say what may have been meant as a field', () => {
    const text = mergeTextOf('<p>{{ og {<b>{</b>Navn}} og {{{Navn}</p>', 'html');
    assert.equal(text.fill(() => 'Bo'), '<p>{ og {<b></b>Navn}} og {Bo</p>');
    assert.deepEqual([text.fields, text.literals], [['Navn'], ['Navn']]);
  });
});

describe('a field and its column', () => {
  it('are one whatever letter case, blanks and way to write æ, ø and å', () => {
    for (const [a, b] of [['Navn', ' NAVN '], ['Fælles sag', 'faelles\u00a0SAG'], ['Åbning', 'aabning'], ['Beløb', 'BELOEB'], ['For\u00adnavn', 'fornavn'], ['Å', 'A\u030a']] as const) {
      assert.equal(mergeKey(a), mergeKey(b), `${a} ${b}`);
    }
    assert.notEqual(mergeKey('Navn'), mergeKey('Navne'));
  });
});

describe('fields of any text', () => {
  const name = fc.stringMatching(/^[A-Za-zÆØÅæøå][A-Za-zÆØÅæøå0-9 ]{0,20}$/).map((text) => text.trim());
  const plain = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[{}<>&]/g, ''));

  it('are filled where they stand and nowhere else, as text and as HTML, in however many runs', () => {
    fc.assert(fc.property(fc.array(fc.tuple(plain, name, fc.nat(20))), plain, plain, (parts, last, value) => {
      const shown = value.replace(/\r\n?/g, '\n').replace(/[\0-\x08\x0b-\x1f\x7f]+/g, '').trim();
      const flat = (text: string) => text.replace(/\n[^\S\n]*\r?\n|\r\r/g, ' ');
      const text = parts.map(([before, field]) => `${flat(before)}{${field}}`).join('') + last;
      assert.equal(mergeTextOf(text, 'text').fill(() => value), parts.map(([before]) => flat(before) + shown.toWellFormed()).join('') + last);
      const runs = (field: string, at: number) => `<i>{${field.slice(0, at)}</i><o:p></o:p>${field.slice(at)}}`;
      const html = parts.map(([before, field, at]) => before + runs(field, at)).join('') + last;
      const wanted = parts.map(([before]) => `${before}<i>${shown.toWellFormed().replace(/"/g, '&quot;').replace(/\n/g, '<br>')}</i><o:p></o:p>`).join('') + last;
      assert.equal(mergeTextOf(html, 'html').fill(() => value), wanted);
    }));
  });

  it('leave no field behind, whatever stands in it: filled once more, nothing changes', () => {
    const odd = fc.array(fc.constantFrom('{', '}', '{{', '<b>', '</b>', '<p>', '<br>', '&nbsp;', '&#123;', '<!--', '-->', '"', '<a href="', '>', 'Navn', ' ', '\n', '<style>', '</style>')).map((parts) => parts.join(''));
    fc.assert(fc.property(odd, (html) => {
      const text = mergeTextOf(html, 'html');
      if (text.faults.length > 0 || text.literals.length > 0 || html.includes('{{')) return;
      assert.deepEqual(mergeTextOf(text.fill(() => 'x'), 'html').fields, []);
    }));
  });

  it('hang nothing, however many begin and never end', () => {
    for (const unit of ['{', '{x', '<', '<a ', '<a href="', '&#', '{<b>', '<!--', '<style>', '<a b=\'', '</']) {
      withoutHanging(() => mergeTextOf(unit.repeat(200_000), 'html'));
      withoutHanging(() => mergeTextOf(unit.repeat(200_000), 'text'));
    }
  });
});
