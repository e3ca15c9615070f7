import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { noBrowser, useOutlookWorld } from './browser-set-up.ts';
import type { WatchedPage } from './open-browser.ts';
import { askPane, inStandInOutlook, readyPane, scripted } from './outlook-world.ts';

/** The built script and the manifest, as the gateway gives them out. */
const addin = {
  events: readFileSync(new URL('../../dist/events/events.js', import.meta.url), 'utf8'),
  manifest: readFileSync(new URL('../../manifest.xml', import.meta.url), 'utf8').replaceAll('https://postbro.example', ''),
};
const to = (...addresses: readonly string[]) => addresses.map((emailAddress) => ({ displayName: emailAddress, emailAddress }));
const nancy = '2512489996@35833684.ngdp.digital-post.dk';

describe('the Smart Alert in the stand-in Outlook', { skip: noBrowser }, () => {
  const { browser, world } = useOutlookWorld();

  const written = async (test: (page: Page, watched: WatchedPage) => Promise<void>): Promise<void> =>
    await inStandInOutlook(browser, world, addin, async (watched) => {
      await watched.context.route('**/addin/assets/*', async (route) => await route.fulfill({ path: fileURLToPath(new URL(`../../assets/${route.request().url().split('/').at(-1) ?? ''}`, import.meta.url)) }));
      await watched.page.getByRole('button', { name: 'Ny mail' }).click();
      await readyPane(watched.page);
      await test(watched.page, watched);
    });

  it('lets a mail to colleagues go at once', async () => await written(async (page) => {
    await scripted(page, 'set', { to: to('vikar@kommune.example'), subject: 'CPR 251248-9996', bodyHtml: '<p>251248-9996</p>' });
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: true });
  }));

  it('stops a CPR number in the subject, and its button opens the pane, which is told what to show', async () => await written(async (page) => {
    await scripted(page, 'set', { to: to(nancy), subject: 'Vedr. 251248-9996' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Der står et CPR-nummer i emnet, og emnet kan ses i notifikationer og på låste skærme.').waitFor();
    await page.getByRole('button', { name: 'Åbn Digital Post' }).click();
    const pane = await readyPane(page);
    assert.match(String(await askPane(pane, 'getInitializationContextAsync')), /"show":"subjectCpr"/);
  }));

  it('reads body and files where it must: a number to an outsider, and a list that does not fit', async () => await written(async (page) => {
    await scripted(page, 'set', { to: to('ven@example.org'), subject: 'Møde', bodyHtml: '<p>Hun er <b>251248</b>-9996.</p>' });
    assert.match((await scripted(page, 'send') as { readonly errorMessage?: string }).errorMessage ?? '', /CPR-numre i en mail til ven@example\.org/);
    await scripted(page, 'set', { to: to('masseforsendelse-3@35833684.ngdp.digital-post.dk'), bodyHtml: '<p>Kære alle</p>' });
    await page.getByLabel('Vedhæft').setInputFiles({ name: 'masseforsendelse.txt', mimeType: 'text/plain', buffer: Buffer.from('2512489996\r\n2911829996\r\n') });
    await page.getByText('masseforsendelse.txt').first().waitFor();
    assert.match((await scripted(page, 'send') as { readonly errorMessage?: string }).errorMessage ?? '', /Adressen siger 3 modtagere, men listen har 2\./);
  }));
});
