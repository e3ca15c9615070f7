import type { PageParts } from './page-parts.ts';
import { MassSendStore } from './mass-send-store.ts';
import { NETWORK_NAMES } from '../network/network-profile.ts';

/** What is noted when somebody does it in Outlook, for nothing else would show it afterwards. */
export const NOTED_DEEDS = ['mended-after-alert', 'sent-while-down'] as const;
export type NotedDeed = (typeof NOTED_DEEDS)[number];

/** Something to practise, and whether it has been done here. */
export interface Exercise {
  readonly text: string;
  readonly href: string;
  readonly minutes: number;
  readonly done: boolean;
}

const NANCY = '2512489996';
const NOT_REGISTERED = '1509819996';
const MANY = 200;
const MASS_SENDS_LOOKED_AT = 50;

/** The exercises, which tick themselves off: each is known by what it leaves behind. */
export async function exercises(parts: PageParts): Promise<readonly Exercise[]> {
  const [nancy, notRegistered, massSends, deeds] = await Promise.all([
    hasPost(parts, NANCY), hasPost(parts, NOT_REGISTERED), new MassSendStore(parts.database).list(MASS_SENDS_LOOKED_AT), notedDeeds(parts),
  ]);
  return [
    { text: 'Skriv til Nancy Ann, og læs beskeden som hende', href: '/outlook/?mailbox=jobcenter@kommune.example', minutes: 2, done: nancy },
    { text: 'Skriv til én, der ikke er tilmeldt', href: '/outlook/?mailbox=jobcenter@kommune.example', minutes: 2, done: notRegistered },
    { text: 'Ret en besked med CPR-nummer i emnet', href: '/outlook/?mailbox=borgerservice@kommune.example', minutes: 3, done: deeds.has('mended-after-alert') },
    { text: 'Send samme besked til 200', href: '/sandbox/mass-send/', minutes: 5, done: massSends.some(({ recipients }) => recipients >= MANY) },
    { text: 'Skriv videre, mens Digital Post er nede', href: '/sandbox/faults/', minutes: 3, done: deeds.has('sent-while-down') },
  ];
}

/** Notes that somebody has done it. */
export async function noteDeed({ database }: Pick<PageParts, 'database'>, deed: NotedDeed): Promise<void> {
  await database.query('insert into sandbox.settings values ($1, $2) on conflict (name) do nothing', [`deed ${deed}`, 'true']);
}

async function notedDeeds({ database }: PageParts): Promise<ReadonlySet<string>> {
  const { rows } = await database.query<{ name: string }>('select name from sandbox.settings where name = any($1)', [NOTED_DEEDS.map((deed) => `deed ${deed}`)]);
  return new Set(rows.map(({ name }) => name.slice('deed '.length)));
}

async function hasPost({ networks, keys }: PageParts, number: string): Promise<boolean> {
  const inboxes = await Promise.all(NETWORK_NAMES.map((name) => networks.all[name].messages.listFor(name, keys.keyOf(number), 1)));
  return inboxes.some((inbox) => inbox.length > 0);
}
