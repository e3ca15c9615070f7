import type { MemoChannelId } from '../domain/channel.ts';
import { followTime, freeWork } from './upkeep/chores.ts';
import { deliverContainer, giveContainerBack } from './outgoing/deliver-container.ts';
import { deliverMessage, giveDeliveryBack } from './outgoing/deliver-message.ts';
import { startFindingMailboxes } from './upkeep/find-mailboxes.ts';
import { forgetOld } from './upkeep/forget-old.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { convertSubmission, giveSubmissionBack } from './outbound.ts';
import { startClaimLoop, type ClaimLoop } from './outbox/claim-loop.ts';
import { startChore } from './outbox/chore.ts';
import type { Settings } from './config.ts';
import { networkSettings } from './settings/network-settings.ts';
import { digestMailboxes } from './upkeep/receipt-digests.ts';
import { startReceiptPolls } from './upkeep/receipt-polls.ts';
import { giveNoticeBack, sendNotice } from './outgoing/send-notice.ts';
import { claimContainers, type ClaimedContainer } from './store/containers.ts';
import { claimDeliveries, type ClaimedDelivery } from './store/deliveries.ts';
import { hasDueWork } from './store/due-work.ts';
import { claimNotices } from './store/notices.ts';
import { claimSubmissions, type ClaimedSubmission } from './store/submissions.ts';
import { beat, freeUnheld, freeUnheldContainers, freeUnheldDeliveries } from './store/workers.ts';
import { openExpiryWarnings } from './upkeep/warn-of-expiry.ts';

/** Locks under which recurring work is done by one process at a time; any distinct numbers will do, below those of receipt-polls.ts. */
const TIME_LOCK = 7_041_010;
const RETENTION_LOCK = 7_041_011;

export interface Work {
  wake(): void;
  stop(): Promise<void>;
}

/** Starts everything that a process with the role `work` does, until it is stopped. */
export function startWork(parts: Omit<GatewayParts, 'wake'>): Work {
  const loops: ClaimLoop[] = [];
  const wake = () => {
    for (const loop of loops) loop.wake();
  };
  const whole: GatewayParts = { ...parts, wake };
  loops.push(conversion(whole), notices(whole), containers(whole), ...deliveryLoops(whole));
  const chores = [startLooking(whole), ...startChores(whole)];
  return {
    wake,
    async stop() {
      await Promise.all([...loops, ...chores].map((part) => part.stop()));
    },
  };
}

/** Each loop also looks by itself, against a fault of ours in the look that is shared. */
function waits({ WORKER_POLL_MS, WORKER_IDLE_MS }: Settings): { readonly pollMs: number; readonly idleMs: number } {
  return { pollMs: WORKER_POLL_MS, idleMs: WORKER_IDLE_MS };
}

/** Looks for all loops whether something is due: other processes put rows there too, and what waited has its time. */
function startLooking(parts: GatewayParts): { stop(): Promise<void> } {
  const { settings, database, log } = parts;
  return startChore({
    name: 'look-for-work', pauseMs: settings.WORKER_POLL_MS, log,
    async run() {
      const question = { now: parts.now(), organisationCvrs: allCvrNumbers(parts), digestMailboxes: digestMailboxes(parts) };
      if (await hasDueWork(database, question)) parts.wake();
    },
  });
}

/** All of them: what was written before another became the first must go too. */
function allCvrNumbers({ directory }: GatewayParts): readonly string[] {
  return directory.organisations.flatMap(({ cvrNumbers }) => cvrNumbers);
}

/** Mass sends have some of the slots: filling in ten thousand letters takes minutes, and a single letter waits for none of it. */
function conversion(parts: GatewayParts): ClaimLoop {
  const { settings, database, worker, log } = parts;
  const massMax = Math.max(1, Math.min(settings.MASS_CONVERT_CONCURRENCY, settings.CONVERT_CONCURRENCY - 1));
  const held = new Set<ClaimedSubmission>();
  const massFree = () => massMax - [...held].filter(({ isMassSend }) => isMassSend).length;
  const mailDomains = () => parts.directory.organisations.flatMap((organisation) => organisation.mailDomains);
  return startClaimLoop<ClaimedSubmission>({
    name: 'convert',
    concurrency: settings.CONVERT_CONCURRENCY,
    ...waits(settings),
    claim: (limit) => claimSubmissions(database, { worker, now: parts.now(), limit, massLimit: massFree(), mailDomains: mailDomains() }),
    work: (submission) => convertSubmission(parts, submission),
    giveBack: (submission, error) => giveSubmissionBack(parts, submission, error),
    freeUnheld: (items) => freeUnheld(database, { worker, queue: 'submission', held: items }),
    held,
    log,
  });
}

function notices(parts: GatewayParts): ClaimLoop {
  const { settings, database, worker, log } = parts;
  return startClaimLoop({
    name: 'notify',
    concurrency: settings.RELAY_CONCURRENCY,
    ...waits(settings),
    claim: (limit) => claimNotices(database, { worker, now: parts.now(), limit, digestMailboxes: digestMailboxes(parts) }),
    work: (notice) => sendNotice(parts, notice),
    giveBack: (notice) => giveNoticeBack(parts, notice),
    freeUnheld: (held) => freeUnheld(database, { worker, queue: 'notice', held }),
    log,
  });
}

/** Mass sends have slots of their own, so that a container that is being compressed holds up nobody's letter. */
function containers(parts: GatewayParts): ClaimLoop {
  const { settings, database, worker, log } = parts;
  return startClaimLoop<ClaimedContainer>({
    name: 'containers',
    concurrency: settings.MASS_CONTAINER_CONCURRENCY,
    ...waits(settings),
    claim: (limit) => claimContainers(database, { worker, channel: 'ngdp', now: parts.now(), limit }),
    work: (container) => deliverContainer(parts, container),
    giveBack: (container) => giveContainerBack(parts, container),
    freeUnheld: (held) => freeUnheldContainers(database, { worker, held }),
    log,
  });
}

/** Loops of their own for each network, so that none waits for another; some slots only for mails to few recipients. */
function deliveryLoops(parts: GatewayParts): readonly ClaimLoop[] {
  const { settings, channels } = parts;
  const mail = { channel: 'mail', held: new Set<ClaimedDelivery>(), concurrency: settings.RELAY_CONCURRENCY, singleOnly: false } as const;
  return [deliveryLoop(parts, mail), ...channels.flatMap((channel) => networkLoops(parts, channel))];
}

function networkLoops(parts: GatewayParts, channel: MemoChannelId): readonly ClaimLoop[] {
  const { concurrency, reservedForSingle } = networkSettings(parts.settings, channel);
  const reserved = Math.min(reservedForSingle, concurrency - 1);
  const held = new Set<ClaimedDelivery>();
  return [
    deliveryLoop(parts, { channel, held, concurrency: concurrency - reserved, singleOnly: false }),
    ...(reserved > 0 ? [deliveryLoop(parts, { channel, held, concurrency: reserved, singleOnly: true })] : []),
  ];
}

interface DeliveryLoop {
  readonly channel: 'mail' | MemoChannelId;
  readonly concurrency: number;
  readonly singleOnly: boolean;
  readonly held: Set<ClaimedDelivery>;
}

function deliveryLoop(parts: GatewayParts, { channel, concurrency, singleOnly, held }: DeliveryLoop): ClaimLoop {
  const { settings, database, worker, log } = parts;
  return startClaimLoop<ClaimedDelivery>({
    name: singleOnly ? `${channel}-single` : channel,
    concurrency,
    ...waits(settings),
    claim: (limit) => claimDeliveries(database, { worker, channel, now: parts.now(), limit, singleOnly, organisationCvrs: allCvrNumbers(parts) }),
    work: (delivery) => deliverMessage(parts, delivery),
    giveBack: (delivery) => giveDeliveryBack(parts, delivery),
    freeUnheld: (items) => freeUnheldDeliveries(database, { worker, channel, held: items }),
    held,
    log,
  });
}

function startChores(parts: GatewayParts): readonly { stop(): Promise<void> }[] {
  const { settings, database, log } = parts;
  const chore = (name: string, pauseMs: number, run: () => Promise<void>) => startChore({ name, pauseMs, run, log });
  return [
    chore('heartbeat', settings.WORKER_HEARTBEAT_MS, () => beat(database, parts.worker)),
    chore('free-work', Math.min(settings.WORKER_HEARTBEAT_MS, settings.WORKER_LEASE_MS), () => freeWork(parts)),
    chore('follow-time', settings.FOLLOW_TIME_MS, async () => {
      await database.alone(TIME_LOCK, () => followTime(parts));
    }),
    startFindingMailboxes(parts),
    chore('expiry', settings.EXPIRY_POLL_MS, openExpiryWarnings(parts)),
    chore('forget-old', settings.RETENTION_POLL_MS, async () => {
      await database.alone(RETENTION_LOCK, () => forgetOld(parts));
    }),
    ...parts.channels.map((channel) => startReceiptPolls(parts, channel)),
  ];
}
