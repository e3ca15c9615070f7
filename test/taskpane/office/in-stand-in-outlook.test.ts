import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire, stripTypeScriptTypes } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Frame } from 'playwright-core';
import type { Outlook, OutlookChange } from '../../../src/taskpane/office/outlook.ts';
import { openBrowser, type WatchedPage } from '../../browser/open-browser.ts';
import { openedOutlook, openOutlookWorld, readyPane, scripted, type OutlookWorld } from '../../browser/outlook-world.ts';
import { eventually } from '../../sandbox/eventually.ts';
import { citizens } from './adapter-over.ts';

const SOURCE = new URL('../../../src/taskpane/', import.meta.url);
const opened = await openBrowser();
const skip = 'missing' in opened ? opened.missing : false;

declare global {
  interface Window {
    /** In the page below: the adapter, and what it told. */
    outlook: Outlook;
    heard: OutlookChange[];
  }
}

const PANE = `<!doctype html><html lang="da"><head><title>t</title><script src="/sandbox/outlook/office.js"></script></head><body>
<script type="module" nonce="test">
import { openOutlook } from '/addin/office/open-outlook.ts';
window.outlook = await openOutlook();
window.heard = [];
window.outlook.onChange((change) => window.heard.push(change));
document.body.dataset.ready = 'yes';
</script></body></html>`;

function hasRealOfficeJs(): boolean {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/office-js/dist/office.js') !== '';
  } catch {
    return false;
  }
}

describe('the adapter in the stand-in Outlook', { skip }, () => {
  let browser: Browser;
  let world: OutlookWorld;

  before(async () => {
    if ('missing' in opened) return;
    browser = opened.browser;
    world = await openOutlookWorld();
  });
  after(async () => {
    await browser?.close();
    await world?.[Symbol.asyncDispose]();
  });

  for (const [name, set] of [['the real office.js', '1.12'], ['our stand-in for it', '1.15']] as const) {
    describe(`by ${name}`, { skip: set === '1.12' && !hasRealOfficeJs() ? '@microsoft/office-js is not installed' : false }, () => {
      let watched: WatchedPage;
      let pane: Frame;

      before(async () => {
        watched = await openedOutlook(browser, world);
        // The very modules, without their types.
        await watched.context.route('**/addin/**/*.ts', async (route) => {
          const path = new URL(route.request().url()).pathname.replace('/addin/', '');
          await route.fulfill({ contentType: 'text/javascript', body: stripTypeScriptTypes(await readFile(new URL(path, SOURCE), 'utf8')) });
        });
        await watched.context.route('**/addin/pane.html', async (route) => await route.fulfill({ contentType: 'text/html; charset=utf-8', body: PANE }));
        await scripted(watched.page, 'client', { mailbox: set });
        await watched.page.getByRole('button', { name: 'Ny mail' }).click();
        pane = await readyPane(watched.page);
      });
      after(async () => {
        await watched.context.close();
        assert.deepEqual(watched.complaints, []);
      });

      it('knows the client', async () => {
        const { client, can } = await pane.evaluate(() => ({ client: window.outlook.client, can: window.outlook.can }));
        assert.deepEqual([client.mailboxSet, client.language, client.checksOnSend], [set, 'da-DK', true]);
        assert.deepEqual(can, { headers: true, files: true, draftState: true });
      });

      it('writes 250 recipients and changes them, and the draft holds just those', async () => {
        const list = citizens(250);
        const after = await pane.evaluate(async (to) => {
          await window.outlook.changeRecipients(() => ({ to }));
          return await window.outlook.changeRecipients((draft) => ({ to: draft.to.slice(1), bcc: [...draft.bcc, to[0] ?? { displayName: '', emailAddress: '' }] }));
        }, list);
        assert.deepEqual([after.to, after.bcc], [list.slice(1), list.slice(0, 1)]);
        const held = await scripted(watched.page, 'item');
        assert.deepEqual(held?.to.map(({ emailAddress }) => emailAddress), list.slice(1).map(({ emailAddress }) => emailAddress));
      });

      it('sees what a hand outside changes, and hears of it', async () => {
        await scripted(watched.page, 'set', { to: ['sagsbehandler@kommune.example'], subject: 'Æøå' });
        const item = await pane.evaluate(async () => await window.outlook.item());
        assert.deepEqual(item.kind === 'draft' && [item.to[0]?.emailAddress, item.subject], ['sagsbehandler@kommune.example', 'Æøå']);
        assert.equal(await eventually(async () => (await pane.evaluate(() => window.heard.includes('recipients'))) || null), true);
      });

      it('adds a file, gives what is in it, and removes it', async () => {
        const told = await pane.evaluate(async () => {
          const { outlook } = window;
          await outlook.addFile({ name: 'brev.pdf', base64: btoa('%PDF-') });
          const item = await outlook.item();
          const file = item.kind === 'draft' ? item.attachments[0] : undefined;
          if (!file) return null;
          const content = await outlook.fileContent(file.id);
          await outlook.removeFile(file.id);
          const later = await outlook.item();
          return { name: file.name, content, left: later.kind === 'draft' && later.attachments.length };
        });
        assert.deepEqual(told, { name: 'brev.pdf', content: { kind: 'content', base64: Buffer.from('%PDF-').toString('base64') }, left: 0 });
      });

      it('keeps headers, values and settings, writes the subject, and reads the body', async () => {
        const told = await pane.evaluate(async () => {
          const { outlook } = window;
          await outlook.setHeaders({ 'x-postbro-draft': 'abc' });
          const header = await outlook.headers(['x-postbro-draft', 'x-none']);
          await outlook.removeHeaders(['x-postbro-draft']);
          await outlook.setDraftState('k', 'v');
          const state = [await outlook.draftState('k'), await outlook.draftState('none')];
          await outlook.setDraftState('k', null);
          await outlook.setMailboxState({ senders: [] });
          await outlook.setSubject('Nyt emne');
          return { header, gone: await outlook.headers(['x-postbro-draft']), state, later: await outlook.draftState('k'), body: typeof (await outlook.bodyHtml()), wish: await outlook.openedFor() };
        });
        assert.deepEqual(told, { header: { 'x-postbro-draft': 'abc' }, gone: {}, state: ['v', null], later: null, body: 'string', wish: null });
        assert.equal((await scripted(watched.page, 'item'))?.subject, 'Nyt emne');
      });

      it('is light, until Outlook turns dark, where the client tells of it', async () => {
        assert.equal(await pane.evaluate(() => window.outlook.theme()), 'light');
        await scripted(watched.page, 'client', { theme: 'dark' });
        const turned = set === '1.15' ? 'dark' : 'light';
        assert.equal(await eventually(async () => ((await pane.evaluate(() => window.outlook.theme())) === turned ? turned : null)), turned);
      });
    });
  }
});
