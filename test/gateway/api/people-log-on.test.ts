import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { makeDirectory } from '../../../src/domain/organisation.ts';
import { openPeopleLogOn } from '../../../src/gateway/api/people-log-on.ts';
import type { LogOnResult, PeopleLogOn } from '../../../src/gateway/api/log-on.ts';
import { signingKeysIn } from '../../../src/gateway/api/entra-signing-keys.ts';
import { isSignedBy, readSignedParts } from '../../../src/gateway/api/token-shape.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { withoutCredentials } from '../../../src/gateway/settings/read-organisations.ts';
import { makeLog } from '../../../src/gateway/log.ts';
import { organisationsFileSchema } from '../../../src/gateway/settings/organisations-file.ts';
import { EntraKeys } from '../../../src/sandbox/entra/entra-keys.ts';
import { ADDIN_APP_ID, API_APP_ID, EKSEMPEL_TENANT, NABO_TENANT } from '../../../src/sandbox/people.ts';
import { removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';
import { FORGED_TOKENS, METTE, signed, type Forge } from './forged-tokens.ts';

const GROUP = '7a1e4b52-0d3f-4f6a-b1c2-1c5a3b7e2009';
const { organisations } = organisationsFileSchema.parse({
  organisations: [
    {
      name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example'], entraTenants: [EKSEMPEL_TENANT],
      mainMailbox: 'sikkerpost@kommune.example', watchMailbox: 'sikkerpost@kommune.example', helpContact: 'it@kommune.example',
      secureMailboxes: [
        { address: 'jobcenter@kommune.example', channels: ['ngdp'], senders: ['35833684'], users: [METTE] },
        { address: 'faelles@kommune.example', channels: ['ngdp'], senders: ['35833684'], groups: [GROUP] },
      ],
    },
    {
      name: 'Nabo Kommune', cvrNumbers: ['97281536'], mailDomains: ['nabo.example'], entraTenants: [NABO_TENANT],
      mainMailbox: 'sikkerpost@nabo.example', watchMailbox: 'sikkerpost@nabo.example', helpContact: 'it@nabo.example',
      secureMailboxes: [{ address: 'sikkerpost@nabo.example', channels: ['ngdp'], senders: ['97281536'], users: [METTE] }],
    },
  ],
});

/** Entra's published keys on a plain socket, counted, and away when it is told to be. */
interface KeyServer {
  readonly url: string;
  calls: number;
  answer: 'keys' | 'status-500' | 'nonsense' | 'foreign-issuer' | 'small-key';
  close(): Promise<void>;
}

async function openKeyServer(keys: EntraKeys): Promise<KeyServer> {
  const server: Server = createServer((request, reply) => {
    state.calls += 1;
    const issuer = state.answer === 'foreign-issuer' ? `${state.url}/${NABO_TENANT}/v2.0` : `${state.url}/{tenantid}/v2.0`;
    reply.statusCode = state.answer === 'status-500' || request.url !== '/common/discovery/v2.0/keys' ? 500 : 200;
    const published = keys.published(issuer);
    const small = { keys: published.keys.map((key) => ({ ...key, n: (key.n ?? '').slice(0, 171) })) };
    reply.end(state.answer === 'nonsense' ? '<html>' : JSON.stringify(state.answer === 'small-key' ? small : published));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const state: KeyServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls: 0, answer: 'keys',
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
  return state;
}

describe('the log-on of people', () => {
  const folders: string[] = [];
  let keys: EntraKeys;
  let server: KeyServer;
  let clockMs = Date.parse('2026-11-25T10:00:00Z');
  const logLines: string[] = [];

  const open = (more: Readonly<Record<string, string>> = {}): PeopleLogOn => {
    const settings = settingsSchema.parse({
      DATABASE_URL: '-', ORGANISATIONS_FILE: '-', ENTRA_URL: server.url, ENTRA_AUDIENCE: API_APP_ID, ENTRA_CLIENT_IDS: ADDIN_APP_ID, ...more,
    });
    return openPeopleLogOn({
      settings, directory: makeDirectory(withoutCredentials(organisations)), now: () => new Date(clockMs),
      log: makeLog('info', (line) => void logLines.push(line)),
    });
  };
  const forge = (): Forge => ({ key: keys.newest, authority: server.url, nowS: Math.floor(clockMs / 1_000) });
  const faultOf = (): string => (JSON.parse(logLines.at(-1) ?? '{}') as { reason?: string }).reason ?? '';

  before(async () => {
    const folder = await temporaryFolder();
    folders.push(folder);
    keys = await EntraKeys.open(path.join(folder, 'entra-keys.json'));
    server = await openKeyServer(keys);
  });
  after(async () => {
    await server.close();
    for (const folder of folders) await removeFolder(folder);
  });

  describe('lets in', () => {
    it('a person with the rights of the roles and the mailboxes that name the person or a group', async () => {
      const { caller } = callerIn(await open().withToken(await signed(forge(), { roles: ['Dpg.Send', 'Dpg.LookupCpr', 'Unknown', 'constructor'], groups: [GROUP.toUpperCase()] })));
      assert.equal(caller.id, `${EKSEMPEL_TENANT}/${METTE}`);
      assert.equal(caller.name, 'mette@kommune.example');
      assert.deepEqual([...caller.may].sort(), ['lookup-cpr', 'resend', 'send', 'stop']);
      assert.deepEqual(caller.mailboxes, ['jobcenter@kommune.example', 'faelles@kommune.example']);
      assert.deepEqual(caller.cvrNumbers, ['35833684']);
    });

    it('nobody as an administrator without the role', async () => {
      const { caller } = callerIn(await open().withToken(await signed(forge(), { roles: undefined })));
      assert.deepEqual([...caller.may], []);
    });

    it('the same object id of another tenant as somebody else', async () => {
      const { caller } = callerIn(await open().withToken(await signed(forge(), { tid: NABO_TENANT, iss: `${server.url}/${NABO_TENANT}/v2.0` })));
      assert.equal(caller.id, `${NABO_TENANT}/${METTE}`);
      assert.deepEqual(caller.mailboxes, ['sikkerpost@nabo.example']);
    });

    it('a guest under the object id, for the address is another organisation\'s', async () => {
      const { caller } = callerIn(await open().withToken(await signed(forge(), { preferred_username: 'chef@angriber.example' })));
      assert.equal(caller.name, METTE);
    });

    it('a person in too many groups with what roles and own name give, and says so in the log', async () => {
      for (const overage of [{ hasgroups: true }, { _claim_names: { groups: 'src1' }, _claim_sources: {} }]) {
        const { caller } = callerIn(await open().withToken(await signed(forge(), overage)));
        assert.deepEqual(caller.mailboxes, ['jobcenter@kommune.example']);
        assert.ok(caller.may.has('send'));
        assert.match(logLines.at(-1) ?? '', /groups-left-out/);
      }
    });

    it('a token whose clock is at most the tolerance away', async () => {
      const { nowS } = forge();
      for (const times of [{ exp: nowS - 59 }, { nbf: nowS + 60, iat: nowS + 60 }]) callerIn(await open().withToken(await signed(forge(), times)));
      assert.equal(refusalIn(await open({ ENTRA_CLOCK_TOLERANCE_MS: '0' }).withToken(await signed(forge(), { exp: nowS - 1 }))).status, 401);
      assert.throws(() => open({ ENTRA_CLOCK_TOLERANCE_MS: '60001' }), /minut/);
    });
  });

  describe(`refuses each of ${FORGED_TOKENS.length} forged or odd tokens`, () => {
    let logOn: PeopleLogOn;
    before(() => {
      logOn = open({ ENTRA_KEYS_COOLDOWN_MS: '0' });
    });
    for (const { name, fault, make } of FORGED_TOKENS) {
      it(name, async () => {
        const token = await make(forge());
        const { status, headers, body } = refusalIn(await logOn.withToken(token));
        assert.equal(faultOf(), fault);
        assert.equal(status, 401);
        assert.match(headers['www-authenticate'] ?? '', /^Bearer /);
        assert.ok(token === '' || token.length < 10 || !JSON.stringify(body).includes(token), 'no answer repeats a token');
      });
    }

    it('with words that help whoever set it up', async () => {
      const detail = async (changes: Readonly<Record<string, unknown>>) =>
        String((refusalIn(await logOn.withToken(await signed(forge(), changes))).body as { detail?: unknown }).detail);
      assert.match(await detail({ aud: '00000003-0000-0000-c000-000000000000' }), /Microsoft Graph/);
      assert.match(await detail({ ver: '1.0' }), /requestedAccessTokenVersion/);
      assert.match(await detail({ scp: undefined, azp: undefined }), /ID-token/);
      assert.match(await detail({ idtyp: 'app' }), /program/);
    });

    it('but not the token that they are made from', async () => {
      callerIn(await logOn.withToken(await signed(forge())));
    });
  });

  it('refuses all where Entra is not set up', async () => {
    assert.equal(refusalIn(await open({ ENTRA_AUDIENCE: '' }).withToken(await signed(forge()))).status, 401);
  });

  it('takes the API\'s own id as client where the add-in has no other', async () => {
    callerIn(await open({ ENTRA_CLIENT_IDS: '' }).withToken(await signed(forge(), { azp: API_APP_ID })));
    assert.equal(refusalIn(await open({ ENTRA_CLIENT_IDS: '' }).withToken(await signed(forge()))).status, 401);
  });

  describe('Entra\'s keys', () => {
    it('are fetched once for many that log on at the same time, and again when they are old', async () => {
      const logOn = open();
      const token = await signed(forge());
      server.calls = 0;
      await Promise.all(Array.from({ length: 20 }, () => logOn.withToken(token)));
      assert.equal(server.calls, 1);
      clockMs += 11 * 60_000;
      callerIn(await logOn.withToken(await signed(forge())));
      assert.equal(server.calls, 2);
    });

    it('are fetched for an id that is not among them, at most once in the cooldown', async () => {
      const logOn = open();
      callerIn(await logOn.withToken(await signed(forge())));
      clockMs += 31_000;
      server.calls = 0;
      const unknown = await Promise.all(Array.from({ length: 10 }, async (_, n) => await signed(forge(), {}, { kid: `ukendt-${n}` })));
      const first = await Promise.all(unknown.map((token) => logOn.withToken(token)));
      for (const result of first) assert.equal(refusalIn(result).status, 401);
      assert.equal(server.calls, 1);
      // Not asked for again yet, so nobody can say that there is no such key: it may be a new one.
      const [token = ''] = unknown;
      const later = refusalIn(await logOn.withToken(token));
      assert.equal(later.status, 503);
      assert.ok(Number(later.headers['retry-after']) > 0);
      assert.equal(server.calls, 1);
    });

    it('may change: a token by the new key is taken, and those by the old one too', async () => {
      const logOn = open();
      const old = await signed(forge());
      callerIn(await logOn.withToken(old));
      await keys.rotate();
      clockMs += 31_000;
      callerIn(await logOn.withToken(await signed(forge())));
      callerIn(await logOn.withToken(old));
    });

    it('are used on while Entra is away, for a bounded time; then the answer is 503 and not 401', async () => {
      const logOn = open();
      callerIn(await logOn.withToken(await signed(forge())));
      for (const answer of ['status-500', 'nonsense'] as const) {
        server.answer = answer;
        clockMs += 3_600_000;
        callerIn(await logOn.withToken(await signed(forge())));
      }
      clockMs += 24 * 3_600_000;
      const refused = refusalIn(await logOn.withToken(await signed(forge())));
      assert.equal(refused.status, 503);
      assert.equal((refused.body as { code?: unknown }).code, 'temporarily-unavailable');
      assert.ok(Number(refused.headers['retry-after']) > 0);
      server.answer = 'keys';
      clockMs += 31_000;
      callerIn(await logOn.withToken(await signed(forge())));
    });

    it('that are not there from the start are 503 as well, and no reason to ask again at once', async () => {
      const logOn = open();
      server.answer = 'status-500';
      server.calls = 0;
      for (let n = 0; n < 3; n++) assert.equal(refusalIn(await logOn.withToken(await signed(forge()))).status, 503);
      assert.equal(server.calls, 1);
      server.answer = 'keys';
    });

    it('sign only for the issuer that stands at them', async () => {
      server.answer = 'foreign-issuer';
      assert.equal(refusalIn(await open().withToken(await signed(forge()))).status, 401);
      assert.equal(faultOf(), 'issuer');
      callerIn(await open().withToken(await signed(forge(), { tid: NABO_TENANT, iss: `${server.url}/${NABO_TENANT}/v2.0` })));
      server.answer = 'keys';
    });

    it('are none below 2,048 bits', async () => {
      server.answer = 'small-key';
      assert.equal(refusalIn(await open().withToken(await signed(forge()))).status, 503);
      server.answer = 'keys';
    });
  });

  it('writes no token, name or address in the log', () => {
    assert.doesNotMatch(logLines.join(''), /eyJ|mette@|Sørensen/);
  });
});

/** A vector of Wycheproof, with the key of its group. */
interface Vector {
  readonly tcId: number;
  readonly comment: string;
  readonly jws: unknown;
  readonly result: 'valid' | 'invalid' | 'acceptable';
}

interface VectorGroup {
  readonly public?: Readonly<Record<string, unknown>>;
  readonly private: Readonly<Record<string, unknown>>;
  readonly tests: readonly Vector[];
}

describe('the signatures of Wycheproof', () => {
  const file = new URL('../../../../shared/data/mime/wycheproof-jose/testvectors_v1/json_web_signature_test.json', import.meta.url);

  it('are taken where they are right and RS256, and never where they are wrong', async (t) => {
    if (!existsSync(file)) return t.skip('the vectors are not here');
    const { testGroups } = JSON.parse(readFileSync(file, 'utf8')) as { readonly testGroups: readonly VectorGroup[] };
    let vectors = 0;
    const taken: Vector[] = [];
    for (const { public: published, private: own, tests } of testGroups) {
      const found = await signingKeysIn([published ?? own]);
      for (const vector of tests) {
        vectors += 1;
        if (await isTaken(vector, found)) taken.push(vector);
      }
    }
    assert.equal(vectors, 401);
    assert.deepEqual(taken.filter(({ result }) => result !== 'valid').map(({ tcId, comment }) => `${tcId} ${comment}`), []);
    assert.ok(taken.length > 0, 'some are taken');
  });

  async function isTaken({ jws }: Vector, found: Awaited<ReturnType<typeof signingKeysIn>>): Promise<boolean> {
    const token = typeof jws === 'string' ? jws : JSON.stringify(jws);
    const read = readSignedParts(token);
    const [key] = 'parts' in read ? (found.get(read.parts.kid) ?? []) : [];
    return key !== undefined && (await isSignedBy(token, key.key));
  }
});

function callerIn(result: LogOnResult): Extract<LogOnResult, { kind: 'caller' }> {
  assert.equal(result.kind, 'caller', JSON.stringify(result));
  return result as Extract<LogOnResult, { kind: 'caller' }>;
}

function refusalIn(result: LogOnResult): Extract<LogOnResult, { kind: 'refused' }>['answer'] {
  assert.ok(result.kind === 'refused', 'it was let in');
  return result.answer;
}
