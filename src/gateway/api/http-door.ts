import Fastify from 'fastify';
import type { AddressInfo } from 'node:net';
import type { Settings } from '../config.ts';
import type { Metrics } from '../metrics.ts';
import type { Database } from '../store/database.ts';
import { addAddinPages } from './addin-pages.ts';
import { addApi } from './add-api.ts';
import type { ApiParts } from './api-parts.ts';
import { addLinkPages, type LinkDoor } from './link-pages.ts';
import type { NewsActions } from './news-actions.ts';
import { addNewsPages } from './news-pages.ts';

export interface HttpDoorParts {
  readonly settings: Pick<Settings, 'HTTP_HOST' | 'HTTP_PORT' | 'NEWS' | 'PUBLIC_URL'>;
  readonly database: Database;
  readonly metrics: Metrics;
  /** Whether every other door is open. */
  readonly doorsOpen: () => boolean;
  /** The API for programs; null where the process does not take mail in. */
  readonly api: ApiParts | null;
  /** What is behind the links in mails. */
  readonly links: LinkDoor;
  readonly news: NewsActions;
}

export interface HttpDoor {
  readonly port: number;
  close(): Promise<void>;
}

const DATABASE_PATIENCE_MS = 2_000;
/** A call that takes longer to come in is cut off: 40 MB over a slow line take two minutes. */
const REQUEST_TIMEOUT_MS = 180_000;

/**
 * Opens the HTTP door: `/healthz` (200 while the process lives, asks nobody), `/readyz` (200 when every door is open and
 * the database answers), `/metrics` (Prometheus text), `/nyheder`, and under `/api` what programs use.
 */
export async function openHttpDoor(parts: HttpDoorParts): Promise<HttpDoor> {
  const app = Fastify({ logger: false, forceCloseConnections: true, requestTimeout: REQUEST_TIMEOUT_MS });
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
  await addLinkPages(app, parts.links);
  await addNewsPages(app, parts);
  if (parts.api) {
    const { settings, organisations } = parts.api;
    const tenants = () => organisations().flatMap(({ entraTenants = [] }) => entraTenants);
    await addAddinPages(app, { settings, tenants });
    await addApi(app, parts.api);
  }
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
