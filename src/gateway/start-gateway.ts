import { randomUUID } from 'node:crypto';
import { memoChannelIds, type MemoChannelId } from '../domain/channel.ts';
import { problemOf, type Problem } from '../domain/problem.ts';
import type { DoorRules } from './accept/door-rules.ts';
import { knownPeers } from './accept/known-peers.ts';
import { openSmtpDoor, type SmtpDoor } from './accept/smtp-door.ts';
import { apiClientsOf, type ApiClients } from './api/api-clients.ts';
import { openHttpDoor } from './api/http-door.ts';
import { apiStories } from './api-stories.ts';
import { authorProblem, recipientProblem, senderProblem, type SendingRules } from './assess/sender-rights.ts';
import { openExchangeClient, type RenewableExchangeClient } from './channels/mail/exchange-client.ts';
import { openPushDoor, type PushDoor } from './channels/ngdp/push-door.ts';
import { takeAndCount } from './upkeep/chores.ts';
import type { Config } from './config.ts';
import { followFoundMailboxes } from './upkeep/find-mailboxes.ts';
import { startFollowingFiles, type Renewable } from './upkeep/follow-files.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { openConverters } from './isolate/converters.ts';
import { openDocumentPool } from './isolate/document-pool.ts';
import { openIsolatePool } from './isolate/isolate-pool.ts';
import { linkDoor } from './acts/link-acts.ts';
import { openLiveOrganisations, type LiveOrganisations } from './settings/live-organisations.ts';
import type { Log } from './log.ts';
import { makeMetrics } from './metrics.ts';
import { openNetworkClients, type NetworkClients } from './network-clients.ts';
import { newsStories } from './news/news-stories.ts';
import { networkSettings } from './settings/network-settings.ts';
import { gather } from './outbox/gather.ts';
import { startWork, type Work } from './start-work.ts';
import { openWatchedRegisters } from './addin/watched-registers.ts';
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
    log.warn({ state: 'database-connection-lost', reason: error }),
  );
  await migrate(database);
  const live = openLiveOrganisations(settings, config.organisations);
  const { directory, organisations } = live;
  const keys = openSecretKeys(settings.SECRET_KEYS_FILE);
  const mailboxes = await followFoundMailboxes({ database, live, log, pollMs: settings.MAILBOX_GROUP_POLL_MS });
  const metrics = makeMetrics(database);
  const worker = randomUUID();
  await beat(database, worker);
  const networks = openNetworkClients({ settings, organisations });
  let work: Workers | null = null;
  const wake = () => work?.loops.wake();
  const registers = openWatchedRegisters({ settings, log, directory, database, now: surroundings.now, wake });
  if (settings.ROLES.includes('work')) work = startWorkers({ config, log, directory, organisations, keys, database, metrics, worker, networks, registers, ...surroundings });
  const accepts = settings.ROLES.includes('accept');
  const taking = whatTakesMail({ config, live, log, directory, organisations, keys, database, metrics, now: surroundings.now, wake });
  const smtp = accepts ? await openSmtpDoor(taking) : null;
  const push = settings.NGDP_PUSH_PORT !== null && work
    ? await openPushDoor(settings, receiptTaker(work.parts))
    : null;
  let open = true;
  const documents = openDocumentPool(settings);
  const acting = {
    ...taking, wake, channels: connectedChannels(config), newUuid: randomUUID, network: networks.clientOf, registers, documents,
    converters: openConverters(settings), writtenOrganisations: live.written, news: newsStories(taking),
  };
  const api = accepts ? { ...acting, clients: apiClients(live), ...apiStories(acting) } : null;
  const http = await openHttpDoor({ settings, database, metrics, doorsOpen: () => open, api, links: linkDoor(acting), news: acting.news });
  const files = startFollowingFiles({ ...acting, live, renewables: renewables({ networks, smtp, push, exchange: work?.exchange }) });
  return {
    httpPort: http.port,
    smtpPort: smtp?.port ?? null,
    pushPort: push?.port ?? null,
    async stop() {
      open = false;
      await Promise.all([files.stop(), mailboxes.stop(), acting.converters.close()]);
      await closeAll({ smtp, push, work, graceMs: settings.SHUTDOWN_GRACE_MS });
      await sayGoodbye(database, worker).catch(() => {});
      await networks.close();
      await registers.close();
      await http.close();
      documents.close();
      await database.close();
    },
  };
}

interface Workers {
  readonly parts: GatewayParts;
  readonly loops: Work;
  readonly exchange: RenewableExchangeClient;
  close(): void;
}

type WorkerParts = Omit<
  GatewayParts,
  'settings' | 'channels' | 'isolate' | 'exchange' | 'network' | 'newUuid' | 'wake'
> & { readonly config: Config; readonly networks: NetworkClients };

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
    network: networks.clientOf,
    newUuid: randomUUID,
  };
  const loops = startWork(parts);
  return {
    parts: { ...parts, wake: loops.wake },
    loops,
    exchange,
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

interface UsesOfCertificates {
  readonly networks: NetworkClients;
  readonly smtp: SmtpDoor | null;
  readonly push: PushDoor | null;
  readonly exchange: RenewableExchangeClient | undefined;
}

/** Everything here that shows or trusts a certificate. */
function renewables({ networks, smtp, push, exchange }: UsesOfCertificates): readonly Renewable[] {
  return [
    { name: 'networks', renew: networks.renew },
    ...(smtp ? [{ name: 'smtp', renew: smtp.renew }] : []),
    ...(push ? [{ name: 'ngdp-push', renew: push.renew }] : []),
    ...(exchange ? [{ name: 'exchange', renew: exchange.renew }] : []),
  ];
}

/** The programs that may log on, as the organisations are now. */
function apiClients(live: LiveOrganisations): ApiClients {
  const clients = live.following(apiClientsOf);
  return {
    withId: (clientId) => clients().withId(clientId),
    withSecret: (clientId, secret) => clients().withSecret(clientId, secret),
  };
}

type TakingParts = Pick<GatewayParts, 'log' | 'directory' | 'organisations' | 'keys' | 'database' | 'metrics' | 'now' | 'wake'> & { readonly config: Config; readonly live: LiveOrganisations };

/** What every door that takes mail in has in common: by SMTP and by HTTP a mail is judged and counted alike. */
function whatTakesMail({ config, live, metrics, wake, ...given }: TakingParts) {
  return {
    ...given,
    settings: config.settings,
    rules: doorRules(config, live),
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
function doorRules(config: Config, live: LiveOrganisations): DoorRules {
  const { settings } = config;
  const rules: SendingRules = { directory: live.directory, channels: connectedChannels(config) };
  const peers = live.following(knownPeers);
  return {
    cvrsOfPeer: (peer) => peers()(peer),
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
