import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, inOutlook, rowOf, writeMail } from './pane-in-outlook.ts';

const NANCY = { displayName: 'Nancy', emailAddress: '2512489996@dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk' };
const SETS = Array.from({ length: 11 }, (_one, n) => `1.${n + 5}`);
/** From this set on Outlook asks the add-in before a mail leaves. */
const FIRST_WITH_ALERT = 12;

/** Calls `window.sandboxOutlook` with what its types forbid; the words of the error. */
async function refused(page: Page, method: 'set' | 'client', given: unknown): Promise<string> {
  return await page.evaluate(([name, value]) => {
    try {
      (window.sandboxOutlook as unknown as Record<string, (one: unknown) => unknown>)[name]?.(value);
      return '';
    } catch (error) {
      return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    }
  }, [method, given] as const);
}

describe('window.sandboxOutlook', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  it('changes each field alone, and all at once; what is left out stays, and what it told is taken back', async () => await inOutlook(browser, sandbox, {}, async ({ page }) => {
    const changes = {
      from: { displayName: 'Borgerservice', emailAddress: 'borgerservice@kommune.example' }, to: [NANCY], cc: [{ displayName: 'Vera Vikar', emailAddress: 'vikar@kommune.example' }],
      bcc: [{ displayName: '251248-9996', emailAddress: '251248-9996' }], subject: 'Emne 🎉', bodyHtml: '<p>Kære <b>Nancy</b></p>', headers: { 'X-Postbro-Test': 'ja' },
    };
    assert.equal(await scripted(page, 'item'), null);
    for (const [name, value] of Object.entries(changes)) {
      const before = await scripted(page, 'item');
      const after = await scripted(page, 'set', { [name]: value });
      assert.deepEqual(after, { ...(before ?? after), [name]: value }, name);
    }
    const { attachments: [file], ...rest } = await scripted(page, 'set', { ...changes, attachments: [{ name: 'a.txt', text: 'hej' }] });
    assert.deepEqual([rest, file?.name, file?.size, file?.isInline], [changes, 'a.txt', 3, false]);
    const more = await scripted(page, 'set', { attachments: [{ id: file?.id ?? '' }, { name: 'b.bin', base64: 'AAEC' }], headers: { 'X-Anden': '1' } });
    assert.deepEqual([more.attachments.map(({ name, size }) => [name, size]), more.attachments[0]?.id, more.headers], [[['a.txt', 3], ['b.bin', 3]], file?.id, { 'X-Anden': '1' }]);
    assert.deepEqual(await scripted(page, 'set', more), more);
    assert.deepEqual((await scripted(page, 'set', { to: ['Nora Nabo <nora@firma.example>; sagsbehandler@kommune.example'], attachments: [], headers: {}, subject: 'To\r\nlinjer' })), {
      ...more, to: [{ displayName: 'Nora Nabo', emailAddress: 'nora@firma.example' }, { displayName: 'sagsbehandler@kommune.example', emailAddress: 'sagsbehandler@kommune.example' }],
      attachments: [], headers: {}, subject: 'Tolinjer',
    });
  }));

  it('says what is wrong with a change, and makes none of it', async () => await inOutlook(browser, sandbox, {}, async ({ page }) => {
    const before = await scripted(page, 'set', { to: [NANCY], subject: 'Uændret', attachments: [{ name: 'a.txt', text: 'hej' }] });
    for (const [change, words] of [
      [null, /set skal være et objekt/], ['x', /set skal være et objekt/], [{ body: '<p>x</p>' }, /"body" er ukendt\. Kendte: from, to/], [{ to: 'nora@firma.example' }, /to skal være en liste/],
      [{ to: [7] }, /to skal være et objekt/], [{ to: [{}] }, /ingen adresse/], [{ cc: [{ name: 'x', emailAddress: 'a@b.dk' }] }, /"name" er ukendt/], [{ from: 'ikke en adresse' }, /from skal være én mailadresse/],
      [{ subject: 7 }, /subject skal være tekst/], [{ subject: 'x'.repeat(256) }, /højst fylde 255/], [{ bodyHtml: 'x'.repeat(1_000_001) }, /højst fylde 1000000/],
      [{ headers: { Bcc: 'x@y.dk' } }, /headeren "Bcc"/], [{ headers: { 'X-A': 'a\r\nBcc: x@y.dk' } }, /headeren "X-A"/], [{ headers: { 'X-A': 7 } }, /headers\.X-A skal være tekst/],
      [{ attachments: {} }, /attachments skal være en liste/], [{ attachments: [{ id: 'ukendt' }] }, /ingen fil med id "ukendt"/], [{ attachments: [{ text: 'x' }] }, /attachments\.name skal være tekst/],
      [{ attachments: [{ name: 'b', base64: '%%%' }] }, /b: base64 kan ikke læses/], [{ attachments: [{ name: 'b', content: 'x' }] }, /"content" er ukendt/],
      [{ attachments: Array.from({ length: 500 }, () => ({ name: 'b', text: 'x' })) }, /højst 499 filer/], [{ attachments: [{ name: 'b', text: 'x'.repeat(25 * 1024 * 1024) }, { name: 'c', text: 'x' }] }, /25 MB/],
      [{ subject: 'Halvt', to: [], headers: { Subject: 'x' } }, /headeren "Subject"/],
    ] as const) assert.match(await refused(page, 'set', change), words);
    assert.deepEqual(await scripted(page, 'item'), before);
  }));

  it('plays no client that it does not know, and says so', async () => await inOutlook(browser, sandbox, {}, async ({ page }) => {
    const before = await scripted(page, 'client');
    for (const [settings, words] of [
      ['x', /client: skal være et objekt/], [{ adressLengthMax: 78 }, /"adressLengthMax" er ukendt\. Kendte: mailbox/], [{ toString: 1 }, /"toString" er ukendt/],
      [{ mailbox: 1.12 }, /mailbox skal være et kravsæt/], [{ mailbox: '1.4' }, /fra "1\.5"/], [{ mailbox: '2.0' }, /mailbox/], [{ addressLengthMax: '78' }, /helt tal/], [{ addressLengthMax: -1 }, /helt tal/],
      [{ recipientsChanged: 'nej' }, /true eller false/], [{ theme: 'blue' }, /"light" eller "dark"/], [{ language: '' }, /sprog/], [{ latencyMs: -1 }, /millisekunder/], [{ alertTimeoutMs: null }, /millisekunder/],
      [{ failNext: 'alt' }, /failNext skal være/], [{ failNext: { call: 'to.setAsync' } }, /call skal være .*recipients\.setAsync/], [{ failNext: { method: 'x' } }, /"method" er ukendt/],
      [{ failNext: { code: 'fejl' } }, /code skal være/], [{ failNext: { count: 0 } }, /count skal være/], [{ theme: 'dark', latencyMs: 'x' }, /latencyMs/],
    ] as const) assert.match(await refused(page, 'client', settings), words);
    assert.deepEqual(await scripted(page, 'client'), before);
  }));

  it('plays every requirement set that the add-in knows, and the pane works in each', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    for (const [n, mailbox] of SETS.entries()) {
      assert.equal((await scripted(page, 'client', { mailbox })).mailbox, mailbox);
      await writeMail(outlook);
      await pane.getByRole('button', { name: /^Afsender/ }).waitFor();
      await addRecipients(pane, '2512489996');
      await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
      await scripted(page, 'set', { subject: `Fra ${mailbox}`, bodyHtml: '<p>Goddag</p>' });
      assert.deepEqual([mailbox, await scripted(page, 'send')], [mailbox, n + 5 < FIRST_WITH_ALERT ? null : { allowEvent: true }]);
    }
  }));
});
