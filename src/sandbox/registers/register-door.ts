import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Certificates } from '../certificates.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import type { RegisterCalls, RegisterWay } from './register-calls.ts';
import type { FaultTarget, RegisterFault } from './register-fault.ts';
import type { RegisterSettings } from './register-settings.ts';

/** A register's door to the outside. */
export interface RegisterDoor {
  readonly port: number;
  close(): Promise<void>;
}

/** How a door is reached: HTTPS, HTTPS with a client certificate of the sandbox's authority, or HTTP in clear (Virk). */
export type DoorKind = 'https' | 'client-certificate' | 'http';

export interface DoorOptions {
  readonly kind: DoorKind;
  readonly certificates: Certificates;
  readonly log: SandboxLog;
  readonly addRoutes: (door: FastifyInstance) => void;
}

const BODY_BYTES_MAX = 4_000_000;
const SLOW_MS = 3_000;

/** Opens a door on loopback, on a free port. Bodies come as text; nothing of a call is logged but its route. */
export async function openRegisterDoor({ kind, certificates, log, addRoutes }: DoorOptions): Promise<RegisterDoor> {
  const settings = {
    forceCloseConnections: true,
    bodyLimit: BODY_BYTES_MAX,
    // The old REST is written with /REST/ and /rest/ alike.
    routerOptions: { ignoreTrailingSlash: true, caseSensitive: false },
  } as const;
  const door = (kind === 'http' ? fastify(settings) : fastify({ ...settings, https: await tlsOf(kind, certificates) })) as FastifyInstance;
  door.removeAllContentTypeParsers();
  door.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  door.setNotFoundHandler(async (_request, reply) => reply.code(404).send());
  door.setErrorHandler(async (error, request, reply) => {
    const status = (error as { readonly statusCode?: unknown }).statusCode;
    if (typeof status === 'number' && status < 500) return reply.code(status).send();
    log.error({ route: request.routeOptions.url, error: String(error) }, 'a call to a stand-in register failed');
    return reply.code(500).send();
  });
  addRoutes(door);
  await door.listen({ host: '127.0.0.1', port: 0 });
  return { port: (door.server.address() as AddressInfo).port, close: () => door.close() };
}

/** What a route of a register counts and fails by. */
export interface Troubles {
  readonly settings: RegisterSettings;
  readonly calls: RegisterCalls;
}

type Answer = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** A route's work with the register's call counted and its fault, if any, in its way. */
export function withTroubles({ settings, calls }: Troubles, target: FaultTarget, way: RegisterWay, answer: Answer): Answer {
  return async (request, reply) => {
    calls.addCall(target, way);
    const fault = await settings.strike(target);
    return (await answerFault(fault, reply)) ?? answer(request, reply);
  };
}

/** The answer of a fault that leaves no other; null: the call goes on. */
async function answerFault(fault: RegisterFault, reply: FastifyReply): Promise<FastifyReply | null> {
  switch (fault.mode) {
    case 'none':
      return null;
    case 'slow':
      await pause(SLOW_MS);
      return null;
    case 'status':
      return reply.code(fault.status).type('text/plain').send('The exercise asked for this answer');
    case 'invalid':
      return reply.type('application/json; charset=utf-8').send('{"data":{"nodes":[');
    case 'retired':
      return reply.code(404).send();
    case 'reset':
      reply.hijack();
      reply.raw.socket?.destroy();
      return reply;
    case 'timeout':
      return reply.hijack();
  }
}

async function tlsOf(kind: DoorKind, certificates: Certificates): Promise<object> {
  const [key, cert, ca] = await Promise.all(
    [certificates.network.keyFile, certificates.network.certificateFile, certificates.authorityFile].map((file) => readFile(file)),
  );
  return { key, cert, ...(kind === 'client-certificate' ? { ca, requestCert: true, rejectUnauthorized: true } : {}) };
}
