import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import { receiptOwner } from './receipt-owner.ts';
import { UnknownSetting } from './network-settings.ts';
import type { Network } from './network.ts';

/**
 * The sandbox's own doors to a network (design.md, "What arrived outside"): what it received, how it misbehaves, its
 * receipts.
 */
export function addNetworkRoutes(door: FastifyInstance, network: Network): void {
  const base = `/sandbox/${network.name}`;
  door.get(`${base}/messages`, async () => network.messages.list(network.name));
  door.get(`${base}/receipts`, async () => []);

  door.get<{ Params: { id: string } }>(`${base}/containers/:id`, async (request, reply) => {
    const container = await network.messages.findContainer(network.name, request.params.id);
    if (!container) return reply.code(404).send({ message: 'Der er ingen container med det id.' });
    reply.header('content-length', container.size).type('application/x-lzma');
    return reply.send(Readable.from(network.bodies.read(container)));
  });

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
