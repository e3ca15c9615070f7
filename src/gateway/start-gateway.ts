import { randomUUID } from 'node:crypto';
import type { ChannelId } from '../domain/channel.ts';
import { makeDirectory, type Directory } from '../domain/organisation.ts';
import { problemOf } from '../domain/problem.ts';
import type { DoorRules } from './accept/door-rules.ts';
import { knownPeers } from './accept/known-peers.ts';
import { openSmtpDoor, type SmtpDoor } from './accept/smtp-door.ts';
import { openHttpDoor } from './api/http-door.ts';
import { authorProblem, recipientProblem, senderProblem, type SendingRules } from './assess/sender-rights.ts';
import { openExchangeClient } from './channels/mail/exchange-client.ts';
import { openNgdpClient, type NgdpClient } from './channels/ngdp/ngdp-client.ts';
import { openPushDoor, type PushDoor } from './channels/ngdp/push-door.ts';
import { takeAndCount } from './chores.ts';
import { withoutCredentials, type Config } from './config.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { openIsolatePool } from './isolate/isolate-pool.ts';
import type { Log } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { startWork, type Work } from './start-work.ts';
import { openDatabase } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { beat, sayGoodbye } from './store/workers.ts';

/** A running gateway process; ports are null for doors that it does not have. */
export interface Gateway {
  readonly httpPort: number;
  readonly smtpPort: number | null;
  readonly pushPort: number | null;
  stop(): Promise<void>;
}

/** What a test may replace: the clock and chance. */
export interface Surroundings {
  readonly now: () => Date;
  readonly random: () => number;
}

const CHANNELS: readonly ChannelId[] = ['ngdp'];

/** Opens the database, then the loops, then the doors, in that order; a gateway that cannot work does not answer. */
export async function startGateway(
  config: Config,
  log: Log,
  surroundings: Surroundings = { now: () => new Date(), random: Math.random },
): Promise<Gateway> {
  const { settings } = config;
  const limits = {
    connectionsMax: settings.DATABASE_CONNECTIONS_MAX,
    timeoutMs: settings.DATABASE_TIMEOUT_MS,
    urgentTimeoutMs: settings.DATABASE_URGENT_TIMEOUT_MS,
  };
  const database = openDatabase(settings.DATABASE_URL, limits, (error) =>
    log.warn({ state: 'database-connection-lost', reason: error.message }),
  );
  await migrate(database);
  const directory = makeDirectory(withoutCredentials(config.organisations));
  const metrics = makeMetrics(database);
  const worker = randomUUID();
  await beat(database, worker);
  const ngdp = ngdpClients(config);
  const work = settings.ROLES.includes('work')
    ? startWorkers({ config, log, directory, database, metrics, worker, ngdp, ...surroundings })
    : null;
  const smtp = settings.ROLES.includes('accept')
    ? await openSmtpDoor({
        settings,
        database,
        now: surroundings.now,
        log,
        rules: doorRules(config, directory),
        onAccepted(id, bytes) {
          metrics.submissions.inc({ state: 'accepted' });
          metrics.acceptedBytes.inc(bytes);
          log.info({ id: `s${id}`, state: 'accepted', bytes });
          work?.loops.wake();
        },
        onRefused: ({ code }) => metrics.refusals.inc({ problem: code }),
      })
    : null;
  const push = settings.NGDP_PUSH_PORT !== null && work
    ? await openPushDoor(settings, (receipt) => takeAndCount(work.parts, receipt))
    : null;
  let open = true;
  const http = await openHttpDoor({ settings, database, metrics, doorsOpen: () => open });
  return {
    httpPort: http.port,
    smtpPort: smtp?.port ?? null,
    pushPort: push?.port ?? null,
    async stop() {
      open = false;
      await closeAll({ smtp, push, work, graceMs: settings.SHUTDOWN_GRACE_MS });
      await sayGoodbye(database, worker).catch(() => {});
      for (const client of ngdp.values()) await client.close();
      await http.close();
      await database.close();
    },
  };
}

interface Workers {
  readonly parts: GatewayParts;
  readonly loops: Work;
  close(): void;
}

type WorkerParts = Omit<
  GatewayParts,
  'settings' | 'channels' | 'isolate' | 'exchange' | 'ngdp' | 'newUuid' | 'wake'
> & { readonly config: Config; readonly ngdp: ReadonlyMap<string, NgdpClient> };

function startWorkers({ config, ngdp, ...given }: WorkerParts): Workers {
  const { settings } = config;
  const isolate = openIsolatePool(settings);
  const exchange = openExchangeClient(settings);
  const parts = {
    ...given,
    settings,
    channels: CHANNELS,
    isolate,
    exchange,
    ngdp: (cvr: string) => ngdp.get(cvr) ?? null,
    newUuid: randomUUID,
  };
  const loops = startWork(parts);
  return {
    parts: { ...parts, wake: loops.wake },
    loops,
    close() {
      isolate.close();
      exchange.close();
    },
  };
}

/** One client for each organisation, found under each of its CVR numbers. */
function ngdpClients({ settings, organisations }: Config): ReadonlyMap<string, NgdpClient> {
  const clients = new Map<string, NgdpClient>();
  if (settings.NGDP_URL === '') return clients;
  for (const organisation of organisations) {
    if (!organisation.ngdp) continue;
    const client = openNgdpClient(settings, organisation.ngdp);
    for (const cvr of organisation.cvrNumbers) clients.set(cvr, client);
  }
  return clients;
}

/** The doors ask `assess`; here the two meet. */
function doorRules({ settings, organisations }: Config, directory: Directory): DoorRules {
  const rules: SendingRules = { directory, channels: CHANNELS, massSends: false };
  return {
    cvrsOfPeer: knownPeers(organisations),
    refuseSender: (handover) => senderProblem(rules, handover),
    refuseRecipient: (handover, recipient) => recipientProblem(rules, handover, recipient),
    refuseHeader(handover, header) {
      if (header.receivedCount > settings.SMTP_RECEIVED_MAX) {
        return problemOf('too-many-received', { count: header.receivedCount, max: settings.SMTP_RECEIVED_MAX });
      }
      const { headerCount, addresses, ambiguous } = header.from;
      return authorProblem(rules, handover, {
        fromHeaderCount: headerCount,
        fromAddresses: addresses,
        ambiguous: ambiguous || header.malformed,
        originators: header.originatorOrgs,
      });
    },
  };
}

interface Closing {
  readonly smtp: SmtpDoor | null;
  readonly push: PushDoor | null;
  readonly work: Workers | null;
  readonly graceMs: number;
}

/** Takes nothing new, gives work under way its time, then ends the children. */
async function closeAll({ smtp, push, work, graceMs }: Closing): Promise<void> {
  await Promise.all([smtp?.close(), push?.close()]);
  let clock: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    clock = setTimeout(resolve, graceMs);
  });
  await Promise.race([work?.loops.stop() ?? Promise.resolve(), grace]);
  clearTimeout(clock);
  work?.close();
}
