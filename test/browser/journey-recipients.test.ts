import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page, Route } from 'playwright-core';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import {
  addRecipients, addressesIn, callsFindNobody, inOutlook, named, recipientField, rowOf, sentence, toFill, writeMail, type OutlookWithPane,
} from './pane-in-outlook.ts';

const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const NANCY = '2512489996';
const KIRSTEN = '2911829996';
const at = (...numbers: readonly string[]): readonly string[] => numbers.map((number) => `${number}-reply@${JOBCENTER}.ngdp.digital-post.dk`);
const ME = '**/api/v1/me';
const CHECK = '**/api/v1/recipients/check';
const APPROVE = '**/api/v1/guard/approvals';
const busy = { status: 503, contentType: 'application/problem+json', body: JSON.stringify({ code: 'temporarily-unavailable', title: 'Prøv igen om lidt', detail: 'Prøv igen om lidt.' }) };

/** Holds back what is asked of the gateway there until it is let go. */
async function heldBack(page: Page, where: string): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(where, async (route) => {
    await held;
    // The page may be gone by now.
    await route.continue().catch(() => undefined);
  });
  return async () => {
    release();
    await page.unroute(where);
  };
}

/** Changes what the gateway answers there. */
async function answering<Answer>(page: Page, where: string, become: (answer: Answer) => Answer): Promise<void> {
  await page.route(where, async (route: Route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: become((await response.json()) as Answer) });
  });
}

describe('recipients whom something keeps from being well', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox({ MAIL_GUARD: 'on' });
  const writing = async (journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> => await inOutlook(browser, sandbox, { expected: callsFindNobody }, journey);
  const said = async ({ pane }: OutlookWithPane, text: RegExp): Promise<void> =>
    void (await eventually(async () => (text.test(await pane.locator('[aria-live="polite"]').first().innerText()) ? true : null)));

  it('a number and Enter before the senders have come: it is kept, and put in by itself', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    const release = await heldBack(page, ME);
    await writeMail(outlook);
    await addRecipients(pane, NANCY);
    await rowOf(pane, '251248-xxxx').getByText('Bliver sat ind i mailen, så snart afsenderne er hentet.').waitFor();
    await said(outlook, /251248-xxxx: Bliver sat ind/);
    assert.deepEqual([await recipientField(pane).inputValue(), await addressesIn(page)], ['', []]);
    await addRecipients(pane, NANCY);
    await pane.getByText('Står her allerede.').first().waitFor();
    await release();
    await toFill(page, at(NANCY));
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    assert.equal(await pane.locator('[data-row]').count(), 1);
  }));

  it('where the senders cannot be had the row says so, and nobody gets the mail; with the connection it goes in by itself', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    await page.route(ME, async (route) => await route.abort());
    await writeMail(outlook);
    await addRecipients(pane, NANCY);
    await rowOf(pane, '251248-xxxx').getByText('Ikke i mailen endnu: Der er ingen forbindelse til serveren.').waitFor();
    await sentence(pane).getByText('Ingen får beskeden, som den er nu.').waitFor();
    await addRecipients(pane, KIRSTEN);
    await rowOf(pane, '291182-xxxx').getByRole('button', { name: 'Fjern' }).click();
    await rowOf(pane, '291182-xxxx').waitFor({ state: 'detached' });
    await page.unroute(ME);
    await pane.getByRole('button', { name: 'Prøv igen' }).first().click();
    await toFill(page, at(NANCY));
    assert.equal(await pane.locator('[data-row]').getByText('Ikke i mailen').count(), 0);
  }));

  it('where Outlook does not take a number it stands in a row, with a button that tries again', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await pane.getByRole('button', { name: /^Afsender.*Jobcenter/ }).waitFor();
    await scripted(page, 'client', { failNext: { call: 'recipients.addAsync', count: 20 } });
    await addRecipients(pane, NANCY);
    await rowOf(pane, '251248-xxxx').getByText('Outlook gjorde det ikke. Modtageren er ikke i mailen.').waitFor();
    await scripted(page, 'client', { failNext: null });
    await rowOf(pane, '251248-xxxx').getByRole('button', { name: 'Prøv igen' }).click();
    await toFill(page, at(NANCY));
    await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
    assert.equal(await pane.locator('[data-row]').getByText('Outlook gjorde det ikke').count(), 0);
  }));

  it('a colleague and an outsider whom Outlook drops while the pane writes are told of as well', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    const colleague = `${'afdeling.'.repeat(9)}lone@kommune.example`;
    await scripted(page, 'set', { to: [`Lone <${colleague}>`, `Ven <${'ven.'.repeat(20)}ven@example.org>`, `${NANCY}-reply@35833684.ngdp.digital-post.dk`] });
    await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
    await scripted(page, 'client', { addressLengthMax: 70 });
    await pane.getByRole('switch', { name: 'Modtageren kan svare' }).click();
    for (const name of ['Lone', 'Ven']) await rowOf(pane, name).getByText('Outlook tog ikke imod adressen. Modtageren er ikke i mailen.').waitFor();
    await sentence(pane).getByText('2 andre får ikke beskeden.').waitFor();
    await scripted(page, 'client', { addressLengthMax: null });
    await rowOf(pane, 'Lone').getByRole('button', { name: 'Prøv igen' }).click();
    await rowOf(pane, 'Lone').getByText('Kollega · almindelig mail').waitFor();
    assert.ok((await addressesIn(page)).includes(colleague));
  }));

  it('a name that cannot be had just now is said, and comes by itself or by a button; the pane does not say that all is away', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    type Checks = { readonly recipients: readonly { readonly person: unknown }[] };
    await answering<Checks>(page, CHECK, (answer) => ({ ...answer, recipients: answer.recipients.map((one) => ({ ...one, person: { kind: 'unavailable', reason: 'away', text: 'CPR svarer ikke.' } })) }));
    await addRecipients(pane, NANCY);
    await rowOf(pane, '251248-xxxx').getByText('Navnet kunne ikke hentes lige nu. Du kan godt sende alligevel.').waitFor();
    await rowOf(pane, '251248-xxxx').getByText('Kan få Digital Post', { exact: true }).waitFor();
    await page.unroute(CHECK);
    await rowOf(pane, '251248-xxxx').getByRole('button', { name: 'Hent navnet igen' }).click();
    await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
    await said(outlook, /Nancy Ann Test Berggren er tilføjet/);

    await page.route(CHECK, async (route) => await route.fulfill(busy));
    await addRecipients(pane, KIRSTEN);
    await rowOf(pane, '291182-xxxx').getByText('Navnet kunne ikke hentes lige nu.').waitFor();
    assert.equal(await pane.getByText('Ingen forbindelse til serveren.').count(), 0);
    await page.unroute(CHECK);
    await rowOf(pane, /^Kirsten/).getByText('Kan få Digital Post', { exact: true }).waitFor();
  }));

  it('a recipient who is taken out in Outlook while it is looked up leaves no row behind, and the others are told of', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    const release = await heldBack(page, CHECK);
    await addRecipients(pane, NANCY);
    await rowOf(pane, '251248-xxxx').getByText('Tjekker …').first().waitFor();
    await addRecipients(pane, KIRSTEN);
    await toFill(page, at(NANCY, KIRSTEN));
    await scripted(page, 'set', { to: at(KIRSTEN) });
    await release();
    await rowOf(pane, /^Kirsten/).getByText('Kan få Digital Post', { exact: true }).waitFor();
    assert.equal(await pane.locator('[data-row]').count(), 1);
    assert.match(await sentence(pane).innerText(), /til Kirsten/);
  }));

  it('the same number pasted and entered twice at once comes once; typed into two fields of Outlook it is told once', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await addRecipients(pane, `${NANCY}, ${NANCY}`);
    await addRecipients(pane, NANCY);
    await toFill(page, at(NANCY));
    await named(page, 'Nancy Ann Test Berggren (Digital Post)');
    await scripted(page, 'set', { to: at(NANCY), cc: at(NANCY) });
    await pane.locator('[data-row]').getByText('Står her to gange. Beskeden sendes kun én gang.').waitFor();
    assert.equal(await pane.locator('[data-row]').getByText('Står her to gange').count(), 1);
  }));

  it('an outsider who could not be approved: why stands on the row and is said, and the button is there again', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await scripted(page, 'set', { to: ['Nora <nora@ukendt.example>', 'Olga <olga@ukendt.example>'] });
    const nora = rowOf(pane, 'Nora');
    await nora.getByText('Uden for kommunen. Får kun mailen, hvis du godkender adressen.').waitFor();
    for (const [fulfil, words] of [
      [async (route: Route) => await route.abort(), 'Ikke godkendt: Der er ingen forbindelse til serveren. Prøv igen om lidt.'],
      [async (route: Route) => await route.fulfill({ ...busy, status: 409, body: JSON.stringify({ code: 'state-conflict', detail: 'Godkendelsen er udløbet.' }) }), 'Ikke godkendt: Godkendelsen er udløbet.'],
    ] as const) {
      await page.route(APPROVE, fulfil);
      await nora.getByRole('button', { name: 'Godkend adressen' }).click();
      await nora.getByText(words).waitFor();
      await said(outlook, new RegExp(words));
      await page.unroute(APPROVE);
    }
    await pane.getByRole('button', { name: 'Godkend alle mailadresser' }).click();
    for (const name of ['Nora', 'Olga']) await rowOf(pane, name).getByText('Uden for kommunen. Godkendt af dig til denne mail.').waitFor();
    assert.equal(await pane.locator('[data-row]').getByText('Ikke godkendt').count(), 0);
  }));

  it('where one stranger stops the whole mail, the sentence says so until the last is approved', async () => await writing(async (outlook) => {
    const { page, pane } = outlook;
    await answering<{ readonly guard: object }>(page, ME, (me) => ({ ...me, guard: { on: true, stopsWholeMail: true } }));
    await writeMail(outlook);
    await scripted(page, 'set', { to: ['sagsbehandler@kommune.example', 'Nora <nora@ukendt.example>', 'Olga <olga@ukendt.example>'] });
    await sentence(pane).getByText('Ingen får mailen, før du har godkendt 2 adresser uden for kommunen.').waitFor();
    await rowOf(pane, 'Nora').getByText('Uden for kommunen. Ingen får mailen, før adressen er godkendt eller fjernet.').waitFor();
    await rowOf(pane, 'Nora').getByRole('button', { name: 'Godkend adressen' }).click();
    await sentence(pane).getByText('Ingen får mailen, før du har godkendt 1 adresse uden for kommunen.').waitFor();
    await rowOf(pane, 'Olga').getByRole('button', { name: 'Fjern' }).click();
    await sentence(pane).getByText('Du sender en almindelig mail til 2 modtagere.').waitFor();
  }));
});
