/** What the outside world says of a CPR or CVR number. */
export type Registration = 'registered' | 'not-registered' | 'awaiting' | 'exempt' | 'dead' | 'ceased';

/** A citizen or company that demos and tests know by name. */
export interface Person {
  readonly number: string;
  readonly name: string;
  readonly registration: Registration;
  /** Name and address protected in the registers. */
  readonly protection: boolean;
}

export interface WorldContactPoint {
  readonly id: string;
  readonly name: string;
  readonly mailbox: string | null;
}

export interface WorldSecureMailbox {
  readonly address: string;
  readonly channels: readonly string[];
  /** As whom it may send: CVR numbers and contact point ids. */
  readonly senders: readonly string[];
}

/** A program of an organisation that may use the gateway's HTTP API. */
export interface WorldApiClient {
  readonly clientId: string;
  /** Known to everybody, for nothing here is real. */
  readonly secret: string;
  readonly may: readonly string[];
}

export interface WorldOrganisation {
  readonly name: string;
  readonly cvr: string;
  readonly mailDomains: readonly string[];
  readonly mainMailbox: string;
  readonly watchMailbox: string;
  readonly helpContact: string;
  /** What it is called in a sentence. */
  readonly homeWord: string;
  /** Outsiders to whom everybody may write where Mail Guard is on: addresses and domains. */
  readonly guardAllowed: readonly string[];
  readonly contactPoints: readonly WorldContactPoint[];
  readonly secureMailboxes: readonly WorldSecureMailbox[];
  /** Mailboxes that exist in Exchange without being secure mailboxes. */
  readonly ordinaryMailboxes: readonly string[];
  /** Mailboxes of those who may approve a mass send that somebody else has written. */
  readonly approvers: readonly string[];
  readonly apiClients: readonly WorldApiClient[];
}

const EKSEMPEL_CVR = '35833684';
const NABO_CVR = '97281536';
const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const BORGERSERVICE = '163710ae-5078-350c-0000-000000000440';
const BYGGESAGER = '5b0a1c52-7d0e-4c39-9a6e-2f3f7c1d8e90';
const CHANNELS = ['ngdp', 'mitdk', 'eboks'] as const;
const SEND_RIGHTS = ['send', 'mass-send', 'stop', 'resend'] as const;

/** The organisations on the gateway. Source of all of this file: design.md, "The world in it is fixed". */
export const ORGANISATIONS: readonly [WorldOrganisation, ...WorldOrganisation[]] = [
  {
    name: 'Eksempel Kommune',
    cvr: EKSEMPEL_CVR,
    mailDomains: ['kommune.example', 'kommune.test'],
    mainMailbox: 'sikkerpost@kommune.example',
    watchMailbox: 'overvaagning@kommune.example',
    helpContact: 'it-hjaelp@kommune.example',
    homeWord: 'kommunen',
    guardAllowed: ['samarbejde.example', 'revisor@firma.example'],
    contactPoints: [
      { id: JOBCENTER, name: 'Jobcenter', mailbox: 'jobcenter@kommune.example' },
      { id: BORGERSERVICE, name: 'Borgerservice', mailbox: 'borgerservice@kommune.example' },
      { id: BYGGESAGER, name: 'Byggesager', mailbox: null },
    ],
    secureMailboxes: [
      {
        address: 'sikkerpost@kommune.example',
        channels: CHANNELS,
        senders: [EKSEMPEL_CVR, JOBCENTER, BORGERSERVICE, BYGGESAGER],
      },
      { address: 'jobcenter@kommune.example', channels: CHANNELS, senders: [EKSEMPEL_CVR, JOBCENTER] },
      { address: 'borgerservice@kommune.example', channels: CHANNELS, senders: [EKSEMPEL_CVR, BORGERSERVICE] },
      { address: 'hr@kommune.example', channels: [], senders: [EKSEMPEL_CVR] },
    ],
    ordinaryMailboxes: ['sagsbehandler@kommune.example', 'overvaagning@kommune.example', 'arkiv@kommune.example'],
    approvers: ['sagsbehandler@kommune.example', 'borgerservice@kommune.example'],
    apiClients: [
      { clientId: 'fagsystem', secret: 'kun-til-oevelse', may: SEND_RIGHTS },
      { clientId: 'godkender', secret: 'kun-til-oevelse-2', may: ['approve', 'stop'] },
    ],
  },
  {
    name: 'Nabo Kommune',
    cvr: NABO_CVR,
    mailDomains: ['nabo.example'],
    mainMailbox: 'sikkerpost@nabo.example',
    watchMailbox: 'sikkerpost@nabo.example',
    helpContact: 'sikkerpost@nabo.example',
    homeWord: 'kommunen',
    guardAllowed: [],
    contactPoints: [],
    secureMailboxes: [{ address: 'sikkerpost@nabo.example', channels: CHANNELS, senders: [NABO_CVR] }],
    ordinaryMailboxes: [],
    approvers: [],
    apiClients: [{ clientId: 'nabo-fagsystem', secret: 'kun-til-oevelse-3', may: SEND_RIGHTS }],
  },
];

/** The named citizens. */
export const CITIZENS: readonly Person[] = [
  person('2512489996', 'Nancy Ann Test Berggren', 'registered'),
  person('2911829996', 'Kirsten Test Madsen', 'registered'),
  person('0107729995', 'Max Test Lind', 'registered'),
  person('1234567890', 'Anna Test Andersen', 'registered'),
  { ...person('1111111118', 'Beskyttet navn', 'registered'), protection: true },
  person('1509819996', 'Tove Test Lund', 'not-registered'),
  person('3103979995', 'Otto Test Friis', 'exempt'),
  person('0101851001', 'Else Test Holm', 'dead'),
  // Has had another number, 0201919990, under which nobody is registered any more.
  person('0201919995', 'Ida Test Ny', 'registered'),
  person('0108629996', 'Ulla Test Rejst', 'registered'),
  person('0104909989', 'Palle Test Reklame', 'registered'),
];

/** The named companies; the first has the contact point `bdcc201c-600c-4254-92c4-bab15dc075b5`. */
export const COMPANIES: readonly Person[] = [
  person('87654321', 'Bergs Tømrer ApS', 'registered'),
  person('12345678', 'Smedjen A/S', 'registered'),
  person('56781234', 'Ophørt Handel ApS', 'ceased'),
  person('25052943', 'Konkurs Test ApS', 'registered'),
  // So new that it cannot be reached until its twelve days have passed (virk.dk).
  person('30303030', 'Ny Virksomhed ApS', 'awaiting'),
];

const BY_NUMBER = new Map([...CITIZENS, ...COMPANIES].map((one) => [one.number, one]));
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** The named citizen or company with this number, or null. */
export function personOf(number: string): Person | null {
  return BY_NUMBER.get(number) ?? null;
}

/**
 * Whether a number can be reached, alike at NgDP, mit.dk and e-Boks. Besides the named ones, every CPR number of the
 * form DDMM01xxxx (a real day and month) is registered, except those that end in 99; all others are not. The
 * organisations are registered too, for authorities receive Digital Post.
 */
export function registrationOf(number: string): Registration {
  const known = BY_NUMBER.get(number);
  if (known) return known.registration;
  if (ORGANISATIONS.some((organisation) => organisation.cvr === number)) return 'registered';
  return isInventedCpr(number) && !number.endsWith('99') ? 'registered' : 'not-registered';
}

/** The mailboxes that exist in Exchange from the start, in the order in which they are shown. */
export function worldMailboxes(): readonly string[] {
  return ORGANISATIONS.flatMap((organisation) => [
    ...organisation.secureMailboxes.map((mailbox) => mailbox.address),
    ...organisation.ordinaryMailboxes,
  ]);
}

/** Whether a CPR number is one of the world's many: DDMM01xxxx with a real day and month. */
export function isInventedCpr(number: string): boolean {
  const [, day, month] = /^(\d\d)(\d\d)01\d{4}$/.exec(number) ?? [];
  const days = DAYS_IN_MONTH[Number(month) - 1];
  return days !== undefined && Number(day) >= 1 && Number(day) <= days;
}

function person(number: string, name: string, registration: Registration): Person {
  return { number, name, registration, protection: false };
}
