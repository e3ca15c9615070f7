import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkLetter, type LetterFinding, type LetterQuestion, type LetterRecipient } from '../../src/domain/letter-check.ts';
import { printSeenSigns, readSeenSigns, seenFindingsMax } from '../../src/domain/letter-seen.ts';

const NANCY: LetterRecipient = { kind: 'cpr', number: '2512489996', name: 'Nancy Ann Test Berggren', protected: false };
const KIRSTEN: LetterRecipient = { kind: 'cpr', number: '2911829996', name: 'Kirsten Holm', protected: false };

function found(over: Partial<LetterQuestion>): readonly LetterFinding[] {
  return checkLetter({ recipients: [NANCY], rightNames: [], subject: 'Brev', text: 'Kære Nancy', files: [], today: new Date('2026-08-20T10:00:00Z'), ...over });
}

const signs = (over: Partial<LetterQuestion>) => found(over).map(({ sign }) => sign);
const cpr = (number: string) => `Kære Nancy\n\nDit CPR-nr. er ${number}.`;

describe('the sign of a finding', () => {
  it('is the same however Outlook writes the number or the name, and whatever stands around it', () => {
    const [one] = signs({ text: cpr('120365-1234') });
    assert.match(one ?? '', /^[0-9a-z]{1,4}$/);
    for (const text of [cpr('120365 1234'), cpr('120365\u20111234'), `${cpr('120365-1234')}\n\nMvh. Jobcenter`, 'Kære Nancy\r\n\r\nNyt afsnit. CPR-nr.: 1203651234']) assert.deepEqual(signs({ text }), [one], text);
    const [name] = signs({ text: 'Kære Hanne Madsen\n\nHej' });
    assert.ok(name);
    for (const text of ['Kære Hanne\u00a0Madsen\n\nHej', 'KÆRE HANNE MADSEN\n\nHej', 'Kære Han\u00adne Madsen,\n\nEn anden tekst']) assert.deepEqual(signs({ text }), [name], text);
  });

  it('is another for another number with the same birthday, and both are told', () => {
    const both = signs({ text: `${cpr('120365-1234')}\n\nCPR-nr.: 120365-1238` });
    assert.equal(new Set(both).size, 2);
    assert.deepEqual(both.slice(0, 1), signs({ text: cpr('120365-1234') }));
  });

  it('is another in another part of the mail, in another file, and to other recipients', () => {
    const text = 'CPR-nr.: 120365-1234';
    const page = (name: string) => ({ text: 'Kære Nancy', files: [{ name, pages: [text] }] });
    const all = [signs({ text }), signs(page('a.pdf')), signs(page('b.pdf')), signs({ text, recipients: [KIRSTEN] }), signs({ text, recipients: [NANCY, KIRSTEN] })];
    assert.equal(new Set(all.flat()).size, 5);
    assert.deepEqual(signs({ text, recipients: [KIRSTEN, NANCY, NANCY] }), signs({ text, recipients: [NANCY, KIRSTEN] }));
    assert.deepEqual(signs(page('A.pdf')), signs(page('a.pdf')));
  });

  it('spreads evenly: hardly two numbers of a letter have the same', () => {
    const sameSign = new Map<string, number>();
    for (let n = 0; n < 9_000; n++) {
      const [sign = ''] = signs({ text: `CPR-nr.: 1203${String(n % 100).padStart(2, '0')}-${String(1000 + n)}` });
      sameSign.set(sign, (sameSign.get(sign) ?? 0) + 1);
    }
    // 9,000 numbers in 1,048,576 signs: some forty share one, were it by chance.
    const shared = [...sameSign.values()].filter((count) => count > 1).length;
    assert.ok(shared < 90, `${String(shared)} signs are shared`);
  });
});

describe('the list of signs in a mail', () => {
  it('is read as it was written, also where it was folded on its way', () => {
    const sign = fc.stringMatching(/^[0-9a-z]{1,4}$/);
    fc.assert(fc.property(fc.array(sign, { minLength: 1, maxLength: seenFindingsMax }), fc.constantFrom(' ', '\r\n ', '\t', '  '), (list, blank) => {
      const printed = printSeenSigns(list) ?? '';
      assert.ok(printed.length < 150);
      assert.deepEqual([...readSeenSigns(printed.replaceAll(' ', blank))].sort(), [...new Set(list)].sort());
    }));
  });

  it('holds nothing where it is empty, too long, or not as we write it', () => {
    const many = (n: number) => Array.from({ length: n }, (_, place) => place.toString(36)).join(' ');
    for (const value of ['', ' ', 'ABC', '12345', '1abc; zz9', '1abc,zz9', '*', '251248-9996', 'æ', '1abc \0', many(seenFindingsMax + 1), many(100_000), 'a'.repeat(1_000_000), `1abc${' '.repeat(1_000_000)}`]) {
      assert.equal(readSeenSigns(value).size, 0, value.slice(0, 30));
    }
    assert.equal(readSeenSigns(many(seenFindingsMax)).size, seenFindingsMax);
  });

  it('takes any value without a fault', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' })), (value) => readSeenSigns(value).size <= seenFindingsMax));
  });
});
