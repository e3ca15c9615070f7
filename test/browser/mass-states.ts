import { sheetOf, workbookOf } from '../taskpane/mass/workbooks.ts';
import { textLetter } from '../pdf/letters.ts';
import { allChecked, manyRows, numberOf, openSendToMany, readList } from './mass-list-world.ts';
import { scripted } from './outlook-world.ts';
import { bar, recipientField, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
import type { PaneState } from './pane-states.ts';

const MIXED = 'CPR-nr.\tNavn\tSag\n2512489996\tNancy\t2026-1001\n102011235\tBo\t2026-1002\n1509819996\tTove\t2026-1003\n251248-9996\tx\t2026-1004\n1,23E+09\ty\t2026-1005\n20801-1234\tz\t2026-1006';

async function chooseFile({ pane }: OutlookWithPane, name: string, bytes: Uint8Array): Promise<void> {
  await pane.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
}

/** The states of Send til mange, steps 1 and 2. */
export const massStates: readonly PaneState[] = [
  {
    name: 'Skriv, many numbers pasted', arrange: async (outlook) => {
      const { pane, page, context } = outlook;
      await writeMail(outlook);
      await pane.getByRole('button', { name: 'Send samme besked til mange' }).waitFor();
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await page.evaluate(async (text) => await navigator.clipboard.writeText(text), manyRows(12));
      await recipientField(pane).focus();
      await page.keyboard.press('Control+V');
      await pane.getByRole('button', { name: 'Tilføj dem enkeltvis' }).waitFor();
    },
  },
  { name: 'Send til mange, the box', arrange: openSendToMany },
  {
    name: 'Send til mange, a file that cannot be read', arrange: async (outlook) => {
      await openSendToMany(outlook);
      await chooseFile(outlook, 'liste over borgere i hele kommunen 2026.xls', new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]));
      await outlook.pane.getByText(/kan ikke læses\./).waitFor();
    },
  },
  {
    name: 'Send til mange, which sheet', arrange: async (outlook) => {
      await openSendToMany(outlook);
      await chooseFile(outlook, 'liste.xlsx', workbookOf({ 'Uge 48': sheetOf([['2512489996'], ['2911829996'], ['0101011234']]), 'Uge 49': sheetOf([['0201011234']]) }));
      await outlook.pane.getByRole('radiogroup', { name: 'Hvilket ark?' }).waitFor();
    },
  },
  {
    name: 'Send til mange, the table', arrange: async (outlook) => {
      await openSendToMany(outlook);
      await readList(outlook.pane, MIXED);
      await allChecked(outlook.pane);
    },
  },
  {
    name: 'Send til mange, the check stopped', arrange: async (outlook) => {
      await openSendToMany(outlook);
      await outlook.page.route('**/check-batch', () => undefined);
      await readList(outlook.pane, manyRows(300));
      await outlook.pane.getByRole('button', { name: 'Stop tjekket' }).click();
      await outlook.pane.getByRole('button', { name: 'Tjek resten' }).waitFor();
    },
  },
  {
    name: 'Send til mange, while the check runs', arrange: async (outlook) => {
      await openSendToMany(outlook);
      await outlook.page.route('**/check-batch', () => undefined);
      await readList(outlook.pane, manyRows(300));
      await outlook.pane.getByRole('button', { name: 'Stop tjekket' }).waitFor();
    },
  },
  {
    name: 'Send til mange, nobody can receive', arrange: async (outlook) => {
      await openSendToMany(outlook);
      await readList(outlook.pane, '1509819996\n102011235');
      await outlook.pane.getByText('Ingen kan modtage. Ret listen, eller indsæt en anden.').first().waitFor();
    },
  },
  {
    name: 'Send til mange, from a mailbox that may not', arrange: async (outlook) => {
      await openSendToMany(outlook);
      await scripted(outlook.page, 'set', { from: 'sagsbehandler@kommune.example' });
      await outlook.pane.getByText(/kan du ikke sende til mange/).waitFor();
    },
  },
];

const LETTER = { subject: 'Takster 2027', bodyHtml: '<p>Kære borger</p><p>Taksterne er ændret.</p>', attachments: [{ name: 'Takster 2027.txt', text: 'Se vores hjemmeside.' }] };

/** At step 3 with so many, who all can receive. */
async function before(outlook: OutlookWithPane, count: number): Promise<void> {
  await openSendToMany(outlook);
  await scripted(outlook.page, 'set', LETTER);
  await readList(outlook.pane, manyRows(count));
  await allChecked(outlook.pane);
  await outlook.pane.getByRole('button', { name: `Fortsæt med ${String(count)}` }).click();
  await outlook.pane.getByText('Mailens tekst, 1 side').waitFor();
}

async function putIn(outlook: OutlookWithPane): Promise<void> {
  await before(outlook, 12);
  await outlook.pane.getByRole('button', { name: 'Læg listen i mailen' }).click();
  await outlook.pane.getByText('Listen ligger i mailen. Tryk Send i Outlook.').waitFor();
}

async function backInCompose(outlook: OutlookWithPane): Promise<void> {
  await putIn(outlook);
  await outlook.pane.getByRole('button', { name: 'Tilbage' }).click();
  await bar(outlook.pane).filter({ hasText: 'Klar' }).waitFor();
}

/** More than this must be approved where these states are looked at, so that both can be seen. */
export const APPROVAL_OVER = 12;

/** Sends to a list, by whose last two it fails: one is not registered, and one exempt. */
export async function sendList(outlook: OutlookWithPane, subject: string, count = APPROVAL_OVER): Promise<void> {
  const numbers = [...Array.from({ length: count - 2 }, (_, n) => numberOf(n)), '1509819996', '3103979995'];
  const list = { name: 'masseforsendelse.txt', text: `${numbers.join('\n')}\n` };
  await writeMail(outlook);
  await scripted(outlook.page, 'set', { subject, bodyHtml: '<p>Kære borger</p>', to: [`masseforsendelse-${String(count)}@35833684.ngdp.digital-post.dk`], attachments: [list] });
  await scripted(outlook.page, 'send');
  await writeMail(outlook);
  await outlook.pane.getByRole('button', { name: 'Sendt', exact: true }).click();
}

/** From the row in Sendt to its board. */
export async function openBoard({ pane }: OutlookWithPane, subject: string): Promise<void> {
  await pane.getByRole('article').filter({ hasText: subject }).first().getByRole('button', { name: 'Vis forløb' }).click();
  await pane.getByRole('heading', { level: 1, name: subject }).waitFor();
}

/** The gateway tells of the message as it was while it was under way. */
async function asUnderWay({ page }: OutlookWithPane): Promise<void> {
  const counts = { delivered: 7, failed: 1, stopped: 0, pending: 4, all: 12 };
  await page.route('**/api/v1/sent/events', () => undefined);
  await page.route(/\/api\/submissions/, async (route) => {
    const answer = await route.fetch();
    const told = await answer.json() as { readonly submissions?: readonly object[] };
    const change = (one: object): object => ({ ...one, done: false, counts, statuses: { 'waiting': 3, 'handed-over': 1, 'completed': 7, 'refused': 1 } });
    await route.fulfill({ response: answer, json: told.submissions ? { ...told, submissions: told.submissions.map(change) } : change(told) });
  });
}

/** Step 3, the list in the mail, what no longer agrees, and the board. */
export const massSendStates: readonly PaneState[] = [
  {
    name: 'Send til mange, look before you send, the count mistyped', arrange: async (outlook) => {
      await before(outlook, 120);
      await outlook.pane.getByLabel('Skriv antallet af modtagere').fill('99');
      await outlook.pane.getByLabel('Skriv antallet af modtagere').blur();
      await outlook.pane.getByText('Du har skrevet 99. Listen har 120.').waitFor();
    },
  },
  {
    name: 'Send til mange, files named by number beside the same letter to all', arrange: async (outlook) => {
      await before(outlook, 2);
      await scripted(outlook.page, 'set', { attachments: [0, 1].map((n) => ({ name: `${numberOf(n)}.pdf`, text: 'Brev' })) });
      await outlook.pane.getByRole('radio', { name: /^Samme brev til alle/ }).check();
      await outlook.pane.getByRole('button', { name: 'Fjern de 2 filer' }).waitFor();
    },
  },
  {
    name: 'Send til mange, one PDF that is split, and what is in doubt', arrange: async (outlook) => {
      await before(outlook, 12);
      await outlook.pane.getByRole('radio', { name: /^Én PDF/ }).check();
      const buffer = Buffer.from(textLetter(`Kære borger\n\nCPR-nr. ${numberOf(0)}`).pdf);
      await outlook.pane.getByLabel('Vælg PDF', { exact: true }).setInputFiles({ name: 'alle afgørelser om plads i børnehave 2026.pdf', mimeType: 'application/pdf', buffer });
      await outlook.pane.getByText('11 modtagere har ingen sider.').waitFor();
    },
  },
  {
    name: 'Send til mange, the letters of one PDF, and one of them seen', arrange: async (outlook) => {
      await before(outlook, 1);
      await outlook.pane.getByRole('radio', { name: /^Én PDF/ }).check();
      const buffer = Buffer.from(textLetter(`Kære borger\n\nCPR-nr. ${numberOf(0)}`).pdf);
      await outlook.pane.getByLabel('Vælg PDF', { exact: true }).setInputFiles({ name: 'brev.pdf', mimeType: 'application/pdf', buffer });
      await outlook.pane.getByRole('button', { name: /^Se brevet/ }).click();
      await outlook.pane.locator('.letter-page[data-drawn]').first().waitFor();
    },
  },
  { name: 'Send til mange, the list lies in the mail', arrange: putIn },
  {
    name: 'Send til mange, the gateway away when the list is put', arrange: async (outlook) => {
      await before(outlook, 12);
      await outlook.page.route('**/api/**', async (route) => await route.abort());
      await outlook.pane.getByRole('button', { name: 'Læg listen i mailen' }).click();
      await outlook.pane.getByRole('alert').getByText(/Brevet kan ikke laves uden forbindelse/).waitFor();
    },
  },
  { name: 'Skriv, a list in the mail', arrange: backInCompose },
  {
    name: 'Skriv, list, letter and address no longer agree', arrange: async (outlook) => {
      await backInCompose(outlook);
      await scripted(outlook.page, 'set', { bodyHtml: '<p>Noget andet</p>', to: ['masseforsendelse-3@35833684.ngdp.digital-post.dk'] });
      await outlook.pane.getByRole('button', { name: 'Ret adressen til 12' }).waitFor();
      await outlook.pane.getByRole('button', { name: 'Lav brevet igen' }).waitFor();
    },
  },
  {
    name: 'Sendt, the board of a mass send that waits for approval', arrange: async (outlook) => {
      await sendList(outlook, 'Venter på en anden', APPROVAL_OVER + 1);
      await outlook.pane.getByText('Venter på godkendelse').first().waitFor();
      await openBoard(outlook, 'Venter på en anden');
      await outlook.pane.getByText('Venter på godkendelse').waitFor();
    },
  },
  {
    name: 'Sendt, the board when all is over', arrange: async (outlook) => {
      await sendList(outlook, 'Varsling om ny takst');
      await outlook.pane.getByText('Leveret til 10 af 12, 2 fejlede').first().waitFor();
      await openBoard(outlook, 'Varsling om ny takst');
      await outlook.pane.getByText('Færdig: 10 leveret, 2 ikke leveret').waitFor();
      await outlook.pane.getByText('Linje 11').waitFor();
    },
  },
  {
    name: 'Sendt, the board while it goes', arrange: async (outlook) => {
      await sendList(outlook, 'Nye åbningstider');
      await outlook.pane.getByText('Leveret til 10 af 12, 2 fejlede').first().waitFor();
      await asUnderWay(outlook);
      await outlook.pane.getByRole('button', { name: 'Skriv', exact: true }).click();
      await outlook.pane.getByRole('button', { name: 'Sendt', exact: true }).click();
      await outlook.pane.getByText('Leveret til 7 af 12, 1 fejlede').first().waitFor();
      await openBoard(outlook, 'Nye åbningstider');
      await outlook.pane.getByText('7 af 12 leveret').waitFor();
      await outlook.pane.getByRole('button', { name: 'Stop de 3, der venter' }).waitFor();
    },
  },
];
