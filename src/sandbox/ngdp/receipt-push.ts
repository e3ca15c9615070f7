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
const AT_ONCE = 100;

/**
 * Hands due receipts to the gateway's receiptEndpoint as NgDP does (memo-ngdp.md 4, push: the Receipt as JSON, taken
 * when the answer is 200), in order, with the network's client certificate. One that is not taken is tried again.
 */
export async function openReceiptPush(network: Network, gateway: RunningGateway, certificates: Certificates): Promise<ReceiptPush> {
  const { certificateFile, keyFile } = certificates.networkClient;
  const [cert, key, ca] = await Promise.all([certificateFile, keyFile, certificates.authorityFile].map((file) => readFile(file)));
  const agent = new Agent({ connect: { cert, key, ca } });
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
    if (network.settings.receipts.by === 'push' && pushUrl !== null) {
      try {
        const due = await network.receipts.due(receiptQuery(network, null), AT_ONCE, 0);
        for (const receipt of due) await push(network, pushUrl, receipt, agent);
      } catch (error) {
        network.log.warn({ error: String(error) }, 'a receipt could not be pushed');
      }
    }
    await pause(LOOK_AGAIN_MS, undefined, { signal: ending }).catch(() => undefined);
  }
}

async function push(network: Network, url: string, receipt: WaitingReceipt, agent: Agent): Promise<void> {
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
  await network.receipts.remove(receipt.systemId, receipt.id);
}
