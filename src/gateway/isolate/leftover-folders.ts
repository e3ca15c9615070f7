import { lstat, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CONVERTER_FOLDER } from './run-converter.ts';

/**
 * Removes the folders of converters that ended with a gateway that was killed: somebody's letter lies in them. Only those of
 * this user, and older than any run can be, for another gateway may be at work on the same machine.
 */
export async function removeLeftoverFolders(olderThanMs: number): Promise<void> {
  const names = (await readdir(tmpdir()).catch(() => [])).filter((name) => name.startsWith(CONVERTER_FOLDER));
  for (const name of names) {
    const folder = path.join(tmpdir(), name);
    const facts = await lstat(folder).catch(() => null);
    const isOurs = facts !== null && facts.isDirectory() && (process.getuid === undefined || facts.uid === process.getuid());
    if (!isOurs || Date.now() - facts.mtimeMs <= olderThanMs) continue;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}
