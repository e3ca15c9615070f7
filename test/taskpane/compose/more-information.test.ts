import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emptyMemoHeader, readMemoHeaderJson, writeMemoHeaderJson } from '../../../src/domain/memo-header-json.ts';
import { filledCount, headerWith, informationFaults, informationOf, noInformation, suggestedCase, type Information } from '../../../src/taskpane/compose/more-information.ts';
import { JOBCENTER } from './compose-world.ts';

const now = new Date('2026-11-26T10:00:00Z');
const all: Information = { deadline: '2026-12-10', caseId: '2026-004512', attention: 'Bogholderiet', kle: '32.30.04', form: '48.45.05.05' };

describe('more information', () => {
  it('is carried in MemoHeader.json and read back the same', () => {
    const text = writeMemoHeaderJson(headerWith(null, all));
    const read = readMemoHeaderJson(text ?? '');
    assert.equal(read.kind, 'outbound');
    assert.deepEqual(read.kind === 'outbound' && informationOf(read.header), all);
    assert.equal(filledCount(all), 5);
  });

  it('leaves no file where nothing is given', () => {
    assert.equal(writeMemoHeaderJson(headerWith(null, noInformation)), null);
    assert.equal(writeMemoHeaderJson(headerWith(headerWith(null, all), { ...noInformation, caseId: '  ' })), null);
    assert.equal(filledCount({ ...noInformation, caseId: '  ' }), 0);
  });

  it('leaves what it does not show as it was', () => {
    const header = {
      ...emptyMemoHeader, replyByDateTime: '2026-12-10T11:00:00Z', caseId: '12', caseSystem: 'SBSYS', senderContactPoint: JOBCENTER,
      kle: { key: '32.30.04', version: '2026', label: 'Kontanthjælp' },
    };
    assert.deepEqual(headerWith(header, { ...informationOf(header), attention: 'Lone' }), { ...header, attentionPerson: 'Lone' });
    assert.deepEqual(headerWith(header, { ...informationOf(header), kle: '27.18.00', caseId: '13', deadline: '2026-12-11' }), {
      ...header, kle: { key: '27.18.00', version: null, label: null }, caseId: '13', caseSystem: null, replyByDateTime: '2026-12-11',
    });
  });

  it('says what is wrong with each field, and with nothing else', () => {
    assert.deepEqual(informationFaults(all, now), {});
    assert.deepEqual(informationFaults(noInformation, now), {});
    assert.deepEqual(informationFaults({ deadline: '2026-11-26', caseId: 'x'.repeat(257), attention: 'a\nb', kle: '32.30', form: '48' }, now), {
      deadline: { key: 'info.deadline.past' }, caseId: { key: 'info.text.bad', parameters: { max: 256 } }, attention: { key: 'info.text.bad', parameters: { max: 256 } },
      kle: { key: 'info.kle.bad' }, form: { key: 'info.form.bad' },
    });
  });

  it('suggests the case number that stands in the subject', () => {
    const subjects: Readonly<Record<string, string | null>> = {
      'Afgørelse, sag 2026-004512': '2026-004512', 'Sagsnr. 24/1234 – partshøring': '24/1234', 'Vedr. EMN-2026-123456': 'EMN-2026-123456', 'Sagsnummer: S2026-77.': 'S2026-77',
      'J.nr. 01.02.03-P19-4-26': '01.02.03-P19-4-26', 'Møde den 26-11-2026': null, 'En sag om noget': null, '': null,
    };
    for (const [subject, expected] of Object.entries(subjects)) assert.equal(suggestedCase(subject), expected, subject);
  });

  it('never suggests a CPR number', () => {
    for (const subject of ['Sag 251248-9996', 'sagsnr. 2512489996', 'Sag 2012-489996x']) assert.doesNotMatch(suggestedCase(subject) ?? '', /\d{6}-?\d{4}/, subject);
    fc.assert(fc.property(fc.string(), fc.stringMatching(/^[0-3][0-9][01][0-9]{3}-?[0-9]{4}$/), (text, cpr) => {
      assert.doesNotMatch(suggestedCase(`${text} sag ${cpr} ${text}`) ?? '', /^\d{6}-?\d{4}$/);
    }));
    suggestedCase('sag '.repeat(100_000));
  });
});
