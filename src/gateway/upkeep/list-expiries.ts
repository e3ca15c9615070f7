import { channels, memoChannelIds } from '../../domain/channel.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { EXPIRY_WARNING_DAYS, type OauthClient } from '../settings/lookup-settings.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';
import { readCertificateFile } from '../store/certificate-file.ts';
import { checkSecretFile } from '../store/check-secret-file.ts';

const DAY_MS = 86_400_000;

/** A certificate or secret of the gateway or of an organisation, and until when it can be used. */
export interface Expiry {
  readonly kind: 'certificate' | 'secret';
  /** Whose: an organisation's first CVR number and name; null: the gateway's own, which serves all of them. */
  readonly organisationCvr: string | null;
  readonly organisationName: string | null;
  /** What it is used for, in Danish: "Digital Post", "CPR-opslag (Datafordeleren)". */
  readonly uses: readonly string[];
  /** Where it lies; of a certificate, its certificate file. */
  readonly file: string;
  /** As the certificate names itself; null for secrets, and where it cannot be read. */
  readonly subject: string | null;
  readonly serialNumber: string | null;
  readonly until: Date | null;
  /** Whole days that are left, rounded up; 0 or less: it has ended. */
  readonly daysLeft: number | null;
  readonly state: 'gyldig' | 'udløber snart' | 'udløbet' | 'kan ikke bruges' | 'ukendt udløb';
  /** Why it cannot be used; a Danish sentence. */
  readonly fault: string | null;
}

type ListParts = Pick<GatewayParts, 'settings' | 'organisations' | 'now'>;

/** Everything that ends some day, as the files say now; what one file is used for stands in one entry. Never throws. */
export async function listExpiries(parts: ListParts): Promise<readonly Expiry[]> {
  const sources = [...gatewaySources(parts), ...parts.organisations().flatMap(organisationSources)];
  const byFile = Map.groupBy(sources, ({ organisation, certificateFile, secretFile }) =>
    JSON.stringify([organisation?.cvrNumbers[0] ?? null, certificateFile, secretFile]));
  return await Promise.all([...byFile.values()].map((same) => expiryOf(same, parts.now())));
}

interface Source {
  readonly organisation: OrganisationEntry | null;
  readonly use: string;
  readonly certificateFile: string | null;
  readonly keyFile: string | null;
  readonly secretFile: string | null;
  /** YYYY-MM-DD: the last day; null where nobody has told. */
  readonly secretEndsOn: string | null;
}

const NONE = { organisation: null, certificateFile: null, keyFile: null, secretFile: null, secretEndsOn: null };

function gatewaySources({ settings }: ListParts): readonly Source[] {
  const door = (use: string, certificateFile: string | null, keyFile: string | null): readonly Source[] =>
    certificateFile === null ? [] : [{ ...NONE, use, certificateFile, keyFile }];
  return [
    ...door('SMTP-døren', settings.SMTP_TLS_CERTIFICATE_FILE, settings.SMTP_TLS_KEY_FILE),
    ...door('Døren til kvitteringer fra NgDP', settings.NGDP_PUSH_CERTIFICATE_FILE, settings.NGDP_PUSH_KEY_FILE),
  ];
}

type Named = Pick<Source, 'use'> & Partial<Source>;

function organisationSources(organisation: OrganisationEntry): readonly Source[] {
  const { mailboxGroup } = organisation;
  const networks = memoChannelIds.flatMap((channel): readonly Named[] => {
    const credentials = organisation[channel];
    return credentials ? [{ use: channels[channel].name, certificateFile: credentials.certificateFile, keyFile: credentials.keyFile }] : [];
  });
  const group = mailboxGroup ? [{ use: 'Gruppen af postkasser (Microsoft Graph)', ...clientSource(mailboxGroup.client) }] : [];
  return [...networks, ...cprSources(organisation), ...cvrSources(organisation), ...group].map((source) => ({ ...NONE, organisation, ...source }));
}

function cprSources({ lookup: { cpr } }: OrganisationEntry): readonly Named[] {
  switch (cpr?.adapter) {
    case undefined:
      return [];
    case 'datafordeler':
      return [{ use: 'CPR-opslag (Datafordeleren)', ...clientSource(cpr.client) }];
    case 'datafordeler-rest': {
      const use = 'CPR-opslag (Datafordelerens REST)';
      return [
        ...(cpr.certificateFile === null ? [] : [{ use, certificateFile: cpr.certificateFile, keyFile: cpr.keyFile }]),
        ...(cpr.passwordFile === null ? [] : [{ use, secretFile: cpr.passwordFile }]),
      ];
    }
    case 'sf1520':
      return [{ use: 'CPR-opslag (SF1520)', certificateFile: cpr.certificateFile, keyFile: cpr.keyFile }];
  }
}

function cvrSources({ lookup: { cvr } }: OrganisationEntry): readonly Named[] {
  switch (cvr?.adapter) {
    case undefined:
      return [];
    case 'datafordeler':
      return [{ use: 'CVR-opslag (Datafordeleren)', secretFile: cvr.apiKeyFile, secretEndsOn: cvr.apiKeyExpiresOn }];
    case 'virk':
      return [{ use: 'CVR-opslag (Virk)', secretFile: cvr.passwordFile }];
  }
}

function clientSource({ secretFile, secretExpiresOn, certificateFile, keyFile }: OauthClient) {
  return secretFile === null ? { certificateFile, keyFile } : { secretFile, secretEndsOn: secretExpiresOn };
}

async function expiryOf(same: readonly Source[], now: Date): Promise<Expiry> {
  const [first] = same;
  if (!first) throw new Error('a group of nothing');
  const { organisation, certificateFile, secretFile } = first;
  const about = {
    organisationCvr: organisation?.cvrNumbers[0] ?? null,
    organisationName: organisation?.name ?? null,
    uses: [...new Set(same.map(({ use }) => use))],
    file: certificateFile ?? secretFile ?? '',
  };
  const kind = certificateFile === null ? 'secret' : 'certificate';
  try {
    return { ...about, kind, fault: null, ...(await factsOf(same, first, now)) };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return { ...about, kind, subject: null, serialNumber: null, until: null, daysLeft: null, state: 'kan ikke bruges', fault };
  }
}

type Facts = Pick<Expiry, 'subject' | 'serialNumber' | 'until' | 'daysLeft' | 'state'>;

/** Throws a Danish sentence when it cannot be used. */
async function factsOf(same: readonly Source[], { certificateFile, keyFile, secretFile }: Source, now: Date): Promise<Facts> {
  if (certificateFile !== null) {
    const { subject, serialNumber, validTo } = await readCertificateFile(certificateFile, keyFile);
    return { subject, serialNumber, ...standing(validTo, now) };
  }
  await checkSecretFile(secretFile ?? '');
  const ends = same.flatMap(({ secretEndsOn }) => secretEndsOn ?? []).sort();
  // It can be used to the end of its last day.
  return { subject: null, serialNumber: null, ...standing(ends[0] === undefined ? null : new Date(Date.parse(ends[0]) + DAY_MS), now) };
}

function standing(until: Date | null, now: Date): Pick<Expiry, 'until' | 'daysLeft' | 'state'> {
  if (until === null) return { until, daysLeft: null, state: 'ukendt udløb' };
  const daysLeft = Math.ceil((until.getTime() - now.getTime()) / DAY_MS);
  const state = until <= now ? 'udløbet' : daysLeft <= EXPIRY_WARNING_DAYS[0] ? 'udløber snart' : 'gyldig';
  return { until, daysLeft, state };
}
