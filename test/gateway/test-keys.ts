import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSecretKeys, type SecretKeys } from '../../src/gateway/store/secret-keys.ts';

/** A line of a key file with a new key. */
export function newKeyLine(name = 'prøve'): string {
  return `${name} ${randomBytes(32).toString('base64')}\n`;
}

/** Keys that hold as long as this process; their file is gone at once. */
export function testKeys(): SecretKeys {
  const folder = mkdtempSync(path.join(tmpdir(), 'postbro-keys-'));
  const file = path.join(folder, 'secret-keys');
  writeFileSync(file, newKeyLine());
  const keys = openSecretKeys(file, () => 0);
  rmSync(folder, { recursive: true });
  return keys;
}
