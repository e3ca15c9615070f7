import { z } from 'zod';
import { isCprNumber } from '../../domain/cpr-number.ts';
import type { LookupSettings, OauthClient } from '../settings/lookup-settings.ts';
import { danishDateIn } from './danish-date.ts';
import { openDatafordelerTokens, type TokenSettings } from './datafordeler-tokens.ts';
import { openGraphqlDoor } from './graphql-door.ts';
import {
  currentOf, hasNameProtection, nameOf, ownerOf, stateOfStatus, type CprAccess, type RegisterPerson,
} from './person-of-register.ts';
import { safeAddressOf } from './register-address.ts';
import type { PersonRegister } from './register-adapters.ts';
import { openRegisterDoor } from './register-door.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';

export type CprGraphqlSettings = TokenSettings & Pick<LookupSettings, 'DATAFORDELER_GRAPHQL_URL' | 'CPR_GRAPHQL_VERSION'>;

const WORDS: DoorWords = {
  register: 'CPR', host: 'Datafordeleren', address: 'DATAFORDELER_GRAPHQL_URL', credentials: 'tokenet',
  version: 'CPR_GRAPHQL_VERSION',
};

/** DAF-GQL-0016: a list may hold this many. */
const NUMBERS_MAX = 100;

/**
 * CPR at Datafordeleren's GraphQL (registers-identity.md 1.3, 1.4): the public sector's service for an authority, the
 * private sector's for everybody else; the two may not be used by one system. The numbers stand in the body.
 */
export function openCprGraphql({ settings, client, access, now, retryDelayMs }: {
  readonly settings: CprGraphqlSettings;
  readonly client: OauthClient;
  readonly access: CprAccess;
  readonly now: () => Date;
  readonly retryDelayMs?: number | undefined;
}): PersonRegister {
  const sector = access === 'authority' ? 'PublicSector' : 'PrivateSector';
  const root = `CPRCustom_${sector}Person`;
  const version = settings.CPR_GRAPHQL_VERSION;
  const tokens = openDatafordelerTokens({ settings, client, register: WORDS.register, now, retryDelayMs });
  const door = openRegisterDoor({ settings, words: WORDS, certificate: null, retryDelayMs });
  const base = settings.DATAFORDELER_GRAPHQL_URL.replace(/\/+$/, '');
  const address = `${base}/CPR/custom/${sector}/${encodeURIComponent(version)}`;
  const graphql = openGraphqlDoor({ door, tokens, url: () => safeAddressOf(address, WORDS) });
  return {
    version,
    access,
    numbersMax: NUMBERS_MAX,
    async find(cprNumbers) {
      const data = await graphql.ask(queryOf(root), { cpr: cprNumbers });
      const read = z.object({ [root]: z.object({ nodes: z.array(nodeSchema) }) }).safeParse(data);
      const nodes = read.success ? read.data[root]?.nodes : undefined;
      if (!nodes) throw new RegisterFault('unreadable', WORDS);
      return personsByNumber(nodes, cprNumbers);
    },
    async close(how) {
      await Promise.all([door.close(how), tokens.close(how)]);
    },
  };
}

/** One root, no aliases, `beskyttelser` always there, and no more than is needed (registers-identity.md 1.4). */
function queryOf(root: string): string {
  return `query ($cpr: [String!]!) {
  ${root}(input: { personnummer: { personnummer: { in: $cpr } } }) {
    nodes {
      id
      status
      statusdato
      personnumre { personnummer status virkningfra virkningtil }
      navne { adresseringsnavn fornavne mellemnavn efternavn status virkningfra virkningtil }
      beskyttelser { beskyttelsestype status virkningfra virkningtil }
    }
  }
}`;
}

const text = z.string().nullish();
/** A list, one thing alone, or nothing: the private sector's shape is not published, and its REST had single objects. */
const listOf = <Item extends z.ZodType>(item: Item) => z.union([z.array(item), item.transform((one) => [one])]).nullish();
/** Most parts of CPR write virkningfra, some virkningFra. */
const period = { status: text, virkningfra: text, virkningFra: text, virkningtil: text, virkningTil: text };
const nameSchema = z.object({ ...period, adresseringsnavn: text, fornavne: text, mellemnavn: text, efternavn: text });
const nodeSchema = z.object({
  status: text,
  statusdato: text,
  personnumre: listOf(z.object({ ...period, personnummer: z.string() })),
  navne: listOf(nameSchema),
  navn: listOf(nameSchema),
  beskyttelser: listOf(z.object({ ...period, beskyttelsestype: text })),
});
type Node = z.infer<typeof nodeSchema>;

function personsByNumber(nodes: readonly Node[], cprNumbers: readonly string[]): ReadonlyMap<string, RegisterPerson> {
  const persons = new Map<string, RegisterPerson>();
  for (const cpr of cprNumbers) {
    const node = ownerOf(nodes, ({ personnumre }) => personnumre ?? [], cpr) ?? onlyNode(nodes, cprNumbers);
    if (node) persons.set(cpr, personOf(node));
  }
  return persons;
}

/** One person without numbers, when one number was asked about: it is that one's. */
function onlyNode(nodes: readonly Node[], cprNumbers: readonly string[]): Node | null {
  const [node] = nodes;
  return node && nodes.length === 1 && cprNumbers.length === 1 && (node.personnumre ?? []).length === 0 ? node : null;
}

function personOf(node: Node): RegisterPerson {
  const name = currentOf(node.navne ?? node.navn ?? []);
  const number = currentOf(node.personnumre ?? [])?.personnummer;
  return {
    state: stateOfStatus(node.status),
    since: danishDateIn(node.statusdato),
    name: name && nameOf(name),
    protected: node.beskyttelser ? hasNameProtection(node.beskyttelser) : null,
    currentCpr: number !== undefined && isCprNumber(number) ? number : null,
  };
}
