import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whenReady } from '../../../src/taskpane/office/open-outlook.ts';
import type { OutlookChange } from '../../../src/taskpane/office/outlook.ts';
import { adapterOver, citizens, settle } from './adapter-over.ts';
import { InMemoryOutlook } from './in-memory-outlook.ts';

const noPage = { prefers: () => false, openWindow: () => undefined };

describe('opening Outlook', () => {
  it('tells who and what is there', async () => {
    const inMemory = new InMemoryOutlook();
    inMemory.habits.mailboxSet = '1.14';
    const { client } = await adapterOver(inMemory);
    assert.deepEqual(client, {
      name: 'OutlookWebApp', version: '20261101.01', platform: 'OfficeOnline', language: 'da-DK', mailboxSet: '1.14', checksOnSend: true,
      userAddress: 'mette@kommune.example', userName: 'Mette Madsen',
    });
    inMemory.habits.mailboxSet = '1.9';
    assert.deepEqual((await adapterOver(inMemory)).client.checksOnSend, false);
  });

  it('tells nothing of the person where Outlook has told nothing, as without a mail', async () => {
    const { office } = new InMemoryOutlook();
    const { mailbox } = office.context;
    assert.ok(mailbox);
    for (const userProfile of [{}, { emailAddress: null, displayName: null }]) {
      const { client } = await whenReady({ ...office, context: { ...office.context, mailbox: { ...mailbox, userProfile } } }, noPage);
      assert.deepEqual([client.userAddress, client.userName], ['', '']);
    }
  });

  it('is refused in plain words of its own: without the script’s word in time, and where there is no mailbox', async (t) => {
    const { office } = new InMemoryOutlook();
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const late = assert.rejects(whenReady({ ...office, onReady: async () => await new Promise(() => undefined) }, noPage), { code: 'timeout' });
    t.mock.timers.tick(20_000);
    await late;
    const { requirements, displayLanguage, ui } = office.context;
    await assert.rejects(whenReady({ ...office, context: { requirements, displayLanguage, ui } }, noPage), { code: 'not-in-outlook' });
  });
});

describe('what Outlook tells of', () => {
  it('is heard: recipients, files, another mail, the theme, and a wish of the Smart Alert', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await settle();
    const heard: OutlookChange[] = [];
    const stop = outlook.onChange((change) => heard.push(change));
    for (const event of ['olkRecipientsChanged', 'olkAttachmentsChanged', 'officeThemeChanged', 'olkInitializationContextChanged']) inMemory.raise(event);
    inMemory.choose(inMemory.draft());
    assert.deepEqual(heard, ['recipients', 'attachments', 'theme', 'opened-from-alert', 'item']);
    stop();
    inMemory.raise('olkRecipientsChanged');
    assert.equal(heard.length, 5);
  });

  it('of the mail that is chosen now', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await settle();
    inMemory.choose(inMemory.draft());
    await settle();
    const heard: OutlookChange[] = [];
    outlook.onChange((change) => heard.push(change));
    inMemory.raise('olkRecipientsChanged');
    assert.deepEqual(heard, ['recipients']);
  });

  it('is not asked for in clients without it, and does no harm where registering fails', async () => {
    const old = new InMemoryOutlook();
    old.habits.mailboxSet = '1.5';
    await adapterOver(old);
    await settle();
    assert.deepEqual(old.calls.filter((call) => call === 'addHandlerAsync').length, 1);
    const failing = new InMemoryOutlook();
    failing.trouble('addHandlerAsync', { error: 'a' }, { error: 'b' }, { error: 'c' }, { error: 'd' }, { error: 'e' });
    const outlook = await adapterOver(failing);
    await settle();
    assert.equal((await outlook.item()).kind, 'draft');
  });
});

describe('what a Smart Alert wants shown', () => {
  it('is null where nothing is wanted, in whatever way a client says so', async () => {
    for (const wish of ['', null, undefined, '{}', {}]) {
      const inMemory = new InMemoryOutlook();
      inMemory.mail.wish = wish;
      assert.equal(await (await adapterOver(inMemory)).openedFor(), null);
    }
    const inMemory = new InMemoryOutlook();
    inMemory.trouble('getInitializationContextAsync', { error: '9020' });
    assert.equal(await (await adapterOver(inMemory)).openedFor(), null);
    inMemory.habits.mailboxSet = '1.7';
    assert.equal(await (await adapterOver(inMemory)).openedFor(), null);
  });

  it('is its text, or an object’s', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.wish = 'check:subject-cpr';
    assert.equal(await outlook.openedFor(), 'check:subject-cpr');
    inMemory.mail.wish = { place: 'check' };
    assert.equal(await outlook.openedFor(), '{"place":"check"}');
  });

  it('is the newest of a pane that stands open, until another mail is chosen', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await settle();
    inMemory.mail.wish = 'first';
    inMemory.raise('olkInitializationContextChanged', { initializationContextData: 'second' });
    assert.equal(await outlook.openedFor(), 'second');
    inMemory.mail.wish = '';
    inMemory.choose(inMemory.draft());
    assert.equal(await outlook.openedFor(), null);
  });
});

describe('light or dark', () => {
  const dark = { officeTheme: { bodyBackgroundColor: '#292929' } };

  it('is what the last event said, before what stood there at opening, before what the computer prefers', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory, { prefers: (query) => query.includes('dark') });
    await settle();
    assert.equal(outlook.theme(), 'dark');
    inMemory.theme = { bodyBackgroundColor: '#ffffff' };
    assert.equal(outlook.theme(), 'light');
    inMemory.raise('officeThemeChanged', dark);
    assert.equal(outlook.theme(), 'dark');
    inMemory.raise('officeThemeChanged', { officeTheme: { bodyBackgroundColor: 'none' } });
    inMemory.raise('officeThemeChanged', null);
    assert.equal(outlook.theme(), 'light');
  });

  it('is high contrast where the computer forces its colours', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory, { prefers: (query) => query.includes('forced-colors') });
    assert.equal(outlook.theme(), 'high-contrast');
  });
});

describe('windows', () => {
  it('open by Outlook’s own way, and by the browser’s where there is none', async () => {
    const inMemory = new InMemoryOutlook();
    (await adapterOver(inMemory)).openUrl('https://kommune.example/hjaelp');
    const { office } = inMemory;
    const opened: string[] = [];
    const old = { ...office, context: { ...office.context, requirements: { isSetSupported: (name: string) => name === 'Mailbox' } } };
    (await whenReady(old, { ...noPage, openWindow: (url) => void opened.push(url) })).openUrl('https://kommune.example/hjaelp');
    assert.deepEqual([inMemory.opened, opened], [['https://kommune.example/hjaelp'], ['https://kommune.example/hjaelp']]);
  });

  it('open a new mail to a hundred at most, each with their name and not the number alone, where a mail is read', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await outlook.openDraft(citizens(120));
    assert.deepEqual(inMemory.opened[0]?.split(','), citizens(100).map(({ displayName, emailAddress }) => `${displayName} <${emailAddress}>`));
    inMemory.habits.mailboxSet = '1.5';
    await assert.rejects(outlook.openDraft(citizens(1)), { code: 'not-supported' });
  });

  it('of ours give what they say first, are shut, and listen to no other page', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    const said = outlook.openDialog('https://post.example/addin/log-on.html', { heightPercent: 60, widthPercent: 30 });
    await settle();
    inMemory.dialog?.tell({ message: 'evil', origin: 'https://evil.example' });
    inMemory.dialog?.tell({ message: 'token', origin: 'https://post.example' });
    assert.equal(await said, 'token');
    assert.equal(inMemory.dialog?.closed, true);
  });

  it('of ours give null where somebody shuts them, and are shut after a while', async (t) => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    const open = async () => await outlook.openDialog('https://post.example/addin/log-on.html', { heightPercent: 60, widthPercent: 30 });
    const shut = open();
    await settle();
    inMemory.dialog?.tell({ error: 12_006 });
    assert.equal(await shut, null);
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const forgotten = assert.rejects(open(), { code: 'timeout' });
    await settle();
    t.mock.timers.tick(300_000);
    await forgotten;
    assert.equal(inMemory.dialog?.closed, true);
    inMemory.trouble('displayDialogAsync', { error: '12007' });
    await assert.rejects(open(), { code: '12007' });
  });
});

describe('the text of a mail', () => {
  it('is written whole, as HTML', async () => {
    const inMemory = new InMemoryOutlook();
    inMemory.mail.body = '<p>Før</p>';
    await (await adapterOver(inMemory)).setBodyHtml('<h2>Efter</h2>');
    assert.equal(inMemory.mail.body, '<h2>Efter</h2>');
  });

  it('is left as it stands where it is plain text, is too long, or Outlook refuses', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    inMemory.mail.body = 'Før';
    inMemory.trouble('body.setAsync', { error: 'InternalError' });
    await assert.rejects(outlook.setBodyHtml('<p>a</p>'), { code: 'InternalError' });
    await assert.rejects(outlook.setBodyHtml('a'.repeat(1_000_001)), { code: 'too-long' });
    inMemory.mail.bodyType = 'text';
    await assert.rejects(outlook.setBodyHtml('<p>a</p>'), { code: 'not-html' });
    assert.equal(inMemory.mail.body, 'Før');
  });
});
