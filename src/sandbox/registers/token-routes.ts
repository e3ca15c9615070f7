import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { RegisterClient } from './register-clients.ts';
import { withTroubles, type Troubles } from './register-door.ts';
import type { RegisterLogOn } from './register-logon.ts';

export interface TokenParts extends Troubles {
  readonly logOn: RegisterLogOn;
}

/** Where Datafordeleren's Keycloak gives tokens (registers-identity.md 1.3). */
export const TOKEN_PATH = '/realms/distribution/protocol/openid-connect/token';

/** Adds the token door: client credentials by secret on an open door, by certificate on one that demands it. */
export function addTokenRoute(door: FastifyInstance, parts: TokenParts, by: 'secret' | 'certificate'): void {
  const { logOn, settings } = parts;
  door.post(TOKEN_PATH, withTroubles(parts, 'token', 'token', async (request, reply) => {
    reply.header('cache-control', 'no-store').header('pragma', 'no-cache').type('application/json');
    const form = formOf(request);
    if (form === null) return reply.code(400).send(refusal('invalid_request', 'Missing form parameter: grant_type'));
    if (form.get('grant_type') !== 'client_credentials') {
      return reply.code(400).send(refusal('unsupported_grant_type', 'Unsupported grant_type'));
    }
    const client = by === 'secret' ? clientOfSecret(logOn, request, form) : clientOfCertificate(logOn, request, form);
    if (!client) return reply.code(401).send(refusal('invalid_client', 'Invalid client or Invalid client credentials'));
    const { tokenSeconds } = settings.switches;
    return reply.send(JSON.stringify({
      access_token: logOn.giveToken(client, tokenSeconds * 1_000),
      expires_in: tokenSeconds, refresh_expires_in: 0, token_type: 'Bearer', 'not-before-policy': 0, scope: 'profile email',
    }));
  }));
}

function formOf(request: FastifyRequest): URLSearchParams | null {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded' || typeof request.body !== 'string') return null;
  return new URLSearchParams(request.body);
}

/** Id and secret in the form, or as Basic, where both are form-encoded (RFC 6749, 2.3.1). */
function clientOfSecret(logOn: RegisterLogOn, request: FastifyRequest, form: URLSearchParams): RegisterClient | null {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (encoded === undefined) return logOn.bySecret(form.get('client_id') ?? '', form.get('client_secret') ?? '');
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  return logOn.bySecret(id, secret);
}

function clientOfCertificate(logOn: RegisterLogOn, request: FastifyRequest, form: URLSearchParams): RegisterClient | null {
  const client = logOn.byCertificate(request);
  return client !== null && client.clientId === form.get('client_id') ? client : null;
}

function refusal(error: string, description: string): string {
  return JSON.stringify({ error, error_description: description });
}
