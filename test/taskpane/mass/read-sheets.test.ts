import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { WorkSheet } from '@e965/xlsx/dist/xlsx.mini.min.js';
import { chooseNumberColumn, sheetsWithNumbers } from '../../../src/domain/recipient-sheet-column.ts';
import { readRecipientRows } from '../../../src/domain/recipient-sheet-rows.ts';
import type { RecipientSheet } from '../../../src/domain/recipient-sheet.ts';
import { defaultSheetLimits, readSheets } from '../../../src/taskpane/mass/read-sheets.ts';
import { sheetOf, workbookOf, zipOf } from './workbooks.ts';

const bytesOf = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, encoding));

async function read(bytes: Uint8Array<ArrayBuffer>): Promise<readonly RecipientSheet[]> {
  return (await readSheets(bytes)) ?? assert.fail('it could not be read');
}

async function onlySheet(bytes: Uint8Array<ArrayBuffer>): Promise<RecipientSheet> {
  const [sheet, another] = await read(bytes);
  assert.equal(another, undefined);
  return sheet ?? assert.fail('there is no sheet');
}

const rowsOf = async (sheet: WorkSheet): Promise<RecipientSheet['rows']> => (await onlySheet(workbookOf({ Ark1: sheet }))).rows;

/** Each row's number as it is read, with its line. */
function numbersOf(sheet: RecipientSheet): readonly string[] {
  const choice = chooseNumberColumn(sheet);
  if (choice.kind !== 'sure') return [choice.kind];
  const { rows } = readRecipientRows({ sheet, column: choice.column, zeroPut: new Set(), inMail: [] });
  return rows.map(({ line, read: one }) => `${String(line)} ${one.kind === 'number' ? one.id.number : one.kind}`);
}

describe('a workbook', () => {
  it('is read as it is shown: numbers, numbers as text, with a format of their own, and with their zero lost', async () => {
    const sheet = sheetOf([['CPR-nr.', 'Navn'], [2512489996, 'a'], ['0101011234', 'b'], ['010203-1234', 'c'], [102031235, 'd'], [203041236, 'e'], [304051237, 'f'], [4051238, 'g']]);
    sheet['A6'] = { ...sheet['A6'], z: '0000000000' };
    sheet['A7'] = { ...sheet['A7'], z: '000000-0000' };
    assert.deepEqual(numbersOf(await onlySheet(workbookOf({ Ark1: sheet }))), [
      '2 2512489996', '3 0101011234', '4 0102031234', '5 lost-zero', '6 0203041236', '7 0304051237', '8 lost-zero',
    ]);
  });

  it('has the whole number behind 1,23E+09, unless that was typed as it is', async () => {
    const sheet = sheetOf([['CPR'], [2512489996], ['1,23E+09'], [1.25e21]]);
    sheet['A2'] = { ...sheet['A2'], z: '0.00E+00' };
    sheet['A4'] = { ...sheet['A4'], z: '0.00E+00' };
    assert.deepEqual(numbersOf(await onlySheet(workbookOf({ Ark1: sheet }))), ['2 2512489996', '3 changed', '4 changed']);
  });

  it('shows what its formulas show, and counts them by column', async () => {
    const sheet = sheetOf([['CPR', 'Navn'], ['x', 'a'], ['0202021235', 'b']]);
    sheet['A2'] = { t: 's', v: '0101011234', f: 'TEXT(C2,"0000000000")' };
    sheet['B2'] = { t: 's', v: 'Anna Test', f: 'D2&" "&E2' };
    sheet['B3'] = { t: 's', v: 'Bo Test', f: 'D3&" "&E3' };
    const found = await onlySheet(workbookOf({ Ark1: sheet }));
    assert.deepEqual(found.rows.map(({ cells }) => cells), [['CPR', 'Navn'], ['0101011234', 'Anna Test'], ['0202021235', 'Bo Test']]);
    assert.deepEqual(found.formulas, [1, 2]);
  });

  it('shows a formula that failed as Excel does, and one that was never worked out as nothing', async () => {
    const sheet = sheetOf([['0101011234', 'a'], ['x', 'b']]);
    sheet['A2'] = { t: 'e', v: 0x2a, w: '#N/A', f: 'VLOOKUP(1,C:D,2,0)' };
    assert.deepEqual(numbersOf(await onlySheet(workbookOf({ Ark1: sheet }))), ['1 0101011234', '2 no-number']);
  });

  it('shows dates, figures and truth as they are written in Danish', async () => {
    const sheet = sheetOf([['0101011234', new Date(2026, 10, 25), 1234.5, 1234567.5, 1234.5, true]]);
    sheet['B1'] = { ...sheet['B1'], z: 'm/d/yy' };
    sheet['D1'] = { ...sheet['D1'], z: '#,##0.00' };
    sheet['E1'] = { ...sheet['E1'], z: '#,##0.00" kr."' };
    assert.deepEqual((await rowsOf(sheet))[0]?.cells, ['0101011234', '25-11-2026', '1234,5', '1.234.567,50', '1.234,50 kr.', 'TRUE']);
  });

  it('is read with its hidden rows, and says how many', async () => {
    const sheet = sheetOf([['0101011234'], ['0202021235'], ['0303011236'], [null]]);
    sheet['!rows'] = [{}, { hidden: true }, {}, { hidden: true }];
    const found = await onlySheet(workbookOf({ Ark1: sheet }));
    assert.deepEqual([found.hiddenRows, numbersOf(found).length], [1, 3]);
  });

  it('has the lines of its sheet, where that begins further down, and blank ones between', async () => {
    const sheet = sheetOf([]);
    const filled: WorkSheet = { ...sheet, C5: { t: 's', v: 'CPR' }, C6: { t: 's', v: '0101011234' }, C9: { t: 's', v: '0202021235' }, '!ref': 'C5:C9' };
    assert.deepEqual(numbersOf(await onlySheet(workbookOf({ Ark1: filled }))), ['6 0101011234', '9 0202021235']);
  });

  it('has a merged cell’s number in its first row alone, so that nobody gets it by chance', async () => {
    const sheet = sheetOf([['Liste over borgere', null], ['CPR', 'Sag'], ['0101011234', '2026-1'], [null, '2026-2'], ['0202021235', '2026-3']]);
    sheet['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 1 } }, { s: { r: 2, c: 0 }, e: { r: 3, c: 0 } }];
    assert.deepEqual(numbersOf(await onlySheet(workbookOf({ Ark1: sheet }))), ['3 0101011234', '4 blank', '5 0202021235']);
  });

  it('has its sheets by name, and says which are hidden', async () => {
    const sheets = await read(workbookOf({ Forside: sheetOf([['Husk']]), Borgere: sheetOf([['0101011234']]), Gammel: sheetOf([['0202021235']]) }, ['Gammel']));
    assert.deepEqual(sheets.map(({ name, isHidden }) => `${name} ${String(isHidden)}`), ['Forside false', 'Borgere false', 'Gammel true']);
    assert.deepEqual(sheetsWithNumbers(sheets).map(({ name }) => name), ['Borgere']);
  });

  it('of a hundred thousand rows is read whole, and says so before', async () => {
    const rows = Array.from({ length: 100_000 }, (_, n) => [`${String(n).padStart(10, '0')}`, `2026-${String(n)}`]);
    let told = 0;
    const sheets = await readSheets(workbookOf({ Ark1: sheetOf(rows) }), { onRows: (count) => (told = count) });
    assert.equal(told, 100_000);
    assert.equal(sheets?.[0]?.rows.length, 100_000);
    assert.deepEqual(sheets?.[0]?.rows.at(-1), { line: 100_000, cells: ['0000099999', '2026-99999'] });
  });
});

describe('a text file', () => {
  const text = 'CPR;Navn\r\n0101011234;Åse Ærø\r\n0202021235;Bo';

  it('is read in UTF-8, UTF-16 and Windows-1252', async () => {
    for (const bytes of [bytesOf(text), bytesOf(`\ufeff${text}`), bytesOf(`\ufeff${text}`, 'utf16le'), bytesOf(text, 'utf16le'), bytesOf(text, 'latin1')]) {
      const sheet = await onlySheet(bytes);
      assert.deepEqual(sheet.rows[1], { line: 2, cells: ['0101011234', 'Åse Ærø'] });
      assert.deepEqual(numbersOf(sheet), ['2 0101011234', '3 0202021235']);
    }
  });

  it('may be empty', async () => {
    assert.deepEqual((await onlySheet(bytesOf(''))).rows, []);
  });
});

describe('a file that is no list', () => {
  const workbook = workbookOf({ Ark1: sheetOf([['0101011234']]) });
  const unreadable = async (bytes: Uint8Array<ArrayBuffer>, limits = defaultSheetLimits): Promise<void> => assert.equal(await readSheets(bytes, { limits }), null);

  it('is not read: an old or locked workbook, a picture, another zip', async () => {
    await unreadable(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]));
    await unreadable(new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]));
    await unreadable(zipOf([{ name: 'brev.xml', content: bytesOf('<a/>') }]));
    await unreadable(zipOf([{ name: 'xl/workbook.xml', content: bytesOf('<a/>'), flags: 1 }]));
  });

  it('is not read where it is cut off, wherever that is', async () => {
    for (const part of [4, 30, Math.floor(workbook.length / 2), workbook.length - 30, workbook.length - 1]) await unreadable(workbook.slice(0, part));
  });

  it('is not read where it is more than its limits, whatever the zip says of itself', async () => {
    const zeros = new Uint8Array(5_000_000);
    const parts = ['[Content_Types].xml', 'xl/workbook.xml', 'xl/worksheets/sheet1.xml'];
    for (const toldSize of [10, 0, zeros.length]) {
      await unreadable(zipOf(parts.map((name) => ({ name, content: zeros, toldSize }))), { ...defaultSheetLimits, bytesMax: 12_000_000 });
    }
    await unreadable(zipOf(Array.from({ length: 50 }, (_, n) => ({ name: `xl/${String(n)}.xml`, content: bytesOf('<a/>') }))), { ...defaultSheetLimits, entriesMax: 40 });
  });

  it('is not read where one cell stands so far out that the sheet would be endless', async () => {
    const sheet: WorkSheet = { ...Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`XFD${String(n + 1)}`, { t: 's', v: 'x' }])), '!ref': 'A1:XFD40' };
    await unreadable(workbookOf({ Ark1: sheet }), { ...defaultSheetLimits, cellsMax: 100_000 });
  });

  it('never throws, whatever its bytes are', async () => {
    await fc.assert(fc.asyncProperty(fc.array(fc.record({ at: fc.nat(workbook.length - 1), to: fc.nat(255) }), { minLength: 1, maxLength: 20 }), async (changes) => {
      const bytes = workbook.slice();
      for (const { at, to } of changes) bytes[at] = to;
      await readSheets(bytes);
    }), { numRuns: 200 });
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => void (await readSheets(new Uint8Array(bytes)))));
  });
});
