import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, bar, inOutlook, named, recipientField, rowOf, sentence, toFill, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';

const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const BORGERSERVICE = '163710ae-5078-350c-0000-000000000440';
const DESK_OF_COMPANY = 'bdcc201c-600c-4254-92c4-bab15dc075b5';
const from = (point: string, ...numbers: readonly string[]): readonly string[] => numbers.map((number) => `${number}-reply@${point}.ngdp.digital-post.dk`);

describe('the mail is the truth', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox();

  const writing = async (journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> =>
    await inOutlook(browser, sandbox, {}, async (outlook) => {
      await writeMail(outlook);
      await journey(outlook);
    });

  it('what is changed outside the pane is seen in it, also in a client that tells of nothing', async () => await writing(async ({ page, pane }) => {
    for (const recipientsChanged of [true, false]) {
      await scripted(page, 'client', { recipientsChanged, attachmentsChanged: recipientsChanged });
      await scripted(page, 'set', { to: from(JOBCENTER, '2512489996'), cc: [], bcc: [], subject: 'Sag', bodyHtml: '<p>Kære Nancy Ann</p>', attachments: [] });
      await sentence(pane).getByText('Nancy Ann Test Berggren').waitFor();
      await bar(pane).getByText('Klar', { exact: true }).waitFor();
      await scripted(page, 'set', { to: [`2911829996@${JOBCENTER}.mitdk.digital-post.dk`], cc: ['sagsbehandler@kommune.example'] });
      await sentence(pane).getByText(/1 med mit\.dk, som ikke kan svare, og 1 med almindelig mail/).waitFor();
      await pane.getByText('Nej. Beskeden har ingen Svar-knap.').waitFor();
      await scripted(page, 'set', { subject: 'Sag om 251248-9996', attachments: [{ name: 'skema.exe', text: 'MZ' }] });
      await pane.getByText('Der står et CPR-nummer i emnet.').first().waitFor();
      await pane.getByText('skema.exe kan ikke sendes med').first().waitFor();
    }
  }));

  it('Fra changed in Outlook: the senders, and the addresses, follow; a mailbox that may not send says so', async () => await writing(async ({ page, pane }) => {
    await addRecipients(pane, '2512489996');
    await toFill(page, from(JOBCENTER, '2512489996'));
    await page.getByLabel('Fra').selectOption('borgerservice@kommune.example');
    await pane.getByText('Fra er nu borgerservice@kommune.example. Afsenderen er skiftet til Borgerservice.').first().waitFor();
    await toFill(page, from(BORGERSERVICE, '2512489996'));
    await pane.getByText('Ja. Svar lander i borgerservice@kommune.example.').waitFor();
    await page.getByLabel('Fra').selectOption('mette@kommune.example');
    await pane.getByText('Fra mette@kommune.example kan du ikke sende Digital Post.').first().waitFor();
    assert.equal(await recipientField(pane).count(), 0);
    await page.getByLabel('Fra').selectOption('jobcenter@kommune.example');
    await recipientField(pane).waitFor();
    // Also by way of a mailbox that has no senders at all.
    await toFill(page, from(JOBCENTER, '2512489996'));
  }));

  it('the senders are those of Fra, at once, with the list open as well', async () => await writing(async ({ page, pane }) => {
    await addRecipients(pane, '2512489996');
    await toFill(page, from(JOBCENTER, '2512489996'));
    await pane.getByRole('button', { name: /^Afsender/ }).click();
    const offered = async (senders: readonly RegExp[]): Promise<void> => {
      for (const name of senders) await pane.getByRole('radio', { name }).waitFor();
      await eventually(async () => ((await pane.getByRole('radio').count()) === senders.length ? true : null));
    };
    await offered([/^Jobcenter/, /^Eksempel Kommune/]);
    await page.getByLabel('Fra').selectOption('sikkerpost@kommune.example');
    await offered([/^Jobcenter/, /^Eksempel Kommune/, /^Borgerservice/, /^Byggesager/]);
    await toFill(page, from(JOBCENTER, '2512489996'));
    await page.getByLabel('Fra').selectOption('borgerservice@kommune.example');
    await offered([/^Borgerservice/, /^Eksempel Kommune/]);
    await toFill(page, from(BORGERSERVICE, '2512489996'));
  }));

  it('a recipient who is taken out by hand never comes back', async () => await writing(async ({ page, pane }) => {
    await addRecipients(pane, '2512489996 2911829996');
    await toFill(page, from(JOBCENTER, '2512489996', '2911829996'));
    for (const name of ['Nancy Ann Test Berggren', 'Kirsten Test Madsen']) await named(page, `${name} (Digital Post)`);
    await page.getByLabel('Ny mail').getByRole('button', { name: 'Fjern Nancy' }).click();
    await toFill(page, from(JOBCENTER, '2911829996'));
    // Pressed at once: what is written is what stands there now, and the change.
    await pane.getByRole('switch', { name: /kan svare/ }).click();
    await toFill(page, [`2911829996@${JOBCENTER}.ngdp.digital-post.dk`]);
    await addRecipients(pane, '0107729995');
    await toFill(page, [`2911829996@${JOBCENTER}.ngdp.digital-post.dk`, `0107729995@${JOBCENTER}.ngdp.digital-post.dk`]);
    await rowOf(pane, 'Max').waitFor();
    await named(page, (await rowOf(pane, 'Max').getByRole('heading').innerText()) + ' (Digital Post)');
    await pane.getByRole('button', { name: /^Fjern Max/ }).click();
    await page.getByLabel('Ny mail').getByRole('button', { name: /^Fjern Kirsten|^Fjern 291182/ }).click();
    await pane.getByRole('button', { name: /^Fortryd: Max/ }).click();
    await toFill(page, [`0107729995@${JOBCENTER}.ngdp.digital-post.dk`]);
    await eventually(async () => ((await pane.locator('[data-row]').count()) === 1 ? true : null));
  }));

  it('recipients typed by hand stand in the pane: a right address, a number alone, one that looks alike', async () => await writing(async ({ page, pane }) => {
    const to = page.getByLabel('Til', { exact: true });
    await to.fill(`2512489996@${JOBCENTER}.ngdp.digital-post.dk; 291182-9996; 0107729995@${JOBCENTER}.ngdp.digital-posts.dk; kollega@kommune.test;`);
    await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
    await rowOf(pane, '291182-xxxx').getByText('Står i mailen som et nummer, ikke som en adresse.').waitFor();
    await pane.locator('[data-row]').getByText('Ligner en adresse til Digital Post, men er det ikke.').waitFor();
    await rowOf(pane, 'kollega@kommune.test').getByText('Kollega · almindelig mail').waitFor();
    await bar(pane).getByText('2 ting skal rettes').waitFor();
    await rowOf(pane, '291182-xxxx').getByRole('button', { name: 'Ret adressen' }).click();
    await rowOf(pane, /^Kirsten/).waitFor();
    await pane.getByRole('button', { name: 'Ret adressen' }).click();
    await rowOf(pane, /^Max/).waitFor();
    const point = `${JOBCENTER}.ngdp.digital-post.dk`;
    await toFill(page, [`2512489996@${point}`, `2911829996@${point}`, `0107729995@${point}`, 'kollega@kommune.test']);
    await pane.getByText('Nej. Beskeden har ingen Svar-knap.').waitFor();
  }));

  it('shut, changed and opened again, the pane agrees; so does a draft that is taken up from Kladder', async () => await writing(async ({ page, pane }) => {
    await addRecipients(pane, '2512489996, 87654321');
    for (const name of ['Nancy Ann Test Berggren', 'Bergs Tømrer ApS']) await named(page, `${name} (Digital Post)`);
    await page.getByRole('button', { name: 'Luk panelet' }).click();
    await pane.locator('main').waitFor({ state: 'detached' });
    await scripted(page, 'set', { to: [`2911829996@${BORGERSERVICE}.ngdp.digital-post.dk`], from: 'borgerservice@kommune.example', subject: 'Til kladde' });
    await page.getByRole('button', { name: 'Digital Post', exact: true }).click();
    await sentence(pane).getByText(/til Kirsten .* som Borgerservice\. Modtageren kan ikke svare\./).waitFor();
    assert.equal(await pane.locator('[data-row]').count(), 1);

    await page.getByRole('button', { name: /^Indbakke/ }).click();
    await page.getByLabel('Ny mail').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /^Kladder/ }).click();
    await page.getByRole('button', { name: /Til kladde/ }).click();
    await sentence(pane).getByText(/til Kirsten .* som Borgerservice\. Modtageren kan ikke svare\./).waitFor();
    await addRecipients(pane, '2512489996');
    const point = `${BORGERSERVICE}.ngdp.digital-post.dk`;
    await toFill(page, [`2911829996@${point}`, `2512489996@${point}`]);
  }));

  it('an address that came along with a reply and will be refused is offered for repair', async () => await writing(async ({ page, pane }) => {
    await scripted(page, 'set', { subject: 'SV: Din ansøgning', to: [`251248-9996-reply@${JOBCENTER}.ngdp.digital-post.dk`, `2911829996-reply@${JOBCENTER}.dk.ngdp.digital-post.dk`] });
    await pane.locator('[data-row]').filter({ hasText: 'Kom med fra den mail, du svarer på.' }).nth(1).waitFor();
    await bar(pane).getByText('2 ting skal rettes').waitFor();
    await pane.getByRole('button', { name: 'Ret adressen' }).first().click();
    await eventually(async () => ((await pane.getByRole('button', { name: 'Ret adressen' }).count()) === 1 ? true : null));
    await pane.getByRole('button', { name: 'Ret adressen' }).click();
    await toFill(page, from(JOBCENTER, '2512489996', '2911829996'));
    assert.equal(await pane.getByText('Kom med fra den mail, du svarer på.').count(), 0);
  }));

  it('a client that drops long addresses gets short ones, and the desk in a file; one that has no room for those is told of', async () => await writing(async ({ page, pane }) => {
    await scripted(page, 'client', { addressLengthMax: 78 });
    await addRecipients(pane, '87654321');
    await rowOf(pane, 'Bergs Tømrer ApS').getByRole('combobox').selectOption({ label: 'Kundeservice' });
    await toFill(page, ['87654321-reply@35833684.ngdp.digital-post.dk']);
    await eventually(async () => ((await scripted(page, 'item'))?.attachments.some(({ name }) => name === 'MemoHeader.json') ? true : null));
    await sentence(pane).getByText('som Jobcenter').waitFor();
    await eventually(async () => ((await rowOf(pane, 'Bergs Tømrer ApS').getByRole('combobox').inputValue()) === DESK_OF_COMPANY ? true : null));

    await scripted(page, 'client', { addressLengthMax: 30 });
    await addRecipients(pane, '2512489996');
    await pane.locator('[data-row]').getByText('Outlook tog ikke imod adressen. Modtageren er ikke i mailen.').waitFor();
    await toFill(page, ['87654321-reply@35833684.ngdp.digital-post.dk']);
  }));

  it('Outlook does not do it: that is said, the mail is as it was, and the next time it works', async () => await writing(async ({ page, pane }) => {
    await scripted(page, 'client', { failNext: { call: 'recipients.addAsync', count: 2 } });
    await addRecipients(pane, '2512489996');
    await rowOf(pane, '251248-xxxx').getByText('Outlook gjorde det ikke. Modtageren er ikke i mailen.').waitFor();
    await toFill(page, []);
    await rowOf(pane, '251248-xxxx').getByRole('button', { name: 'Prøv igen' }).click();
    await toFill(page, from(JOBCENTER, '2512489996'));
    await eventually(async () => ((await pane.locator('main').getByText('Outlook gjorde det ikke.').count()) === 0 ? true : null));
  }));

  it('the switch stands as it was pressed while Outlook writes, says so where that takes long, and falls back in words where it fails', async () => await writing(async ({ page, pane }) => {
    const answer = pane.getByRole('switch', { name: 'Modtageren kan svare' });
    await addRecipients(pane, '2512489996');
    await named(page, 'Nancy Ann Test Berggren (Digital Post)');
    await scripted(page, 'client', { failNext: { call: 'recipients.setAsync', code: 9020, count: 1 } });
    await answer.click();
    await pane.getByRole('alert').getByText('Outlook gjorde det ikke. Prøv igen.').waitFor();
    assert.equal(await answer.isChecked(), true);
    await pane.getByText('Ja. Svar lander i jobcenter@kommune.example.').waitFor();
    await toFill(page, from(JOBCENTER, '2512489996'));
    await answer.click();
    await pane.getByText('Nej. Beskeden har ingen Svar-knap.').waitFor();
    await eventually(async () => ((await pane.getByText('Outlook gjorde det ikke.').count()) === 0 ? true : null));
    await toFill(page, [`2512489996@${JOBCENTER}.ngdp.digital-post.dk`]);

    await scripted(page, 'client', { failNext: { call: 'recipients.setAsync', code: 'silence', count: 1 } });
    // What is seen right after the press, in the same turn of the page, and what is seen later.
    const [pressed, busy] = await answer.evaluate(async (input: HTMLInputElement) => {
      input.click();
      await new Promise(requestAnimationFrame);
      return [input.checked, input.ariaBusy];
    });
    assert.deepEqual([pressed, busy], [true, 'true']);
    await pane.getByRole('status').getByText('Skrives i mailen …').waitFor();
    assert.equal(await pane.getByText('Nej. Beskeden har ingen Svar-knap.').count(), 0);
    assert.equal(await answer.isChecked(), true);
    await sentence(pane).getByText(/kan ikke svare/).waitFor();
  }));

  it('a sender and a channel stand as they were pressed too, and fall back in words', async () => await inOutlook(browser, sandbox, { mailbox: 'sikkerpost@kommune.example' }, async (outlook) => {
    const { page, pane } = outlook;
    await writeMail(outlook);
    await pane.getByText(/^Ja\. Svar lander i /).waitFor();
    await addRecipients(pane, '87654321');
    await named(page, 'Bergs Tømrer ApS (Digital Post)');
    for (const [section, choice] of [[/^Afsender/, /Byggesager/], [/^Kanal/, /^mit\.dk/]] as const) {
      await pane.getByRole('button', { name: section }).click();
      const radio = pane.getByRole('radio', { name: choice });
      await scripted(page, 'client', { failNext: { call: 'recipients.setAsync', code: 9020, count: 1 } });
      await radio.click();
      await pane.getByRole('alert').getByText('Outlook gjorde det ikke. Prøv igen.').waitFor();
      assert.equal(await radio.isChecked(), false);
    }
    await scripted(page, 'client', { failNext: { call: 'recipients.setAsync', code: 'silence', count: 1 } });
    const pressed = await pane.getByRole('radio', { name: /^mit\.dk/ }).evaluate(async (input: HTMLInputElement) => {
      input.click();
      await new Promise(requestAnimationFrame);
      return input.checked;
    });
    assert.equal(pressed, true);
    await pane.getByRole('status').getByText('Skrives i mailen …').waitFor();
    await sentence(pane).getByText(/Du sender Digital Post/).waitFor();
  }));

  for (const [of, mailbox] of [['the real office.js, which passes no names on', '1.12'], ['our stand-in for it', '1.15']] as const) {
    it(`a new mail that Slå op opens names its recipient when the pane is opened beside it, by ${of}`, async () => await inOutlook(browser, sandbox, {}, async ({ page, pane }) => {
      await scripted(page, 'client', { mailbox });
      await scripted(page, 'set', { to: ['jobcenter@kommune.example'], subject: `Frokost ${mailbox}`, bodyHtml: '<p>Hej</p>' });
      await scripted(page, 'send');
      await page.getByRole('button', { name: new RegExp(`Frokost ${mailbox}`) }).first().click();
      await page.getByRole('button', { name: 'Digital Post', exact: true }).click();
      await pane.getByRole('button', { name: 'Slå op' }).click();
      await pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill('2512489996');
      await pane.getByLabel('Hvilken sag drejer det sig om?').fill('24-12345');
      await pane.getByLabel('Hvilken sag drejer det sig om?').press('Enter');
      await pane.getByRole('button', { name: 'Skriv til Nancy Ann Test Berggren' }).click();
      await toFill(page, from(JOBCENTER, '2512489996'));
      await sentence(pane).or(page.getByRole('button', { name: 'Digital Post', exact: true })).first().waitFor();
      if ((await sentence(pane).count()) === 0) await page.getByRole('button', { name: 'Digital Post', exact: true }).click();
      await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
      await named(page, 'Nancy Ann Test Berggren (Digital Post)');
    }));
  }

  it('a button of the manifest may open the pane on a tab of its own', async () => await inOutlook(browser, sandbox, {}, async ({ page, context, pane }) => {
    await context.route('**/manifest.xml', async (route) => {
      const answer = await route.fetch();
      await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('/addin/pane.html"', '/addin/pane.html?tab=sent"') });
    });
    await page.reload();
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await pane.locator('[aria-current=page]', { hasText: 'Sendt' }).waitFor();
    assert.equal(await recipientField(pane).count(), 0);
  }));

  it('an old Outlook, Mailbox 1.5: the pane reads and writes all the same', async () => await inOutlook(browser, sandbox, {}, async (outlook) => {
    const { page, pane } = outlook;
    await scripted(page, 'client', { mailbox: '1.5' });
    await writeMail(outlook);
    await addRecipients(pane, '2512489996');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    await named(page, 'Nancy Ann Test Berggren (Digital Post)');
    await scripted(page, 'set', { to: from(JOBCENTER, '2911829996') });
    await rowOf(pane, /^Kirsten/).waitFor();
    await pane.getByRole('switch', { name: 'Modtageren kan svare' }).click();
    await toFill(page, [`2911829996@${JOBCENTER}.ngdp.digital-post.dk`]);
    assert.equal(await pane.getByRole('button', { name: /^Flere oplysninger/ }).count(), 0);
    // What is attached it does not tell: nobody is told that all is well.
    await scripted(page, 'set', { subject: 'Sag', bodyHtml: '<p>Kære Kirsten</p>', attachments: [{ name: 'skema.exe', text: 'MZ' }] });
    await bar(pane).getByText('Serveren tjekker vedhæftningerne, når du trykker Send.').waitFor();
    await pane.getByText('Vedhæftninger kan ikke ses i denne Outlook. Serveren tjekker dem, når du trykker Send.').waitFor();
    assert.equal(await bar(pane).getByText('Klar', { exact: true }).count(), 0);
  }));
});
