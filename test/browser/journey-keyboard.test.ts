import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { mergePdfs } from '../../src/pdf/merge-pdfs.ts';
import type { ScriptChange } from '../../src/sandbox/outlook/page/script-change.ts';
import { textLetter } from '../pdf/letters.ts';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { focusComesTo, focused, stopsFromHere, tabTo } from './by-keyboard.ts';
import { allChecked, manyRows, numberOf } from './mass-list-world.ts';
import { openBoard, sendList } from './mass-states.ts';
import { scripted } from './outlook-world.ts';
import { bar, inOutlook, pressSend, rowOf, sentence, toFill, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';

const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
/** Of a list of three the count is asked for, and one of six needs somebody's yes. */
const SETTINGS = { MASS_TYPED_OVER_RECIPIENTS: '2', MASS_APPROVAL_OVER_RECIPIENTS: '5' };
const MAILBOX = 'sikkerpost@kommune.example';

describe('by keyboard alone', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox(SETTINGS);

  /** A new mail, and Tab until the pane's field has focus. */
  const writing = async (mailbox: string, journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> =>
    await inOutlook(browser, sandbox, { mailbox }, async (outlook) => {
      const { page, pane } = outlook;
      await page.getByRole('button', { name: 'Ny mail' }).focus();
      await page.keyboard.press('Enter');
      await pane.getByText(/^Ja\. Svar lander i /).waitFor();
      await tabTo(outlook, 'CPR-nummer, CVR-nummer eller navn');
      await journey(outlook);
    });
  const type = async (page: Page, text: string): Promise<void> => {
    await page.keyboard.type(text);
    await page.keyboard.press('Enter');
  };

  it('a letter, from the new mail to Send', async () => await writing('sikkerpost@kommune.example', async (outlook) => {
    const { page, pane } = outlook;
    await type(page, '2512489996');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    assert.equal(await focused(pane), 'CPR-nummer, CVR-nummer eller navn');

    await tabTo(outlook, /^Afsender/);
    await page.keyboard.press('Enter');
    await tabTo(outlook, /^Eksempel Kommune/);
    await page.keyboard.press('ArrowDown');
    await sentence(pane).getByText('som Jobcenter').waitFor();
    await page.keyboard.press('Escape');
    await focusComesTo(pane, /^Afsender/);
    assert.equal(await pane.getByRole('radiogroup', { name: 'Afsender' }).count(), 0);

    await tabTo(outlook, 'Modtageren kan svare');
    await page.keyboard.press('Space');
    await toFill(page, [`2512489996@${JOBCENTER}.ngdp.digital-post.dk`]);
    await tabTo(outlook, /^Flere oplysninger/);
    await page.keyboard.press('Enter');
    await tabTo(outlook, 'Sagsnummer');
    await page.keyboard.type('2026-4711');
    await page.keyboard.press('Escape');
    await focusComesTo(pane, /^Flere oplysninger/);
    await eventually(async () => ((await scripted(page, 'item'))?.attachments.some(({ name }) => name === 'MemoHeader.json') ? true : null));

    await page.getByLabel('Emne').focus();
    await page.keyboard.type('Indkaldelse til 251248-9996');
    await page.keyboard.press('Tab');
    await page.getByLabel('Besked').focus();
    await page.keyboard.type('Goddag');
    await page.getByRole('button', { name: 'Send', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Skal rettes');
    await tabTo(outlook, 'Fjern nummeret fra emnet');
    await page.keyboard.press('Enter');
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    await eventually(async () => ((await pane.locator('[data-bar]:focus').count()) === 1 ? true : null));
    await page.getByRole('button', { name: 'Send', exact: true }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Mailen er sendt.').waitFor();
  }));

  it('the stops stand in the order in which one reads', async () => await writing('jobcenter@kommune.example', async (outlook) => {
    const { page, pane } = outlook;
    await type(page, '2512489996 1509819996');
    await rowOf(pane, 'Tove Test Lund').getByText('Ikke tilmeldt Digital Post. Får ikke beskeden.').waitFor();
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    await pane.getByText('Emnet er tomt. Borgeren ser det som overskrift.').first().waitFor();
    const stops = await stopsFromHere(outlook);
    assert.deepEqual(stops.map((name) => name.replace(/\d+ nye/, 'n nye')), [
      'CPR-nummer, CVR-nummer eller navn', 'Tilføj',
      'Vis nummeret for Nancy Ann Test Berggren', 'Fjern Nancy Ann Test Berggren',
      'Vis nummeret for Tove Test Lund', 'Fjern',
      'Afsender Jobcenter', 'Kanal Digital Post', 'Modtagerne kan svare', 'Flere oplysninger Ingen',
      'Se som modtageren', 'Det er rigtigt', 'Det er rigtigt', 'Tjek igen', 'Nyheder (n nye)', 'Systemoplysninger', 'Vis',
    ]);
    await tabTo(outlook, 'Vis', 'Shift+Tab');
    await page.keyboard.press('Enter');
    assert.match(await focused(pane), /Tove Test Lund/);
  }));

  it('focus goes on where the work goes on: after a fix to the next card, after a removal to the next row, after the last to the field', async () => await writing('jobcenter@kommune.example', async (outlook) => {
    const { page, pane } = outlook;
    await type(page, '2512489996 1509819996 2911829996');
    await rowOf(pane, 'Tove Test Lund').getByText('Ikke tilmeldt Digital Post. Får ikke beskeden.').waitFor();
    await rowOf(pane, /^Kirsten/).getByText('Kan få Digital Post', { exact: true }).waitFor();
    await pane.getByText('Emnet er tomt. Borgeren ser det som overskrift.').first().waitFor();
    await tabTo(outlook, 'Fjern');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Se efter');
    await tabTo(outlook, 'Fjern Nancy Ann Test Berggren', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, /^Fjern Kirsten/);
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'CPR-nummer, CVR-nummer eller navn');
    await toFill(page, []);
    await tabTo(outlook, /^Fortryd: Kirsten/);
    await page.keyboard.press('Enter');
    await rowOf(pane, /^Kirsten/).waitFor();
  }));

  it('earlier recipients are offered by name: down and Enter; Esc shuts the list and keeps the text', async () => await writing('jobcenter@kommune.example', async (outlook) => {
    const { page, pane } = outlook;
    await type(page, '2512489996');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    await tabTo(outlook, 'Fjern Nancy Ann Test Berggren');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'CPR-nummer, CVR-nummer eller navn');
    await page.keyboard.type('nan');
    await pane.getByRole('option', { name: /Nancy Ann Test Berggren/ }).waitFor();
    await page.keyboard.press('Escape');
    await pane.getByRole('option').first().waitFor({ state: 'detached' });
    await page.keyboard.type('cy');
    await pane.getByRole('option', { name: /Nancy Ann Test Berggren/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await toFill(page, [`2512489996-reply@${JOBCENTER}.ngdp.digital-post.dk`]);
    assert.equal(await focused(pane), 'CPR-nummer, CVR-nummer eller navn');
  }));

  /** Send til mange, from Skriv to step 3, with a list of so many; the mail says this. */
  const toStep3 = async (outlook: OutlookWithPane, { rows, mail }: { readonly rows: number; readonly mail: ScriptChange }): Promise<void> => {
    const { page, pane } = outlook;
    await scripted(page, 'set', mail);
    await tabTo(outlook, 'Send samme besked til mange');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Indsæt listen');
    await page.keyboard.insertText(manyRows(rows));
    await tabTo(outlook, 'Læs listen');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Send til mange');
    await allChecked(pane);
    await tabTo(outlook, `Fortsæt med ${String(rows)}`);
    await page.keyboard.press('Enter');
    await focusComesTo(pane, STEP_3);
    await radio(pane, 'Samme brev til alle').waitFor();
  };

  it('to many, step 3: the letters are one stop, each sort of them is chosen by arrows, seen, and put into the mail with the count typed', async () => await writing(MAILBOX, async (outlook) => {
    const { page, pane } = outlook;
    const own = [0, 1, 2].map((n) => ({ name: `${numberOf(n)}.pdf`, base64: Buffer.from(textLetter('Brev').pdf).toString('base64') }));
    await toStep3(outlook, { rows: 3, mail: { subject: 'Plads', bodyHtml: '<p>Kære {Navn}</p>', attachments: [] } });
    await pane.getByRole('button', { name: 'Se brevene' }).waitFor();
    assert.deepEqual(await stopsFromHere(outlook), [STEP_3, 'Felter i teksten, fx {Navn} Navn, Sag', 'Se brevene', ...FACTS, 'Skriv antallet af modtagere', PUT]);
    await backToTop(pane);
    await tabTo(outlook, 'Se brevene');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Brev 1 af 3');
    assert.deepEqual((await stopsFromHere(outlook)).slice(0, 3), ['Brev 1 af 3', 'Forrige', 'Næste']);
    await pane.getByRole('button', { name: 'Næste' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await pane.getByText('Brev 3 af 3').waitFor();
    assert.equal(await focused(pane), 'Næste', 'it stays where it cannot be pressed any more');
    await page.keyboard.press('Escape');
    await focusComesTo(pane, 'Se brevene');

    await tabTo(outlook, /^Felter/, 'Shift+Tab');
    await page.keyboard.press('ArrowUp');
    assert.match(await focused(pane), /^Samme brev til alle/);
    await pane.getByText('Mailens tekst, 1 side').waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.match(await focused(pane), /^Filer med nummeret som navn/);
    await pane.getByText('3 modtagere har ingen fil.').waitFor();
    await scripted(page, 'set', { attachments: own });
    await pane.getByText('3 modtagere har ingen fil.').waitFor({ state: 'detached' });
    assert.match(await focused(pane), /^Filer med nummeret som navn/, 'what comes into the mail takes no focus');
    const put = pane.getByRole('button', { name: PUT });
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await pane.getByText('3 filer har et nummer som navn og ville ikke gå til alle.').waitFor();
    assert.equal(await put.getAttribute('aria-disabled'), 'true');
    await tabTo(outlook, 'Fjern de 3 filer');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, '3 filer er fjernet. Fortryd');
    assert.deepEqual((await scripted(page, 'item'))?.attachments, []);
    await tabTo(outlook, 'Fortryd');
    await page.keyboard.press('Enter');
    await pane.getByRole('button', { name: 'Fjern de 3 filer' }).waitFor();
    await focusComesTo(pane, 'Fjern de 3 filer');
    assert.deepEqual((await scripted(page, 'item'))?.attachments.map(({ name }) => name), own.map(({ name }) => name));
    await tabTo(outlook, /^Samme brev til alle/, 'Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');

    await tabTo(outlook, 'Skriv antallet af modtagere');
    await page.keyboard.type('4');
    await page.keyboard.press('Tab');
    await pane.getByText('Du har skrevet 4. Listen har 3.').waitFor();
    await focusComesTo(pane, PUT);
    await page.keyboard.press('Enter');
    assert.equal((await scripted(page, 'item'))?.to.length, 0, 'nothing is put with the wrong count');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('3');
    await tabTo(outlook, PUT);
    await page.keyboard.press('Enter');
    await focusComesTo(pane, /^Klar Listen ligger i mailen\. /);
    await backToTop(pane);
    assert.deepEqual(await stopsFromHere(outlook), [STEP_3, ...FACTS]);
    await backToTop(pane);
    await tabTo(outlook, 'Tilbage', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, /^Du sender Digital Post til 3 modtagere/);
  }));

  it('to many, one PDF that is split: chosen, seen letter by letter, taken out of the mail, and its letters put into it', async () => await writing(MAILBOX, async (outlook) => {
    const { page, pane } = outlook;
    const pdf = await lettersTo(3);
    page.on('filechooser', (chooser) => void chooser.setFiles({ name: 'breve.pdf', mimeType: 'application/pdf', buffer: pdf }));
    await toStep3(outlook, { rows: 3, mail: { subject: 'Plads', bodyHtml: '<p>Se brevet</p>', attachments: [{ name: 'alle.pdf', base64: pdf.toString('base64') }] } });
    await tabTo(outlook, /^Samme brev til alle/);
    await page.keyboard.press('ArrowUp');
    assert.match(await focused(pane), /^Én PDF/);
    await pane.getByRole('button', { name: 'Vælg PDF' }).waitFor();
    await tabTo(outlook, 'Vælg PDF');
    await page.keyboard.press('Enter');
    await pane.getByText('3 breve fra breve.pdf').waitFor();
    await focusComesTo(pane, 'Vælg en anden PDF');
    await tabTo(outlook, 'Brug alle.pdf fra mailen');
    await page.keyboard.press('Enter');
    await pane.getByText('Fjern alle.pdf fra mailen. Den ville gå til alle.').waitFor();
    await pane.getByText('3 breve fra alle.pdf').waitFor();
    const seen = [0, 1, 2].map((n) => `Se brevet: ${numberOf(n).slice(0, 6)}-xxxx Person ${String(n)}`);
    assert.deepEqual(await stopsFromHere(outlook), ['Brug alle.pdf fra mailen', 'Fjern alle.pdf', 'Hvem siderne er til, 3 modtagere', ...seen, ...FACTS, 'Skriv antallet af modtagere', PUT]);
    await backToTop(pane);
    await tabTo(outlook, 'Fjern alle.pdf');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, /^3 breve fra alle\.pdf\./);

    await tabTo(outlook, seen[1] ?? '');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Brev 2 af 3');
    await pane.getByText('Kære 1').first().waitFor({ state: 'attached' });
    await tabTo(outlook, 'Forrige');
    await page.keyboard.press('Enter');
    await pane.getByText('Kære 0').first().waitFor({ state: 'attached' });
    assert.equal(await focused(pane), 'Forrige');
    await page.keyboard.press('Escape');
    await focusComesTo(pane, seen[1] ?? '');
    assert.equal(await pane.getByRole('group', { name: /^Brev / }).count(), 0);

    await tabTo(outlook, 'Skriv antallet af modtagere');
    await page.keyboard.type('3');
    await tabTo(outlook, PUT);
    await page.keyboard.press('Enter');
    await focusComesTo(pane, /^Klar Listen ligger i mailen\. /);
    assert.deepEqual((await scripted(page, 'item'))?.attachments.map(({ name }) => name).sort(), [...[0, 1, 2].map((n) => `${numberOf(n)}.pdf`), 'masseforsendelse.txt'].sort());
  }));

  it('what became of it: the board, its list of failures, again to those, stop; and "Gik den til en forkert?"', async () => await inOutlook(browser, sandbox, { mailbox: MAILBOX }, async (outlook) => {
    const { page, pane } = outlook;
    await sendList(outlook, 'Varsling', 5);
    await pane.getByText('Leveret til 3 af 5, 2 fejlede').first().waitFor();
    await pane.getByRole('button', { name: 'Sendt', exact: true }).focus();
    await tabTo(outlook, /^Ikke leveret/);
    await page.keyboard.press('Enter');
    assert.match(await focused(pane), /^Ikke leveret/);
    await pane.getByRole('article').first().waitFor();
    await tabTo(outlook, 'Vis forløb');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Varsling');
    await pane.getByText('Linje 5').waitFor();
    assert.deepEqual(await stopsFromHere(outlook), ['Varsling', 'Hent fejllisten', 'Hent bevis', 'Send igen til de 2, der fejlede']);
    await pane.getByRole('heading', { level: 1 }).focus();
    await tabTo(outlook, 'Hent fejllisten');
    await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    await focusComesTo(pane, 'Hent fejllisten');
    await tabTo(outlook, 'Send igen til de 2, der fejlede');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Stop eller send igen');
    await pane.getByRole('group', { name: 'Stop eller send igen' }).getByText('Sendes igen til 2.').waitFor();
    await tabTo(outlook, 'Tilbage', 'Shift+Tab');
    await page.keyboard.press('Enter');
    await focusComesTo(pane, 'Vis forløb');

    await sendList(outlook, 'Venter', 6);
    await pane.getByText('Venter på godkendelse').first().waitFor();
    await openBoard(outlook, 'Venter');
    assert.deepEqual(await stopsFromHere(outlook), ['Venter', 'Stop']);
    await pane.getByRole('heading', { level: 1 }).focus();
    await tabTo(outlook, 'Stop');
    await page.keyboard.press('Enter');
    await pane.getByText('Stoppet. Ingen har fået den.').first().waitFor();
    await focusComesTo(pane, 'Stop eller send igen');

    await writeMail(outlook);
    await scripted(page, 'set', { to: ['2512489996@35833684.ngdp.digital-post.dk'], subject: 'Til en', bodyHtml: '<p>Goddag</p>' });
    await pressSend(page);
    await page.getByRole('navigation', { name: 'Mapper' }).getByRole('button', { name: 'Sendt post' }).click();
    await page.getByRole('button', { name: /Til en/ }).click();
    const openPane = page.getByLabel('Mail').getByRole('button', { name: 'Digital Post', exact: true });
    if ((await openPane.getAttribute('aria-expanded')) === 'false') await openPane.click();
    await pane.getByRole('button', { name: 'Gik den til en forkert?' }).waitFor();
    await pane.getByRole('navigation').getByRole('button').first().focus();
    await tabTo(outlook, 'Gik den til en forkert?');
    await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    await pane.getByText(/Fristen er 72 timer\./).first().waitFor();
    assert.equal(await focused(pane), 'Gik den til en forkert?');
  }));
});

const STEP_3 = 'Se efter, før du sender';
const FACTS = ['Ret: Til', 'Ret: Fra', 'Se som modtageren'];
const PUT = 'Læg listen i mailen';

function radio(pane: FrameLocator, name: string): Locator {
  return pane.getByRole('radio', { name: new RegExp(`^${name}`) });
}

/** To the heading of the screen, from which Tab begins. */
async function backToTop(pane: FrameLocator): Promise<void> {
  await pane.getByRole('heading', { level: 1 }).focus();
}

/** A PDF with a letter to each of the first citizens of `manyRows`, a page each. */
async function lettersTo(count: number): Promise<Buffer> {
  const parts = Array.from({ length: count }, (_, n) => ({ title: 'x', bytes: textLetter(`Kære ${String(n)}\n\nCPR-nr. ${numberOf(n)}`).pdf }));
  return Buffer.from((await mergePdfs({ title: 'Breve', parts, pagesMax: 9 })).pdf);
}
