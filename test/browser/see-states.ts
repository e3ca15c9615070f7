import { scripted } from './outlook-world.ts';
import { writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
import type { PaneState } from './pane-states.ts';
import { openSee } from './see-world.ts';

const HARD = '<p>Kære Nancy Ann</p><p><b>Det skal du have med</b></p><p>Tag dit CV med. <span style="color:#bbb">Svar senest fredag.</span> Læs mere <a href="https://kommune.example/skema/7">her</a>.</p>'
  + '<p><img src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7" width="40"></p><table border=1><tr><td>Dag</td><td>Tid</td></tr><tr><td>Torsdag</td><td>10</td></tr></table>';

async function openHard(outlook: OutlookWithPane): Promise<void> {
  await writeMail(outlook);
  await scripted(outlook.page, 'set', {
    subject: 'Indkaldelse til samtale om dit videre forløb hos Jobcentret', bodyHtml: HARD,
    attachments: [{ name: 'Spørgeskema om dit videre forløb, som du skal udfylde og tage med.pdf', text: 'x' }, { name: 'Kort: Torvet 1.txt', text: 'y' }],
  });
  await openSee(outlook);
  await outlook.pane.getByRole('heading', { name: '5 ting kan gøre brevet svært at læse' }).waitFor();
}

/** The states of Se som modtageren. */
export const seeStates: readonly PaneState[] = [
  {
    name: 'Se som modtageren, with all that can be hard to read, words asked for, and one mended', arrange: async (outlook) => {
      await openHard(outlook);
      await outlook.pane.getByRole('button', { name: 'Gør til overskrift' }).click();
      await outlook.pane.getByRole('button', { name: /^Fortryd/ }).waitFor();
      await outlook.pane.getByRole('button', { name: 'Skriv beskrivelse' }).click();
      await outlook.pane.getByLabel('Hvad viser billedet?').waitFor();
    },
  },
  {
    name: 'Se som modtageren, without the gateway', arrange: async (outlook) => {
      await outlook.page.route('**/api/v1/render', async (route) => await route.fulfill({ status: 500, body: '' }));
      await writeMail(outlook);
      await scripted(outlook.page, 'set', { to: ['2512489996-reply@dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk'], subject: 'Brev', bodyHtml: HARD });
      await outlook.pane.getByRole('button', { name: 'Se som modtageren' }).click();
      await outlook.pane.getByText('Brevet kan ikke vises lige nu.').first().waitFor();
    },
  },
];
