import { SignJWT } from 'jose';
import { randomBytes } from 'node:crypto';
import { ADDIN_APP_ID, API_APP_ID, API_SCOPE, STAFF_GROUP, UNKNOWN_TENANT, type WorldUser } from '../people.ts';
import type { EntraKey } from './entra-keys.ts';

/** Tokens that the stand-in Entra can make for a person: a right one, and one for each thing that may be wrong. */
export const TOKEN_VARIANTS = [
  'valid', 'expired', 'wrong-audience', 'wrong-tenant', 'wrong-client', 'v1-issuer', 'app-only', 'no-scope', 'group-overage', 'id-token',
] as const;
export type TokenVariant = (typeof TOKEN_VARIANTS)[number];

/** Entra gives between 60 and 90 minutes. */
const LIFE_S = 4_500;
const EARLIER_S = 300;
const LONG_AGO_S = 10_000;
const GRAPH_AUDIENCE = '00000003-0000-0000-c000-000000000000';
const OTHER_APP_ID = '04b07795-8ddb-461a-bbee-02f9e1bf7b46';

export interface UserTokenOptions {
  readonly key: EntraKey;
  /** The stand-in Entra's address, without a last "/". */
  readonly authority: string;
  readonly nowS: number;
  readonly variant: TokenVariant;
  /** Of an id token: what was asked with, so that nobody hands on the token of another log-on. */
  readonly nonce?: string;
}

/** A token as Entra's answer to the one who asked for it. */
export interface TokenAnswer {
  readonly token_type: 'Bearer';
  readonly expires_in: number;
  readonly access_token: string;
}

/** Signs a token of version 2.0 for a person, as the add-in gets it for the API (registers-identity.md 6). */
export async function userToken(user: WorldUser, { key, authority, nowS, variant, nonce }: UserTokenOptions): Promise<TokenAnswer> {
  const claims = { ...userClaims(user, authority, nowS), ...changedClaims(user, variant, { authority, nowS }), ...(nonce !== undefined && { nonce }) };
  const kept = Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
  const token = await new SignJWT(kept).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.kid, x5t: key.kid }).sign(key.jwk);
  return { token_type: 'Bearer', expires_in: variant === 'expired' ? 0 : LIFE_S, access_token: token };
}

function userClaims({ address, name, tenant, objectId, roles }: WorldUser, authority: string, nowS: number) {
  return {
    aud: API_APP_ID,
    iss: `${authority}/${tenant}/v2.0`,
    iat: nowS - EARLIER_S,
    nbf: nowS - EARLIER_S,
    exp: nowS + LIFE_S,
    azp: ADDIN_APP_ID,
    azpacr: '0',
    groups: [STAFF_GROUP],
    name,
    oid: objectId,
    preferred_username: address,
    roles,
    scp: API_SCOPE,
    sub: Buffer.from(`${API_APP_ID}${objectId}`).toString('base64url').slice(0, 43),
    tid: tenant,
    uti: randomBytes(16).toString('base64url'),
    ver: '2.0',
  };
}

type Moment = Pick<UserTokenOptions, 'authority' | 'nowS'>;

function changedClaims(user: WorldUser, variant: TokenVariant, { authority, nowS }: Moment): Readonly<Record<string, unknown>> {
  switch (variant) {
    case 'valid':
      return {};
    case 'expired':
      return { iat: nowS - LONG_AGO_S, nbf: nowS - LONG_AGO_S, exp: nowS - LONG_AGO_S + LIFE_S };
    case 'wrong-audience':
      return { aud: GRAPH_AUDIENCE, scp: 'User.Read Mail.Send' };
    case 'wrong-tenant':
      return { tid: UNKNOWN_TENANT, iss: `${authority}/${UNKNOWN_TENANT}/v2.0` };
    case 'wrong-client':
      return { azp: OTHER_APP_ID };
    case 'v1-issuer':
      return {
        iss: `https://sts.windows.net/${user.tenant}/`, ver: '1.0', aud: `api://${API_APP_ID}`,
        appid: ADDIN_APP_ID, azp: undefined, upn: user.address, preferred_username: undefined,
      };
    case 'app-only':
      return { scp: undefined, name: undefined, preferred_username: undefined, idtyp: 'app', sub: user.objectId, azpacr: '1' };
    case 'no-scope':
      return { scp: undefined };
    case 'group-overage':
      return {
        groups: undefined,
        _claim_names: { groups: 'src1' },
        _claim_sources: { src1: { endpoint: `https://graph.windows.net/${user.tenant}/users/${user.objectId}/getMemberObjects` } },
      };
    case 'id-token':
      return { aud: ADDIN_APP_ID, scp: undefined, azp: undefined, azpacr: undefined, nonce: randomBytes(16).toString('base64url') };
  }
}
