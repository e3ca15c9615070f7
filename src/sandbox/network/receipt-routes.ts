import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { SenderSystem } from '../network-credentials.ts';
import { NetworkRefusal, pageOf } from './network-answer.ts';
import { receiptQuery, type Network } from './network.ts';

type Query = Readonly<Record<string, string | undefined>>;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Lets a system fetch the receipts of its own messages (memo-ngdp.md 4): ids page by page, one by id, in bulk, and
 * remove those that it has.
 */
export function addReceiptRoutes(
  door: FastifyInstance,
  base: string,
  network: Network,
  systemOf: (request: FastifyRequest) => SenderSystem,
): void {
  door.get(`${base}/receipts`, async (request) => {
    const query = receiptQuery(network, systemOf(request).systemId);
    const { page, size } = pageOf(request.query as Query);
    const [due, total] = await Promise.all([network.receipts.due(query, size, page * size), network.receipts.countDue(query)]);
    const totalPages = Math.ceil(total / size);
    return {
      content: due.map((receipt) => receipt.id),
      number: page,
      size,
      previous: page > 0 ? { page: page - 1, size } : null,
      next: page + 1 < totalPages ? { page: page + 1, size } : null,
      totalElements: total,
      totalPages,
    };
  });

  door.get(`${base}/receipts-bulk`, async (request) => {
    const query = receiptQuery(network, systemOf(request).systemId);
    const { page, size } = pageOf(request.query as Query);
    const [due, total] = await Promise.all([network.receipts.due(query, size, page * size), network.receipts.countDue(query)]);
    return {
      currentPage: page,
      totalPages: Math.ceil(total / size),
      elementsOnPage: due.length,
      totalElements: total,
      receipts: due.map(({ id, receipt }) => ({ ...(JSON.parse(receipt) as object), id })),
    };
  });

  door.get<{ Params: { id: string }; Querystring: Query }>(`${base}/receipts/:id`, async (request, reply) => {
    const { systemId } = systemOf(request);
    const found = await network.receipts.find(receiptQuery(network, systemId), knownId(request.params.id));
    if (!found) throw notFound();
    if (request.query['delete'] === 'true') await network.receipts.remove(systemId, found.id);
    return reply.type('application/json').send(found.receipt);
  });

  door.delete<{ Params: { id: string } }>(`${base}/receipts/:id`, async (request, reply) => {
    const { systemId } = systemOf(request);
    if (!(await network.receipts.remove(systemId, knownId(request.params.id)))) throw notFound();
    return reply.code(204).send();
  });
}

function knownId(id: string): string {
  if (UUID.test(id)) return id;
  throw notFound();
}

function notFound(): NetworkRefusal {
  return new NetworkRefusal(404, 'receipt.not.found', 'The resource was not found');
}
