import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readMergeColumns } from '../../../src/domain/merge-columns.ts';
import { mergeTextOf } from '../../../src/domain/merge-fields.ts';
import { fileFaults, filledFor, hasFields, kindInDraft, mergeFaults, mergeFile, namedFiles } from '../../../src/taskpane/mass/each-letters.ts';
import type { MassListRecipient } from '../../../src/taskpane/mass/mass-list.ts';

const recipients: readonly MassListRecipient[] = [
  { id: { kind: 'cpr', number: '2512489996' }, line: 2, cells: ['Nancy', 'Odense; vej "2"', '26-1'] },
  { id: { kind: 'cvr', number: '87654321' }, line: 3, cells: ['Firma & søn', 'Aarhus'] },
];
const list = { columns: ['Fulde navn', 'By', 'Sagsnummer'], recipients };
const source = { subject: 'Til {fulde navn}', html: '<p>Kære <b>{Fulde</b> navn} i {by}</p>' };
const attachments = (...names: readonly string[]) => ({ attachments: names.map((name, n) => ({ id: String(n), name, bytes: 9, isInline: false, kind: 'file' as const })) });

describe('fields of a mail and the columns of its list', () => {
  it('fit where each field is one column that every recipient has something in', () => {
    assert.deepEqual(mergeFaults(source, list), []);
    assert.ok(hasFields(source, list.columns) && !hasFields({ subject: 'x', html: '{y}' }, list.columns));
    assert.deepEqual(filledFor(source, list, 1), { subject: 'Til Firma & søn', html: '<p>Kære <b>Firma &amp; søn</b> i Aarhus</p>' });
  });

  it('say what is missing', () => {
    const faults = (html: string, columns: readonly string[] = list.columns) => mergeFaults({ subject: 'x', html }, { columns, recipients });
    assert.deepEqual(faults('<p>Kære alle</p>'), [{ code: 'none' }]);
    assert.deepEqual(faults('{Navn}'), [{ code: 'unknown', field: '{Navn}' }]);
    assert.deepEqual(faults('{By}', ['By', ' by', '']), [{ code: 'alike', field: '{By}' }]);
    assert.deepEqual(faults('{Sagsnummer} {By}'), [{ code: 'empty', n: 1, field: '{Sagsnummer}' }]);
    assert.deepEqual(faults('<p>{Fulde</p><p>navn}</p>').map(({ code }) => code), ['broken']);
    assert.deepEqual(faults('{{By}} {By}'), [{ code: 'broken', field: '{{By}}' }]);
  });

  it('become the very file that the gateway takes', () => {
    const told = readMergeColumns(mergeFile(source, list), {
      recipients: recipients.map(({ id }, n) => ({ line: n + 1, id })), fields: mergeTextOf(source.html, 'html'),
    });
    assert.deepEqual(told.kind === 'columns' && told.rows, [
      { line: 1, values: ['Nancy', 'Odense; vej "2"'], caseId: '26-1' }, { line: 2, values: ['Firma & søn', 'Aarhus'], caseId: null },
    ]);
    const csv = Buffer.from(mergeFile({ subject: '{By}', html: '' }, list)).toString();
    assert.match(csv, /^\ufeffNummer;By;Sagsnummer\r\n/, 'no more than what is used');
  });
});

describe('files named by number', () => {
  it('fit where each recipient has one', () => {
    assert.deepEqual(fileFaults(attachments('251248-9996.pdf', '87654321.PDF', 'bilag.pdf', 'masseforsendelse.txt', 'body.pdf'), list), []);
    assert.deepEqual(fileFaults(attachments('bilag.pdf'), list), [{ code: 'missing', n: 2 }]);
    assert.deepEqual(fileFaults(attachments('2512489996.pdf'), list), [{ code: 'missing', n: 1 }]);
    assert.deepEqual(fileFaults(attachments('2512489996.pdf', '87654321.pdf', '12345678.pdf'), list), [{ code: 'extra', n: 1 }]);
    assert.deepEqual(fileFaults(attachments('2512489996.pdf', '251248-9996.pdf', '87654321.pdf'), list), [{ code: 'extra', n: 1 }]);
    assert.deepEqual(fileFaults(attachments('2512489996.pdf', '87654321.pdf', '2911829996 (1).pdf'), list), [{ code: 'extra', n: 1 }]);
  });

  it('keep the letters from being the same for all, as the gateway has it, and from being filled in', () => {
    const draft = attachments('251248-9996.pdf', '87654321.PDF', 'Brev til 251248-9996.docx', 'bilag.pdf', 'body.pdf', 'masseforsendelse.txt');
    const names = (kind: Parameters<typeof namedFiles>[1]): readonly string[] => namedFiles(draft, kind).map(({ name }) => name);
    assert.deepEqual(names('same'), ['251248-9996.pdf', '87654321.PDF', 'Brev til 251248-9996.docx']);
    assert.deepEqual(names('merge'), ['251248-9996.pdf', '87654321.PDF']);
    assert.deepEqual([names('files'), names('split')], [[], []]);
    assert.deepEqual(namedFiles({ attachments: draft.attachments.map((file) => ({ ...file, isInline: true })) }, 'same'), []);
  });

  it('and columns tell what a draft was made into', () => {
    assert.deepEqual([attachments('masseforsendelse.csv'), attachments('87654321.pdf'), attachments('a.pdf')].map(kindInDraft), ['merge', 'files', null]);
  });
});
