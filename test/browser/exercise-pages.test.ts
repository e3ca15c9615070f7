import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ask, memoXml, SystemClient } from '../sandbox/outside-world.ts';
import { noBrowser, useOutlookWorld } from './browser-set-up.ts';
import { watchedPage, type WatchedPage } from './open-browser.ts';
import { readyPane, scripted, serveAddin } from './outlook-world.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

describe('the pages of the exercise', { skip: noBrowser }, () => {
  const { browser, world } = useOutlookWorld();
  let axe: string;
  /** A message that Nancy Ann has. */
  let messagePath: string;

  before(async () => {
    const require = createRequire(import.meta.url);
    axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
    const client = await SystemClient.open(world.world, 0);
    const { xml, messageUUID } = memoXml({ recipientId: '2512489996', reply: true, files: [{ name: 'brev.txt', type: 'text/plain', content: Buffer.from('Kære Nancy Ann') }] });
    await client.send(xml, messageUUID);
    await client[Symbol.asyncDispose]();
    messagePath = `/sandbox/citizen/ngdp/${world.world.keys.keyOf('2512489996')}/${messageUUID}`;
  });

  const inPage = async (options: Parameters<typeof watchedPage>[1], test: (page: Page, watched: WatchedPage) => Promise<void>): Promise<void> => {
    const watched = await watchedPage(browser, options);
    await serveAddin(watched.context);
    try {
      await test(watched.page, watched);
      assert.deepEqual([watched.complaints, watched.cspReports], [[], []]);
    } finally {
      await watched.context.close();
    }
  };
  const paths = (): readonly string[] => ['/sandbox/start/', '/sandbox/citizen/', '/sandbox/citizen/ngdp/', messagePath, '/sandbox/mail/', '/sandbox/faults/', '/sandbox/mass-send/', '/outlook/'];
  const findings = async (page: Page): Promise<readonly unknown[]> => {
    await page.evaluate(axe);
    return await page.evaluate(async (rules) => {
      const { axe: tool } = window as unknown as { readonly axe: { run(root: Document, options: object): Promise<{ readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[] }> } };
      const { violations } = await tool.run(document, { iframes: false, runOnly: rules });
      return violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
    }, RULES);
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`axe finds nothing in them, ${colorScheme}`, async () => await inPage({ colorScheme, bypassCSP: true }, async (page) => {
      for (const path of paths()) {
        await page.goto(`${world.url}${path}`);
        assert.deepEqual(await findings(page), [], path);
      }
      await scripted(page, 'client', { theme: colorScheme });
      await page.getByRole('button', { name: 'Ny mail' }).click();
      await scripted(page, 'set', { to: ['sagsbehandler@kommune.example', 'ingen adresse'], subject: 'x', bodyHtml: '<p>Hej</p>', attachments: [{ name: 'a.txt', text: 'a' }] });
      assert.deepEqual(await findings(page), [], 'a draft');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('alertdialog').waitFor();
      assert.deepEqual(await findings(page), [], 'a box');
    }));
  }

  it('fit in 320 pixels', async () => await inPage({ viewport: { width: 320, height: 640 } }, async (page) => {
    for (const path of paths()) {
      await page.goto(`${world.url}${path}`);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320, path);
    }
    await page.getByRole('button', { name: 'Ny mail' }).click();
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320);
  }));

  it('copy a number', async () => await inPage({ permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await page.goto(`${world.url}/sandbox/start/`);
    const button = page.getByRole('button', { name: 'Kopiér nummeret for Nancy Ann Test Berggren' });
    await button.click();
    await page.getByText('Kopieret').waitFor();
    assert.equal(await page.evaluate(async () => await navigator.clipboard.readText()), '251248-9996');
  }));

  it('show the letter beside its files, as whom one reads, and where answering will be', async () => await inPage({}, async (page) => {
    await page.goto(`${world.url}${messagePath}`);
    await page.frameLocator('iframe[title="Brevet"]').getByText('Kære Nancy Ann').waitFor();
    assert.equal(await page.getByLabel('Du læser som').inputValue(), '2512489996');
    assert.equal(await page.getByRole('button', { name: 'Svar' }).isDisabled(), true);
    await page.getByLabel('Du læser som').selectOption('0107729995');
    await page.getByRole('button', { name: 'Skift' }).click();
    await page.getByRole('heading', { name: 'Indbakke: Max Test Lind' }).waitFor();
  }));

  it('Outlook can be used by keyboard alone, and the pane takes the focus from nobody who writes', async () => await inPage({}, async (page) => {
    await page.goto(`${world.url}/outlook/?mailbox=jobcenter@kommune.example`);
    await page.getByRole('button', { name: 'Ny mail' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('vera');
    await page.getByRole('option', { name: /Vera Vikar/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const pane = await readyPane(page);
    await pane.evaluate(() => {
      const field = document.body.appendChild(document.createElement('input'));
      field.focus();
    });
    // Emne is three fields on: Til's own, Cc, Bcc.
    await page.waitForFunction(() => document.activeElement?.id === 'to');
    for (const _step of ['Cc', 'Bcc', 'Emne']) await page.keyboard.press('Tab');
    await page.keyboard.type('Med tastaturet');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Hej');
    const item = await scripted(page, 'item');
    assert.deepEqual([item?.to.map(({ emailAddress }) => emailAddress), item?.subject, item?.bodyHtml], [['vikar@kommune.example'], 'Med tastaturet', 'Hej']);
  }));

  it('numbers stand in no address of theirs', async () => {
    for (const path of paths()) {
      const text = (await ask(world.world, 'GET', path)).text;
      // The first eight digits of a UUID and the next four may be numerals alone.
      assert.doesNotMatch(text, /(href|src|action)="[^"]*(?<![\da-f-])\d{6}-?\d{4}(?![\da-f-])/, path);
    }
  });
});
