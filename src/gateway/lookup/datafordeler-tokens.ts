import { z } from 'zod';
import type { LookupSettings, OauthClient } from '../settings/lookup-settings.ts';
import { orGiveUp } from './call-faults.ts';
import { parseJson } from './parse-json.ts';
import { safeAddressOf } from './register-address.ts';
import { openRegisterDoor, type DoorSettings, type RegisterDoor, type RegisterReply } from './register-door.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';
import { openSecretFile, readSecret, type SecretFile } from './secret-files.ts';

/** The access token of one OAuth client, fetched when it is needed and kept while it is good. */
export interface AccessTokens {
  /**
   * The token now. However many ask at once, one request is made, which goes on when one of them gives up. Rejects with a
   * RegisterFault.
   */
  token(signal?: AbortSignal): Promise<string>;
  /** This token was refused: the next question fetches another. One that has been replaced already is left. */
  drop(token: string): void;
  close(): Promise<void>;
}

export type TokenSettings = DoorSettings & Pick<
  LookupSettings, 'DATAFORDELER_TOKEN_URL' | 'DATAFORDELER_CERTIFICATE_TOKEN_URL' | 'REGISTER_PAUSE_MS'
>;

export interface TokenOptions {
  readonly settings: TokenSettings;
  readonly client: OauthClient;
  readonly register: string;
  readonly now: () => Date;
  readonly retryDelayMs?: number | undefined;
}

const REFRESH_AHEAD_MS = 60_000;
const SECOND_MS = 1_000;

/**
 * OAuth client credentials at Datafordeleren (registers-identity.md 1.3): by secret at the one address, by certificate
 * (mutual TLS) at the other. A token is replaced 60 seconds before it ends; a short-lived one after half its life.
 */
export function openDatafordelerTokens(options: TokenOptions): AccessTokens {
  const { client, now } = options;
  const { door, url, secret } = tokenDoor(options);
  let held: { readonly token: string; readonly staleAtMs: number } | null = null;
  let pending: Promise<string> | null = null;
  const fetchToken = async (): Promise<string> => {
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: client.clientId });
    if (secret) form.set('client_secret', readSecret(secret, door.words));
    const askedAtMs = now().getTime();
    const { token, lifeMs } = readToken(await door.call({
      method: 'POST', url: safeAddressOf(url, door.words), body: form.toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
    }), door.words, secret === null);
    held = { token, staleAtMs: askedAtMs + Math.max(lifeMs - REFRESH_AHEAD_MS, lifeMs / 2) };
    return token;
  };
  return {
    async token(signal) {
      if (held && now().getTime() < held.staleAtMs) return held.token;
      pending ??= fetchToken().finally(() => {
        pending = null;
      });
      return await orGiveUp(pending, door.words, signal);
    },
    drop(token) {
      if (held?.token === token) held = null;
    },
    close: () => door.close(),
  };
}

interface TokenDoor {
  readonly door: RegisterDoor;
  readonly url: string;
  /** Null where a certificate stands for it. */
  readonly secret: SecretFile | null;
}

function tokenDoor({ settings, client: { secretFile, certificateFile, keyFile }, register, retryDelayMs }: TokenOptions): TokenDoor {
  const certificate = certificateFile !== null && keyFile !== null ? { certificateFile, keyFile } : null;
  const words: DoorWords = {
    register, version: null, host: 'Datafordelerens tokentjeneste',
    address: certificate ? 'DATAFORDELER_CERTIFICATE_TOKEN_URL' : 'DATAFORDELER_TOKEN_URL',
    credentials: certificate ? 'clientId med det certifikat' : 'clientId og hemmeligheden i secretFile',
  };
  return {
    door: openRegisterDoor({ settings, words, certificate, retryDelayMs, pauseMs: settings.REGISTER_PAUSE_MS }),
    url: certificate ? settings.DATAFORDELER_CERTIFICATE_TOKEN_URL : settings.DATAFORDELER_TOKEN_URL,
    secret: certificate || secretFile === null ? null : openSecretFile(secretFile),
  };
}

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

interface Token {
  readonly token: string;
  readonly lifeMs: number;
}

function readToken(reply: RegisterReply, words: DoorWords, byCertificate: boolean): Token {
  if (reply.status !== 200) throw tokenFault(reply, words, byCertificate);
  const read = tokenSchema.safeParse(parseJson(reply.text));
  if (!read.success) throw new RegisterFault('wrong-address', words);
  return { token: read.data.access_token, lifeMs: read.data.expires_in * SECOND_MS };
}

function tokenFault({ status, text }: RegisterReply, words: DoorWords, byCertificate: boolean): RegisterFault {
  const code = `HTTP ${status}`;
  // A proxy that misses the certificate says so with a page of its own before the token service is reached.
  if (byCertificate && status === 400 && parseJson(text) === null) return new RegisterFault('certificate-refused', words, code);
  if (status === 400 || status === 401) return new RegisterFault('credentials-refused', words, code);
  if (status === 403) return new RegisterFault('forbidden', words, code);
  return new RegisterFault('wrong-address', words, code);
}
