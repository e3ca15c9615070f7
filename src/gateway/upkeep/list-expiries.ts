import { channels, memoChannelIds } from '../../domain/channel.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { EXPIRY_WARNING_DAYS, type OauthClient } from '../settings/lookup-settings.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';
import { readCertificateFile } from '../store/certificate-file.ts';

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

function organisationSources(organisation: OrganisationEntry): readonly Source[] {
  const { lookup: { cpr, cvr }, mailboxGroup } = organisation;
  const own = { ...NONE, organisation };
  return [
    ...memoChannelIds.flatMap((channel) => {
      const credentials = organisation[channel];
      return credentials ? [{ ...own, use: channels[channel].name, certificateFile: credentials.certificateFile, keyFile: credentials.keyFile }] : [];
    }),
    ...(cpr?.adapter === 'datafordeler' ? [{ ...own, use: 'CPR-opslag (Datafordeleren)', ...clientSource(cpr.client) }] : []),
    ...(cpr?.adapter === 'datafordeler-rest' && cpr.certificateFile !== null
      ? [{ ...own, use: 'CPR-opslag (Datafordelerens REST)', certificateFile: cpr.certificateFile, keyFile: cpr.keyFile }] : []),
    ...(cpr?.adapter === 'sf1520' ? [{ ...own, use: 'CPR-opslag (SF1520)', certificateFile: cpr.certificateFile, keyFile: cpr.keyFile }] : []),
    ...(cvr?.adapter === 'datafordeler' ? [{ ...own, use: 'CVR-opslag (Datafordeleren)', secretFile: cvr.apiKeyFile, secretEndsOn: cvr.apiKeyExpiresOn }] : []),
    ...(mailboxGroup ? [{ ...own, use: 'Gruppen af postkasser (Microsoft Graph)', ...clientSource(mailboxGroup.client) }] : []),
  ];
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
  if (certificateFile === null) {
    const ends = same.flatMap(({ secretEndsOn }) => secretEndsOn ?? []).sort();
    // It can be used to the end of its last day.
    const until = ends[0] === undefined ? null : new Date(Date.parse(ends[0]) + DAY_MS);
    return { ...about, kind: 'secret', subject: null, serialNumber: null, fault: null, ...standing(until, now) };
  }
  try {
    const { subject, serialNumber, validTo } = await readCertificateFile(certificateFile, first.keyFile);
    return { ...about, kind: 'certificate', subject, serialNumber, fault: null, ...standing(validTo, now) };
  } catch (error) {
    const fault = error instanceof Error ? error.message : String(error);
    return {
      ...about, kind: 'certificate', subject: null, serialNumber: null, until: null, daysLeft: null, state: 'kan ikke bruges', fault,
    };
  }
}

function standing(until: Date | null, now: Date): Pick<Expiry, 'until' | 'daysLeft' | 'state'> {
  if (until === null) return { until, daysLeft: null, state: 'ukendt udløb' };
  const daysLeft = Math.ceil((until.getTime() - now.getTime()) / DAY_MS);
  const state = until <= now ? 'udløbet' : daysLeft <= EXPIRY_WARNING_DAYS[0] ? 'udløber snart' : 'gyldig';
  return { until, daysLeft, state };
}
