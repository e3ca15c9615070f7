import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { openCertificates } from '../../src/sandbox/certificates.ts';
import { GatewayProcess } from '../../src/sandbox/gateway-process.ts';
import { writeOrganisationsFile } from '../../src/sandbox/organisations-file.ts';
import { writeSecretKeysFile } from '../../src/sandbox/secret-keys-file.ts';
import { ORGANISATIONS } from '../../src/sandbox/world.ts';
import { startTestPostgres } from '../sandbox/test-postgres.ts';

/** A gateway that only takes mail in, on a PostgreSQL of its own. */
export interface AcceptingGateway extends AsyncDisposable {
  readonly port: number;
  readonly databaseUrl: string;
}

/** Starts the gateway as a process with the role `accept`: no conversion while it is measured, as Postfix holds its queue. */
export async function startAcceptingGateway(): Promise<AcceptingGateway> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bench-gateway-'));
  await chmod(folder, 0o755);
  const log = pino({ level: 'silent' });
  const postgres = await startTestPostgres({ dataDir: folder, log });
  const certificates = await openCertificates(path.join(folder, 'certificates'), ORGANISATIONS.map((one) => one.cvr));
  const organisationsFile = path.join(folder, 'organisations.json');
  await writeOrganisationsFile(organisationsFile, certificates);
  const secretKeysFile = path.join(folder, 'secret-keys');
  await writeSecretKeysFile(secretKeysFile);
  const gateway = new GatewayProcess({ log });
  await gateway.start({
    adjustable: {},
    tied: {
      ROLES: 'accept',
      NGDP_URL: 'https://localhost/',
      DATABASE_URL: postgres.url,
      ORGANISATIONS_FILE: organisationsFile,
      SECRET_KEYS_FILE: secretKeysFile,
      HTTP_PORT: '0',
      SMTP_PORT: '0',
      SMTP_TLS_CERTIFICATE_FILE: certificates.gateway.certificateFile,
      SMTP_TLS_KEY_FILE: certificates.gateway.keyFile,
      SMTP_CLIENT_CERTIFICATES: 'off',
    },
  });
  return {
    port: gateway.doors.smtpPort,
    databaseUrl: postgres.url,
    async [Symbol.asyncDispose]() {
      await gateway.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
