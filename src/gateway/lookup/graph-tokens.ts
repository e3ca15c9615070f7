import { SignJWT } from 'jose';
import { createHash, createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { MailboxGroup, OauthClient } from '../settings/lookup-settings.ts';
import type { RegisterDoor } from './register-door.ts';
import { RegisterFault } from './register-fault.ts';

const GRAPH_SCOPE = 'https://graph.microsoft.com/.default';
const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const ASSERTION_LIFE_S = 300;
/** A token is not used in its last minute: clocks differ, and the call takes time. */
const MARGIN_MS = 60_000;

const tokenSchema = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });
const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

/** Tokens with which the gateway itself calls Graph. */
export interface GraphTokens {
  tokenFor(group: Pick<MailboxGroup, 'tenant' | 'client'>): Promise<string>;
  /** The token was refused: the next one is a new one. */
  forget(group: Pick<MailboxGroup, 'tenant' | 'client'>): void;
}

interface TokenParts {
  readonly door: RegisterDoor;
  /** Entra's address. */
  readonly entraUrl: string;
  readonly now: () => Date;
}

/**
 * Opens them: OAuth client credentials at Entra, by secret or by certificate, kept until they end. Secret, certificate
 * and key are read each time a token is asked for, so that new ones need no restart. Rejects with a RegisterFault.
 */
export function openGraphTokens({ door, entraUrl, now }: TokenParts): GraphTokens {
  const known = new Map<string, { readonly token: string; readonly endsAt: number }>();
  const nameOf = ({ tenant, client }: Pick<MailboxGroup, 'tenant' | 'client'>) => `${tenant} ${client.clientId}`;
  return {
    async tokenFor(group) {
      const held = known.get(nameOf(group));
      if (held && held.endsAt > now().getTime()) return held.token;
      const url = `${entraUrl.replace(/\/+$/, '')}/${encodeURIComponent(group.tenant)}/oauth2/v2.0/token`;
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: group.client.clientId,
        scope: GRAPH_SCOPE,
        ...(await proofOf(group.client, { url, now: now(), door })),
      });
      const { status, text } = await door.call({
        method: 'POST', url, body: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      });
      const answer = tokenSchema.safeParse(jsonOf(text));
      if (status !== 200 || !answer.success) throw refusalOf(door, status, text);
      const { access_token: token, expires_in: lifeS } = answer.data;
      known.set(nameOf(group), { token, endsAt: now().getTime() + lifeS * 1_000 - MARGIN_MS });
      return token;
    },
    forget: (group) => void known.delete(nameOf(group)),
  };
}

interface ProofFor {
  readonly url: string;
  readonly now: Date;
  readonly door: RegisterDoor;
}

/**
 * What proves that it is us: the secret, or an assertion signed with the certificate's key (RFC 7523, as Entra wants
 * it).
 */
async function proofOf(
  { clientId, secretFile, certificateFile, keyFile }: OauthClient,
  { url, now, door }: ProofFor,
): Promise<Readonly<Record<string, string>>> {
  if (secretFile !== null) {
    const secret = (await readFile(secretFile, 'utf8').catch(() => '')).trim();
    if (secret === '') throw new RegisterFault('secret-unreadable', door.words);
    return { client_secret: secret };
  }
  try {
    const certificate = new X509Certificate(await readFile(certificateFile ?? ''));
    const key = createPrivateKey(await readFile(keyFile ?? ''));
    const nowS = Math.floor(now.getTime() / 1_000);
    const assertion = await new SignJWT({})
      .setProtectedHeader({ alg: 'PS256', typ: 'JWT', 'x5t#S256': createHash('sha256').update(certificate.raw).digest('base64url') })
      .setIssuer(clientId).setSubject(clientId).setAudience(url).setJti(randomUUID())
      .setIssuedAt(nowS).setNotBefore(nowS).setExpirationTime(nowS + ASSERTION_LIFE_S)
      .sign(key);
    return { client_assertion_type: ASSERTION_TYPE, client_assertion: assertion };
  } catch {
    // Also an elliptic key: Entra takes RSA alone.
    throw new RegisterFault('certificate-unreadable', door.words);
  }
}

/** Entra's own number for what is wrong (AADSTS…) is worth more to the administrator than any words of ours. */
function refusalOf({ words }: RegisterDoor, status: number, text: string): RegisterFault {
  const refusal = refusalSchema.safeParse(jsonOf(text));
  if (!refusal.success) return new RegisterFault(status === 404 ? 'wrong-address' : 'unreadable', words, `HTTP ${status}`);
  const [code = null] = /AADSTS\d{1,4}/.exec(refusal.data.error_description ?? '') ?? [];
  return new RegisterFault('credentials-refused', words, code);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
