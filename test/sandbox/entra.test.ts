import assert from 'node:assert/strict';
import { createRemoteJWKSet, customFetch, decodeJwt, jwtVerify } from 'jose';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import { Agent, fetch as fetchWith } from 'undici';
import { TOKEN_VARIANTS } from '../../src/sandbox/entra/user-token.ts';
import { ADDIN_APP_ID, API_APP_ID, EKSEMPEL_TENANT, GRAPH_APP_ID, GRAPH_APP_SECRET, PEOPLE } from '../../src/sandbox/people.ts';
import { openOutsideWorld, removeFolder, temporaryFolder, type OutsideWorld } from './outside-world.ts';

describe('the stand-in Entra', () => {
  let folder: string;
  let world: OutsideWorld;
  let agent: Agent;
  const open = async () => {
    world = await openOutsideWorld(folder);
    agent = new Agent({ connect: { ca: await readFile(world.certificates.authorityFile) } });
  };
  const close = async () => {
    await agent.close();
    await world[Symbol.asyncDispose]();
  };
  before(async () => {
    folder = await temporaryFolder();
    await open();
  });
  after(async () => {
    await close();
    await removeFolder(folder);
  });

  const front = async (route: string, body?: unknown, method = 'POST') =>
    await fetch(`http://localhost:${world.front.port}${route}`, body === undefined ? {} : { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const entra = async (route: string, form?: Readonly<Record<string, string>>) =>
    await fetchWith(`${world.entra.authority}${route}`, { dispatcher: agent, ...(form && { method: 'POST', body: new URLSearchParams(form) }) });
  const tokenOf = async (person: string, variant?: string): Promise<string> =>
    ((await (await front('/sandbox/entra/tokens', { person, variant })).json()) as { readonly access_token: string }).access_token;
  const verify = async (token: string) => {
    const keys = createRemoteJWKSet(new URL(`${world.entra.authority}/common/discovery/v2.0/keys`), {
      [customFetch]: async (url, options) => (await fetchWith(url, { ...(options as object), dispatcher: agent })) as unknown as Response,
    });
    return await jwtVerify(token, keys, { issuer: `${world.entra.authority}/${EKSEMPEL_TENANT}/v2.0`, audience: API_APP_ID, algorithms: ['RS256'] });
  };

  it('tells of its people', async () => {
    const people = (await (await front('/sandbox/people')).json()) as readonly Readonly<Record<string, unknown>>[];
    assert.equal(people.length, PEOPLE.length);
    assert.deepEqual(people[0], {
      address: 'mette@kommune.example', name: 'Mette Sørensen', organisation: 'Eksempel Kommune', tenant: EKSEMPEL_TENANT,
      objectId: 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3001', roles: ['Dpg.Send', 'Dpg.MassSend', 'Dpg.LookupCpr', 'Dpg.LookupCvr'],
      mailboxes: ['jobcenter@kommune.example', 'borgerservice@kommune.example', 'sikkerpost@kommune.example'],
    });
  });

  it('signs tokens as Entra does, that anybody can check', async () => {
    const answer = (await (await front('/sandbox/entra/tokens', { person: 'Mette@kommune.example' })).json()) as Readonly<Record<string, unknown>>;
    assert.equal(answer['token_type'], 'Bearer');
    assert.ok(Number(answer['expires_in']) >= 3_600);
    const { payload, protectedHeader } = await verify(String(answer['access_token']));
    assert.equal(protectedHeader.alg, 'RS256');
    for (const claim of ['aio', 'uti', 'azp', 'oid', 'tid', 'nbf', 'iat', 'exp', 'sub', 'name'].filter((one) => one !== 'aio')) assert.ok(payload[claim], claim);
    assert.equal(payload['ver'], '2.0');
    assert.equal(payload['scp'], 'access_as_user');
    assert.deepEqual(payload['roles'], ['Dpg.Send', 'Dpg.MassSend', 'Dpg.LookupCpr', 'Dpg.LookupCvr']);
  });

  it('makes each wrong token that is asked for, and none that is not known', async () => {
    const tokens = await Promise.all(TOKEN_VARIANTS.map((variant) => tokenOf('mette@kommune.example', variant)));
    assert.equal(new Set(tokens).size, TOKEN_VARIANTS.length);
    for (const variant of TOKEN_VARIANTS.filter((one) => ['expired', 'wrong-audience', 'wrong-tenant', 'v1-issuer', 'id-token'].includes(one))) {
      await assert.rejects(verify(await tokenOf('mette@kommune.example', variant)), variant);
    }
    assert.equal((await front('/sandbox/entra/tokens', { person: 'mette@kommune.example', variant: 'anden' })).status, 400);
    assert.equal((await front('/sandbox/entra/tokens', { person: 'ukendt@kommune.example' })).status, 404);
    assert.equal((await front('/sandbox/entra/tokens', null)).status, 404);
  });

  it('gives its configuration, and tokens by name and password to whoever tries by hand', async () => {
    const configuration = (await (await entra(`/${EKSEMPEL_TENANT}/v2.0/.well-known/openid-configuration`)).json()) as Readonly<Record<string, unknown>>;
    assert.equal(configuration['issuer'], `${world.entra.authority}/${EKSEMPEL_TENANT}/v2.0`);
    const form = { grant_type: 'password', username: 'mette@kommune.example', password: 'kun-til-oevelse', scope: `api://${API_APP_ID}/access_as_user` };
    const answer = await entra(`/${EKSEMPEL_TENANT}/oauth2/v2.0/token`, form);
    await verify(((await answer.json()) as { readonly access_token: string }).access_token);
    for (const wrong of [{ password: 'x' }, { username: 'nina@nabo.example' }, { scope: 'User.Read' }, { grant_type: 'implicit' }]) {
      assert.equal((await entra(`/${EKSEMPEL_TENANT}/oauth2/v2.0/token`, { ...form, ...wrong })).status, 400);
    }
  });

  it('gives Graph\'s token to the app with the right secret alone', async () => {
    const form = { grant_type: 'client_credentials', client_id: GRAPH_APP_ID, client_secret: GRAPH_APP_SECRET, scope: 'https://graph.microsoft.com/.default' };
    const route = `/${EKSEMPEL_TENANT}/oauth2/v2.0/token`;
    assert.equal((await entra(route, form)).status, 200);
    assert.equal((await entra(route, { ...form, client_secret: 'x' })).status, 401);
    assert.equal((await entra(route, { ...form, client_id: 'x' })).status, 401);
    assert.equal((await entra(route, { ...form, scope: 'User.Read' })).status, 400);
    assert.equal((await entra('/graph/v1.0/groups')).status, 401);
  });

  it('shows and changes the group, and refuses what it does not understand', async () => {
    const { members } = (await (await front('/sandbox/graph/members')).json()) as { readonly members: readonly string[] };
    assert.deepEqual(members, ['sikkerpost@kommune.example', 'jobcenter@kommune.example', 'borgerservice@kommune.example', 'hr@kommune.example', 'ny-postkasse@kommune.example']);
    assert.equal((await front('/sandbox/graph/members', { members: members.slice(1) }, 'PUT')).status, 200);
    assert.equal((await front('/sandbox/graph/members', { members }, 'PUT')).status, 200);
    assert.equal((await front('/sandbox/graph/members', { members: 'alle' }, 'PUT')).status, 400);
    assert.equal((await front('/sandbox/graph/faults', { mode: 'status', status: 429, retryAfterS: 2 })).status, 200);
    assert.equal((await front('/sandbox/graph/faults', { mode: 'none' })).status, 200);
    for (const wrong of [{ mode: 'x' }, { mode: 'status', status: 200 }, {}, [], null]) assert.equal((await front('/sandbox/graph/faults', wrong)).status, 400);
  });

  it('keeps its key over a restart, and its old keys when it takes a new one', async () => {
    const before = await tokenOf('mette@kommune.example');
    const { kid } = (await (await front('/sandbox/entra/rotate-key', {})).json()) as { readonly kid: string };
    const { protectedHeader } = await verify(await tokenOf('mette@kommune.example'));
    assert.equal(protectedHeader.kid, kid);
    await verify(before);
    await close();
    await open();
    const again = await verify(await tokenOf('mette@kommune.example'));
    assert.equal(again.protectedHeader.kid, kid);
  });

  it('publishes no private part of a key', async () => {
    const { keys } = (await (await entra('/common/discovery/v2.0/keys')).json()) as { readonly keys: readonly object[] };
    assert.ok(keys.length >= 2);
    for (const key of keys) assert.deepEqual(Object.keys(key).sort(), ['e', 'issuer', 'kid', 'kty', 'n', 'use', 'x5t']);
  });

  it('logs on in a window: a code that counts once, for whoever asked for it, and for the add-in’s page alone', async () => {
    const page = 'http://localhost:3000/addin/log-on.html';
    const verifier = 'v'.repeat(43);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const ask = (change: Readonly<Record<string, string>>): string => `?${new URLSearchParams({ client_id: ADDIN_APP_ID, redirect_uri: page, state: 's', nonce: 'n', code_challenge: challenge, ...change }).toString()}`;
    const answer = async (change: Readonly<Record<string, string>>): Promise<string> =>
      (await fetchWith(`${world.entra.authority}/organizations/oauth2/v2.0/authorize/answer${ask(change)}`, { dispatcher: agent, redirect: 'manual' })).headers.get('location') ?? '';
    const tokens = async (code: string, code_verifier: string) => await entra('/organizations/oauth2/v2.0/token', { grant_type: 'authorization_code', code, redirect_uri: page, code_verifier });
    const codeIn = (location: string): string => new URLSearchParams(location.split('#')[1]).get('code') ?? '';

    assert.match(await (await entra(`/organizations/oauth2/v2.0/authorize${ask({})}`)).text(), /Mette Sørensen <small>mette@kommune\.example/);
    assert.equal((await entra(`/organizations/oauth2/v2.0/authorize${ask({ redirect_uri: 'http://elsewhere.example/addin/log-on.html' })}`)).status, 400);
    assert.match(await answer({ person: '' }), /#error=access_denied&.*state=s$/);
    assert.equal((await tokens(codeIn(await answer({ person: 'mette@kommune.example' })), 'another')).status, 400);
    const code = codeIn(await answer({ person: 'mette@kommune.example' }));
    const given = (await (await tokens(code, verifier)).json()) as { readonly access_token: string; readonly id_token: string };
    assert.equal((await verify(given.access_token)).payload['preferred_username'], 'mette@kommune.example');
    assert.equal(decodeJwt(given.id_token)['nonce'], 'n');
    assert.equal((await tokens(code, verifier)).status, 400);
  });
});
