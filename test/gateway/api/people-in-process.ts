import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const EKSEMPEL_TENANT = '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001';
const NABO_TENANT = '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0002';
const AUDIENCE = '5d1e3c0a-77aa-4b5c-9d3e-000000000001';

/** Somebody with a token, and the app roles in it. */
export interface TestPerson {
  readonly tenant: string;
  readonly objectId: string;
  readonly address: string;
  readonly roles: readonly string[];
}

const person = (n: number, tenant: string, address: string, roles: readonly string[]): TestPerson => ({
  tenant, address, roles, objectId: `0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e1${String(n).padStart(3, '0')}`,
});

/** The people of the two organisations in `api-in-process.ts`. */
export const PEOPLE = {
  /** Of jobcenter@. */
  mette: person(1, EKSEMPEL_TENANT, 'mette@kommune.example', ['Dpg.Send']),
  /** Of sikkerpost@. */
  soeren: person(2, EKSEMPEL_TENANT, 'soeren@kommune.example', ['Dpg.Send', 'Dpg.Approve']),
  /** Of no mailbox. */
  arne: person(3, EKSEMPEL_TENANT, 'admin@kommune.example', ['Dpg.Admin', 'Dpg.AuditRead']),
  /** Of the neighbour's sikkerpost@, with every role. */
  nina: person(4, NABO_TENANT, 'nina@nabo.example', ['Dpg.Send', 'Dpg.MassSend', 'Dpg.Approve', 'Dpg.Admin', 'Dpg.AuditRead']),
} as const satisfies Record<string, TestPerson>;

/** Those who sign tokens for the people, as Entra does. */
export interface TestEntra {
  /** What a gateway must have to believe the tokens. */
  readonly settings: Readonly<Record<string, string>>;
  /** An Authorization header. */
  headersOf(person: TestPerson): Promise<{ readonly authorization: string }>;
  close(): Promise<void>;
}

/** Publishes a key on a port of its own. */
export async function openTestEntra(): Promise<TestEntra> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const published = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'proeve', use: 'sig', alg: 'RS256' }] });
  const server = createServer((_request, response) => void response.setHeader('content-type', 'application/json').end(published));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    settings: { ENTRA_URL: url, ENTRA_AUDIENCE: AUDIENCE },
    async headersOf({ tenant, objectId, address, roles }) {
      const nowS = Math.floor(Date.now() / 1_000);
      const claims = {
        iss: `${url}/${tenant}/v2.0`, aud: AUDIENCE, tid: tenant, oid: objectId, sub: objectId, ver: '2.0', azp: AUDIENCE,
        scp: 'access_as_user', roles, preferred_username: address, name: 'Prøve Person', iat: nowS, nbf: nowS, exp: nowS + 3_600,
      };
      const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'proeve', typ: 'JWT' }).sign(privateKey);
      return { authorization: `Bearer ${token}` };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
