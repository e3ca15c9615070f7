import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** Where one end of TLS has its certificate, its key and the issuers it trusts (PEM); null: none of that sort. */
export interface TlsFileNames {
  readonly certificateFile: string | null;
  readonly keyFile: string | null;
  readonly caFile: string | null;
}

/** What stands in the files, under the names that Node's TLS gives them. */
export interface TlsMaterial {
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly ca?: Buffer;
}

/** `unfit`: there is something new, and it cannot be used: unreadable, half-written, or a key of another certificate. */
export type TlsLook = 'same' | 'new' | 'unfit';

/** Certificate and key as they are to be used for new connections. */
export interface TlsFiles {
  readonly material: TlsMaterial;
  /** Reads the files again; what cannot be used changes nothing, and the next look tries once more. */
  look(): Promise<TlsLook>;
}

/** Reads the files; throws when one cannot be read. Whether they belong together is for the first connection to tell. */
export function openTlsFiles(names: TlsFileNames): TlsFiles {
  const { certificateFile, keyFile, caFile } = names;
  const read = (file: string | null) => (file ? readFileSync(file) : null);
  let material = materialOf([read(certificateFile), read(keyFile), read(caFile)]);
  return {
    get material() {
      return material;
    },
    async look() {
      const next = await readMaterial(names).catch(() => null);
      if (next === null) return 'unfit';
      if (KINDS.every((kind) => isSame(next[kind], material[kind]))) return 'same';
      if (!isFitTls(next)) return 'unfit';
      material = next;
      return 'new';
    },
  };
}

const KINDS = ['cert', 'key', 'ca'] as const;

async function readMaterial({ certificateFile, keyFile, caFile }: TlsFileNames): Promise<TlsMaterial> {
  const read = async (file: string | null) => (file ? await readFile(file) : null);
  return materialOf(await Promise.all([read(certificateFile), read(keyFile), read(caFile)]));
}

function materialOf([cert, key, ca]: readonly (Buffer | null)[]): TlsMaterial {
  return { ...(cert && { cert }), ...(key && { key }), ...(ca && { ca }) };
}

function isSame(a: Buffer | undefined, b: Buffer | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.equals(b));
}

/** Whether certificate, key and issuers can be used together: OpenSSL itself says whether the key is the certificate's. */
export function isFitTls(material: TlsMaterial): boolean {
  try {
    createSecureContext(material);
    return true;
  } catch {
    return false;
  }
}
