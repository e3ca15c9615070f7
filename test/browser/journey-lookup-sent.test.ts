import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import type { FrameLocator, Locator } from 'playwright-core';
import { basic } from '../gateway/api/api-in-process.ts';
import { citizen } from '../journeys/citizens.ts';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { callsFindNobody, fromDoor, inOutlook, pressSend, rowOf, sentence, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
import { filesInZip } from './files-in-zip.ts';

const POINT = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk';
/** Long enough for somebody to press Stop on a busy machine, in milliseconds. */
const HELD_MS = 12_000;
const ARRIVES_MS = 90_000;
/** How long one stream of events lasts, so that a line that cannot be opened again shows soon. */
const STREAM_LIFE_MS = 3_000;
/** Of 300 on a list. */
const FAILING = ['1509819996', '0101851001', '3103979995'];

describe('a caseworker looks somebody up, and sees what became of what was sent', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox({ HOLD_SINGLE_MS: String(HELD_MS), HOLD_MASS_MS: '0', SENT_EVENTS_LIFE_MS: String(STREAM_LIFE_MS) });

  const writing = async (mailbox: string, journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> =>
    await inOutlook(browser, sandbox, { mailbox }, async (outlook) => {
      await writeMail(outlook);
      await journey(outlook);
    });
  const tab = (pane: FrameLocator, name: string): Locator => pane.getByRole('navigation').getByRole('button', { name, exact: true });
  const lookUp = async (pane: FrameLocator, text: string): Promise<void> => {
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill(text);
    await pane.getByRole('button', { name: 'Slå op', exact: true }).last().click();
  };
  const messageRow = (pane: FrameLocator, subject: string): Locator => pane.getByRole('article').filter({ has: pane.getByRole('heading', { name: subject }) });
  const send = async ({ page }: OutlookWithPane, to: readonly string[], subject: string): Promise<void> => {
    await scripted(page, 'set', { to, subject, bodyHtml: '<p>Goddag</p>' });
    await pressSend(page);
  };

  it('whoever may not look up has no Slå op', async () => await inOutlook(browser, sandbox, { mailbox: 'vikar@kommune.example' }, async ({ page, pane }) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await page.getByLabel('Fra').selectOption('jobcenter@kommune.example');
    await tab(pane, 'Sendt').waitFor();
    await eventually(async () => ((await tab(pane, 'Slå op').count()) === 0 ? true : null));
    assert.deepEqual(await pane.getByRole('navigation').getByRole('button').allInnerTexts(), ['Skriv', 'Sendt']);
  }));

  it('a citizen: the case is asked once, the number masked until the eye is pressed, and "Skriv til" writes to them', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    await tab(pane, 'Slå op').click();
    await lookUp(pane, '251248-9996');
    await pane.getByText('Skriv, hvilken sag det drejer sig om.').first().waitFor();
    await pane.getByLabel('Hvilken sag drejer det sig om?').fill('2026-4711');
    await pane.getByLabel('Hvilken sag drejer det sig om?').press('Enter');
    const found = pane.getByRole('listitem').filter({ hasText: 'Nancy Ann Test Berggren' });
    await found.getByText('Tilmeldt Digital Post').waitFor();
    assert.match(await found.innerText(), /251248-xxxx/);
    assert.doesNotMatch(await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').inputValue(), /9996/);
    await found.getByRole('button', { name: 'Vis nummeret for Nancy Ann Test Berggren' }).click();
    await found.getByText('251248-9996').waitFor();
    await lookUp(pane, '1111111118');
    await pane.getByText('Navne- og adressebeskyttet. Navnet vises ikke her.').waitFor();
    assert.equal(await pane.getByLabel('Hvilken sag drejer det sig om?').inputValue(), '2026-4711');
    await pane.getByRole('heading', { name: 'Seneste på sagen' }).waitFor();
    await lookUp(pane, '4102490000');
    await pane.getByText('Der findes ingen med det nummer.').waitFor();
    await lookUp(pane, '123');
    await pane.getByText('Et CPR-nummer har 10 cifre, og et CVR-nummer har 8. Du har skrevet 3.').waitFor();

    await lookUp(pane, '2911829996');
    await pane.getByRole('listitem').filter({ hasText: 'Kirsten' }).getByText('Tilmeldt Digital Post').waitFor();
    await pane.getByRole('button', { name: /^Skriv til Kirsten/ }).click();
    await sentence(pane).getByText(/^Du sender Digital Post til Kirsten/).waitFor();
    assert.deepEqual((await scripted(page, 'item'))?.to.map(({ emailAddress }) => emailAddress), [`2911829996-reply@${POINT}`]);
    assert.match((await scripted(page, 'item'))?.to[0]?.displayName ?? '', /^Kirsten .*\(Digital Post\)$/);
  }));

  it('companies by a part of their name, active ones only', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    await tab(pane, 'Slå op').click();
    await lookUp(pane, 'Bergs');
    await pane.getByRole('listitem').filter({ hasText: 'Bergs Tømrer ApS' }).getByText('CVR 87654321').waitFor();
    await lookUp(pane, 'Ophørt Handel');
    await pane.getByText('Ingen aktiv virksomhed hedder »Ophørt Handel«.').waitFor();
    await lookUp(pane, '56781234');
    await pane.getByText('Ophørt 31. december 2024').waitFor();
    await lookUp(pane, '87654321');
    await pane.getByRole('button', { name: 'Skriv til Bergs Tømrer ApS' }).first().click();
    await rowOf(pane, 'Bergs Tømrer ApS').waitFor();
    assert.deepEqual((await scripted(page, 'item'))?.to.map(({ emailAddress }) => emailAddress), [`87654321-reply@${POINT}`]);
  }));

  it('Sendt, live: what is held is stopped, or becomes delivered by itself; the failed go again; the proof is fetched', async () => await writing('jobcenter@kommune.example', async (outlook) => {
    const { page, pane } = outlook;
    await send(outlook, [`2512489996-reply@${POINT}`], 'Stoppes');
    await writeMail(outlook);
    await tab(pane, 'Sendt').click();
    await messageRow(pane, 'Stoppes').getByText(/Sendes kl\./).waitFor();
    await messageRow(pane, 'Stoppes').getByRole('button', { name: 'Stop' }).click();
    await messageRow(pane, 'Stoppes').getByText('Stoppet. Ingen har fået den.').waitFor();

    // Sent while Sendt stands: nobody reloads it.
    await scripted(page, 'set', { to: [`2512489996-reply@${POINT}`, `1509819996-reply@${POINT}`], subject: 'Et brev', bodyHtml: '<p>Goddag</p>' });
    await pressSend(page);
    await writeMail(outlook);
    await tab(pane, 'Sendt').click();
    const row = messageRow(pane, 'Et brev').first();
    await row.getByText(/Sendes kl\./).waitFor();
    await row.getByText('Leveret til 1 af 2, 1 fejlede').waitFor({ timeout: ARRIVES_MS });
    await row.getByRole('button', { name: 'Vis modtagere' }).click();
    await row.getByText('150981-xxxx').waitFor();
    await row.getByText(/Ikke leveret: ikke tilmeldt/).waitFor();
    const download = page.waitForEvent('download');
    await row.getByRole('button', { name: 'Hent bevis' }).click();
    const proof = filesInZip(await readFile(await (await download).path()));
    assert.match([...proof.keys()].join(' '), /\.xml|\.pdf|\.txt|\.json|\.html/);
    assert.match([...proof.values()].map((content) => content.toString('utf8')).join('\n'), /Et brev/);
    await row.getByRole('button', { name: 'Send igen til den, der fejlede' }).click();
    await pane.getByText('Sendes igen til 1.').first().waitFor();
    await eventually(async () => ((await messageRow(pane, 'Et brev').count()) === 2 ? true : null), 15_000);
    await pane.getByRole('button', { name: /^Ikke leveret/ }).click();
    await eventually(async () => ((await messageRow(pane, 'Stoppes').count()) === 0 ? true : null));
    await messageRow(pane, 'Et brev').last().waitFor();
    assert.ok((await fromDoor<readonly { readonly label: string }[]>(sandbox, '/sandbox/ngdp/messages')).every(({ label }) => label !== 'Stoppes'));
  }));

  it('Beskeden: my own sent mail with what became of each; a receipt leads to Sendt', async () => await inOutlook(browser, sandbox, { mailbox: 'jobcenter@kommune.example' }, async ({ page, pane }) => {
    const folders = page.getByRole('navigation', { name: 'Mapper' });
    await folders.getByRole('button', { name: 'Sendt post' }).click();
    await page.getByRole('button', { name: /Et brev/ }).click();
    const openPane = page.getByLabel('Mail').getByRole('button', { name: 'Digital Post', exact: true });
    await openPane.click();
    await sentence(pane).getByText(/^Du sendte Digital Post til .*2.modtagere som Jobcenter\. Leveret til 1 af 2, 1 fejlede\.$/).waitFor();
    await pane.getByText(/Ikke leveret: ikke tilmeldt/).waitFor();
    await folders.getByRole('button', { name: /^Indbakke/ }).click();
    await page.getByRole('button', { name: /Kvittering: Et brev/ }).last().click();
    if ((await openPane.getAttribute('aria-expanded')) === 'false') await openPane.click();
    await sentence(pane).getByText('Kvittering for »Et brev«').waitFor();
    await pane.getByRole('button', { name: 'Vis under Sendt' }).click();
    await messageRow(pane, 'Et brev').first().waitFor();
    assert.equal(await tab(pane, 'Sendt').getAttribute('aria-current'), 'page');
    await eventually(async () => ((await pane.locator('article:focus').count()) === 1 ? true : null));
  }));

  it('Beskeden names each as the mail does, and sends again to the one who failed, and fetches the proof', async () => await writing('jobcenter@kommune.example', async (outlook) => {
    const { page, pane } = outlook;
    await send(outlook, [
      `Kirsten Test Madsen (Digital Post) <2911829996-reply@${POINT}>`, `111111-xxxx (Digital Post) <1111111118-reply@${POINT}>`,
      `Tove Test Lund (Digital Post) <1509819996-reply@${POINT}>`, 'sikkerpost@kommune.example',
    ], 'Med navne');
    await writeMail(outlook);
    await tab(pane, 'Sendt').click();
    const row = messageRow(pane, 'Med navne').first();
    await row.getByText('Leveret til 3 af 4, 1 fejlede').waitFor({ timeout: ARRIVES_MS });
    await row.getByRole('button', { name: 'Vis modtagere' }).click();
    await row.getByText('Tove Test Lund', { exact: true }).waitFor();
    assert.deepEqual(await row.getByRole('listitem').locator('p:first-child').allInnerTexts(), ['Kirsten Test Madsen', '111111-xxxx', 'Tove Test Lund', 'sikkerpost@kommune.example']);
    assert.doesNotMatch(await row.innerText(), /291182|150981/);

    await page.getByRole('navigation', { name: 'Mapper' }).getByRole('button', { name: 'Sendt post' }).click();
    await page.getByRole('button', { name: /Med navne/ }).click();
    const openPane = page.getByLabel('Mail').getByRole('button', { name: 'Digital Post', exact: true });
    if ((await openPane.getAttribute('aria-expanded')) === 'false') await openPane.click();
    await sentence(pane).getByText(/^Du sendte Digital Post og almindelig mail til 4.modtagere som Jobcenter\./).waitFor();
    const failed = pane.getByRole('listitem').filter({ hasText: 'Tove Test Lund' });
    await failed.getByText('Ikke leveret: ikke tilmeldt').waitFor();
    const download = page.waitForEvent('download');
    await pane.getByRole('button', { name: 'Hent bevis' }).click();
    const proof = filesInZip(await readFile(await (await download).path()));
    assert.match(proof.get('forloeb.json')?.toString('utf8') ?? '', /"nameInMail": "Tove Test Lund"/);
    const wrong = page.waitForEvent('download');
    await pane.getByRole('button', { name: 'Gik den til en forkert?' }).click();
    assert.match(filesInZip(await readFile(await (await wrong).path())).get('fejlforsendelse.txt')?.toString('utf8') ?? '', /1\. 2911829996, Digital Post, leveret/);
    await pane.getByText(/Fristen er 72 timer\./).first().waitFor();
    await failed.getByRole('button', { name: 'Send igen til den, der fejlede' }).click();
    await pane.getByText('Sendes igen til 1.').waitFor();
    await eventually(async () => ((await pane.getByRole('button', { name: 'Send igen til den, der fejlede' }).count()) === 0 ? true : null));
  }));

  it('a mass send of 300 that a program sent stands among those of the mailbox; the three who did not get it are shown, by their lines', async () => await writing('jobcenter@kommune.example', async ({ pane }) => {
    const recipients = [...Array.from({ length: 297 }, (_, n) => citizen(n))];
    for (const [n, number] of FAILING.entries()) recipients.splice(100 * n + 40, 0, number);
    const answer = await fetch(`${sandbox.url}/api/mass-sends`, {
      method: 'POST', headers: { authorization: basic('fagsystem', 'kun-til-oevelse'), 'content-type': 'application/json' },
      body: JSON.stringify({ from: 'jobcenter@kommune.example', sender: POINT.split('.')[0], subject: 'Til mange', text: 'Kære alle', recipients }),
    });
    assert.equal(answer.status, 202);
    await tab(pane, 'Sendt').click();
    await messageRow(pane, 'Med navne').first().waitFor();
    assert.equal(await messageRow(pane, 'Til mange').count(), 0);
    await pane.getByLabel('Hvis beskeder').selectOption('Alle mine postkasser');
    const row = messageRow(pane, 'Til mange');
    await row.getByText('Leveret til 297 af 300, 3 fejlede').waitFor({ timeout: ARRIVES_MS });
    await row.getByText('Skrevet af fagsystem').waitFor();
    await row.getByRole('button', { name: 'Send igen til de 3, der fejlede' }).waitFor();
    assert.equal(await row.getByRole('button', { name: 'Hent bevis' }).count(), 0);
    await row.getByRole('button', { name: 'Vis forløb' }).click();
    await pane.getByText('Linje 241').waitFor();
    assert.deepEqual((await pane.getByRole('listitem').allInnerTexts()).map((text) => text.split(/\s*\n+\s*/).slice(0, 2)), [['150981-xxxx', 'Linje 41'], ['010185-xxxx', 'Linje 141'], ['310397-xxxx', 'Linje 241']]);
    await pane.getByRole('button', { name: 'Tilbage' }).click();
    await eventually(async () => ((await row.getByRole('button', { name: 'Vis forløb' }).evaluate((button) => button === document.activeElement)) ? true : null));
  }));

  it('a line that is lost while Sendt stands is said, and all is fresh when it is back, without a press', async () => await inOutlook(browser, sandbox, { mailbox: 'jobcenter@kommune.example', expected: callsFindNobody }, async (outlook) => {
    const { pane, context } = outlook;
    await writeMail(outlook);
    await send(outlook, [`Nancy Ann Test Berggren (Digital Post) <2512489996-reply@${POINT}>`], 'Uden linje');
    await writeMail(outlook);
    await tab(pane, 'Sendt').click();
    const row = messageRow(pane, 'Uden linje');
    await row.getByText(/Sendes kl\./).waitFor();
    await row.getByText('Nancy Ann Test Berggren · Jobcenter').waitFor();
    await context.route('**/api/**', async (route) => await route.abort());
    await pane.getByText(/^Hentet /).waitFor();
    await pane.getByText(/Ingen forbindelse til serveren/).first().waitFor();
    await row.getByText('Nancy Ann Test Berggren · Jobcenter').waitFor();
    await context.unroute('**/api/**');
    await row.getByText(/^Leveret/).waitFor({ timeout: ARRIVES_MS });
    await eventually(async () => ((await pane.getByText(/^Hentet /).count()) === 0 ? true : null));
    assert.equal(await pane.getByText(/Ingen forbindelse til serveren/).count(), 0);
  }));
});
