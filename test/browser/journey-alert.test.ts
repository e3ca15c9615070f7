import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import type { ScriptChange } from '../../src/sandbox/outlook/page/script-change.ts';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { bar, fromDoor, inOutlook, pressSend, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';

const POINT = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk';
const NANCY = `Nancy Ann <2512489996-reply@${POINT}>`;
const REVISOR = 'Revisor <revisor@firma.example>';

interface Stop {
  readonly name: string;
  readonly mailbox?: string;
  readonly draft: ScriptChange;
  /** What stands in the box. */
  readonly box: RegExp;
  /** What the card says that has focus when the pane is opened from it. */
  readonly card: RegExp;
  /** The button of the card; or what is mended by hand in the mail. */
  readonly mend: string | ScriptChange;
}

const files = (count: number): NonNullable<ScriptChange['attachments']> => Array.from({ length: count }, (_one, n) => ({ name: `bilag-${n + 1}.txt`, text: 'Bilag' }));

const stops: readonly Stop[] = [
  {
    name: 'a number where an address should stand', draft: { to: [{ displayName: '251248-9996', emailAddress: '251248-9996' }] },
    box: /I Til står 251248-xxxx, som ikke er en mailadresse/, card: /Står i mailen som et nummer/, mend: 'Ret adressen',
  },
  {
    name: 'an address that looks like Digital Post’s', draft: { to: ['2512489996@35833684.ngdp.digitalpost.dk'] },
    box: /251248-xxxx@35833684\.ngdp\.digitalpost\.dk ligner en adresse til Digital Post, men er det ikke/, card: /Ligner en adresse til Digital Post/, mend: 'Ret adressen',
  },
  {
    name: 'a wrong address', draft: { to: [`251248-9996-reply@${POINT}`] },
    box: /Adressen 251248-xxxx-reply@.* er skrevet forkert: nummeret skal skrives uden bindestreg/, card: /Adressen er skrevet forkert/, mend: 'Ret adressen',
  },
  {
    name: 'eleven files', draft: { to: [NANCY], attachments: files(11) },
    box: /Den har 11 vedhæftninger, og Digital Post tager højst 10/, card: /11 vedhæftninger\. Digital Post tager højst 10/, mend: { attachments: files(10) },
  },
  {
    name: 'a kind of file that Digital Post does not take', draft: { to: [NANCY], attachments: [{ name: 'program.exe', text: 'MZ' }] },
    box: /Digital Post tager ikke imod: program\.exe/, card: /program\.exe kan ikke sendes med Digital Post/, mend: 'Fjern filen',
  },
  {
    name: 'what is for systems, to an outsider', draft: { to: [REVISOR], attachments: [{ name: 'MemoHeader.json', text: '{"version":1}' }] },
    box: /MemoHeader\.json indeholder oplysninger om en borger og må ikke sendes til revisor@firma\.example/, card: /MemoHeader\.json er til systemer/, mend: 'Fjern filen',
  },
  {
    name: 'a list of other length than its address tells', mailbox: 'sikkerpost@kommune.example',
    draft: { to: ['masseforsendelse-3@35833684.ngdp.digital-post.dk'], attachments: [{ name: 'masseforsendelse.txt', text: '2512489996\n2911829996\n' }] },
    box: /adressen siger 3 modtagere, men listen har 2/i, card: /Adressen siger 3 modtagere, men listen har 2/,
    mend: { to: ['masseforsendelse-2@35833684.ngdp.digital-post.dk'] },
  },
  {
    name: 'a CPR number in the subject', draft: { to: [NANCY], subject: 'Sag om 251248-9996' },
    box: /Der står et CPR-nummer i emnet/, card: /Der står et CPR-nummer i emnet/, mend: 'Fjern nummeret fra emnet',
  },
  {
    name: 'CPR numbers in a mail to an outsider', draft: { to: [REVISOR], bodyHtml: '<p>Det gælder 251248-9996.</p>' },
    box: /Der står CPR-numre i en mail til revisor@firma\.example, som er uden for kommunen/, card: /CPR-numre i en mail til/, mend: { bodyHtml: '<p>Det gælder sagen.</p>' },
  },
];

describe('Send is stopped with the reason, and the way out', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  /** A mail beside which the pane has been, so that the Smart Alert knows the organisation; the pane is shut. */
  const withPaneShut = async (mailbox: string | undefined, journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> =>
    await inOutlook(browser, sandbox, mailbox === undefined ? {} : { mailbox }, async (outlook) => {
      await writeMail(outlook);
      await outlook.pane.getByText(/^Ja\. Svar lander i /).waitFor();
      await outlook.page.getByRole('button', { name: 'Luk panelet' }).click();
      await journey(outlook);
    });
  const box = (page: Page): Locator => page.getByRole('alertdialog', { name: 'Digital Post' });
  const openFromBox = async (page: Page): Promise<void> => await box(page).getByRole('button', { name: 'Åbn Digital Post' }).click();
  const focusedCard = async (pane: FrameLocator): Promise<string> => await eventually(async () =>
    await pane.locator('body').evaluate(() => document.activeElement?.closest('[data-card]')?.textContent ?? null), 15_000);
  const sentMails = async (mailbox = 'jobcenter@kommune.example'): Promise<number> =>
    (await fromDoor<{ readonly sent: readonly unknown[] }>(sandbox, `/sandbox/outlook/mailboxes/${mailbox}`)).sent.length;

  for (const { name, mailbox, draft, box: words, card, mend } of stops) {
    it(name, async () => await withPaneShut(mailbox, async ({ page, pane }) => {
      const before = await sentMails(mailbox);
      await scripted(page, 'set', { subject: `Om ${name.slice(0, 20)}`, bodyHtml: '<p>Kære Nancy Ann</p>', ...draft });
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await box(page).waitFor();
      const said = await box(page).innerText();
      assert.match(said, /Beskeden er ikke sendt\./);
      assert.match(said, words);
      assert.doesNotMatch(said, /251248-?9996/);
      assert.equal(await sentMails(mailbox), before);
      await openFromBox(page);
      assert.match(await focusedCard(pane), card);
      if (typeof mend === 'string') await pane.locator('[data-grade="stop"]').getByRole('button', { name: mend }).click();
      else await scripted(page, 'set', mend);
      await bar(pane).filter({ hasText: 'Klar' }).or(pane.getByText('Du sender en almindelig mail')).first().waitFor();
      await eventually(async () => ((await pane.locator('[data-grade="stop"]').count()) === 0 ? true : null));
      await pressSend(page);
      assert.equal(await sentMails(mailbox), before + 1);
    }));
  }

  it('several at once stand in one box, and one after the other in the pane, which may stand already', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await scripted(page, 'set', { to: [NANCY, '291182-9996'], subject: 'Sag om 251248-9996', bodyHtml: '<p>Hej</p>', attachments: [{ name: 'program.exe', text: 'MZ' }] });
    await bar(pane).getByText('3 ting skal rettes').waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await box(page).getByText(/3 ting skal rettes: 291182-xxxx i Til, .*program\.exe.*, og CPR-nummer i emnet/).waitFor();
    await openFromBox(page);
    assert.match(await focusedCard(pane), /Står i mailen som et nummer/);
    for (const mend of ['Ret adressen', 'Fjern filen', 'Fjern nummeret fra emnet']) {
      const left = await pane.locator('[data-grade="stop"]').count();
      await pane.locator('[data-grade="stop"]').getByRole('button', { name: mend }).click();
      await eventually(async () => ((await pane.locator('[data-grade="stop"]').count()) === left - 1 ? true : null));
    }
    await pressSend(page);
  }));

  it('a stop leads to its own card, past what else must be put right above it', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await scripted(page, 'set', { to: [NANCY], subject: 'Sag', bodyHtml: '<p>Kære Nancy Ann</p>' });
    await pane.getByRole('button', { name: /^Flere oplysninger/ }).click();
    await pane.getByLabel('KLE-emne').fill('32.30');
    await pane.getByLabel('KLE-emne').press('Tab');
    await pane.getByText('Et KLE-emne skrives som').waitFor();
    await scripted(page, 'set', { subject: 'Sag om 251248-9996' });
    await bar(pane).getByText('2 ting skal rettes').waitFor();
    await pane.getByRole('button', { name: 'Sendt', exact: true }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await box(page).waitFor();
    await openFromBox(page);
    assert.match(await focusedCard(pane), /Der står et CPR-nummer i emnet/);
    await bar(pane).getByRole('button', { name: 'Vis' }).click();
    assert.match(await focusedCard(pane), /Et KLE-emne skrives som/);
  }));

  it('ordinary mail passes at once: to colleagues with numbers in it, to outsiders without', async () => await withPaneShut(undefined, async ({ page }) => {
    await scripted(page, 'set', { to: ['sagsbehandler@kommune.example'], subject: 'Om 251248-9996', bodyHtml: '<p>251248-9996</p>', attachments: files(11) });
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: true });
    await scripted(page, 'set', { to: [REVISOR], subject: 'Regnskab', bodyHtml: '<p>Hej</p>' });
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: true });
  }));
});
