import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readListedNumber } from '../../src/domain/mass-list-lines.ts';
import { readMassSendList, writeMassSendList } from '../../src/domain/mass-send-list.ts';
import { readSheetCell, shownBeside, shownSheetCell, type SheetCell } from '../../src/domain/recipient-sheet-cell.ts';
import { chooseNumberColumn, headingRowsOf, sheetSamples, sheetsWithNumbers } from '../../src/domain/recipient-sheet-column.ts';
import { readRecipientRows, type RecipientRow } from '../../src/domain/recipient-sheet-rows.ts';
import { sheetOfText } from '../../src/domain/recipient-sheet-text.ts';
import { sheetOfRows, type RecipientSheet } from '../../src/domain/recipient-sheet.ts';

/** A cell in short: "cpr 2512489996", "lost-zero", "digits 6". */
function told(read: SheetCell): string {
  if (read.kind === 'number') return `${read.id.kind} ${read.id.number}`;
  return read.kind === 'digits' ? `digits ${String(read.count)}` : read.kind;
}

const cellsOf = (text: string): readonly (readonly string[])[] => sheetOfText(text).rows.map(({ cells }) => cells);

function rowsOf(sheet: RecipientSheet, { zeroPut = [], column, inMail = [] }: { readonly zeroPut?: readonly number[]; readonly column?: number; readonly inMail?: readonly string[] } = {}): readonly RecipientRow[] {
  const chosen = chooseNumberColumn(sheet);
  const sure = column ?? (chosen.kind === 'sure' ? chosen.column : assert.fail(JSON.stringify(chosen)));
  return readRecipientRows({ sheet, column: sure, zeroPut: new Set(zeroPut), inMail: inMail.map((number) => ({ kind: 'cpr', number })) }).rows;
}

const inShort = (rows: readonly RecipientRow[]): readonly string[] => rows.map(({ line, read }) => `${String(line)}: ${told(read)}`);

describe('a cell with a number', () => {
  const cases: readonly (readonly [cell: string, read: string, shown: string])[] = [
    ['2512489996', 'cpr 2512489996', '251248-xxxx'],
    ['251248-9996', 'cpr 2512489996', '251248-xxxx'],
    ['251248 9996', 'cpr 2512489996', '251248-xxxx'],
    ['251248 - 9996', 'cpr 2512489996', '251248-xxxx'],
    ['251248\u20139996', 'cpr 2512489996', '251248-xxxx'],
    ['\u00a0251248-9996\u00a0', 'cpr 2512489996', '251248-xxxx'],
    ['\u200b2512489996\ufeff', 'cpr 2512489996', '251248-xxxx'],
    ["'0102031234", 'cpr 0102031234', '010203-xxxx'],
    ['="0102031234"', 'cpr 0102031234', '010203-xxxx'],
    ['0102031234;', 'cpr 0102031234', '010203-xxxx'],
    ['12345678', 'cvr 12345678', '12345678'],
    ['12 34 56 78', 'cvr 12345678', '12345678'],
    ['102031234', 'lost-zero', '10203-xxxx'],
    ['10203-1234', 'lost-zero', '10203-xxxx'],
    ['1234567', 'lost-zero', '1234567'],
    ['1,23E+09', 'changed', '1,23E+09'],
    ['1.02031E+9', 'changed', '1.02031E+x'],
    ['12345678901', 'digits 11', '123456xxxxx'],
    ['12345', 'digits 5', '12345'],
    ['2026-1001', 'digits 8', '2026-10xx'],
    ['01-02-2003', 'digits 8', '01-02-20xx'],
    ['CPR-nr.', 'no-number', 'CPR-nr.'],
    ['2512489996 Nancy', 'no-number', '251248-xxxx Nancy'],
    ['+45 12 34 56 78', 'no-number', '+45 12 34 xx xx'],
    ['2.512.489.996', 'no-number', '2.512.48x.xxx'],
    [' \u00a0', 'blank', ''],
  ];
  for (const [cell, read, shown] of cases) {
    it(`»${cell}« is ${read}, and is shown as »${shown}«`, () => {
      assert.equal(told(readSheetCell(cell)), read);
      assert.equal(shownSheetCell(cell, readSheetCell(cell)), shown);
    });
  }

  it('is understood wherever masseforsendelse.txt takes it, and as the same', () => {
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{6}-?[0-9]{4}\s?[;,]?$|^[0-9]{8}[;,]?$/), (line) => {
      const listed = readListedNumber(line);
      assert.deepEqual(readSheetCell(line), { kind: 'number', id: listed });
    }));
  });

  it('is never shown whole where it is a CPR number, or most of one', () => {
    const around = fc.constantFrom('', ' ', '-', 'x', '\t', '  – ', ' CPR: ');
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{9,12}$/), around, around, (digits, before, after) => {
      const cell = `${before}${digits.slice(0, 6)}${digits.slice(6)}${after}`;
      assert.ok(!shownSheetCell(cell, readSheetCell(cell)).includes(digits.slice(0, 9)));
      assert.ok(!shownBeside(cell).includes(digits.slice(0, 9)));
    }));
  });

  it('never throws, and what is no text of digits is no number', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (cell) => {
      const read = readSheetCell(cell);
      shownSheetCell(cell, read);
      shownBeside(cell);
      if (/[a-zæøå]/i.test(cell.normalize('NFKC').replace(/E/gi, ''))) assert.ok(['no-number', 'blank', 'changed'].includes(read.kind), cell);
    }));
  });
});

describe('a pasted text', () => {
  it('from Excel has its cells between tabs, and a cell in quotes may hold lines, tabs and quotes', () => {
    assert.deepEqual(cellsOf('CPR\tNote\r\n0101011234\t"to linjer\nog ""mere"" \t"\r\n0202021235\t5" skærm\r\n'), [
      ['CPR', 'Note'], ['0101011234', 'to linjer\nog "mere" \t'], ['0202021235', '5" skærm'],
    ]);
  });

  it('may begin a cell with a quote that is none of its form', () => {
    assert.deepEqual(cellsOf('0101011234\t"Klub"ben\n0202021235\tx'), [['0101011234', '"Klub"ben'], ['0202021235', 'x']]);
    assert.deepEqual(cellsOf('0101011234\t"aldrig lukket\n0202021235\tx'), [['0101011234', '"aldrig lukket'], ['0202021235', 'x']]);
  });

  it('from a .csv file is parted by ; or by , or as its first line says', () => {
    assert.deepEqual(cellsOf('0101011234;Anna, Bo;1,5\n0202021235;x;2'), [['0101011234', 'Anna, Bo', '1,5'], ['0202021235', 'x', '2']]);
    assert.deepEqual(cellsOf('0101011234,Anna\n0202021235,"Bo, Co"'), [['0101011234', 'Anna'], ['0202021235', 'Bo, Co']]);
    assert.deepEqual(sheetOfText('sep=,\r\n0101011234,A;B').rows, [{ line: 2, cells: ['0101011234', 'A;B'] }]);
  });

  it('of one column keeps what stands behind a number, and the comma of Excel', () => {
    assert.deepEqual(inShort(rowsOf(sheetOfText('0101011234;\n0202021235,\n1,23E+09\n12345678'))), ['1: cpr 0101011234', '2: cpr 0202021235', '3: changed', '4: cvr 12345678']);
    assert.deepEqual(cellsOf('1,23E+09\n1,23E+09'), [['1,23E+09'], ['1,23E+09']]);
  });

  it('may be numbers on one line with commas between', () => {
    assert.deepEqual(inShort(rowsOf(sheetOfText('0101011234, 0202021235, 12345678'))), ['1: cpr 0101011234', '2: cpr 0202021235', '3: cvr 12345678']);
    assert.deepEqual(inShort(rowsOf(sheetOfText('0101011234, 202021235'))), ['1: cpr 0101011234', '2: lost-zero']);
  });

  it('counts lines as a sheet does: blank ones too, whatever ends them', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      assert.deepEqual(sheetOfText(['', '0101011234', ' ', '0202021235', ''].join(end)).rows.map(({ line }) => line), [2, 4]);
    }
  });

  it('gives back every cell that Excel would copy', () => {
    const cell = fc.stringMatching(/^[a-z0-9 ;,"\t\n]{0,12}$/);
    const quoted = (text: string): string => (/["\t\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }), (rows) => {
      const text = rows.map((cells) => cells.map(quoted).join('\t')).join('\r\n');
      const wanted = rows.filter((cells) => cells.some((one) => one.trim() !== ''));
      assert.deepEqual(cellsOf(text), wanted);
    }));
  });

  it('is read whatever it is, each sign once', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('"', '\t', '\n', '\r', ';', ',', '1', 'a', ' '), maxLength: 300 }), (text) => {
      const letters = sheetOfText(text).rows.flatMap(({ cells }) => cells).join('').replace(/[^1a]/g, '');
      assert.equal(letters, text.replace(/[^1a]/g, ''));
    }));
  });
});

const asPasted = 'CPR-nr.\tNavn\tSag\n0101011234\tAnna Test\t2026-1001\n102011235\tBo Test\t2026-1002\n030301-1236\tCarl Test\t2026-1003';

describe('the rows of a list', () => {
  it('are those below the headings, with line and case, and no name', () => {
    const rows = rowsOf(sheetOfText(asPasted));
    assert.deepEqual(inShort(rows), ['2: cpr 0101011234', '3: lost-zero', '4: cpr 0303011236']);
    assert.deepEqual(rows.map(({ shown, beside }) => `${shown} ${String(beside)}`), ['010101-xxxx 2026-1001', '10201-xxxx 2026-1002', '030301-xxxx 2026-1003']);
    assert.deepEqual(rows[1]?.cells, ['Bo Test', '2026-1002']);
  });

  it('get a lost zero where it is asked for, and nowhere else', () => {
    const sheet = sheetOfText('102011235\n203011236\n1234567');
    assert.deepEqual(inShort(rowsOf(sheet, { zeroPut: [1, 2] })), ['1: lost-zero', '2: cpr 0203011236', '3: cvr 01234567']);
  });

  it('tell which of two stands first, whatever the spelling, also once a zero is put', () => {
    const sheet = sheetOfText('010203-1234\n102031234\n0102031234\n0102031234');
    const sameLines = (zeroPut: readonly number[]): readonly unknown[] => rowsOf(sheet, { zeroPut }).map(({ sameAs }) => sameAs?.line ?? null);
    assert.deepEqual(sameLines([]), [null, null, 1, 1]);
    assert.deepEqual(sameLines([1]), [null, 1, 1, 1]);
  });

  it('hold those who stood in the mail, last', () => {
    const rows = rowsOf(sheetOfText('0101011234\n0202021235'), { inMail: ['0202021235', '0303011236'] });
    assert.deepEqual(rows.map(({ line, shown, sameAs }) => [line, shown, sameAs?.line ?? null]), [[1, '010101-xxxx', null], [2, '020202-xxxx', null], [null, '020202-xxxx', 2], [null, '030301-xxxx', null]]);
  });

  it('leave out headings, titles and blank rows, and nothing else', () => {
    const sheet = sheetOfText('Indkaldelser uge 48\n\nNavn\tCPR\tTakst 2027\nAnna\tmangler\t5\nBo\t0101011234\t6\n\t\t\nCarl\t\t7\nI alt\t\t18');
    assert.deepEqual(inShort(rowsOf(sheet)), ['4: no-number', '5: cpr 0101011234', '7: blank', '8: blank']);
  });

  it('are all there where nothing stands above them', () => {
    assert.deepEqual(inShort(rowsOf(sheetOfText('\tAnna\t2026-1\n0101011234\tBo\t2026-2'))), ['1: blank', '2: cpr 0101011234']);
    assert.deepEqual(inShort(rowsOf(sheetOfText('12345\n0101011234'))), ['1: digits 5', '2: cpr 0101011234']);
  });

  it('know the headings of the columns beside the numbers', () => {
    const { columns } = readRecipientRows({ sheet: sheetOfText(asPasted), column: 0, zeroPut: new Set(), inMail: [] });
    assert.deepEqual(columns, ['Navn', 'Sag']);
  });

  it('show nothing beside the number that may be somebody else’s, and no name', () => {
    const beside = (text: string): string | null => rowsOf(sheetOfText(text), { column: 0 })[0]?.beside ?? null;
    assert.equal(beside('CPR\tBarnets CPR\n0101011234\t0303011236'), null);
    assert.equal(beside('CPR\tNavn\n0101011234\tAnna Test'), null);
    assert.equal(beside('CPR\tNavn 2\tLejemål\n0101011234\tAnna 1\tVej 7'), 'Vej 7');
    assert.equal(beside('CPR\tSag\n0101011234\tOm 102031234'), 'Om 10203-xxxx');
  });

  it('are as many as the sheet has, and give a list that the gateway takes', () => {
    const number = fc.stringMatching(/^(?:[0-9]{6}-?[0-9]{4}|[0-9]{8}|[0-9]{9}|x[0-9]{3}|)$/);
    fc.assert(fc.property(fc.uniqueArray(number, { minLength: 1, maxLength: 40 }), (cells) => {
      const rows = readRecipientRows({ sheet: sheetOfRows(cells.map((cell) => [cell, 'x1'])), column: 0, zeroPut: new Set(), inMail: [] }).rows;
      assert.equal(rows.length, cells.length - headingRowsOf(sheetOfRows(cells.map((cell) => [cell, 'x1'])).rows, 0));
      const ids = rows.flatMap(({ read, sameAs }) => (read.kind === 'number' && sameAs === null ? [read.id] : []));
      if (ids.length === 0) return;
      const list = readMassSendList(writeMassSendList(ids), ids.length);
      assert.ok(list.kind === 'list');
      assert.deepEqual(list.recipients.map(({ id }) => id), ids);
    }));
  });
});

describe('the column with the numbers', () => {
  const choice = (text: string): unknown => {
    const chosen = chooseNumberColumn(sheetOfText(text));
    return chosen.kind === 'ask' ? chosen.columns : chosen.kind === 'sure' ? chosen.column : chosen.kind;
  };

  it('is the one with numbers, wherever it stands', () => {
    assert.equal(choice(asPasted), 0);
    assert.equal(choice('Anna\t2026-1001\t0101011234\nBo\t2026-1002\t0202021235'), 2);
  });

  it('is told from a telephone’s by the headings', () => {
    assert.equal(choice('Navn\tTlf.\tCPR-nr.\nAnna\t12345678\t0101011234'), 2);
    assert.equal(choice('Navn\tTlf.\tNummer\nAnna\t12345678\t0101011234'), 2);
  });

  it('is not a telephone’s where Excel has changed every CPR number, or taken its zero', () => {
    assert.equal(choice('Navn\tCPR\tTelefon\nAnna\t1,01E+08\t12345678\nBo\t2,02E+08\t87654321'), 1);
    assert.equal(choice('Navn\tCPR\tTelefon\nAnna\t101011234\t12345678\nBo\t202021235\t87654321'), 1);
    assert.equal(choice('CPR\tMors nummer\n101011234\t0202021235\n303031236\t0404041237'), 0);
    assert.deepEqual(choice('101011234\t12345678'), [{ column: 0, heading: null, samples: ['10101-xxxx'] }, { column: 1, heading: null, samples: ['12345678'] }]);
  });

  it('is asked for where the only heading with CPR may be somebody else’s than the recipient’s', () => {
    const asked = (headings: string): boolean => Array.isArray(choice(`${headings}\n0101011234\t0202021235\n0303031236\t0404041237`));
    for (const headings of ['Borger\tMors CPR', 'Modtager\tCPR barn', 'Nummer\tCPR-nr. ægtefælle', 'Sagspart\tBarnets CPR-nummer']) assert.ok(asked(headings), headings);
    for (const headings of ['Mor\tCPR', 'Mor\tCPR-nr.', 'Barn\tBorgerens CPR-nummer', 'Mor\tPersonnummer', 'Mor\tCPR/CVR', 'Mor\tModtagers CPR-nr', 'Mor\tCPR_nummer']) assert.equal(choice(`${headings}\n0101011234\t0202021235`), 1, headings);
  });

  it('is one of whole numbers before one that has lost its zeros, and that one before none', () => {
    assert.equal(choice('102031234\t0101011234\n203041235\t0202021235'), 1);
    assert.equal(choice('a\t102031234\nb\t1,23E+09'), 1);
  });

  it('is asked for where several may be it, by heading and first three values, masked', () => {
    assert.deepEqual(choice('CPR mor\tCPR far\n0101011234\t0202021235\n0303011236\t0404021237\n0505051238\t0606061239\n0707071230\t0808081231'), [
      { column: 0, heading: 'CPR mor', samples: ['010101-xxxx', '030301-xxxx', '050505-xxxx'] },
      { column: 1, heading: 'CPR far', samples: ['020202-xxxx', '040402-xxxx', '060606-xxxx'] },
    ]);
    assert.deepEqual(choice('0101011234\t12345678'), [{ column: 0, heading: null, samples: ['010101-xxxx'] }, { column: 1, heading: null, samples: ['12345678'] }]);
  });

  it('is none where there are no numbers, and the only one where there are only wrong ones', () => {
    assert.equal(choice(''), 'none');
    assert.equal(choice('Navn\tBy\nAnna\tVejle'), 'none');
    assert.equal(choice('12345\n123456'), 0);
  });

  it('decides which sheets of a workbook may be meant: those that are seen and have numbers', () => {
    const named = (name: string, text: string, isHidden = false): RecipientSheet => ({ ...sheetOfText(text), name, isHidden });
    const names = (...sheets: readonly RecipientSheet[]): readonly string[] => sheetsWithNumbers(sheets).map(({ name }) => name);
    assert.deepEqual(names(named('Noter', 'Husk'), named('Liste', '0101011234'), named('Gammel', '0202021235', true)), ['Liste']);
    assert.deepEqual(names(named('Uge 1', '0101011234'), named('Uge 2', '0202021235')), ['Uge 1', 'Uge 2']);
    assert.deepEqual(names(named('Noter', 'Husk'), named('Gammel', '0202021235', true)), ['Gammel']);
    assert.deepEqual(sheetSamples(named('Liste', 'CPR\n0101011234\n102031234')), ['010101-xxxx', '10203-xxxx']);
  });
});
