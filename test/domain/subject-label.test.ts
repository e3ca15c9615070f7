import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { labelCharactersMax, labelFromSubject } from '../../src/domain/subject-label.ts';
import { withoutHanging } from '../fixtures/without-hanging.ts';

describe('labels from subjects', () => {
  it('are the subject, composed, without control signs, white space folded', () => {
    assert.equal(labelFromSubject('Partshøring i byggesag'), 'Partshøring i byggesag');
    assert.equal(labelFromSubject('  a\r\n\tb\0c\u00a0 d '), 'a b c d');
    assert.equal(labelFromSubject('bla\u030a'), 'blå');
    assert.equal(labelFromSubject('a\u202egnp.exe\ufeff'), 'agnp.exe');
  });

  it('are never empty', () => {
    for (const subject of ['', ' ', '\0', '\u200b', '\ufffe', '\u202e', '\u0301']) assert.equal(labelFromSubject(subject), '(uden emne)');
  });

  it('are cut at a word with three dots, where they are over 256 characters', () => {
    const exact = `${'ord '.repeat(63)}slut`;
    assert.equal(labelFromSubject(exact), exact);
    const cut = labelFromSubject('ord '.repeat(100));
    assert.ok(cut.endsWith('ord…'));
    assert.ok(Array.from(cut).length <= labelCharactersMax);
    assert.equal(Array.from(labelFromSubject('x'.repeat(300))).length, 256);
    assert.equal(Array.from(labelFromSubject('👩'.repeat(300))).length, 256);
    assert.equal(labelFromSubject('👩'.repeat(256)), '👩'.repeat(256));
  });

  it('are right whatever the subject', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.string({ unit: fc.constantFrom('\ud83d', '\udc69', ' ', 'a', '\u030a'), maxLength: 700 }));
    fc.assert(fc.property(text, (subject) => {
      const label = labelFromSubject(subject);
      assert.ok(label.isWellFormed() && label === label.trim() && label !== '');
      assert.ok(Array.from(label).length <= labelCharactersMax);
      assert.doesNotMatch(label, /[\p{Cc}\ufffe\uffff\r\n]| {2}/u);
      assert.equal(label, label.normalize('NFC'));
      assert.equal(labelFromSubject(label), label);
    }), { numRuns: 10_000 });
  });

  it('of a subject of megabytes hang nothing', () => {
    for (const unit of ['æ ', '\0', ' ', '\u0323\u0301']) withoutHanging(() => labelFromSubject(`a${unit.repeat(1_000_000)}b`));
  });
});
