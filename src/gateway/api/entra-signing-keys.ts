import { importJWK, type CryptoKey } from 'jose';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { ApiParts } from './api-parts.ts';

/** A key with which Entra signs. */
export interface SigningKey {
  readonly key: CryptoKey;
  /** The issuer whose tokens it signs, `{tenantid}` standing for any tenant; null where Entra does not say. */
  readonly issuer: string | null;
}

/** The keys of one id; `unavailable` when Entra cannot be asked, or was a moment ago, and nothing fresh enough is known. */
export type KeysFound = readonly SigningKey[] | 'unavailable';

/** Entra's published keys, fetched when they are needed. */
export interface EntraSigningKeys {
  withId(kid: string): Promise<KeysFound>;
}

const CALL_TIMEOUT_MS = 5_000;
const ANSWER_MAX_BYTES = 1_000_000;
const KEYS_MAX = 100;
const MODULUS_BITS_MIN = 2_048;

const publishedSchema = z.object({ keys: z.array(z.record(z.string(), z.unknown())).min(1).max(KEYS_MAX) });
const keySchema = z.object({
  kty: z.literal('RSA'),
  use: z.literal('sig').optional(),
  alg: z.literal('RS256').optional(),
  key_ops: z.array(z.string()).refine((uses) => uses.includes('verify')).optional(),
  kid: z.string().min(1),
  n: z.string(),
  e: z.string(),
  issuer: z.string().optional(),
});

interface Known {
  readonly keys: ReadonlyMap<string, readonly SigningKey[]>;
  readonly fetchedAt: number;
}

type KeysParts = Pick<ApiParts, 'now' | 'log'> & {
  readonly settings: Pick<
    ApiParts['settings'],
    'ENTRA_CA_FILE' | 'ENTRA_KEYS_MEMORY_MS' | 'ENTRA_KEYS_OUTAGE_MS' | 'ENTRA_KEYS_COOLDOWN_MS'
  >;
};

/**
 * Opens the keys at an address. They are fetched again when they are older than ENTRA_KEYS_MEMORY_MS or when a token
 * names one that is not among them, at most once in each ENTRA_KEYS_COOLDOWN_MS, so that invented ids cause no calls.
 * While Entra cannot be asked, known ones are used on for ENTRA_KEYS_OUTAGE_MS.
 */
export function openEntraSigningKeys({ settings, now, log }: KeysParts, url: string): EntraSigningKeys {
  const ca = settings.ENTRA_CA_FILE === null ? null : readFileSync(settings.ENTRA_CA_FILE);
  // One connection that is let go soon: keys are fetched every ten minutes.
  const agent = new Agent({ connections: 1, keepAliveTimeout: 1_000, connect: { timeout: CALL_TIMEOUT_MS, ...(ca && { ca }) } });
  let known: Known | null = null;
  let tried: { readonly at: number; readonly well: boolean } | null = null;
  let fetching: Promise<void> | null = null;
  // Also of a clock that was turned back.
  const age = (at: number) => Math.abs(now().getTime() - at);
  const fetchOnce = async () => {
    try {
      known = { keys: await fetchKeys(agent, url), fetchedAt: now().getTime() };
      tried = { at: known.fetchedAt, well: true };
    } catch (error) {
      tried = { at: now().getTime(), well: false };
      log.warn({ state: 'entra-keys-failed', reason: error });
    }
  };
  const knownWithin = (kid: string, memoryMs: number) => (known && age(known.fetchedAt) < memoryMs ? (known.keys.get(kid) ?? null) : null);
  return {
    async withId(kid) {
      const fresh = knownWithin(kid, settings.ENTRA_KEYS_MEMORY_MS);
      if (fresh) return fresh;
      const mayAsk = fetching !== null || tried === null || age(tried.at) >= settings.ENTRA_KEYS_COOLDOWN_MS;
      if (mayAsk) await (fetching ??= fetchOnce().finally(() => (fetching = null)));
      // Only an answer of Entra's that is younger than the question can say that there is no such key: it may be a new one.
      return knownWithin(kid, settings.ENTRA_KEYS_OUTAGE_MS) ?? (mayAsk && tried?.well === true ? [] : 'unavailable');
    },
  };
}

/** Fetches the keys once; throws what stood in the way. */
export async function testEntra({ ENTRA_URL, ENTRA_CA_FILE }: { readonly ENTRA_URL: string; readonly ENTRA_CA_FILE: string | null }): Promise<void> {
  const ca = ENTRA_CA_FILE === null ? null : readFileSync(ENTRA_CA_FILE);
  const agent = new Agent({ connections: 1, connect: { timeout: CALL_TIMEOUT_MS, ...(ca && { ca }) } });
  try {
    await fetchKeys(agent, keysUrl(ENTRA_URL));
  } finally {
    await agent.destroy();
  }
}

/** Where Entra publishes the keys for every tenant. */
function keysUrl(entraUrl: string): string {
  return `${entraUrl.replace(/\/+$/, '')}/common/discovery/v2.0/keys`;
}

/** Throws for no answer in time, and for one that holds no key that can be used. */
async function fetchKeys(dispatcher: Agent, url: string): Promise<ReadonlyMap<string, readonly SigningKey[]>> {
  const answer = await request(url, {
    dispatcher,
    headers: { accept: 'application/json' },
    headersTimeout: CALL_TIMEOUT_MS,
    bodyTimeout: CALL_TIMEOUT_MS,
    signal: AbortSignal.timeout(CALL_TIMEOUT_MS),
  });
  if (answer.statusCode !== 200) {
    await answer.body.dump();
    throw new Error(`status ${answer.statusCode}`);
  }
  let text = '';
  for await (const chunk of answer.body.setEncoding('utf8') as AsyncIterable<string>) {
    text += chunk;
    if (text.length > ANSWER_MAX_BYTES) throw new Error('the answer is too large');
  }
  const keys = await signingKeysIn(publishedSchema.parse(JSON.parse(text)).keys);
  if (keys.size === 0) throw new Error('no key in the answer can be used');
  return keys;
}

/**
 * The keys of a published set that can be used here, by id: RSA of at least 2,048 bits, meant for signing with RS256.
 */
export async function signingKeysIn(published: readonly Readonly<Record<string, unknown>>[]): Promise<ReadonlyMap<string, readonly SigningKey[]>> {
  const keys = new Map<string, readonly SigningKey[]>();
  for (const one of published) {
    // Keys of other sorts may stand there one day; they are not for these tokens.
    const { data } = keySchema.safeParse(one);
    if (!data || Buffer.from(data.n, 'base64url').length * 8 < MODULUS_BITS_MIN) continue;
    const { kid, issuer = null, n, e } = data;
    const key = await importJWK({ kty: 'RSA', n, e }, 'RS256').catch(() => null);
    if (key === null || key instanceof Uint8Array) continue;
    keys.set(kid, [...(keys.get(kid) ?? []), { key, issuer }]);
  }
  return keys;
}
