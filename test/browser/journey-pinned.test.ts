import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { inOutlook } from './pane-in-outlook.ts';

/** Receives a mail, and opens it. */
async function openMail(page: Page, subject: string): Promise<void> {
  await scripted(page, 'set', { to: ['jobcenter@kommune.example'], subject, bodyHtml: '<p>Hej</p>' });
  await scripted(page, 'send');
  await page.getByRole('button', { name: new RegExp(subject) }).first().click();
}

async function pinAndLeave(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Fastgør panelet' }).click();
  await page.getByRole('navigation', { name: 'Mapper' }).getByRole('button', { name: /^Indbakke/ }).click();
}

async function lookUpNancy(pane: FrameLocator): Promise<void> {
  await pane.getByRole('button', { name: 'Slå op' }).click();
  await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill('2512489996');
  await pane.getByLabel('Hvilken sag drejer det sig om?').fill('24-12345');
  await pane.getByLabel('Hvilken sag drejer det sig om?').press('Enter');
  await pane.locator('main').getByText('Nancy Ann Test Berggren').first().waitFor();
}

describe('a pinned pane without a mail', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  it('says that no mail is chosen under Beskeden, and all that is there works', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    await openMail(page, 'Frokost onsdag');
    await page.getByRole('button', { name: 'Digital Post', exact: true }).click();
    await pinAndLeave(page);
    await pane.getByText('Vælg en mail for at se den her.').waitFor();
    assert.deepEqual(await pane.getByRole('navigation').getByRole('button').allInnerTexts(), ['Beskeden', 'Slå op', 'Sendt']);
    await pane.getByRole('button', { name: 'Sendt', exact: true }).click();
    await pane.getByText('Her står det, du har sendt').or(pane.getByRole('group', { name: 'Vis' })).first().waitFor();
    await lookUpNancy(pane);
    // Office.js opens no new mail while none is chosen, so none is offered.
    assert.equal(await pane.getByRole('button', { name: /^Skriv til/ }).count(), 0);
  }));

  for (const [late, file] of [['Outlook answered', /\/(office|outlook-web-[\d.]+)\.js$/], ['log-on had come', /\/msal\.[^/]*\.js$/]] as const) for (const [of, mailbox] of [['the real office.js', '1.12'], ['our stand-in for it', '1.15']] as const) {
    it(`is logged on though the mail it was opened on was left before ${late}, by ${of}`, async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
      const { page, pane } = outlook;
      await scripted(page, 'client', { mailbox });
      await openMail(page, `Før ${late} ${mailbox}`);
      const left = Promise.withResolvers<undefined>();
      await page.route(file, async (route) => {
        await left.promise;
        await route.continue();
      });
      const asked = page.waitForRequest(file);
      await page.getByRole('button', { name: 'Digital Post', exact: true }).click();
      await asked;
      await pinAndLeave(page);
      left.resolve(undefined);
      await pane.getByText('Vælg en mail for at se den her.').waitFor();
      await lookUpNancy(pane);
    }));
  }
});
