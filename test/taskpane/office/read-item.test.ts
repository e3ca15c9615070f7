import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { adapterOver, citizens, settle } from './adapter-over.ts';
import { InMemoryOutlook } from './in-memory-outlook.ts';

describe('the item that is read', () => {
  it('is the draft with all its fields, by three calls at a time', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    Object.assign(inMemory.mail, { to: [...citizens(2)], bcc: [...citizens(1, 7)], subject: 'Æøå', files: [inMemory.file('brev.pdf'), inMemory.file('logo.png', { isInline: true }), inMemory.file('Ark', { attachmentType: 'cloud' }), inMemory.file('Mail', { attachmentType: 'item' })] });
    const item = await outlook.item();
    assert.deepEqual(item, {
      kind: 'draft',
      from: { address: 'jobcenter@kommune.example', name: 'Jobcenter' },
      to: citizens(2), cc: [], bcc: citizens(1, 7), subject: 'Æøå',
      attachments: [
        { id: 'AAMk2', name: 'brev.pdf', bytes: 3, isInline: false, kind: 'file' },
        { id: 'AAMk3', name: 'logo.png', bytes: 3, isInline: true, kind: 'file' },
        { id: 'AAMk4', name: 'Ark', bytes: 3, isInline: false, kind: 'link' },
        { id: 'AAMk5', name: 'Mail', bytes: 3, isInline: false, kind: 'item' },
      ],
    });
    assert.equal(inMemory.mostAtOnce, 3);
  });

  it('has neither sender nor files where the client is too old to tell, and asks for none of it', async () => {
    const inMemory = new InMemoryOutlook();
    inMemory.habits.mailboxSet = '1.5';
    const outlook = await adapterOver(inMemory);
    const item = await outlook.item();
    assert.deepEqual(item.kind === 'draft' && [item.from, item.attachments], [null, []]);
    assert.deepEqual(outlook.can, { headers: false, files: false, draftState: false });
  });

  it('is none where no mail is chosen, where a meeting is, and where a shared mailbox is hidden from the address list', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    for (const item of [null, { ...inMemory.draft(), itemType: 'appointment' }, inMemory.received({ itemType: 'appointment' }), inMemory.received({ itemClass: 'IPM.Schedule.Meeting.Request' })]) {
      inMemory.item = item;
      assert.deepEqual(await outlook.item(), { kind: 'none' });
    }
  });

  it('is the received mail', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.subject = 'Svar';
    inMemory.item = inMemory.received();
    assert.deepEqual(await outlook.item(), {
      kind: 'read', from: { address: 'jobcenter@kommune.example', name: 'Jobcenter' }, to: [], cc: [], subject: 'Svar',
      sentAt: new Date('2026-11-25T12:00:00Z'), attachments: [], messageId: '<1@kommune.example>',
    });
    inMemory.item = inMemory.received({ from: null, internetMessageId: '' });
    const bare = await outlook.item();
    assert.deepEqual(bare.kind === 'read' && [bare.from.address, bare.messageId], ['', null]);
  });

  it('tells recipients that Outlook gives without an address, or with one of Exchange’s own, as they come', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.to = [{ displayName: 'Uden', emailAddress: '' }, { displayName: 'Kontor', emailAddress: '/o=ExchangeLabs/cn=kontor' }];
    const item = await outlook.item();
    assert.deepEqual(item.kind === 'draft' && item.to, inMemory.mail.to);
  });

  it('says that what is attached is unknown, where the client does not tell, and else nothing of it', async () => {
    for (const [mailboxSet, unknown] of [['1.7', true], ['1.8', undefined]] as const) {
      const inMemory = new InMemoryOutlook();
      inMemory.habits.mailboxSet = mailboxSet;
      inMemory.mail.files = [inMemory.file('brev.pdf')];
      const item = await (await adapterOver(inMemory)).item();
      assert.equal(item.kind === 'draft' && item.attachmentsUnknown, unknown);
    }
  });

  it('is read anew where another is chosen meanwhile, so that two are never mixed', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.trouble('subject.getAsync', 'hold');
    const reading = outlook.item();
    await settle();
    inMemory.item = inMemory.received({ subject: 'En anden' });
    inMemory.letGo();
    const item = await reading;
    assert.equal(item.kind === 'read' && item.subject, 'En anden');
  });

  it('is a failure where a field cannot be read: the half is no answer', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.trouble('getAttachmentsAsync', { error: 'InternalServerError' });
    await assert.rejects(outlook.item(), { name: 'OutlookFailure', code: 'InternalServerError' });
    assert.equal((await outlook.item()).kind, 'draft');
  });

  it('is a failure in time where Outlook never answers', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.trouble('bcc.getAsync', 'never');
    const reading = assert.rejects(outlook.item(), { code: 'timeout' });
    await settle();
    t.mock.timers.tick(15_000);
    await reading;
  });
});

describe('the body that is read', () => {
  it('is HTML as it is, and a text escaped, with its lines', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.body = '<p>Hej</p>';
    assert.equal(await outlook.bodyHtml(), '<p>Hej</p>');
    Object.assign(inMemory.mail, { body: 'a < b & c\r\nnæste', bodyType: 'text' });
    assert.equal(await outlook.bodyHtml(), 'a &lt; b &amp; c<br>\nnæste');
  });
});
