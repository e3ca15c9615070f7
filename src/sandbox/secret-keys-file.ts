import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

const KEY_BYTES = 32;

/** Writes the file of the gateway's keys at the first start; what it sealed must be readable at the next. */
export async function writeSecretKeysFile(file: string): Promise<void> {
  const line = `foerste ${randomBytes(KEY_BYTES).toString('base64')}\n`;
  await writeFile(file, line, { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
    if ((error as { readonly code?: string }).code !== 'EEXIST') throw error;
  });
}
