import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import type { BodyStore } from '../body-store.ts';
import type { MailboxStore } from './mailbox-store.ts';

/** Shows what mailboxes received (design.md, "What arrived outside"). Addresses can hold CPR numbers: never log these. */
export function addMailboxRoutes(door: FastifyInstance, mailboxes: MailboxStore, bodies: BodyStore): void {
  door.get('/sandbox/mailboxes', async () => (await mailboxes.addresses()).map((address) => ({ address })));

  door.get<{ Params: { address: string } }>('/sandbox/mailboxes/:address', async (request) => mailboxes.list(request.params.address));

  door.get<{ Params: { address: string; id: string } }>('/sandbox/mailboxes/:address/:id', async (request, reply) => {
    const mail = await mailboxes.find(request.params.address, request.params.id);
    if (!mail) return reply.code(404).send({ message: 'Der er ingen mail med det id i postkassen.' });
    reply.header('content-length', mail.body.size).type('message/rfc822');
    return reply.send(Readable.from(bodies.read(mail.body)));
  });
}
