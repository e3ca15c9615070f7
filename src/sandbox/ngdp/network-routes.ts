import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { receiptOwner } from './receipt-owner.ts';
import { UnknownSetting } from './network-settings.ts';
import type { Network } from './network.ts';

const CONTAINER = 'Der er ingen container med det id.';

/**
 * The sandbox's own doors to a network (design.md, "What arrived outside"): what it received, how it misbehaves, its
 * receipts. `network` null: a network that is not built yet, and so has received nothing.
 */
export function addNetworkRoutes(door: FastifyInstance, name: string, network: Network | null): void {
  const base = `/sandbox/${name}`;
  door.get(`${base}/messages`, async () => (await network?.messages.list(network.name)) ?? []);
  door.get(`${base}/receipts`, async () => []);
  door.get(`${base}/containers/:id`, async (_request, reply) => reply.code(404).send({ message: CONTAINER }));
  if (network) addBuiltRoutes(door, base, network);
}

function addBuiltRoutes(door: FastifyInstance, base: string, network: Network): void {
  door.get<{ Params: { messageUUID: string } }>(`${base}/messages/:messageUUID`, async (request, reply) => {
    const message = await network.messages.find(network.name, request.params.messageUUID);
    if (!message) return reply.code(404).send({ message: 'Der er ingen meddelelse med det id.' });
    reply.header('content-length', message.body.size).type('application/xml');
    return reply.send(Readable.from(network.bodies.read(message.body)));
  });

  door.post(`${base}/faults`, async (request, reply) => {
    return orBadRequest(reply, () => network.settings.setFault(request.body));
  });

  door.post(`${base}/receipts`, async (request, reply) => {
    return orBadRequest(reply, () => network.settings.setReceipts(request.body));
  });

  door.post(`${base}/receipts/give`, async (request, reply) => {
    return orBadRequest(reply, async () => {
      const receipt = request.body;
      if (typeof receipt !== 'object' || receipt === null || Array.isArray(receipt)) {
        throw new UnknownSetting('a Receipt as a JSON object is wanted');
      }
      return { id: await network.receipts.give(network.name, await receiptOwner(network, receipt), receipt) };
    });
  });
}

async function orBadRequest(reply: { code(status: number): unknown }, work: () => Promise<unknown>): Promise<unknown> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnknownSetting)) throw error;
    reply.code(400);
    return { message: error.message };
  }
}
