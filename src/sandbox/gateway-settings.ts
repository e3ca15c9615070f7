import type { Certificates } from './certificates.ts';
import type { Entra } from './entra/entra.ts';
import type { NetworkName } from './network/network-profile.ts';
import { ADDIN_APP_ID, API_APP_ID } from './people.ts';
import type { RegisterPorts } from './registers/registers.ts';
import { TOKEN_PATH } from './registers/token-routes.ts';

/** What the gateway must be told of the world it is started in. */
export interface GatewayWorld {
  readonly databaseUrl: string;
  readonly organisationsFile: string;
  readonly secretKeysFile: string;
  readonly certificates: Certificates;
  readonly smtpPort: number;
  readonly relayPort: number;
  /** Ports of the networks' REST doors. */
  readonly networkPorts: Readonly<Record<NetworkName, number>>;
  readonly registerPorts: RegisterPorts;
  readonly entra: Pick<Entra, 'authority' | 'graphUrl'>;
  /** Where people reach the gateway's own pages: the sandbox's front door. */
  readonly publicUrl: string;
}

/** The gateway's settings in the sandbox, as environment variables. */
export interface GatewaySettings {
  /** What ties the gateway to this very sandbox; nobody else's value counts. */
  readonly tied: Readonly<Record<string, string>>;
  /** What the sandbox has otherwise than the product; whoever starts it may choose another value. */
  readonly adjustable: Readonly<Record<string, string>>;
}

/**
 * The gateway's settings in the sandbox: everything on loopback, times short enough that a person who tries it need
 * not wait, and nothing held back (design.md, "Start and stop" and "In time").
 */
export function gatewaySettings(world: GatewayWorld): GatewaySettings {
  return { tied: tiedSettings(world), adjustable: ADJUSTABLE };
}

const ADJUSTABLE: Readonly<Record<string, string>> = {
  ...networkTimes('NGDP'),
  ...networkTimes('MITDK'),
  ...networkTimes('EBOKS'),
  FILES_POLL_MS: '1000',
  MITDK_CONTACT_STRUCTURE: 'on',
  DELIVERY_RETRY_FIRST_MS: '1500',
  DELIVERY_RETRY_MAX_MS: '9000',
  HOLD_SINGLE_MS: '0',
  HOLD_MASS_MS: '0',
  MASS_APPROVAL_OVER_RECIPIENTS: '0',
  MAIL_GUARD: 'off',
  MAILBOX_GROUP_POLL_MS: '2000',
  ENTRA_KEYS_COOLDOWN_MS: '1000',
  SHUTDOWN_GRACE_MS: '3000',
  // A register that was told to fail and is told to go on is asked again at once.
  REGISTER_PAUSE_MS: '0',
  // What a register is told to answer is what it answers from then on.
  LOOKUP_PERSON_MEMORY_MS: '0',
  LOOKUP_COMPANY_MEMORY_MS: '0',
  LOOKUP_NOT_FOUND_MEMORY_MS: '0',
  // Whoever practises looks up more, and faster, than a caseworker does.
  LOOKUPS_PER_USER_PER_MINUTE: '300',
  LOOKUPS_PER_USER_PER_DAY: '10000',
  API_USER_REQUESTS_PER_MINUTE: '3000',
  // A check from outside may bring an Outlook of its own.
  ADDIN_FRAME_HOSTS: '*',
  OFFICE_JS_URL: '/sandbox/outlook/office.js',
  TRAINING_MODE: 'on',
  // Virk stands on this very machine.
  VIRK_ENCRYPTED_ALL_THE_WAY: 'on',
};

function networkTimes(prefix: string): Readonly<Record<string, string>> {
  return { [`${prefix}_RECEIPT_POLL_MS`]: '900', [`${prefix}_CALL_TIMEOUT_MS`]: '10000' };
}

function tiedSettings(world: GatewayWorld): Readonly<Record<string, string>> {
  const { certificates, networkPorts, entra } = world;
  const network = (prefix: string, port: number) => ({
    [`${prefix}_URL`]: `https://localhost:${port}/apis/v1/`,
    [`${prefix}_CA_FILE`]: certificates.authorityFile,
  });
  return {
    DATABASE_URL: world.databaseUrl,
    ORGANISATIONS_FILE: world.organisationsFile,
    SECRET_KEYS_FILE: world.secretKeysFile,
    PUBLIC_URL: world.publicUrl,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: '0',
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: String(world.smtpPort),
    SMTP_TLS_CERTIFICATE_FILE: certificates.gateway.certificateFile,
    SMTP_TLS_KEY_FILE: certificates.gateway.keyFile,
    SMTP_CLIENT_CERTIFICATES: 'off',
    RELAY_HOST: '127.0.0.1',
    RELAY_PORT: String(world.relayPort),
    RELAY_TLS: 'off',
    ...network('NGDP', networkPorts.ngdp),
    ...network('MITDK', networkPorts.mitdk),
    ...network('EBOKS', networkPorts.eboks),
    ...registerSettings(world),
    ENTRA_URL: entra.authority,
    ENTRA_CA_FILE: certificates.authorityFile,
    ENTRA_AUDIENCE: API_APP_ID,
    ENTRA_CLIENT_IDS: ADDIN_APP_ID,
    GRAPH_URL: entra.graphUrl,
    NGDP_PUSH_HOST: '127.0.0.1',
    NGDP_PUSH_PORT: '0',
    NGDP_PUSH_CERTIFICATE_FILE: certificates.gateway.certificateFile,
    NGDP_PUSH_KEY_FILE: certificates.gateway.keyFile,
    NGDP_PUSH_CLIENT_CA_FILE: certificates.authorityFile,
  };
}

function registerSettings({ certificates, registerPorts: { open, certificate, virk } }: GatewayWorld): Readonly<Record<string, string>> {
  return {
    DATAFORDELER_GRAPHQL_URL: `https://localhost:${open}`,
    DATAFORDELER_TOKEN_URL: `https://localhost:${open}${TOKEN_PATH}`,
    DATAFORDELER_CERTIFICATE_TOKEN_URL: `https://localhost:${certificate}${TOKEN_PATH}`,
    DATAFORDELER_REST_URL: `https://localhost:${certificate}`,
    SF1520_URL: `https://localhost:${certificate}/service/CPR/PersonBaseDataExtended/5`,
    VIRK_URL: `http://localhost:${virk}/cvr-permanent`,
    REGISTER_CA_FILE: certificates.authorityFile,
  };
}
