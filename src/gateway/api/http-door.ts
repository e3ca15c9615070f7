import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Settings } from '../config.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../store/database.ts';

export interface HttpDoorParts {
  readonly settings: Pick<Settings, 'HTTP_HOST' | 'HTTP_PORT'>;
  readonly database: Database;
  readonly metrics: Metrics;
  /** Whether every other door is open. */
  readonly doorsOpen: () => boolean;
}

export interface HttpDoor {
  readonly port: number;
  close(): Promise<void>;
}

const DATABASE_PATIENCE_MS = 2_000;

/**
 * Opens the HTTP door: `/healthz` (200 while the process lives, asks nobody), `/readyz` (200 when every door is open and
 * the database answers), `/metrics` (Prometheus text).
 */
export async function openHttpDoor(parts: HttpDoorParts): Promise<HttpDoor> {
  const app = Fastify({ logger: false, forceCloseConnections: true });
  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', async (_request, reply) => {
    const database = await answersInTime(parts.database);
    const doors = parts.doorsOpen();
    return await reply.code(database && doors ? 200 : 503).send({ database, doors });
  });
  app.get('/metrics', async (_request, reply) => {
    const { registry } = parts.metrics;
    return await reply.type(registry.contentType).send(await registry.metrics());
  });
  await app.listen({ host: parts.settings.HTTP_HOST, port: parts.settings.HTTP_PORT });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
}

async function answersInTime(database: Database): Promise<boolean> {
  let clock: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    clock = setTimeout(resolve, DATABASE_PATIENCE_MS, false);
  });
  const answer = database.query({ text: 'select 1' }).then(() => true, () => false);
  return await Promise.race([answer, late]).finally(() => clearTimeout(clock));
}
