import { createHash } from 'node:crypto';
import Fastify, { type FastifyInstance, type LightMyRequestResponse } from 'fastify';
import { z } from 'zod';
import { makeDirectory } from '../../../src/domain/organisation.ts';
import { addApi } from '../../../src/gateway/api/add-api.ts';
import { apiClientsOf } from '../../../src/gateway/api/api-clients.ts';
import type { ApiParts } from '../../../src/gateway/api/api-parts.ts';
import { newsStories } from '../../../src/gateway/news/news-stories.ts';
import { guardStories } from '../../../src/gateway/addin/guard-approvals.ts';
import { adminStories } from '../../../src/gateway/admin/administer.ts';
import { openSentWatch } from '../../../src/gateway/api/sent-watch.ts';
import { authorProblem, recipientProblem, senderProblem } from '../../../src/gateway/assess/sender-rights.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { withoutCredentials } from '../../../src/gateway/settings/read-organisations.ts';
import { makeLog } from '../../../src/gateway/log.ts';
import { organisationsFileSchema } from '../../../src/gateway/settings/organisations-file.ts';
import { openDatabase, type Database } from '../../../src/gateway/store/database.ts';
import { migrate } from '../../../src/gateway/store/migrate.ts';
import { startTestPostgres } from '../../sandbox/test-postgres.ts';
import { keptLog, removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';
import { testKeys } from '../test-keys.ts';
import { PEOPLE } from './people-in-process.ts';

export const SECRET = 'en-lang-hemmelighed';
const secretSha256 = createHash('sha256').update(SECRET).digest('hex');

/** Two organisations with programs of several sorts. */
const { organisations } = organisationsFileSchema.parse({
  organisations: [
    {
      name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example'],
      mainMailbox: 'sikkerpost@kommune.example', watchMailbox: 'sikkerpost@kommune.example', helpContact: 'it@kommune.example',
      secureMailboxes: [
        { address: 'sikkerpost@kommune.example', channels: ['ngdp'], senders: ['35833684'], users: [PEOPLE.soeren.objectId] },
        { address: 'jobcenter@kommune.example', channels: ['ngdp'], senders: ['35833684'], users: [PEOPLE.mette.objectId] },
      ],
      smtpOriginatorOrgs: ['kommune.onmicrosoft.example'],
      entraTenants: [PEOPLE.mette.tenant],
      apiClients: [
        { clientId: 'program', secretSha256, may: ['send', 'mass-send', 'stop', 'resend', 'approve'] },
        { clientId: 'kun-jobcenter', secretSha256, mailboxes: ['Jobcenter@kommune.example'] },
        { clientId: 'kun-stop', secretSha256, may: ['stop'] },
        { clientId: 'ikke-masse', secretSha256, may: ['send'] },
      ],
    },
    {
      name: 'Nabo Kommune', cvrNumbers: ['97281536'], mailDomains: ['nabo.example'],
      mainMailbox: 'sikkerpost@nabo.example', watchMailbox: 'sikkerpost@nabo.example', helpContact: 'it@nabo.example',
      secureMailboxes: [{ address: 'sikkerpost@nabo.example', channels: ['ngdp'], senders: ['97281536'], users: [PEOPLE.nina.objectId] }],
      entraTenants: [PEOPLE.nina.tenant],
      apiClients: [{ clientId: 'nabo', secretSha256 }],
    },
  ],
});

/** A PostgreSQL of its own, with the gateway's tables. */
export async function openTestDatabase(open: AsyncDisposableStack): Promise<Database> {
  const folder = await temporaryFolder();
  open.defer(() => removeFolder(folder));
  const postgres = await startTestPostgres({ dataDir: folder, log: keptLog() });
  open.defer(() => postgres.stop());
  const limits = { connectionsMax: 10, timeoutMs: 20_000, urgentTimeoutMs: 20_000 };
  const database = openDatabase(postgres.url, limits, () => undefined);
  open.defer(() => database.close());
  await migrate(database);
  return database;
}

/** The API alone, without sockets and without the road behind it. */
export interface ApiInProcess {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly logLines: string[];
  post(path: string, body: unknown, more?: CallOptions): Promise<LightMyRequestResponse>;
  get(path: string, more?: CallOptions): Promise<LightMyRequestResponse>;
  /** The only value of the only row, as a number. */
  number(statement: string): Promise<number>;
}

export interface CallOptions {
  readonly client?: string;
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiOptions {
  readonly settings?: Readonly<Record<string, string>>;
  readonly now?: () => Date;
  /** Instead of the two here, where they change; who may log on stays. */
  readonly organisations?: ApiParts['organisations'];
  readonly actions?: Partial<ApiParts['actions']>;
  readonly proof?: ApiParts['proof'];
  readonly keys?: ApiParts['keys'];
  readonly lookups?: Partial<ApiParts['lookups']>;
  readonly recipients?: Partial<ApiParts['recipients']>;
  readonly documents?: ApiParts['documents'];
}

/** Opens the API over a database, which may be one that fails. */
export async function openApi(database: Database, options: ApiOptions = {}): Promise<ApiInProcess> {
  const settings = settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: '-', ...options.settings });
  const entries = options.organisations ?? (() => organisations);
  const directory = makeDirectory(withoutCredentials(organisations));
  const rules = { directory, channels: ['ngdp'] as const };
  const logLines: string[] = [];
  const now = options.now ?? (() => new Date());
  const app = Fastify({ logger: false, forceCloseConnections: true });
  const log = makeLog('info', (line) => void logLines.push(line));
  await addApi(app, {
    settings,
    database,
    log,
    now,
    clients: apiClientsOf(organisations),
    keys: options.keys ?? testKeys(),
    directory,
    channels: ['ngdp'],
    organisations: entries,
    rules: {
      refuseSender: (envelope) => senderProblem(rules, envelope),
      refuseRecipient: (envelope, recipient) => recipientProblem(rules, envelope, recipient),
      refuseHeader: (envelope, { from, originatorOrgs, malformed }) =>
        authorProblem(rules, envelope, {
          fromHeaderCount: from.headerCount,
          fromAddresses: from.addresses,
          ambiguous: from.ambiguous || malformed,
          originators: originatorOrgs,
        }),
    },
    admin: adminStories({ database, settings, now, organisations: entries, writtenOrganisations: entries }),
    proof: { prove: () => Promise.resolve({ kind: 'not-sent' }), ...options.proof },
    lookups: {
      person: () => Promise.resolve({ kind: 'answer', answer: { kind: 'not-found' } }),
      company: () => Promise.resolve({ kind: 'answer', answer: { kind: 'not-found' } }),
      searchCompanies: () => Promise.resolve({ kind: 'answer', answer: { companies: [], more: false } }),
      ...options.lookups,
    },
    recipients: {
      check: () => Promise.resolve({ kind: 'checked', recipients: [] }),
      checkBatch: () => Promise.resolve({ kind: 'organisation-gone' }),
      contactPoints: () => Promise.resolve({ kind: 'unavailable' }),
      ...options.recipients,
    },
    documents: options.documents ?? {
      render: () => Promise.resolve({ kind: 'busy' }),
      check: () => Promise.resolve({ kind: 'busy' }),
      read: () => Promise.resolve({ kind: 'busy' }),
      convert: () => Promise.resolve({ kind: 'busy' }),
      split: () => Promise.resolve({ kind: 'busy' }),
    },
    guard: guardStories({ settings, database, keys: options.keys ?? testKeys(), now, directory }),
    news: newsStories({ settings, database, keys: options.keys ?? testKeys(), now, directory }),
    sent: openSentWatch({ database, settings, log, organisations: entries, now }),
    actions: {
      stop: () => Promise.resolve({ kind: 'not-found' }),
      approve: () => Promise.resolve({ kind: 'not-found' }),
      resend: () => Promise.resolve({ kind: 'not-found' }),
      ...options.actions,
    },
    onAccepted: () => undefined,
    onRefused: () => undefined,
  });
  const headersOf = ({ client = 'program', key, headers }: CallOptions = {}) => ({
    authorization: basic(client, SECRET),
    ...(key !== undefined && { 'idempotency-key': key }),
    ...headers,
  });
  return {
    app,
    database,
    logLines,
    post: (path, body, more) =>
      app.inject({
        method: 'POST', url: path, headers: { 'content-type': 'application/json', ...headersOf(more) },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (path, more) => app.inject({ method: 'GET', url: path, headers: headersOf(more) }),
    async number(statement) {
      const { rows } = await database.query<Record<string, unknown>>({ text: statement });
      return Number(Object.values(rows[0] ?? {})[0]);
    },
  };
}

export function basic(clientId: string, secret: string): string {
  return `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`;
}

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  problems: z.array(z.object({ code: z.string() })).optional(),
});

/** The answer as a problem by RFC 9457; throws when it is none, or its status is another than the answer's. */
export function problemIn(answer: LightMyRequestResponse): z.infer<typeof problemSchema> {
  const type = String(answer.headers['content-type']);
  if (!type.startsWith('application/problem+json')) throw new Error(`not a problem: ${answer.statusCode} ${answer.body}`);
  const problem = problemSchema.parse(answer.json());
  if (problem.status !== answer.statusCode) throw new Error('a problem with another status than its answer');
  return problem;
}

/** A message that may be sent. */
export const MESSAGE = {
  from: 'sikkerpost@kommune.example',
  to: ['2512489996@35833684.ngdp.digital-post.dk'],
  subject: 'Afgørelse',
  text: 'Kære Nancy\n\nDu får ret.',
};
