import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { eventually } from '../sandbox/outside-world.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { bar, inOutlook, rowOf, sentence, toFill, type OutlookWithPane } from './pane-in-outlook.ts';

const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
/** More stops than any screen has. */
const TABS_MAX = 60;

describe('by keyboard alone', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

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
  const focusComesTo = async (pane: FrameLocator, name: string | RegExp): Promise<void> => void (await eventually(async () => {
    const now = await focused(pane);
    return (typeof name === 'string' ? now === name : name.test(now)) ? true : null;
  }));

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
    const stops: string[] = [];
    while (stops.length < TABS_MAX) {
      const name = await focused(pane);
      // After the last one Tab leaves the page, or stays where there is nothing around it.
      if (name === '' || name === stops.at(-1) && name === 'Vis') break;
      stops.push(name);
      await page.keyboard.press('Tab');
    }
    assert.deepEqual(stops.map((name) => name.replace(/\s+/g, ' ').replace(/\d+ nye/, 'n nye')), [
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
});

/** What has focus in the pane, by its label or its words; empty where focus is elsewhere. */
async function focused(pane: FrameLocator): Promise<string> {
  return await pane.locator('body').evaluate(() => {
    const element = document.activeElement;
    if (!document.hasFocus() || !(element instanceof HTMLElement) || element === document.body) return '';
    const label = element instanceof HTMLInputElement ? element.labels?.[0]?.innerText : undefined;
    return (element.getAttribute('aria-label') ?? label ?? element.innerText).trim();
  });
}

async function tabTo({ page, pane }: OutlookWithPane, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let tabs = 0; tabs < TABS_MAX; tabs += 1) {
    const now = await focused(pane);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not come to ${String(name)}`);
}
