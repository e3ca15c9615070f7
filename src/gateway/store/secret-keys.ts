import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/**
 * The gateway's own secrets. Everything that it signs, seals or hashes hangs on the keys of one file, a line each:
 * `<id> <at least 32 bytes in base64>`. The first line is used for what is new; the others open what is older. The file is
 * looked at again while the gateway runs, so a new first line takes over without a restart.
 */
export interface SecretKeys {
  /** A key of 32 bytes for one purpose, from the first line. */
  newest(purpose: string): Buffer;
  /** The same from every line, newest first: for what was made before. */
  all(purpose: string): readonly Buffer[];
  /** Encrypts, so that whoever has the database alone cannot read it (AES-256-GCM); what it is for is bound in. */
  seal(purpose: string, text: string): Buffer;
  /** Null for what no line's key has sealed for this purpose. */
  unseal(purpose: string, sealed: Buffer): string | null;
  /** A keyed hash (HMAC-SHA-256): the same text gives the same, and nobody without the key can try numbers. */
  hash(purpose: string, text: string): Buffer;
  /** The hashes by every key: what to search for. */
  hashes(purpose: string, text: string): readonly Buffer[];
}

interface SecretKey {
  readonly id: string;
  readonly bytes: Buffer;
}

const KEY_BYTES_MIN = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const LOOK_AGAIN_MS = 1_000;

/** Opens the file; throws a Danish sentence when it cannot be read or a line is wrong. A later wrong change is passed over. */
export function openSecretKeys(file: string, now: () => number = () => performance.now()): SecretKeys {
  let keys = parseKeys(readFileSync(file, 'utf8'));
  let derived = new Map<string, readonly Buffer[]>();
  let version = versionOf(file);
  let lookedAt = now();
  const refresh = () => {
    if (now() - lookedAt < LOOK_AGAIN_MS) return;
    lookedAt = now();
    const current = versionOf(file);
    if (current === version) return;
    version = current;
    try {
      keys = parseKeys(readFileSync(file, 'utf8'));
      derived = new Map();
    } catch {
      // Half-written, or wrong: the keys that worked go on working, and the next look reads it again.
      version = '';
    }
  };
  const all = (purpose: string): readonly Buffer[] => {
    refresh();
    const known = derived.get(purpose);
    if (known) return known;
    const made = keys.map(({ bytes }) => Buffer.from(hkdfSync('sha256', bytes, '', `postbro:${purpose}`, 32)));
    derived.set(purpose, made);
    return made;
  };
  const newest = (purpose: string) => all(purpose)[0] ?? Buffer.alloc(0);
  return {
    newest,
    all,
    seal: (purpose, text) => seal(newest(purpose), text),
    unseal: (purpose, sealed) => firstNotNull(all(purpose).map((key) => () => unseal(key, sealed))),
    hash: (purpose, text) => hashOf(newest(purpose), text),
    hashes: (purpose, text) => all(purpose).map((key) => hashOf(key, text)),
  };
}

function parseKeys(content: string): readonly SecretKey[] {
  const lines = content.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  const keys = lines.map((line): SecretKey => {
    const [id = '', encoded = '', ...more] = line.split(/\s+/);
    const bytes = Buffer.from(encoded, 'base64');
    if (more.length > 0 || bytes.length < KEY_BYTES_MIN) {
      throw new Error(`en linje skal være et navn og mindst ${KEY_BYTES_MIN} tilfældige bytes i base64 (fx: openssl rand -base64 32)`);
    }
    return { id, bytes };
  });
  if (keys.length === 0) throw new Error('filen har ingen nøgle');
  return keys;
}

function versionOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}

function seal(key: Buffer, text: string): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
}

function unseal(key: Buffer, sealed: Buffer): string | null {
  try {
    const opener = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV_BYTES));
    opener.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return opener.update(sealed.subarray(IV_BYTES + TAG_BYTES), undefined, 'utf8') + opener.final('utf8');
  } catch {
    return null;
  }
}

function hashOf(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}

function firstNotNull(attempts: readonly (() => string | null)[]): string | null {
  for (const attempt of attempts) {
    const found = attempt();
    if (found !== null) return found;
  }
  return null;
}
