import { CompactSign, SignJWT, UnsecuredJWT, generateKeyPair, exportJWK, type JWK } from 'jose';
import { createHmac, createPublicKey } from 'node:crypto';
import type { EntraKey } from '../../../src/sandbox/entra/entra-keys.ts';
import { ADDIN_APP_ID, API_APP_ID, EKSEMPEL_TENANT, NABO_TENANT, UNKNOWN_TENANT } from '../../../src/sandbox/people.ts';

type Values = Readonly<Record<string, unknown>>;

export const METTE = 'c4f7a0d1-90c5-4e0e-9b7a-1c5a3b7e3001';

/** What tokens are forged with: Entra's own key, for those that only Entra could have made, and its address. */
export interface Forge {
  readonly key: EntraKey;
  readonly authority: string;
  readonly nowS: number;
}

/** A token of our own that must not let anybody in, and why it is refused. */
export interface ForgedToken {
  readonly name: string;
  readonly fault: string;
  make(forge: Forge): string | Promise<string>;
}

export function rightClaims({ authority, nowS }: Pick<Forge, 'authority' | 'nowS'>): Values {
  return {
    aud: API_APP_ID, iss: `${authority}/${EKSEMPEL_TENANT}/v2.0`, iat: nowS - 60, nbf: nowS - 60, exp: nowS + 3_600,
    azp: ADDIN_APP_ID, scp: 'access_as_user', oid: METTE, tid: EKSEMPEL_TENANT, ver: '2.0', roles: ['Dpg.Send'],
    sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ', preferred_username: 'mette@kommune.example', name: 'Mette Sørensen',
  };
}

/** Signed by Entra's key: the right claims with some changed, and header fields besides its own. */
export async function signed(forge: Forge, changes: Values = {}, header: Values = {}): Promise<string> {
  const claims = Object.entries({ ...rightClaims(forge), ...changes }).filter(([, value]) => value !== undefined);
  return await signedText(forge, JSON.stringify(Object.fromEntries(claims)), header);
}

/** Signed by Entra's key, whatever the text is. */
async function signedText({ key }: Forge, text: string, header: Values = {}): Promise<string> {
  return await new CompactSign(Buffer.from(text)).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: key.kid, ...header }).sign(key.jwk);
}

const claims = (name: string, fault: string, changes: Values | ((forge: Forge) => Values)): ForgedToken => ({
  name, fault, make: (forge) => signed(forge, typeof changes === 'function' ? changes(forge) : changes),
});
const header = (name: string, fields: Values): ForgedToken => ({ name, fault: 'malformed', make: (forge) => headed(forge, fields) });
/** By hand, for no library signs such a header; the signature is over something else, as a forger's would be. */
const headed = async (forge: Forge, fields: Values): Promise<string> => {
  const [, payload, signature] = (await signed(forge)).split('.');
  return [encoded({ typ: 'JWT', alg: 'RS256', kid: forge.key.kid, ...fields }), payload, signature].join('.');
};
const encoded = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const changed = (name: string, fault: string, change: (token: string, forge: Forge) => string): ForgedToken => ({
  name, fault, make: async (forge) => change(await signed(forge), forge),
});
const withPayload = (token: string, change: (payload: Values) => unknown): string => {
  const [head, payload = '', signature] = token.split('.');
  return [head, encoded(change(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Values)), signature].join('.');
};
const publicPem = ({ key }: Forge): string =>
  createPublicKey({ key: { kty: 'RSA', n: key.jwk.n ?? '', e: key.jwk.e ?? '' }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();
const byHmac = (forge: Forge, secret: string | Buffer, alg = 'HS256'): string => {
  const content = `${encoded({ typ: 'JWT', alg, kid: forge.key.kid })}.${encoded(rightClaims(forge))}`;
  return `${content}.${createHmac(`sha${alg.slice(2)}`, secret).update(content).digest('base64url')}`;
};
const byOwnKey = async (forge: Forge, fields: (jwk: JWK) => Values): Promise<string> => {
  const { privateKey, publicKey } = await generateKeyPair('RS256');
  const jwk = await exportJWK(publicKey);
  return await new SignJWT(rightClaims(forge)).setProtectedHeader({ typ: 'JWT', alg: 'RS256', ...fields(jwk) }).sign(privateKey);
};

const algorithms: readonly ForgedToken[] = [
  { name: 'alg none, no signature', fault: 'malformed', make: (forge) => new UnsecuredJWT(rightClaims(forge)).encode() },
  changed('alg none, a right signature kept', 'algorithm', (token, { key }) => [encoded({ alg: 'none', kid: key.kid }), ...token.split('.').slice(1)].join('.')),
  changed('alg NoNe', 'algorithm', (token, { key }) => [encoded({ alg: 'NoNe', kid: key.kid }), ...token.split('.').slice(1)].join('.')),
  changed('alg rs256 in small letters', 'algorithm', (token, { key }) => [encoded({ alg: 'rs256', kid: key.kid }), ...token.split('.').slice(1)].join('.')),
  changed('alg as a list', 'algorithm', (token, { key }) => [encoded({ alg: ['RS256'], kid: key.kid }), ...token.split('.').slice(1)].join('.')),
  changed('no alg', 'algorithm', (token, { key }) => [encoded({ kid: key.kid }), ...token.split('.').slice(1)].join('.')),
  { name: 'HS256 with the public key in PEM as secret', fault: 'algorithm', make: (forge) => byHmac(forge, publicPem(forge)) },
  { name: 'HS256 with the modulus as secret', fault: 'algorithm', make: (forge) => byHmac(forge, Buffer.from(forge.key.jwk.n ?? '', 'base64url')) },
  { name: 'HS256 with an empty secret', fault: 'algorithm', make: (forge) => byHmac(forge, '') },
  { name: 'HS512 with the public key in PEM as secret', fault: 'algorithm', make: (forge) => byHmac(forge, publicPem(forge), 'HS512') },
  {
    name: 'PS256 by the right key', fault: 'algorithm',
    make: (forge) => new SignJWT(rightClaims(forge)).setProtectedHeader({ alg: 'PS256', kid: forge.key.kid }).sign({ ...forge.key.jwk, alg: 'PS256' }),
  },
  changed('RS512 in the header', 'algorithm', (token, { key }) => [encoded({ alg: 'RS512', kid: key.kid }), ...token.split('.').slice(1)].join('.')),
];

const keys: readonly ForgedToken[] = [
  { name: 'a key of its own in jwk', fault: 'malformed', make: (forge) => byOwnKey(forge, (jwk) => ({ kid: forge.key.kid, jwk })) },
  { name: 'a key of its own by jku', fault: 'malformed', make: (forge) => byOwnKey(forge, () => ({ kid: forge.key.kid, jku: 'https://angriber.example/keys' })) },
  { name: 'a key of its own by x5u', fault: 'malformed', make: (forge) => byOwnKey(forge, () => ({ kid: forge.key.kid, x5u: 'https://angriber.example/x' })) },
  { name: 'a key of its own in x5c', fault: 'malformed', make: (forge) => byOwnKey(forge, () => ({ kid: forge.key.kid, x5c: ['MIIB'] })) },
  { name: 'a key of its own under the right kid', fault: 'signature', make: (forge) => byOwnKey(forge, () => ({ kid: forge.key.kid })) },
  { name: 'a key of its own under a kid of its own', fault: 'key', make: (forge) => byOwnKey(forge, () => ({ kid: 'min-egen' })) },
  { name: 'no kid', fault: 'malformed', make: (forge) => signed(forge, {}, { kid: undefined }) },
  header('kid as a path', { kid: '../../../dev/null' }),
  header('kid as SQL', { kid: "x' union select 'key" }),
  header('kid as a list', { kid: ['a'] }),
  header('kid empty', { kid: '' }),
  header('kid of 10,000 letters', { kid: 'k'.repeat(10_000) }),
  { name: 'kid __proto__', fault: 'key', make: (forge) => headed(forge, { kid: '__proto__' }) },
  { name: 'kid constructor', fault: 'key', make: (forge) => headed(forge, { kid: 'constructor' }) },
  header('crit with a field that nobody knows', { crit: ['postbro'], postbro: true }),
  header('an unencoded payload (b64 false)', { crit: ['b64'], b64: false }),
  header('zip', { zip: 'DEF' }),
  header('typ at+jwt', { typ: 'at+jwt' }),
  header('cty JWT (a token within the token)', { cty: 'JWT' }),
  { name: 'a nonce in the header, as tokens for Graph have', fault: 'for-graph', make: (forge) => headed(forge, { nonce: 'x' }) },
];

const spellings: readonly ForgedToken[] = [
  changed('another payload under the signature', 'signature', (token) => withPayload(token, (payload) => ({ ...payload, roles: ['Dpg.Admin'] }))),
  changed('a flipped bit in the signature', 'signature', (token) => `${token.slice(0, -10)}${token.at(-10) === 'A' ? 'B' : 'A'}${token.slice(-9)}`),
  changed('no signature', 'malformed', (token) => `${token.split('.').slice(0, 2).join('.')}.`),
  changed('a detached payload', 'malformed', (token) => token.replace(/\.[^.]*\./, '..')),
  changed('no header', 'malformed', (token) => token.replace(/^[^.]*/, '')),
  changed('padding after the signature', 'malformed', (token) => `${token}==`),
  changed('padding after the payload', 'malformed', (token) => token.replace(/\.([^.]*)\./, '.$1=.')),
  changed('a line break in the signature', 'malformed', (token) => `${token.slice(0, -5)}\n${token.slice(-5)}`),
  changed('a space in the payload', 'malformed', (token) => token.replace('.', '. ')),
  changed('base64 with + and /', 'malformed', (token) => `${token.slice(0, -4)}+/+/`),
  changed('left-over bits in the last letter', 'malformed', (token) => `${token.slice(0, -1)}${nextLetter(token.at(-1) ?? 'A')}`),
  changed('four parts', 'malformed', (token) => `${token}.e30`),
  changed('five parts, as encrypted tokens have', 'malformed', (token) => `${token}.e30.e30`),
  changed('one part', 'malformed', (token) => token.replaceAll('.', '')),
  { name: 'nothing', fault: 'malformed', make: () => '' },
  { name: 'two dots', fault: 'malformed', make: () => '..' },
  changed('the JSON form of a JWS', 'malformed', (token) => {
    const [head, payload, signature] = token.split('.');
    return JSON.stringify({ protected: head, payload, signature });
  }),
  { name: 'a payload of 20,000 letters', fault: 'too-long', make: (forge) => signed(forge, { filler: 'x'.repeat(20_000) }) },
  { name: 'a million letters', fault: 'too-long', make: () => 'x'.repeat(1_000_000) },
  { name: 'claims as a list', fault: 'malformed', make: (forge) => signedText(forge, '[]') },
  { name: 'claims null', fault: 'malformed', make: (forge) => signedText(forge, 'null') },
  { name: 'claims that are no JSON', fault: 'malformed', make: (forge) => signedText(forge, '{"aud":') },
  { name: 'a BOM before the claims', fault: 'malformed', make: (forge) => signedText(forge, `\uFEFF${JSON.stringify(rightClaims(forge))}`) },
  { name: 'roles twice', fault: 'malformed', make: (forge) => signedText(forge, JSON.stringify(rightClaims(forge)).replace('{', '{"roles":["Dpg.Admin"],')) },
  {
    name: 'tid twice, once with an escaped letter', fault: 'malformed',
    make: (forge) => signedText(forge, JSON.stringify(rightClaims(forge)).replace('{', `{"t\\u0069d":"${NABO_TENANT}",`)),
  },
  { name: 'alg twice', fault: 'malformed', make: async (forge) => {
    const [, ...rest] = (await signed(forge)).split('.');
    return [encoded(`{"alg":"none","alg":"RS256","kid":"${forge.key.kid}"}`), ...rest].join('.');
  } },
];

const addressees: readonly ForgedToken[] = [
  claims('for Graph, by id', 'for-graph', { aud: '00000003-0000-0000-c000-000000000000' }),
  claims('for Graph, by address', 'for-graph', { aud: 'https://graph.microsoft.com/' }),
  claims('for the add-in itself', 'audience', { aud: ADDIN_APP_ID }),
  claims('for another app', 'audience', { aud: '6f2d3c9a-51b7-4c0e-8a64-1c5a3b7e1009' }),
  claims('for several, as a list', 'claims', { aud: [API_APP_ID, ADDIN_APP_ID] }),
  claims('for our id with something after it', 'audience', { aud: `${API_APP_ID} ` }),
  claims('for nobody', 'claims', { aud: undefined }),
  claims('version 1', 'version', { ver: '1.0', iss: `https://sts.windows.net/${EKSEMPEL_TENANT}/` }),
  claims('no version', 'version', { ver: undefined }),
  claims('version as a number', 'version', { ver: 2.0 }),
];

const issuers: readonly ForgedToken[] = [
  claims('issuer of version 1', 'issuer', { iss: `https://sts.windows.net/${EKSEMPEL_TENANT}/` }),
  claims('issuer of another tenant than tid', 'issuer', ({ authority }) => ({ iss: `${authority}/${NABO_TENANT}/v2.0` })),
  claims('tid of another tenant than the issuer', 'issuer', { tid: NABO_TENANT }),
  claims('issuer common', 'issuer', ({ authority }) => ({ iss: `${authority}/common/v2.0` })),
  claims('issuer and tid common', 'issuer', ({ authority }) => ({ iss: `${authority}/common/v2.0`, tid: 'common' })),
  claims('issuer with {tenantid}', 'issuer', ({ authority }) => ({ iss: `${authority}/{tenantid}/v2.0`, tid: '{tenantid}' })),
  claims('issuer with a last "/"', 'issuer', ({ authority }) => ({ iss: `${authority}/${EKSEMPEL_TENANT}/v2.0/` })),
  claims('issuer of a host that looks alike', 'issuer', ({ authority }) => ({ iss: `${authority}.angriber.example/${EKSEMPEL_TENANT}/v2.0` })),
  claims('no issuer', 'issuer', { iss: undefined }),
  claims('issuer as a list', 'issuer', ({ authority }) => ({ iss: [`${authority}/${EKSEMPEL_TENANT}/v2.0`] })),
  claims('no tid', 'issuer', { tid: undefined }),
  claims('tid as a list', 'issuer', { tid: [EKSEMPEL_TENANT] }),
  claims('a tenant that nobody here has', 'tenant', ({ authority }) => ({ tid: UNKNOWN_TENANT, iss: `${authority}/${UNKNOWN_TENANT}/v2.0` })),
];

const times: readonly ForgedToken[] = [
  claims('expired an hour ago', 'expired', ({ nowS }) => ({ exp: nowS - 3_600 })),
  claims('expired a minute ago', 'expired', ({ nowS }) => ({ exp: nowS - 60 })),
  claims('nbf two minutes ahead', 'not-yet', ({ nowS }) => ({ nbf: nowS + 120 })),
  claims('issued in the future', 'not-yet', ({ nowS }) => ({ iat: nowS + 3_600 })),
  claims('a life of a year', 'life', ({ nowS }) => ({ exp: nowS + 31_536_000 })),
  claims('no exp', 'claims', { exp: undefined }),
  claims('no nbf', 'claims', { nbf: undefined }),
  claims('exp as text', 'claims', ({ nowS }) => ({ exp: String(nowS + 3_600) })),
  claims('exp null', 'claims', { exp: null }),
  claims('exp beyond all numbers', 'claims', { exp: 1e300 }),
  claims('exp in milliseconds', 'life', ({ nowS }) => ({ exp: (nowS + 3_600) * 1_000 })),
  claims('nbf below nought', 'claims', { nbf: -1 }),
];

const actors: readonly ForgedToken[] = [
  claims('an app by itself (roles, no scope)', 'app-only', { scp: undefined, sub: METTE }),
  claims('an app by itself (idtyp)', 'app-only', { idtyp: 'app' }),
  claims('an app by itself (idtyp as a list)', 'app-only', { idtyp: ['user'] }),
  claims('an ID token', 'id-token', { aud: ADDIN_APP_ID, scp: undefined, azp: undefined }),
  claims('an ID token for the API itself', 'id-token', { scp: undefined, azp: undefined }),
  claims('no scope', 'scope', { scp: undefined }),
  claims('no scope and no role', 'scope', { scp: undefined, roles: undefined }),
  claims('a scope that only begins like ours', 'scope', { scp: 'access_as_user_x' }),
  claims('a scope that only ends like ours', 'scope', { scp: 'no_access_as_user' }),
  claims('a scope in other letters', 'scope', { scp: 'Access_As_User' }),
  claims('scope empty', 'scope', { scp: '' }),
  claims('scope as a list', 'scope', { scp: ['access_as_user'] }),
  claims('scopes parted by commas', 'scope', { scp: 'openid,access_as_user' }),
  claims('another client', 'client', { azp: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' }),
  claims('no client', 'client', { azp: undefined }),
  claims('the API as its own client, where the add-in has an id of its own', 'client', { azp: API_APP_ID }),
  claims('client as a list', 'client', { azp: [ADDIN_APP_ID] }),
  claims('appid of another client than azp', 'client', { appid: API_APP_ID }),
  claims('no oid', 'claims', { oid: undefined }),
  claims('oid empty', 'claims', { oid: '' }),
  claims('oid that is no GUID', 'claims', { oid: 'mette@kommune.example' }),
  claims('oid with a path in it', 'claims', { oid: `${METTE}/../x` }),
  claims('roles as text', 'claims', { roles: 'Dpg.Admin' }),
  claims('roles with something else in between', 'claims', { roles: ['Dpg.Send', 7] }),
  claims('groups as an object', 'claims', { groups: { 0: 'x' } }),
];

/** Every odd token that we could think of; none may let anybody in. */
export const FORGED_TOKENS: readonly ForgedToken[] = [
  ...algorithms, ...keys, ...spellings, ...addressees, ...issuers, ...times, ...actors,
];

/** The letter after this one, which in the last place of a part stands for the same bytes. */
function nextLetter(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(letter) + 1] ?? 'B';
}
