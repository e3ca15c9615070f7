import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mergeTooLarge, readMergeColumns, writeMergeColumns, type MergeFields } from '../../src/domain/merge-columns.ts';
import { readMassSendList, type MassRecipient } from '../../src/domain/mass-send-list.ts';
import { mergeTextOf } from '../../src/domain/merge-fields.ts';
import { problemHeadline, problemRemedy } from '../../src/domain/problem.ts';

function recipientsOf(...lines: readonly string[]): readonly MassRecipient[] {
  const list = readMassSendList(new TextEncoder().encode(lines.join('\n')), lines.filter(Boolean).length);
  if (list.kind === 'problems') assert.fail(JSON.stringify(list.problems));
  return list.recipients;
}

const three = recipientsOf('2512489996', '', '12345678', '1111111118');
const fieldsOf = (text: string): MergeFields => mergeTextOf(text, 'html');
const named = fieldsOf('Kære {Navn}');
const good = 'CPR;Navn;Sagsnummer\r\n251248-9996;Nancy;26-1\r\n1111111118;Bo;\r\n12345678;"Firma; ""A"""; 26-3\r\n';
const read = (csv: string | Uint8Array, fields = named, recipients = three) =>
  readMergeColumns(typeof csv === 'string' ? new TextEncoder().encode(csv) : csv, { recipients, fields });

function refusal(...question: Parameters<typeof read>): { readonly codes: readonly string[]; readonly text: string } {
  const result = read(...question);
  if (result.kind !== 'problems') assert.fail(JSON.stringify(result));
  return { codes: result.problems.map(({ code }) => code), text: result.problems.flatMap((problem) => [problemHeadline(problem), problemRemedy(problem)]).join('\n') };
}

describe('masseforsendelse.csv', () => {
  it('gives each line of the list its own values and case, in the order of the list', () => {
    const wanted = { kind: 'columns', keys: ['navn'], rows: [
      { line: 1, values: ['Nancy'], caseId: '26-1' }, { line: 3, values: ['Firma; "A"'], caseId: '26-3' }, { line: 4, values: ['Bo'], caseId: null },
    ] };
    assert.deepEqual(read(good), wanted);
    for (const encoding of ['utf16le', 'latin1'] as const) assert.deepEqual(read(Buffer.from((encoding === 'utf16le' ? '\ufeff' : '') + good, encoding)), wanted, encoding);
    assert.deepEqual(read(`\ufeff${good.replaceAll('\r\n', '\n')}\n\n;;\n`), wanted);
  });

  it('keeps only what the letter asks for, whatever else a spreadsheet holds', () => {
    const csv = 'Nr;Navn;Navn på mor;;navne\n2512489996;A;x;y;z\n12345678;B;;;\n1111111118;C';
    const result = read(csv);
    assert.deepEqual(result.kind === 'columns' && [result.keys, result.rows.map(({ values }) => values.join())], [['navn'], ['A', 'B', 'C']]);
  });

  it('finds the column of a field in any letter case and with any blanks', () => {
    const csv = 'Nr;FULDE  navn;beloeb\n2512489996;A;1\n12345678;B;2\n1111111118;C;3';
    const result = read(csv, fieldsOf('{fulde&nbsp;Navn} {Beløb} {BELØB}'));
    assert.deepEqual(result.kind === 'columns' && result.keys, ['fuldenavn', 'beloeb']);
  });

  it('refuses what does not pair with the list, with lines and rows, numbers masked', () => {
    const { codes, text } = refusal('Nr;Navn\n2512489996;A\n251248-9996;B\n2911829996;C\n12345678;D\n123456789;E');
    assert.deepEqual(codes, ['merge-mismatch']);
    assert.match(text, /Mangler række: linje 4 \(111111-xxxx\)\./);
    assert.match(text, /Samme nummer: række 2 og 3\./);
    assert.match(text, /Står ikke på listen: række 4 \(291182-xxxx\)\./);
    assert.match(text, /Er ikke et nummer: række 6: »123456xxx«\./);
    assert.doesNotMatch(text, /2512489996|2911829996/);
  });

  it('refuses fields without a column, with two, in links, and a text without any', () => {
    assert.match(refusal(good, fieldsOf('{Navm}')).text, /»\{Navm\}« er ikke en kolonne\. Kolonnerne er: Navn; Sagsnummer\./);
    assert.match(refusal('Nr;Navn; navn\n2512489996;A;B\n12345678;A;B\n1111111118;A;B').text, /»\{Navn\}« kan være kolonne 2 og 3\./);
    assert.match(refusal(good, fieldsOf('{Navn} <a href="x{Navn}">y</a>')).text, /link/);
    assert.match(refusal(good, fieldsOf('{Navn')).text, /»\{Navn« mangler \}/);
    assert.match(refusal(good, fieldsOf('{{Navn}} {Navn}')).text, /bliver ikke udfyldt/);
    assert.match(refusal(good, fieldsOf('Kære borger')).text, /ingen felter/);
    assert.match(refusal(good, fieldsOf('{CPR}')).text, /»\{CPR\}« er ikke en kolonne/, 'the number itself is no field');
  });

  it('refuses rows without a value that the letter uses, by row and heading', () => {
    const { codes, text } = refusal('Nr;Navn;By\n2512489996;A;\n12345678; ;B\n1111111118', fieldsOf('{Navn} {By}'));
    assert.deepEqual(codes, ['merge-values']);
    assert.match(text, /3 rækker[^]*række 2: By; række 3: Navn; række 4: Navn, By\./);
  });

  it('refuses what is no such file', () => {
    for (const csv of ['', '\ufeff', 'Nr;Navn', '\nNr;Navn\n1;2', '2512489996;A\n12345678;B\n1111111118;C']) assert.deepEqual(refusal(csv).codes, ['merge-file'], JSON.stringify(csv));
    assert.deepEqual(refusal(Buffer.from('PK\x03\x04\0\0\0;;')).codes, ['merge-file']);
    assert.deepEqual(refusal(good.replace('26-1', 'x'.repeat(257))).codes, ['merge-file']);
    assert.deepEqual(refusal(good.replace('CPR;Navn', 'CPR;Navn;sags nummer')).codes, ['merge-file']);
    const size = { bytes: 10, bytesMax: 10, letters: 5, lettersMax: 5 };
    assert.equal(mergeTooLarge(size), null);
    for (const larger of [{ bytes: 11 }, { letters: 6 }]) assert.equal(mergeTooLarge({ ...size, ...larger })?.code, 'merge-file');
  });

  it('is read as it was written, whatever stands in its cells', () => {
    const cell = fc.string({ unit: 'grapheme' }).map((text) => text.replace(/[\t\0]|\p{Cs}/gu, ' '));
    fc.assert(fc.property(fc.array(fc.tuple(cell, cell), { minLength: 3, maxLength: 3 }), (values) => {
      const filled = values.map(([a, b]) => [a.trim() || 'x', b.trim() || 'y'] as const);
      const numbers = ['2512489996', '12345678', '1111111118'];
      const csv = writeMergeColumns(['Nummer', 'Én', 'To'], filled.map((cells, n) => [numbers[n] ?? '', ...cells]));
      const result = read(csv, fieldsOf('{en}{én}{to}'.slice(4)));
      assert.deepEqual(result.kind === 'columns' && result.rows.map(({ values: cells }) => cells), filled.map((cells) => [...cells]));
    }));
  });

  it('never throws, and never tells more than six digits of a number', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(';', '\n', '"', '2512489996', '12345678', 'Navn', ' ', '{', ',', '\t') }), (csv) => {
      const result = read(csv);
      // Within a longer number they are no CPR number (`maskCprNumbersIn`).
      assert.doesNotMatch(JSON.stringify(result.kind === 'problems' ? result.problems : []), /(?<!\d)2512489996(?!\d)/);
    }));
  });
});
