/** What a token says of a person, once it may be believed. */
export interface PersonClaims {
  readonly tenant: string;
  readonly objectId: string;
  /** As Entra knows them; "" where the token does not say. */
  readonly username: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly groups: readonly string[];
  /** The person is in more groups than a token has room for: it names none. */
  readonly groupsLeftOut: boolean;
  /** From when on the token is refused, by clocks that may differ. */
  readonly expiresAt: Date;
}

/** What the API demands of a token. Ids are lower case. */
export interface ClaimsWanted {
  /** Entra's address, without a last "/". */
  readonly authority: string;
  readonly audience: string;
  readonly clientIds: readonly string[];
  readonly scope: string;
  readonly now: Date;
  readonly toleranceMs: number;
  readonly lifeMaxMs: number;
}

export type ClaimsFault =
  | 'claims' | 'for-graph' | 'audience' | 'version' | 'issuer' | 'expired' | 'not-yet' | 'life' | 'app-only' | 'id-token' | 'scope' | 'client';

type Claims = Readonly<Record<string, unknown>>;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const GRAPH_AUDIENCES: readonly string[] = ['00000003-0000-0000-c000-000000000000', 'https://graph.microsoft.com'];
const LIST_MAX = 1_000;
const NAME_CHARACTERS_MAX = 256;

/**
 * Checks the claims of a token whose signature is already checked: audience, version, issuer of its own tenant, time,
 * delegated and not an app's, scope, actor (registers-identity.md 6; Microsoft, "claims validation"). A claim of
 * another type than Entra gives it is refused, never read kindly. Whether the tenant is known here is another's to say.
 */
export function checkClaims(claims: Claims, wanted: ClaimsWanted): { readonly person: PersonClaims } | { readonly fault: ClaimsFault } {
  const fault = addresseeFault(claims, wanted) ?? timeFault(claims, wanted) ?? actorFault(claims, wanted);
  const { exp } = claims;
  if (fault || !isTime(exp)) return { fault: fault ?? 'claims' };
  const [roles, groups] = [listOf(claims['roles']), listOf(claims['groups'])];
  const [objectId, tenant] = [guidOf(claims['oid']), guidOf(claims['tid'])];
  if (roles === null || groups === null || objectId === null || tenant === null) return { fault: 'claims' };
  return {
    person: {
      tenant, objectId, roles,
      username: textOf(claims['preferred_username']).toLowerCase(),
      name: textOf(claims['name']),
      groups: groups.map((group) => group.toLowerCase()),
      groupsLeftOut: claims['hasgroups'] !== undefined || namesGroups(claims['_claim_names']),
      expiresAt: new Date(exp * 1_000 + wanted.toleranceMs),
    },
  };
}

/** Whether a key's issuer is that of the token: `{tenantid}` in it stands for the token's own tenant. */
export function isIssuerOfKey(issuer: string | null, { iss, tid }: Claims): boolean {
  return issuer === null || (typeof tid === 'string' && issuer.replace('{tenantid}', tid) === iss);
}

/** Is it for us, and from whom it says? */
function addresseeFault({ aud, ver, iss, tid, scp }: Claims, { audience, authority, clientIds }: ClaimsWanted): ClaimsFault | null {
  if (typeof aud !== 'string') return 'claims';
  if (GRAPH_AUDIENCES.includes(aud.toLowerCase().replace(/\/+$/, ''))) return 'for-graph';
  if (ver === '1.0') return 'version';
  // An ID token is for the app that asked for it.
  if (aud.toLowerCase() !== audience) return scp === undefined && clientIds.includes(aud.toLowerCase()) ? 'id-token' : 'audience';
  if (ver !== '2.0') return 'version';
  const tenant = guidOf(tid);
  return tenant !== null && iss === `${authority}/${tenant}/v2.0` ? null : 'issuer';
}

function timeFault({ exp, nbf, iat }: Claims, { now, toleranceMs, lifeMaxMs }: ClaimsWanted): ClaimsFault | null {
  if (!isTime(exp) || !isTime(nbf) || !isTime(iat)) return 'claims';
  const nowMs = now.getTime();
  if (exp * 1_000 <= nowMs - toleranceMs) return 'expired';
  if (Math.max(nbf, iat) * 1_000 > nowMs + toleranceMs) return 'not-yet';
  return (exp - Math.min(nbf, iat)) * 1_000 > lifeMaxMs ? 'life' : null;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/** A person through the add-in, and neither a program by itself, nor a token that only says who somebody is. */
function actorFault(claims: Claims, { scope, clientIds }: ClaimsWanted): ClaimsFault | null {
  const { scp, azp, appid = azp, idtyp = 'user' } = claims;
  if (idtyp !== 'user') return 'app-only';
  if (scp === undefined) return scopelessFault(claims);
  if (typeof scp !== 'string' || !scp.split(' ').includes(scope)) return 'scope';
  return typeof azp === 'string' && appid === azp && clientIds.includes(azp.toLowerCase()) ? null : 'client';
}

/** What a token without a scope is. To an app that asks for itself alone Entra gives subject and object id alike. */
function scopelessFault({ azp, sub, oid }: Claims): ClaimsFault {
  if (sub === oid) return 'app-only';
  return azp === undefined ? 'id-token' : 'scope';
}

function guidOf(value: unknown): string | null {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  return GUID.test(text) ? text : null;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, NAME_CHARACTERS_MAX) : '';
}

/** Null for what is no list of texts; nothing for a claim that is not there. */
function listOf(value: unknown): readonly string[] | null {
  if (value === undefined) return [];
  return Array.isArray(value) && value.length <= LIST_MAX && value.every((one) => typeof one === 'string') ? value : null;
}

function namesGroups(names: unknown): boolean {
  return typeof names === 'object' && names !== null && 'groups' in names;
}
