import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { noteLanguages, releaseComponents, releaseNotes, type ReleaseNote } from '../../src/domain/release-notes.ts';

const DAY = /^20\d\d-\d\d-\d\d$/;
/** A note is read in a narrow pane. */
const TITLE_CHARACTERS_MAX = 60;
const TEXT_CHARACTERS_MAX = 300;

const words = { da: { title: 'Nyt', text: 'Noget er nyt.' }, en: { title: 'New', text: 'Something is new.' } };

describe('the release notes', () => {
  it('do not compile without a date, without one of the languages, or for no component', () => {
    const dated = { id: 'x', component: 'add-in' } as const;
    // @ts-expect-error a note without a date
    const undated: ReleaseNote = { ...dated, words };
    // @ts-expect-error a note without English
    const danish: ReleaseNote = { ...dated, date: '2026-11-26', words: { da: words.da } };
    // @ts-expect-error a note whose Danish has no text
    const untold: ReleaseNote = { ...dated, date: '2026-11-26', words: { ...words, da: { title: 'Nyt' } } };
    // @ts-expect-error a date in words
    const wordy: ReleaseNote = { ...dated, date: 'i dag', words };
    // @ts-expect-error no such component
    const elsewhere: ReleaseNote = { ...dated, component: 'portal', date: '2026-11-26', words };
    assert.deepEqual([undated, danish, untold, wordy, elsewhere].map(({ id }) => id), ['x', 'x', 'x', 'x', 'x']);
  });

  it('each have a real day, and stand newest first', () => {
    for (const { id, date } of releaseNotes) {
      assert.match(date, DAY, id);
      assert.equal(new Date(`${date}T12:00:00Z`).toISOString().slice(0, 10), date, id);
    }
    const days = releaseNotes.map(({ date }) => date);
    assert.deepEqual(days, days.toSorted().toReversed());
  });

  it('each have words in every language, short and not the same', () => {
    for (const { id, words: said } of releaseNotes) {
      assert.deepEqual(Object.keys(said).sort(), [...noteLanguages].sort(), id);
      for (const language of noteLanguages) {
        const { title, text } = said[language];
        assert.ok(title.trim() === title && title.length > 0 && title.length <= TITLE_CHARACTERS_MAX, `${id} ${language} title`);
        assert.ok(text.trim() === text && text.endsWith('.') && text.length <= TEXT_CHARACTERS_MAX, `${id} ${language} text`);
      }
      assert.notEqual(said.da.text, said.en.text, id);
    }
  });

  it('each have an id of their own, fit for links and for XML, and there are some for each component', () => {
    const ids = releaseNotes.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const id of ids) assert.match(id, /^[a-z][a-z0-9-]{2,40}$/);
    // Names of the page's own places.
    assert.ok(!ids.includes('fault') && !ids.includes('tilmelding'));
    for (const component of releaseComponents) assert.ok(releaseNotes.some((note) => note.component === component), component);
  });

  it('hold no CPR number and no word that caseworkers do not know', () => {
    const all = JSON.stringify(releaseNotes);
    assert.doesNotMatch(all, /\d{6}-?\d{4}|NgDP|MeMo|GUID|systemfejl|undefined/);
  });
});
