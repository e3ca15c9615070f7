import { ConfigIncomplete, readConfig } from './config.ts';
import { connectionTests } from './admin/connection-tests.ts';

/**
 * Tries every connection that the gateway's settings and organisations name, and says in a line for each whether they know
 * us. Asks for one receipt and for a number that is nobody's; sends and deletes nothing. `npm run connections`, with the
 * gateway's own settings; exit code 1 when anything is wrong.
 */
async function main(): Promise<void> {
  const { settings, organisations } = readConfig();
  const tests = connectionTests({ settings, now: () => new Date() }, organisations);
  if (tests.length === 0) process.stdout.write('Ingen løsninger er sat op.\n');
  // One after the other: a line stands there as soon as its answer is known, and slow ones are seen to be so.
  for (const { who, note, fault } of tests) {
    const text = await fault();
    process.stdout.write(`${who}: ${note === null ? '' : `${note}; `}${text ?? 'svarer og kender os'}\n`);
    if (text !== null) process.exitCode = 1;
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof ConfigIncomplete)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
