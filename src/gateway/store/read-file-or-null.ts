import { readFileSync } from 'node:fs';

/** A file's text; null when it cannot be read. */
export function readFileOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
