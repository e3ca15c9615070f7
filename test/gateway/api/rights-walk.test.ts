import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Agent, fetch as fetchWith } from 'undici';
import type { MeAnswer, PersonAnswer, RecipientCheck } from '../../../src/domain/gateway-api.ts';
import { actions, type Action } from '../../../src/domain/action.ts';
import type { ApiRoute } from '../../../src/gateway/api/api-route.ts';
import { apiRoutes } from '../../../src/gateway/api/api-routes.ts';
import { APP_ROLES } from '../../../src/gateway/api/people-log-on.ts';
import type { OrganisationEntry } from '../../../src/gateway/settings/organisations-file.ts';
import { EKSEMPEL_TENANT, NABO_TENANT, UNKNOWN_TENANT } from '../../../src/sandbox/people.ts';
import { until } from '../../sandbox/eventually.ts';
import { GatewayInWorld } from '../gateway-in-world.ts';
import { openTestEntra, type TestEntra, type TestPerson } from './people-in-process.ts';
import { handOverAs } from './people-mail.ts';

/** Users of each of the two organisations, each with a mailbox that nobody else has. */
const USERS_EACH = 100;
const SECRET = 'en-lang-hemmelighed';
const ROLE_SETS: readonly (readonly string[])[] = [[], ...[...APP_ROLES.keys()].map((role) => [role]), [...APP_ROLES.keys()]];
const PROGRAM_RIGHTS = ['send', 'mass-send', 'stop', 'resend', 'approve'] as const;

const objectId = (n: number): string => `c4f7a0d1-90c5-4e0e-9b7a-2c5a3b7e${String(n).padStart(4, '0')}`;
const userOf = (n: number): TestPerson & { readonly mailbox: string } => {
  const eksempel = n < USERS_EACH;
  const domain = eksempel ? 'kommune.example' : 'nabo.example';
  return {
    tenant: eksempel ? EKSEMPEL_TENANT : NABO_TENANT, objectId: objectId(n), roles: [...APP_ROLES.keys()],
    address: `bruger${n}@${domain}`, mailbox: `postkasse${n}@${domain}`,
  };
};
const users = Array.from({ length: 2 * USERS_EACH }, (_none, n) => userOf(n));
const nameOf = (n: number): string => `Person Nummer${n}`;
const markOf = (n: number): string => `mærke-${n}-slut`;

/** Everybody has a mailbox of their own; Eksempel Kommune has a program for each right. */
function manyMailboxes(organisations: readonly OrganisationEntry[]): readonly OrganisationEntry[] {
  return organisations.map((organisation, which) => ({
    ...organisation,
    secureMailboxes: [
      ...organisation.secureMailboxes,
      ...users.filter(({ tenant }) => organisation.entraTenants.includes(tenant)).map(({ mailbox, objectId: user }) => ({
        address: mailbox, channels: ['ngdp'], senders: [organisation.cvrNumbers[0] ?? ''], users: [user], groups: [],
        may: ['send', 'mass-send'] as ('send' | 'mass-send')[], holdSingleMs: null, holdMassMs: null, receipts: 'each' as const,
      })),
    ],
    mailboxGroup: null,
    apiClients: which > 0 ? [] : PROGRAM_RIGHTS.map((right) => ({
      clientId: `kun-${right}`, secretSha256: createHash('sha256').update(SECRET).digest('hex'), may: [right],
    })),
  }));
}

describe('rights, walked through the table of routes', () => {
  const open = new AsyncDisposableStack();
  let world: GatewayInWorld;
  let entra: TestEntra;
  let eksempelSubmission: string;

  before(async () => {
    entra = await openTestEntra();
    open.defer(() => entra.close());
    world = open.use(await GatewayInWorld.start({
      env: {
        ...entra.settings, ENTRA_CLIENT_IDS: '', ENTRA_CA_FILE: '', API_REQUESTS_PER_MINUTE: '100000', API_USER_REQUESTS_PER_MINUTE: '100000',
        // 600 look-ups stand in one queue here, on machines that do other things meanwhile.
        LOOKUP_DEADLINE_MS: '120000',
      },
      organisations: manyMailboxes,
    }));
    await Promise.all(users.map(({ mailbox }, n) => handOverAs(world.smtpPort, mailbox, markOf(n))));
    await until(async () => (await world.number("select count(*) from submission where state = 'expanded' and open_deliveries = 0")) === users.length, 120_000, 'all mails delivered');
    eksempelSubmission = `s${await world.number(`select id from submission where from_mailbox = '${users[0]?.mailbox}'`)}`;
  });
  after(() => open.disposeAsync());

  const pathOf = ({ path }: ApiRoute): string => path.replace('{id}', path.includes('guides') ? 'cpr' : eksempelSubmission);

  /** The status, and the code of a problem; a stream is cut off once its status is known. */
  const call = async (route: ApiRoute, headers: Readonly<Record<string, string>>) => {
    const answer = await fetch(`http://127.0.0.1:${world.gateway?.httpPort}/api${pathOf(route)}`, {
      method: route.method.toUpperCase(),
      headers: { ...headers, ...(route.method === 'post' && { 'content-type': 'application/json' }) },
      ...(route.method === 'post' && { body: '{}' }),
    });
    const isProblem = answer.headers.get('content-type')?.includes('problem+json') ?? false;
    const { code = '' } = isProblem ? ((await answer.json()) as { readonly code: string }) : {};
    if (!isProblem) await answer.body?.cancel();
    return { status: answer.status, code };
  };

  const refused = (answer: { readonly status: number; readonly code: string }) => answer.status === 403 && answer.code === 'right-missing';

  it('every route stands with its right, and each right is one that somebody can have', () => {
    assert.ok(apiRoutes.length >= 20);
    const given = new Set<Action>([...APP_ROLES.values()].flat());
    assert.deepEqual(actions.filter((action) => !given.has(action)), []);
    for (const { path, callers, right } of apiRoutes) {
      assert.ok(callers.length > 0, path);
      if (right !== null) assert.ok(actions.includes(right), path);
    }
    const keys = apiRoutes.map(({ method, path }) => `${method} ${path}`);
    assert.equal(new Set(keys).size, keys.length);
  });

  it('a person gets through exactly where the route is for people and a role gives its right', async () => {
    const [first] = users;
    assert.ok(first);
    let asked = 0;
    for (const roles of ROLE_SETS) {
      const headers = await entra.headersOf({ ...first, roles });
      const may = new Set(roles.flatMap((role) => APP_ROLES.get(role) ?? []));
      for (const route of apiRoutes) {
        const allowed = route.callers.includes('person') && (route.right === null || may.has(route.right));
        const answer = await call(route, headers);
        assert.equal(refused(answer), !allowed, `${roles.join('+') || 'no role'} at ${route.method} ${route.path}: ${answer.status} ${answer.code}`);
        assert.notEqual(answer.status, 401);
        assert.ok(answer.status < 500, `${route.path} answered ${answer.status}`);
        asked += 1;
      }
    }
    assert.equal(asked, ROLE_SETS.length * apiRoutes.length);
  });

  it('a program gets through exactly where the route is for programs and it has the right', async () => {
    for (const program of PROGRAM_RIGHTS) {
      const headers = { authorization: `Basic ${Buffer.from(`kun-${program}:${SECRET}`).toString('base64')}` };
      for (const route of apiRoutes) {
        const allowed = route.callers.includes('program') && (route.right === null || route.right === program);
        const answer = await call(route, headers);
        assert.equal(refused(answer), !allowed, `${program} at ${route.method} ${route.path}: ${answer.status} ${answer.code}`);
      }
    }
  });

  it('nobody, and somebody of a tenant that nobody here has, gets 401 everywhere', async () => {
    const stranger = await entra.headersOf({ tenant: UNKNOWN_TENANT, objectId: objectId(9_999), address: 'fremmed@fremmed.example', roles: [...APP_ROLES.keys()] });
    for (const route of apiRoutes) {
      assert.equal((await call(route, stranger)).status, 401, route.path);
      assert.equal((await call(route, {})).status, 401, route.path);
    }
  });

  it('somebody of another organisation, with every role, finds nothing of this one', async () => {
    const nina = users[USERS_EACH];
    assert.ok(nina);
    const headers = await entra.headersOf(nina);
    for (const route of apiRoutes.filter(({ path, callers }) => path.startsWith('/submissions/{id}') && callers.includes('person'))) {
      const { status } = await call(route, headers);
      // An empty body is no approval: it is refused before anything is looked up.
      assert.ok(status === 404 || (status === 400 && /approve|reject/.test(route.path)), `${route.path} answered ${status}`);
    }
  });

  it('keeps every refusal in the audit', async () => {
    const before = await world.number("select count(*) from audit where outcome = 'right-missing'");
    const [first] = users;
    assert.ok(first);
    const headers = await entra.headersOf({ ...first, roles: [] });
    const audited = apiRoutes.filter(({ callers, right, audit }) => audit !== null && !(callers.includes('person') && right === null));
    for (const route of audited) await call(route, headers);
    assert.equal(await world.number("select count(*) from audit where outcome = 'right-missing'"), before + audited.length);
  });

  it('200 users at once each see their own, and never another’s', async () => {
    const numberOf = (n: number): string => `${String((n % 28) + 1).padStart(2, '0')}0101${String(1_000 + n)}`;
    for (const n of users.keys()) await world.registers.book.put('cpr', { number: numberOf(n), answer: { name: nameOf(n), status: 'alive' } });
    // Eight hundred lines are opened at once by this one process.
    const patient = new Agent({ connect: { timeout: 120_000 } });
    open.defer(async () => await patient.close());
    await Promise.all(users.map(async (user, n) => {
      const headers = { ...(await entra.headersOf(user)), 'content-type': 'application/json' };
      const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
        const answer = await fetchWith(`http://127.0.0.1:${world.gateway?.httpPort}/api${path}`, { headers, dispatcher: patient, ...(body && { method: 'POST', body: JSON.stringify(body) }) });
        assert.equal(answer.status, 200, path);
        return (await answer.json()) as Answer;
      };
      for (let round = 0; round < 3; round++) {
        const [me, list, person, check] = await Promise.all([
          ask<MeAnswer>('/v1/me'),
          ask<{ readonly submissions: readonly { readonly from: string; readonly subject: string }[] }>('/submissions'),
          ask<PersonAnswer>('/v1/lookups/person', { cpr: numberOf(n), purpose: markOf(n) }),
          ask<{ readonly recipients: readonly RecipientCheck[] }>('/v1/recipients/check', { channel: 'ngdp', mailbox: user.mailbox, numbers: [numberOf(n)] }),
        ]);
        assert.deepEqual(me.mailboxes.map(({ address }) => address), [user.mailbox]);
        assert.equal(me.user.address, user.address);
        assert.deepEqual(list.submissions.map(({ from, subject }) => ({ from, subject })), [{ from: user.mailbox, subject: markOf(n) }]);
        assert.equal(person.kind === 'found' ? person.name : person.kind, nameOf(n));
        assert.equal(check.recipients[0]?.shown, `${numberOf(n).slice(0, 6)}-xxxx`);
      }
    }));
    // Each look-up stands in the audit under the one who asked, with the purpose that they gave.
    const { rows } = await world.database.query<{ actor: string; purpose: string; count: number }>(
      "select actor_name as actor, purpose, count(*)::int as count from audit where action = 'lookup-person' and outcome = 'found' group by 1, 2",
    );
    assert.deepEqual(
      rows.map(({ actor, purpose, count }) => `${actor} ${purpose} ${count}`).toSorted(),
      users.map(({ address }, n) => `${address} ${markOf(n)} 3`).toSorted(),
    );
  });
});
