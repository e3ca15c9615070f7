import { z } from 'zod';
import { isCprNumber } from '../../domain/cpr-number.ts';
import type { LookupSettings, OauthClient } from '../settings/lookup-settings.ts';
import { danishDateIn } from './danish-date.ts';
import { openDatafordelerTokens, type TokenSettings } from './datafordeler-tokens.ts';
import { FieldsRefused, openGraphqlDoor } from './graphql-door.ts';
import { graphqlNodes } from './graphql-nodes.ts';
import {
  currentOf, hasNameProtection, nameOf, ownersOf, personOfOwners, stateOfStatus, type CprAccess, type RegisterPerson,
} from './person-of-register.ts';
import { safeAddressOf } from './register-address.ts';
import type { PersonRegister } from './register-adapters.ts';
import { openRegisterDoor } from './register-door.ts';
import type { DoorWords } from './register-fault.ts';

export type CprGraphqlSettings = TokenSettings & Pick<LookupSettings, 'DATAFORDELER_GRAPHQL_URL' | 'CPR_GRAPHQL_VERSION'>;

const WORDS: DoorWords = {
  register: 'CPR', host: 'Datafordeleren', address: 'DATAFORDELER_GRAPHQL_URL', credentials: 'tokenet',
  version: 'CPR_GRAPHQL_VERSION',
};

/** DAF-GQL-0016: a list may hold this many. */
const NUMBERS_MAX = 100;

/**
 * CPR at Datafordeleren's GraphQL (registers-identity.md 1.3, 1.4): the public sector's service for an authority, the
 * private sector's for everybody else; the two may not be used by one system. The numbers stand in the body. What the
 * private schema has is not published: fields that it refuses are asked for in the other way, and that way is kept to.
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
  const door = openRegisterDoor({ settings, words: WORDS, certificate: null, retryDelayMs, pauseMs: settings.REGISTER_PAUSE_MS });
  const base = settings.DATAFORDELER_GRAPHQL_URL.replace(/\/+$/, '');
  const address = `${base}/CPR/custom/${sector}/${encodeURIComponent(version)}`;
  const graphql = openGraphqlDoor({ door, tokens, url: () => safeAddressOf(address, WORDS) });
  let shape: Shape = { name: 'navne', hasProtections: true };
  const nodesIn = (asked: Shape, cprNumbers: readonly string[], signal?: AbortSignal): Promise<readonly Node[]> => graphqlNodes(graphql, {
    root, node: nodeSchema, declared: '$cpr: [String!]!', asked: 'input: { personnummer: { personnummer: { in: $cpr } } }',
    fields: fieldsOf(asked), variables: { cpr: cprNumbers },
  }, { words: WORDS, signal });
  const nodesOf = async (cprNumbers: readonly string[], signal?: AbortSignal): Promise<readonly Node[]> => {
    const asked = shape;
    try {
      return await nodesIn(asked, cprNumbers, signal);
    } catch (error) {
      const other = error instanceof FieldsRefused && access !== 'authority' ? otherShape(asked, error.fields) : null;
      if (other === null) throw error;
      const nodes = await nodesIn(other, cprNumbers, signal);
      shape = other;
      return nodes;
    }
  };
  return {
    version,
    access,
    numbersMax: NUMBERS_MAX,
    find: async (cprNumbers, signal) => personsByNumber(await nodesOf(cprNumbers, signal), cprNumbers),
    async close() {
      await Promise.all([door.close(), tokens.close()]);
    },
  };
}

/** What a schema has of the fields that not every schema need have. */
interface Shape {
  readonly name: 'navne' | 'navn';
  readonly hasProtections: boolean;
}

/** No aliases, `beskyttelser` wherever it is to be had, and no more than is needed (registers-identity.md 1.4). */
function fieldsOf({ name, hasProtections }: Shape): string {
  return `
      id
      status
      statusdato
      personnumre { personnummer status virkningfra virkningtil }
      ${name} { adresseringsnavn fornavne mellemnavn efternavn status virkningfra virkningtil }
      ${hasProtections ? 'beskyttelser { beskyttelsestype status virkningfra virkningtil }' : ''}
    `;
}

/** How to ask a schema that has not these fields; null when there is no other way. */
function otherShape({ name, hasProtections }: Shape, refused: readonly string[]): Shape | null {
  if (!refused.every((field) => field === name || field === 'beskyttelser')) return null;
  const otherName = name === 'navne' ? 'navn' : 'navne';
  return { name: refused.includes(name) ? otherName : name, hasProtections: hasProtections && !refused.includes('beskyttelser') };
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
    const owners = ownersOf(nodes, ({ personnumre }) => personnumre ?? [], cpr);
    const person = personOfOwners((owners.length > 0 ? owners : onlyNode(nodes, cprNumbers)).map(personOf));
    if (person) persons.set(cpr, person);
  }
  return persons;
}

/** One person without numbers, when one number was asked about: it is that one's. */
function onlyNode(nodes: readonly Node[], cprNumbers: readonly string[]): readonly Node[] {
  const isTheirs = nodes.length === 1 && cprNumbers.length === 1;
  return isTheirs ? nodes.filter(({ personnumre }) => (personnumre ?? []).length === 0) : [];
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
