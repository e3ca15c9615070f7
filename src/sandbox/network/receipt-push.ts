import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Agent, request } from 'undici';
import type { Certificates } from '../certificates.ts';
import type { RunningGateway } from '../gateway-process.ts';
import { receiptQuery, type Network } from './network.ts';
import type { WaitingReceipt } from './receipt-store.ts';

/** Pushes receipts to the gateway while that is how they are to come. */
export interface ReceiptPush {
  close(): Promise<void>;
}

const LOOK_AGAIN_MS = 250;
const CALL_PATIENCE_MS = 5_000;
const AT_ONCE = 500;
const CONNECTIONS = 16;

/**
 * Hands due receipts to the gateway's receiptEndpoint as NgDP does (memo-ngdp.md 4, push: the Receipt as JSON, taken
 * when the answer is 200), with the network's client certificate, over a few connections that stay open. Those of one
 * message come in order. One that is not taken is tried again.
 */
export async function openReceiptPush(network: Network, gateway: RunningGateway, certificates: Certificates): Promise<ReceiptPush> {
  const { certificateFile, keyFile } = certificates.networkClient;
  const [cert, key, ca] = await Promise.all([certificateFile, keyFile, certificates.authorityFile].map((file) => readFile(file)));
  const agent = new Agent({ connections: CONNECTIONS, connect: { cert, key, ca } });
  const ending = new AbortController();
  const work = pushUntil(ending.signal, network, gateway, agent);
  return {
    close: async () => {
      ending.abort();
      await work;
      await agent.destroy();
    },
  };
}

async function pushUntil(ending: AbortSignal, network: Network, gateway: RunningGateway, agent: Agent): Promise<void> {
  while (!ending.aborted) {
    const { pushUrl } = gateway.doors;
    const wanted = network.settings.receipts.by === 'push' && pushUrl !== null;
    const pushed = wanted ? await pushDue(network, ending, (receipt) => push(pushUrl, receipt, agent)) : 0;
    if (pushed < AT_ONCE) await pause(LOOK_AGAIN_MS, undefined, { signal: ending }).catch(() => undefined);
  }
}

/** Pushes the oldest due receipts and forgets those that were taken; answers how many. */
async function pushDue(network: Network, ending: AbortSignal, call: (receipt: WaitingReceipt) => Promise<void>): Promise<number> {
  const taken: string[] = [];
  try {
    const chains = chainsOf(await network.receipts.due(receiptQuery(network, null), AT_ONCE, 0));
    const next = chains.values();
    const workThrough = async (): Promise<void> => {
      for (const chain of next) {
        for (const receipt of chain) {
          if (ending.aborted) return;
          await call(receipt);
          taken.push(receipt.id);
        }
      }
    };
    // Settled, not just begun: the others may still be taken when one is not.
    const ends = await Promise.allSettled(Array.from({ length: CONNECTIONS }, workThrough));
    if (taken.length > 0) await network.receipts.removeAll(taken);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  } catch (error) {
    network.log.warn({ error: String(error) }, 'a receipt could not be pushed');
    return 0;
  }
  return taken.length;
}

/** Receipts of the same message one after the other, as are all those about no message. */
function chainsOf(receipts: readonly WaitingReceipt[]): readonly (readonly WaitingReceipt[])[] {
  return [...Map.groupBy(receipts, ({ messageUUID }) => messageUUID?.toLowerCase() ?? '').values()];
}

async function push(url: string, receipt: WaitingReceipt, agent: Agent): Promise<void> {
  const answer = await request(url, {
    method: 'POST',
    dispatcher: agent,
    headers: { 'content-type': 'application/json' },
    body: receipt.receipt,
    headersTimeout: CALL_PATIENCE_MS,
    signal: AbortSignal.timeout(CALL_PATIENCE_MS),
  });
  await answer.body.dump();
  if (answer.statusCode !== 200) throw new Error(`the gateway answered ${answer.statusCode}`);
}
