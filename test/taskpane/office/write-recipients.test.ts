import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { MailRecipient } from '../../../src/taskpane/office/outlook.ts';
import { adapterOver, citizens, settle } from './adapter-over.ts';
import { InMemoryOutlook } from './in-memory-outlook.ts';

const withoutAddress: MailRecipient = { displayName: 'Borgerservice', emailAddress: '' };
const exchangeName: MailRecipient = { displayName: 'Kontor 3', emailAddress: '/o=ExchangeLabs/ou=Exchange/cn=Recipients/cn=kontor3' };

/** In whatever order. */
function addressesIn(recipients: readonly MailRecipient[]): readonly string[] {
  return recipients.map(({ emailAddress }) => emailAddress).sort();
}

describe('recipients that are written', () => {
  it('go a hundred at a time: the first hundred are set, the others added', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.to = [...citizens(1, 900)];
    await outlook.changeRecipients(() => ({ to: citizens(250) }));
    assert.deepEqual(inMemory.mail.to, citizens(250));
    assert.deepEqual(inMemory.calls.filter((call) => /^to\.(set|add)/.test(call)), ['to.setAsync', 'to.addAsync', 'to.addAsync']);
  });

  it('that only come are added, and the others stay as Outlook holds them', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.cc = [withoutAddress, exchangeName];
    const after = await outlook.changeRecipients(({ cc }) => ({ cc: [...cc, ...citizens(1)] }));
    assert.deepEqual(after.cc, [withoutAddress, exchangeName, ...citizens(1)]);
    assert.deepEqual(inMemory.calls.filter((call) => /^cc\.(set|add)/.test(call)), ['cc.addAsync']);
  });

  it('never write a field anew that holds somebody without an address that can be read', async () => {
    for (const unreadable of [withoutAddress, exchangeName]) {
      const inMemory = new InMemoryOutlook();
      const outlook = await adapterOver(inMemory);
      inMemory.mail.to = [unreadable, ...citizens(2)];
      await assert.rejects(outlook.changeRecipients(({ to }) => ({ to: to.slice(0, 2) })), { code: 'unreadable-recipients' });
      assert.equal(inMemory.mail.to.length, 3);
    }
  });

  it('write a field anew in which a number was typed, which stands there again as it was', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    const typed = { displayName: '251248-9996', emailAddress: '251248-9996' };
    inMemory.mail.to = [...citizens(2), typed];
    const after = await outlook.changeRecipients(({ to }) => ({ to: to.slice(1) }));
    assert.deepEqual(after.to, [...citizens(2).slice(1), typed]);
  });

  it('never write a field anew of which Outlook may have told a part only', async () => {
    const inMemory = new InMemoryOutlook();
    inMemory.habits.recipientsTold = 500;
    const outlook = await adapterOver(inMemory);
    inMemory.mail.to = [...citizens(620)];
    await assert.rejects(outlook.changeRecipients(({ to }) => ({ to: to.slice(1) })), { code: 'too-many-to-read' });
    assert.equal(inMemory.mail.to.length, 620);
  });

  it('touch no field that stays as it is', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.to = [...citizens(3)];
    await outlook.changeRecipients(({ to, cc, bcc }) => ({ to, cc, bcc }));
    assert.deepEqual(inMemory.calls.filter((call) => /\.(set|add)Async$/.test(call)), []);
  });

  it('tells what Outlook holds afterwards, which lacks a long address that it took and dropped', async () => {
    const inMemory = new InMemoryOutlook();
    inMemory.habits.addressKept = 78;
    const outlook = await adapterOver(inMemory);
    const long = { displayName: 'Test (Digital Post)', emailAddress: '87654321-reply.3f1ddbb9-6cc9-4a6f-b4cd-0f1ddbb9f1a2@7b2dcf1d-6cc9-4a6f-b4cd-0f1ddbb9f1a2.ngdp.digital-post.dk' };
    const short = citizens(1);
    const after = await outlook.changeRecipients(() => ({ to: [long, ...short] }));
    assert.deepEqual(after.to, short);
  });

  it('have a name of at most 255 signs, and where there is none, the address', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await outlook.changeRecipients(() => ({ bcc: [{ displayName: ' ', emailAddress: 'a@b.dk' }, { displayName: 'n'.repeat(300), emailAddress: 'c@d.dk' }] }));
    assert.deepEqual(inMemory.mail.bcc.map(({ displayName }) => displayName), ['a@b.dk', 'n'.repeat(255)]);
  });

  it('that Outlook does not take the first time are tried again, less those that are there', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.trouble('to.addAsync', { error: 'InternalServerError' });
    inMemory.mail.to = [...citizens(1, 900)];
    await outlook.changeRecipients(() => ({ to: citizens(150) }));
    assert.deepEqual(inMemory.mail.to, citizens(150));
    inMemory.trouble('to.addAsync', { error: 'InternalServerError' }, { error: 'InternalServerError' });
    await assert.rejects(outlook.changeRecipients(() => ({ to: citizens(151) })), { code: 'InternalServerError' });
  });

  it('are not lost with a hundred that fails: whoever was to stay is put back', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.to = [...citizens(250)];
    inMemory.trouble('to.addAsync', { error: 'InternalServerError' }, { error: 'InternalServerError' });
    const after = await outlook.changeRecipients(({ to }) => ({ to: to.filter((_one, n) => n !== 1) }));
    assert.deepEqual(addressesIn(after.to), addressesIn([...citizens(1), ...citizens(248, 2)]));
    inMemory.trouble('to.addAsync', { error: 'InternalServerError' }, { error: 'InternalServerError' });
    const withNew = outlook.changeRecipients(({ to }) => ({ to: [...citizens(150, 900), ...to] }));
    await assert.rejects(withNew, { code: 'InternalServerError', lost: [] });
    assert.equal(addressesIn(inMemory.mail.to).filter((one) => addressesIn(citizens(250)).includes(one)).length, 249);
  });

  it('that cannot be put back are told by name, also where the field can no longer be read', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    const fail = { error: 'InternalServerError' };
    inMemory.mail.to = [...citizens(250)];
    inMemory.trouble('to.addAsync', ...Array.from({ length: 20 }, () => fail));
    const lost = citizens(149, 101).map((recipient) => ({ field: 'to', recipient }));
    await assert.rejects(outlook.changeRecipients(({ to }) => ({ to: to.slice(1) })), { message: 'to.addAsync: InternalServerError', lost });
    assert.equal(inMemory.mail.to.length, 100);
    inMemory.mail.to = [...citizens(3)];
    inMemory.trouble('to.setAsync', fail);
    const gone = outlook.changeRecipients(({ to }) => {
      inMemory.trouble('to.getAsync', 'none', fail);
      return { to: to.slice(1) };
    });
    await assert.rejects(gone, { lost: citizens(2, 1).map((recipient) => ({ field: 'to', recipient })) });
  });

  it('by two presses, one upon the other, undo nothing of each other, and no reading sees the half', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.to = [...citizens(300)];
    inMemory.trouble('to.setAsync', 'hold');
    const first = outlook.changeRecipients(({ to }) => ({ to: to.slice(1) }));
    await settle();
    const second = outlook.changeRecipients(({ to }) => ({ to: to.slice(0, -1) }));
    const reading = outlook.item();
    inMemory.letGo();
    assert.equal((await first).to.length, 299);
    assert.deepEqual((await second).to, citizens(298, 1));
    const item = await reading;
    assert.equal(item.kind === 'draft' && item.to.length, 298);
  });

  it('keep what the person at Outlook changes meanwhile', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await outlook.changeRecipients(() => ({ to: citizens(2) }));
    inMemory.mail.to.splice(0, 1);
    const after = await outlook.changeRecipients(({ to }) => ({ to: [...to, ...citizens(1, 50)] }));
    assert.deepEqual(after.to, [...citizens(1, 1), ...citizens(1, 50)]);
  });

  it('never bring back whom the person at Outlook takes out while the draft is read, and name the others all the same', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.to = [...citizens(3)];
    let asked = 0;
    const after = await outlook.changeRecipients(({ to }) => {
      asked += 1;
      if (asked === 1) inMemory.mail.to.splice(0, 1);
      return { to: to.map(({ emailAddress }) => ({ displayName: 'Navn', emailAddress })) };
    });
    assert.deepEqual(after.to, citizens(2, 1).map(({ emailAddress }) => ({ displayName: 'Navn', emailAddress })));
    assert.equal(asked, 2);
  });

  it('are refused where there is no draft', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.item = inMemory.received();
    await assert.rejects(outlook.changeRecipients(() => ({ to: citizens(1) })), { code: 'no-draft' });
    inMemory.item = { ...inMemory.draft(), itemType: 'appointment' };
    await assert.rejects(outlook.changeRecipients(() => ({ to: [] })), { code: 'no-draft' });
    inMemory.item = null;
    await assert.rejects(outlook.changeRecipients(() => ({ to: citizens(1) })), { code: 'no-item' });
  });

  it('become what was wanted, whatever stood there, and never more than three calls at once (property)', async () => {
    const recipient = fc.record({
      displayName: fc.string({ minLength: 1, maxLength: 20 }).filter((name) => name.trim() !== ''),
      emailAddress: fc.nat(999_999).map((n) => `${String(n).padStart(10, '1')}@35833684.mitdk.digital-post.dk`),
    }, { noNullPrototype: true });
    const list = fc.uniqueArray(recipient, { maxLength: 230, selector: ({ emailAddress }) => emailAddress });
    await fc.assert(fc.asyncProperty(list, list, async (before, wanted) => {
      const inMemory = new InMemoryOutlook();
      const outlook = await adapterOver(inMemory);
      inMemory.mail.to = [...before];
      const after = await outlook.changeRecipients(() => ({ to: wanted }));
      assert.deepEqual(after.to, wanted);
      assert.equal(inMemory.mostAtOnce <= 3, true);
    }), { numRuns: 40 });
  });
});
