import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripTypeScriptTypes } from 'node:module';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import type { browserStorage } from '../../../src/taskpane/memory/browser-storage.ts';
import type { makeSealKeys, readSealKeys, seal, unseal } from '../../../src/taskpane/memory/seal.ts';
import { openBrowser } from '../../browser/open-browser.ts';

const FOLDER = new URL('../../../src/taskpane/memory/', import.meta.url);

/** The modules under test, as the page below has them. */
interface Loaded {
  readonly browserStorage: typeof browserStorage;
  readonly seal: { readonly makeSealKeys: typeof makeSealKeys; readonly readSealKeys: typeof readSealKeys; readonly seal: typeof seal; readonly unseal: typeof unseal };
}
declare global {
  interface Window {
    loaded: Loaded;
  }
}

const PAGE = `<!doctype html><script type="module">
import { browserStorage } from './browser-storage.ts';
import * as seal from './seal.ts';
window.loaded = { browserStorage, seal };
</script>`;

/** Gives the very modules out, without their types. */
const server = createServer((request, response) => {
  const name = /^\/([a-z-]+\.ts)$/.exec(request.url ?? '')?.[1];
  if (name === undefined) {
    response.setHeader('content-type', 'text/html');
    response.end(PAGE);
    return;
  }
  void readFile(new URL(name, FOLDER), 'utf8').then((source) => {
    response.setHeader('content-type', 'text/javascript');
    response.end(stripTypeScriptTypes(source));
  });
});

const opened = await openBrowser();
const missing = 'missing' in opened ? opened.missing : false;

describe('the browser’s own store', { skip: missing }, () => {
  let browser: Browser;
  let page: Page;
  let url = '';

  before(async () => {
    if ('missing' in opened) return;
    browser = opened.browser;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    url = `http://localhost:${String((server.address() as AddressInfo).port)}/`;
    page = await (await browser.newContext()).newPage();
    await page.goto(url);
  });
  after(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('keeps records over a reload, and keys that open what they sealed and cannot be taken out', async () => {
    await page.evaluate(async () => {
      const { browserStorage, seal } = window.loaded;
      const storage = browserStorage(indexedDB);
      const keys = await seal.makeSealKeys();
      await storage.put('keys', keys);
      await storage.put('one', await seal.seal(keys, 'one', { name: 'Nancy Berggren' }));
      await storage.put('two', 2);
      await storage.delete('two');
    });
    await page.reload();
    const told = await page.evaluate(async () => {
      const { browserStorage, seal } = window.loaded;
      const storage = browserStorage(indexedDB);
      const keys = seal.readSealKeys(await storage.get('keys'));
      if (!keys) return null;
      const sealed = (await storage.get('one')) as Awaited<ReturnType<Loaded['seal']['seal']>>;
      const taken = await crypto.subtle.exportKey('raw', keys.sealing).catch(() => 'never');
      return { opened: await seal.unseal(keys, 'one', sealed), taken, names: (await storage.entries()).map(([name]) => name), none: await storage.get('none') === undefined };
    });
    assert.deepEqual(told, { opened: { name: 'Nancy Berggren' }, taken: 'never', names: ['keys', 'one'], none: true });
  });

  it('puts a first record once, also of two panes that begin at the same moment', async () => {
    const told = await page.evaluate(async () => {
      const [one, other] = [window.loaded.browserStorage(indexedDB), window.loaded.browserStorage(indexedDB)];
      const both = await Promise.all([one.putFirst('first', 'a'), other.putFirst('first', 'b')]);
      return [...both, await one.get('first')];
    });
    assert.equal(new Set(told).size, 1);
  });

  it('is made anew where it is not what it was made as', async () => {
    await page.evaluate(async () => {
      const done = async (request: IDBOpenDBRequest): Promise<IDBDatabase> => await new Promise((resolve) => {
        request.onsuccess = () => resolve(request.result);
      });
      await done(indexedDB.deleteDatabase('postbro-pane'));
      (await done(indexedDB.open('postbro-pane', 7))).close();
    });
    await page.reload();
    const there = await page.evaluate(async () => {
      const storage = window.loaded.browserStorage(indexedDB);
      await storage.put('a', 1);
      return await storage.get('a');
    });
    assert.equal(there, 1);
  });
});
