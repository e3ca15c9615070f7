import type { FastifyRequest } from 'fastify';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TLSSocket } from 'node:tls';
import { certificateName, type RegisterClient } from './register-clients.ts';

const TOKEN_BYTES = 48;
/** A client that asks for a token with each call must not fill the memory. */
const TOKENS_MAX = 10_000;

interface GivenToken {
  readonly client: RegisterClient;
  readonly endsAtMs: number;
}

/** Who may use the registers, and the tokens that Datafordeleren has given them; tokens live in memory only. */
export class RegisterLogOn {
  readonly clients: readonly RegisterClient[];
  readonly #tokens = new Map<string, GivenToken>();

  constructor(clients: readonly RegisterClient[]) {
    this.clients = clients;
  }

  /** A new token that holds for so long. */
  giveToken(client: RegisterClient, lifetimeMs: number): string {
    const oldest = this.#tokens.keys().next();
    if (this.#tokens.size >= TOKENS_MAX && !oldest.done) this.#tokens.delete(oldest.value);
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    this.#tokens.set(token, { client, endsAtMs: Date.now() + lifetimeMs });
    return token;
  }

  /** Whose bearer token the call carries; null for none, an unknown one, or one that has ended. */
  bearer(request: FastifyRequest): RegisterClient | null {
    const [, token] = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const given = this.#tokens.get(token ?? '');
    return given !== undefined && given.endsAtMs > Date.now() ? given.client : null;
  }

  /** The client whose certificate the connection was made with; null on a door without. */
  byCertificate(request: FastifyRequest): RegisterClient | null {
    const socket = request.raw.socket as Partial<TLSSocket>;
    if (socket.authorized !== true) return null;
    const name = socket.getPeerCertificate?.().subject?.CN;
    return this.clients.find(({ cvr }) => certificateName(cvr) === name) ?? null;
  }

  bySecret(clientId: string, secret: string): RegisterClient | null {
    return this.clients.find((client) => client.clientId === clientId && isSame(client.secret, secret)) ?? null;
  }

  byApiKey(apiKey: string): RegisterClient | null {
    return this.clients.find((client) => isSame(client.apiKey, apiKey)) ?? null;
  }

  /** Basic with Virk's user and password. */
  byVirkPassword(request: FastifyRequest): RegisterClient | null {
    const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '') ?? [];
    const given = Buffer.from(encoded ?? '', 'base64').toString('utf8');
    return this.clients.find((client) => isSame(`${client.virkUser}:${client.virkPassword}`, given)) ?? null;
  }
}

function isSame(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}
