/** Keys that the browser keeps and gives to nobody. */
export interface SealKeys {
  readonly naming: CryptoKey;
  readonly sealing: CryptoKey;
}

export interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly bytes: ArrayBuffer;
}

const IV_BYTES = 12;

/** New keys, which cannot be taken out. */
export async function makeSealKeys(): Promise<SealKeys> {
  const [naming, sealing] = await Promise.all([
    crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
    crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
  ]);
  return { naming, sealing };
}

/** Null for what is no such pair. */
export function readSealKeys(value: unknown): SealKeys | null {
  if (typeof value !== 'object' || value === null || !('naming' in value) || !('sealing' in value)) return null;
  const { naming, sealing } = value;
  return naming instanceof CryptoKey && sealing instanceof CryptoKey ? { naming, sealing } : null;
}

/** A name for a text from which nobody gets back to it: HMAC-SHA-256 in hex. */
export async function sealedName({ naming }: SealKeys, text: string): Promise<string> {
  const mark = await crypto.subtle.sign('HMAC', naming, new TextEncoder().encode(text));
  return Array.from(new Uint8Array(mark), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Seals a value with AES-GCM. It opens again under that very name only, so that no record can stand in for another. */
export async function seal({ sealing }: SealKeys, name: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const text = new TextEncoder().encode(JSON.stringify(value));
  return { iv, bytes: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) }, sealing, text) };
}

/** Rejects where the keys, the name or the bytes are others. */
export async function unseal({ sealing }: SealKeys, name: string, { iv, bytes }: Sealed): Promise<unknown> {
  const text = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: new TextEncoder().encode(name) }, sealing, bytes);
  return JSON.parse(new TextDecoder().decode(text));
}
