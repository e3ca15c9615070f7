import { randomUUID } from 'node:crypto';
import { memoChannelIds, type MemoChannelId } from '../domain/channel.ts';
import { makeDirectory, type Directory } from '../domain/organisation.ts';
import { problemOf, type Problem } from '../domain/problem.ts';
import type { DoorRules } from './accept/door-rules.ts';
import { knownPeers } from './accept/known-peers.ts';
import { openSmtpDoor, type SmtpDoor } from './accept/smtp-door.ts';
import { apiClientsOf } from './api/api-clients.ts';
import { openHttpDoor } from './api/http-door.ts';
import { apiStories } from './api-stories.ts';
import { authorProblem, recipientProblem, senderProblem, type SendingRules } from './assess/sender-rights.ts';
import { openExchangeClient } from './channels/mail/exchange-client.ts';
import { openNetworkClient, type NetworkClient } from './channels/network-client.ts';
import { openPushDoor, type PushDoor } from './channels/ngdp/push-door.ts';
import { takeAndCount } from './chores.ts';
import { withoutCredentials, type Config } from './config.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { openIsolatePool } from './isolate/isolate-pool.ts';
import { linkDoor } from './link-acts.ts';
import type { Log } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { networkSettings } from './network-settings.ts';
import { gather } from './outbox/gather.ts';
import { startWork, type Work } from './start-work.ts';
import { openDatabase } from './store/database.ts';
import { openSecretKeys } from './store/secret-keys.ts';
import { migrate } from './store/migrate.ts';
import type { BusinessReceipt } from './store/receipts.ts';
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
  const keys = openSecretKeys(settings.SECRET_KEYS_FILE);
  const organisations = () => config.organisations;
  const metrics = makeMetrics(database);
  const worker = randomUUID();
  await beat(database, worker);
  const networks = networkClients(config);
  const work = settings.ROLES.includes('work')
    ? startWorkers({ config, log, directory, organisations, keys, database, metrics, worker, networks, ...surroundings })
    : null;
  const accepts = settings.ROLES.includes('accept');
  const wake = () => work?.loops.wake();
  const taking = whatTakesMail({ config, log, directory, organisations, keys, database, metrics, now: surroundings.now, wake });
  const smtp = accepts ? await openSmtpDoor(taking) : null;
  const push = settings.NGDP_PUSH_PORT !== null && work
    ? await openPushDoor(settings, receiptTaker(work.parts))
    : null;
  let open = true;
  const clients = apiClientsOf(config.organisations);
  const acting = { ...taking, wake, channels: connectedChannels(config), newUuid: randomUUID };
  const api = accepts ? { ...acting, clients, ...apiStories(acting) } : null;
  const http = await openHttpDoor({ settings, database, metrics, doorsOpen: () => open, api, links: linkDoor(acting) });
  return {
    httpPort: http.port,
    smtpPort: smtp?.port ?? null,
    pushPort: push?.port ?? null,
    async stop() {
      open = false;
      await closeAll({ smtp, push, work, graceMs: settings.SHUTDOWN_GRACE_MS });
      await sayGoodbye(database, worker).catch(() => {});
      for (const client of new Set(networks.values())) await client.close();
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
  'settings' | 'channels' | 'isolate' | 'exchange' | 'network' | 'newUuid' | 'wake'
> & { readonly config: Config; readonly networks: ReadonlyMap<string, NetworkClient> };

function startWorkers({ config, networks, ...given }: WorkerParts): Workers {
  const { settings } = config;
  const isolate = openIsolatePool(settings);
  const exchange = openExchangeClient(settings);
  const parts = {
    ...given,
    settings,
    channels: connectedChannels(config),
    isolate,
    exchange,
    network: (channel: MemoChannelId, cvr: string) => networks.get(networkKey(channel, cvr)) ?? null,
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

/** Receipts are pushed one by one; those that come at the same time are taken together. */
function receiptTaker(parts: GatewayParts): (receipt: BusinessReceipt) => Promise<void> {
  return gather(async (receipts: readonly BusinessReceipt[]) => {
    await takeAndCount(parts, receipts);
    return receipts.map(() => undefined);
  }, RECEIPTS_AT_ONCE);
}

const RECEIPTS_AT_ONCE = 500;

/** Networks that this gateway is set up to call. */
function connectedChannels({ settings }: Config): readonly MemoChannelId[] {
  return memoChannelIds.filter((channel) => networkSettings(settings, channel).url !== '');
}

/** One client for each organisation and network, found under each of the organisation's CVR numbers. */
function networkClients(config: Config): ReadonlyMap<string, NetworkClient> {
  const clients = new Map<string, NetworkClient>();
  for (const channel of connectedChannels(config)) {
    for (const organisation of config.organisations) {
      const credentials = organisation[channel];
      if (!credentials) continue;
      const client = openNetworkClient(networkSettings(config.settings, channel), credentials);
      for (const cvr of organisation.cvrNumbers) clients.set(networkKey(channel, cvr), client);
    }
  }
  return clients;
}

function networkKey(channel: MemoChannelId, cvr: string): string {
  return `${channel} ${cvr}`;
}

type TakingParts = Pick<GatewayParts, 'log' | 'directory' | 'organisations' | 'keys' | 'database' | 'metrics' | 'now' | 'wake'> & { readonly config: Config };

/** What every door that takes mail in has in common: by SMTP and by HTTP a mail is judged and counted alike. */
function whatTakesMail({ config, metrics, wake, ...given }: TakingParts) {
  return {
    ...given,
    settings: config.settings,
    rules: doorRules(config, given.directory),
    onAccepted(id: number, bytes: number) {
      metrics.submissions.inc({ state: 'accepted' });
      metrics.acceptedBytes.inc(bytes);
      given.log.info({ id: `s${id}`, state: 'accepted', bytes });
      wake();
    },
    onRefused: ({ code }: Problem) => metrics.refusals.inc({ problem: code }),
  };
}

/** The doors ask `assess`; here the two meet. */
function doorRules(config: Config, directory: Directory): DoorRules {
  const { settings, organisations } = config;
  const rules: SendingRules = { directory, channels: connectedChannels(config) };
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
