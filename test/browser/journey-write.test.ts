import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { eventually } from '../sandbox/eventually.ts';
import { noBrowser, useSandbox } from './browser-set-up.ts';
import { scripted } from './outlook-world.ts';
import {
  addRecipients, addressesIn, bar, fromDoor, inOutlook, pressSend, recipientField, rowOf, sentence, toFill, writeMail, type OutlookWithPane,
} from './pane-in-outlook.ts';

const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const DESK_OF_COMPANY = 'bdcc201c-600c-4254-92c4-bab15dc075b5';

interface MessageOfCitizen {
  readonly messageUUID: string;
  readonly recipientID: string;
  readonly label: string;
  readonly reply: boolean;
}

describe('a caseworker writes', { skip: noBrowser }, () => {
  const { browser, sandbox } = useSandbox({ LETTER_CHECK: 'told' });

  const writing = async (mailbox: string, journey: (outlook: OutlookWithPane) => Promise<void>): Promise<void> =>
    await inOutlook(browser, sandbox, { mailbox }, async (outlook) => {
      await writeMail(outlook);
      await journey(outlook);
    });
  const inbox = async (network: string, label: string): Promise<MessageOfCitizen> => await eventually(async () =>
    (await fromDoor<readonly MessageOfCitizen[]>(sandbox, `/sandbox/${network}/messages`)).find((message) => message.label === label) ?? null, 20_000);
  const memoOf = async (network: string, { messageUUID }: MessageOfCitizen): Promise<string> =>
    await (await fetch(`${sandbox.url}/sandbox/${network}/messages/${messageUUID}`)).text();

  it('a number and Enter: the right address in Til, under a name that holds no number; Send; the citizen has it, the mailbox its receipt', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    await addRecipients(pane, '251248-9996');
    await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
    assert.equal(await rowOf(pane, 'Nancy Ann Test Berggren').getByText('251248-xxxx').count(), 1);
    assert.equal(await recipientField(pane).inputValue(), '');
    assert.match(await sentence(pane).innerText(), /^Du sender Digital Post til Nancy Ann Test Berggren som Jobcenter, og modtageren kan svare\.$/);
    const nancy = { displayName: 'Nancy Ann Test Berggren (Digital Post)', emailAddress: `2512489996-reply@${JOBCENTER}.ngdp.digital-post.dk` };
    await eventually(async () => (JSON.stringify((await scripted(page, 'item'))?.to) === JSON.stringify([nancy]) ? true : null));
    assert.match(await pane.locator('[aria-live="polite"]').first().innerText(), /Nancy Ann Test Berggren er tilføjet\. Kan få Digital Post/);

    await page.getByLabel('Emne').fill('Indkaldelse til samtale');
    await page.getByLabel('Besked').fill('Kære Nancy Ann');
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    assert.equal(await bar(pane).getByText('Tryk Send i Outlook.').count(), 1);
    await pressSend(page);
    const message = await inbox('ngdp', 'Indkaldelse til samtale');
    assert.deepEqual([message.recipientID, message.reply], ['2512489996', true]);
    assert.match(await memoOf('ngdp', message), new RegExp(JOBCENTER));
    await page.getByRole('button', { name: /Kvittering: Indkaldelse til samtale – 1 leveret/ }).waitFor();
  }));

  it('what the writer has said is right is not told again in the receipt; without that it is', async () => await writing('jobcenter@kommune.example', async (outlook) => {
    const { page, pane } = outlook;
    const receiptOf = async (subject: string, look: () => Promise<void>): Promise<string> => {
      await addRecipients(pane, '2512489996');
      await rowOf(pane, 'Nancy Ann Test Berggren').getByText('Kan få Digital Post', { exact: true }).waitFor();
      await scripted(page, 'set', { subject, bodyHtml: '<p>Kære Nancy Ann</p><p>Dit CPR-nummer er 291182-9996.</p>' });
      await bar(pane).getByText('Klar, men se 1 ting efter').waitFor();
      await look();
      await pressSend(page);
      await page.getByRole('button', { name: new RegExp(`Kvittering: ${subject} – 1 leveret`) }).click();
      return await page.frameLocator('iframe[title="Mailens tekst"]').locator('body').innerText();
    };
    const seen = await receiptOf('Set efter', async () => {
      await pane.getByRole('button', { name: 'Det er rigtigt' }).click();
      await pane.getByText('Du har sagt god for det.').first().waitFor();
    });
    assert.match(seen, /Set efter/);
    assert.doesNotMatch(seen, /Tjek brevet/);
    await writeMail(outlook);
    assert.match(await receiptOf('Ikke set efter', async () => undefined), /Tjek brevet[^]*291182-xxxx/);
  }));

  it('several at once, with hyphens, blanks and lines, come each once and in that order', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    await recipientField(pane).focus();
    await recipientField(pane).evaluate((field) => {
      const pasted = new DataTransfer();
      pasted.setData('text', '251248-9996\n2911829996 0107729995\r\nBergs Tømrer 87 65 43 21, 2512489996\n');
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: pasted, bubbles: true, cancelable: true }));
    });
    await recipientField(pane).press('Enter');
    await toFill(page, ['2512489996', '2911829996', '0107729995', '87654321'].map((number) => `${number}-reply@${JOBCENTER}.ngdp.digital-post.dk`));
    await sentence(pane).getByText('til 4 modtagere').waitFor();
    await addRecipients(pane, '2911829996');
    await pane.getByText('Står her allerede.').first().waitFor();
    assert.equal(await recipientField(pane).inputValue(), '2911829996');
  }));

  it('what is not understood stays in the field, with what is wrong with it', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    for (const [typed, said] of [
      ['123', 'Et CPR-nummer har 10 cifre, og et CVR-nummer har 8. Du har skrevet 3.'],
      ['Hvem er det', 'Skriv et nummer eller vælg et navn på listen.'],
      ['107729995', 'Mangler der et 0 forrest?'],
    ] as const) {
      await addRecipients(pane, typed);
      await pane.locator('main').getByText(said).waitFor();
      assert.equal(await recipientField(pane).inputValue(), typed);
      assert.equal(await recipientField(pane).getAttribute('aria-invalid'), 'true');
      assert.deepEqual(await addressesIn(page), []);
    }
    await pane.getByRole('button', { name: 'Sæt 0 foran' }).click();
    await rowOf(pane, 'Max Test Berggren').or(rowOf(pane, /^Max/)).waitFor();
    await addRecipients(pane, '2911829996, 123');
    await rowOf(pane, /^Kirsten/).waitFor();
    assert.equal(await recipientField(pane).inputValue(), '123');
    await scripted(page, 'set', { subject: 'Et brev', bodyHtml: '<p>Goddag</p>' });
    await bar(pane).getByText('Klar, men se 1 ting efter').waitFor();
    await recipientField(pane).fill('');
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
  }));

  it('what is typed and not added is told as soon as the writer goes elsewhere, and the bar leads back to it', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    await addRecipients(pane, '2911829996');
    await rowOf(pane, /^Kirsten/).waitFor();
    await scripted(page, 'set', { subject: 'Et brev', bodyHtml: '<p>Goddag</p>' });
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    await recipientField(pane).fill('2512489996');
    await page.getByLabel('Emne').focus();
    await pane.getByText('Det, der står i feltet, er ikke i mailen. Tryk Tilføj, eller tøm feltet.').waitFor();
    await bar(pane).getByText('Klar, men se 1 ting efter').waitFor();
    await bar(pane).getByRole('button', { name: 'Vis' }).click();
    await eventually(async () => ((await recipientField(pane).evaluate((field) => field === document.activeElement)) ? true : null));
    await recipientField(pane).press('Enter');
    await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
  }));

  it('each says in words how it stands, and whoever gets nothing can be taken out, and put back', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    await addRecipients(pane, '2512489996, 1111111118, 1509819996, 3103979995, 0101851001, 56781234, 0108629996, 4102490000');
    const rows: readonly (readonly [string | RegExp, RegExp])[] = [
      ['Beskyttet navn', /Kan få Digital Post\s*·\s*111111-xxxx\s*Navne- og adressebeskyttet\. Skriv ikke navn eller adresse i emnet\./],
      ['Tove Test Lund', /150981-xxxx\s*Ikke tilmeldt Digital Post\. Får ikke beskeden\./],
      ['Otto Test Friis', /310397-xxxx\s*Fritaget for Digital Post\. Får ikke beskeden\./],
      ['Else Test Holm', /010185-xxxx\s*Død 1\. marts 2025\. Får ikke beskeden\./],
      ['Ophørt Handel ApS', /CVR 56781234\s*Ophørt 31\. december 2024\. Får ikke beskeden\./],
      [/^410249-xxxx/, /Nummeret findes ikke\. Får ikke beskeden\./],
    ];
    for (const [name, words] of rows) {
      await rowOf(pane, name).waitFor();
      await eventually(async () => (words.test(await rowOf(pane, name).innerText()) ? true : null));
    }
    await pane.locator('[data-row]').getByText(/Udrejst 1\. juni 2024\. Kan stadig få Digital Post\./).waitFor();
    await sentence(pane).getByText('5 andre får ikke beskeden.').waitFor();
    const names = (await scripted(page, 'item'))?.to.map(({ displayName }) => displayName) ?? [];
    assert.ok(names.includes('111111-xxxx (Digital Post)'), 'nobody is said to be protected');
    assert.doesNotMatch(names.join(), /\d{10}/);
    const before = await addressesIn(page);
    await pane.getByRole('button', { name: 'Fjern de 5, der ikke får beskeden' }).click();
    await eventually(async () => ((await addressesIn(page)).length === 3 ? true : null));
    await pane.getByText('5 modtagere er fjernet.').first().waitFor();
    await pane.getByRole('button', { name: /^Fortryd/ }).click();
    await toFill(page, before);
    await pane.getByRole('button', { name: 'Fjern Nancy Ann Test Berggren' }).click();
    await toFill(page, before.slice(1));
    await pane.getByRole('button', { name: /^Fortryd: Nancy/ }).click();
    await toFill(page, before);
  }));

  it('the same person twice is told as that, and taken out once', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    const address = `2512489996-reply@${JOBCENTER}.ngdp.digital-post.dk`;
    await scripted(page, 'set', { to: [address], cc: [address] });
    await pane.getByText('Står her to gange. Beskeden sendes kun én gang.').first().waitFor();
    await pane.locator('[data-row]').filter({ hasText: 'Står her to gange' }).getByRole('button', { name: 'Fjern' }).click();
    await toFill(page, [address]);
    await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
    assert.equal(await pane.getByText('Står her to gange').count(), 0);
  }));

  it('by mit.dk instead, as another sender, without an answer: every address follows, and so does what arrives', async () => await writing('sikkerpost@kommune.example', async ({ page, pane }) => {
    await addRecipients(pane, '2512489996 2911829996');
    await rowOf(pane, /^Kirsten/).getByText('Kan få Digital Post', { exact: true }).waitFor();
    await pane.getByRole('button', { name: /^Afsender/ }).click();
    await pane.getByRole('radio', { name: /Borgerservice/ }).click();
    await sentence(pane).getByText('som Borgerservice').waitFor();
    await pane.getByRole('button', { name: /^Kanal/ }).click();
    await pane.getByRole('radio', { name: /^mit\.dk/ }).click();
    await sentence(pane).getByText('mit.dk').waitFor();
    const point = '163710ae-5078-350c-0000-000000000440';
    await toFill(page, ['2512489996', '2911829996'].map((number) => `${number}-reply@${point}.mitdk.digital-post.dk`));
    await pane.getByRole('switch', { name: 'Modtagerne kan svare' }).click();
    await toFill(page, ['2512489996', '2911829996'].map((number) => `${number}@${point}.mitdk.digital-post.dk`));
    await pane.getByText('Nej. Beskeden har ingen Svar-knap.').waitFor();
    await pane.getByRole('switch', { name: 'Modtagerne kan svare' }).click();
    await pane.getByText('Ja. Svar lander i borgerservice@kommune.example.').waitFor();
    await pane.getByRole('switch', { name: 'Modtagerne kan svare' }).click();
    await pane.getByText('Nej. Beskeden har ingen Svar-knap.').waitFor();
    await scripted(page, 'set', { subject: 'Til mit.dk', bodyHtml: '<p>Hej</p>' });
    await pressSend(page);
    const message = await inbox('mitdk', 'Til mit.dk');
    assert.equal(message.reply, false);
    assert.match(await memoOf('mitdk', message), new RegExp(point));
  }));

  it('the last sender of a mailbox is chosen the next time', async () => await writing('sikkerpost@kommune.example', async ({ page, pane }) => {
    await pane.getByRole('button', { name: /^Afsender/ }).click();
    await pane.getByRole('radio', { name: /Byggesager/ }).click();
    await page.getByRole('button', { name: 'Ny mail' }).click();
    await pane.getByRole('button', { name: /^Afsender\s*Byggesager/ }).waitFor();
  }));

  it('a company’s own desk is chosen in its row', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    await addRecipients(pane, '87654321');
    await rowOf(pane, 'Bergs Tømrer ApS').getByRole('combobox').selectOption({ label: 'Kundeservice' });
    await toFill(page, [`87654321-reply.${DESK_OF_COMPANY}@${JOBCENTER}.ngdp.digital-post.dk`]);
    await scripted(page, 'set', { subject: 'Til jeres kundeservice', bodyHtml: '<p>Hej</p>' });
    await pressSend(page);
    assert.match(await memoOf('ngdp', await inbox('ngdp', 'Til jeres kundeservice')), new RegExp(DESK_OF_COMPANY));
  }));

  it('an outsider in the same mail: the numbers go to Bcc; what is for systems goes with Digital Post alone', async () => await writing('jobcenter@kommune.example', async ({ page, pane }) => {
    await addRecipients(pane, '2512489996');
    await rowOf(pane, 'Nancy Ann Test Berggren').waitFor();
    await scripted(page, 'set', { cc: ['Sanne <sagsbehandler@kommune.example>', 'Revisor <revisor@firma.example>'], subject: 'Regnskab', bodyHtml: '<p>Kære Nancy Ann</p>' });
    await rowOf(pane, 'Sanne').getByText('Kollega · almindelig mail').waitFor();
    await rowOf(pane, 'Revisor').getByText('Er i samme mail som CPR-numre i Til og Cc.').waitFor();
    await bar(pane).getByText('1 ting skal rettes').waitFor();
    await pane.getByRole('button', { name: 'Flyt numrene til Bcc' }).click();
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    const item = await scripted(page, 'item');
    assert.deepEqual([item?.to, item?.bcc.map(({ emailAddress }) => emailAddress)], [[], [`2512489996-reply@${JOBCENTER}.ngdp.digital-post.dk`]]);

    await pane.getByRole('button', { name: /^Flere oplysninger/ }).click();
    await pane.getByLabel('Sagsnummer').fill('2026-4711');
    await pane.getByLabel('KLE-emne').fill('32.30');
    await page.keyboard.press('Tab');
    await pane.getByText('Et KLE-emne skrives som 32.30.04.').first().waitFor();
    await pane.getByLabel('KLE-emne').fill('32.30.04');
    await page.keyboard.press('Tab');
    await pane.getByText('MemoHeader.json er til systemer og må ikke sendes ud af kommunen.').first().waitFor();
    await pane.getByRole('button', { name: 'Fjern Sanne' }).waitFor();
    await scripted(page, 'set', { cc: ['Sanne <sagsbehandler@kommune.example>'] });
    await bar(pane).getByText('Klar', { exact: true }).waitFor();
    assert.deepEqual((await scripted(page, 'item'))?.attachments.map(({ name }) => name), ['MemoHeader.json']);
    await pressSend(page);
    const memo = await memoOf('ngdp', await inbox('ngdp', 'Regnskab'));
    assert.match(memo, /2026-4711/);
    assert.match(memo, /32\.30\.04/);
  }));
});
