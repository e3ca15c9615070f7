import fastify, { type FastifyInstance } from 'fastify';
import type { AddressInfo } from 'node:net';
import { addEntraRoutes } from './entra/entra-routes.ts';
import type { Entra } from './entra/entra.ts';
import type { Exchange } from './exchange/exchange.ts';
import { addMailboxRoutes } from './exchange/mailbox-routes.ts';
import type { RunningGateway } from './gateway-process.ts';
import { addGatewayProxy } from './gateway-proxy.ts';
import { addNetworkRoutes } from './network/network-routes.ts';
import { NETWORK_NAMES } from './network/network-profile.ts';
import type { Networks } from './network/networks.ts';
import { addOutlook } from './outlook/outlook-routes.ts';
import type { PageKeys } from './page-keys.ts';
import { addPages } from './pages/pages.ts';
import { addRegisterRoutes } from './registers/register-routes.ts';
import type { Registers } from './registers/registers.ts';
import { databaseAnswers, type SandboxDatabase } from './sandbox-database.ts';
import type { SandboxLog } from './sandbox-log.ts';

export interface FrontDoorParts {
  readonly port: number;
  readonly gateway: RunningGateway;
  readonly networks: Networks;
  readonly registers: Registers;
  readonly exchange: Exchange;
  readonly entra: Entra;
  readonly database: SandboxDatabase;
  readonly keys: PageKeys;
  readonly log: SandboxLog;
}

/** The one HTTP port of the sandbox. */
export interface FrontDoor {
  readonly port: number;
  close(): Promise<void>;
}

/** Room for an address with CVR, two contact points and a domain, all percent-encoded. */
const PARAMETER_LENGTH_MAX = 2_000;
/** Of what people and checks post to the sandbox itself; uploads of a page included. */
const BODY_BYTES_MAX = 40_000_000;
const DATABASE_PATIENCE_MS = 2_000;
const GATEWAY_PATHS = ['/api', '/api/*', '/metrics', '/addin/*', '/manifest.xml', '/.well-known/*', '/nyheder', '/nyheder/*'];

/** Opens the front door: pages, the sandbox's own routes, and what it passes on to the gateway. Logs no address. */
export async function openFrontDoor(parts: FrontDoorParts): Promise<FrontDoor> {
  const door = fastify({
    forceCloseConnections: true,
    bodyLimit: BODY_BYTES_MAX,
    routerOptions: { maxParamLength: PARAMETER_LENGTH_MAX, ignoreTrailingSlash: true },
  });
  guardAgainstOtherSites(door);
  answerFailures(door, parts.log);
  addHealthRoutes(door, parts);
  for (const name of NETWORK_NAMES) addNetworkRoutes(door, parts.networks.all[name]);
  addEntraRoutes(door, parts.entra);
  addRegisterRoutes(door, parts.registers);
  addMailboxRoutes(door, parts.exchange.mailboxes, parts.exchange.bodies);
  await addPages(door, parts);
  await addOutlook(door, parts);
  await addGatewayProxy(door, parts.gateway, GATEWAY_PATHS);
  await door.listen({ host: 'localhost', port: parts.port });
  return { port: (door.server.address() as AddressInfo).port, close: () => door.close() };
}

function addHealthRoutes(door: FastifyInstance, parts: FrontDoorParts): void {
  door.get('/healthz', async () => ({ status: 'ok' }));
  door.get('/readyz', async (_request, reply) => {
    const [database, gateway] = await Promise.all([
      databaseAnswers(parts.database, DATABASE_PATIENCE_MS),
      gatewayIsReady(parts.gateway),
    ]);
    return reply.code(database && gateway ? 200 : 503).send({ database, gateway });
  });
}

async function gatewayIsReady(gateway: RunningGateway): Promise<boolean> {
  if (!gateway.isReady()) return false;
  const signal = AbortSignal.timeout(DATABASE_PATIENCE_MS);
  return fetch(`http://127.0.0.1:${gateway.doors.httpPort}/readyz`, { signal }).then((answer) => answer.ok, () => false);
}

/**
 * A page from elsewhere must not send mail or change the exercise through the browser of whoever runs the sandbox.
 * Browsers say whose page it is in Sec-Fetch-Site; Origin alone is "null" for pages that name no referrer.
 */
function guardAgainstOtherSites(door: FastifyInstance): void {
  door.addHook('onRequest', async (request, reply) => {
    const { origin, host } = request.headers;
    if (request.method === 'GET' || request.method === 'HEAD' || origin === undefined) return;
    // Who may call the API from which page is the gateway's to say (CORS).
    if (request.url.startsWith('/api/')) return;
    if (origin === `http://${host}` || request.headers['sec-fetch-site'] === 'same-origin') return;
    return reply.code(403).send({ message: 'Kald fra andre websteder tages ikke imod.' });
  });
}

function answerFailures(door: FastifyInstance, log: SandboxLog): void {
  door.setNotFoundHandler(async (_request, reply) => reply.code(404).send({ message: 'Siden findes ikke.' }));
  door.setErrorHandler(async (error, request, reply) => {
    const status = (error as { readonly statusCode?: unknown }).statusCode;
    if (typeof status === 'number' && status < 500) {
      return reply.code(status).send({ message: error instanceof Error ? error.message : 'Forespørgslen kan ikke læses.' });
    }
    log.error({ route: request.routeOptions.url, error: String(error) }, 'the sandbox could not answer');
    return reply.code(500).send({ message: 'Noget gik galt i øvelsen. Se loggen.' });
  });
}
