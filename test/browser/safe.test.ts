import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { paneFrame } from './look-closely.ts';
import { keptBy } from './kept-by-browser.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, bar, recipientField, rowOf, tellDoor, writeMail as openMail, type OutlookWithPane } from './pane-in-outlook.ts';
import { openedOn } from './pane-states.ts';

/** Words that would run where somebody makes a page of them; each calls `hit`. */
const ATTACKS = [
  '<script>hit()</script>', '<ScRiPt>hit()</sCrIpT>', '<img src=x onerror=hit()>', '"><svg onload=hit()>', '\'-hit()-\'', 'javascript:hit()',
  '<a href="javascript:hit()" id=klik>klik</a>', '<iframe srcdoc="<script>parent.hit()</script>">', '<details open ontoggle=hit()>x</details>', '<style>*{background:url("javascript:hit()")}</style>',
  '${hit()}', '{{constructor.constructor("hit()")()}}', '&lt;script&gt;hit()&lt;/script&gt;', '&#60;img src=x onerror=hit()&#62;', '<math><mtext><script>hit()</script>',
  '\u202e<script>hit()</script>', '<object data="data:text/html,<script>parent.hit()</script>">', '</textarea></style><img src=x onerror=hit()>', '%3Cscript%3Ehit()%3C/script%3E',
  '<form action="javascript:hit()"><input type=submit autofocus onfocus=hit()>', `<b>${'langt '.repeat(60)}</b><img src=x onerror=hit()>`,
] as const;
/** A citizen of the exercise for each of them (DDMM01xxxx). */
const numberOf = (n: number): string => `${String(n + 1).padStart(2, '0')}03011001`;
/** Ten digits as people write a CPR number, by themselves. */
const CPR_NUMBER = /(?<![\da-f-])\d{6}-?\d{4}(?![\da-f-])/i;

describe('what others write', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  before(async () => {
    for (const [n, name] of ATTACKS.entries()) await tellDoor(sandbox, 'PUT', '/sandbox/registers/cpr', { number: numberOf(n), answer: { name } });
    await tellDoor(sandbox, 'PUT', '/sandbox/registers/cvr', { number: '87654321', answer: { name: `Tømrer ${ATTACKS[2]}` } });
  });

  const unhurt = async (test: (outlook: OutlookWithPane) => Promise<void>): Promise<void> => {
    const outlook = await openedOn(browser, sandbox);
    const hits = await watchHits(outlook);
    try {
      await test(outlook);
      assert.deepEqual([hits, outlook.cspReports], [[], []]);
      assert.deepEqual(await madeOfWords(outlook.page), []);
    } finally {
      await outlook.context.close();
    }
  };

  it('as names in the registers is shown as it is written, in Skriv and in the mail', async () => await unhurt(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await addRecipients(pane, ATTACKS.map((_, n) => numberOf(n)).join(', '));
    const fold = pane.getByRole('button', { name: `${ATTACKS.length} kan få beskeden` });
    await fold.click();
    await rowOf(pane, '<script>hit()</script>').first().waitFor();
    const names = await pane.locator('[data-row] h3').allInnerTexts();
    for (const attack of [ATTACKS[0], ATTACKS[2], ATTACKS[10], ATTACKS[12]]) assert.ok(names.includes(attack), `${attack} is among ${JSON.stringify(names)}`);
    await eventually(async () => ((await scripted(page, 'item'))?.to.length === ATTACKS.length ? true : null));
    await recipientField(pane).pressSequentially('tømrer');
    await pane.getByRole('option', { name: ATTACKS[2] }).waitFor();
  }));

  it('as subject, text, names of files and of people in the mail is quoted, and told by the Smart Alert', async () => await unhurt(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    for (const attack of ATTACKS) {
      await scripted(page, 'set', {
        to: ['2512489996@35833684.ngdp.digital-post.dk', { displayName: attack, emailAddress: 'nora@firma.example' }, { displayName: attack, emailAddress: `<b onclick=hit()>@firma.example` }],
        subject: `${attack.slice(0, 200)} 251248-9996`, bodyHtml: `<p>Kære ${attack.replaceAll('&', '&amp;').replaceAll('<', '&lt;')} 291182-9996</p>${attack}`,
        attachments: [{ name: `${attack.slice(0, 100)}.exe`, text: 'MZ' }],
      });
      await eventually(async () => ((await pane.locator('main').innerText()).includes(attack.slice(0, 12)) ? true : null), 10_000);
    }
    await bar(pane).getByText(/skal rettes/).waitFor();
    const completed = await scripted(page, 'send');
    assert.equal(completed?.['allowEvent'], false);
    await page.getByText(/^Beskeden er ikke sendt\./).waitFor();
  }));

  it('as the case and the answers of Slå op is shown as it is written', async () => await unhurt(async (outlook) => {
    const { pane } = outlook;
    await writeMail(outlook);
    await pane.getByRole('button', { name: 'Slå op' }).click();
    for (const [n, attack] of ATTACKS.slice(0, 6).entries()) {
      await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill(numberOf(n));
      await pane.getByLabel('Hvilken sag drejer det sig om?').fill(attack);
      await pane.getByLabel('Hvilken sag drejer det sig om?').press('Enter');
      await pane.locator('main').getByText(attack, { exact: true }).first().waitFor();
    }
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill(ATTACKS[0]);
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').press('Enter');
    await pane.getByText('Ingen aktiv virksomhed hedder').first().waitFor();
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill('87654321');
    await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').press('Enter');
    await pane.locator('main').getByText(`Tømrer ${ATTACKS[2]}`, { exact: true }).waitFor();
  }));

  it('as names of contact points, mailboxes and organisations in the gateway’s answers is shown as it is written', async () => await unhurt(async (outlook) => {
    const { page, pane } = outlook;
    // "Jobcenter" and "kommunen" stand in every answer that names the sender.
    await page.route('**/api/**', async (route) => await withAttack(route, { Jobcenter: ATTACKS[2], kommunen: ATTACKS[3], Kundeservice: ATTACKS[0] }));
    await writeMail(outlook);
    await addRecipients(pane, '87654321');
    await rowOf(pane, /Tømrer/).getByRole('option', { name: ATTACKS[0] }).waitFor({ state: 'attached' });
    await pane.getByRole('button', { name: /^Afsender/ }).click();
    await pane.getByRole('radio', { name: new RegExp(ATTACKS[2].replaceAll(/[()]/g, '\\$&')) }).waitFor();
    await pane.getByRole('button', { name: 'Systemoplysninger' }).click();
    await pane.getByText(ATTACKS[2]).first().waitFor();
  }));

  it('in sent and received mail is shown as it is written', async () => await unhurt(async (outlook) => {
    const { page, pane } = outlook;
    const subject = `Sv: ${ATTACKS[2]}${ATTACKS[0]}`;
    await scripted(page, 'set', { to: ['2512489996@35833684.ngdp.digital-post.dk'], subject, bodyHtml: '<p>Kære Nancy Ann</p>' });
    await scripted(page, 'send');
    await writeMail(outlook);
    await pane.getByRole('button', { name: 'Sendt', exact: true }).click();
    await pane.getByRole('heading', { name: subject }).waitFor();
    const hostile = { name: 'MemoHeader.json', text: JSON.stringify({ messageUUID: '1', reply: true, sender: { id: '2512489996', label: ATTACKS[0] }, contentData: { caseId: ATTACKS[2] } }) };
    await scripted(page, 'set', { to: ['jobcenter@kommune.example'], subject: `Læs ${ATTACKS[2]}`, bodyHtml: ATTACKS.join(''), attachments: [hostile, { name: 'MemoHeaderInfo.json', text: JSON.stringify({ rule: { name: ATTACKS[3] } }) }] });
    await page.route('**/sandbox/outlook/mailboxes/*/mails/inbox/*', async (route) => await withAttack(route, { 'jobcenter@kommune.example': '2512489996@35833684.ngdp.digital-post.dk' }));
    await scripted(page, 'send');
    await page.getByRole('button', { name: /Læs/ }).click();
    await page.getByRole('button', { name: 'Digital Post', exact: true }).click();
    await pane.getByText(ATTACKS[3]).first().waitFor();
    await pane.getByText(`Digital Post fra ${ATTACKS[0]}`).first().waitFor();
  }));

  it('never puts a CPR number into an address, onto the console or into what the browser keeps', async () => {
    const outlook = await openedOn(browser, sandbox);
    const { page, pane, context } = outlook;
    const urls: string[] = [];
    const console: string[] = [];
    context.on('request', (request) => urls.push(request.url()));
    context.on('console', (message) => console.push(message.text()));
    try {
      await writeMail(outlook);
      await addRecipients(pane, '251248-9996, 1111111118, 1509819996');
      await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post').waitFor();
      await scripted(page, 'set', { subject: 'Om 291182-9996', bodyHtml: '<p>Kære Nancy Ann, 291182-9996</p>' });
      await pane.getByText('Der står et CPR-nummer i emnet').first().waitFor();
      await pane.getByRole('button', { name: 'Slå op' }).click();
      await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill('2911829996');
      await pane.getByLabel('Hvilken sag drejer det sig om?').fill('24-12345');
      await pane.getByLabel('Hvilken sag drejer det sig om?').press('Enter');
      await pane.locator('main').getByText('Kirsten Test Madsen', { exact: true }).waitFor();
      await pane.getByRole('button', { name: 'Skriv', exact: true }).click();
      await pane.getByRole('button', { name: 'Fjern nummeret fra emnet' }).click();
      await bar(pane).getByText(/^Klar/).waitFor();
      await scripted(page, 'send');
      await writeMail(outlook);
      await recipientField(pane).pressSequentially('Nancy');
      await pane.getByRole('option', { name: /Nancy/ }).waitFor();
      await pane.getByRole('button', { name: 'Sendt', exact: true }).click();
      await pane.getByRole('heading', { name: /^Om/ }).waitFor();

      assert.ok(urls.some((url) => url.includes('/lookups/')) && urls.some((url) => url.includes('/recipients/')));
      assert.deepEqual(urls.map((url) => decodeURIComponent(url)).filter((url) => CPR_NUMBER.test(url)), []);
      assert.deepEqual(console.filter((text) => CPR_NUMBER.test(text)), []);
      const kept = await keptBy(await paneFrame(page), context);
      assert.ok(kept.length > 100, 'something is remembered');
      for (const word of ['2512489996', '251248-9996', '2911829996', '1111111118', '1509819996', 'Nancy', 'Kirsten', 'Hemmelig']) assert.ok(!kept.includes(word), word);
    } finally {
      await context.close();
    }
  });

  it('would find no door: each page has a policy of its own, without "unsafe" and with a nonce that is never the same', async () => {
    const policies = await Promise.all(['pane', 'pane', 'events', 'log-on'].map(async (name) => (await fetch(`${sandbox.url}/addin/${name}.html`)).headers.get('content-security-policy') ?? ''));
    for (const policy of policies) {
      assert.match(policy, /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']{20,}'; connect-src 'self' /);
      assert.match(policy, /form-action 'none'; base-uri 'none'/);
      assert.doesNotMatch(policy, /unsafe|\*(?!$)|https?:(?!\/\/localhost)/);
    }
    assert.equal(new Set(policies.map((policy) => /nonce-([^']+)/.exec(policy)?.[1])).size, policies.length);
  });
});

/** A new mail, with the senders fetched. */
async function writeMail(outlook: OutlookWithPane): Promise<void> {
  await openMail(outlook);
  await outlook.pane.getByRole('button', { name: /^Afsender/ }).waitFor();
}

/** Keeps what ran, in whatever frame, and each box that was opened. */
async function watchHits({ page, context }: OutlookWithPane): Promise<readonly string[]> {
  const hits: string[] = [];
  await context.exposeBinding('hit', ({ frame }) => void hits.push(frame.url()));
  page.on('dialog', (dialog) => {
    hits.push(dialog.message());
    void dialog.dismiss();
  });
  return hits;
}

/** Elements in the pane that nobody of ours makes: they would have come out of words. */
async function madeOfWords(page: Page): Promise<readonly string[]> {
  const pane = page.frames().find((frame) => frame.url().includes('/addin/pane.html'));
  if (!pane) return [];
  return await pane.evaluate(() => [...document.body.querySelectorAll('script, img, iframe, object, embed, math, style, details, form[action], a[href^="javascript"], [onerror], [onload], [onfocus], [ontoggle], [onclick]')].map((element) => element.outerHTML.slice(0, 200)));
}

/** Answers as the server does, but with other words in it. */
async function withAttack(route: Route, words: Readonly<Record<string, string>>): Promise<void> {
  if (route.request().url().includes('/sent/events')) return await route.continue();
  const answer = await route.fetch();
  const body = Object.entries(words).reduce((text, [word, attack]) => text.replaceAll(`"${word}"`, JSON.stringify(attack)), await answer.text());
  await route.fulfill({ response: answer, body });
}
