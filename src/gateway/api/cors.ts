import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const ALLOWED_METHODS = 'GET, POST';
const ALLOWED_HEADERS = 'Authorization, Content-Type, Idempotency-Key';
const EXPOSED_HEADERS = 'Location, Retry-After';
/** The longest that a browser (Chromium) remembers a preflight. */
const MAX_AGE_S = 7_200;

/**
 * Lets pages of these origins call the API (Fetch standard, "CORS protocol"): the add-in, where another server gives it
 * out. Never with cookies or passwords that the browser has: a page must bring its own token. With no origins there is
 * no CORS at all. A preflight carries no log-on, and is answered without.
 */
export function addCors(scope: FastifyInstance, origins: readonly string[]): void {
  if (origins.length === 0) return;
  scope.addHook('onRequest', async (request, reply) => {
    reply.header('vary', 'Origin');
    if (!isAllowed(origins, request)) return;
    reply.headers({ 'access-control-allow-origin': request.headers.origin, 'access-control-expose-headers': EXPOSED_HEADERS });
  });
  scope.options('/*', async (request, reply) => await answerPreflight(origins, request, reply));
}

async function answerPreflight(origins: readonly string[], request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (isAllowed(origins, request) && request.headers['access-control-request-method'] !== undefined) {
    reply.headers({
      'access-control-allow-methods': ALLOWED_METHODS,
      'access-control-allow-headers': ALLOWED_HEADERS,
      'access-control-max-age': String(MAX_AGE_S),
    });
  }
  return await reply.code(204).send();
}

function isAllowed(origins: readonly string[], { headers: { origin } }: FastifyRequest): boolean {
  return origin !== undefined && origins.includes(origin);
}
