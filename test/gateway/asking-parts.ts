import type { PersonAnswer } from '../../src/domain/gateway-api.ts';
import { makeDirectory } from '../../src/domain/organisation.ts';
import type { Action } from '../../src/domain/action.ts';
import type { ApiCaller } from '../../src/gateway/api/api-caller.ts';
import type { CheckParts } from '../../src/gateway/addin/check-recipients.ts';
import { settingsSchema } from '../../src/gateway/config.ts';
import { withoutCredentials } from '../../src/gateway/settings/read-organisations.ts';
import { makeLog } from '../../src/gateway/log.ts';
import { openLookUpLimits } from '../../src/gateway/addin/look-up-limits.ts';
import type { Registers } from '../../src/gateway/lookup/registers.ts';
import { organisationsFileSchema, type OrganisationEntry } from '../../src/gateway/settings/organisations-file.ts';
import type { Database } from '../../src/gateway/store/database.ts';
import { fakeRegistry, pageFor, type RegistryCall } from './lookup/fake-registry.ts';
import { testKeys } from './test-keys.ts';

export const MAILBOX = 'sikkerpost@kommune.example';
const CVR = '35833684';

/** What a test may want otherwise. */
export interface AskingOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly registers?: Partial<Registers>;
  readonly now?: () => Date;
  readonly lookup?: Partial<OrganisationEntry['lookup']>;
  /** What the contact registry does with a call; it knows everybody otherwise. */
  readonly registry?: (call: RegistryCall) => unknown;
}

export type AskingParts = CheckParts & { readonly asked: string[]; readonly registryCalls: readonly RegistryCall[]; readonly logLines: readonly string[] };

/** The parts of the look-ups over a real database, with registers and a network in this process that keep what they were asked. */
export function askingParts(database: Database, options: AskingOptions = {}): AskingParts {
  const settings = settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: '-', ...options.settings });
  const organisations = [organisationOf(options.lookup ?? {})];
  const now = options.now ?? (() => new Date());
  const asked: string[] = [];
  const logLines: string[] = [];
  const registry = fakeRegistry(options.registry ?? everybody);
  const registers: Registers = {
    person: async (organisation, cpr) => (await registers.persons(organisation, [cpr]))[0] ?? { kind: 'not-found' },
    async persons(_organisation, numbers) {
      asked.push(...numbers);
      return numbers.map(() => somebody);
    },
    async company(_organisation, cvr) {
      asked.push(cvr);
      return { kind: 'not-found' };
    },
    companies: (organisation, numbers) => Promise.all(numbers.map((cvr) => registers.company(organisation, cvr))),
    searchCompanies: () => Promise.resolve({ companies: [], more: false }),
    productionUnit: () => Promise.resolve(null),
    close: () => Promise.resolve(),
    ...options.registers,
  };
  return {
    settings, database, keys: testKeys(), now, registers, asked, logLines, registryCalls: registry.calls,
    organisations: () => organisations,
    directory: makeDirectory(withoutCredentials(organisations)),
    log: makeLog('info', (line) => void logLines.push(line)),
    wake: () => undefined,
    limits: openLookUpLimits({ database, now }),
    network: () => ({ call: (_method, path, body) => registry.call('GET', path, body), close: () => Promise.resolve() }),
  };
}

export const somebody: PersonAnswer = {
  kind: 'found', name: 'Prøve Test Person', nameState: 'shown', protected: false, state: 'alive', since: null, currentCpr: null,
};

function everybody({ path, query }: RegistryCall): object {
  const contacts = Object.entries(query ?? {}).flatMap(([field, numbers]) =>
    numbers.map((number) => ({ [field]: number, mailboxSubscription: { publicRegistrationStatus: 'REGISTERED' } })));
  return pageFor(path, 'contacts', contacts);
}

function organisationOf(lookup: Partial<OrganisationEntry['lookup']>): OrganisationEntry {
  const { organisations: [organisation] } = organisationsFileSchema.parse({
    organisations: [{
      name: 'Eksempel Kommune', cvrNumbers: [CVR], mailDomains: ['kommune.example'], mainMailbox: MAILBOX, watchMailbox: 'vagt@kommune.example',
      helpContact: 'it@kommune.example', secureMailboxes: [{ address: MAILBOX, channels: ['ngdp'], senders: [CVR] }],
      lookup: {
        access: 'authority', cpr: { adapter: 'datafordeler', client: { clientId: 'prøve', secretFile: '-' } },
        cvr: { adapter: 'virk', user: 'prøve', passwordFile: '-' }, ...lookup,
      },
    }],
  });
  if (!organisation) throw new Error('no organisation');
  return organisation;
}

let callers = 0;

/** Somebody of the organisation whom no other test knows. */
export function newCaller(may: readonly Action[] = ['send', 'mass-send', 'lookup-cpr', 'lookup-cvr']): ApiCaller {
  callers += 1;
  return {
    kind: 'person', id: `tenant/${callers}`, name: `person${callers}@kommune.example`, fullName: `Person ${callers}`, tenant: null, expiresAt: null,
    cvrNumbers: [CVR], mailDomains: ['kommune.example'], originatorOrgs: [], may: new Set(may), mailboxes: [MAILBOX],
  };
}
