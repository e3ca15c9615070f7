import path from 'node:path';
import { openCertificates } from './certificates.ts';
import { openEntra } from './entra/entra.ts';
import { openExchange } from './exchange/exchange.ts';
import { openFrontDoor } from './front-door.ts';
import { GatewayProcess } from './gateway-process.ts';
import { gatewaySettings } from './gateway-settings.ts';
import { installedConverters } from './installed-converters.ts';
import { openNetworks } from './network/networks.ts';
import { openReceiptPush } from './network/receipt-push.ts';
import { writeOrganisationsFile } from './organisations-file.ts';
import { PageKeys } from './page-keys.ts';
import { openRegisters } from './registers/registers.ts';
import { startPostgres } from './postgres.ts';
import { openSandboxDatabase } from './sandbox-database.ts';
import { makeSandboxLog } from './sandbox-log.ts';
import { writeSecretKeysFile } from './secret-keys-file.ts';
import { readSandboxSettings, type SandboxSettings } from './sandbox-settings.ts';
import { ORGANISATIONS } from './world.ts';

const STOP_PATIENCE_MS = 9_000;
const log = makeSandboxLog();

/**
 * Starts the outside world and the gateway in it, from the bottom up; whatever was opened is put on `open`, and closed
 * from the top down. Answers the ready line.
 */
async function start(settings: SandboxSettings, open: AsyncDisposableStack): Promise<string> {
  const inData = (name: string): string => path.join(settings.dataDir, name);

  const postgres = settings.databaseUrl === null ? await startPostgres({ dataDir: settings.dataDir, log }) : null;
  if (postgres) open.defer(() => postgres.stop());
  const databaseUrl = postgres?.url ?? settings.databaseUrl ?? '';
  const database = await openSandboxDatabase(databaseUrl, (error) => log.warn({ error: error.message }, 'a connection to PostgreSQL broke'));
  open.defer(() => database.end());

  const certificates = await openCertificates(inData('certificates'), ORGANISATIONS.map((one) => one.cvr));

  const exchange = await openExchange(database, inData('mails'), log);
  open.defer(() => exchange.close());
  const keys = await PageKeys.open(database);
  const networks = await openNetworks({ certificates, database, keys, dataDir: settings.dataDir, log });
  open.defer(() => networks.close());
  const registers = await openRegisters({ certificates, database, log });
  open.defer(() => registers.close());

  const entra = await openEntra({ certificates, dataDir: settings.dataDir });
  open.defer(() => entra.close());

  // The front door first: the gateway writes its address into mails.
  const gateway = new GatewayProcess({ log });
  const front = await openFrontDoor({ port: settings.httpPort, gateway, networks, registers, exchange, entra, database, keys, log });
  open.defer(() => front.close());

  const organisationsFile = inData('organisations.json');
  await writeOrganisationsFile(organisationsFile, certificates);
  const secretKeysFile = inData('secret-keys');
  await writeSecretKeysFile(secretKeysFile);
  open.defer(() => gateway.stop());
  const { tied, adjustable } = gatewaySettings({
    databaseUrl,
    organisationsFile,
    secretKeysFile,
    certificates,
    smtpPort: settings.smtpPort,
    relayPort: exchange.smtpPort,
    networkPorts: networks.ports,
    registerPorts: registers.ports,
    entra,
    publicUrl: `http://localhost:${front.port}`,
  });
  await gateway.start({ tied, adjustable: { ...adjustable, ...(await installedConverters(settings.programFolders)) } });
  const push = await openReceiptPush(networks.all.ngdp, gateway, certificates);
  open.defer(() => push.close());
  return `ready http://localhost:${front.port} smtp://localhost:${gateway.doors.smtpPort}`;
}

async function run(): Promise<void> {
  const open = new AsyncDisposableStack();
  let stopping = false;
  const stop = async (exitCode: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(exitCode), STOP_PATIENCE_MS).unref();
    await open.disposeAsync().catch((error: unknown) => log.error({ error: String(error) }, 'the sandbox did not end in order'));
    process.exit(exitCode);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  process.on('uncaughtException', (error) => {
    log.error({ error: error.stack }, 'the sandbox met a fault of its own and ends');
    void stop(1);
  });
  try {
    const ready = await start(readSandboxSettings(), open);
    if (!stopping) process.stdout.write(`${ready}\n`);
  } catch (error) {
    if (stopping) return;
    log.error({ error: error instanceof Error ? error.message : String(error) }, 'the sandbox could not start');
    await stop(1);
  }
}

await run();
