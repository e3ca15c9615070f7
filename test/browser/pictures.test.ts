import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { decode, encode } from 'fast-png';
import type { Browser } from 'playwright-core';
import { openBrowser } from './open-browser.ts';
import { paneFrame } from './look-closely.ts';
import { allChecked, manyRows, openSendToMany, readList } from './mass-list-world.ts';
import { openBoard, sendList } from './mass-states.ts';
import { budget } from './mixed-files.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, bar, recipientField, rowOf, sentence, startSandbox, writeMail, type OutlookWithPane, type RunningSandbox } from './pane-in-outlook.ts';
import { openedOn } from './pane-states.ts';
import { openSee } from './see-world.ts';

// The pictures of the caseworkers' guides. Made anew by: PICTURES=1 node --test test/browser/pictures.test.ts

const PICTURE_MAX_BYTES = 150_000;
const PICTURES_MAX = 12;
/** What an organisation has that chooses nothing else; and one that is over while a picture is waited for. */
const USUAL_HOLD_MS = 120_000;
const SHORT_HOLD_MS = 15_000;
/** Shades of each colour that are kept: nobody sees the difference, and a picture weighs half. */
const SHADES = 64;

const folder = new URL('../../docs/billeder/', import.meta.url);
const guides = await Promise.all(['sagsbehandlere.md', 'masseforsendelse.md'].map(async (name) => await readFile(new URL(`../../docs/${name}`, import.meta.url), 'utf8')));
const wantedIn = (guide: string): readonly string[] => [...guide.matchAll(/!\[[^\]]+\]\(billeder\/([\w-]+\.png)\)/g)].map((match) => match[1] ?? '');
const wanted = guides.flatMap(wantedIn);
const opened = process.env['PICTURES'] === '1' ? await openBrowser() : { missing: 'made only with PICTURES=1' };
const skip = 'missing' in opened ? opened.missing : false;

interface Picture {
  readonly arrange: (outlook: OutlookWithPane) => Promise<void>;
  /** Of Outlook with its pane; otherwise of the pane alone. */
  readonly whole?: boolean;
  /** Shows what is held, and what has been. */
  readonly held?: boolean;
  /** Of a screen that scrolls inside itself: how high the pane is, in CSS pixels. */
  readonly height?: number;
}

/** A new mail to so many, when the gateway has said of each how it stands. */
async function writeTo(outlook: OutlookWithPane, numbers: string, change: Parameters<typeof window.sandboxOutlook.set>[0]): Promise<void> {
  await writeMail(outlook);
  await outlook.pane.getByRole('button', { name: /^Afsender/ }).waitFor();
  await scripted(outlook.page, 'set', change);
  if (numbers !== '') await addRecipients(outlook.pane, numbers);
}

const LETTER = { subject: 'Indkaldelse til samtale', bodyHtml: '<p>Kære Nancy Ann</p><p>Du indkaldes til samtale mandag den 7. december kl. 10 i Jobcentret, Rådhuspladsen 1.</p><p>Svar på denne besked, hvis du ikke kan komme.</p><p>Venlig hilsen<br>Mette Sørensen</p>' };
const ready = async ({ pane }: OutlookWithPane): Promise<void> => await bar(pane).getByText('Tryk Send i Outlook.').waitFor();
const toNancy = async (outlook: OutlookWithPane): Promise<void> => {
  await writeTo(outlook, '2512489996', LETTER);
  await ready(outlook);
};

const pictures: Readonly<Record<string, Picture>> = {
  'outlook.png': { whole: true, arrange: toNancy },
  'skriv.png': {
    arrange: async (outlook) => {
      await toNancy(outlook);
      await scripted(outlook.page, 'send');
      await writeMail(outlook);
      await recipientField(outlook.pane).pressSequentially('nan');
      await outlook.pane.getByRole('option', { name: /Nancy/ }).waitFor();
    },
  },
  'klar.png': { arrange: toNancy },
  'flere-modtagere.png': {
    arrange: async (outlook) => {
      await writeTo(outlook, '2512489996, 87654321, 1111111118, 0101851001, 1509819996', { subject: 'Orientering om vejarbejde', bodyHtml: '<p>Til beboere og virksomheder på Havnegade</p>', to: ['Søren Sagsbehandler <sagsbehandler@kommune.example>'] });
      await sentence(outlook.pane).getByText('2 andre får ikke beskeden').waitFor();
      await bar(outlook.pane).getByText('Klar, men se').waitFor();
      await outlook.pane.getByRole('combobox', { name: /Kontaktpunkt hos modtageren/ }).waitFor();
    },
  },
  'oplysninger.png': {
    arrange: async (outlook) => {
      await writeTo(outlook, '2512489996', { ...LETTER, subject: 'Indkaldelse til samtale, sag 2026-004512' });
      await ready(outlook);
      await outlook.pane.getByRole('button', { name: /^Flere oplysninger/ }).click();
      await outlook.pane.getByRole('button', { name: /^Brug/ }).waitFor();
    },
  },
  'tjek.png': {
    arrange: async (outlook) => {
      await writeTo(outlook, '2512489996', {
        subject: 'Vedr. 251248-9996', bodyHtml: '<p>Kære Nancy Ann</p><p>Ydelsen til 291182-9996 bevilges hermed.</p><p>Se <a href="https://kommune.sharepoint.com/:w:/s/sag/skema.docx">skemaet</a>.</p>',
        attachments: [budget],
      });
      await outlook.pane.getByText('virker ikke for modtageren').waitFor();
      await bar(outlook.pane).getByText('skal rettes').waitFor();
    },
  },
  'ret-filer.png': {
    arrange: async (outlook) => {
      const notes = Array.from({ length: 11 }, (_, n) => ({ name: `Bilag ${n + 1}.txt`, text: `Bilag ${n + 1}` }));
      await writeTo(outlook, '2512489996', { ...LETTER, attachments: [...notes, budget, { name: 'Lejekontrakt.eml', text: 'From: borger@mail.example\r\nSubject: Lejekontrakt\r\n\r\nHer er den.\r\n' }] });
      await outlook.pane.getByRole('button', { name: 'Ret alle 3' }).waitFor();
      await outlook.pane.getByRole('button', { name: 'Fjern makroerne' }).click();
      await outlook.pane.getByText('Budget 2027.xlsm bliver til Budget 2027.xlsx').waitFor();
      await outlook.pane.getByRole('button', { name: 'Ret begge' }).waitFor();
      await bar(outlook.pane).getByText('2 ting skal rettes').waitFor();
    },
  },
  'se-som-modtageren.png': {
    arrange: async (outlook) => {
      await writeMail(outlook);
      await scripted(outlook.page, 'set', {
        subject: 'Indkaldelse til samtale', attachments: [{ name: 'Spørgeskema.pdf', text: 'PDF' }, { name: 'Kort til Torvet 1.pdf', text: 'PDF' }],
        bodyHtml: '<p>Kære Nancy Ann</p><p>Vi vil gerne tale med dig om dit videre forløb. Samtalen er torsdag den 10. december kl. 10.00 i Jobcentret, Torvet 1.</p><p><b>Det skal du have med</b></p><p>Tag dit CV med. Kan du ikke komme, så svar på denne besked senest den 7. december.</p><p>Venlig hilsen<br>Jobcenter</p>',
      });
      await openSee(outlook);
      await outlook.pane.getByRole('heading', { name: '1 ting kan gøre brevet svært at læse' }).waitFor();
    },
  },
  'stop.png': {
    whole: true, arrange: async (outlook) => {
      await writeTo(outlook, '2512489996', { ...LETTER, subject: 'Vedr. 251248-9996' });
      await outlook.pane.getByText('Der står et CPR-nummer i emnet').first().waitFor();
      await outlook.page.getByRole('button', { name: 'Send', exact: true }).click();
      await outlook.page.getByRole('button', { name: 'Åbn Digital Post' }).waitFor();
    },
  },
  'slaa-op.png': {
    arrange: async (outlook) => {
      await writeMail(outlook);
      await outlook.pane.getByRole('button', { name: 'Slå op' }).click();
      await outlook.pane.getByLabel('Hvilken sag drejer det sig om?').fill('2026-004512');
      for (const [number, said] of [['1111111118', 'Beskyttet navn'], ['2512489996', 'Nancy Ann Test Berggren']] as const) {
        await outlook.pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill(number);
        await outlook.pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').press('Enter');
        await outlook.pane.locator('main').getByText(said, { exact: true }).waitFor();
      }
    },
  },
  'sendt.png': {
    held: true, arrange: async (outlook) => {
      await writeTo(outlook, '2911829996, 0107729995, 1509819996', { subject: 'Afgørelse om aktivering', bodyHtml: '<p>Til rette vedkommende</p>' });
      await rowOf(outlook.pane, 'Tove Test Lund').waitFor();
      await scripted(outlook.page, 'send');
      await writeMail(outlook);
      await outlook.pane.getByRole('button', { name: 'Sendt', exact: true }).click();
      await outlook.pane.getByText('Leveret til 2 af 3, 1 fejlede').waitFor({ timeout: 4 * SHORT_HOLD_MS });
      await toNancy(outlook);
      await scripted(outlook.page, 'send');
      await writeMail(outlook);
      await outlook.pane.getByRole('button', { name: 'Sendt', exact: true }).click();
      await outlook.pane.getByRole('button', { name: 'Stop', exact: true }).waitFor();
      await outlook.pane.getByRole('button', { name: 'Vis modtagere' }).first().click();
      await outlook.pane.getByText('Tove Test Lund').or(outlook.pane.getByText('150981-xxxx')).first().waitFor();
    },
  },
  'masse-liste.png': {
    height: 620, arrange: async (outlook) => {
      await openSendToMany(outlook);
      await readList(outlook.pane, ['CPR-nr.\tNavn\tSag', '2512489996\tNancy\t2026-1001', '102011235\tBo\t2026-1002', '1509819996\tTove\t2026-1003', '251248-9996\tNancy\t2026-1004', '1,23E+09\tIda\t2026-1005', '2911829996\tKirsten\t2026-1006'].join('\n'));
      await allChecked(outlook.pane);
    },
  },
  'masse-foer.png': {
    height: 620, arrange: async (outlook) => {
      await openSendToMany(outlook);
      await scripted(outlook.page, 'set', { subject: 'Takster 2027', bodyHtml: '<p>Kære borger</p><p>Fra 1. januar er taksterne ændret. Se dem i bilaget.</p>', attachments: [{ name: 'Takster 2027.txt', text: 'Svømmehal 45 kr.' }] });
      await readList(outlook.pane, manyRows(396));
      await allChecked(outlook.pane);
      await outlook.pane.getByRole('button', { name: 'Fortsæt med 396' }).click();
      await outlook.pane.getByText('Mailens tekst, 1 side').waitFor();
      await outlook.pane.getByLabel('Skriv antallet af modtagere').fill('396');
    },
  },
  'masse-forloeb.png': {
    height: 620, arrange: async (outlook) => {
      await sendList(outlook, 'Varsling om ny takst');
      await outlook.pane.getByText('Leveret til 10 af 12, 2 fejlede').first().waitFor();
      await openBoard(outlook, 'Varsling om ny takst');
      await outlook.pane.getByText('Linje 11').waitFor();
    },
  },
  'uden-forbindelse.png': {
    arrange: async (outlook) => {
      await toNancy(outlook);
      await outlook.page.route('**/api/**', async (route) => await route.abort());
      await addRecipients(outlook.pane, '2911829996');
      await outlook.pane.getByRole('button', { name: 'Prøv igen' }).waitFor();
      await bar(outlook.pane).getByText('Du kan godt sende').waitFor();
    },
  },
};

describe('the pictures of the guide, made', { skip }, () => {
  let browser: Browser;
  let usual: RunningSandbox;
  let quick: RunningSandbox;

  before(async () => {
    if ('missing' in opened) return;
    browser = opened.browser;
    usual = await startSandbox({ TRAINING_MODE: 'off', HOLD_SINGLE_MS: String(USUAL_HOLD_MS) });
    quick = await startSandbox({ TRAINING_MODE: 'off', HOLD_SINGLE_MS: String(SHORT_HOLD_MS) });
    await mkdir(folder, { recursive: true });
  });
  after(async () => {
    await browser?.close();
    await usual?.[Symbol.asyncDispose]();
    await quick?.[Symbol.asyncDispose]();
  });

  for (const [name, { arrange, whole, held, height }] of Object.entries(pictures)) {
    it(name, async () => {
      const outlook = await openedOn(browser, held === true ? quick : usual, { deviceScaleFactor: whole === true ? 1 : 2, ...(whole === true && { viewport: { width: 1280, height: 720 } }) });
      try {
        await arrange(outlook);
        await writeFile(new URL(name, folder), light(whole === true ? await outlook.page.screenshot() : await pictureOfPane(outlook, height)));
      } finally {
        await outlook.context.close();
      }
    });
  }
});

describe('the pictures of the guide', () => {
  it('are all there, each used, few and light', async () => {
    for (const names of guides.map(wantedIn)) assert.ok(names.length > 0 && names.length <= PICTURES_MAX, `${names.length} pictures`);
    assert.deepEqual((await readdir(folder)).sort(), [...new Set(wanted)].sort());
    for (const name of wanted) assert.ok((await stat(new URL(name, folder))).size <= PICTURE_MAX_BYTES, name);
  });
});

/** The pane as high as what is in it, and at least so high. */
async function pictureOfPane({ page }: OutlookWithPane, height = 400): Promise<Buffer> {
  const frame = await paneFrame(page);
  const width = 1366;
  await page.setViewportSize({ width, height });
  const [content, room] = await frame.evaluate(() => [document.documentElement.scrollHeight, document.documentElement.clientHeight]);
  await page.setViewportSize({ width, height: height + content - room });
  await frame.evaluate(() => scrollTo(0, 0));
  return await page.locator('iframe[title="Postbro"]').screenshot({ caret: 'hide' });
}

/** The same picture, packed well. */
function light(png: Buffer): Uint8Array {
  const { width, height, channels, data } = decode(png);
  const shade = (value: number): number => Math.round((Math.round((value * (SHADES - 1)) / 255) * 255) / (SHADES - 1));
  return encode({ width, height, channels, depth: 8, data: Uint8Array.from(data, shade) }, { zlib: { level: 9 } });
}
