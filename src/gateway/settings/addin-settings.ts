import { z } from 'zod';

const OUTLOOK_HOSTS = [
  'https://outlook.office.com', 'https://outlook.office365.com', 'https://outlook.cloud.microsoft', 'https://outlook.live.com',
];

/** Settings of the add-in's own pages; part of the gateway's one schema. */
export const addinFields = {
  OFFICE_JS_URL: z.string().default('https://appsforoffice.microsoft.com/lib/1/hosted/office.js')
    .describe('Hvor tilføjelsesprogrammets sider henter Office.js; Microsoft kræver deres egen adresse.'),
  ADDIN_FRAME_HOSTS: z.string().default(OUTLOOK_HOSTS.join(' '))
    .describe('Websteder, der må vise panelet (frame-ancestors), med mellemrum imellem: Outlook på nettet og jeres egen OWA.'),
  TRAINING_MODE: z.enum(['on', 'off']).default('off').describe('on: panelet siger ØVELSE; kun hvor intet sendes til rigtige mennesker.'),
} as const;
