import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fixedWords } from '../../../src/taskpane/parts/fixed-words.ts';
import * as da from '../../../src/taskpane/texts/da.ts';
import * as en from '../../../src/taskpane/texts/en.ts';
import { fillText } from '../../../src/taskpane/texts/fill-text.ts';
import * as kl from '../../../src/taskpane/texts/kl.ts';

const languages = { da, en, kl };

describe('what is said of something that has been put right', () => {
  for (const [language, { frame, check, see }] of Object.entries(languages)) {
    const say = (key: 'live.fixed' | 'live.fixed.last', parameters = {}): string => fillText(frame[key], parameters);

    it(`ends each sentence once, whatever it is about, in ${language}`, () => {
      const sentences = [...Object.values(check), ...Object.values(see)];
      for (const what of sentences) {
        for (const next of [null, '', 'Emnet er tomt. Borgeren ser det som overskrift.']) {
          assert.doesNotMatch(fixedWords({ what, next }, say), /[.:?…]\s*\.(?:\s|$)/, what);
        }
      }
    });

    it(`names nothing as next where nothing is left, in ${language}`, () => {
      assert.equal(fixedWords({ what: 'kort.pdf', next: null }, say), fillText(frame['live.fixed.last'], { what: 'kort.pdf' }));
      assert.equal(fixedWords({ what: 'kort.pdf', next: ' ' }, say), fillText(frame['live.fixed.last'], { what: 'kort.pdf' }));
    });
  }

  it('says what was put right, and what is next', () => {
    const say = (key: 'live.fixed' | 'live.fixed.last', parameters = {}): string => fillText(da.frame[key], parameters);
    assert.equal(fixedWords({ what: 'Der er 12 filer, og der kan højst være 10.', next: 'Emnet er tomt.' }, say), 'Rettet: Der er 12 filer, og der kan højst være 10. Næste: Emnet er tomt.');
    assert.equal(fixedWords({ what: 'Emnet', next: null }, say), 'Rettet: Emnet.');
  });
});
