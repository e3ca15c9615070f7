import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sheetOfText } from '../../../src/domain/recipient-sheet-text.ts';
import { listFile } from '../../../src/taskpane/mass/list-file.ts';
import { bookOf } from './mass-fixtures.ts';

const fileOf = (text: string, inMail: readonly string[] = []): string => {
  const { table, rows } = bookOf(text, inMail).book.state();
  return listFile({ headings: ['Linje', 'Modtager', 'Status', ...rows.columns], rows: table.rows, status: ({ kind }) => kind, line: ({ row: { line } }) => String(line ?? 'Mailen') });
};

describe('the list as a file', () => {
  it('has whole numbers, each row’s state and its other columns', () => {
    const text = 'CPR\tNavn\n0101011234\tAnna "Test"\n102011235\tBo; Co\n12345678\tFirma\n1,23E+09\tx';
    assert.equal(fileOf(text, ['0202021235']), [
      '\ufeffLinje;Modtager;Status;Navn', '2;010101-1234;unchecked;"Anna ""Test"""', '3;102011235;bad;"Bo; Co"', '4;12345678;unchecked;Firma', '5;1,23E+09;bad;x', 'Mailen;020202-1235;unchecked', '',
    ].join('\r\n'));
  });

  it('holds nothing that Excel would run', () => {
    assert.match(fileOf('CPR\tNote\n0101011234\t=HYPERLINK("http://x")\n0202021235\t@sum\n0303011236\t-1\n0404041237\t+45'), /"'=HYPERLINK.*\r\n.*;'@sum\r\n.*;'-1\r\n.*;'\+45/);
  });

  it('is a list that can be read again', () => {
    const again = bookOf(fileOf('CPR\tSag\n0101011234\t2026-1\n102011235\t2026-2\n87654321\t2026-3').slice(1));
    assert.deepEqual(again.book.state().sheets.length, 1);
    assert.deepEqual(again.book.state().table.rows.map(({ row: { read } }) => (read.kind === 'number' ? read.id.number : read.kind)), ['0101011234', 'lost-zero', '87654321']);
    assert.equal(sheetOfText('').rows.length, 0);
  });
});
