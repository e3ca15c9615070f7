import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readMassSendList, type MassRecipient } from '../../src/domain/mass-send-list.ts';
import { ownLetters } from '../../src/domain/own-letters.ts';
import { problemRemedy } from '../../src/domain/problem.ts';

function recipientsOf(...numbers: readonly string[]): readonly MassRecipient[] {
  const list = readMassSendList(new TextEncoder().encode(numbers.join('\n')), numbers.filter(Boolean).length);
  if (list.kind === 'problems') assert.fail(JSON.stringify(list.problems));
  return list.recipients;
}

function decide(recipients: readonly MassRecipient[], fileNames: readonly string[], bodyPdf: string | null = null) {
  return ownLetters({ recipients, fileNames, bodyPdf });
}

function refusal(...question: Parameters<typeof decide>): { codes: string[]; text: string } {
  const result = decide(...question);
  if (result.kind !== 'problems') assert.fail(result.kind);
  return { codes: result.problems.map(({ code }) => code), text: result.problems.map(problemRemedy).join('\n') };
}

const three = recipientsOf('2512489996', '', '12345678', '1111111118');

describe('a mass send without files named by a number', () => {
  it('is the same letter for all', () => {
    for (const names of [[], ['bilag.pdf'], ['Referat 2026.pdf', '1234567.pdf', '123456789.pdf', '12345678901.pdf', '20261125 møde.pdf']]) {
      assert.deepEqual(decide(three, names, 'body.pdf'), { kind: 'same-for-all' });
    }
  });
});

describe('one letter each', () => {
  it('gives every line its own file, and the others to all', () => {
    const result = decide(three, ['12345678.PDF', 'bilag.pdf', '251248-9996.pdf', '1111111118.pdf ', 'kort.png']);
    assert.deepEqual(result, { kind: 'own', fileOfLine: new Map([[1, 2], [3, 0], [4, 3]]), commonFiles: [1, 4] });
  });

  it('refuses a row without a file, by line', () => {
    const { codes, text } = refusal(three, ['2512489996.pdf', '12345678.pdf']);
    assert.deepEqual(codes, ['own-letter-mismatch']);
    assert.match(text, /Mangler brev: linje 4 \(111111-xxxx\)\./);
  });

  it('refuses a file without a row, by name', () => {
    const { text } = refusal(recipientsOf('2512489996'), ['2512489996.pdf', '2911829996.pdf', '87654321.pdf']);
    assert.match(text, /Hører ikke til nogen linje: »291182-xxxx\.pdf«; »87654321\.pdf«\./);
  });

  it('refuses two files for one row, also in two spellings', () => {
    const { text } = refusal(recipientsOf('2512489996'), ['2512489996.pdf', '251248-9996.PDF']);
    assert.match(text, /Har mere end ét brev: linje 1 \(251248-xxxx\)\./);
  });

  it('refuses body.pdf beside them: there can be one main document only', () => {
    assert.deepEqual(refusal(recipientsOf('12345678'), ['12345678.pdf'], 'Body.pdf').codes, ['own-letter-and-body-pdf']);
  });

  it('refuses files that were meant for one person and would go to all', () => {
    for (const name of ['2512489996.docx', '2512489996 (1).pdf', 'Brev til 251248-9996.pdf', '251248 9996.pdf', '2512489996.pdf.pdf']) {
      assert.deepEqual(refusal(recipientsOf('2512489996'), ['2512489996.pdf', name]).codes, ['own-letter-mismatch'], name);
      assert.doesNotMatch(refusal(recipientsOf('2512489996'), [name]).text, /9996/);
    }
  });

  it('tells the first hundred of many', () => {
    const many = recipientsOf(...Array.from({ length: 5000 }, (_, n) => String(10_000_000 + n)));
    const { text } = refusal(many, ['10000000.pdf']);
    assert.match(text, /linje 2 \(10000001\).*linje 100 \(10000099\); 4900 flere\./);
  });

  it('matches any rows and files in whatever order', () => {
    const numbers = fc.uniqueArray(fc.oneof(fc.stringMatching(/^[0-9]{10}$/), fc.stringMatching(/^[0-9]{8}$/)), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(numbers.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))), ([list, files]) => {
        const result = decide(recipientsOf(...list), files.map((number) => `${number}.pdf`));
        if (result.kind !== 'own') assert.fail(result.kind);
        list.forEach((number, n) => assert.equal(files[result.fileOfLine.get(n + 1) ?? -1], number));
      }),
      { numRuns: 300 },
    );
  });
});
