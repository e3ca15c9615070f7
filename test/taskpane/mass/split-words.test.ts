import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FoundLetters } from '../../../src/taskpane/mass/letter-split.ts';
import { FAULTS_SHOWN, faultWords, pagesText, roomText, shownRecipient, splitRows } from '../../../src/taskpane/mass/split-words.ts';
import { mass } from '../../../src/taskpane/texts/da.ts';
import { fillText, type TextParameters } from '../../../src/taskpane/texts/fill-text.ts';

const say = (key: keyof typeof mass, parameters?: TextParameters): string => fillText(mass[key], parameters);
const found = (faults: FoundLetters['faults'], places: readonly number[] = [0, 1]): FoundLetters => ({
  kind: 'found', name: 'alle.pdf', faults, tagged: true, made: { kind: 'doubt' }, letters: places.map((place, n) => ({ place, firstPage: 2 * n + 1, pages: 2 })),
});

describe('what keeps one PDF from being split', () => {
  it('is said of each doubt, with its page and no whole number, and what to do', () => {
    const fault = (kind: FoundLetters['faults'][number]['kind'], page: number, pages: number, ...numbers: readonly string[]) => ({ kind, page, pages, numbers: [...numbers] });
    const all = [
      fault('before-first', 1, 2), fault('not-listed', 3, 1, '010101-xxxx'), fault('again', 5, 1, '251248-xxxx'), fault('several', 7, 1, '251248-xxxx', '010101-xxxx'), fault('other', 9, 1),
      fault('missing', 0, 0, '291182-xxxx'),
    ];
    assert.deepEqual(faultWords(found(all, [0]), 2, say), [
      '1 modtager har ingen sider.', 'Side 1–2 kommer før det første nummer.', 'Side 3: 010101-xxxx er ikke på listen.', 'Side 5: 251248-xxxx kommer igen efter en andens sider.',
      'Side 7 har flere numre: 251248-xxxx, 010101-xxxx.', 'Side 9 kan ikke deles.', 'Ret PDF’en eller listen, og vælg PDF’en igen.',
    ]);
    const many = faultWords(found(Array.from({ length: 5_000 }, (_, n) => fault('not-listed', n + 1, 1, '010101-xxxx'))), 2, say);
    assert.deepEqual([many.length, many[FAULTS_SHOWN]], [FAULTS_SHOWN + 2, 'Og 4990 andre ting.']);
    assert.deepEqual(faultWords({ ...found([]), made: { kind: 'made', pdfs: [], bytes: 0 } }, 2, say), []);
  });

  it('is the room in the mail, with the real limit', () => {
    assert.match(roomText({ code: 'too-many', max: 498 }, 600, say), /^600 breve er for mange .* plads til 498\./);
    assert.match(roomText({ code: 'too-big', max: 24_999_999 }, 600, say), /mere end de 24 MB/);
    assert.match(roomText({ code: 'in-mail', file: { id: 'a', name: 'alle.pdf', bytes: 9, isInline: false, kind: 'file' } }, 2, say), /^Fjern alle\.pdf fra mailen\./);
  });
});

describe('the pages of each recipient', () => {
  it('are shown, those who have none first, by number masked and what stands beside it', () => {
    const rows = splitRows(found([], [2, 0, 2]).letters, 3);
    assert.deepEqual(rows.map((row) => [row.place, pagesText(row, say)]), [[1, 'Ingen sider'], [0, 'Side 3–4'], [2, 'Side 1–2']]);
    assert.deepEqual(shownRecipient({ id: { kind: 'cpr', number: '2512489996' }, line: 2, cells: ['', 'Nancy  251248-9996'] }), { shown: '251248-xxxx', beside: 'Nancy 251248-xxxx' });
    assert.deepEqual(shownRecipient({ id: { kind: 'cvr', number: '87654321' }, line: 3, cells: [] }), { shown: '87654321', beside: '' });
  });
});
