import { readFileSync, statSync } from 'node:fs';
import { RegisterFault, type DoorWords } from './register-fault.ts';

/** A file that is read again when it has changed, so that a new secret or certificate is used without a restart. */
export interface SecretFile {
  /** Its content now. Throws what the file system says when it cannot be read and never could. */
  read(): string;
  /** Changes whenever the content may have: for what is built out of it. */
  stamp(): string;
}

/** Watches one file by its time, size and place; a file that is gone for a moment, while it is swapped, counts as it was. */
export function openSecretFile(file: string): SecretFile {
  let known: { readonly stamp: string; readonly content: string } | null = null;
  const look = (): { readonly stamp: string; readonly content: string } => {
    try {
      const { mtimeMs, size, ino } = statSync(file);
      const stamp = `${mtimeMs} ${size} ${ino}`;
      if (known?.stamp !== stamp) known = { stamp, content: readFileSync(file, 'utf8') };
    } catch (error) {
      if (known === null) throw error;
    }
    return known;
  };
  return { read: () => look().content, stamp: () => look().stamp };
}

/** A secret out of its file, without the line break that editors leave. Throws a RegisterFault when there is none. */
export function readSecret(file: SecretFile, words: DoorWords): string {
  let secret = '';
  try {
    secret = file.read().trim();
  } catch {
    // Whatever the file system says, the administrator must look at the file.
  }
  if (secret === '') throw new RegisterFault('secret-unreadable', words);
  return secret;
}
