import { followTime, freeWork, pollReceipts } from './chores.ts';
import { deliverMessage, giveDeliveryBack } from './deliver-message.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { convertSubmission, giveSubmissionBack } from './outbound.ts';
import { startClaimLoop, type ClaimLoop } from './outbox/claim-loop.ts';
import { startChore } from './outbox/chore.ts';
import { giveNoticeBack, sendNotice } from './send-notice.ts';
import { claimDeliveries, type ClaimedDelivery } from './store/deliveries.ts';
import { claimNotices } from './store/notices.ts';
import { claimSubmissions } from './store/submissions.ts';
import { beat, freeUnheld } from './store/workers.ts';

/** Locks under which recurring work is done by one process at a time; any distinct numbers will do. */
const TIME_LOCK = 7_041_010;
const RECEIPT_LOCK = 7_041_020;

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
  loops.push(conversion(whole), notices(whole), ...deliveryLoops(whole));
  const chores = startChores(whole);
  return {
    wake,
    async stop() {
      await Promise.all([...loops, ...chores].map((part) => part.stop()));
    },
  };
}

function conversion(parts: GatewayParts): ClaimLoop {
  const { settings, database, worker, log } = parts;
  return startClaimLoop({
    name: 'convert',
    concurrency: settings.CONVERT_CONCURRENCY,
    pollMs: settings.WORKER_POLL_MS,
    claim: (limit) => claimSubmissions(database, { worker, now: parts.now(), limit }),
    work: (submission) => convertSubmission(parts, submission),
    giveBack: (submission, error) => giveSubmissionBack(parts, submission, error),
    freeUnheld: (held) => freeUnheld(database, { worker, queue: 'submission', held }),
    log,
  });
}

function notices(parts: GatewayParts): ClaimLoop {
  const { settings, database, worker, log } = parts;
  return startClaimLoop({
    name: 'notify',
    concurrency: settings.RELAY_CONCURRENCY,
    pollMs: settings.WORKER_POLL_MS,
    claim: (limit) => claimNotices(database, { worker, now: parts.now(), limit }),
    work: (notice) => sendNotice(parts, notice),
    giveBack: (notice) => giveNoticeBack(parts, notice),
    freeUnheld: (held) => freeUnheld(database, { worker, queue: 'notice', held }),
    log,
  });
}

/** One loop for each network, so that none waits for another; some of NgDP's slots only for mails to few recipients. */
function deliveryLoops(parts: GatewayParts): readonly ClaimLoop[] {
  const { settings } = parts;
  const reserved = Math.min(settings.NGDP_RESERVED_FOR_SINGLE, settings.NGDP_CONCURRENCY - 1);
  const ngdp = { channel: 'ngdp', held: new Set<ClaimedDelivery>() } as const;
  return [
    deliveryLoop(parts, { channel: 'mail', held: new Set(), concurrency: settings.RELAY_CONCURRENCY, singleOnly: false }),
    deliveryLoop(parts, { ...ngdp, concurrency: settings.NGDP_CONCURRENCY - reserved, singleOnly: false }),
    deliveryLoop(parts, { ...ngdp, concurrency: reserved, singleOnly: true }),
  ];
}

interface DeliveryLoop {
  readonly channel: 'mail' | 'ngdp';
  readonly concurrency: number;
  readonly singleOnly: boolean;
  readonly held: Set<ClaimedDelivery>;
}

function deliveryLoop(parts: GatewayParts, { channel, concurrency, singleOnly, held }: DeliveryLoop): ClaimLoop {
  const { settings, database, worker, log } = parts;
  return startClaimLoop<ClaimedDelivery>({
    name: singleOnly ? `${channel}-single` : channel,
    concurrency,
    pollMs: settings.WORKER_POLL_MS,
    claim: (limit) => claimDeliveries(database, { worker, channel, now: parts.now(), limit, singleOnly }),
    work: (delivery) => deliverMessage(parts, delivery),
    giveBack: (delivery) => giveDeliveryBack(parts, delivery),
    freeUnheld: (items) => freeUnheld(database, { worker, queue: channel, held: items }),
    held,
    log,
  });
}

function startChores(parts: GatewayParts): readonly { stop(): Promise<void> }[] {
  const { settings, database, log } = parts;
  const chore = (name: string, pauseMs: number, run: () => Promise<void>) => startChore({ name, pauseMs, run, log });
  const receiptPolls = settings.NGDP_RECEIPT_POLL_MS === 0 ? [] : parts.directory.organisations;
  return [
    chore('heartbeat', settings.WORKER_HEARTBEAT_MS, () => beat(database, parts.worker)),
    chore('free-work', Math.min(settings.WORKER_HEARTBEAT_MS, settings.WORKER_LEASE_MS), () => freeWork(parts)),
    chore('follow-time', settings.FOLLOW_TIME_MS, async () => {
      await database.alone(TIME_LOCK, () => followTime(parts));
    }),
    ...receiptPolls.map((organisation, n) =>
      chore(`receipts-${n}`, settings.NGDP_RECEIPT_POLL_MS, async () => {
        await database.alone(RECEIPT_LOCK + n, () => pollReceipts(parts, organisation.cvrNumbers[0] ?? ''));
      }),
    ),
  ];
}
