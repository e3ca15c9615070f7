import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { readConfig } from '../../src/gateway/config.ts';
import { logPrivacy, makeLog } from '../../src/gateway/log.ts';
import type { OrganisationEntry } from '../../src/gateway/settings/organisations-file.ts';
import { openSecretKeys, type SecretKeys } from '../../src/gateway/store/secret-keys.ts';
import { startGateway, type Gateway, type Surroundings } from '../../src/gateway/start-gateway.ts';
import { openCertificates, type Certificates } from '../../src/sandbox/certificates.ts';
import { openEntra, type Entra } from '../../src/sandbox/entra/entra.ts';
import type { TokenVariant } from '../../src/sandbox/entra/user-token.ts';
import { openExchange, type Exchange } from '../../src/sandbox/exchange/exchange.ts';
import { gatewaySettings } from '../../src/sandbox/gateway-settings.ts';
import type { Network } from '../../src/sandbox/network/network.ts';
import { openNetworks, type Networks } from '../../src/sandbox/network/networks.ts';
import { openRegisters, type Registers } from '../../src/sandbox/registers/registers.ts';
import { writeOrganisationsFile } from '../../src/sandbox/organisations-file.ts';
import { writeSecretKeysFile } from '../../src/sandbox/secret-keys-file.ts';
import { PageKeys } from '../../src/sandbox/page-keys.ts';
import { openSandboxDatabase } from '../../src/sandbox/sandbox-database.ts';
import { ORGANISATIONS } from '../../src/sandbox/world.ts';
import { startTestPostgres } from '../sandbox/test-postgres.ts';
import { keptLog, removeFolder, temporaryFolder } from '../sandbox/outside-world.ts';

/** What a test may want otherwise than the sandbox has it. */
export interface WorldOptions {
  /** Settings of the gateway; they win over the sandbox's own. */
  readonly env?: Readonly<Record<string, string>>;
  /** Changes the organisations before the gateway reads them. */
  readonly organisations?: (organisations: readonly OrganisationEntry[]) => readonly OrganisationEntry[];
  /** The gateway's clock and chance. */
  readonly surroundings?: Surroundings;
}

/**
 * A gateway in this very process, with PostgreSQL, the stand-in networks and the stand-in Exchange around it: for tests that
 * need another configuration, a turned clock, or a look into the database. Receipts are fetched, not pushed.
 */
export class GatewayInWorld {
  readonly folder: string;
  /** For looking at what the gateway stores: its tables are in the schema `postbro`. */
  readonly database: pg.Pool;
  readonly databaseUrl: string;
  readonly certificates: Certificates;
  readonly exchange: Exchange;
  /** Entra and Graph. */
  readonly entra: Entra;
  readonly ngdp: Network;
  readonly mitdk: Network;
  readonly eboks: Network;
  readonly registers: Registers;
  /** Every line of the gateway's log. */
  readonly logLines: string[] = [];
  gateway: Gateway | null = null;
  readonly #open: AsyncDisposableStack;
  readonly #settings: Readonly<Record<string, string>>;

  private constructor(world: WorldParts) {
    this.folder = world.folder;
    this.database = world.database;
    this.databaseUrl = world.databaseUrl;
    this.certificates = world.certificates;
    this.exchange = world.exchange;
    this.entra = world.entra;
    this.ngdp = world.networks.all.ngdp;
    this.mitdk = world.networks.all.mitdk;
    this.eboks = world.networks.all.eboks;
    this.registers = world.registers;
    this.#open = world.open;
    this.#settings = world.settings;
  }

  static async start(options: WorldOptions = {}): Promise<GatewayInWorld> {
    const open = new AsyncDisposableStack();
    try {
      const world = new GatewayInWorld(await openWorld(open, options));
      await world.startGateway(options);
      return world;
    } catch (error) {
      await open.disposeAsync();
      throw error;
    }
  }

  /** Starts the gateway (again), with other settings or another clock if wanted. */
  async startGateway(options: Pick<WorldOptions, 'env' | 'surroundings'> = {}): Promise<void> {
    const config = readConfig({ ...this.#settings, ...options.env });
    const log = makeLog('info', (line) => void this.logLines.push(line), logPrivacy(config.settings));
    this.gateway = await startGateway(config, log, options.surroundings);
  }

  async stopGateway(): Promise<void> {
    await this.gateway?.stop();
    this.gateway = null;
  }

  /** The keys that the gateway signs, seals and hashes with. */
  get keys(): SecretKeys {
    return openSecretKeys(path.join(this.folder, 'secret-keys'));
  }

  /** The Authorization header of one of the sandbox's people (src/sandbox/people.ts), by mail address. */
  async logOnAs(address: string, variant?: TokenVariant): Promise<{ readonly authorization: string }> {
    const token = await this.entra.tokenFor(address, variant);
    if (!token) throw new Error(`nobody has the address ${address}`);
    return { authorization: `Bearer ${token.access_token}` };
  }

  /** A setting of the gateway, as the sandbox or the test has it. */
  setting(name: string): string {
    return this.#settings[name] ?? '';
  }

  get smtpPort(): number {
    return this.gateway?.smtpPort ?? 0;
  }

  /** The only value of the only row that a statement gives, as a number. */
  async number(statement: string): Promise<number> {
    const { rows } = await this.database.query<Record<string, unknown>>(statement);
    return Number(Object.values(rows[0] ?? {})[0]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopGateway();
    await this.#open.disposeAsync();
  }
}

interface WorldParts {
  readonly entra: Entra;
  readonly open: AsyncDisposableStack;
  readonly folder: string;
  readonly database: pg.Pool;
  readonly databaseUrl: string;
  readonly certificates: Certificates;
  readonly exchange: Exchange;
  readonly networks: Networks;
  readonly registers: Registers;
  readonly settings: Readonly<Record<string, string>>;
}

async function openWorld(open: AsyncDisposableStack, options: WorldOptions): Promise<WorldParts> {
  const log = keptLog();
  const folder = await temporaryFolder();
  open.defer(() => removeFolder(folder));
  const postgres = await startTestPostgres({ dataDir: folder, log });
  open.defer(() => postgres.stop());
  const sandboxDatabase = await openSandboxDatabase(postgres.url, () => undefined);
  open.defer(() => sandboxDatabase.end());
  const database = new pg.Pool({ connectionString: postgres.url, options: '-c search_path=postbro', max: 4 });
  database.on('error', () => undefined);
  open.defer(() => database.end());

  const certificates = await openCertificates(path.join(folder, 'certificates'), ORGANISATIONS.map((one) => one.cvr));
  const exchange = await openExchange(sandboxDatabase, path.join(folder, 'mails'), log);
  open.defer(() => exchange.close());
  const keys = await PageKeys.open(sandboxDatabase);
  const networks = await openNetworks({ certificates, database: sandboxDatabase, keys, dataDir: folder, log });
  open.defer(() => networks.close());
  const registers = await openRegisters({ certificates, database: sandboxDatabase, log });
  open.defer(() => registers.close());

  const entra = await openEntra({ certificates, dataDir: folder });
  open.defer(() => entra.close());

  const organisationsFile = path.join(folder, 'organisations.json');
  await writeOrganisationsFile(organisationsFile, certificates);
  const secretKeysFile = path.join(folder, 'secret-keys');
  await writeSecretKeysFile(secretKeysFile);
  if (options.organisations) await rewriteOrganisations(organisationsFile, options.organisations);
  const { adjustable, tied } = gatewaySettings({
    databaseUrl: postgres.url, organisationsFile, secretKeysFile, certificates, smtpPort: 0, relayPort: exchange.smtpPort,
    networkPorts: networks.ports, registerPorts: registers.ports, entra, publicUrl: 'http://localhost:1',
  });
  const { NGDP_PUSH_PORT: _none, ...settings } = { ...adjustable, ...tied };
  return {
    open, folder, database, databaseUrl: postgres.url, certificates, exchange, entra, networks, registers,
    settings: {
      ...settings, NGDP_RECEIPT_POLL_MS: '200', MITDK_RECEIPT_POLL_MS: '200', EBOKS_RECEIPT_POLL_MS: '200', ...options.env,
    },
  };
}

async function rewriteOrganisations(
  file: string,
  change: NonNullable<WorldOptions['organisations']>,
): Promise<void> {
  const { organisations } = JSON.parse(await readFile(file, 'utf8')) as { organisations: OrganisationEntry[] };
  await writeFile(file, JSON.stringify({ organisations: change(organisations) }));
}
