import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { checkMemo, type CheckSettings } from '../../src/memo/check-memo.ts';
import { readMemo } from '../../src/memo/read-memo.ts';
import { writeMemo } from '../../src/memo/write-memo.ts';
import { MemoUnreadable } from '../../src/memo/memo-unreadable.ts';
import { appointmentMemo, exampleAppointment, exampleFile, exampleMemo, inChunks } from './memo-examples.ts';

const data = new URL('../../../shared/data/memo/', import.meta.url);
const today = new Date('2025-09-01T08:00:00Z');

async function codes(different: Parameters<typeof exampleMemo>[0], settings: Partial<CheckSettings> = {}): Promise<string[]> {
  const read = await readMemo(writeMemo(exampleMemo(different)).chunks());
  return checkMemo(read, { today, ...settings }).map((fault) => fault.code);
}

const withFile = (name: string, bytes = Buffer.from('x')): object => ({ body: { mainDocument: { files: [exampleFile(name, bytes)] } } });

describe('checkMemo', () => {
  it('has nothing against a good message', async () => {
    assert.deepEqual(await codes({}), []);
    assert.deepEqual(await codes({ version: '1.1' }), []);
  });

  it('refuses each forbidden character in a file name, and no other', async () => {
    for (const sign of '<>:"/\\|?*\r\n\u00a0\u2000\u2005\u200a\u2028\u205f\u2060\u3000') {
      assert.deepEqual(await codes(withFile(`a${sign}b.pdf`)), ['filename']);
    }
    for (const sign of 'æøåÆØÅ é-_()&\'.,;+#😀') assert.deepEqual(await codes(withFile(`a${sign}b.pdf`)), []);
  });

  it('refuses an empty file', async () => {
    assert.deepEqual(await codes(withFile('a.pdf', Buffer.alloc(0))), ['file.empty.not.allowed']);
  });

  it('refuses an extension outside the list, when there is a list', async () => {
    const allowedExtensions = new Set(['pdf']);
    assert.deepEqual(await codes(withFile('a.exe'), { allowedExtensions }), ['file.extension.not.allowed']);
    assert.deepEqual(await codes(withFile('uden'), { allowedExtensions }), ['file.extension.not.allowed']);
    assert.deepEqual(await codes(withFile('A.PDF'), { allowedExtensions }), []);
    assert.deepEqual(await codes(withFile('a.exe')), []);
  });

  it('demands ten digits of a CPR number and eight of a CVR number', async () => {
    for (const id of ['123456789', '12345678901', '123456-7890', '12345678', ' 1234567890', '١٢٣٤٥٦٧٨٩٠', '1234567890\n']) {
      assert.deepEqual(await codes({ header: { recipient: { id, idType: 'CPR' } } }), ['id.format'], id);
    }
    assert.deepEqual(await codes({ header: { recipient: { id: '1234567', idType: 'CVR' } } }), ['id.format']);
    assert.deepEqual(await codes({ header: { recipient: { id: '87654321', idType: 'CVR' } } }), []);
  });

  it('demands a UUID of a contact point, of any version', async () => {
    const recipient = (id: string): object => ({ header: { recipient: { id: '87654321', idType: 'CVR', contactPoint: { id } } } });
    assert.deepEqual(await codes(recipient('163710ae-5078-350c-0000-000000000440')), []);
    assert.deepEqual(await codes(recipient('163710ae50783-50c-0000-000000000440')), ['contact.point.id.format.not.allowed']);
  });

  it('demands a text of a NEMSMS and a body of a DIGITALPOST', async () => {
    const nemSms = { messageType: 'NEMSMS' };
    assert.deepEqual(await codes({ header: nemSms, body: null }), ['empty.notification.not.allowed']);
    assert.deepEqual(await codes({ header: { ...nemSms, notification: ' \n' }, body: null }), ['empty.notification.not.allowed']);
    assert.deepEqual(await codes({ header: { ...nemSms, notification: 'Husk din tid' }, body: null }), []);
    assert.deepEqual(await codes({ body: null }), ['body']);
  });

  it('refuses a delivery date before today, by the Danish calendar', async () => {
    const early = 'do.not.deliver.until.date.too.early';
    assert.deepEqual(await codes({ header: { doNotDeliverUntilDate: '2025-08-31' } }), [early]);
    assert.deepEqual(await codes({ header: { doNotDeliverUntilDate: '2025-09-01' } }), []);
    const lateEvening = new Date('2025-09-01T22:30:00Z');
    assert.deepEqual(await codes({ header: { doNotDeliverUntilDate: '2025-09-01' } }, { today: lateEvening }), [early]);
  });

  it('refuses eleven additional documents', async () => {
    const documents = (count: number): object =>
      ({ body: { additionalDocuments: Array.from({ length: count }, () => ({ files: [exampleFile('a.pdf', Buffer.from('x'))] })) } });
    assert.deepEqual(await codes(documents(10)), []);
    assert.deepEqual(await codes(documents(11)), ['attachments']);
  });

  it('has nothing against an appointment, and gives back what was written of it', async () => {
    for (const version of ['1.1', '1.2'] as const) {
      const memo = appointmentMemo(version);
      const read = await readMemo(writeMemo(memo).chunks());
      assert.deepEqual(checkMemo(read, { today }), []);
      assert.deepEqual(read.body?.mainDocument.actions, memo.body?.mainDocument.actions);
      assert.deepEqual(read.body?.additionalDocuments[0]?.actions, memo.body?.additionalDocuments[0]?.actions);
    }
  });

  it('finds an appointment whose text is too long or whose id is no UUID of version 4', async () => {
    const reservation = { ...exampleAppointment.reservation, abstract: 'x'.repeat(257), reservationUUID: '3c2ea15d-61fb-1ba9-9366-42f8b194c114' };
    const mainDocument = { files: [exampleFile('a.pdf', Buffer.from('x'))], actions: [{ ...exampleAppointment, reservation }] };
    assert.deepEqual(await codes({ body: { mainDocument } }), ['schema', 'schema']);
  });

  it('demands https of actions, and one of reservation and entry point', async () => {
    const file = exampleFile('a.pdf', Buffer.from('x'));
    const action = (url: string, more = {}): object =>
      ({ body: { mainDocument: { files: [file], actions: [{ label: 'Se', actionCode: 'INFORMATION', entryPoint: { url }, ...more }] } } });
    assert.deepEqual(await codes(action('https://kommune.example/')), []);
    assert.deepEqual(await codes(action('http://kommune.example/')), ['action.uri']);
    const start = new Date('2025-10-01T10:00:00Z');
    const reservation = { description: 'd', reservationUUID: '8c2ea15d-61fb-4ba9-9366-42f8b194c114', abstract: 'a', location: 'l', startDateTime: start, endDateTime: start };
    assert.deepEqual(await codes(action('https://kommune.example/', { reservation })), ['schema']);
  });

  it('refuses a message over the limit of its XML', async () => {
    assert.deepEqual(await codes({}, { memoBytesMax: 1000 }), ['size']);
  });

  it('tells the breaches of the XSD that the reader met', async () => {
    assert.deepEqual(await codes({ header: { label: 'x'.repeat(257) } }), ['schema']);
    assert.deepEqual(await codes({ header: { label: '😀'.repeat(256) } }), []);
    assert.deepEqual(await codes({ header: { messageUUID: '163710ae-5078-350c-0000-000000000440' } }), ['schema']);
    assert.deepEqual(await codes({ version: '1.1', header: { notification: 'x'.repeat(151) } }), ['schema']);
    assert.deepEqual(await codes({ header: { notification: 'x'.repeat(160) } }), []);
    assert.deepEqual(await codes({ header: { doNotDeliverUntilDate: '2025-02-30' } }), ['schema']);
  });

  it('never shows a number of a person', async () => {
    const recipient = { id: '123456-7890', idType: 'CPR', contactPoint: { id: '1234567890' } };
    const read = await readMemo(writeMemo(exampleMemo({ header: { recipient, messageUUID: '1234567890' } })).chunks());
    assert.equal(checkMemo(read).length, 3);
    assert.ok(!/\d{6}-?\d{4}/.test(JSON.stringify(checkMemo(read))));
  });

  it('refuses the whole negative corpus, each rule by its code, and no official example of 1.2', async (t) => {
    if (!existsSync(data)) return t.skip('the corpus is not on this machine');
    const expected: Record<string, string> = {
      r01: 'filename', r02: 'filename', r03: 'action.uri', r04: 'attachments', r05: 'id.format',
      r06: 'file.empty.not.allowed', r07: 'empty.notification.not.allowed', r08: 'do.not.deliver.until.date.too.early',
    };
    const names = readdirSync(new URL('negative/', data));
    assert.equal(names.length, 18);
    for (const name of names) {
      const found = await verdict(new URL(`negative/${name}`, data));
      const rule = expected[name.slice(0, 3)];
      if (rule === undefined) assert.match(found.join(), /^(unreadable|schema)$/, name);
      else assert.deepEqual(found, [rule], name);
    }
    for (const name of ['MeMo_Full_Example.xml', 'MeMo_Minimum_Example.xml']) {
      assert.deepEqual(await verdict(new URL(`examples-1.2/${name}`, data)), [], name);
    }
  });
});

async function verdict(file: URL): Promise<string[]> {
  try {
    return checkMemo(await readMemo(inChunks(readFileSync(file))), { today }).map((fault) => fault.code);
  } catch (error) {
    assert.ok(error instanceof MemoUnreadable);
    return ['unreadable'];
  }
}
