import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import * as da from '../../../src/taskpane/texts/da.ts';
import * as en from '../../../src/taskpane/texts/en.ts';
import * as kl from '../../../src/taskpane/texts/kl.ts';
import { fillText, textParts } from '../../../src/taskpane/texts/fill-text.ts';
import { languageOf, loadTexts } from '../../../src/taskpane/texts/language.ts';

type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;
const languages: Readonly<Record<string, Sections>> = { da, en, kl };

const parametersOf = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').sort();
const allOf = (sections: Sections): readonly (readonly [string, string])[] => Object.values(sections).flatMap((section) => Object.entries(section));

/** Every line of the add-in's source beside the texts themselves. */
async function sourceOfPane(): Promise<string> {
  const roots = ['src/taskpane', 'src/commands'].map((folder) => path.join(import.meta.dirname, '../../..', folder));
  const names = (await Promise.all(roots.map(async (root) => (await readdir(root, { recursive: true })).map((name) => path.join(root, name))))).flat();
  const files = names.filter((name) => /\.tsx?$/.test(name) && !/texts[/\\](da|en|kl)\.ts$/.test(name));
  return (await Promise.all(files.map(async (file) => await readFile(file, 'utf8')))).join('\n');
}

describe('the words of the add-in', () => {
  for (const name of ['en', 'kl']) {
    it(`are all there in ${name}, and fill in the same`, () => {
      const other = languages[name] ?? {};
      assert.deepEqual(Object.keys(other).sort(), Object.keys(da).sort());
      for (const [section, texts] of Object.entries(da as Sections)) {
        assert.deepEqual(Object.keys(other[section] ?? {}).sort(), Object.keys(texts).sort(), section);
        for (const [key, text] of Object.entries(texts)) {
          assert.deepEqual(parametersOf(other[section]?.[key] ?? ''), parametersOf(text), key);
          assert.notEqual((other[section]?.[key] ?? '').trim(), '', key);
        }
      }
    });
  }

  it('have no key twice, since a screen in another language finds them by their keys alone', () => {
    const keys = allOf(da).map(([key]) => key);
    assert.deepEqual(keys.filter((key, n) => keys.indexOf(key) !== n), []);
  });

  it('speak of no machinery', () => {
    for (const [key, text] of Object.values(languages).flatMap(allOf)) {
      assert.doesNotMatch(text.replaceAll(/\S+\.digital-post\.dk/g, ''), /NgDP|MeMo\b|GUID|systemfejl|validering/i, key);
      assert.doesNotMatch(text, /!/, key);
    }
  });

  it('are each used, by name or by the beginning of one', async () => {
    const source = await sourceOfPane();
    const unused = allOf(da).map(([key]) => key).filter((key) => {
      const ends = [key, ...key.split('.').slice(0, -1).map((_, n) => `${key.split('.').slice(0, n + 1).join('.')}.\${`), `${key.replace(/\d$/, '')}`];
      return !ends.some((end) => source.includes(`'${end}'`) || source.includes(`\`${end}`));
    });
    assert.deepEqual(unused, []);
  });

  it('are filled in without being read as anything but text, and show what is missing', () => {
    assert.equal(fillText('{a} og {b}', { a: '{b}', b: '<b>' }), '{b} og <b>');
    assert.equal(fillText('Til {name}', {}), 'Til {name}');
    assert.deepEqual(textParts('Du sender {channel} nu', { channel: 'mit.dk' }), [
      { text: 'Du sender ', parameter: null }, { text: 'mit.dk', parameter: 'channel' }, { text: ' nu', parameter: null },
    ]);
  });

  it('follow the language of Outlook, and are Danish for everybody else', async () => {
    assert.deepEqual(['da-DK', 'en-US', 'EN-gb', 'kl-GL', 'fo-FO', ''].map(languageOf), ['da', 'en', 'en', 'kl', 'da', 'da']);
    assert.equal(await loadTexts('da'), null);
    assert.equal((await loadTexts('en'))?.['nav.write'], 'Write');
  });
});
