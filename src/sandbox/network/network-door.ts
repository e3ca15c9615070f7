import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { TLSSocket } from 'node:tls';
import type { Certificates } from '../certificates.ts';
import type { SenderSystem } from '../network-credentials.ts';
import { addContactRoutes } from './contact-routes.ts';
import { NetworkRefusal } from './network-answer.ts';
import type { Fault } from './network-settings.ts';
import type { Network } from './network.ts';
import { addReceiptRoutes } from './receipt-routes.ts';
import type { Receipt } from './receipt.ts';
import { takeContainer, takeMessage, type Incoming } from './take-message.ts';

/** A stand-in network's door to the outside. */
export interface NetworkDoor {
  readonly port: number;
  close(): Promise<void>;
}

const SLOW_MS = 3_000;
const XML_TYPES: readonly string[] = ['application/xml', 'text/xml'];
const CONTAINER_TYPE = 'application/x-lzma';
const BASE = '/apis/v1';

/**
 * Opens a network's REST door: HTTPS that demands a client certificate of the sandbox's authority, and Basic with
 * `systemId:apiKey` of the system whose certificate it is (memo-ngdp.md 3.2, 3.4).
 */
export async function openNetworkDoor(network: Network, certificates: Certificates): Promise<NetworkDoor> {
  const [key, cert, ca] = await Promise.all(
    [certificates.network.keyFile, certificates.network.certificateFile, certificates.authorityFile].map((file) => readFile(file)),
  );
  const door = fastify({
    https: { key: key ?? '', cert: cert ?? '', ca: ca ?? '', requestCert: true, rejectUnauthorized: true },
    forceCloseConnections: true,
    bodyLimit: Number.MAX_SAFE_INTEGER,
    routerOptions: { ignoreTrailingSlash: true },
  });
  // Bodies pass as streams: nothing here may hold a message.
  door.removeAllContentTypeParsers();
  door.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  door.setErrorHandler((error, _request, reply) => answerError(network, error, reply));
  door.setNotFoundHandler(async () => {
    throw new NetworkRefusal(404, 'not.found', 'The resource was not found');
  });
  addMemoRoutes(door, network);
  addReceiptRoutes(door, BASE, network, (request) => systemOf(network, request));
  addContactRoutes(door, BASE, (request) => systemOf(network, request));
  await door.listen({ host: '127.0.0.1', port: 0 });
  return { port: (door.server.address() as AddressInfo).port, close: () => door.close() };
}

function addMemoRoutes(door: FastifyInstance, network: Network): void {
  door.post(`${BASE}/memos`, async (request, reply) => {
    const system = systemOf(network, request);
    const take = checkedWay(network, request);
    const fault = await network.settings.strike();
    if (fault.mode === 'status') return answerStatus(fault.status, request, reply);
    if (fault.mode === 'timeout') return neverAnswer(request, reply);
    const receipt = await take({ chunks: request.raw.iterator({ destroyOnReturn: false }), system });
    return answerUnder(fault, receipt, reply);
  });
}

async function answerUnder(fault: Fault, receipt: object, reply: FastifyReply): Promise<FastifyReply> {
  if (fault.mode === 'reset') {
    reply.hijack();
    reply.raw.socket?.destroy();
    return reply;
  }
  if (fault.mode === 'slow') await pause(SLOW_MS);
  return reply.code(201).send(receipt);
}

/** Answers before the body has come, as a busy front server does; what still comes is let go. */
function answerStatus(status: number, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.raw.resume();
  return reply.code(status).send(new NetworkRefusal(status, 'exercise.fault', 'The exercise asked for this answer').body());
}

function neverAnswer(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.resume();
  return reply;
}

/** How the body is taken. Throws NetworkRefusal for a call that is neither a message nor a container with its length. */
function checkedWay(network: Network, request: FastifyRequest): (incoming: Incoming) => Promise<Receipt> {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  const isContainer = type === CONTAINER_TYPE && network.profile.containers;
  if (!isContainer && !XML_TYPES.includes(type)) {
    const types = [...XML_TYPES, ...(network.profile.containers ? [CONTAINER_TYPE] : [])];
    throw new NetworkRefusal(415, 'content.type.not.allowed', `Content-Type must be one of ${types.join(', ')}`);
  }
  if (request.headers['content-length'] === undefined) {
    throw new NetworkRefusal(411, 'content.length.required', 'Content-Length is required');
  }
  if (isContainer) return (incoming) => takeContainer(network, incoming);
  const messageUUID = (request.query as Record<string, string | undefined>)['memo-message-uuid'];
  if (!messageUUID) throw new NetworkRefusal(400, 'message.uuid.required', 'memo-message-uuid is required');
  return (incoming) => takeMessage(network, messageUUID, incoming);
}

/** Who calls. Throws NetworkRefusal: 401 for no or wrong credentials, 403 for those of another certificate. */
function systemOf(network: Network, request: FastifyRequest): SenderSystem {
  const [, encoded] = /^Basic ([A-Za-z0-9+/=]+)$/.exec(request.headers.authorization ?? '') ?? [];
  const given = Buffer.from(encoded ?? '', 'base64').toString('utf8');
  const system = network.systems.find((one) => isSame(`${one.systemId}:${one.apiKey}`, given));
  if (!system) throw new NetworkRefusal(401, 'unauthorized', 'Unknown system id or api key');
  const { fingerprint256 } = (request.raw.socket as TLSSocket).getPeerCertificate();
  if (!system.isOwn(fingerprint256)) {
    throw new NetworkRefusal(403, 'forbidden', 'The certificate is not that of the system');
  }
  return system;
}

function isSame(expected: string, given: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(expected), digest(given));
}

/** Answers with NgDP's ErrorMessage; what is not a refusal is a fault of ours, told in the log without the request. */
function answerError(network: Network, error: unknown, reply: FastifyReply): FastifyReply {
  reply.raw.req.resume();
  if (error instanceof NetworkRefusal) return reply.code(error.status).send(error.body());
  const status = (error as { readonly statusCode?: unknown }).statusCode;
  if (typeof status === 'number' && status < 500) {
    return reply.code(status).send(new NetworkRefusal(status, 'bad.request', 'The request cannot be read').body());
  }
  network.log.error({ network: network.name, error: String(error) }, 'a call to a stand-in network failed');
  return reply.code(503).send(new NetworkRefusal(503, 'unavailable', 'The network cannot store anything now').body());
}
