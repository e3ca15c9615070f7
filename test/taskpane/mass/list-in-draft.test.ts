import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRecipientRows } from '../../../src/domain/recipient-sheet-rows.ts';
import { sheetInDraft } from '../../../src/taskpane/mass/list-in-draft.ts';
import { putList } from '../../../src/taskpane/mass/put-list.ts';
import { draftNow } from '../../../src/taskpane/mass/write-mass.ts';
import { citizen, company, list, massOf, world, type World } from './mail-world.ts';

const numbers = [citizen.number, company.number];
const columns = Buffer.from('\ufeffNummer;Navn;Sagsnummer\r\n2512489996;Nancy;0101011234\r\n87654321;"Firma; søn";\r\n');
const found = async ({ parts: { outlook } }: World): ReturnType<typeof sheetInDraft> => await sheetInDraft(outlook, await draftNow(outlook));

/** A draft that is opened again: what lies in it is all that is known. */
async function reopened(files: Readonly<Record<string, string | Buffer>>, to: readonly string[] = [massOf(2)]): Promise<World> {
  const made = await world();
  const { outlook: { mail }, outlook } = made;
  mail.files = Object.entries(files).map(([name, content]) => outlook.file(name, { content: Buffer.from(content).toString('base64') }));
  mail.to = to.map((emailAddress) => ({ displayName: '', emailAddress }));
  return made;
}

describe('the list of a draft that is taken up again', () => {
  it('is the one that lies in it', async () => {
    const made = await world();
    assert.equal((await putList(made.parts, list)).kind, 'written');
    const one = await found(made);
    assert.deepEqual([one?.numbers, one?.column], [numbers, null]);
    const read = one && readRecipientRows({ sheet: one.sheet, column: 0, zeroPut: new Set(), inMail: [] });
    assert.deepEqual(read?.rows.map(({ read: cell }) => cell.kind === 'number' && cell.id), list.recipients);
  });

  it('has the columns that letters are filled in from, as long as they are of the same numbers', async () => {
    const one = await found(await reopened({ 'masseforsendelse.txt': numbers.join('\n'), 'masseforsendelse.csv': columns }));
    assert.deepEqual([one?.numbers, one?.column, one?.sheet.rows[0]?.cells, one?.sheet.rows[2]?.cells[1]], [numbers, 0, ['Nummer', 'Navn', 'Sagsnummer'], 'Firma; søn']);
    const other = await found(await reopened({ 'masseforsendelse.txt': '2512489996\n', 'masseforsendelse.csv': columns }));
    assert.deepEqual([other?.numbers, other?.sheet.rows.length], [['2512489996'], 1]);
  });

  it('is told by the columns or the letters where it is gone, if they are as many as the address says', async () => {
    const letters = { '251248-9996.pdf': 'a', '87654321.PDF': 'b', 'bilag.pdf': 'c' };
    assert.deepEqual((await found(await reopened({ 'masseforsendelse.csv': columns })))?.numbers, numbers);
    assert.deepEqual((await found(await reopened(letters)))?.numbers, numbers);
    assert.equal(await found(await reopened(letters, [massOf(3)])), null);
    assert.equal(await found(await reopened(letters, ['kollega@kommune.example'])), null, 'letters in a mail to nobody are no list yet');
    assert.equal(await found(await reopened({ 'bilag.pdf': 'c' })), null);
  });

  it('is not told where there are several, and is shown with what is wrong with it', async () => {
    assert.equal(await found(await reopened({ 'masseforsendelse.txt': numbers.join('\n'), 'masseforsendelse (1).txt': '2512489996' })), null);
    const one = await found(await reopened({ 'masseforsendelse.txt': '2512489996\nx\n' }));
    assert.deepEqual([one?.numbers, one?.sheet.rows.length], [null, 2]);
  });
});
