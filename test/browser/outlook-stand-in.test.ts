import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, it } from 'node:test';
import type { Frame, Page } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useOutlookWorld } from './browser-set-up.ts';
import type { WatchedPage } from './open-browser.ts';
import { askPane, hearIn, inStandInOutlook, type openedOutlook, readyPane, scripted, toldTo, type OutlookWorld } from './outlook-world.ts';

const CITIZEN = { displayName: 'Nancy Ann Test Berggren (Digital Post)', emailAddress: '2512489996-reply@35833684.ngdp.digital-post.dk' };
const COLLEAGUE = { displayName: 'Søren Sagsbehandler', emailAddress: 'sagsbehandler@kommune.example' };

function hasRealOfficeJs(): boolean {
  try {
    const require = createRequire(import.meta.url);
    return require.resolve('@microsoft/office-js/dist/office.js') !== '';
  } catch {
    return false;
  }
}

describe('the stand-in Outlook', { skip: noBrowser }, () => {
  const { browser, world } = useOutlookWorld();

  const inOutlook = async (options: Parameters<typeof openedOutlook>[2], test: (watched: WatchedPage) => Promise<void>): Promise<void> =>
    await inStandInOutlook(browser, world, options, test);
  const newMail = async (page: Page): Promise<Frame> => {
    await page.getByRole('button', { name: 'Ny mail' }).click();
    return await readyPane(page);
  };

  for (const [name, set] of [['the real office.js', '1.12'], ['our stand-in for it', '1.15']] as const) {
    describe(`answers ${name}`, { skip: set === '1.12' && !hasRealOfficeJs() ? '@microsoft/office-js is not installed' : false }, () => {
      const inDraft = async (test: (pane: Frame, watched: WatchedPage) => Promise<void>): Promise<void> =>
        await inOutlook({}, async (watched) => {
          await scripted(watched.page, 'client', { mailbox: set });
          await test(await newMail(watched.page), watched);
        });

      it('about client and user', async () => await inDraft(async (pane) => {
        const facts = await pane.evaluate(() => {
          const { mailbox, displayLanguage, requirements } = Office.context;
          return [mailbox.userProfile.emailAddress, mailbox.userProfile.displayName, displayLanguage, mailbox.item?.itemType, ['1.5', '1.12', '1.15'].map((one) => requirements.isSetSupported('Mailbox', one))];
        });
        assert.deepEqual(facts, ['mette@kommune.example', 'Mette Sørensen', 'da-DK', 'message', [true, true, set === '1.15']]);
      }));

      it('with recipients, read and written, 100 in a call', async () => await inDraft(async (pane, { page }) => {
        await askPane(pane, 'to.setAsync', [CITIZEN]);
        await askPane(pane, 'to.addAsync', [COLLEAGUE.emailAddress]);
        await askPane(pane, 'bcc.setAsync', Array.from({ length: 100 }, (_, n) => ({ displayName: `Nr. ${n}`, emailAddress: `n${n}@kommune.example` })));
        const item = await scripted(page, 'item');
        assert.deepEqual([item?.to[0], item?.to[1]?.emailAddress, item?.bcc.length], [CITIZEN, COLLEAGUE.emailAddress, 100]);
        const read = (await askPane(pane, 'to.getAsync')) as readonly { readonly displayName: string; readonly emailAddress: string }[];
        assert.deepEqual(read.map(({ displayName, emailAddress }) => ({ displayName, emailAddress }))[0], CITIZEN);
        await assert.rejects(askPane(pane, 'to.setAsync', Array.from({ length: 101 }, (_, n) => `n${n}@kommune.example`)), /OutOfRange/);
        assert.equal(((await askPane(pane, 'from.getAsync')) as { readonly emailAddress: string }).emailAddress, 'jobcenter@kommune.example');
      }));

      it('with subject and body', async () => await inDraft(async (pane, { page }) => {
        await askPane(pane, 'subject.setAsync', 'Æblegrød');
        assert.equal(await askPane(pane, 'subject.getAsync'), 'Æblegrød');
        await assert.rejects(askPane(pane, 'subject.setAsync', 'x'.repeat(256)), /OutOfRange/);
        await askPane(pane, 'body.setAsync', '<p style="color:red">Kære <b>Nancy</b></p><script>window.bad = 1</script><p onclick="bad()">Hej</p>', { coercionType: 'html' });
        assert.equal(await askPane(pane, 'body.getAsync', 'html'), '<p style="color:red">Kære <b>Nancy</b></p><p>Hej</p>');
        assert.equal(await askPane(pane, 'body.getAsync', 'text'), 'Kære Nancy\n\nHej');
        assert.equal(await askPane(pane, 'body.getTypeAsync'), 'html');
        assert.equal(await page.getByLabel('Besked').innerText(), 'Kære Nancy\n\nHej');
        await page.getByLabel('Emne').fill('Skrevet i feltet');
        assert.equal(await askPane(pane, 'subject.getAsync'), 'Skrevet i feltet');
        await askPane(pane, 'body.setAsync', '<p on=x title="onsdag=1">onsdag =12</p><img src=x onerror=alert(1)><a href=" javascript:alert(1)">x</a>', { coercionType: 'html' });
        assert.equal((await scripted(page, 'item'))?.bodyHtml, '<p title="onsdag=1">onsdag =12</p><img><a>x</a>');
      }));

      it('with files', async () => await inDraft(async (pane, { page }) => {
        const id = await askPane(pane, 'addFileAttachmentFromBase64Async', btoa('a\r\nb'), 'masseforsendelse.txt');
        const files = (await askPane(pane, 'getAttachmentsAsync')) as readonly Readonly<Record<string, unknown>>[];
        assert.deepEqual(files.map(({ id: one, name: called, size, isInline, attachmentType }) => [one, called, size, isInline, attachmentType]), [[id, 'masseforsendelse.txt', 4, false, 'file']]);
        assert.deepEqual(await askPane(pane, 'getAttachmentContentAsync', id), { content: btoa('a\r\nb'), format: 'base64' });
        await page.getByText('masseforsendelse.txt').waitFor();
        await askPane(pane, 'removeAttachmentAsync', id);
        await assert.rejects(askPane(pane, 'removeAttachmentAsync', id), /code 9008/);
        await assert.rejects(askPane(pane, 'getAttachmentContentAsync', 'another'), /code 9003/);
        assert.deepEqual((await scripted(page, 'item'))?.attachments, []);
      }));

      it('with headers, session data, custom properties and what is kept with the mailbox', async () => await inDraft(async (pane, { page }) => {
        await askPane(pane, 'internetHeaders.setAsync', { 'X-Postbro-Test': 'ja' });
        assert.deepEqual(await askPane(pane, 'internetHeaders.getAsync', ['X-Postbro-Test', 'X-Other']), { 'X-Postbro-Test': 'ja' });
        assert.deepEqual((await scripted(page, 'item'))?.headers, { 'X-Postbro-Test': 'ja' });
        await askPane(pane, 'internetHeaders.removeAsync', ['X-Postbro-Test']);
        assert.deepEqual(await askPane(pane, 'internetHeaders.getAsync', ['X-Postbro-Test']), {});
        await askPane(pane, 'sessionData.setAsync', 'nøgle', 'værdi');
        assert.equal(await askPane(pane, 'sessionData.getAsync', 'nøgle'), 'værdi');
        await assert.rejects(askPane(pane, 'sessionData.getAsync', 'anden'), /code 9050/);
        await assert.rejects(askPane(pane, 'sessionData.setAsync', 'nøgle', 'x'.repeat(50_001)), /code 9051/);
        const kept = await pane.evaluate(async () => {
          const ask = (window as unknown as { ask(path: string): Promise<Office.CustomProperties> }).ask;
          const properties = await ask('loadCustomPropertiesAsync');
          properties.set('a', 'et');
          await new Promise((resolve) => properties.saveAsync(resolve));
          Office.context.roamingSettings.set('senest', { b: 2 });
          await new Promise((resolve) => Office.context.roamingSettings.saveAsync(resolve));
          return (await ask('loadCustomPropertiesAsync')).get('a') as unknown;
        });
        assert.equal(kept, 'et');
        await page.reload();
        const again = await newMail(page);
        assert.deepEqual(await again.evaluate(() => Office.context.roamingSettings.get('senest') as unknown), { b: 2 });
      }));

      it('with lines in the info bar, which the person sees and shuts', async () => await inDraft(async (pane, { page }) => {
        const line = { type: 'informationalMessage', message: 'Sendes som Digital Post til 1 modtager.', icon: 'Icon.16', persistent: false };
        await askPane(pane, 'notificationMessages.addAsync', 'dp', line);
        await page.getByText(line.message).waitFor();
        await assert.rejects(askPane(pane, 'notificationMessages.addAsync', 'dp', line), /code 9023/);
        await askPane(pane, 'notificationMessages.replaceAsync', 'dp', { ...line, message: 'Noget andet.' });
        await page.getByRole('button', { name: 'Luk linjen: Noget andet.' }).click();
        await assert.rejects(askPane(pane, 'notificationMessages.removeAsync', 'dp'), /code 9024/);
      }));

      it('with the draft’s id, once it is kept; a shared mailbox tells nothing', async () => await inDraft(async (pane, { page }) => {
        await assert.rejects(askPane(pane, 'getItemIdAsync'), /code 9046/);
        await askPane(pane, 'subject.setAsync', `Gemt af panelet (${name})`);
        const id = await askPane(pane, 'saveAsync');
        assert.match(String(id), /^[0-9a-f-]{36}$/);
        assert.equal(await askPane(pane, 'getItemIdAsync'), id);
        assert.equal(await pane.evaluate(() => typeof Office.context.mailbox.item?.getSharedPropertiesAsync), 'undefined');
        await page.getByRole('navigation', { name: 'Mapper' }).getByRole('button', { name: 'Kladder' }).click();
        await page.getByRole('button', { name: new RegExp(`Gemt af panelet \\(${name}`) }).waitFor();
      }));

      it('with events of what a hand changes', async () => await inDraft(async (pane, { page }) => {
        await hearIn(pane, 'RecipientsChanged');
        await hearIn(pane, 'AttachmentsChanged');
        await page.getByLabel('Til', { exact: true }).fill('sagsbehandler@kommune.example');
        await page.getByLabel('Til', { exact: true }).press('Enter');
        await page.getByLabel('Vedhæft').setInputFiles({ name: 'brev.txt', mimeType: 'text/plain', buffer: Buffer.from('hej') });
        const told = await untilTold(pane, 2);
        assert.deepEqual((told[0] as { readonly changedRecipientFields: unknown }).changedRecipientFields, { to: true, cc: false, bcc: false });
        const { attachmentStatus, attachmentDetails } = told[1] as { readonly attachmentStatus: string; readonly attachmentDetails: { readonly name: string } };
        assert.deepEqual([attachmentStatus, attachmentDetails.name], ['added', 'brev.txt']);
        assert.deepEqual((await scripted(page, 'item'))?.to, [COLLEAGUE]);
      }));

      it('of a mail that is read, with its files and headers', async () => await inOutlook({}, async ({ page }) => {
        await scripted(page, 'client', { mailbox: set });
        const subject = `Læses med ${name}`;
        await deliver(world, subject);
        await page.getByRole('button', { name: new RegExp(subject) }).click();
        await page.getByRole('button', { name: 'Digital Post' }).click();
        const pane = await readyPane(page);
        const read = await pane.evaluate(() => {
          const { from, to, subject: said, attachments, itemId, internetMessageId, dateTimeCreated } = Office.context.mailbox.item as Office.MessageRead;
          return { from: from.emailAddress, to: to.map((one) => one.displayName), said, files: attachments.map((file) => file.name), itemId: typeof itemId, internetMessageId, at: dateTimeCreated instanceof Date };
        });
        assert.deepEqual(read, {
          from: 'nancy@example.org', to: ['Jobcenter'], said: subject, files: ['svar.txt'], itemId: 'string', internetMessageId: `<${encodeURIComponent(name)}@example.org>`, at: true,
        });
        assert.equal(await askPane(pane, 'body.getAsync', 'text'), 'Hej Jobcenter');
        const [id] = await pane.evaluate(() => (Office.context.mailbox.item as Office.MessageRead).attachments.map((file) => file.id));
        assert.deepEqual(await askPane(pane, 'getAttachmentContentAsync', id), { content: btoa('svar'), format: 'base64' });
        assert.match(String(await askPane(pane, 'getAllInternetHeadersAsync')), /^x-noget: andet$/m);
        if (set === '1.15') assert.match(atob(String(await askPane(pane, 'getAsFileAsync'))), /^X-Noget: andet/m);
      }));

      it('of the next mail in a pinned pane', async () => await inOutlook({}, async ({ page }) => {
        await scripted(page, 'client', { mailbox: set });
        for (const n of ['første', 'anden']) await deliver(world, `Den ${n} (${name})`);
        await page.getByRole('button', { name: new RegExp(`Den første \\(${name}`) }).click();
        await page.getByRole('button', { name: 'Digital Post' }).click();
        const pane = await readyPane(page);
        await page.getByRole('button', { name: 'Fastgør panelet' }).click();
        await pane.evaluate(async () => {
          const { hear } = window as unknown as { hear(event: string, source: unknown): Promise<unknown> };
          await hear('ItemChanged', Office.context.mailbox);
        });
        await page.getByRole('button', { name: new RegExp(`Den anden \\(${name}`) }).click();
        await untilTold(pane, 1);
        assert.equal(await pane.evaluate(() => (Office.context.mailbox.item as Office.MessageRead).subject), `Den anden (${name})`);
        await page.getByRole('navigation', { name: 'Mapper' }).getByRole('button', { name: 'Indbakke' }).click();
        await untilTold(pane, 2);
        assert.equal(await pane.evaluate(() => Office.context.mailbox.item ?? null), null);
      }));

      it('about the theme, when it changes', async () => await inDraft(async (pane, { page }) => {
        await pane.evaluate(async () => {
          const { hear } = window as unknown as { hear(event: string, source: unknown): Promise<unknown> };
          await hear('OfficeThemeChanged', Office.context.mailbox);
        });
        await scripted(page, 'client', { theme: 'dark' });
        const [told] = (await untilTold(pane, 1)) as readonly { readonly officeTheme: Readonly<Record<string, string>> }[];
        assert.equal(told?.officeTheme['bodyBackgroundColor'], '#292929');
      }));

      it('when the keys lead out of the pane: to what stands beside it, and by Esc to the mail', async () => await inDraft(async (pane, { page }) => {
        const focused = async (): Promise<string> => await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '');
        const comesTo = async (wanted: string): Promise<void> => void (await eventually(async () => ((await focused()) === wanted ? true : null)).catch(async () => assert.fail(`${await focused()} has the focus, not ${wanted}`)));
        const first = await page.evaluate(() => document.querySelector('a[href], button')?.textContent ?? '');
        await pane.evaluate(() => document.body.append(...['Den første', 'Den sidste'].map((words) => Object.assign(document.createElement('button'), { textContent: words }))));
        await pane.getByRole('button', { name: 'Den sidste' }).click();
        await page.keyboard.press('Tab');
        await comesTo(first);
        await pane.getByRole('button', { name: 'Den første' }).click();
        await page.keyboard.press('Shift+Tab');
        await comesTo('Luk panelet');
        await page.keyboard.press('Tab');
        await pane.waitForFunction(() => document.hasFocus());
        await page.keyboard.press('Escape');
        await comesTo('Besked');
      }));

      it('who asks to log on: a token of the exercise’s Entra', async () => await inDraft(async (pane) => {
        const said = await pane.evaluate(async () => await new Promise<Record<string, unknown>>((resolve) => {
          const bridge = window.nestedAppAuthBridge;
          bridge?.addEventListener('message', (answer) => resolve(JSON.parse(answer) as Record<string, unknown>));
          bridge?.postMessage(JSON.stringify({ messageType: 'NestedAppAuthRequest', method: 'GetToken', requestId: 'r1' }));
        }));
        const { access_token: token } = said['token'] as { readonly access_token: string };
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Readonly<Record<string, unknown>>;
        assert.deepEqual([said['success'], said['requestId'], claims['preferred_username']], [true, 'r1', 'mette@kommune.example']);
      }));

      it('with a failure of each call that is told to fail, once', async () => await inDraft(async (pane, { page }) => {
        const file = await askPane(pane, 'addFileAttachmentFromBase64Async', 'AAEC', 'a.bin');
        const asked: Readonly<Record<string, readonly [path: string, ...given: readonly unknown[]]>> = {
          'recipients.getAsync': ['to.getAsync'], 'recipients.setAsync': ['cc.setAsync', [COLLEAGUE]], 'recipients.addAsync': ['bcc.addAsync', [COLLEAGUE]],
          'from.getAsync': ['from.getAsync'], 'subject.getAsync': ['subject.getAsync'], 'subject.setAsync': ['subject.setAsync', 'x'], 'body.getAsync': ['body.getAsync', 'html'],
          'body.setAsync': ['body.setAsync', '<p>x</p>', { coercionType: 'html' }], 'body.getTypeAsync': ['body.getTypeAsync'],
          'addFileAttachmentFromBase64Async': ['addFileAttachmentFromBase64Async', 'AAEC', 'b.bin'], 'getAttachmentsAsync': ['getAttachmentsAsync'], 'getAttachmentContentAsync': ['getAttachmentContentAsync', file],
          'internetHeaders.setAsync': ['internetHeaders.setAsync', { 'X-A': '1' }], 'internetHeaders.getAsync': ['internetHeaders.getAsync', ['X-A']], 'internetHeaders.removeAsync': ['internetHeaders.removeAsync', ['X-A']],
          'sessionData.setAsync': ['sessionData.setAsync', 'k', 'v'], 'sessionData.getAsync': ['sessionData.getAsync', 'k'], 'sessionData.removeAsync': ['sessionData.removeAsync', 'k'],
          'notificationMessages.replaceAsync': ['notificationMessages.replaceAsync', 'k', { type: 'progressIndicator', message: 'x' }], 'notificationMessages.removeAsync': ['notificationMessages.removeAsync', 'k'],
          'loadCustomPropertiesAsync': ['loadCustomPropertiesAsync'], 'saveAsync': ['saveAsync'], 'getItemIdAsync': ['getItemIdAsync'], 'removeAttachmentAsync': ['removeAttachmentAsync', file],
        };
        for (const [call, given] of Object.entries(asked)) {
          await scripted(page, 'client', { failNext: { call, code: 9042 } });
          // Of custom properties the real one has a code of its own.
          await assert.rejects(askPane(pane, ...given), call === 'loadCustomPropertiesAsync' ? /code 90(42|20)/ : /code 9042/, call);
          await askPane(pane, ...given);
        }
        await scripted(page, 'client', { failNext: { code: 9020, count: 2 } });
        await assert.rejects(askPane(pane, 'subject.getAsync'), /code 9020/);
        await assert.rejects(askPane(pane, 'to.getAsync'), /code 9020/);
        await askPane(pane, 'to.getAsync');
        await scripted(page, 'client', { failNext: { call: 'subject.getAsync', code: 'silence' } });
        void askPane(pane, 'subject.getAsync').catch(() => undefined);
        await eventually(async () => ((await scripted(page, 'calls')).at(-1)?.call === 'subject.getAsync' ? true : null));
        await askPane(pane, 'to.getAsync');
        assert.deepEqual((await scripted(page, 'calls')).slice(-2).map(({ call, code, concurrent }) => [call, code, concurrent]), [['subject.getAsync', undefined, 1], ['recipients.getAsync', null, 1]]);
      }));

      it('at the time and in the way that the client is told to', async () => await inDraft(async (pane, { page }) => {
        await scripted(page, 'client', { addressLengthMax: 40, recipientsChanged: false, failNext: { call: 'subject.setAsync', code: 9042 } });
        await hearIn(pane, 'RecipientsChanged');
        await askPane(pane, 'to.setAsync', [CITIZEN, COLLEAGUE]);
        assert.deepEqual((await scripted(page, 'item'))?.to, [COLLEAGUE]);
        await assert.rejects(askPane(pane, 'subject.setAsync', 'x'), /code 9042/);
        await askPane(pane, 'subject.setAsync', 'y');
        assert.deepEqual(await toldTo(pane), []);
        const calls = (await scripted(page, 'calls')).filter(({ frame }) => frame === 'pane').slice(-3).map(({ call, code }) => [call, code]);
        assert.deepEqual(calls, [['recipients.setAsync', null], ['subject.setAsync', 9042], ['subject.setAsync', null]]);
      }));
    });
  }
});

async function untilTold(pane: Frame, count: number): Promise<readonly unknown[]> {
  await pane.waitForFunction((wanted) => (window as unknown as { readonly told: readonly unknown[] }).told.length >= wanted, count);
  return await toldTo(pane);
}

/** Puts a mail into jobcenter@'s inbox, as the gateway would. */
async function deliver({ world }: OutlookWorld, subject: string): Promise<void> {
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({ host: '127.0.0.1', port: world.exchange.smtpPort, ignoreTLS: true });
  await transport.sendMail({
    from: 'Nancy <nancy@example.org>', to: 'Jobcenter <jobcenter@kommune.example>', subject, text: 'Hej Jobcenter',
    html: '<p>Hej <b>Jobcenter</b></p><script>window.parent.bad = 1</script>', messageId: `<${encodeURIComponent(subject.replace('Læses med ', ''))}@example.org>`,
    headers: { 'X-Noget': 'andet' }, attachments: [{ filename: 'svar.txt', content: 'svar' }],
  });
  transport.close();
}
