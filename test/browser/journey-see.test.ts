import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encode } from 'fast-png';
import { eventually } from '../sandbox/outside-world.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { paneFrame } from './look-closely.ts';
import { scripted } from './outlook-world.ts';
import { bar, fromDoor, inOutlook, pressSend, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
import { drawnPages, openSee, shownSum } from './see-world.ts';

const MAILBOX = 'jobcenter@kommune.example';
/** A map: red, green and blue fields. */
const MAP = Buffer.from(encode({ width: 60, height: 30, channels: 3, depth: 8, data: Uint8Array.from({ length: 60 * 30 * 3 }, (_, n) => ((Math.floor(n / 3) % 60) / 20 >= n % 3 ? 220 : 40)) })).toString('base64');
const TABLE = '<table border="1"><tr><th>Dag</th><th>Tid</th></tr><tr><td>Torsdag</td><td>kl. 10.00</td></tr></table>';
const LONG = Array.from({ length: 60 }, (_, n) => `<p>Afsnit ${String(n + 1)}: Blåbærgrød på Ærø, ønsker vi også.</p>`).join('');

type Change = Parameters<typeof window.sandboxOutlook.set>[0];

describe('a caseworker sees what the recipient will see', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  const seeing = async (change: Change, journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> =>
    await inOutlook(browser, sandbox, { mailbox: MAILBOX }, async (outlook) => {
      await writeMail(outlook);
      // Files first: the text shows some of them.
      if (change.attachments) await scripted(outlook.page, 'set', { attachments: change.attachments });
      await scripted(outlook.page, 'set', { subject: change.subject ?? '', bodyHtml: change.bodyHtml ?? '' });
      await openSee(outlook);
      await journey(outlook);
    });

  /** Sends the mail, and opens it as its recipient. */
  const asCitizen = async (outlook: OutlookWithPane, subject: string): Promise<void> => {
    const { page, pane } = outlook;
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();
    await pressSend(page);
    const message = await eventually(async () =>
      (await fromDoor<readonly { readonly label: string; readonly messageUUID: string }[]>(sandbox, '/sandbox/ngdp/messages')).find(({ label }) => label === subject) ?? null, 20_000);
    await page.getByRole('button', { name: new RegExp(`Kvittering: ${subject}`) }).click();
    await page.goto(`${sandbox.url}/sandbox/citizen/ngdp/`);
    await page.getByRole('link', { name: /Nancy/ }).click();
    await page.locator(`a[href$="${message.messageUUID}"]`).click();
    await page.locator('[data-letter]').waitFor();
  };

  const letters: Readonly<Record<string, { readonly change: Change; readonly pages: number; readonly says: RegExp }>> = {
    'Æblegrød og ål': { change: { bodyHtml: `<p>Kære Nancy Ann</p><p>Vi ses på Ærø.</p>${TABLE}` }, pages: 1, says: /Kære Nancy AnnVi ses på Ærø\..*Dag.*Tid/ },
    'Kort over torvet': {
      change: { bodyHtml: '<p>Kære Nancy Ann</p><p><img src="cid:kort.png" width="200" height="100" alt="Kort"></p><p>Her er det.</p>', attachments: [{ name: 'kort.png', base64: MAP, isInline: true, contentId: 'kort.png' }, { name: 'Bilag: 1.txt', text: 'Et bilag' }] },
      pages: 1, says: /Kære Nancy Ann.*Her er det/,
    },
    'Et langt brev': { change: { bodyHtml: LONG }, pages: 2, says: /Afsnit 1: Blåbærgrød/ },
  };
  for (const [subject, { change, pages, says }] of Object.entries(letters)) {
    it(`page by page and pixel by pixel, and the same bytes go: ${subject}`, async () => await seeing({ subject, ...change }, async (outlook) => {
      const { page, pane } = outlook;
      await pane.getByRole('button', { name: 'Computer' }).click();
      const inPane = await drawnPages(await paneFrame(page));
      const sum = await shownSum(outlook);
      assert.equal(inPane.length, pages);
      assert.match(inPane[0]?.words ?? '', says);
      assert.equal(new Set(inPane.map(({ pixels }) => pixels)).size, pages, 'no page is blank, or another');
      await asCitizen(outlook, subject);
      assert.deepEqual(await drawnPages(page), inPane);
      assert.equal(await page.locator('[data-letter]').getAttribute('data-sha256'), sum);
    }));
  }
});
