import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { SignJWT } from 'jose';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import type { CertificateFiles } from '../certificates.ts';
import { addGraphRoutes, GRAPH_BASE } from '../graph/graph-routes.ts';
import type { GraphGroups } from '../graph/graph-groups.ts';
import { API_SCOPE, userWithAddress } from '../people.ts';
import { appOfForm, type EntraApp, type TokenForm } from './entra-apps.ts';
import type { EntraKeys } from './entra-keys.ts';
import { EntraLogOn } from './entra-log-on.ts';
import { userToken } from './user-token.ts';

export interface EntraDoorParts {
  readonly keys: EntraKeys;
  readonly groups: GraphGroups;
  readonly apps: readonly EntraApp[];
  readonly certificate: CertificateFiles;
}

export interface EntraDoor {
  /** https://localhost:<port>: stands for login.microsoftonline.com. */
  readonly authority: string;
  readonly graphUrl: string;
  close(): Promise<void>;
}

/** What everybody's password is; nothing here is real. */
const PASSWORD = 'kun-til-oevelse';
const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
const GRAPH_AUDIENCE = 'https://graph.microsoft.com';
const APP_TOKEN_LIFE_S = 3_599;
const FORM_BYTES_MAX = 100_000;

interface TenantPath {
  readonly Params: { readonly tenant: string };
}

/**
 * Opens the stand-in Entra, with Graph beside it: HTTPS by the sandbox's authority, with Entra's paths and refusals.
 */
export async function openEntraDoor(parts: EntraDoorParts): Promise<EntraDoor> {
  const [key, cert] = await Promise.all([readFile(parts.certificate.keyFile), readFile(parts.certificate.certificateFile)]);
  const door = fastify({ https: { key, cert }, forceCloseConnections: true, bodyLimit: FORM_BYTES_MAX });
  door.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
    done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  // A page that logs somebody on asks from its own place, as Entra lets it.
  door.addHook('onSend', async (_request, reply) => void reply.header('access-control-allow-origin', '*'));
  const authority = () => `https://localhost:${(door.server.address() as AddressInfo).port}`;
  addPublishedKeys(door, parts.keys, authority);
  const logOn = new EntraLogOn(parts.keys);
  logOn.addPages(door);
  addTokenEndpoint(door, { ...parts, logOn }, authority);
  addGraphRoutes(door, parts.groups, { keys: parts.keys, graphUrl: () => `${authority()}${GRAPH_BASE}` });
  await door.listen({ host: 'localhost', port: 0 });
  return { authority: authority(), graphUrl: `${authority()}${GRAPH_BASE}`, close: () => door.close() };
}

function addPublishedKeys(door: FastifyInstance, keys: EntraKeys, authority: () => string): void {
  const issuer = (tenant: string) => `${authority()}/${tenant}/v2.0`;
  // Entra itself writes {tenantid} where a key serves every tenant.
  door.get<TenantPath>('/:tenant/discovery/v2.0/keys', async ({ params: { tenant } }) =>
    keys.published(issuer(isEveryTenant(tenant) ? '{tenantid}' : tenant)),
  );
  door.get<TenantPath>('/:tenant/v2.0/.well-known/openid-configuration', async ({ params: { tenant } }) => ({
    issuer: issuer(isEveryTenant(tenant) ? '{tenantid}' : tenant),
    authorization_endpoint: `${authority()}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority()}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${authority()}/${tenant}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_types_supported: ['code', 'id_token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
  }));
}

function isEveryTenant(tenant: string): boolean {
  return ['common', 'organizations', 'consumers'].includes(tenant);
}

function addTokenEndpoint(door: FastifyInstance, parts: EntraDoorParts & { readonly logOn: EntraLogOn }, authority: () => string): void {
  door.post<TenantPath & { readonly Body: TokenForm | undefined }>('/:tenant/oauth2/v2.0/token', async (request, reply) => {
    const form = request.body ?? {};
    const { tenant } = request.params;
    if (form['grant_type'] === 'password') return await giveToUser(reply, form, { tenant, parts, authority: authority() });
    if (form['grant_type'] === 'authorization_code') {
      return (await parts.logOn.tokensFor(form, authority())) ?? refuse(reply, 'invalid_grant', 'AADSTS70008: The code is not valid.');
    }
    if (form['grant_type'] !== 'client_credentials') {
      return refuse(reply, 'unsupported_grant_type', 'AADSTS70003: The grant type is not supported.');
    }
    const app = await appOfForm(parts.apps, form, `${authority()}/${tenant}/oauth2/v2.0/token`);
    if (!app) return refuse(reply, 'invalid_client', 'AADSTS7000215: Invalid client secret or assertion provided.');
    if (form['scope'] !== GRAPH_SCOPE) return refuse(reply, 'invalid_scope', 'AADSTS1002012: The scope must end in /.default.');
    const token = await appToken(parts.keys, { app, tenant, authority: authority() });
    return { token_type: 'Bearer', expires_in: APP_TOKEN_LIFE_S, access_token: token };
  });
}

interface UserAsking {
  readonly tenant: string;
  readonly parts: EntraDoorParts;
  readonly authority: string;
}

/** For whoever tries the API by hand: name and password, which Entra has too (and which nobody should use there). */
async function giveToUser(reply: FastifyReply, form: TokenForm, { tenant, parts, authority }: UserAsking): Promise<unknown> {
  const user = userWithAddress(form['username'] ?? '');
  if (!user || form['password'] !== PASSWORD || (user.tenant !== tenant && tenant !== 'organizations')) {
    return refuse(reply, 'invalid_grant', 'AADSTS50126: Invalid username or password.');
  }
  const wanted = (form['scope'] ?? '').split(' ').some((scope) => scope.endsWith(`/${API_SCOPE}`));
  if (!wanted) return refuse(reply, 'invalid_scope', 'AADSTS70011: The scope is not valid.');
  return await userToken(user, { key: parts.keys.newest, authority, nowS: Math.floor(Date.now() / 1000), variant: 'valid' });
}

async function appToken(
  keys: EntraKeys,
  { app, tenant, authority }: { readonly app: EntraApp; readonly tenant: string; readonly authority: string },
): Promise<string> {
  const nowS = Math.floor(Date.now() / 1000);
  const { kid, jwk } = keys.newest;
  return await new SignJWT({ appid: app.clientId, idtyp: 'app', roles: ['GroupMember.Read.All', 'User.Read.All'], tid: tenant, ver: '1.0' })
    .setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid })
    .setIssuer(`${authority}/${tenant}/`).setAudience(GRAPH_AUDIENCE)
    .setIssuedAt(nowS).setNotBefore(nowS).setExpirationTime(nowS + APP_TOKEN_LIFE_S)
    .sign(jwk);
}

function refuse(reply: FastifyReply, error: string, description: string): unknown {
  reply.code(error === 'invalid_client' ? 401 : 400);
  return { error, error_description: description };
}
