import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { bar, pressSend, rowOf, type OutlookWithPane } from './pane-in-outlook.ts';
import { openedOn } from './pane-states.ts';

const POINT = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk';
const FAILED = /Log på lykkedes ikke\. Prøv igen/;
/** What the browser says of a window that it stops, and of Microsoft's own words about that, which have handlers in their HTML. */
const STOPPED = [/^Blocked opening '[^']*\/addin\/log-on\.html/, /^Executing inline event handler .*\/outlook-web-16\.01\.js\)$/, /script-src-attr inline .*\/outlook-web-16\.01\.js:/];

function hasRealOfficeJs(): boolean {
  try {
    return createRequire(import.meta.url).resolve('@microsoft/office-js/dist/office.js') !== '';
  } catch {
    return false;
  }
}

describe('log-on in a window, where Outlook does not log on by itself', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  for (const [name, mailbox] of [['the real office.js', '1.12'], ['our stand-in for it', '1.15']] as const) describe(`with ${name}`, { skip: mailbox === '1.12' && !hasRealOfficeJs() ? '@microsoft/office-js is not installed' : false }, () => {
    /** A new mail in such an Outlook. The exercise's Entra has a certificate of its own, which the browser is told to trust. */
    const unknown = async (client: { readonly windows?: boolean }, journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> => {
      const outlook = await openedOn(browser, sandbox, { ignoreHTTPSErrors: true });
      const { page, pane, context } = outlook;
      try {
        await scripted(page, 'client', { mailbox, nestedAppAuth: false, ...client });
        await page.getByRole('button', { name: 'Ny mail' }).click();
        await pane.getByText('Log på for at se navne og afsendere.').waitFor();
        await journey(outlook);
        const complaints = [...outlook.complaints, ...outlook.cspReports].filter((one) => client.windows !== false || !STOPPED.some((expected) => expected.test(one)));
        assert.deepEqual(complaints, []);
      } finally {
        await context.close();
      }
    };
    /** Presses Log på, and allows the window where Outlook asks. */
    const openWindow = async ({ page, pane }: OutlookWithPane): Promise<Page> => {
      await pane.getByRole('button', { name: 'Log på' }).click();
      const [opened] = await Promise.all([page.context().waitForEvent('page'), pane.locator('input[type=button], [role=alertdialog] button').first().click()]);
      await opened.getByRole('link', { name: /^Mette Sørensen/ }).waitFor();
      return opened;
    };
    /** The pane says that it did not succeed; the mail can be written, and log-on be tried again. */
    const staysUsable = async ({ page, pane }: OutlookWithPane): Promise<void> => {
      await pane.getByText(FAILED).waitFor();
      await scripted(page, 'set', { to: [`2512489996@${POINT}`], subject: 'Om 251248-9996' });
      await pane.locator('[data-row]').getByText('Ikke tjekket. Serveren tjekker, når du sender.').waitFor();
      await pane.getByRole('button', { name: 'Fjern nummeret fra emnet' }).click();
      await eventually(async () => ((await scripted(page, 'item'))?.subject === 'Om' ? true : null));
      await pane.getByRole('button', { name: 'Log på' }).waitFor();
    };

    it('is done by one press, and the mail goes on where it was', async () => await unknown({}, async (outlook) => {
      const { page, pane } = outlook;
      await scripted(page, 'set', { to: [`2512489996@${POINT}`], subject: 'Efter log på', bodyHtml: '<p>Goddag</p>' });
      const opened = await openWindow(outlook);
      await Promise.all([opened.waitForEvent('close'), opened.getByRole('link', { name: /^Mette Sørensen/ }).click()]);
      await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
      assert.equal(await pane.getByRole('button', { name: 'Log på' }).count(), 0);
      await bar(pane).getByText('Klar', { exact: true }).waitFor();
      await pressSend(page);
    }));

    it('is said no to in the window, and the pane says so', async () => await unknown({}, async (outlook) => {
      const opened = await openWindow(outlook);
      await Promise.all([opened.waitForEvent('close'), opened.getByRole('link', { name: 'Annuller' }).click()]);
      await staysUsable(outlook);
    }));

    it('ends when the person shuts the window, and can be done again', async () => await unknown({}, async (outlook) => {
      await (await openWindow(outlook)).close();
      await staysUsable(outlook);
      const opened = await openWindow(outlook);
      await opened.getByRole('link', { name: /^Mette Sørensen/ }).click();
      await rowOf(outlook.pane, 'Nancy Ann Test Berggren').waitFor();
    }));

    it('is not wanted, where Outlook asks whether the window may open', async () => await unknown({}, async (outlook) => {
      await outlook.pane.getByRole('button', { name: 'Log på' }).click();
      await outlook.pane.locator('input[type=button], [role=alertdialog] button').last().click();
      await staysUsable(outlook);
    }));

    it('is stopped by the browser, and the pane says so', async () => await unknown({ windows: false }, async (outlook) => {
      await outlook.pane.getByRole('button', { name: 'Log på' }).click();
      await outlook.pane.locator('input[type=button], [role=alertdialog] button').first().click();
      // Microsoft's own words about the browser, where it has some.
      if (mailbox === '1.12') await outlook.pane.locator('input[type=button]').first().click();
      await staysUsable(outlook);
    }));
  });
});
