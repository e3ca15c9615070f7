import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import { readFile, rename, writeFile } from 'node:fs/promises';

const KEYS_KEPT = 3;
const MODULUS_BITS = 2_048;

/** A key of the stand-in Entra with its private part. */
export interface EntraKey {
  readonly kid: string;
  readonly jwk: JWK;
}

/** The keys with which the stand-in Entra signs, newest first; kept in one file, so that tokens outlive a restart. */
export class EntraKeys {
  readonly #file: string;
  #keys: readonly EntraKey[];

  private constructor(file: string, keys: readonly EntraKey[]) {
    this.#file = file;
    this.#keys = keys;
  }

  static async open(file: string): Promise<EntraKeys> {
    const content = await readFile(file, 'utf8').catch(() => null);
    if (content !== null) return new EntraKeys(file, JSON.parse(content) as readonly EntraKey[]);
    const keys = new EntraKeys(file, []);
    await keys.rotate();
    return keys;
  }

  get newest(): EntraKey {
    const [key] = this.#keys;
    if (!key) throw new Error('the stand-in Entra has no key');
    return key;
  }

  /** Signs with a new key from now on; the older ones are published a while yet. */
  async rotate(): Promise<string> {
    const { privateKey } = await generateKeyPair('RS256', { modulusLength: MODULUS_BITS, extractable: true });
    const jwk = await exportJWK(privateKey);
    const kid = await calculateJwkThumbprint(jwk);
    this.#keys = [{ kid, jwk }, ...this.#keys].slice(0, KEYS_KEPT);
    await writeFile(`${this.#file}.new`, JSON.stringify(this.#keys), { mode: 0o600 });
    await rename(`${this.#file}.new`, this.#file);
    return kid;
  }

  /** As Entra publishes them: public parts alone, each with the issuer that it is for. */
  published(issuer: string): { readonly keys: readonly JWK[] } {
    return {
      keys: this.#keys.map(({ kid, jwk: { n, e } }) => ({ kty: 'RSA', use: 'sig', kid, x5t: kid, n, e, issuer }) as JWK),
    };
  }
}
