import type { BrowserContextOptions } from 'playwright-core';
import { watchedPage, type TestBrowser } from './open-browser.ts';
import { budget } from './mixed-files.ts';
import { scripted } from './outlook-world.ts';
import { addRecipients, bar, recipientField, rowOf, sentence, writeMail, type OutlookWithPane, type RunningSandbox } from './pane-in-outlook.ts';

/** A state of a screen, with what a person did to come there. */
export interface PaneState {
  readonly name: string;
  readonly mailbox?: string;
  /** Ends when what is to be seen can be seen. */
  readonly arrange: (outlook: OutlookWithPane) => Promise<void>;
}

/** How long a state may take to come about, on a machine with much else to do. */
const PATIENCE_MS = 20_000;

/** Outlook on a mailbox, in a context as wanted; a client that tells of a change of theme, so that a state can be seen in each. */
export async function openedOn(browser: TestBrowser, sandbox: RunningSandbox, { mailbox = 'jobcenter@kommune.example', ...options }: BrowserContextOptions & { readonly mailbox?: string } = {}): Promise<OutlookWithPane> {
  const watched = await watchedPage(browser, { viewport: { width: 1366, height: 900 }, ...options });
  await watched.page.goto(`${sandbox.url}/outlook/?mailbox=${mailbox}`);
  await watched.page.getByRole('navigation', { name: 'Mapper' }).waitFor();
  await scripted(watched.page, 'client', { mailbox: '1.15' });
  watched.page.setDefaultTimeout(PATIENCE_MS);
  return { ...watched, sandbox, pane: watched.page.frameLocator('iframe[title="Postbro"]') };
}

const NANCY = '2512489996';
const HEADING = { level: 3 } as const;

/** A new mail to so many, when the gateway has said of each how it stands. */
async function writeTo(outlook: OutlookWithPane, numbers: string, change: Parameters<typeof window.sandboxOutlook.set>[0] = {}): Promise<void> {
  await writeMail(outlook);
  await outlook.pane.getByRole('button', { name: /^Afsender/ }).waitFor();
  if (Object.keys(change).length > 0) await scripted(outlook.page, 'set', change);
  await addRecipients(outlook.pane, numbers);
  await settled(outlook);
}

/** Nothing is being looked up any more. */
async function settled({ pane }: OutlookWithPane): Promise<void> {
  await pane.locator('[data-row]').first().waitFor();
  await pane.locator('main:not(:has-text("Tjekker …"))').waitFor();
  await pane.locator('[data-bar]:not([data-bar="checking"])').waitFor();
}

const toNancy = async (outlook: OutlookWithPane, change: Parameters<typeof writeTo>[2] = {}): Promise<void> =>
  await writeTo(outlook, NANCY, { subject: 'Møde om praktik', bodyHtml: '<p>Kære Nancy Ann</p><p>Vi ses på mandag.</p>', ...change });

/** Of every sort: well, protected, moved abroad, dead, not registered, exempt, with a new number, unknown; companies; a colleague and somebody outside. */
const OF_EVERY_SORT = '2512489996, 1111111118, 0108629996, 0101851001, 1509819996, 3103979995, 0201919990, 0104909989, 87654321, 56781234';

const mixed = async (outlook: OutlookWithPane): Promise<void> => {
  await writeTo(outlook, OF_EVERY_SORT, { subject: 'Orientering', bodyHtml: '<p>Hej</p>', to: ['sagsbehandler@kommune.example', 'Nora Nabo <nora@firma.example>', '2512489996'] });
  await rowOf(outlook.pane, /Nora Nabo|nora@firma/).waitFor();
};

/** Away: the page's own files are there, the gateway's answers are not. */
async function takeGatewayAway({ page, pane }: OutlookWithPane): Promise<void> {
  await page.route('**/api/**', async (route) => await route.abort());
  await pane.getByRole('button', { name: 'Sendt', exact: true }).click();
  await pane.getByRole('button', { name: 'Prøv igen' }).waitFor();
  await pane.getByRole('button', { name: 'Skriv', exact: true }).click();
  await sentence(pane).waitFor();
}

export const composeStates: readonly PaneState[] = [
  { name: 'Skriv, nobody yet', arrange: writeMail },
  {
    name: 'Skriv, with suggestions', arrange: async (outlook) => {
      await writeMail(outlook);
      await outlook.pane.getByRole('button', { name: /^Afsender/ }).waitFor();
      await recipientField(outlook.pane).pressSequentially('tømrer');
      await outlook.pane.getByRole('option').first().waitFor();
      await recipientField(outlook.pane).press('ArrowDown');
    },
  },
  {
    name: 'Skriv, what is typed is not understood', arrange: async (outlook) => {
      await writeMail(outlook);
      await addRecipients(outlook.pane, '107729995');
      await outlook.pane.getByRole('button', { name: 'Sæt 0 foran' }).waitFor();
    },
  },
  { name: 'Skriv, one who can get it', arrange: toNancy },
  {
    name: 'Skriv, with the whole number shown', arrange: async (outlook) => {
      await toNancy(outlook);
      await outlook.pane.getByRole('button', { name: /^Vis nummeret/ }).click();
    },
  },
  {
    name: 'Skriv, one taken out', arrange: async (outlook) => {
      await writeTo(outlook, `${NANCY}, 2911829996`);
      await outlook.pane.getByRole('button', { name: 'Fjern Nancy Ann Test Berggren' }).click();
      await outlook.pane.getByRole('button', { name: /^Fortryd/ }).waitFor();
    },
  },
  { name: 'Skriv, recipients of every sort', arrange: mixed },
  {
    name: 'Skriv, recipients of every sort, unfolded', arrange: async (outlook) => {
      await mixed(outlook);
      await outlook.pane.getByRole('button', { name: /kan få beskeden/ }).click();
    },
  },
  {
    name: 'Skriv, addresses that are wrong', arrange: async (outlook) => {
      await toNancy(outlook, { to: ['2512489996', '1111@35833684.ngdp.digital-post.dk', '2911829996-reply@ngdp.digital-post.dk', '251248-9996@35833684.ngdp.digital-post.dk'] });
      await outlook.pane.getByRole('heading', { ...HEADING }).nth(2).waitFor();
    },
  },
  {
    name: 'Skriv, choosing the sender', mailbox: 'sikkerpost@kommune.example', arrange: async (outlook) => {
      await toNancy(outlook);
      await outlook.pane.getByRole('button', { name: /^Afsender/ }).click();
      await outlook.pane.getByRole('radio', { name: /Jobcenter/ }).waitFor();
    },
  },
  {
    name: 'Skriv, choosing the channel', mailbox: 'sikkerpost@kommune.example', arrange: async (outlook) => {
      await writeTo(outlook, '1509819996, 87654321');
      await outlook.pane.getByRole('button', { name: /^Kanal/ }).click();
      await outlook.pane.getByRole('radio', { name: /^mit\.dk/ }).waitFor();
    },
  },
  {
    name: 'Skriv, a contact point without a mailbox', mailbox: 'sikkerpost@kommune.example', arrange: async (outlook) => {
      await toNancy(outlook);
      await outlook.pane.getByRole('button', { name: /^Afsender/ }).click();
      await outlook.pane.getByRole('radio', { name: /Byggesager/ }).click();
      await outlook.pane.getByText('har ingen postkasse').waitFor();
    },
  },
  {
    name: 'Skriv, nobody can answer', arrange: async (outlook) => {
      await toNancy(outlook);
      await outlook.pane.getByRole('switch').click();
      await outlook.pane.getByText('Nej. Beskeden har ingen Svar-knap.').waitFor();
    },
  },
  {
    name: 'Skriv, more information with faults', arrange: async (outlook) => {
      await writeTo(outlook, '87654321', { subject: 'Sag 24-12345 om skiltet' });
      await outlook.pane.getByRole('button', { name: /^Flere oplysninger/ }).click();
      await outlook.pane.getByLabel('Svar senest').fill('2020-01-31');
      await outlook.pane.getByLabel('KLE-emne').fill('32.30');
      await outlook.pane.getByLabel('FORM-opgave').fill('forkert');
      await outlook.pane.getByLabel('FORM-opgave').press('Tab');
      await outlook.pane.getByText('En FORM-opgave skrives som').waitFor();
    },
  },
  {
    name: 'Skriv, colleagues only', arrange: async (outlook) => {
      await writeMail(outlook);
      await scripted(outlook.page, 'set', { to: ['sagsbehandler@kommune.example', 'vikar@kommune.example'] });
      await sentence(outlook.pane).getByText('2 kolleger').waitFor();
    },
  },
  {
    name: 'Skriv, without the gateway', arrange: async (outlook) => {
      await toNancy(outlook);
      await takeGatewayAway(outlook);
      await bar(outlook.pane).getByText('Du kan godt sende').waitFor();
    },
  },
  {
    name: 'Skriv, one must log on', arrange: async (outlook) => {
      await outlook.page.route('**/sandbox/entra/tokens', async (route) => await route.fulfill({ status: 403, body: '{}' }));
      await writeMail(outlook);
      await outlook.pane.getByRole('button', { name: 'Log på' }).waitFor();
    },
  },
  {
    name: 'Skriv, from a mailbox that may not', mailbox: 'hr@kommune.example', arrange: async (outlook) => {
      await outlook.page.getByRole('button', { name: 'Ny mail' }).click();
      await outlook.pane.getByText('kan du ikke sende Digital Post').first().waitFor();
    },
  },
  {
    name: 'Skriv, names, files and addresses that are long', arrange: async (outlook) => {
      const long = 'Christiansen-Vestergaard-Hermannsdóttir Abdirahmaanrasmussens';
      await writeTo(outlook, NANCY, {
        subject: 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz og 251248-9996', bodyHtml: `<p>Kære ${long}</p><p>https://kommune.sharepoint.com/sites/${'langt'.repeat(20)}</p>`,
        to: [`${long} <${'meget.lang.adresse.'.repeat(4)}x@${'afdeling.'.repeat(6)}firma.example>`],
        attachments: [{ name: `${'bilag_uden_mellemrum_'.repeat(6)}.exe`, text: 'MZ' }, { name: `${'endnu-et-bilag-'.repeat(6)}.pdf`, text: '%PDF' }],
      });
      await outlook.pane.locator('[data-card]').nth(2).waitFor();
    },
  },
];

const MAIL = 'From: borger@mail.example\r\nSubject: Lejekontrakt\r\n\r\nHer er den.\r\n';

export const checkStates: readonly PaneState[] = [
  {
    name: 'Tjek, what must be put right', arrange: async (outlook) => {
      await toNancy(outlook, {
        subject: 'Om 251248-9996', attachments: [...Array.from({ length: 11 }, (_, n) => ({ name: `bilag ${n + 1}.txt`, text: 'Hej' })), { name: 'program.exe', text: 'MZ' }, { name: 'tom.txt', text: '' }],
      });
      await outlook.pane.getByText('Der står et CPR-nummer i emnet').waitFor();
    },
  },
  {
    name: 'Tjek, what to look at', arrange: async (outlook) => {
      await toNancy(outlook, {
        subject: '', bodyHtml: '<p>Kære Kirsten Test Mortensen</p><p>Dit CPR-nummer er 291182-9996. Se <a href="https://kommune.sharepoint.com/:w:/s/sag/brev.docx">brevet</a>.</p>',
      });
      await outlook.pane.getByText('Emnet er tomt').waitFor();
      await outlook.pane.getByText('virker ikke for modtageren').waitFor();
    },
  },
  {
    name: 'Tjek, looked at and found right', arrange: async (outlook) => {
      await toNancy(outlook, { bodyHtml: '<p>Kære Nancy Ann</p><p>Dit CPR-nummer er 291182-9996.</p>' });
      await outlook.pane.getByRole('button', { name: 'Det er rigtigt' }).click();
      await outlook.pane.getByText('Du har sagt god for det.').first().waitFor();
    },
  },
  {
    name: 'Tjek, all well, with a file', arrange: async (outlook) => {
      await toNancy(outlook, { attachments: [{ name: 'kort.txt', text: 'Find vej' }] });
      await bar(outlook.pane).getByText('Tryk Send i Outlook.').waitFor();
    },
  },
  {
    name: 'Tjek, numbers to somebody outside', arrange: async (outlook) => {
      await writeMail(outlook);
      await scripted(outlook.page, 'set', { to: ['nora@firma.example'], subject: 'Sagen', bodyHtml: '<p>Det gælder 251248-9996.</p>' });
      await outlook.pane.getByText('Der er CPR-numre i en mail til').waitFor();
    },
  },
  {
    name: 'Tjek, files that can be mended, that cannot, and one that was; the order in which others are joined', arrange: async (outlook) => {
      await toNancy(outlook, {
        attachments: [...Array.from({ length: 11 }, (_, n) => ({ name: `bilag ${n + 1}.txt`, text: 'Hej' })), budget, { name: 'Lejekontrakt.eml', text: MAIL }, { name: 'program.exe', text: 'MZ' }],
      });
      await outlook.pane.getByRole('button', { name: 'Ret alle 3' }).waitFor();
      await outlook.pane.getByRole('button', { name: 'Fjern makroerne' }).click();
      await outlook.pane.getByText('Budget 2027.xlsm bliver til Budget 2027.xlsx').waitFor();
      await outlook.pane.getByRole('button', { name: /^Saml dem i/ }).click();
      await outlook.pane.getByRole('list', { name: 'Rækkefølge, øverst først' }).waitFor();
    },
  },
  {
    name: 'Tjek, a subject that was mended', arrange: async (outlook) => {
      await toNancy(outlook, { subject: 'Om 251248-9996' });
      await outlook.pane.getByRole('button', { name: 'Fjern nummeret fra emnet' }).click();
      await outlook.pane.getByText('Nummeret er fjernet fra emnet.').first().waitFor();
    },
  },
];

/** Slå op, opened beside a new mail, and somebody asked about. */
async function lookUp(outlook: OutlookWithPane, query: string, about = '24-12345'): Promise<void> {
  await writeMail(outlook);
  await openLookup(outlook);
  await outlook.pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill(query);
  await outlook.pane.getByLabel('Hvilken sag drejer det sig om?').fill(about);
  await outlook.pane.getByRole('button', { name: 'Slå op' }).last().click();
}

async function openLookup({ pane }: OutlookWithPane): Promise<void> {
  await pane.getByRole('button', { name: /^Afsender/ }).waitFor();
  await pane.getByRole('button', { name: 'Slå op' }).click();
  await pane.getByLabel('Hvilken sag drejer det sig om?').waitFor();
}

const answered = async (outlook: OutlookWithPane, query: string, answer: string | RegExp): Promise<void> => {
  await lookUp(outlook, query);
  await outlook.pane.locator('main').getByText(answer).first().waitFor();
};

/** Sends a mail as it stands, without the pane. */
async function send({ page }: Pick<OutlookWithPane, 'page'>, change: Parameters<typeof window.sandboxOutlook.set>[0]): Promise<void> {
  await scripted(page, 'set', change);
  await scripted(page, 'send');
}

/** Sends a mail from a mailbox whose user may not use the open one. */
async function sendFrom({ context, sandbox }: OutlookWithPane, mailbox: string, change: Parameters<typeof send>[1]): Promise<void> {
  const page = await context.newPage();
  await page.goto(`${sandbox.url}/outlook/?mailbox=${mailbox}`);
  await page.getByRole('navigation', { name: 'Mapper' }).waitFor();
  await send({ page }, change);
  await page.close();
}

/** A message from Nancy Ann as the gateway puts it into a mailbox: what is for machines lies in two files (formats.md). */
const receivedFiles = [
  { name: 'MemoHeader.json', text: JSON.stringify({
    messageUUID: '6b1e2c8e-8f9a-4a53-9f0e-0d6c2f3a4b5c', reply: true, replyByDateTime: '2099-05-03T12:00:00Z', replyData: [{ messageUUID: '1b1e2c8e-8f9a-4a53-9f0e-0d6c2f3a4b5c' }],
    sender: { id: '2512489996', idType: 'CPR', label: 'Nancy Ann Test Berggren' }, recipient: { id: '35833684', idType: 'CVR', contactPoint: 'dfebd0ca-e211-47e4-af3a-f0d3344f018e' },
    contentData: { caseId: '24-12345' },
  }) },
  { name: 'MemoHeaderInfo.json', text: JSON.stringify({ rule: { name: 'Praktik' } }) },
];

const KOMMUNE = '35833684.ngdp.digital-post.dk';

/** A mail in the open mailbox, by the beginning of its subject. */
async function read({ page, pane }: OutlookWithPane, subject: RegExp): Promise<void> {
  await page.getByRole('button', { name: subject }).first().click();
  await page.getByRole('button', { name: 'Digital Post', exact: true }).click();
  await pane.getByRole('button', { name: 'Beskeden' }).waitFor();
}

const showSent = async ({ pane }: OutlookWithPane): Promise<void> => {
  await pane.getByRole('button', { name: 'Sendt', exact: true }).click();
  await pane.getByRole('group', { name: 'Vis' }).waitFor();
};

export const otherStates: readonly PaneState[] = [
  {
    name: 'Slå op, nothing asked yet', arrange: async (outlook) => {
      await writeMail(outlook);
      await openLookup(outlook);
    },
  },
  {
    name: 'Slå op, what is missing', arrange: async (outlook) => {
      await lookUp(outlook, '123', '');
      await outlook.pane.getByText('Du har skrevet 3.').waitFor();
    },
  },
  {
    name: 'Slå op, several one after the other', arrange: async (outlook) => {
      await answered(outlook, '251248-9996', 'Nancy Ann Test Berggren');
      for (const [query, answer] of [['0101851001', 'Else Test Holm'], ['1509819996', 'Tove Test Lund'], ['0201919990', 'Har fået nyt CPR-nummer'], ['2911829996', 'Kirsten Test Madsen']] as const) {
        await outlook.pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill(query);
        await outlook.pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').press('Enter');
        await outlook.pane.locator('main').getByText(answer).first().waitFor();
      }
    },
  },
  { name: 'Slå op, somebody protected', arrange: async (outlook) => await answered(outlook, '1111111118', 'Beskyttet navn') },
  { name: 'Slå op, nobody', arrange: async (outlook) => await answered(outlook, '4102490000', 'Der findes ingen med det nummer.') },
  { name: 'Slå op, companies by name', arrange: async (outlook) => await answered(outlook, 'tømrer', 'Bergs Tømrer ApS') },
  { name: 'Slå op, a company that has ceased', arrange: async (outlook) => await answered(outlook, '56781234', /Ophørt 31/) },
  {
    name: 'Slå op, without the gateway', arrange: async (outlook) => {
      await writeMail(outlook);
      await openLookup(outlook);
      await outlook.page.route('**/api/**', async (route) => await route.abort());
      await outlook.pane.getByLabel('CPR-nummer, CVR-nummer eller firmanavn').fill('2512489996');
      await outlook.pane.getByLabel('Hvilken sag drejer det sig om?').fill('24-12345');
      await outlook.pane.getByLabel('Hvilken sag drejer det sig om?').press('Enter');
      await outlook.pane.getByText('Der kan ikke slås op uden forbindelse').waitFor();
    },
  },
  {
    name: 'Sendt, nothing yet', mailbox: 'sikkerpost@nabo.example', arrange: async (outlook) => {
      await writeMail(outlook);
      await showSent(outlook);
      await outlook.pane.getByText('Her står det, du har sendt').waitFor();
    },
  },
  {
    name: 'Sendt, with recipients', arrange: async (outlook) => {
      await send(outlook, { to: [`2512489996-reply@${KOMMUNE}`, `1509819996@${KOMMUNE}`, `0101851001@${KOMMUNE}`], subject: 'Indkaldelse til samtale', bodyHtml: '<p>Kære borger</p>' });
      await send(outlook, { to: [`2911829996@${KOMMUNE}`], subject: 'Til Kirsten', bodyHtml: '<p>Kære Kirsten</p>' });
      await writeMail(outlook);
      await showSent(outlook);
      await outlook.pane.getByText('Leveret til 1 af 3, 2 fejlede').first().waitFor();
      await outlook.pane.getByRole('button', { name: 'Vis modtagere' }).first().click();
      await outlook.pane.getByText('150981-xxxx').first().waitFor();
    },
  },
  {
    name: 'Beskeden, no mail chosen', arrange: async (outlook) => {
      await send(outlook, { to: ['jobcenter@kommune.example'], subject: 'Frokost fredag', bodyHtml: '<p>Hej</p>' });
      await read(outlook, /Frokost fredag/);
      await outlook.page.getByRole('button', { name: 'Fastgør panelet' }).click();
      await outlook.page.getByRole('navigation', { name: 'Mapper' }).getByRole('button', { name: /^Indbakke/ }).click();
      await outlook.pane.getByText('Vælg en mail for at se den her.').waitFor();
    },
  },
  {
    name: 'Beskeden, an ordinary mail', arrange: async (outlook) => {
      await send(outlook, { to: ['jobcenter@kommune.example'], subject: 'Frokost torsdag', bodyHtml: '<p>Hej</p>' });
      await read(outlook, /Frokost torsdag/);
      await outlook.pane.getByText('Almindelig mail.').waitFor();
    },
  },
  {
    name: 'Beskeden, received Digital Post', arrange: async (outlook) => {
      await sendFrom(outlook, 'sikkerpost@kommune.example', { to: ['jobcenter@kommune.example'], subject: 'Sv: Møde om praktik', bodyHtml: '<p>Jeg kommer.</p>', attachments: receivedFiles });
      // Post from outside comes from an address of the gateway, which nobody here can send from.
      await outlook.page.route('**/sandbox/outlook/mailboxes/*/mails/inbox/*', async (route) => {
        const answer = await route.fetch();
        await route.fulfill({ response: answer, body: (await answer.text()).replaceAll('sikkerpost@kommune.example', `2512489996@${KOMMUNE}`) });
      });
      await read(outlook, /Sv: Møde om praktik/);
      await outlook.pane.getByText('Tryk Besvar i Outlook.').first().waitFor();
      await outlook.pane.getByText('24-12345').first().waitFor();
    },
  },
  {
    name: 'Beskeden, a receipt', arrange: async (outlook) => {
      await send(outlook, { to: [`2512489996@${KOMMUNE}`], subject: 'Møde i huset', bodyHtml: '<p>Kære Nancy Ann</p>' });
      await read(outlook, /Kvittering: Møde i huset/);
      await outlook.pane.getByRole('button', { name: 'Vis under Sendt' }).waitFor();
    },
  },
  {
    name: 'Beskeden, a mail that I sent', arrange: async (outlook) => {
      await send(outlook, { to: [`2512489996-reply@${KOMMUNE}`, `1509819996@${KOMMUNE}`], subject: 'Møde på rådhuset', bodyHtml: '<p>Kære Nancy Ann</p>' });
      await outlook.page.getByRole('navigation', { name: 'Mapper' }).getByRole('button', { name: /^Sendt post/ }).click();
      await read(outlook, /Møde på rådhuset/);
      await outlook.pane.getByText('Leveret til 1 af 2').first().waitFor();
    },
  },
  {
    name: 'Systemoplysninger', arrange: async (outlook) => {
      await writeMail(outlook);
      await outlook.pane.getByRole('button', { name: /^Afsender/ }).waitFor();
      await outlook.pane.getByRole('button', { name: 'Systemoplysninger' }).click();
      await outlook.pane.getByRole('button', { name: 'Opdater nu' }).click();
      await outlook.pane.getByText('Opdateret.').first().waitFor();
    },
  },
];