import { memoChannelIds } from '../../domain/channel.ts';
import type { Organisation } from '../../domain/organisation.ts';
import { readFileOrNull } from '../store/read-file-or-null.ts';
import { isFitTls } from '../store/tls-files.ts';
import { organisationsFileSchema, type NetworkCredentials, type OrganisationEntry } from './organisations-file.ts';

/** What a file of organisations says, and everything that is wrong with it, in sentences that hold none of its secrets. */
export interface OrganisationsRead {
  readonly organisations: readonly OrganisationEntry[];
  readonly faults: readonly string[];
}

/** What a process does. */
type RolesGiven = { readonly ROLES: readonly string[] };

/** Judges the content of ORGANISATIONS_FILE for a gateway that runs; null: the file cannot be read. */
export function readOrganisations(settings: RolesGiven, content: string | null): OrganisationsRead {
  const { organisations, faults } = organisationsIn(content);
  return { organisations, faults: [...faults, ...credentialFaults(settings, organisations)] };
}

/** The same without a look at the files that it names; null: the file cannot be read. */
export function organisationsIn(content: string | null): OrganisationsRead {
  if (content === null) return { organisations: [], faults: ['ORGANISATIONS_FILE: filen kan ikke læses.'] };
  try {
    const parsed = organisationsFileSchema.safeParse(JSON.parse(content));
    if (parsed.success) return { organisations: parsed.data.organisations, faults: [] };
    return { organisations: [], faults: parsed.error.issues.map((issue) => `ORGANISATIONS_FILE: ${issue.path.join('.')}: ${issue.message}`) };
  } catch {
    return { organisations: [], faults: ['ORGANISATIONS_FILE: filen er ikke JSON.'] };
  }
}

/** The organisations as the steps know them: without credentials. */
export function withoutCredentials(entries: readonly OrganisationEntry[]): readonly Organisation[] {
  return entries.map(
    ({
      ngdp: _ngdp, mitdk: _mitdk, eboks: _eboks, smtpClientCertificates: _certificates, smtpClientAddresses: _addresses,
      apiClients: _clients, lookup: _lookup, mailboxGroup: _group, ...organisation
    }) => organisation,
  );
}

/** Certificates and keys of organisations that cannot be used; a process that hands nothing over needs none. */
export function credentialFaults(settings: RolesGiven, organisations: readonly OrganisationEntry[]): readonly string[] {
  if (!settings.ROLES.includes('work')) return [];
  return organisations.flatMap((organisation) =>
    memoChannelIds.flatMap((channel) => {
      const credentials = organisation[channel];
      return credentials ? pairFaults(credentials).map((fault) => `${organisation.name}, ${channel}: ${fault}`) : [];
    }),
  );
}

function pairFaults({ certificateFile, keyFile }: NetworkCredentials): readonly string[] {
  const [cert, key] = [readFileOrNull(certificateFile), readFileOrNull(keyFile)];
  if (cert !== null && key !== null) {
    const fits = isFitTls({ cert: Buffer.from(cert), key: Buffer.from(key) });
    return fits ? [] : [`certifikatet ${certificateFile} og nøglen ${keyFile} kan ikke bruges sammen.`];
  }
  return [...(cert === null ? [certificateFile] : []), ...(key === null ? [keyFile] : [])].map((file) => `filen ${file} kan ikke læses.`);
}
