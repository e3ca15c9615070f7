import { createHash, timingSafeEqual } from 'node:crypto';
import type { ApiCaller } from './api-caller.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';

/** A program that may log on. */
export interface ApiClient extends ApiCaller {
  /** Changes with the secret, so that a token dies with the secret that it was got with. */
  readonly secretMark: string;
}

/** The programs that may log on. */
export interface ApiClients {
  /** The client with this id and secret, or null. Takes the same time whatever is wrong. */
  withSecret(clientId: string, secret: string): ApiClient | null;
  /** The client with this id, or null. */
  withId(clientId: string): ApiClient | null;
}

/** Gathers the programs of all organisations from the organisations file. */
export function apiClientsOf(organisations: readonly OrganisationEntry[]): ApiClients {
  const known = new Map(organisations.flatMap(knownClients).map((one) => [one.client.id, one]));
  return {
    withId: (clientId) => known.get(clientId)?.client ?? null,
    withSecret(clientId, secret) {
      const one = known.get(clientId);
      const given = createHash('sha256').update(secret).digest();
      // Without such a client something is compared all the same, so that the time tells nothing.
      const equal = timingSafeEqual(given, one?.secretSha256 ?? NOBODYS);
      return one !== undefined && equal ? one.client : null;
    },
  };
}

const NOBODYS = Buffer.alloc(32);

interface KnownClient {
  readonly client: ApiClient;
  readonly secretSha256: Buffer;
}

function knownClients(organisation: OrganisationEntry): readonly KnownClient[] {
  return organisation.apiClients.map(({ clientId, secretSha256, mailboxes, may }) => ({
    secretSha256: Buffer.from(secretSha256, 'hex'),
    client: {
      kind: 'program',
      id: clientId,
      name: clientId,
      fullName: null,
      expiresAt: null,
      tenant: null,
      cvrNumbers: organisation.cvrNumbers,
      mailDomains: organisation.mailDomains,
      originatorOrgs: organisation.smtpOriginatorOrgs,
      mailboxes: mailboxes ?? null,
      may: new Set(may),
      secretMark: secretSha256.toLowerCase(),
    },
  }));
}
