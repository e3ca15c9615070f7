import { readFileSync } from 'node:fs';
import { createRemoteJWKSet, customFetch, jwtVerify, type JWTPayload } from 'jose';
import { Agent, fetch as undiciFetch } from 'undici';
import { isInDomains } from '../../domain/mail-address.ts';
import type { Action } from '../../domain/rights.ts';
import { mailboxesOfPerson } from '../../domain/rights.ts';
import type { ApiCaller } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import type { LogOnResult, PeopleLogOn } from './log-on.ts';

/** The app roles of the app registration in Entra, and what each gives (docs/logon.md). */
export const APP_ROLES: Readonly<Record<string, readonly Action[]>> = {
  'Dpg.Send': ['send', 'stop', 'resend'],
  'Dpg.MassSend': ['mass-send'],
  'Dpg.Approve': ['approve'],
  'Dpg.LookupCpr': ['lookup-cpr'],
  'Dpg.LookupCvr': ['lookup-cvr'],
  'Dpg.AuditRead': ['read-audit'],
  'Dpg.Admin': ['administer'],
};

/**
 * Opens the log-on of people: an Entra v2 access token for this API, checked as Microsoft's claims validation asks
 * (registers-identity.md 6): signature by a key of Entra, RS256 alone, issuer of the token's own tenant, our audience, a
 * tenant that an organisation here has, our scope, the add-in as actor, and its time. The user is tenant and object id.
 */
export function openPeopleLogOn(parts: ApiParts): PeopleLogOn {
  const { settings, directory } = parts;
  const refuse = (detail: string): LogOnResult => ({ kind: 'refused', answer: callProblem(settings.PUBLIC_URL, 'not-logged-on', detail) });
  if (settings.ENTRA_AUDIENCE === '') {
    return { withToken: async () => refuse('Logon med Microsoft Entra er ikke sat op her.') };
  }
  const entra = settings.ENTRA_URL.replace(/\/+$/, '');
  const keys = entraKeys(`${entra}/common/discovery/v2.0/keys`, settings);
  const clientIds = [settings.ENTRA_AUDIENCE.toLowerCase(), ...settings.ENTRA_CLIENT_IDS];
  return {
    async withToken(token) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          algorithms: ['RS256'],
          audience: settings.ENTRA_AUDIENCE,
          clockTolerance: settings.ENTRA_CLOCK_TOLERANCE_MS / 1000,
          currentDate: parts.now(),
          requiredClaims: ['iss', 'exp', 'nbf', 'tid', 'oid', 'scp'],
        });
        const caller = callerOf(payload);
        return caller ? { kind: 'caller', caller } : refuse('Tokenet er ikke til Digital Post her. Log på igen.');
      } catch (error) {
        parts.log.warn({ state: 'people-logon-failed', reason: (error as { readonly code?: string }).code ?? 'unknown' });
        return refuse('Tokenet er udløbet eller ikke gyldigt her. Log på igen.');
      }
    },
  };

  function callerOf(claims: JWTPayload): ApiCaller | null {
    const tenant = textOf(claims['tid']).toLowerCase();
    const objectId = textOf(claims['oid']).toLowerCase();
    const organisation = directory.organisationOfTenant(tenant);
    const actor = textOf(claims['azp']).toLowerCase();
    const right = claims.iss === `${entra}/${tenant}/v2.0` && claims['ver'] === '2.0'
      && textOf(claims['scp']).split(' ').includes(settings.ENTRA_SCOPE) && clientIds.includes(actor);
    if (!organisation || !right || objectId === '') return null;
    const roles = listOf(claims['roles']);
    const address = textOf(claims['preferred_username']).toLowerCase();
    return {
      kind: 'person',
      id: `${tenant}/${objectId}`,
      name: isInDomains(address, organisation.mailDomains) ? address : objectId,
      fullName: textOf(claims['name']) || null,
      tenant,
      cvrNumbers: organisation.cvrNumbers,
      mailDomains: organisation.mailDomains,
      originatorOrgs: organisation.smtpOriginatorOrgs,
      may: new Set(roles.flatMap((role) => APP_ROLES[role] ?? [])),
      mailboxes: mailboxesOfPerson(organisation, { objectId, groups: listOf(claims['groups']) }).map((mailbox) => mailbox.address),
    };
  }
}

type EntraSettings = Pick<ApiParts['settings'], 'ENTRA_CA_FILE' | 'ENTRA_KEYS_MEMORY_MS'>;

function entraKeys(url: string, settings: EntraSettings): ReturnType<typeof createRemoteJWKSet> {
  const dispatcher = settings.ENTRA_CA_FILE === null ? null : new Agent({ connect: { ca: readFileSync(settings.ENTRA_CA_FILE) } });
  return createRemoteJWKSet(new URL(url), {
    cacheMaxAge: settings.ENTRA_KEYS_MEMORY_MS,
    ...(dispatcher && {
      [customFetch]: async (address: string, options: object) =>
        (await undiciFetch(address, { ...options, dispatcher })) as unknown as Response,
    }),
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
