import { memoChannelIds, type MemoChannelId } from '../../domain/channel.ts';
import { pollReceipts } from './chores.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { networkSettings } from '../settings/network-settings.ts';
import { startChore } from '../outbox/chore.ts';

/** Beyond the locks of start-work.ts; each channel has a range in which CVR numbers have room. */
const RECEIPT_LOCKS = 10_000_000_000;
const CVR_NUMBERS = 100_000_000;
/** Each holds a connection to the database while it polls. */
const POLLS_AT_ONCE = 4;

/**
 * Fetches receipts for each organisation that is connected to the network just then, each by itself: one that cannot log
 * on must not stop the others, and one that is new in the file has its turn without a restart.
 */
export function startReceiptPolls(parts: GatewayParts, channel: MemoChannelId): { stop(): Promise<void> } {
  const { receiptPollMs } = networkSettings(parts.settings, channel);
  if (receiptPollMs === 0) return { stop: () => Promise.resolve() };
  const { log } = parts;
  const underWay = new Map<string, Promise<void>>();
  let waiting: string[] = [];
  let stopped = false;
  const begin = () => {
    while (!stopped && underWay.size < POLLS_AT_ONCE) {
      const cvr = waiting.shift();
      if (cvr === undefined) return;
      const poll = pollAlone(parts, channel, cvr)
        .catch((error: unknown) => log.warn({
          chore: `receipts-${channel}-${cvr}`, state: 'chore-failed', reason: error,
        }))
        .finally(() => {
          underWay.delete(cvr);
          begin();
        });
      underWay.set(cvr, poll);
    }
  };
  const chore = startChore({
    name: `receipts-${channel}`,
    pauseMs: receiptPollMs,
    log,
    run() {
      const idle = parts.directory.organisations
        .map(({ cvrNumbers: [cvr = ''] }) => cvr)
        .filter((cvr) => !underWay.has(cvr) && !waiting.includes(cvr) && parts.network(channel, cvr) !== null);
      waiting = [...waiting, ...idle];
      begin();
      return Promise.resolve();
    },
  });
  return {
    async stop() {
      stopped = true;
      await chore.stop();
      await Promise.all(underWay.values());
    },
  };
}

async function pollAlone(parts: GatewayParts, channel: MemoChannelId, cvr: string): Promise<void> {
  const lock = RECEIPT_LOCKS + memoChannelIds.indexOf(channel) * CVR_NUMBERS + Number(cvr);
  await parts.database.alone(lock, () => pollReceipts(parts, channel, cvr));
}
