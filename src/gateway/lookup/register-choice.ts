import type { LookupSettings } from '../settings/lookup-settings.ts';
import type { OrganisationEntry } from '../settings/organisations-file.ts';
import { openCprGraphql } from './cpr-graphql.ts';
import { openCprRest } from './cpr-rest.ts';
import { openCprSf1520 } from './cpr-sf1520.ts';
import { openCvrGraphql } from './cvr-graphql.ts';
import { openCvrVirk } from './cvr-virk.ts';
import type { CompanyRegister, PersonRegister } from './register-adapters.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';

/** The settings of the registers out of those of the gateway. */
export type RegisterSettings = Pick<
  LookupSettings,
  | 'DATAFORDELER_GRAPHQL_URL' | 'DATAFORDELER_TOKEN_URL' | 'DATAFORDELER_CERTIFICATE_TOKEN_URL' | 'DATAFORDELER_REST_URL'
  | 'CPR_GRAPHQL_VERSION' | 'CVR_GRAPHQL_VERSION' | 'SF1520_URL' | 'VIRK_URL'
  | 'REGISTER_CA_FILE' | 'REGISTER_CALL_TIMEOUT_MS' | 'REGISTER_CONCURRENCY' | 'REGISTER_RETRIES' | 'REGISTER_PAUSE_MS'
  | 'VIRK_ENCRYPTED_ALL_THE_WAY' | 'LOOKUP_DEADLINE_MS'
>;

interface AdapterOptions {
  readonly settings: RegisterSettings;
  readonly now: () => Date;
  readonly retryDelayMs?: number | undefined;
}

/** CPR as the organisation's `lookup.cpr` says. Throws a RegisterFault when it has none, or no kind of access. */
export function openPersonRegister({ lookup: { access, cpr } }: OrganisationEntry, options: AdapterOptions): PersonRegister {
  if (cpr === null) throw new RegisterFault('not-connected', entryWords('cpr'));
  if (access === null) throw new RegisterFault('no-access-kind', entryWords('cpr'));
  switch (cpr.adapter) {
    case 'datafordeler':
      return openCprGraphql({ ...options, client: cpr.client, access });
    case 'datafordeler-rest':
      return openCprRest({ ...options, entry: cpr, access });
    case 'sf1520':
      return openCprSf1520({ ...options, entry: cpr });
  }
}

/** CVR as the organisation's `lookup.cvr` says. Throws a RegisterFault when it has none. */
export function openCompanyRegister({ lookup: { cvr } }: OrganisationEntry, options: AdapterOptions): CompanyRegister {
  if (cvr === null) throw new RegisterFault('not-connected', entryWords('cvr'));
  switch (cvr.adapter) {
    case 'datafordeler':
      return openCvrGraphql({ ...options, apiKeyFile: cvr.apiKeyFile });
    case 'virk':
      return openCvrVirk({ ...options, user: cvr.user, passwordFile: cvr.passwordFile });
  }
}

/** The words for a fault that lies in the organisation's own entry, or at no door in particular. */
export function entryWords(register: 'cpr' | 'cvr'): DoorWords {
  const name = register.toUpperCase();
  const entry = `»lookup.${register}«`;
  return { register: name, host: name, address: `${entry} i ORGANISATIONS_FILE`, credentials: entry, version: null };
}
