import { sheetOf, workbookOf } from '../taskpane/mass/workbooks.ts';
import { allChecked, manyRows, openSendToMany, readList } from './mass-list-world.ts';
import { scripted } from './outlook-world.ts';
import { recipientField, writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
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
