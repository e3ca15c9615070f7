import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { releaseNotes } from '../../src/domain/release-notes.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { axeFindings, cutOff } from './look-closely.ts';
import { callsFindNobody, inOutlook, writeMail } from './pane-in-outlook.ts';
import { scripted } from './outlook-world.ts';

const METTE = 'mette@kommune.example';
const newsLink = (pane: FrameLocator) => pane.getByRole('contentinfo').getByRole('button', { name: /^Nyheder/ });

describe('Nyheder, in the pane and on the page', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  it('says in the foot how many are new, shows them first, and remembers on this machine that they were seen', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await newsLink(pane).waitFor();
    const count = Number(/^Nyheder \((\d+) nye\)$/.exec(await newsLink(pane).innerText())?.[1]);
    assert.ok(count >= 6, String(count));
    await newsLink(pane).click();
    await pane.getByRole('heading', { name: 'Nyt siden sidst' }).waitFor();
    assert.equal(await pane.getByRole('region', { name: 'Nyt siden sidst' }).getByRole('article').count(), count);
    assert.match(await pane.getByRole('article').first().innerText(), /^.+\n+\d+\. \S+ 20\d\d\n+.+\.$/);

    await pane.getByRole('button', { name: 'Tilbage' }).click();
    assert.equal(await newsLink(pane).innerText(), 'Nyheder');
    await newsLink(pane).click();
    await pane.getByText('Intet nyt siden sidst.').waitFor();
    assert.equal(await pane.getByRole('region', { name: 'Tidligere' }).getByRole('article').count(), count);
    const kept = await page.frames().find((frame) => frame.url().includes('/addin/pane.html'))?.evaluate(() => Object.entries({ ...localStorage }).filter(([key]) => key.startsWith('postbro')));
    assert.deepEqual(kept, [['postbro-news', releaseNotes.find(({ component }) => component === 'add-in')?.date]]);
  }));

  it('is used by keyboard alone: opened, signed up with consent, and back to the link that one left by', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await newsLink(pane).focus();
    await page.keyboard.press('Enter');
    await pane.locator('h1:focus').filter({ hasText: 'Nyheder' }).waitFor();
    await pane.getByLabel('Din mailadresse').waitFor();
    await page.keyboard.press('Tab');
    await pane.locator('input[type=email]:focus').waitFor();
    assert.match(await pane.getByLabel('Din mailadresse').inputValue(), /^[^@]+@kommune\.example$/);
    await pane.getByLabel('Din mailadresse').fill(METTE);
    await page.keyboard.press('Enter');
    await pane.locator('input[type=checkbox]:focus').waitFor();
    assert.equal(await pane.getByRole('checkbox').getAttribute('aria-invalid'), 'true');
    await pane.getByRole('main').getByText('Sæt flueben, før du tilmelder dig.').waitFor();
    await page.keyboard.press('Space');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await pane.locator('p:focus').filter({ hasText: 'Du får en mail, næste gang der er nyt.' }).waitFor();
    await pane.locator('h1').focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await pane.locator('footer button:focus').filter({ hasText: 'Nyheder' }).waitFor();
  }));

  it('comes by itself when the gateway is back', async () => await inOutlook(browser, sandbox, { expected: callsFindNobody }, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await newsLink(pane).waitFor();
    await page.route('**/api/**', async (route) => await route.abort());
    await newsLink(pane).click();
    await pane.getByText('Det kan ikke lade sig gøre lige nu.').waitFor();
    await page.unroute('**/api/**');
    await pane.getByRole('button', { name: 'Prøv igen' }).click();
    await pane.getByRole('article').first().waitFor();
  }));

  it('is not in the foot where the gateway shows no news', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    await outlook.page.route('**/api/v1/me', async (route) => {
      const answer = await route.fetch();
      const me = (await answer.json()) as Record<string, unknown>;
      await route.fulfill({ response: answer, json: { ...me, news: null } });
    });
    await writeMail(outlook);
    await outlook.pane.getByRole('button', { name: /^Afsender/ }).waitFor();
    assert.equal(await newsLink(outlook.pane).count(), 0);
  }));

  it('stands in the language of Outlook; in Greenlandic the notes are Danish, and marked so', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    await scripted(page, 'client', { language: 'kl-GL' });
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await pane.getByRole('button', { name: /^Nutaarsiassat/ }).click();
    await pane.getByRole('article').first().waitFor();
    assert.equal(await pane.getByRole('heading', { level: 3 }).first().getAttribute('lang'), 'da');
  }));

  it('the public page works without script, in both languages: sign-up with consent, from the first field to the answer', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } });
    const page = await context.newPage();
    await page.goto(`${sandbox.url}/nyheder`);
    await page.getByRole('link', { name: 'In English' }).click();
    await page.getByLabel('Your mail address').fill(METTE);
    await page.getByRole('button', { name: 'Sign up' }).click();
    assert.equal(await page.getByRole('alert').innerText(), 'Tick the box before you sign up.');
    assert.equal(await page.getByLabel('Your mail address').inputValue(), METTE);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Sign up' }).click();
    assert.equal(await page.getByRole('status').innerText(), 'You get a mail the next time there is news.');
    await context.close();
  });

  it('the public page, its faults and the page by which one leaves have nothing for axe and nothing cut at 320 px, in light and dark', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 800 }, bypassCSP: true });
    const page = await context.newPage();
    const findings: string[] = [];
    const look = async (name: string): Promise<void> => {
      for (const sight of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: sight });
        findings.push(...(await axeFindings(page.mainFrame(), sight)).map((finding) => `${name}, ${sight}: ${finding}`));
      }
      findings.push(...(await cutOff(page.mainFrame())).map((finding) => `${name}: ${finding}`));
    };
    for (const language of ['da', 'en']) {
      await page.goto(`${sandbox.url}/nyheder?sprog=${language}`);
      await look(language);
      await page.getByRole('textbox').fill('mette@kommune.example');
      await page.getByRole('textbox').press('Enter');
      await page.getByRole('alert').waitFor();
      await look(`${language}, without consent`);
    }
    await page.goto(`${sandbox.url}/nyheder/framelding/1.x`);
    await look('a link that is not whole');
    assert.deepEqual(findings, []);
    await context.close();
  });
});
