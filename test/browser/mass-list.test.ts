import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { Frame } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { sheetOf, workbookOf } from '../taskpane/mass/workbooks.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { focusComesTo, stopsFromHere, tabTo } from './by-keyboard.ts';
import { keptBy } from './kept-by-browser.ts';
import { paneFrame } from './look-closely.ts';
import { allChecked, filterOf, lineOf, manyRows, numberOf, openSendToMany, pasteBox, readList } from './mass-list-world.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, callsFindNobody, inOutlook, recipientField, rowOf, writeMail, type JourneySettings, type OutlookWithPane } from './pane-in-outlook.ts';

/** Of every sort: well, not registered, exempt, closed, twice, and numbers that are none. */
const OF_EVERY_SORT = [
  'CPR-nr.\tNavn\tSag', '251248-9996\tNancy Ann\t2026-1001', '102011235\tBo\t2026-1002', '1509819996\tTove\t2026-1003', '3103979995\tUlla\t2026-1004', '0101851001\tVagn\t2026-1005',
  '2512489996\tNancy Ann\t2026-1006', '1,23E+09\tIda\t2026-1007', '12345678901\tJens\t2026-1008', '20801-1234\tKaj\t2026-1009', '\t\t', 'mangler\tLis\t2026-1010', '2911829996\tKirsten\t2026-1011',
].join('\r\n');
/** More rows than are drawn of any list, however high the pane is. */
const ROWS_DRAWN_MAX = 60;

describe('the list of a mass send', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();
  const journey = async (play: (outlook: OutlookWithPane) => Promise<void>, settings: JourneySettings = {}): Promise<void> => await inOutlook(browser, sandbox, settings, play);

  it('is read from a paste: each row’s state, those that are wrong first, masked; one blue button says who is left out', async () => await journey(async (outlook) => {
    const { pane } = outlook;
    await openSendToMany(outlook);
    await readList(pane, OF_EVERY_SORT);
    await allChecked(pane);
    const rows = await pane.locator('tr[data-place]').allInnerTexts();
    assert.deepEqual(rows.map((text) => text.replace(/\s*[\n\t]+\s*/g, ' | ').trim()), [
      '3 | 10201-xxxx | 2026-1002 | Mangler et 0 forrest? | Sæt 0 foran', '4 | 150981-xxxx | 2026-1003 | Ikke tilmeldt', '5 | 310397-xxxx | 2026-1004 | Fritaget', '6 | 010185-xxxx | 2026-1005 | Postkassen er lukket',
      '7 | 251248-xxxx | 2026-1006 | Samme som linje 2', '8 | 1,23E+09 | 2026-1007 | Excel har ændret tallet. Gør kolonnen til tekst, og indsæt igen.', '9 | 123456xxxxx | 2026-1008 | 11 cifre. Skal være 10 eller 8.',
      '10 | 20801-xxxx | 2026-1009 | Mangler et 0 forrest? | Sæt 0 foran', '12 | mangler | 2026-1010 | Ikke et CPR- eller CVR-nummer', '2 | 251248-xxxx | 2026-1001 | Kan modtage', '13 | 291182-xxxx | 2026-1011 | Kan modtage',
    ]);
    assert.deepEqual(await pane.getByRole('group', { name: 'Vis' }).getByRole('button').allInnerTexts(), ['Alle (11)', 'Kan modtage (2)', 'Kan ikke (3)', 'Dobbelt (1)', 'Ukendt (5)']);
    await pane.getByRole('button', { name: 'Tag 9 ud, og fortsæt med 2' }).waitFor();

    await filterOf(pane, /^Dobbelt/).click();
    assert.deepEqual(await pane.locator('tr[data-place]').count(), 1);
    await filterOf(pane, /^Ukendt/).click();
    await pane.getByRole('button', { name: 'Sæt 0 foran: 10201-xxxx' }).click();
    await eventually(async () => ((await pane.getByRole('button', { name: 'Sæt 0 foran: 20801-xxxx' }).evaluate((button) => button === document.activeElement)) ? true : null));
    await filterOf(pane, /^Alle/).click();
    await lineOf(pane, 3).getByText('010201-xxxx').waitFor();
    await pane.getByRole('button', { name: 'Tag 8 ud, og fortsæt med 3' }).waitFor();
  }));

  it('of 5,000 rows stands at once, draws those in view only, is checked with progress, and can be stopped and taken up again', async (t) => await journey(async (outlook) => {
    const { page, pane, context } = outlook;
    await openSendToMany(outlook);
    const frame = await paneFrame(page);
    await paste(outlook, manyRows(5_000));
    t.diagnostic(`the table after ${String(await msUntilTable(frame))} ms`);
    const drawn = async (): Promise<number> => await pane.locator('tr[data-place]').count();
    assert.equal(await pane.getByRole('table').getAttribute('aria-rowcount'), '5001');
    assert.ok(await drawn() <= ROWS_DRAWN_MAX);
    await pane.getByText(/^Tjekker [\d.]+ af 5\.000 …$/).waitFor();
    const begunAt = Date.now();
    await allChecked(pane);
    t.diagnostic(`5,000 checked after ${String(Date.now() - begunAt)} ms`);
    t.diagnostic(`memory of the pane: ${String(await usedMb(frame))} MB`);
    assert.match(await filterOf(pane, /^Kan modtage/).innerText(), /\(4\.664\)/);
    await pane.getByRole('button', { name: 'Tag 336 ud, og fortsæt med 4.664' }).waitFor();

    const region = pane.getByRole('region', { name: '5.000 linjer' });
    await region.focus();
    await page.keyboard.press('End');
    await lineOf(pane, 5_001).waitFor();
    assert.ok(await drawn() <= ROWS_DRAWN_MAX);
    assert.equal(await lineOf(pane, 5_001).getAttribute('aria-rowindex'), '5001');
    await page.keyboard.press('Home');
    await pane.locator('tr[aria-rowindex="2"]').waitFor();
    await page.keyboard.press('PageDown');
    await eventually(async () => ((await region.evaluate((one) => one.scrollTop)) > 100 ? true : null));

    await pane.getByRole('button', { name: 'Tilbage' }).click();
    const answers = Promise.withResolvers<undefined>();
    await context.route('**/check-batch', async (route) => {
      await answers.promise;
      await route.continue().catch(() => undefined);
    });
    await paste(outlook, manyRows(2_000));
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await pane.getByRole('button', { name: 'Stop tjekket' }).click();
    await pane.getByText('Tjekket er stoppet. 2.000 er ikke tjekket.').waitFor();
    await pane.getByText('2.000 er ikke tjekket. Serveren tjekker, når du sender.').waitFor();
    await pane.getByRole('button', { name: 'Fortsæt med 2.000' }).waitFor();
    answers.resolve(undefined);
    await pane.getByRole('button', { name: 'Tjek resten' }).click();
    await allChecked(pane);
    await pane.getByRole('button', { name: 'Fortsæt med 2.000' }).waitFor();
  }, { expected: callsFindNobody }));

  it('is read from a file in a worker: sheet and column are asked where in doubt; hidden rows and formulas are told', async () => await journey(async (outlook) => {
    const { pane } = outlook;
    await openSendToMany(outlook);
    const hidden = sheetOf([['CPR mor', 'CPR far', 'Sag'], ['2512489996', '2911829996', 'A-1'], ['2911829996', '2512489996', 'A-2'], ['0101011234', '0201011234', 'A-3']]);
    hidden['!rows'] = [{}, {}, { hidden: true }];
    hidden['A2'] = { t: 's', v: '2512489996', f: 'D2' };
    await chooseFile(outlook, 'indkaldelser.xlsx', workbookOf({ Forside: sheetOf([['Husk at sende']]), 'Uge 48': hidden, 'Uge 49': sheetOf([['CPR'], ['0301011234']]) }));
    await pane.getByRole('radiogroup', { name: 'Hvilket ark?' }).waitFor();
    assert.deepEqual(await pane.getByRole('radio').count(), 2);
    await pane.getByRole('radio', { name: /^Uge 48 251248-xxxx, 291182-xxxx, 010101-xxxx/ }).check();
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await pane.getByRole('radiogroup', { name: 'Hvilken kolonne har numrene?' }).waitFor();
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await eventually(async () => ((await pane.getByRole('radio', { name: /^CPR mor/ }).evaluate((radio) => radio === document.activeElement)) ? true : null));
    await pane.getByRole('radio', { name: /^CPR mor/ }).check();
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await pane.getByText('1 skjult række er læst med.').waitFor();
    await pane.getByText('1 celle er en formel. Vi bruger det, den viser.').waitFor();
    await allChecked(pane);
    await pane.getByRole('button', { name: 'Fortsæt med 3' }).waitFor();
    assert.equal(await lineOf(pane, 2).getByText('A-1').count(), 1);
  }));

  it('is not read where the file is none, or has no numbers, and another can be chosen', async () => await journey(async (outlook) => {
    const { pane } = outlook;
    await openSendToMany(outlook);
    await chooseFile(outlook, 'liste.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, 0, 0, 0, 0]));
    await pane.getByRole('alert').getByText('liste.xls kan ikke læses. Gem den som .xlsx eller .csv, og prøv igen.').waitFor();
    await readList(pane, 'Navn\tBy\nAnna\tVejle');
    await pane.getByRole('alert').getByText('Der er ingen numre på listen.').waitFor();
    assert.match(await pasteBox(pane).inputValue(), /^Navn/, 'what was pasted stays, to be mended');
    await chooseFile(outlook, 'liste.csv', new Uint8Array(Buffer.from('CPR;Sag\r\n2512489996;Ærø\r\n', 'latin1')));
    await allChecked(pane);
    await pane.getByRole('button', { name: 'Fortsæt med 1' }).waitFor();
  }));

  it('takes in who stands in the mail, and what was pasted in Skriv; a few are added as ever', async () => await journey(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await pane.getByRole('button', { name: 'Send samme besked til mange' }).waitFor();
    await addRecipients(pane, '2512489996');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    const numbers = Array.from({ length: 12 }, (_, n) => numberOf(n));
    await pasteInto(outlook, async () => await recipientField(pane).focus(), `CPR\tSag\n${numbers.map((number, n) => `${number}\t2026-${String(n)}`).join('\n')}`);
    await pane.getByText('Du har indsat 12 numre. Er det samme besked til alle, så send den som masseforsendelse.').first().waitFor();
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Send til mange');
    assert.equal((await scripted(page, 'item'))?.to.length, 1, 'nobody is added before');
    await page.keyboard.press('Enter');
    await pane.getByText('1 modtager fra mailen kommer med på listen.').waitFor();
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await allChecked(pane);
    await pane.getByRole('button', { name: 'Fortsæt med 13' }).waitFor();
    assert.equal(await pane.locator('tr[data-place]').filter({ hasText: 'Mailen' }).filter({ hasText: '251248-xxxx' }).count(), 1);

    await pane.getByRole('button', { name: 'Tilbage' }).click();
    assert.equal(await pasteBox(pane).inputValue(), '', 'whole numbers stand nowhere any more');
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
    await pasteInto(outlook, async () => await recipientField(pane).focus(), numbers.slice(0, 11).join('\n'));
    await pane.getByRole('button', { name: 'Tilføj dem enkeltvis' }).click();
    await eventually(async () => ((await scripted(page, 'item'))?.to.length === 12 ? true : null));
    assert.equal(await pane.getByRole('button', { name: 'Send samme besked til mange' }).count(), 0, 'there while at most one recipient');
  }));

  it('is unchecked where the gateway is away, says so, and is checked when it is back', async () => await journey(async (outlook) => {
    const { pane, context } = outlook;
    await openSendToMany(outlook);
    await context.route('**/api/**', async (route) => await route.abort());
    await readList(pane, '2512489996\n2911829996\n2512489996');
    await pane.getByText('2 er ikke tjekket. Serveren tjekker, når du sender.').waitFor();
    await pane.getByText(/Ingen forbindelse til serveren\./).first().waitFor();
    await pane.getByRole('button', { name: 'Tag 1 ud, og fortsæt med 2' }).waitFor();
    await context.unroute('**/api/**');
    await pane.getByRole('button', { name: 'Prøv igen' }).click();
    await filterOf(pane, /^Kan modtage \(2\)/).waitFor();
  }, { expected: callsFindNobody }));

  it('is not offered from a mailbox that may not send to many, and says from which one may where Fra is changed', async () => await journey(async (outlook) => {
    const { page, pane } = outlook;
    await openSendToMany(outlook);
    await scripted(page, 'set', { from: 'sagsbehandler@kommune.example' });
    await pane.getByText('Fra sagsbehandler@kommune.example kan du ikke sende til mange.').waitFor();
    await pane.getByText('jobcenter@kommune.example').waitFor();
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await pane.getByRole('heading', { name: 'Modtagere' }).or(pane.getByText(/kan du ikke sende Digital Post/)).first().waitFor();
    assert.equal(await pane.getByRole('button', { name: 'Send samme besked til mange' }).count(), 0);
  }));

  it('is saved with whole numbers, which is said, and can be read again', async () => await journey(async (outlook) => {
    const { page, pane } = outlook;
    await openSendToMany(outlook);
    await readList(pane, OF_EVERY_SORT);
    await allChecked(pane);
    const [download] = await Promise.all([page.waitForEvent('download'), pane.getByRole('button', { name: 'Gem listen' }).click()]);
    assert.equal(download.suggestedFilename(), 'liste.csv');
    const file = await readFile(await download.path());
    assert.match(file.toString('utf8'), /^\ufeffLinje;Modtager;Status;Navn;Sag\r\n2;251248-9996;Kan modtage;Nancy Ann;2026-1001\r\n3;102011235;Mangler et 0 forrest\?;Bo;2026-1002\r\n/);
    await pane.getByText('Listen er gemt. Den har hele CPR-numre.').first().waitFor();
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await chooseFile(outlook, 'liste.csv', new Uint8Array(file));
    await allChecked(pane);
    await pane.getByRole('button', { name: 'Tag 9 ud, og fortsæt med 2' }).waitFor();
  }));

  it('stands in no address, on no console and in nothing that the browser keeps', async () => await journey(async (outlook) => {
    const { page, pane, context } = outlook;
    const urls: string[] = [];
    const said: string[] = [];
    context.on('request', (request) => urls.push(request.url()));
    context.on('console', (message) => said.push(message.text()));
    await openSendToMany(outlook);
    await readList(pane, OF_EVERY_SORT);
    await allChecked(pane);
    await pane.getByRole('button', { name: 'Sæt 0 foran på begge' }).click();
    await allChecked(pane);
    assert.ok(urls.some((url) => url.includes('/check-batch')));
    const kept = await keptBy(await paneFrame(page), context);
    const shown = await pane.locator('body').innerText();
    for (const number of ['2512489996', '251248-9996', '102011235', '0102011235', '1509819996', '208011234', '12345678901']) {
      for (const place of [...urls.map((url) => decodeURIComponent(url)), ...said, kept, shown]) assert.ok(!place.includes(number), number);
    }
  }));

  it('is done by keyboard alone: the table is one stop, its fixes the next; focus goes on with the work', async () => await journey(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await pane.getByRole('button', { name: 'Send samme besked til mange' }).focus();
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Indsæt listen');
    await paste(outlook, OF_EVERY_SORT);
    await tabTo(outlook, 'Læs listen');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Send til mange');
    await allChecked(pane);
    assert.deepEqual(await stopsFromHere(outlook), [
      'Send til mange', 'Alle (11)', 'Kan modtage (2)', 'Kan ikke (3)', 'Dobbelt (1)', 'Ukendt (5)', 'Sæt 0 foran på begge', 'Gem listen', '11 linjer', 'Sæt 0 foran: 10201-xxxx', 'Sæt 0 foran: 20801-xxxx', 'Tag 9 ud, og fortsæt med 2',
    ]);
    await pane.getByRole('button', { name: 'Tag 9 ud, og fortsæt med 2' }).focus();
    await tabTo(outlook, 'Sæt 0 foran: 10201-xxxx', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Sæt 0 foran: 20801-xxxx');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, '11 linjer');
    await tabTo(outlook, 'Tilbage', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Indsæt listen');
    await tabTo(outlook, 'Tilbage', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Send samme besked til mange');
  }));
});

/** Pastes as a person does, by the keys. */
async function paste(outlook: OutlookWithPane, text: string): Promise<void> {
  await pasteInto(outlook, async () => await pasteBox(outlook.pane).focus(), text);
}

async function pasteInto({ page, context }: OutlookWithPane, focus: () => Promise<void>, text: string): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async (copied) => await navigator.clipboard.writeText(copied), text);
  await focus();
  await page.keyboard.press('Control+V');
}

async function chooseFile({ pane }: OutlookWithPane, name: string, bytes: Uint8Array): Promise<void> {
  await pane.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}

/** Presses "Læs listen", and waits in the pane itself for the first row to be drawn. */
async function msUntilTable(frame: Frame): Promise<number> {
  return await frame.evaluate(async () => {
    const button = [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Læs listen');
    const begunAt = performance.now();
    button?.click();
    while (!document.querySelector('tr[data-place]')) await new Promise((resolve) => requestAnimationFrame(resolve));
    return Math.round(performance.now() - begunAt);
  });
}

/** What the pane's scripts hold, as Chromium tells it. */
async function usedMb(frame: Frame): Promise<number> {
  return await frame.evaluate(() => Math.round(((performance as unknown as { readonly memory?: { readonly usedJSHeapSize: number } }).memory?.usedJSHeapSize ?? 0) / 1_000_000));
}
