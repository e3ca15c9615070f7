import { isInDomains } from '../../domain/mail-address.ts';
import type { Organisation } from '../../domain/organisation.ts';
import type { Action } from '../../domain/action.ts';
import { mailboxesOfPerson } from '../../domain/rights.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { openEntraSigningKeys } from './entra-signing-keys.ts';
import type { LogOnResult, PeopleLogOn } from './log-on.ts';
import { checkClaims, isIssuerOfKey, type ClaimsFault, type PersonClaims } from './token-claims.ts';
import { isSignedBy, readTokenShape, type TokenShapeFault } from './token-shape.ts';

/** The app roles of the app registration in Entra, and what each gives (docs/logon.md). */
export const APP_ROLES: ReadonlyMap<string, readonly Action[]> = new Map<string, readonly Action[]>([
  ['Dpg.Send', ['send', 'stop', 'resend']],
  ['Dpg.MassSend', ['mass-send']],
  ['Dpg.Approve', ['approve']],
  ['Dpg.LookupCpr', ['lookup-cpr']],
  ['Dpg.LookupCvr', ['lookup-cvr']],
  ['Dpg.AuditRead', ['read-audit']],
  ['Dpg.Admin', ['administer']],
]);

type LogOnFault = TokenShapeFault | ClaimsFault | 'not-set-up' | 'key' | 'signature' | 'tenant';

/**
 * Opens the log-on of people: an Entra v2 access token for this API, checked as Microsoft's claims validation asks
 * (registers-identity.md 6): its shape, then its signature by a key of Entra's and RS256 alone, then issuer of the
 * token's own tenant, our audience, time, our scope, the add-in as actor, and a tenant that an organisation here has.
 * The user is tenant and object id. While a key cannot be had from Entra, or not be asked for yet, the answer is 503: nobody
 * is told to log on again for that.
 */
export function openPeopleLogOn(parts: Pick<ApiParts, 'settings' | 'directory' | 'log' | 'now'>): PeopleLogOn {
  const { settings, log } = parts;
  if (settings.ENTRA_AUDIENCE === '') return { withToken: async () => refusal(settings.PUBLIC_URL, 'not-set-up') };
  const authority = settings.ENTRA_URL.replace(/\/+$/, '');
  const keys = openEntraSigningKeys(parts, `${authority}/common/discovery/v2.0/keys`);
  const audience = settings.ENTRA_AUDIENCE.toLowerCase();
  const wanted = {
    authority,
    audience,
    clientIds: settings.ENTRA_CLIENT_IDS.length === 0 ? [audience] : settings.ENTRA_CLIENT_IDS,
    scope: settings.ENTRA_SCOPE,
    toleranceMs: settings.ENTRA_CLOCK_TOLERANCE_MS,
    lifeMaxMs: settings.ENTRA_TOKEN_LIFE_MAX_MS,
  };
  const personOf = async (token: string): Promise<{ readonly person: PersonClaims } | { readonly fault: LogOnFault } | 'unavailable'> => {
    const read = readTokenShape(token);
    if ('fault' in read) return read;
    const { kid, claims } = read.shape;
    const found = await keys.withId(kid);
    if (found === 'unavailable') return found;
    const key = found.find(({ issuer }) => isIssuerOfKey(issuer, claims));
    if (found.length === 0) return { fault: 'key' };
    const checked = checkClaims(claims, { ...wanted, now: parts.now() });
    // What the claims say is wrong with them helps more, also where no key fits: a token of version 1 has another issuer.
    if (!key) return 'fault' in checked ? checked : { fault: 'issuer' };
    return (await isSignedBy(token, key.key)) ? checked : { fault: 'signature' };
  };
  return {
    async withToken(token) {
      const result = await personOf(token);
      if (result === 'unavailable') return unavailable(settings);
      const organisation = 'person' in result ? parts.directory.organisationOfTenant(result.person.tenant) : null;
      if ('person' in result && organisation) {
        if (result.person.groupsLeftOut) log.warn({ state: 'groups-left-out', client: `${result.person.tenant}/${result.person.objectId}` });
        return { kind: 'caller', caller: callerOf(organisation, result.person) };
      }
      const fault = 'fault' in result ? result.fault : 'tenant';
      log.warn({ state: 'people-logon-failed', reason: fault });
      return refusal(settings.PUBLIC_URL, fault);
    },
  };
}

function callerOf(organisation: Organisation, { tenant, objectId, username, name, roles, groups, expiresAt }: PersonClaims): ApiCaller {
  return {
    kind: 'person',
    id: `${tenant}/${objectId}`,
    // A guest's address is another organisation's, and no name to stand on a mail of this one.
    name: isInDomains(username, organisation.mailDomains) ? username : objectId,
    fullName: name || null,
    tenant,
    cvrNumbers: organisation.cvrNumbers,
    mailDomains: organisation.mailDomains,
    originatorOrgs: organisation.smtpOriginatorOrgs,
    expiresAt,
    may: new Set(roles.flatMap((role) => APP_ROLES.get(role) ?? [])),
    mailboxes: mailboxesOfPerson(organisation, { objectId, groups }).map(({ address }) => address),
  };
}

/**
 * 401 with words that help whoever set it up. The challenge names Bearer alone: at one for Basic a browser would ask
 * the user for a password.
 */
function refusal(publicUrl: string, fault: LogOnFault): LogOnResult {
  const answer = callProblem(publicUrl, 'not-logged-on', REFUSALS[fault] ?? 'Tokenet er ikke gyldigt her. Log på igen.');
  const headers = { ...answer.headers, 'www-authenticate': 'Bearer realm="Postbro", error="invalid_token"' };
  return { kind: 'refused', answer: { ...answer, headers } };
}

function unavailable({ PUBLIC_URL, ENTRA_KEYS_COOLDOWN_MS }: ApiParts['settings']): LogOnResult {
  const retryAfterS = Math.max(1, Math.ceil(ENTRA_KEYS_COOLDOWN_MS / 1_000));
  const detail = 'Det kan ikke ses lige nu, om du er logget på: nøglen fra Microsoft Entra mangler. Prøv igen om lidt.';
  return { kind: 'refused', answer: callProblem(PUBLIC_URL, 'temporarily-unavailable', detail, { retryAfterS }) };
}

const REFUSALS: Readonly<Partial<Record<LogOnFault, string>>> = {
  'not-set-up': 'Logon med Microsoft Entra er ikke sat op her.',
  'for-graph': 'Tokenet er til Microsoft Graph og ikke til Digital Post. Bed om et token til API’ets eget scope.',
  audience: 'Tokenet er til et andet program end Digital Post. Bed om et token til API’ets eget scope.',
  version: 'Tokenet er ikke af version 2. Appregistreringen skal have requestedAccessTokenVersion 2.',
  issuer: 'Tokenet er ikke udstedt af den tenant, det nævner.',
  tenant: 'Jeres organisation (tenant i Entra) er ikke sat op her.',
  expired: 'Tokenet er udløbet. Log på igen.',
  'not-yet': 'Tokenet gælder ikke endnu. Står uret rigtigt?',
  'app-only': 'Tokenet er et programs og ikke en persons. Programmer logger på med klient-id og hemmelighed.',
  'id-token': 'Det er et ID-token. Brug et adgangstoken til API’ets eget scope.',
  scope: 'Tokenet mangler det scope, som API’et kræver.',
  client: 'Tokenet er givet til et program, der ikke må bruges her.',
};
