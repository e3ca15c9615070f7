import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { adapterOver } from './adapter-over.ts';
import { InMemoryOutlook } from './in-memory-outlook.ts';

describe('headers of the mail', () => {
  it('are set, read by name in any case, and taken away', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await outlook.setHeaders({ 'X-Postbro-Draft': 'abc' });
    assert.deepEqual(await outlook.headers(['X-Postbro-Draft', 'x-none']), { 'X-Postbro-Draft': 'abc' });
    await outlook.removeHeaders(['X-Postbro-Draft']);
    assert.deepEqual(await outlook.headers(['X-Postbro-Draft']), {});
    assert.deepEqual([await outlook.headers([]), await outlook.removeHeaders([]), await outlook.setHeaders({})], [{}, undefined, undefined]);
  });

  it('are refused without x-, and over 998 signs', async () => {
    const outlook = await adapterOver(new InMemoryOutlook());
    await assert.rejects(outlook.setHeaders({ Subject: 'x' }), { code: 'header' });
    await assert.rejects(outlook.setHeaders({ 'x-long': 'y'.repeat(999) }), { code: 'header' });
  });

  it('of a received mail are read from all of them, folded lines joined, the first of a name', async () => {
    const inMemory = new InMemoryOutlook();
    inMemory.mail.headers = { 'X-Message': 'a\r\n b', Subject: 'Emne', 'x-MESSAGE': 'second' };
    const outlook = await adapterOver(inMemory);
    inMemory.item = inMemory.received();
    assert.deepEqual(await outlook.headers(['x-message', 'subject']), { 'x-message': 'a b', subject: 'Emne' });
  });

  it('are none, and cannot be set, in clients before Mailbox 1.8', async () => {
    const inMemory = new InMemoryOutlook();
    inMemory.habits.mailboxSet = '1.7';
    const outlook = await adapterOver(inMemory);
    assert.deepEqual(await outlook.headers(['x-a']), {});
    await outlook.removeHeaders(['x-a']);
    await assert.rejects(outlook.setHeaders({ 'x-a': 'b' }), { code: 'not-supported' });
  });
});

describe('values of the draft', () => {
  it('follow it, and are null where there is none', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    assert.equal(await outlook.draftState('choice'), null);
    await outlook.setDraftState('choice', 'ngdp');
    assert.equal(await outlook.draftState('choice'), 'ngdp');
    await outlook.setDraftState('choice', null);
    assert.equal(await outlook.draftState('choice'), null);
    inMemory.item = inMemory.received();
    assert.equal(await outlook.draftState('choice'), null);
  });

  it('are left alone where the client lacks the store, also one that says it has it', async () => {
    const inMemory = new InMemoryOutlook();
    inMemory.habits.lacksSessionData = true;
    inMemory.item = inMemory.draft();
    const outlook = await adapterOver(inMemory);
    await outlook.setDraftState('choice', 'ngdp');
    assert.equal(await outlook.draftState('choice'), null);
    inMemory.habits.lacksSessionData = false;
    inMemory.habits.mailboxSet = '1.10';
    inMemory.item = inMemory.draft();
    await outlook.setDraftState('choice', 'ngdp');
    assert.equal(await outlook.draftState('choice'), null);
  });
});

describe('what is kept with the mailbox', () => {
  it('is saved when it is new, and only then', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await outlook.setMailboxState({ senders: { '35833684': 'Kommunen' }, internal: ['kommune.example'] });
    await outlook.setMailboxState({ senders: { '35833684': 'Kommunen' } });
    assert.equal(inMemory.savedSettings, 1);
    await outlook.setMailboxState({ internal: undefined });
    assert.deepEqual([...inMemory.settings.keys()], ['senders']);
  });

  it('is refused over 32 kB', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await assert.rejects(outlook.setMailboxState({ much: 'æ'.repeat(20_000) }), { code: 'too-big' });
    assert.equal(inMemory.savedSettings, 0);
  });
});

describe('the subject', () => {
  it('is written, 255 signs of it', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await outlook.setSubject('e'.repeat(300));
    assert.equal(inMemory.mail.subject, 'e'.repeat(255));
  });
});
