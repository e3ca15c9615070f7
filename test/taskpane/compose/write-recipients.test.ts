import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyMemoHeader, type OutboundMemoHeader } from '../../../src/domain/memo-header-json.ts';
import { addNumbers, moveCprToBcc, removeRows, renameRow, setReplyable, setSender, type RecipientLists } from '../../../src/taskpane/compose/change-recipients.ts';
import { isDigitalRow, readRecipients, type RecipientRow } from '../../../src/taskpane/compose/read-recipients.ts';
import { undoWriting, writeRecipients, type WritingParts } from '../../../src/taskpane/compose/write-recipients.ts';
import { OutlookFailure, type Item, type MailRecipient } from '../../../src/taskpane/office/outlook.ts';
import { adapterOver } from '../office/adapter-over.ts';
import { InMemoryOutlook } from '../office/in-memory-outlook.ts';
import { BYGGESAGER, EKSEMPEL, JOBCENTER, NANCY, nancyAt, person } from './compose-world.ts';

const choice = { channel: 'ngdp', sender: { kind: 'contact-point', id: JOBCENTER }, replyable: true } as const;
const own = { domains: ['kommune.example'], guessed: false };
const addNancy = (now: Parameters<typeof addNumbers>[0]) => addNumbers(now, [{ kind: 'cpr', number: NANCY }], { choice, nameOf: () => '251248-xxxx (Digital Post)' });

/** A pane beside an Outlook in memory; the MemoHeader.json that was written last stands in `headers`. */
async function paneBeside(outlook: InMemoryOutlook, header: OutboundMemoHeader | null = null) {
  const adapter = await adapterOver(outlook);
  const headers: OutboundMemoHeader[] = [];
  const read: Item[] = [];
  const parts = (): WritingParts => ({
    outlook: adapter, own, cvr: EKSEMPEL, header: headers.at(-1) ?? header,
    readAgain: async () => {
      const item = await adapter.item();
      read.push(item);
      return item;
    },
    writeHeader: (next) => {
      headers.push(next);
      return Promise.resolve();
    },
  });
  return { parts, headers, adapter, read };
}

describe('writing recipients', () => {
  it('changes what stands in the draft now, and reads again', async () => {
    const outlook = new InMemoryOutlook();
    outlook.mail.to = [person('lone@kommune.example')];
    const { parts, read } = await paneBeside(outlook);
    const written = await writeRecipients(parts(), addNancy);
    assert.deepEqual(outlook.mail.to.map(({ emailAddress }) => emailAddress), ['lone@kommune.example', nancyAt()]);
    assert.deepEqual([written.edits.length, written.notTaken, read.length], [1, [], 1]);
    await undoWriting(parts(), written);
    assert.deepEqual(outlook.mail.to.map(({ emailAddress }) => emailAddress), ['lone@kommune.example']);
  });

  it('writes the short form where Outlook drops a long address, after the file that carries the contact point', async () => {
    const outlook = new InMemoryOutlook();
    outlook.habits.addressKept = 64;
    const { parts, headers } = await paneBeside(outlook);
    const written = await writeRecipients(parts(), addNancy);
    assert.deepEqual(outlook.mail.to.map(({ emailAddress }) => emailAddress), [`${NANCY}-reply@${EKSEMPEL}.ngdp.digital-post.dk`]);
    assert.deepEqual(headers, [{ ...emptyMemoHeader, senderContactPoint: JOBCENTER }]);
    assert.deepEqual(written.notTaken, []);
    const [row] = readRecipients({ to: outlook.mail.to, cc: [], bcc: [] }, { own, header: headers.at(-1) ?? null });
    assert.ok(row && isDigitalRow(row));
    assert.deepEqual(row.address.sender, choice.sender);
  });

  it('goes on with short addresses in a draft that has them, and undoes them', async () => {
    const outlook = new InMemoryOutlook();
    outlook.habits.addressKept = 64;
    outlook.mail.to = [person(`${NANCY}-reply@${EKSEMPEL}.ngdp.digital-post.dk`, 'Nancy (Digital Post)')];
    const { parts, headers } = await paneBeside(outlook, { ...emptyMemoHeader, caseId: '12', senderContactPoint: JOBCENTER });
    const chosen = await writeRecipients(parts(), (now, rows) => setSender(now, rows, { kind: 'contact-point', id: BYGGESAGER }));
    assert.deepEqual(headers.at(-1), { ...emptyMemoHeader, caseId: '12', senderContactPoint: BYGGESAGER });
    const off = await writeRecipients(parts(), (now, rows) => setReplyable(now, rows, false));
    assert.equal(outlook.mail.to[0]?.emailAddress, `${NANCY}@${EKSEMPEL}.ngdp.digital-post.dk`);
    await undoWriting(parts(), off);
    assert.equal(outlook.mail.to[0]?.emailAddress, `${NANCY}-reply@${EKSEMPEL}.ngdp.digital-post.dk`);
    await writeRecipients(parts(), (now, rows) => rows.flatMap((row) => renameRow(now, row, 'Nancy Ann')));
    assert.equal(headers.at(-1)?.senderContactPoint, BYGGESAGER);
    await undoWriting(parts(), chosen);
    assert.deepEqual(headers.at(-1), { ...emptyMemoHeader, caseId: '12', senderContactPoint: JOBCENTER });
  });

  it('tells what was not taken, and puts back what was lost by it', async () => {
    const outlook = new InMemoryOutlook();
    outlook.mail.to = [person(`${NANCY}@${EKSEMPEL}.ngdp.digital-post.dk`)];
    outlook.habits.addressKept = 44;
    const { parts } = await paneBeside(outlook);
    const added = await writeRecipients(parts(), (now) => addNumbers(now, [{ kind: 'cpr', number: '0107729995' }], { choice, nameOf: () => '010772-xxxx' }));
    assert.deepEqual([added.edits, added.notTaken.length], [[], 1]);
    const changed = await writeRecipients({ ...parts(), header: null }, (now, rows) => setReplyable(now, rows, true));
    assert.equal(changed.notTaken.length, 1);
    assert.deepEqual(outlook.mail.to.map(({ emailAddress }) => emailAddress), [`${NANCY}@${EKSEMPEL}.ngdp.digital-post.dk`]);
  });

  it('tells also those of whom it got rid while it changed them, colleagues and outsiders too', async () => {
    const outlook = new InMemoryOutlook();
    outlook.mail.to = [person('lone@kommune.example'), person('ven@example.org'), person(nancyAt())];
    const { parts } = await paneBeside(outlook);
    const fail = { error: 'InternalServerError' };
    // Nancy goes to Bcc and is dropped there; then nothing more is taken.
    const adapter = parts().outlook;
    let calls = 0;
    const dropping = async (change: Parameters<typeof adapter.changeRecipients>[0]): ReturnType<typeof adapter.changeRecipients> => {
      calls += 1;
      if (calls === 1) return await adapter.changeRecipients(change).then((after) => ({ ...after, bcc: [] }));
      outlook.mail.bcc = [];
      throw new OutlookFailure('to.addAsync', fail.error);
    };
    const { notTaken, edits } = await writeRecipients({ ...parts(), outlook: { changeRecipients: dropping } }, moveCprToBcc);
    assert.deepEqual([edits, notTaken.map(({ before, after }) => [before, after?.field, after?.recipient.emailAddress])], [[], [[null, 'to', nancyAt()]]]);
    outlook.mail.to = [person('lone@kommune.example'), person('ven@example.org'), person(nancyAt())];
    outlook.trouble('to.setAsync', fail);
    outlook.trouble('to.addAsync', ...Array.from({ length: 20 }, () => fail));
    const lost = await writeRecipients(parts(), (now, rows) => removeRows(now, rows.filter(isDigitalRow))).catch(() => null);
    const there = outlook.mail.to.map(({ emailAddress }) => emailAddress);
    const told = (lost?.notTaken ?? []).map(({ after }) => after?.recipient.emailAddress);
    for (const address of ['lone@kommune.example', 'ven@example.org']) assert.ok(there.includes(address) || told.includes(address), address);
  });

  it('tells of a colleague and an outsider whom Outlook drops from a field that is written anew', async () => {
    const outlook = new InMemoryOutlook();
    const long = person(`${'afdeling.'.repeat(8)}lone@kommune.example`);
    const friend = person(`${'ven.'.repeat(18)}ven@example.org`);
    outlook.mail.to = [long, friend, person(nancyAt({ sender: EKSEMPEL }))];
    outlook.habits.addressKept = 64;
    const { parts } = await paneBeside(outlook);
    const { edits, notTaken } = await writeRecipients(parts(), (now, rows) => setReplyable(now, rows, false));
    assert.deepEqual([edits.length, notTaken.map(({ before, after }) => [before, after?.field, after?.recipient.emailAddress])], [1, [[null, 'to', long.emailAddress], [null, 'to', friend.emailAddress]]]);
  });

  it('never brings back somebody whom the person at Outlook took out while the pane did not look', async () => {
    const outlook = new InMemoryOutlook();
    outlook.mail.to = [person(nancyAt()), person(nancyAt().replace(NANCY, '0107729995'))];
    const { parts } = await paneBeside(outlook);
    const off = await writeRecipients(parts(), (now, rows) => setReplyable(now, rows, false));
    outlook.mail.to.shift();
    await undoWriting(parts(), off);
    await undoWriting(parts(), await writeRecipients(parts(), addNancy));
    assert.deepEqual(outlook.mail.to.map(({ emailAddress }) => emailAddress), [nancyAt().replace(NANCY, '0107729995')]);
  });

  it('loses nobody where Outlook fails in the middle', async () => {
    const outlook = new InMemoryOutlook();
    outlook.mail.to = [person(nancyAt())];
    const { parts } = await paneBeside(outlook);
    outlook.trouble('bcc.addAsync', { error: 'InternalServerError' }, { error: 'InternalServerError' });
    await assert.rejects(writeRecipients(parts(), moveCprToBcc), OutlookFailure);
    assert.deepEqual([outlook.mail.to.map(({ emailAddress }) => emailAddress), outlook.mail.bcc], [[nancyAt()], []]);
  });

  it('loses none of 250 where a hundred fails twice, and tells whom Outlook does not take back', async () => {
    const outlook = new InMemoryOutlook();
    const fail = { error: 'InternalServerError' };
    const numbers = Array.from({ length: 250 }, (_, n) => String(1_000_000_000 + n));
    const numbersIn = (recipients: readonly MailRecipient[]) => recipients.map(({ emailAddress }) => emailAddress.slice(0, 10));
    const { parts } = await paneBeside(outlook);
    const setTo = () => void (outlook.mail.to = numbers.map((number) => person(nancyAt().replace(NANCY, number))));
    const cases = [
      { staying: numbers.slice(1), change: (now: RecipientLists, rows: readonly RecipientRow[]) => removeRows(now, rows.slice(0, 1)) },
      { staying: numbers, change: (now: RecipientLists, rows: readonly RecipientRow[]) => setReplyable(now, rows, false) },
    ];
    for (const { staying, change } of cases) {
      setTo();
      outlook.trouble('to.addAsync', fail, fail);
      await writeRecipients(parts(), change).catch((failure: unknown) => assert.ok(failure instanceof OutlookFailure));
      assert.deepEqual(numbersIn(outlook.mail.to).sort(), staying);
      setTo();
      outlook.trouble('to.addAsync', ...Array.from({ length: 40 }, () => fail));
      const { edits, notTaken } = await writeRecipients(parts(), change);
      const told = notTaken.flatMap(({ before, after }) => (before === null && after ? [after.recipient] : []));
      assert.deepEqual([edits, numbersIn([...outlook.mail.to, ...told]).sort()], [[], staying]);
      outlook.trouble('to.addAsync');
    }
  });

  it('writes nothing where nothing changes, and fails in words where Outlook does', async () => {
    const outlook = new InMemoryOutlook();
    outlook.mail.to = [person('lone@kommune.example')];
    outlook.mail.bcc = [person('/o=ExchangeLabs/cn=x', 'Lone Holm'), person(nancyAt())];
    const { parts } = await paneBeside(outlook);
    assert.deepEqual(await writeRecipients(parts(), (now, rows) => setReplyable(now, rows, true)), { edits: [], notTaken: [], pointsBefore: null });
    await assert.rejects(writeRecipients(parts(), (now, rows) => removeRows(now, rows.filter(isDigitalRow))), OutlookFailure);
    assert.equal(outlook.mail.bcc.length, 2);
  });
});
