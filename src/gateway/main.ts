import { ConfigIncomplete, demandCredentialFiles, readConfig } from './config.ts';
import { logPrivacy, makeLog } from './log.ts';
import { startGateway } from './start-gateway.ts';

/**
 * Starts the gateway: the product alone. Says what is missing instead of starting halfway; prints one bare line when
 * every door is open; SIGTERM, or the end of the parent that started it with a message channel, stops it in order.
 */
async function main(): Promise<void> {
  const config = readConfig();
  demandCredentialFiles(config);
  const log = makeLog(config.settings.LOG_LEVEL, undefined, logPrivacy(config.settings));
  process.on('unhandledRejection', (error) => log.error({ state: 'fault', reason: error }));
  const gateway = await startGateway(config, log);
  let stopping = false;
  const stop = (reason: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ state: 'stopping', reason });
    // Work that does not end in time is given back by its lease; nothing of it is lost.
    setTimeout(() => process.exit(0), config.settings.SHUTDOWN_GRACE_MS + 1_000).unref();
    void gateway.stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  process.on('disconnect', () => stop('parent gone'));
  const push = gateway.pushPort === null ? '' : ` push=https://localhost:${gateway.pushPort}/ngdp/receipts`;
  const smtp = gateway.smtpPort === null ? '' : ` smtp://localhost:${gateway.smtpPort}`;
  process.stdout.write(`ready http://localhost:${gateway.httpPort}${smtp}${push}\n`);
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigIncomplete ? error.message : textOf(error)}\n`);
  process.exitCode = 1;
  setTimeout(() => process.exit(1), 100).unref();
});
