import { channels, memoChannelIds, type MemoChannelId } from '../../domain/channel.ts';
import { testEntra } from '../api/entra-signing-keys.ts';
import { greetExchange } from '../channels/mail/exchange-client.ts';
import { openNetworkClient, type NetworkAnswer, type NetworkClient } from '../channels/network-client.ts';
import type { Settings } from '../config.ts';
import { answerFault, callFault } from './connection-faults.ts';
import { openGraphGroups } from '../lookup/graph-group.ts';
import { openRegisters, type RegisterName } from '../lookup/open-registers.ts';
import { networkSettings } from '../settings/network-settings.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';

/** A connection that can be tried without sending or deleting anything. */
export interface ConnectionTest {
  /** What it is: the same for every organisation. */
  readonly id: string;
  /** What is called and as whom, in Danish. */
  readonly who: string;
  /** What is to be known of it before anything else; null: nothing. */
  readonly note: string | null;
  /** Calls, and says in Danish which part is wrong; null when none is. Never throws. */
  readonly fault: () => Promise<string | null>;
}

interface TestParts {
  readonly settings: Settings;
  readonly now: () => Date;
}

/** Every connection that organisations are meant to use, network by network, and those that all share. */
export function connectionTests(parts: TestParts, organisations: readonly OrganisationEntry[]): readonly ConnectionTest[] {
  const each = (tests: (organisation: OrganisationEntry) => readonly ConnectionTest[]) => organisations.flatMap(tests);
  return [
    ...memoChannelIds.flatMap((channel) => each((organisation) => networkTests(parts, organisation, channel))),
    ...each((organisation) => contactTests(parts, organisation)),
    ...each((organisation) => registerTests(parts, organisation, 'cpr')),
    ...each((organisation) => registerTests(parts, organisation, 'cvr')),
    ...each((organisation) => groupTests(parts, organisation)),
    ...entraTests(parts, organisations),
    ...exchangeTests(parts.settings),
  ];
}

function nameOf({ name, cvrNumbers }: OrganisationEntry): string {
  return `${name} (${cvrNumbers.join(', ')})`;
}

function networkTests({ settings }: TestParts, organisation: OrganisationEntry, channel: MemoChannelId): readonly ConnectionTest[] {
  const isMeant = organisation[channel] !== null || organisation.secureMailboxes.some((mailbox) => mailbox.channels.includes(channel));
  const who = `${channels[channel].name}, ${nameOf(organisation)}`;
  return isMeant ? [{ id: channel, who, note: null, fault: () => networkFault(settings, organisation, channel) }] : [];
}

async function networkFault(settings: Settings, organisation: OrganisationEntry, channel: MemoChannelId): Promise<string | null> {
  const prefix = channel.toUpperCase();
  if (networkSettings(settings, channel).url === '') return `${prefix}_URL er tom, så løsningen er ikke taget i brug`;
  if (organisation[channel] === null) return `postkasser må bruge løsningen, men organisationen har ingen »${channel}« i ORGANISATIONS_FILE`;
  // The call that fetches receipts anyway: it needs the certificate and the key, and changes nothing.
  return await networkCallFault(settings, organisation, channel, (client) => client.call('GET', 'receipts-bulk/?page=0&size=1'));
}

async function networkCallFault(
  settings: Settings,
  organisation: OrganisationEntry,
  channel: MemoChannelId,
  call: (client: NetworkClient) => Promise<NetworkAnswer>,
): Promise<string | null> {
  const names = { caFile: `${channel.toUpperCase()}_CA_FILE`, address: `${channel.toUpperCase()}_URL` };
  const credentials = organisation[channel];
  if (credentials === null) return null;
  try {
    const client = openNetworkClient(networkSettings(settings, channel), credentials);
    try {
      return answerFault(await call(client), names.address);
    } finally {
      await client.close();
    }
  } catch (error) {
    return callFault(error, names);
  }
}

/** The first of January 1900 has no number 0000. */
const NOBODY = JSON.stringify({ cprNumber: ['0101000000'] });

/** Where it is asked who can be reached, which a network may open for a system apart from the rest. */
function contactTests({ settings }: TestParts, organisation: OrganisationEntry): readonly ConnectionTest[] {
  if (organisation.ngdp === null || settings.NGDP_URL === '') return [];
  const body = {
    contentType: 'application/json',
    bytes: NOBODY.length,
    async *chunks() {
      yield Buffer.from(NOBODY);
    },
  };
  const ask = (client: NetworkClient) => client.call('GET', 'contacts/?isBulkLookup=true&page=0&size=1', body);
  return [{
    id: 'contacts', who: `Kontaktregistret hos Digital Post, ${nameOf(organisation)}`, note: null,
    fault: () => networkCallFault(settings, organisation, 'ngdp', ask),
  }];
}

const NO_PROTECTED_NAMES = 'denne adgang giver aldrig navnet på en person med navne- og adressebeskyttelse';
const ACCESS_NOTES: Readonly<Record<NonNullable<OrganisationEntry['lookup']['access']>, string | null>> = {
  authority: null,
  'public-sender': `Adgang som offentlig afsender: ${NO_PROTECTED_NAMES}`,
  company: `Adgang som virksomhed: ${NO_PROTECTED_NAMES}`,
};

function registerTests({ settings, now }: TestParts, organisation: OrganisationEntry, register: RegisterName): readonly ConnectionTest[] {
  const { access, [register]: adapter } = organisation.lookup;
  if (adapter === null) return [];
  return [{
    id: register,
    who: `${register.toUpperCase()} (${ADAPTERS[adapter.adapter]}), ${nameOf(organisation)}`,
    note: register === 'cpr' && access !== null ? ACCESS_NOTES[access] : null,
    async fault() {
      const registers = openRegisters({ settings, now, log: { warn: () => undefined } });
      try {
        return await registers.testRegister(organisation, register);
      } finally {
        await registers.close();
      }
    },
  }];
}

const ADAPTERS = {
  datafordeler: 'Datafordeleren', 'datafordeler-rest': 'Datafordelerens gamle REST', sf1520: 'Serviceplatformen SF1520', virk: 'Virk',
} as const;

function groupTests({ settings, now }: TestParts, organisation: OrganisationEntry): readonly ConnectionTest[] {
  const { mailboxGroup } = organisation;
  if (mailboxGroup === null) return [];
  return [{
    id: 'group',
    who: `Gruppen af sikre postkasser i Microsoft Graph, ${nameOf(organisation)}`,
    note: null,
    async fault() {
      const groups = openGraphGroups(settings, now);
      try {
        const reading = await groups.read(mailboxGroup);
        if (reading.kind === 'failed') return reading.reason;
        return reading.members.length === 0 ? 'svarer, men gruppen er tom' : null;
      } finally {
        await groups.close();
      }
    },
  }];
}

/** Log-on: that Entra's keys can be fetched, and that the organisations have the tenants whose people may log on. */
function entraTests({ settings }: TestParts, organisations: readonly OrganisationEntry[]): readonly ConnectionTest[] {
  const meant = organisations.filter(({ entraTenants }) => entraTenants.length > 0);
  if (settings.ENTRA_AUDIENCE === '' && meant.length === 0) return [];
  const keys = {
    id: 'entra', who: 'Logon med Microsoft Entra', note: null,
    async fault() {
      if (settings.ENTRA_AUDIENCE === '') return 'ENTRA_AUDIENCE er tom, så ingen kan logge på. Skriv appregistreringens klient-id';
      return await testEntra(settings).then(() => null, (error: unknown) => callFault(error, { caFile: 'ENTRA_CA_FILE', address: 'ENTRA_URL' }));
    },
  };
  const tenants = organisations.filter(({ entraTenants }) => entraTenants.length === 0).map((organisation) => ({
    id: 'tenant', who: `Logon med Microsoft Entra, ${nameOf(organisation)}`, note: null,
    fault: async () => 'organisationen har ingen »entraTenants« i ORGANISATIONS_FILE, så ingen hos den kan logge på',
  }));
  return [keys, ...tenants];
}

function exchangeTests(settings: Settings): readonly ConnectionTest[] {
  if (settings.RELAY_HOST === '') return [];
  const who = `Exchange, ${settings.RELAY_HOST}:${settings.RELAY_PORT}`;
  const names = { caFile: 'RELAY_CA_FILE', address: 'RELAY_HOST og RELAY_PORT' };
  const fault = () => greetExchange(settings).then(() => null, (error: unknown) => callFault(error, names));
  return [{ id: 'exchange', who, note: null, fault }];
}
