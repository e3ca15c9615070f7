import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sentencesOf, type SentenceFacts, type SentenceRow } from '../../../src/taskpane/compose/sentence.ts';
import type { TextRef } from '../../../src/taskpane/compose/text-ref.ts';
import { address, compose } from '../../../src/taskpane/texts/da.ts';
import { fillText } from '../../../src/taskpane/texts/fill-text.ts';

const row = (part: Partial<SentenceRow> = {}): SentenceRow => ({ way: 'ngdp', count: 1, gets: true, replyable: true, isList: false, name: 'Nancy', ...part });
const colleague = row({ way: 'colleague', replyable: false, name: 'Lone' });
const outsider = row({ way: 'outsider', replyable: false, name: 'ven@example.org' });
const dead = row({ gets: false });

const words = { ...address, ...compose };

function say({ key, parameters = {}, texts = {} }: TextRef): string {
  return fillText(words[key], { ...parameters, ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, words[text.key]])) });
}
const said = (rows: readonly SentenceRow[], facts: Partial<SentenceFacts> = {}): readonly string[] =>
  sentencesOf({ rows, sender: 'Jobcenter', holdMs: 0, holdListMs: 0, stopping: 0, home: 'kommunen', ...facts }).map(say);

describe('the sentence', () => {
  it('asks for somebody while there is nobody', () => {
    assert.deepEqual(said([]), ['Skriv, hvem beskeden er til. Så står der her, hvad der sker, når du sender.']);
  });

  it('names the one, and counts the many, and says whether they can answer', () => {
    assert.deepEqual(said([row()]), ['Du sender Digital Post til Nancy som Jobcenter, og modtageren kan svare.']);
    assert.deepEqual(said([row({ replyable: false })]), ['Du sender Digital Post til Nancy som Jobcenter. Modtageren kan ikke svare.']);
    assert.deepEqual(said([row({ way: 'mitdk' }), row({ way: 'mitdk' })]), ['Du sender mit.dk til 2 modtagere som Jobcenter, og de kan svare.']);
    assert.deepEqual(said([row({ replyable: false }), row({ replyable: false })]), ['Du sender Digital Post til 2 modtagere som Jobcenter. De kan ikke svare.']);
    assert.deepEqual(said([row(), row({ replyable: false }), row()]), ['Du sender Digital Post til 3 modtagere som Jobcenter. 2 af dem kan svare.']);
  });

  it('says of colleagues alone that it is ordinary mail, and of outsiders too', () => {
    assert.deepEqual(said([colleague]), ['Du sender en almindelig mail til 1 kollega.']);
    assert.deepEqual(said([colleague, colleague]), ['Du sender en almindelig mail til 2 kolleger.']);
    assert.deepEqual(said([outsider]), ['Du sender en almindelig mail til ven@example.org.']);
    assert.deepEqual(said([outsider, colleague]), ['Du sender en almindelig mail til 2 modtagere.']);
  });

  it('tells each way of a mixed mail, and of three ways the first and the rest', () => {
    assert.deepEqual(said([row(), colleague, outsider]), ['Du sender til 3 modtagere som Jobcenter: 1 med Digital Post, som kan svare, og 2 med almindelig mail.']);
    assert.deepEqual(said([row({ replyable: false }), row({ way: 'mitdk' })]), ['Du sender til 2 modtagere som Jobcenter: 1 med Digital Post, som ikke kan svare, og 1 med mit.dk.']);
    assert.deepEqual(said([row(), row({ replyable: false }), colleague]), ['Du sender til 3 modtagere som Jobcenter: 2 med Digital Post, hvoraf 1 kan svare, og 1 med almindelig mail.']);
    assert.deepEqual(said([row(), row({ way: 'mitdk' }), colleague]), ['Du sender til 3 modtagere som Jobcenter: 1 med Digital Post, som kan svare, og 2 på andre måder.']);
  });

  it('leaves out those who get nothing, and says so', () => {
    assert.deepEqual(said([row(), dead]), ['Du sender Digital Post til Nancy som Jobcenter, og modtageren kan svare.', '1 anden får ikke beskeden.']);
    assert.deepEqual(said([row(), row(), dead, dead, row({ way: 'outsider', gets: false })]), ['Du sender Digital Post til 2 modtagere som Jobcenter, og de kan svare.', '3 andre får ikke beskeden.']);
    assert.deepEqual(said([dead, colleague]), ['Du sender en almindelig mail til 1 kollega.', '1 anden får ikke beskeden.']);
    assert.deepEqual(said([dead]), ['Ingen får beskeden, som den er nu.']);
  });

  it('says first that nobody gets the mail as long as somebody outside stops it all', () => {
    assert.deepEqual(said([row(), row({ way: 'outsider', gets: false })], { stopping: 1 }), ['Ingen får mailen, før du har godkendt 1 adresse uden for kommunen.']);
    assert.deepEqual(said([colleague, row({ way: 'outsider', gets: false })], { stopping: 2, home: 'regionen' }), ['Ingen får mailen, før du har godkendt 2 adresser uden for regionen.']);
  });

  it('counts somebody who stands twice once', () => {
    assert.deepEqual(said([row(), row({ count: 0 })]), ['Du sender Digital Post til Nancy som Jobcenter, og modtageren kan svare.']);
  });

  it('counts those on a list', () => {
    const list = row({ isList: true, count: 396, replyable: false });
    assert.deepEqual(said([list]), ['Du sender Digital Post til 396 modtagere hver for sig som Jobcenter. De kan ikke svare.']);
    assert.deepEqual(said([list, colleague]), ['Du sender til 397 modtagere som Jobcenter: 396 med Digital Post, som ikke kan svare, og 1 med almindelig mail.']);
  });

  it('tells of the time in which it can be stopped, in whole minutes', () => {
    assert.deepEqual(said([row()], { holdMs: 300_000 }).slice(1), ['Beskeden venter 5 minutter, så du kan stoppe den.']);
    assert.deepEqual(said([row()], { holdMs: 20_000 }).slice(1), ['Beskeden venter 1 minut, så du kan stoppe den.']);
    assert.deepEqual(said([row({ isList: true, count: 3 })], { holdMs: 0, holdListMs: 900_000 }).slice(1), ['Beskeden venter 15 minutter, så du kan stoppe den.']);
    assert.equal(said([colleague], { holdMs: 300_000 }).length, 1);
  });
});
