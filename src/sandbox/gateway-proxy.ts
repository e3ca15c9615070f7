import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { request as httpRequest, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { RunningGateway } from './gateway-process.ts';

/** Headers that belong to one connection and are never passed on (RFC 9110 7.6.1). */
const HOP_BY_HOP: ReadonlySet<string> = new Set([
  'connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade',
]);

/** Passes `paths` through to the gateway, bodies as streams both ways; 503 until it is there, 502 while it cannot be reached. */
export async function addGatewayProxy(door: FastifyInstance, gateway: RunningGateway, paths: readonly string[]): Promise<void> {
  await door.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const path of paths) scope.all(path, (request, reply) => passOn(gateway, request, reply));
  });
}

async function passOn(gateway: RunningGateway, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (gateway.doors.httpPort === 0) return reply.code(503).type('text/plain; charset=utf-8').send('Gatewayen er på vej op.');
  try {
    const answer = await ask(gateway, request);
    return await reply.code(answer.statusCode ?? 502).headers(endToEnd(answer.headers)).send(answer);
  } catch {
    return reply.code(502).type('text/plain; charset=utf-8').send('Gatewayen svarer ikke.');
  }
}

async function ask(gateway: RunningGateway, request: FastifyRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      {
        host: '127.0.0.1',
        port: gateway.doors.httpPort,
        method: request.method,
        path: request.raw.url,
        headers: endToEnd(request.headers),
      },
      resolve,
    );
    call.once('error', reject);
    request.raw.once('close', () => {
      if (!request.raw.complete) call.destroy();
    });
    request.raw.pipe(call);
  });
}

function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name)));
}
