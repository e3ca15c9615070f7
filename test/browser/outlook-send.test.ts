import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTransport } from 'nodemailer';
import PostalMime, { type Email } from 'postal-mime';
import type { Page } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useOutlookWorld } from './browser-set-up.ts';
import type { WatchedPage } from './open-browser.ts';
import { askPane, inStandInOutlook, readyPane, scripted, type TestAddin } from './outlook-world.ts';

const CITIZEN = { displayName: 'Nancy Ann Test Berggren (Digital Post)', emailAddress: '2512489996-reply@35833684.ngdp.digital-post.dk' };
const ALLOWING = "Office.actions.associate('onSend', (event) => event.completed({ allowEvent: true }));";
const STOPPING = `Office.actions.associate('onSend', async (event) => event.completed({
  allowEvent: false, errorMessage: 'Beskeden er ikke sendt. ' + (await ask('subject.getAsync')), cancelLabel: 'Åbn Digital Post', commandId: 'compose', contextData: JSON.stringify({ card: 'subject' }),
}));`;

describe('Send in the stand-in Outlook', { skip: noBrowser }, () => {
  const { browser, world } = useOutlookWorld();

  const inOutlook = async (addin: TestAddin & { readonly mailbox?: string }, test: (page: Page, watched: WatchedPage) => Promise<void>): Promise<void> =>
    await inStandInOutlook(browser, world, addin, async (watched) => await test(watched.page, watched));
  const folder = (page: Page, name: string) => page.getByRole('navigation', { name: 'Mapper' }).getByRole('button', { name });
  const lastMail = () => world.smtp.mails.at(-1);
  const lastRead = async (): Promise<Email> => await PostalMime.parse(lastMail()?.raw ?? '');

  it('hands the mail over by SMTP as it was written by hand, and keeps it under Sendt post', async () => await inOutlook({ events: ALLOWING }, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await page.getByLabel('Fra').selectOption('mette@kommune.example');
    await page.getByLabel('Til', { exact: true }).fill('Nancy <2512489996@35833684.ngdp.digital-post.dk>; sagsbehandler@kommune.example;');
    await page.getByLabel('Cc', { exact: true }).fill('vikar');
    await page.getByRole('option', { name: /Vera Vikar/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByLabel('Bcc').fill('arkiv@kommune.example');
    await page.getByLabel('Emne').fill('Indkaldelse til samtale');
    await page.getByLabel('Besked').click();
    await page.keyboard.type('Kære Nancy Ann');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Fed' }).click();
    await page.keyboard.type('Tag dit CV med');
    await page.getByLabel('Vedhæft').setInputFiles({ name: 'Spørgeskema.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 x') });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Mailen er sendt.').waitFor();

    const mail = lastMail();
    assert.deepEqual([mail?.from, mail?.to], ['mette@kommune.example', ['2512489996@35833684.ngdp.digital-post.dk', 'sagsbehandler@kommune.example', 'vikar@kommune.example', 'arkiv@kommune.example']]);
    const header = (mail?.raw ?? '').split('\r\n\r\n')[0]?.replace(/\r\n[ \t]+/g, ' ') ?? '';
    assert.match(header, /^From: =\?UTF-8\?[^\r]+ <mette@kommune\.example>$/m);
    assert.match(header, /^To: Nancy <2512489996@35833684\.ngdp\.digital-post\.dk>, [^\r]+<sagsbehandler@kommune\.example>$/m);
    assert.match(header, /^Cc: Vera Vikar <vikar@kommune\.example>$/m);
    assert.match(header, /^Message-ID: <[0-9a-f-]{36}@kommune\.example>$/m);
    assert.doesNotMatch(header, /^Bcc:|arkiv@/m);
    const { html, text, attachments } = await lastRead();
    assert.match(html ?? '', /<body>Kære Nancy Ann<p><b>Tag dit CV med<\/b><\/p><\/body>/);
    assert.equal(text?.trim(), 'Kære Nancy Ann\nTag dit CV med');
    assert.deepEqual(attachments.map(({ filename, mimeType }) => [filename, mimeType]), [['Spørgeskema.pdf', 'application/pdf']]);

    await folder(page, 'Sendt post').click();
    assert.equal(await page.getByRole('button', { name: /Indkaldelse til samtale/ }).count(), 0);
    await page.goto(`${world.url}/outlook/?mailbox=mette@kommune.example`);
    await folder(page, 'Sendt post').click();
    await page.getByRole('button', { name: /Indkaldelse til samtale/ }).click();
    await page.getByRole('heading', { name: 'Indkaldelse til samtale' }).waitFor();
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await page.getByLabel('Til', { exact: true }).fill('nanc');
    await page.getByRole('option', { name: /Nancy/ }).waitFor();
  }));

  it('sends what the add-in set: headers, files, pictures in the text', async () => await inOutlook({ events: ALLOWING }, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    const pane = await readyPane(page);
    await askPane(pane, 'internetHeaders.setAsync', { 'X-Postbro-Test': 'ja' });
    await askPane(pane, 'addFileAttachmentFromBase64Async', 'iVBORw0KGgo=', 'logo.png', { isInline: true });
    await scripted(page, 'set', { to: [CITIZEN], subject: 'Med billede', bodyHtml: '<p>Hej <img src="cid:logo.png"></p>' });
    assert.match(await page.getByLabel('Besked').innerHTML(), /src="blob:/);
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: true });
    const raw = lastMail()?.raw ?? '';
    assert.match(raw, /^X-Postbro-Test: ja\r$/m);
    assert.match(raw, /^Content-Id: <logo\.png>\r$/im);
    assert.match((await lastRead()).html ?? '', /src="cid:logo\.png"/);
  }));

  it('stops with the add-in’s words, whose button opens the pane at the place', async () => await inOutlook({ events: STOPPING }, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await readyPane(page);
    await page.getByRole('button', { name: 'Luk panelet' }).click();
    await scripted(page, 'set', { to: [CITIZEN], subject: 'CPR i emnet' });
    const before = world.smtp.mails.length;
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const box = page.getByRole('alertdialog', { name: 'Digital Post' });
    await box.getByText('Beskeden er ikke sendt. CPR i emnet').waitFor();
    assert.deepEqual(await box.getByRole('button').allInnerTexts(), ['Åbn Digital Post']);
    await box.getByRole('button').click();
    const pane = await readyPane(page);
    assert.equal(await askPane(pane, 'getInitializationContextAsync'), '{"card":"subject"}');
    assert.equal(world.smtp.mails.length, before);
    // Opened again from a box, the pane is loaded anew where it cannot be told.
    const answer = await scripted(page, 'send');
    assert.deepEqual([answer?.['allowEvent'], answer?.['commandId']], [false, 'compose']);
    await box.getByRole('button').click();
    assert.equal(await askPane(await readyPane(page), 'getInitializationContextAsync'), '{"card":"subject"}');
  }));

  it('lets the person send all the same where the add-in only asks', async () => await inOutlook({
    events: "Office.actions.associate('onSend', (event) => event.completed({ allowEvent: false, errorMessage: 'Er du sikker?', sendModeOverride: 'promptUser' }));",
  }, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await scripted(page, 'set', { to: [CITIZEN], subject: 'Sendt alligevel' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('alertdialog').getByText('Er du sikker?').waitFor();
    await page.getByRole('button', { name: 'Send alligevel' }).click();
    await page.getByText('Mailen er sendt.').waitFor();
    assert.match(lastMail()?.raw ?? '', /^Subject: Sendt alligevel\r$/m);
  }));

  it('tells an open pane what is to be shown, where the client can (1.15)', async () => await inOutlook({ events: STOPPING }, async (page) => {
    await scripted(page, 'client', { mailbox: '1.15' });
    await page.getByRole('button', { name: 'Ny mail' }).click();
    const pane = await readyPane(page);
    await pane.evaluate(async () => await (window as unknown as { hear(event: string): Promise<unknown> }).hear('InitializationContextChanged'));
    await scripted(page, 'set', { to: [CITIZEN], subject: 'x' });
    await scripted(page, 'send');
    await page.getByRole('alertdialog').getByRole('button').click();
    await pane.waitForFunction(() => (window as unknown as { readonly told: readonly unknown[] }).told.length === 1);
  }));

  it('says that it takes longer, and lets the person give up', async () => await inOutlook({ events: "Office.actions.associate('onSend', () => undefined);" }, async (page) => {
    await scripted(page, 'client', { alertLongerMs: 50 });
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await scripted(page, 'set', { to: [CITIZEN], subject: 'x' });
    const before = world.smtp.mails.length;
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('længere om at se på mailen end ventet').waitFor();
    await page.getByRole('button', { name: 'Send ikke' }).click();
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    assert.equal(world.smtp.mails.length, before);
    assert.equal((await scripted(page, 'item'))?.subject, 'x');
  }));

  /** A mail is judged until the test says what comes of it. */
  const SLOW = "Office.actions.associate('onSend', async (event) => event.completed(await (await fetch('/verdict')).json()));";
  const judging = async ({ context }: WatchedPage): Promise<(allowEvent: boolean) => void> => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    await context.route('**/verdict', async (route) => await route.fulfill({ json: { allowEvent: await promise, errorMessage: 'Nej' } }));
    return resolve;
  };
  for (const [what, press] of [
    ['Ny mail', async (page: Page) => await page.getByRole('button', { name: 'Ny mail' }).click()],
    ['another folder', async (page: Page) => await folder(page, 'Kladder').click()],
    ['Kassér', async (page: Page) => await page.getByRole('button', { name: 'Kassér' }).click()],
  ] as const) {
    it(`first sends a mail that is being judged, and says so, where somebody presses ${what} meanwhile`, async () => await inOutlook({ events: SLOW }, async (page, watched) => {
      const judge = await judging(watched);
      await page.getByRole('button', { name: 'Ny mail' }).click();
      await scripted(page, 'set', { to: [CITIZEN], subject: `Sendt før ${what}` });
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await press(page);
      await page.getByText('Mailen bliver først tjekket og sendt').waitFor();
      assert.equal((await scripted(page, 'item'))?.subject, `Sendt før ${what}`);
      judge(true);
      await page.getByText('Mailen er sendt.').waitFor();
      assert.equal((await lastRead()).subject, `Sendt før ${what}`);
      if (what === 'Ny mail') await eventually(async () => ((await scripted(page, 'item'))?.subject === '' ? true : null));
      else await page.getByText('Vælg en mail, eller skriv en ny.').waitFor();
    }));
  }

  it('stays with a mail that is stopped, where somebody pressed Ny mail meanwhile', async () => await inOutlook({ events: SLOW }, async (page, watched) => {
    const judge = await judging(watched);
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await scripted(page, 'set', { to: [CITIZEN], subject: 'Standset' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('button', { name: 'Ny mail' }).click();
    judge(false);
    await page.getByRole('alertdialog').getByText('Nej').waitFor();
    assert.equal((await scripted(page, 'item'))?.subject, 'Standset');
  }));

  it('is pressed once, however often a script presses it meanwhile', async () => await inOutlook({ events: SLOW }, async (page, watched) => {
    const judge = await judging(watched);
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await scripted(page, 'set', { to: [CITIZEN], subject: 'Én gang' });
    const before = world.smtp.mails.length;
    const both = Promise.all([scripted(page, 'send'), scripted(page, 'send')]);
    // Answered after both have been pressed.
    await scripted(page, 'item');
    judge(true);
    assert.deepEqual(await both, [{ allowEvent: true, errorMessage: 'Nej' }, { allowEvent: true, errorMessage: 'Nej' }]);
    assert.equal(world.smtp.mails.length, before + 1);
    await assert.rejects(scripted(page, 'send'), /Der er ingen mail at sende/);
  }));

  it('shuts the box of the Send before, when a script sends the mended mail', async () => await inOutlook({
    events: "Office.actions.associate('onSend', async (event) => event.completed({ allowEvent: (await ask('subject.getAsync')) === 'Rettet', errorMessage: 'Ret emnet' }));",
  }, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await page.getByRole('button', { name: 'Luk panelet' }).click();
    await scripted(page, 'set', { to: [CITIZEN], subject: 'Forkert' });
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: false, errorMessage: 'Ret emnet' });
    await page.getByRole('alertdialog').getByText('Ret emnet').waitFor();
    assert.equal((await scripted(page, 'send'))?.['allowEvent'], false);
    assert.equal(await page.getByRole('alertdialog').count(), 1);
    await scripted(page, 'set', { subject: 'Rettet' });
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: true, errorMessage: 'Ret emnet' });
    assert.equal(await page.getByRole('alertdialog').count(), 0);
    assert.match(lastMail()?.raw ?? '', /^Subject: Rettet\r$/m);
  }));

  it('lets the mail go without the add-in where it cannot be asked, if the person says so', async () => await inOutlook({}, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await scripted(page, 'set', { to: [CITIZEN], subject: 'Uden tjek' });
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('button', { name: 'Send alligevel' }).click();
    await page.getByText('Mailen er sendt.').waitFor();
    assert.match(lastMail()?.raw ?? '', /^Subject: Uden tjek\r$/m);
  }));

  it('goes without a Smart Alert from a client that has none', async () => await inOutlook({ events: STOPPING }, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await scripted(page, 'client', { smartAlerts: false });
    await scripted(page, 'set', { to: ['sagsbehandler@kommune.example'], subject: 'Uden' });
    assert.equal(await scripted(page, 'send'), null);
    assert.match(lastMail()?.raw ?? '', /^Subject: Uden\r$/m);
  }));

  it('shows the add-in words that are no address, and does not send to them', async () => await inOutlook({ events: ALLOWING }, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    const pane = await readyPane(page);
    await page.getByLabel('Til', { exact: true }).fill('251248-9996');
    await page.getByLabel('Emne').fill('x');
    const [typed] = (await askPane(pane, 'to.getAsync')) as readonly { readonly displayName: string; readonly emailAddress: string }[];
    assert.deepEqual([typed?.displayName, typed?.emailAddress], ['251248-9996', '251248-9996']);
    const before = world.smtp.mails.length;
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Der er ingen mailadresse for: 251248-9996').waitFor();
    assert.equal(world.smtp.mails.length, before);
    await page.getByRole('button', { name: 'Fjern 251248-9996' }).click();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByText('Skriv mindst én modtager.').waitFor();
  }));

  it('brings back a mail that the gateway refuses, with its words', async () => await inOutlook({ events: ALLOWING, mailbox: 'hr@kommune.example' }, async (page) => {
    world.smtp.refusal = '5.7.1 Fra hr@kommune.example kan der ikke sendes Digital Post';
    try {
      await page.getByRole('button', { name: 'Ny mail' }).click();
      await scripted(page, 'set', { to: [CITIZEN], subject: 'Afvist' });
      await scripted(page, 'send');
    } finally {
      world.smtp.refusal = null;
    }
    await page.getByRole('button', { name: /Kan ikke leveres: Afvist/ }).click();
    await page.getByText('5.7.1 Fra hr@kommune.example kan der ikke sendes Digital Post').waitFor();
    await page.getByText('- 2512489996-reply@35833684.ngdp.digital-post.dk').waitFor();
    await folder(page, 'Sendt post').click();
    await page.getByRole('button', { name: /Afvist/ }).waitFor();
  }));

  it('runs the add-in’s functions for other events, with the same draft', async () => await inOutlook({
    events: "Office.actions.associate('onRecipients', async (event) => { await ask('notificationMessages.replaceAsync', 'n', { type: 'progressIndicator', message: 'Set: ' + (await ask('to.getAsync')).length + ' ' + event.changedRecipientFields.to }); event.completed(); });",
  }, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await scripted(page, 'set', { to: [CITIZEN] });
    await page.getByText('Set: 1 true').waitFor();
    await scripted(page, 'set', { to: [CITIZEN, 'sagsbehandler@kommune.example'] });
    await page.getByText('Set: 2 true').waitFor();
  }));

  it('keeps a draft that is left, and opens it again as it was', async () => await inOutlook({}, async (page) => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await scripted(page, 'set', {
      to: [CITIZEN], bcc: ['arkiv@kommune.example'], subject: 'Halvt skrevet', bodyHtml: '<p>Kære</p>', headers: { 'X-Postbro-Test': 'ja' }, attachments: [{ name: 'a.txt', text: 'hej' }],
    });
    const { attachments, ...before } = (await scripted(page, 'item')) ?? { attachments: [] };
    await folder(page, 'Kladder').click();
    await page.getByRole('button', { name: /Halvt skrevet/ }).click();
    await page.getByLabel('Emne').waitFor();
    const { attachments: filesAfter, ...again } = (await scripted(page, 'item')) ?? { attachments: [] };
    assert.deepEqual(again, before);
    assert.deepEqual(filesAfter.map(({ name, size }) => [name, size]), attachments.map(({ name, size }) => [name, size]));
    assert.notEqual(filesAfter[0]?.id, attachments[0]?.id);
    await page.getByRole('button', { name: 'Kassér' }).click();
    await page.getByText('Her er ingen mails.').waitFor();
  }));

  it('answers and passes on a mail: to whom it says, with its text and files', async () => await inOutlook({ events: ALLOWING }, async (page) => {
    const transport = createTransport({ host: '127.0.0.1', port: world.world.exchange.smtpPort, ignoreTLS: true });
    await transport.sendMail({
      from: 'Digital Post <ingen-svar@kommune.example>', replyTo: 'Nancy <2512489996@35833684.ngdp.digital-post.dk>', to: 'jobcenter@kommune.example', subject: 'Spørgsmål',
      html: '<p>Hej <img src="cid:billede@x" onerror="bad()"></p>', messageId: '<spm@example.org>', references: '<tidligere@example.org>',
      attachments: [{ filename: 'bilag.txt', content: 'bilag' }, { filename: 'b.png', content: Buffer.from('iVBORw0KGgo=', 'base64'), cid: 'billede@x' }],
    });
    transport.close();
    await page.getByRole('button', { name: /Spørgsmål Ulæst/ }).click();
    await page.getByRole('button', { name: /Spørgsmål$/ }).waitFor();
    await page.getByRole('button', { name: 'Besvar' }).click();
    await page.getByLabel('Emne').waitFor();
    const answer = await scripted(page, 'item');
    assert.deepEqual([answer?.to, answer?.subject, answer?.attachments.map(({ name }) => name)], [[{ displayName: 'Nancy', emailAddress: '2512489996@35833684.ngdp.digital-post.dk' }], 'SV: Spørgsmål', ['b.png']]);
    assert.deepEqual(await scripted(page, 'send'), { allowEvent: true });
    const raw = lastMail()?.raw.replace(/\r\n[ \t]+/g, ' ') ?? '';
    assert.match(raw, /^In-Reply-To: <spm@example\.org>\r$/m);
    assert.match(raw, /^References: <tidligere@example\.org> <spm@example\.org>\r$/m);

    await page.getByRole('button', { name: /Spørgsmål/ }).click();
    await page.getByRole('button', { name: 'Videresend' }).click();
    await page.getByLabel('Emne').waitFor();
    const passedOn = await scripted(page, 'item');
    assert.deepEqual([passedOn?.to, passedOn?.subject, passedOn?.attachments.map(({ name }) => name)], [[], 'VS: Spørgsmål', ['b.png', 'bilag.txt']]);
  }));

  it('opens at / with the first mailbox, and says what other mailboxes there are for an unknown one', async () => await inOutlook({}, async (page) => {
    await page.goto(`${world.url}/`);
    await page.getByRole('heading', { name: 'sikkerpost@kommune.example' }).waitFor();
    const answer = await fetch(`${world.url}/outlook/?mailbox=nogen@andetsteds.example`);
    assert.equal(answer.status, 404);
    assert.match(await answer.text(), /href="\/outlook\/\?mailbox=jobcenter%40kommune\.example"/);
    await eventually(async () => (await page.title()) === 'Outlook – Postbro, øvelse');
  }));
});
