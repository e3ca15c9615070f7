import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { columnsFit } from '../../../src/taskpane/mass/columns-fit.ts';
import { ColumnsReader, type ColumnsFault } from '../../../src/taskpane/mass/columns-now.ts';
import type { FileContent, ItemAttachment } from '../../../src/taskpane/office/outlook.ts';

const LIST = '2512489996\r\n87654321\r\n';
const CSV = 'Nummer;Navn\r\n2512489996;Nancy\r\n87654321;Berg & søn\r\n';
const source = { subject: 'Til {navn}', html: '<p>Kære {Na<b>vn</b>}</p>' };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the columns that letters are filled in from', () => {
  it('fit where each line has its row, and each field its column with something in it', () => {
    const fits = (csv: string, list = LIST, of = source): boolean => columnsFit({ csv: bytes(csv), list, source: of });
    assert.ok(fits(CSV));
    assert.ok(fits('Nummer;Navn\r\n87654321;Berg\r\n251248-9996;Nancy\r\n'), 'in another order');
    assert.ok(!fits('Nummer;Navn\r\n2512489996;Nancy\r\n'), 'a row too few');
    assert.ok(!fits(CSV, '2512489996\r\n'), 'a row too many');
    assert.ok(!fits(CSV.replace('Nancy', '')), 'an empty cell');
    assert.ok(!fits(CSV, LIST, { ...source, html: '<p>{Navn} {Dato}</p>' }), 'a field without a column');
    assert.ok(!fits(CSV, LIST, { subject: 'Til alle', html: '<p>Kære alle</p>' }), 'no field at all');
    assert.ok(fits(CSV, 'hej\r\n'), 'the list is told by itself');
  });

  /** Files of a draft, and how often each was asked for. */
  const reading = (contents: Readonly<Record<string, string>>) => {
    const asked: string[] = [];
    const attachments = Object.keys(contents).map((name): ItemAttachment => ({ id: `id ${name}`, name, bytes: 10, isInline: false, kind: 'file' }));
    const fileContent = (id: string): Promise<FileContent> => {
      asked.push(id);
      const text = contents[id.slice('id '.length)];
      return text === undefined ? Promise.reject(new Error('gone')) : Promise.resolve({ kind: 'content', base64: Buffer.from(text).toString('base64') });
    };
    return { asked, attachments, reader: new ColumnsReader({ fileContent }), listTextOf: ({ name }: ItemAttachment): string | null => contents[name] ?? null };
  };
  const faultOf = async (contents: Readonly<Record<string, string>>): Promise<ColumnsFault | null> => {
    const { attachments, reader, listTextOf } = reading(contents);
    return await reader.now({ attachments }, source, listTextOf);
  };
  const both = { 'masseforsendelse.txt': LIST, 'masseforsendelse.csv': CSV };

  it('are told of where the gateway would refuse them', async () => {
    assert.equal(await faultOf(both), null);
    assert.equal(await faultOf({ ...both, 'vejledning.pdf': '' }), null);
    assert.equal(await faultOf({ ...both, 'masseforsendelse.csv': CSV.replace('Navn', 'Gade') }), 'misfit');
    assert.equal(await faultOf({ ...both, 'masseforsendelse (1).csv': CSV }), 'several');
    assert.equal(await faultOf({ ...both, 'body.pdf': '' }), 'letter');
    assert.equal(await faultOf({ ...both, '251248-9996.pdf': '' }), 'letter');
  });

  it('say nothing where they are not, where the list is told of or has not been read, and where Outlook does not give them', async () => {
    assert.equal(await faultOf({ 'masseforsendelse.txt': LIST, 'body.pdf': '' }), null);
    assert.equal(await faultOf({ 'masseforsendelse.csv': 'x' }), null);
    assert.equal(await faultOf({ ...both, 'masseforsendelse (1).txt': LIST, 'masseforsendelse.csv': 'x' }), null);
    const { attachments, reader, listTextOf } = reading({ ...both, 'masseforsendelse.csv': 'x' });
    assert.equal(await reader.now({ attachments }, source, () => null), null);
    assert.equal(await reader.now({ attachments }, source, listTextOf), 'misfit');
    const broken = new ColumnsReader({ fileContent: () => Promise.reject(new Error('Outlook gjorde det ikke')) });
    assert.equal(await broken.now({ attachments }, source, listTextOf), null);
    const huge = reading(both);
    assert.equal(await huge.reader.now({ attachments: huge.attachments.map((file) => ({ ...file, bytes: 6_000_000 })) }, { subject: '', html: '' }, huge.listTextOf), null);
    assert.deepEqual(huge.asked, []);
  });

  it('are read once, however often the text changes, and again when a file is another', async () => {
    const { asked, attachments, reader, listTextOf } = reading(both);
    assert.equal(await reader.now({ attachments }, source, listTextOf), null);
    assert.equal(await reader.now({ attachments }, { ...source, html: '{By}' }, listTextOf), 'misfit');
    assert.deepEqual(asked, ['id masseforsendelse.csv']);
    await reader.now({ attachments: attachments.map((file) => ({ ...file, bytes: 11 })) }, source, listTextOf);
    assert.deepEqual(asked, ['id masseforsendelse.csv', 'id masseforsendelse.csv']);
  });
});
