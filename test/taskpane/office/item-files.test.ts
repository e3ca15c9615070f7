import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { adapterOver, settle } from './adapter-over.ts';
import { InMemoryOutlook } from './in-memory-outlook.ts';

/** Lets every pause of the adapter pass. */
async function passing<Value>(t: TestContext, act: Promise<Value>): Promise<Value> {
  let done = false;
  const ended = act.finally(() => {
    done = true;
  });
  ended.catch(() => undefined);
  while (!done) {
    await settle();
    t.mock.timers.tick(500);
  }
  return await ended;
}

describe('files of the item', () => {
  it('are given as they are, as a link, as a mail in bytes, and as emptied where Outlook tells a size and gives nothing', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    const files = [
      inMemory.file('a.pdf'), inMemory.file('b', { format: 'url', content: 'https://x.sharepoint.com/b' }),
      inMemory.file('c.eml', { format: 'eml', content: 'Subject: Blå' }), inMemory.file('d.docx', { content: '' }), inMemory.file('e.txt', { content: '', size: 0 }),
    ];
    inMemory.mail.files = files;
    const contents = await Promise.all(files.map(async ({ id }) => await outlook.fileContent(id)));
    assert.deepEqual(contents, [
      { kind: 'content', base64: 'YWJj' },
      { kind: 'link', url: 'https://x.sharepoint.com/b' },
      { kind: 'content', base64: Buffer.from('Subject: Blå').toString('base64') },
      { kind: 'emptied' },
      { kind: 'content', base64: '' },
    ]);
    inMemory.item = inMemory.received();
    assert.deepEqual(await outlook.fileContent(files[3]?.id ?? ''), { kind: 'emptied' });
  });

  it('that cannot be had are unreadable, and that is an answer', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    assert.deepEqual(await outlook.fileContent('gone'), { kind: 'unreadable' });
    inMemory.habits.mailboxSet = '1.7';
    assert.deepEqual(await outlook.fileContent('any'), { kind: 'unreadable' });
  });

  it('are added one at a time, for of two at once one would never call back', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await Promise.all(['a.pdf', 'b.pdf', 'c.pdf'].map(async (name) => await outlook.addFile({ name, base64: 'YWJj' })));
    assert.deepEqual(inMemory.mail.files.map(({ name }) => name), ['a.pdf', 'b.pdf', 'c.pdf']);
  });

  it('count as added when the draft shows them, not when Outlook calls back', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const inMemory = new InMemoryOutlook();
    inMemory.habits.filesLag = 3;
    const outlook = await adapterOver(inMemory);
    await passing(t, outlook.addFile({ name: 'a.pdf', base64: 'YWJj' }));
    assert.equal(inMemory.mail.files.length, 1);
    inMemory.habits.filesLag = 20;
    await assert.rejects(passing(t, outlook.addFile({ name: 'a.pdf', base64: 'YWJj' })), { code: 'not-there' });
  });

  it('are refused when they are too big, or have no name that Outlook takes', async () => {
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    await assert.rejects(outlook.addFile({ name: 'a.pdf', base64: 'A'.repeat(34_865_153) }), { code: 'too-big' });
    await assert.rejects(outlook.addFile({ name: '', base64: '' }), { code: 'name' });
    await assert.rejects(outlook.addFile({ name: 'a'.repeat(256), base64: '' }), { code: 'name' });
    inMemory.mail.files = [inMemory.file('stor.pdf', { size: 26_214_399 })];
    await assert.rejects(outlook.addFile({ name: 'a.pdf', base64: 'YWJj' }), { code: 'AttachmentSizeExceeded' });
    inMemory.habits.mailboxSet = '1.7';
    await assert.rejects(outlook.addFile({ name: 'a.pdf', base64: 'YWJj' }), { code: 'not-supported' });
  });

  it('are removed, and it is a failure where Outlook says so and keeps them', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const inMemory = new InMemoryOutlook();
    const outlook = await adapterOver(inMemory);
    const file = inMemory.file('a.pdf');
    inMemory.mail.files = [file, inMemory.file('a.pdf')];
    await outlook.removeFile(file.id);
    assert.equal(inMemory.mail.files.length, 1);
    await outlook.removeFile('gone already');
    inMemory.habits.keepsRemovedFiles = true;
    await assert.rejects(passing(t, outlook.removeFile(inMemory.mail.files[0]?.id ?? '')), { code: 'still-there' });
  });
});
