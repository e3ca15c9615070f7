import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator, Page } from 'playwright-core';
import { assessAttachments } from '../../src/domain/attachment-limits.ts';
import { pdfText } from '../../src/pdf/pdf-text.ts';
import { installedConverters } from '../../src/sandbox/installed-converters.ts';
import { heicOf, jpegSample, noHeicEncoder } from '../gateway/isolate/heic-sample.ts';
import { officeSamples } from '../gateway/isolate/office-samples.ts';
import { inspect } from '../mail/inspect-samples.ts';
import { structureFaults } from '../pdf/structure-check.ts';
import { eventually } from '../sandbox/eventually.ts';
import { removeFolder, temporaryFolder } from '../sandbox/outside-world.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { budget, fourteenFiles, unmendable, type AttachedFile } from './mixed-files.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, bar, callsFindNobody, fromDoor, inOutlook, pressSend, rowOf, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';

/** A mail to one person with these files; Tjek has seen them all. */
async function writeWith(outlook: OutlookWithPane, subject: string, attachments: readonly AttachedFile[]): Promise<void> {
  const { page, pane } = outlook;
  await writeMail(outlook);
  await addRecipients(pane, '2512489996');
  await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
  await scripted(page, 'set', { subject, bodyHtml: '<p>Kære Nancy Ann</p>', attachments });
}

const namesIn = async (page: Page): Promise<readonly string[]> => ((await scripted(page, 'item'))?.attachments ?? []).map(({ name }) => name);
const toHold = async (page: Page, names: readonly string[]): Promise<void> =>
  void (await eventually(async () => (JSON.stringify((await namesIn(page)).toSorted()) === JSON.stringify(names.toSorted()) ? true : null), 60_000));
/** What is left is only to look at: pictures, and documents without text, which Tjek cannot read. */
const mended = async (pane: FrameLocator): Promise<void> => await bar(pane).getByText(/^Klar, men se \d ting efter$/).waitFor({ timeout: 120_000 });
const cardOf = (pane: FrameLocator, text: string | RegExp) => pane.locator('[data-card]').filter({ hasText: text });

/** The files that a citizen got, by name. */
async function filesOfMessage(outlook: OutlookWithPane, label: string): Promise<ReadonlyMap<string, Buffer>> {
  const { sandbox } = outlook;
  const message = await eventually(async () =>
    (await fromDoor<readonly { readonly label: string; readonly messageUUID: string }[]>(sandbox, '/sandbox/ngdp/messages')).find((one) => one.label === label) ?? null, 30_000);
  const memo = await (await fetch(`${sandbox.url}/sandbox/ngdp/messages/${message.messageUUID}`)).text();
  return new Map(Array.from(memo.matchAll(/<memo:filename>([^<]*)<\/memo:filename>[^]*?<memo:content>([^<]*)<\/memo:content>/g), ([, name = '', content = '']) => [name, Buffer.from(content, 'base64')]));
}

const converters = await installedConverters((process.env['PATH'] ?? '').split(':'));
const { OFFICE_CONVERTER: soffice = '' } = converters;
const noConverters = Object.keys(converters).length < 2 ? 'soffice and heif-convert are not installed' : noHeicEncoder;

/** Each file is looked into by the gateway, one after another. */
const ALL_READ_MAX_MS = 90_000;
/** Many files are mended twice, or by LibreOffice: 150 s on a busy machine of two cores. */
const MANY_FILES_MAX_MS = 400_000;

describe('attachments are mended', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  it('fourteen mixed files, one press: what can be is mended, what cannot says why; undone and done again, sent, and whole at the citizen’s', { timeout: MANY_FILES_MAX_MS }, async () => {
    const files = await fourteenFiles();
    await inOutlook(browser, sandbox, {}, async (outlook) => {
      const { page, pane } = outlook;
      await writeWith(outlook, 'Fjorten filer', files);
      await pane.getByText('14 vedhæftninger. Digital Post tager højst 10.').first().waitFor();
      const before = await namesIn(page);
      // Macros, macros, .msg, .eml, zip, a picture under another name; and that they are too many.
      const mendAll = pane.getByRole('button', { name: 'Ret alle 7' });
      await mendAll.waitFor({ timeout: ALL_READ_MAX_MS });
      await mendAll.press('Enter');
      await pane.getByText(/^Retter \d af \d+ …$/).first().waitFor();
      await mended(pane);
      assert.deepEqual((await namesIn(page)).toSorted(), ['Ansøgning.docx', 'Bilag.pdf', 'Brev.docx', 'Budget 2027.xlsx']);
      await pane.getByText('Budget 2027.xlsm bliver til Budget 2027.xlsx').waitFor();
      await pane.getByText('Makroerne er fjernet.').first().waitFor();
      // One zip with two letters was one file, and the voice says what is written.
      await pane.getByText('13 filer er rettet. De gamle gemmes, til du sender. Lukker du panelet, kan det ikke fortrydes bagefter.').waitFor();
      assert.match(await pane.locator('[aria-live="polite"]').first().innerText(), /(?<!\d)13 filer er rettet\. De gamle gemmes, til du sender\./);
      // The button is gone, and focus has gone on.
      await eventually(async () => (await pane.locator('body').evaluate(() => document.activeElement?.closest('[data-card], [data-bar]') !== null)) || null);

      await pane.getByRole('button', { name: 'Fortryd alle' }).click();
      await toHold(page, before);
      await pane.getByRole('button', { name: 'Ret alle 7' }).click();
      await mended(pane);
      await pressSend(page);
      const sent = await filesOfMessage(outlook, 'Fjorten filer');
      const facts = await Promise.all(Array.from(sent, async ([name, bytes]) => await inspect(name, bytes)));
      assert.deepEqual(assessAttachments({ attachments: facts, bodyPdfs: [], channels: ['ngdp', 'mitdk'] }), []);
      const joined = sent.get('Bilag.pdf');
      assert.ok(joined, [...sent.keys()].join());
      assert.deepEqual(await structureFaults(joined), []);
    });
  });

  it('one by one, by keyboard: convert, undo, choose an order and join; what cannot be says what else to do', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    const notes = Array.from({ length: 11 }, (_, n) => ({ name: `Bilag ${String(n + 1)}.txt`, base64: btoa(`Bilag ${String(n + 1)}`) }));
    await writeWith(outlook, 'En ad gangen', [budget, ...unmendable]);
    await cardOf(pane, 'program.exe').getByText('Kan ikke rettes: filen er et program. Fjern den; programmer kan ikke sendes.').waitFor();
    await cardOf(pane, 'Låst.pdf').getByText('Kan ikke rettes: filen er låst med adgangskode. Fjern adgangskoden, og vedhæft den igen.').waitFor();
    await cardOf(pane, 'Billede.heic').getByText('Gem billedet som JPEG, og vedhæft det i stedet.').waitFor();
    await cardOf(pane, 'tom.txt er tom.').waitFor();
    const removeMacros = pane.getByRole('button', { name: 'Fjern makroerne' });
    await removeMacros.focus();
    await page.keyboard.press('Enter');
    await toHold(page, ['Budget 2027.xlsx', ...unmendable.map(({ name }) => name)]);
    // Focus has gone on to the next card.
    await eventually(async () => (await pane.locator('body').evaluate(() => document.activeElement?.closest('[data-card]') !== null)) || null);
    await pane.getByRole('button', { name: /^Fortryd: Budget 2027\.xlsm bliver til/ }).press('Enter');
    await toHold(page, ['Budget 2027.xlsm', ...unmendable.map(({ name }) => name)]);

    await scripted(page, 'set', { attachments: notes });
    await pane.getByRole('button', { name: 'Saml dem i én fil' }).press('Enter');
    await pane.getByRole('button', { name: 'Flyt Bilag 1.txt ned' }).press('Enter');
    await page.keyboard.press('Enter');
    await pane.getByRole('button', { name: 'Flyt Bilag 11.txt op' }).press('Enter');
    const order = pane.getByRole('list', { name: 'Rækkefølge, øverst først' }).getByRole('listitem');
    assert.deepEqual((await order.allInnerTexts()).map((text) => text.trim()), [2, 3, 1, 4, 5, 6, 7, 8, 9, 11, 10].map((n) => `Bilag ${String(n)}.txt`));
    await pane.getByRole('button', { name: 'Saml i denne rækkefølge' }).press('Enter');
    await toHold(page, ['Bilag.pdf']);
    await bar(pane).getByText('Tryk Send i Outlook.').waitFor();
    await pane.getByText('11 filer bliver til Bilag.pdf').waitFor();
    await pane.getByText('11 filer er rettet. De gamle gemmes, til du sender. Lukker du panelet, kan det ikke fortrydes bagefter.').waitFor();
  }));

  it('a card that goes by itself while it has focus hands it on to the next, the last one to the bar; whoever writes in the mail meanwhile stays there', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    const [first, second] = ['a.exe', 'b.exe'].map((name) => ({ name, base64: btoa('MZ') }));
    assert.ok(first && second);
    const focusIsAt = async (selector: string): Promise<void> =>
      void (await eventually(async () => (await pane.locator('body').evaluate((body, at) => document.hasFocus() && document.activeElement?.closest(at) !== null && body.contains(document.activeElement), selector)) || null));
    const cardKeyOf = async (name: string): Promise<string> => `[data-card="${String(await cardOf(pane, name).getAttribute('data-card'))}"]`;
    await writeWith(outlook, 'Går af sig selv', [first, second]);
    await cardOf(pane, second.name).waitFor();
    await bar(pane).getByRole('button', { name: 'Vis' }).click();
    await focusIsAt(await cardKeyOf(first.name));
    await scripted(page, 'set', { attachments: [second] });
    await cardOf(pane, first.name).waitFor({ state: 'detached' });
    await focusIsAt(await cardKeyOf(second.name));
    await scripted(page, 'set', { attachments: [] });
    await focusIsAt('[data-bar]');

    await scripted(page, 'set', { attachments: [first, second] });
    await cardOf(pane, second.name).waitFor();
    await cardOf(pane, first.name).locator('[data-card-heading]').focus();
    await focusIsAt(await cardKeyOf(first.name));
    await page.getByLabel('Besked').focus();
    await scripted(page, 'set', { attachments: [second] });
    await cardOf(pane, first.name).waitFor({ state: 'detached' });
    await bar(pane).getByText('1 ting skal rettes').waitFor();
    assert.equal(await pane.locator('body').evaluate(() => document.hasFocus()), false);
    assert.equal(await page.getByLabel('Besked').evaluate((field) => field === document.activeElement), true);
  }));

  it('the server goes away in the middle, two presses at once, a file removed meanwhile: nothing is lost, nothing comes twice', async () => await inOutlook(browser, sandbox, { expected: callsFindNobody }, async (outlook) => {
    const { page, pane } = outlook;
    const mails = ['a', 'b'].map((name) => ({ name: `${name}.eml`, base64: btoa(`From: ${name}@mail.example\r\nSubject: ${name}\r\n\r\nHej\r\n`) }));
    await writeWith(outlook, 'Midt i det', mails);
    const convert = cardOf(pane, 'a.eml').getByRole('button', { name: 'Lav om til PDF' });
    await convert.waitFor();
    await page.route('**/api/v1/attachments/convert', async (route) => await route.abort('connectionreset'));
    await convert.click();
    await cardOf(pane, 'a.eml').getByText('Kan ikke rettes: der er ingen forbindelse. Gem den som PDF i det program, den er lavet i.').waitFor();
    assert.deepEqual(await namesIn(page), ['a.eml', 'b.eml']);
    await page.unroute('**/api/v1/attachments/convert');
    await pane.getByRole('button', { name: /Prøv igen/ }).first().click({ timeout: 5_000 }).catch(() => undefined);

    let held = (): void => undefined;
    const reached = new Promise<void>((resolve) => {
      void page.route('**/api/v1/attachments/convert', async (route) => {
        resolve();
        await new Promise<void>((go) => (held = go));
        await route.continue();
      }, { times: 1 });
    });
    await convert.dblclick();
    await reached;
    const item = await scripted(page, 'item');
    await scripted(page, 'set', { attachments: (item?.attachments ?? []).filter(({ name }) => name !== 'a.eml').map(({ id }) => ({ id })) });
    held();
    await toHold(page, ['b.eml']);
    await cardOf(pane, 'b.eml').getByRole('button', { name: 'Lav om til PDF' }).dblclick();
    await toHold(page, ['b.pdf']);
    await bar(pane).getByText('Tryk Send i Outlook.').waitFor();
    assert.deepEqual(await namesIn(page), ['b.pdf']);
  }));

  describe('where LibreOffice and libheif are installed', { skip: noConverters }, () => {
    const { sandbox: withPrograms } = useSandbox(converters);

    it('a document, a photograph from a telephone and nine notes become one PDF by one press, and it is whole at the citizen’s', { timeout: MANY_FILES_MAX_MS }, async () => {
      const folder = await temporaryFolder();
      const document = (await officeSamples(soffice, folder, ['text'])).get('docx') ?? assert.fail();
      const photograph = await heicOf(await jpegSample(600, 400), folder);
      await removeFolder(folder);
      const notes = Array.from({ length: 9 }, (_, n) => ({ name: `Notat ${String(n + 1)}.txt`, base64: btoa(`Notat ${String(n + 1)}`) }));
      await inOutlook(browser, withPrograms, {}, async (outlook) => {
        await writeWith(outlook, 'Elleve filer', [
          { name: 'Brev.docx', base64: document.toString('base64') }, { name: 'Foto.heic', base64: photograph.toString('base64') }, ...notes,
        ]);
        await outlook.pane.getByRole('button', { name: 'Ret begge' }).press('Enter');
        await mended(outlook.pane);
        assert.deepEqual(await namesIn(outlook.page), ['Bilag.pdf']);
        await pressSend(outlook.page);
        const joined = (await filesOfMessage(outlook, 'Elleve filer')).get('Bilag.pdf') ?? assert.fail();
        assert.deepEqual(await structureFaults(joined), []);
        const text = (await pdfText(joined, { pagesMax: 100, charactersMax: 100_000 }))?.join() ?? '';
        for (const said of ['Kære Ærinde Østergård', 'Notat 9']) assert.ok(text.includes(said), text);
      });
    });
  });
});
