import { lookAtStates } from './look-at-states.ts';
import { scripted } from './outlook-world.ts';
import { writeMail, type OutlookWithPane } from './pane-in-outlook.ts';
import type { PaneState } from './pane-states.ts';

async function open(outlook: OutlookWithPane): Promise<void> {
  await writeMail(outlook);
  await outlook.pane.getByRole('button', { name: /^Nyheder/ }).click();
  await outlook.pane.getByRole('heading', { name: 'Nyheder', exact: true }).waitFor();
}

const told = async ({ pane }: OutlookWithPane): Promise<void> => await pane.getByRole('heading', { level: 3 }).first().waitFor();

const states: readonly PaneState[] = [
  {
    name: 'Nyheder, never looked at before', arrange: async (outlook) => {
      await open(outlook);
      await told(outlook);
    },
  },
  {
    name: 'Nyheder, nothing new', arrange: async (outlook) => {
      await open(outlook);
      await told(outlook);
      await outlook.pane.getByRole('button', { name: 'Tilbage' }).click();
      await outlook.pane.getByRole('button', { name: 'Nyheder', exact: true }).click();
      await outlook.pane.getByText('Intet nyt siden sidst.').waitFor();
    },
  },
  {
    name: 'Nyheder, consent is missing', arrange: async (outlook) => {
      await open(outlook);
      await outlook.pane.getByRole('button', { name: 'Tilmeld' }).click();
      await outlook.pane.getByRole('main').getByText('Sæt flueben, før du tilmelder dig.').waitFor();
    },
  },
  {
    name: 'Nyheder, an address elsewhere', arrange: async (outlook) => {
      await open(outlook);
      await outlook.pane.getByLabel('Din mailadresse').fill(`${'meget.lang.adresse.'.repeat(3)}x@${'afdeling.'.repeat(6)}firma.example`);
      await outlook.pane.getByRole('checkbox').check();
      await outlook.pane.getByRole('button', { name: 'Tilmeld' }).click();
      await outlook.pane.getByRole('main').getByText('Skriv din adresse på arbejdet.').waitFor();
    },
  },
  {
    name: 'Nyheder, signed up', arrange: async (outlook) => {
      await open(outlook);
      await outlook.pane.getByRole('checkbox').check();
      await outlook.pane.getByRole('button', { name: 'Tilmeld' }).click();
      await outlook.pane.getByText('Du får en mail, næste gang der er nyt.').waitFor();
    },
  },
  {
    name: 'Nyheder, without the gateway', arrange: async (outlook) => {
      await writeMail(outlook);
      await outlook.pane.getByRole('button', { name: /^Nyheder/ }).waitFor();
      await outlook.page.route('**/api/**', async (route) => await route.abort());
      await outlook.pane.getByRole('button', { name: /^Nyheder/ }).click();
      await outlook.pane.getByText('Det kan ikke lade sig gøre lige nu.').waitFor();
    },
  },
  {
    name: 'Nyheder, in English', arrange: async (outlook) => {
      await scripted(outlook.page, 'client', { language: 'en-GB' });
      await outlook.page.getByRole('button', { name: 'Ny mail' }).click();
      await outlook.pane.getByRole('button', { name: /^News/ }).click();
      await outlook.pane.getByRole('heading', { name: 'New since last time' }).waitFor();
    },
  },
];

lookAtStates('Nyheder, for everybody', states);
