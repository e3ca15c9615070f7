import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { concatTransformationMatrix, drawObject, PDFDocument, PDFName, popGraphicsState, pushGraphicsState, StandardFonts } from '@cantoo/pdf-lib';
import { encode } from 'fast-png';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { axeFindings, paneFrame } from './look-closely.ts';
import { scripted } from './outlook-world.ts';
import { bar, callsFindNobody, fromDoor, inOutlook, pressSend, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
import { drawnPages, letterIsShown, openSee, shownSum } from './see-world.ts';

const MAILBOX = 'jobcenter@kommune.example';
/** A map: red, green and blue fields. */
const MAP = Buffer.from(encode({ width: 60, height: 30, channels: 3, depth: 8, data: Uint8Array.from({ length: 60 * 30 * 3 }, (_, n) => ((Math.floor(n / 3) % 60) / 20 >= n % 3 ? 220 : 40)) })).toString('base64');
const TABLE = '<table border="1"><tr><th>Dag</th><th>Tid</th></tr><tr><td>Torsdag</td><td>kl. 10.00</td></tr></table>';
const LONG = Array.from({ length: 60 }, (_, n) => `<p>Afsnit ${String(n + 1)}: Blåbærgrød på Ærø, ønsker vi også.</p>`).join('');

/** A black square as scanners pack it (JBIG2, ITU-T T.88): a page that is black from the start, and a region of it that adds nothing. */
const SCAN = Uint8Array.of(
  0, 0, 0, 0, 0x30, 0, 1, 0, 0, 0, 19, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0x04, 0, 0,
  0, 0, 0, 1, 0x26, 0, 1, 0, 0, 0, 19, 0, 0, 0, 8, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0xff,
);

/** A letter that somebody has made elsewhere: a font that every viewer must have itself, a page that is scanned, and one with nothing on it. */
async function ownLetter(): Promise<string> {
  const pdf = await PDFDocument.create();
  const font = await pdf.embedFont(StandardFonts.Helvetica);
  pdf.addPage().drawText('Afgørelse: ansøgningen er imødekommet', { font, x: 60, y: 700, size: 18 });
  const scan = pdf.context.register(pdf.context.stream(SCAN, { Type: 'XObject', Subtype: 'Image', Width: 8, Height: 8, ColorSpace: 'DeviceGray', BitsPerComponent: 1, Filter: 'JBIG2Decode' }));
  const scanned = pdf.addPage();
  scanned.node.setXObject(PDFName.of('Scan'), scan);
  scanned.pushOperators(pushGraphicsState(), concatTransformationMatrix(400, 0, 0, 400, 60, 300), drawObject('Scan'), popGraphicsState());
  pdf.addPage();
  return Buffer.from(await pdf.save()).toString('base64');
}

const HARD = '<div class="WordSection1"><p class="MsoNormal">Kære Nancy Ann</p><p class="MsoNormal"><b>Det skal du have med</b></p>'
  + '<p class="MsoNormal">Tag dit CV med. <span style="color:#BFBFBF">Svar senest fredag.</span> Læs mere <a href="https://kommune.example/skema/7">her</a>.</p>'
  + '<table border="1"><tbody><tr><td>Dag</td><td>Tid</td></tr><tr><td>Torsdag</td><td>10.00</td></tr></tbody></table><p class="MsoNormal">Venlig hilsen</p><p><b>Mette</b></p></div>';

type Change = Parameters<typeof window.sandboxOutlook.set>[0];

const made = await ownLetter();

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

  /** Sends the mail, reads in its receipt which letter went, and opens it as its recipient. */
  const asCitizen = async (outlook: OutlookWithPane, subject: string, sum: string): Promise<void> => {
    const { page, pane } = outlook;
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();
    await pressSend(page);
    const message = await eventually(async () =>
      (await fromDoor<readonly { readonly label: string; readonly messageUUID: string }[]>(sandbox, '/sandbox/ngdp/messages')).find(({ label }) => label === subject) ?? null, 20_000);
    await page.getByRole('button', { name: new RegExp(`Kvittering: ${subject}`) }).click();
    await eventually(async () => ((await Promise.all(page.frames().map(async (frame) => await frame.locator('body').innerText()))).some((text) => text.includes(`Brevets kontroltal (SHA-256): ${sum}`)) ? true : null));
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
    'Et færdigt brev': { change: { bodyHtml: '<p>Se brevet <a href="https://kommune.example/a">her</a>.</p>', attachments: [{ name: 'body.pdf', base64: made }] }, pages: 3, says: /Afgørelse: ansøgningen er imødekommet/ },
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
      await asCitizen(outlook, subject, sum);
      assert.deepEqual(await drawnPages(page), inPane);
      assert.equal(await page.locator('[data-letter]').getAttribute('data-sha256'), sum);
      assert.deepEqual(await axeFindings(page.mainFrame(), 'light'), []);
    }));
  }

  it('what makes it hard to read is mended in the mail by a press, each by itself, and undone; the way back leads to where one came from', async () => await seeing({ subject: 'Svært at læse', bodyHtml: HARD }, async (outlook) => {
    const { page, pane } = outlook;
    const text = async (): Promise<string> => (await scripted(page, 'item'))?.bodyHtml ?? '';
    const holds = async (wanted: string): Promise<void> => void (await eventually(async () => ((await text()) === wanted ? true : null)));
    await pane.getByRole('heading', { name: '4 ting kan gøre brevet svært at læse' }).waitFor();
    const sum = await shownSum(outlook);
    const before = await text();
    await pane.getByRole('button', { name: 'Gør til overskrift' }).press('Enter');
    const headed = before.replace('<p class="MsoNormal"><b>Det skal du have med</b></p>', '<h2 class="MsoNormal"><b>Det skal du have med</b></h2>');
    assert.notEqual(headed, before);
    await holds(headed);
    await pane.getByRole('heading', { name: '3 ting kan gøre brevet svært at læse' }).waitFor();
    assert.notEqual(await shownSum(outlook), sum);
    assert.equal(await pane.locator(':focus').innerText(), 'Se efter');
    await pane.getByText('Rettet: En fed linje er brugt som overskrift').first().waitFor();

    await pane.getByRole('button', { name: 'Skriv linktekst' }).press('Enter');
    await pane.getByLabel('Hvad finder man ved linket?').fill('Skema til rejseudgifter');
    await pane.getByLabel('Hvad finder man ved linket?').press('Enter');
    await holds(headed.replace('>her</a>', '>Skema til rejseudgifter</a>'));
    await pane.getByRole('button', { name: /^Fortryd/ }).click();
    await holds(headed);
    await pane.getByRole('button', { name: /^Fortryd/ }).click();
    await holds(before);
    await pane.getByRole('heading', { name: '4 ting kan gøre brevet svært at læse' }).waitFor();
    await eventually(async () => ((await shownSum(outlook)) === sum ? true : null));

    await pane.getByRole('button', { name: 'Gør den mørk' }).click();
    await pane.getByRole('button', { name: 'Brug første række' }).click();
    await pane.getByRole('heading', { name: '2 ting kan gøre brevet svært at læse' }).waitFor();
    // Whoever writes on in the mail meanwhile loses nothing by it.
    await scripted(page, 'set', { bodyHtml: `${await text()}<p>Skrevet imens</p>` });
    await pane.getByText('Skrevet imens').waitFor();
    assert.equal(await pane.getByRole('button', { name: /^Fortryd/ }).count(), 0);

    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await pane.locator('#check-see:focus').waitFor();
  }));

  it('without the gateway it says so and shows the letter once it is back; from step 3 of a list it leads back there', async () => await inOutlook(browser, sandbox, { mailbox: 'sikkerpost@kommune.example', expected: callsFindNobody }, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await scripted(page, 'set', { subject: 'Takster', bodyHtml: '<p>Kære borger</p><p>Taksterne er ændret.</p>' });
    await pane.getByRole('button', { name: 'Send samme besked til mange' }).click();
    await pane.getByLabel('Indsæt listen').fill('2512489996\n2911829996\n');
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await pane.getByRole('button', { name: /^Fortsæt med 2$/ }).click();
    await page.route('**/api/v1/render', async (route) => await route.abort());
    await pane.getByRole('button', { name: 'Se som modtageren' }).click();
    await pane.getByText('Brevet kan ikke vises lige nu. Beskeden kan godt sendes.').first().waitFor();
    await page.unroute('**/api/v1/render');
    await pane.getByRole('button', { name: 'Prøv igen' }).first().click();
    await letterIsShown(pane);
    await pane.getByText('Modtageren kan ikke svare på beskeden.').waitFor();
    assert.deepEqual(await pane.getByLabel('Vises som i').locator('option').allInnerTexts(), ['borger.dk', 'virk.dk', 'mit.dk', 'e-Boks']);
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await pane.getByRole('heading', { name: 'Se efter, før du sender' }).waitFor();
    await pane.locator('#mass-see:focus').waitFor();
  }));
});
