import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FrameLocator } from 'playwright-core';
import { eventually } from '../sandbox/outside-world.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { bar, inOutlook, rowOf, sentence, writeMail } from './pane-in-outlook.ts';

const MAILBOX = 'sikkerpost@kommune.example';
const LIST = '2512489996\n2911829996\n';
const stops = async (pane: FrameLocator): Promise<string> => (await pane.locator('[data-grade="stop"]').allInnerTexts()).join('\n');

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
});
