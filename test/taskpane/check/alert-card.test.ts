import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alertCard } from '../../../src/taskpane/check/alert-card.ts';
import type { CardMark } from '../../../src/taskpane/check/card-mark.ts';

const stop = (key: string): CardMark => ({ key, grade: 'stop' });
const marks: readonly CardMark[] = [
  { key: 'row-1', grade: 'look' }, stop('row-2'), stop('information'), stop('subject-cpr'), stop('too-many'), stop('file:a.exe:1:types'), stop('file:b.docm:1:macro'), stop('outside-cpr'), stop('mass'),
];
const cardOf = (show: string, all = marks): string | null => alertCard(JSON.stringify({ show }), all);

describe('the card that a Smart Alert leads to', () => {
  it('is that of what it stopped the mail for', () => {
    for (const [code, key] of [
      ['bareNumber', 'row-2'], ['lookalike', 'row-2'], ['badAddress', 'row-2'], ['massNotAlone', 'row-2'], ['subjectCpr', 'subject-cpr'], ['tooMany', 'too-many'],
      ['types', 'file:a.exe:1:types'], ['macro', 'file:b.docm:1:macro'], ['outsideCpr', 'outside-cpr'], ['mass', 'mass'], ['massNoList', 'mass'], ['massLines', 'mass'],
    ] as const) assert.equal(cardOf(code), key, code);
  });

  it('is the first that must be put right, where there is none of that, or nobody knows of what', () => {
    assert.equal(cardOf('tooBig'), 'row-2');
    assert.equal(alertCard('{}', marks), 'row-2');
    assert.equal(alertCard('{"show":"constructor"}', marks), 'row-2');
  });

  it('is never one that is only to be looked at', () => {
    assert.equal(cardOf('bareNumber', [{ key: 'row-1', grade: 'look' }]), null);
  });
});
