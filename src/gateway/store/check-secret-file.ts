import { readFile } from 'node:fs/promises';

/** Sees whether a secret can be read and is there at all, without telling what it is; throws a Danish sentence when not. */
export async function checkSecretFile(file: string): Promise<void> {
  const secret = await readFile(file, 'utf8').catch(() => null);
  if (secret === null) throw new Error(`filen ${file} kan ikke læses`);
  if (secret.trim() === '') throw new Error(`filen ${file} er tom`);
}
