import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { mergePdfs } from '../../src/pdf/merge-pdfs.ts';
import { pdfText } from '../../src/pdf/pdf-text.ts';
import { textLetter } from '../pdf/letters.ts';
import { eventually } from '../sandbox/eventually.ts';
import type { MessageRow } from '../journeys/running-sandbox.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { paneFrame } from './look-closely.ts';
import { allChecked, manyRows, numberOf, openSendToMany, pasteBox, readList } from './mass-list-world.ts';
import { scripted } from './outlook-world.ts';
import { bar, callsFindNobody, fromDoor, inOutlook, pressSend, rowOf, sentence, tellDoor, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';

const MAILBOX = 'sikkerpost@kommune.example';
const LIST = '2512489996\n2911829996\n';
const stops = async (pane: FrameLocator): Promise<string> => (await pane.locator('[data-grade="stop"]').allInnerTexts()).join('\n');

/** A company that the registry says is about to be registered, and the network knows nobody by. */
const NOT_YET = '30303030';
/** Thousand recipients on a machine with much else to do. */
const ARRIVES_MS = 120_000;

/** A thousand who can receive, as far as anybody knows; after them one who cannot, and one who stands there before. */
const THOUSAND = [manyRows(999), `${NOT_YET}\tNy Virksomhed\t2026-3001`, '1509819996\tTove\t2026-3002', `${numberOf(0)}\tPerson 0\t2026-3003`, ''].join('\r\n');

async function paste({ page, pane, context }: OutlookWithPane, text: string): Promise<void> {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async (one) => await navigator.clipboard.writeText(one), text);
  await pasteBox(pane).focus();
  await page.keyboard.press('Control+V');
}

/** What has the focus in the pane says. */
async function focusedText(page: Page): Promise<string> {
  return await (await paneFrame(page)).evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.innerText.trim() : ''));
}

/** A PDF of these letters, a page each. */
async function oneAfterAnother(letters: readonly string[]): Promise<Buffer> {
  const parts = letters.map((text) => ({ title: 'x', bytes: textLetter(text).pdf }));
  return Buffer.from((await mergePdfs({ title: 'Breve', parts, pagesMax: 9 })).pdf);
}

/** The text of each page of the letter in a message, as the network got it. */
async function pagesOf(memo: string): Promise<readonly string[]> {
  const [pdf = ''] = /JVBERi[A-Za-z0-9+/=\s]+/.exec(memo) ?? [];
  return (await pdfText(Buffer.from(pdf, 'base64'), { pagesMax: 9, charactersMax: 9_999 })) ?? [];
}

/** Every file of the draft but the list, which becomes this; null: it is taken out. */
async function listBecomes(page: Page, text: string | null): Promise<void> {
  const others = ((await scripted(page, 'item'))?.attachments ?? []).filter(({ name }) => name !== 'masseforsendelse.txt').map(({ id }) => ({ id }));
  await scripted(page, 'set', { attachments: [...others, ...(text === null ? [] : [{ name: 'masseforsendelse.txt', text }])] });
}

/** Leaves the mail that is written, and opens it again as a draft. */
async function takeUpAgain({ page }: OutlookWithPane, subject: RegExp): Promise<void> {
  await page.getByRole('button', { name: /^Indbakke/ }).click();
  await page.getByLabel('Ny mail').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Kladder/ }).click();
  await page.getByRole('button', { name: subject }).click();
}

describe('the same message to many', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  it('goes from a paste into the mail, is seen when it no longer agrees, is mended by a press, and taken out again', async () => await inOutlook(browser, sandbox, { mailbox: MAILBOX }, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await scripted(page, 'set', { subject: 'Takster', bodyHtml: '<p>Kære borger</p><p>Taksterne er ændret.</p>' });
    await pane.getByRole('button', { name: 'Send samme besked til mange' }).click();
    await pane.getByLabel('Indsæt listen').fill(LIST);
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await pane.getByRole('button', { name: /^Fortsæt med 2$/ }).click();
    await pane.getByRole('heading', { name: 'Se efter, før du sender' }).waitFor();
    await sentence(pane).getByText(/til 2\s?modtagere hver for sig/).waitFor();
    await pane.getByText('Mailens tekst, 1 side').waitFor();
    await pane.getByRole('button', { name: 'Læg listen i mailen' }).click();
    await pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await rowOf(pane, '2 modtagere på listen').waitFor();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();

    await scripted(page, 'set', { bodyHtml: '<p>Kære borger</p><p>Taksterne er ikke ændret.</p>' });
    await pane.getByRole('button', { name: 'Lav brevet igen' }).click();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();
    assert.equal(await stops(pane), '');

    await scripted(page, 'set', { to: ['masseforsendelse-3@35833684.ngdp.digital-post.dk'] });
    await pane.getByRole('button', { name: 'Ret adressen til 2' }).click();
    await rowOf(pane, '2 modtagere på listen').waitFor();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();

    await pane.getByRole('button', { name: 'Vis listen' }).click();
    await pane.getByText('251248-xxxx').or(pane.getByText('Nancy')).first().waitFor();
    await pane.getByRole('heading', { name: 'Send til mange' }).waitFor();
    await pane.getByRole('button', { name: 'Fortsæt med 2' }).click();
    await pane.getByText('Mailens tekst, 1 side').or(pane.getByText('body.pdf')).first().waitFor();
    await pane.getByRole('button', { name: 'Læg listen i mailen' }).click();
    await pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await rowOf(pane, '2 modtagere på listen').getByRole('button', { name: /^Fjern/ }).click();
    await eventually(async () => ((await pane.locator('[data-row]').count()) === 0 ? true : null));
    assert.equal(await page.getByText('masseforsendelse.txt').count(), 0);
    assert.equal(await page.getByText('body.pdf').count(), 0);
  }));

  it('gives each their own letter from the columns of the list, seen before it is sent, and filled in by the gateway', async () => await inOutlook(browser, sandbox, { mailbox: MAILBOX }, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await scripted(page, 'set', { subject: 'Plads til {Barn}', bodyHtml: '<p>Kære <b>{For</b>ælder}</p><p>{Barn} har fået plads.</p>' });
    await pane.getByRole('button', { name: 'Send samme besked til mange' }).click();
    await pane.getByLabel('Indsæt listen').fill('CPR\tForælder\tBarn\n251248-9996\tNancy\tOlga\n291182-9996\tBo & Ib\t\n');
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await pane.getByRole('button', { name: /^Fortsæt med 2$/ }).click();
    await pane.getByRole('radio', { name: /Felter i teksten, fx \{Forælder\}/, checked: true }).waitFor();
    await pane.getByText('1 modtager mangler {Barn}.').waitFor();
    assert.equal(await pane.getByRole('button', { name: 'Læg listen i mailen' }).getAttribute('aria-disabled'), 'true');
    await scripted(page, 'set', { subject: 'Plads', bodyHtml: '<p>Kære <b>{For</b>ælder}</p><p>Der er plads.</p>' });
    await pane.getByText('mangler {Barn}').waitFor({ state: 'detached' });
    await pane.getByRole('button', { name: 'Se brevene' }).click();
    await pane.getByText('Brev 1 af 2').waitFor();
    await pane.getByText('Kære Nancy').first().waitFor({ state: 'attached' });
    await pane.getByRole('button', { name: 'Næste' }).click();
    await pane.getByText('Kære Bo & Ib').first().waitFor({ state: 'attached' });
    await pane.getByRole('button', { name: 'Læg listen i mailen' }).click();
    await pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
    await page.getByText('masseforsendelse.csv').first().waitFor();
    assert.equal(await page.getByText('body.pdf').count(), 0);

    await takeUpAgain(outlook, /Plads/);
    await rowOf(pane, '2 modtagere på listen').waitFor();
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    const { bodyHtml: text = '' } = (await scripted(page, 'item')) ?? {};
    await scripted(page, 'set', { bodyHtml: '<p>Kære {Forælder}</p><p>Du har fået plads den {Dato}.</p>' });
    const misfit = pane.locator('[data-card]').filter({ hasText: 'masseforsendelse.csv passer ikke til listen eller til felterne i teksten.' });
    await misfit.waitFor();
    await bar(pane).getByText('1 ting skal rettes').waitFor();
    await misfit.getByRole('button', { name: 'Vis listen' }).click();
    await pane.getByRole('region', { name: '2 linjer' }).waitFor();
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await scripted(page, 'set', { bodyHtml: text });
    await misfit.waitFor({ state: 'detached' });
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    await listBecomes(page, null);
    await pane.getByRole('button', { name: 'Læg den i igen' }).click();
    await pane.getByRole('region', { name: '2 linjer' }).waitFor();
    await pane.getByRole('button', { name: /^Fortsæt med 2$/ }).click();
    await pane.getByRole('radio', { name: /Felter i teksten, fx \{Forælder\}/, checked: true }).waitFor();
    await pane.getByRole('button', { name: 'Læg listen i mailen' }).click();
    await pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: true });
    const messages = async (): Promise<readonly MessageRow[]> => await (await fetch(`${sandbox.url}/sandbox/ngdp/messages`)).json() as readonly MessageRow[];
    await eventually(async () => ((await messages()).filter(({ label }) => label === 'Plads').length === 2 ? true : null));
  }));

  it('gives each their own pages of one PDF, seen before they are sent, and nothing while anything is in doubt', async () => await inOutlook(browser, sandbox, { mailbox: MAILBOX }, async (outlook) => {
    const { page, pane } = outlook;
    const choose = async (name: string, ...letters: readonly string[]): Promise<void> =>
      await pane.getByLabel(/^Vælg (en anden )?PDF$/).setInputFiles({ name, mimeType: 'application/pdf', buffer: await oneAfterAnother(letters) });
    await writeMail(outlook);
    await scripted(page, 'set', { subject: 'Plads i børnehave', bodyHtml: '<p>Se brevet.</p>' });
    await pane.getByRole('button', { name: 'Send samme besked til mange' }).click();
    await readList(pane, 'CPR\tNavn\n251248-9996\tNancy\n291182-9996\tBo\n');
    await pane.getByRole('button', { name: /^Fortsæt med 2$/ }).click();
    await pane.getByRole('radio', { name: /Én PDF, der deles efter numrene på siderne/ }).check();
    await pane.getByText('Vælg PDF’en med alle brevene.').waitFor();
    const put = pane.getByRole('button', { name: 'Læg listen i mailen' });
    assert.equal(await put.getAttribute('aria-disabled'), 'true');

    await choose('breve.pdf', 'Forside', 'Kære Nancy\n\nCPR-nr. 251248-9996', 'Kære Tove\n\nCPR-nr. 150981-9996');
    await pane.getByText('1 modtager har ingen sider.').waitFor();
    await pane.getByText('Side 1 kommer før det første nummer.').waitFor();
    await pane.getByText('Side 3: 150981-xxxx er ikke på listen.').waitFor();
    await pane.getByRole('row', { name: /^291182-xxxx Bo Ingen sider$/ }).waitFor();
    assert.equal(await put.getAttribute('aria-disabled'), 'true');

    const letters = ['Kære Bo\n\nCPR-nr. 291182-9996', 'Kære Nancy\n\nCPR-nr. 251248-9996', 'Hilsen kommunen'];
    await choose('breve.pdf', ...letters);
    await pane.getByText('2 breve fra breve.pdf.').waitFor();
    await pane.getByRole('row', { name: /^251248-xxxx Nancy Side 2–3/ }).waitFor();
    await pane.getByRole('row', { name: /^291182-xxxx Bo Side 1/ }).waitFor();
    assert.doesNotMatch(await pane.locator('body').innerText(), /\d{6}-?\d{4}/);
    await pane.getByRole('button', { name: 'Se brevet: 251248-xxxx Nancy' }).click();
    await pane.getByText('Kære Nancy').first().waitFor({ state: 'attached' });
    await pane.getByRole('button', { name: 'Næste' }).click();
    await pane.getByText('Kære Bo').first().waitFor({ state: 'attached' });
    assert.equal(await pane.getByText('Kære Nancy').count(), 0);

    // One that lies in the mail would go to everybody.
    await scripted(page, 'set', { attachments: [{ name: 'alle.pdf', base64: (await oneAfterAnother(letters)).toString('base64') }] });
    await pane.getByRole('button', { name: 'Brug alle.pdf fra mailen' }).click();
    await pane.getByText('2 breve fra alle.pdf.').waitFor();
    await pane.getByText('Fjern alle.pdf fra mailen. Den ville gå til alle.').waitFor();
    assert.equal(await put.getAttribute('aria-disabled'), 'true');
    await pane.getByRole('button', { name: 'Fjern alle.pdf' }).click();
    await pane.getByText('Den ville gå til alle.').waitFor({ state: 'detached' });
    assert.match(await focusedText(page), /^2 breve fra alle\.pdf\./);
    await put.click();
    await pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
    const names = async (): Promise<readonly string[]> => ((await scripted(page, 'item'))?.attachments ?? []).map(({ name }) => name).sort();
    assert.deepEqual(await names(), ['2512489996.pdf', '2911829996.pdf', 'masseforsendelse.txt']);
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await rowOf(pane, '2 modtagere på listen').getByRole('button', { name: /^Fjern/ }).click();
    await pane.locator('main').getByText('Listen, de 2 breve og adressen er taget ud af mailen.').waitFor();
    assert.deepEqual([await names(), (await scripted(page, 'item'))?.to], [[], []]);
    await pane.getByRole('button', { name: /^Fortryd: Listen/ }).click();
    await rowOf(pane, '2 modtagere på listen').waitFor();
    await eventually(async () => ((await names()).length === 3 ? true : null));
    assert.deepEqual(await names(), ['2512489996.pdf', '2911829996.pdf', 'masseforsendelse.txt']);
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: true });
    const sent = await eventually(async () => {
      const all = (await fromDoor<readonly MessageRow[]>(sandbox, '/sandbox/ngdp/messages')).filter(({ label }) => label === 'Plads i børnehave');
      return all.length === 2 ? all : null;
    }, 30_000);
    const got = await Promise.all(sent.map(async ({ recipientID, messageUUID }) => [recipientID, await pagesOf(await (await fetch(`${sandbox.url}/sandbox/ngdp/messages/${messageUUID}`)).text())] as const));
    const pagesTo = new Map(got);
    assert.deepEqual([pagesTo.get('2512489996')?.length, pagesTo.get('2911829996')?.length], [2, 1]);
    assert.match(pagesTo.get('2512489996')?.join() ?? '', /^(?!.*Bo)[^]*Kære Nancy[^]*Hilsen kommunen/);
    assert.match(pagesTo.get('2911829996')?.join() ?? '', /^(?!.*Nancy)[^]*Kære Bo/);
  }));

  it('goes to a thousand, from the paste to the last receipt: the board moves and says so, and who did not get it is fetched and kept', async () => await inOutlook(browser, sandbox, { mailbox: MAILBOX }, async (outlook) => {
    const { page, pane } = outlook;
    await openSendToMany(outlook);
    await scripted(page, 'set', { subject: 'Takster 2027', bodyHtml: '<p>Kære borger</p><p>Taksterne er ændret.</p>' });
    await paste(outlook, THOUSAND);
    await pane.getByRole('button', { name: 'Læs listen' }).click();
    await allChecked(pane);
    await pane.getByRole('button', { name: 'Tag 2 ud, og fortsæt med 1.000' }).click();
    await sentence(pane).getByText(/til 1\.?000\s?modtagere hver for sig/).waitFor();
    await pane.getByText('2 er taget ud').waitFor();
    const put = pane.getByRole('button', { name: 'Læg listen i mailen' });
    assert.equal(await put.isDisabled(), true, 'the count is asked for');
    await pane.getByLabel('Skriv antallet af modtagere').fill('1.002');
    await pane.getByLabel('Skriv antallet af modtagere').blur();
    await pane.getByText('Du har skrevet 1.002. Listen har 1.000.').waitFor();
    await pane.getByLabel('Skriv antallet af modtagere').fill('1.000');
    await put.click();
    await pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
    const item = await scripted(page, 'item');
    assert.deepEqual(item?.to.map(({ displayName, emailAddress }) => [displayName, emailAddress.split('@')[0]]), [['1.000 modtagere (Digital Post)', 'masseforsendelse-1000']]);
    assert.deepEqual(item?.attachments.map(({ name }) => name).sort(), ['body.pdf', 'masseforsendelse.txt']);

    await tellDoor(sandbox, 'POST', '/sandbox/ngdp/receipts', { withhold: true });
    await pressSend(page);
    await writeMail(outlook);
    await pane.getByRole('button', { name: 'Sendt', exact: true }).click();
    await pane.getByRole('article').filter({ hasText: 'Takster 2027' }).getByRole('button', { name: 'Vis forløb' }).click({ timeout: ARRIVES_MS });
    const figures = pane.locator('dl > div');
    await pane.getByText('0 af 1.000 leveret').waitFor({ timeout: ARRIVES_MS });
    await figures.filter({ hasText: /1\.000\s*Undervejs/ }).waitFor({ timeout: ARRIVES_MS });
    await tellDoor(sandbox, 'POST', '/sandbox/ngdp/receipts', { withhold: false });
    await pane.locator('main').getByText('Færdig: 999 leveret, 1 ikke leveret').waitFor({ timeout: ARRIVES_MS });
    await pane.locator('[aria-live="polite"]').getByText('Færdig: 999 leveret, 1 ikke leveret').waitFor({ state: 'attached' });
    assert.equal(await focusedText(page), 'Takster 2027', 'what moves by itself takes no focus');
    assert.deepEqual((await figures.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')), ['999 Leveret', '1 Fejlet', '0 Stoppet']);
    await pane.getByText('Linje 1000').waitFor();
    await pane.getByText('Ikke leveret: ikke tilmeldt').waitFor();
    await pane.getByRole('button', { name: 'Send igen til den, der fejlede' }).waitFor();

    const [download] = await Promise.all([page.waitForEvent('download'), pane.getByRole('button', { name: 'Hent fejllisten' }).click()]);
    assert.match(await readFile(await download.path(), 'utf8'), /^\ufeffLinje;Modtager;Kanal;Årsag;Fejlkode;Tidspunkt\r\n1000;30303030;Digital Post;[^\r\n]+\r\n$/);
    const token = await (await fetch(`${sandbox.url}/sandbox/entra/tokens`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person: 'admin@kommune.example' }) })).json() as { readonly access_token: string };
    const looks = await fetch(`${sandbox.url}/api/v1/audit/search`, {
      method: 'POST', headers: { 'authorization': `Bearer ${token.access_token}`, 'content-type': 'application/json' }, body: JSON.stringify({ number: NOT_YET, action: 'failures', purpose: 'Tilsyn' }),
    });
    const { entries } = await looks.json() as { readonly entries: readonly { readonly mailbox: string | null }[] };
    assert.deepEqual(entries.map(({ mailbox }) => mailbox), [MAILBOX]);

    const got = await fromDoor<readonly { readonly label: string; readonly recipientID: string }[]>(sandbox, '/sandbox/ngdp/messages');
    assert.equal(new Set(got.filter(({ label }) => label === 'Takster 2027').map(({ recipientID }) => recipientID)).size, 1_000, 'each once');
    await page.getByRole('button', { name: /^Indbakke/ }).click();
    await page.getByRole('button', { name: /Kvittering: Takster 2027 – 999 leveret, 1 fejlet/ }).waitFor({ timeout: ARRIVES_MS });
  }));

  it('stays one whole, with a gateway that is away, a list that is removed or changed by hand, and a draft that is taken up again', async () => await inOutlook(browser, sandbox, { mailbox: MAILBOX, expected: callsFindNobody }, async (outlook) => {
    const { page, pane, context } = outlook;
    await openSendToMany(outlook);
    await scripted(page, 'set', { subject: 'Nye åbningstider', bodyHtml: '<p>Kære borger</p>' });
    await readList(pane, `${LIST}87654321\n`);
    await pane.getByRole('button', { name: 'Fortsæt med 3' }).click();
    await pane.getByText('Mailens tekst, 1 side').waitFor();
    await context.route('**/api/v1/render', async (route) => await route.abort());
    await pane.getByRole('button', { name: 'Læg listen i mailen' }).click();
    await pane.getByRole('alert').getByText(/Brevet kan ikke laves uden forbindelse/).waitFor();
    assert.deepEqual([(await scripted(page, 'item'))?.to, (await scripted(page, 'item'))?.attachments], [[], []], 'nothing is half there');
    await context.unroute('**/api/v1/render');
    // By keyboard: the press leads on to the bar that says what is to be done now.
    await pane.getByRole('button', { name: 'Læg listen i mailen' }).focus();
    await page.keyboard.press('Enter');
    await pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
    await eventually(async () => ((await focusedText(page)).startsWith('Klar') ? true : null));
    await pane.getByRole('button', { name: 'Tilbage' }).click();

    await listBecomes(page, null);
    await pane.getByText('Listen masseforsendelse.txt er væk fra mailen.').waitFor();
    await pane.getByRole('button', { name: 'Læg den i igen' }).click();
    await pane.getByRole('button', { name: 'Læg listen i mailen' }).click();
    await pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();

    await listBecomes(page, LIST);
    await pane.getByText('Adressen siger 3 modtagere, men listen har 2.').waitFor();
    await pane.getByRole('button', { name: 'Vis listen' }).click();
    await pane.getByRole('region', { name: '2 linjer' }).waitFor();
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await eventually(async () => ((await focusedText(page)) === 'Vis listen' ? true : null));
    await pane.getByRole('button', { name: 'Ret adressen til 2' }).click();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();

    await scripted(page, 'set', { bodyHtml: '<p>Kære borger</p><p>Vi åbner kl. 9.</p>' });
    await pane.getByRole('button', { name: 'Lav brevet igen' }).waitFor();
    await takeUpAgain(outlook, /Nye åbningstider/);
    await rowOf(pane, '2 modtagere på listen').waitFor();
    await pane.getByRole('button', { name: 'Lav brevet igen' }).click();
    await bar(pane).filter({ hasText: 'Klar' }).waitFor();
    assert.equal(await stops(pane), '');
    await pane.getByRole('button', { name: 'Vis listen' }).click();
    await pane.getByRole('region', { name: '2 linjer' }).waitFor();
  }));
});
