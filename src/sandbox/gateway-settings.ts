import type { Certificates } from './certificates.ts';

/** What the gateway must be told of the world it is started in. */
export interface GatewayWorld {
  readonly databaseUrl: string;
  readonly organisationsFile: string;
  readonly certificates: Certificates;
  readonly smtpPort: number;
  readonly relayPort: number;
  readonly ngdpPort: number;
}

/**
 * The gateway's settings in the sandbox, as environment variables: everything on loopback, and times short enough that
 * a person who tries it need not wait (design.md, "In time").
 */
export function gatewaySettings(world: GatewayWorld): Readonly<Record<string, string>> {
  const { certificates } = world;
  return {
    DATABASE_URL: world.databaseUrl,
    ORGANISATIONS_FILE: world.organisationsFile,
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
    NGDP_URL: `https://localhost:${world.ngdpPort}/apis/v1/`,
    NGDP_CA_FILE: certificates.authorityFile,
    NGDP_RECEIPT_POLL_MS: '500',
    DELIVERY_RETRY_FIRST_MS: '1500',
    DELIVERY_RETRY_MAX_MS: '9000',
    NGDP_CALL_TIMEOUT_MS: '10000',
    NGDP_PUSH_HOST: '127.0.0.1',
    NGDP_PUSH_PORT: '0',
    NGDP_PUSH_CERTIFICATE_FILE: certificates.gateway.certificateFile,
    NGDP_PUSH_KEY_FILE: certificates.gateway.keyFile,
    NGDP_PUSH_CLIENT_CA_FILE: certificates.authorityFile,
    SHUTDOWN_GRACE_MS: '3000',
  };
}
