import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { letterFonts } from '../../src/pdf/letter-fonts.ts';
import { htmlLetter, textLetter } from './letters.ts';

const naughtyStrings = new URL('../../../shared/data/mime/naughty-strings/blns.json', import.meta.url);

describe('the fonts of a letter', () => {
  it('have the letters of Danish, Faroese, Greenlandic, its neighbours and its newcomers', () => {
    const { covers } = letterFonts();
    const lacking = [...'æøåÆØÅéöüßðþýĸŁłğşțščžőűĐēņ€§½ЖїيپگשΩहि✓☐☑☺→•–—…“”„‚«»😀'].filter((sign) => !covers(sign.codePointAt(0) ?? 0));
    assert.deepEqual(lacking, []);
  });

  it('can show in every style each letter they are said to have', () => {
    const { covers } = letterFonts();
    const all = Array.from({ length: 0x2fa1e }, (_, codePoint) => codePoint).filter((codePoint) => codePoint > 32 && covers(codePoint));
    assert.ok(all.length > 9_000);
    for (let from = 0; from < all.length; from += 2_000) {
      const text = all.slice(from, from + 2_000).map((codePoint) => `&#${codePoint}; a`).join('');
      for (const html of [`<b><i>${text}</i></b>`, `<code>${text}</code>`]) {
        assert.deepEqual(htmlLetter(html).warnings.filter((warning) => !warning.startsWith('missing')), []);
      }
    }
  });

  it('do not fail on strings that are known to break programs', (t) => {
    if (!existsSync(naughtyStrings)) {
      t.skip('the list of naughty strings is not beside the checkout');
      return;
    }
    for (const text of JSON.parse(readFileSync(naughtyStrings, 'utf8')) as string[]) {
      for (const { warnings } of [textLetter(text, { subject: text }), htmlLetter(text, { subject: text })]) {
        assert.ok(warnings.every((warning) => /^(?:empty-body|missing-glyphs|pictures)/u.test(warning)), `${text} ${warnings.join()}`);
      }
    }
  });
});
