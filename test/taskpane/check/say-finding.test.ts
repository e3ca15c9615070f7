import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { said, type Finding } from '../../../src/taskpane/check/finding.ts';
import { findName, placeName, sayBytes, sayText, type Speech } from '../../../src/taskpane/check/say-finding.ts';
import { check } from '../../../src/taskpane/texts/da.ts';
import { check as english } from '../../../src/taskpane/texts/en.ts';
import { fillText } from '../../../src/taskpane/texts/fill-text.ts';

const danish: Speech = { say: (key, parameters) => fillText(check[key], parameters), locale: 'da-DK' };
const inEnglish: Speech = { say: (key, parameters) => fillText(english[key], parameters), locale: 'en-GB' };

describe('how Tjek speaks', () => {
  it('writes sizes, numbers and rows of names as the language does', () => {
    assert.equal(sayBytes(1_400_000, 'da-DK'), '1,4 MB');
    assert.equal(sayBytes(1_400_000, 'en-GB'), '1.4 MB');
    assert.equal(sayBytes(1, 'da-DK'), '1 kB');
    assert.equal(sayText(said('check.tooMany', { n: 1_200, max: 10, channel: { list: ['Digital Post', 'mit.dk'] } }), danish), '1.200 vedhæftninger. Digital Post og mit.dk tager højst 10.');
  });

  it('begins a sentence with a capital, but leaves the name of a file', () => {
    const named = (where: Parameters<typeof said>[1]): string => sayText(said('check.otherName', { found: 'Bo', name: 'Nancy', ...where }), danish);
    assert.equal(named({ where: { ...said('where.text'), capital: true } }), 'Teksten nævner »Bo«. Modtageren hedder Nancy.');
    assert.equal(named({ where: said('where.page', { file: 'brev.pdf', page: 2 }) }), 'brev.pdf, side 2 nævner »Bo«. Modtageren hedder Nancy.');
    assert.equal(sayText(said('check.otherName', { found: 'Bo', name: 'Nancy', where: { ...said('where.text'), capital: true } }), inEnglish), 'The text names “Bo”. The recipient is called Nancy.');
  });

  it('names a place, and a find where it tells more', () => {
    assert.equal(placeName({ kind: 'subject' }, danish), 'Emnet');
    assert.equal(placeName({ kind: 'file', attachmentId: '1', name: 'brev.pdf', bytes: 1 }, danish), 'brev.pdf');
    const finding: Finding = { key: 'k', grade: 'look', about: { kind: 'text' }, text: said('check.noText'), advice: null, quote: { before: '', found: '291182-xxxx', after: '' } };
    assert.equal(findName(finding, danish), '291182-xxxx');
    assert.equal(findName({ ...finding, quote: null }, danish), 'Teksten');
  });
});
