import { z } from 'zod';
import { ConfigIncomplete, readConfig, settingsSchema } from './config.ts';

/** Prints every setting as it is resolved, with its default and what it means; secrets masked. `npm run config`. */
function main(): void {
  const config = readConfig();
  for (const [name, field] of Object.entries(settingsSchema.shape)) {
    const value = config.settings[name as keyof typeof config.settings];
    const meta = z.globalRegistry.get(field) as { description?: string; secret?: boolean } | undefined;
    process.stdout.write(`${name}=${meta?.secret ? '********' : String(value)}\n  # ${meta?.description ?? ''}\n`);
  }
  for (const { name, cvrNumbers, secureMailboxes, ngdp } of config.organisations) {
    const network = ngdp ? `NgDP-system ${ngdp.systemId}, nøgle ********` : 'ikke tilsluttet NgDP';
    process.stdout.write(`\n${name} (${cvrNumbers.join(', ')}): ${secureMailboxes.length} sikre postkasser, ${network}\n`);
  }
}

try {
  main();
} catch (error) {
  if (!(error instanceof ConfigIncomplete)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
