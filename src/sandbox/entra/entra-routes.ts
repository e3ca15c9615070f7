import type { FastifyInstance } from 'fastify';
import { UnknownGraphSetting } from '../graph/graph-groups.ts';
import { PEOPLE } from '../people.ts';
import type { Entra } from './entra.ts';
import { TOKEN_VARIANTS, type TokenVariant } from './user-token.ts';

interface TokenQuestion {
  readonly person?: unknown;
  readonly variant?: unknown;
}

/**
 * The sandbox's own doors to Entra and Graph (design.md, "The sandbox and its contract"): people, tokens, group,
 * faults.
 */
export function addEntraRoutes(door: FastifyInstance, entra: Entra): void {
  door.get('/sandbox/people', async () => PEOPLE);

  door.post<{ Body: TokenQuestion | null | undefined }>('/sandbox/entra/tokens', async (request, reply) => {
    const { person = '', variant = 'valid' } = request.body ?? {};
    if (!isVariant(variant)) return reply.code(400).send({ message: `variant skal være en af ${TOKEN_VARIANTS.join(', ')}.` });
    const token = await entra.tokenFor(String(person), variant);
    return token ?? reply.code(404).send({ message: 'Der er ingen person med den adresse; se /sandbox/people.' });
  });

  door.post('/sandbox/entra/rotate-key', async () => ({ kid: await entra.rotateKey() }));

  door.get('/sandbox/graph/members', async () => ({ members: entra.groups.members.map(({ mail }) => mail) }));
  door.put('/sandbox/graph/members', async (request, reply) => orBadRequest(reply, () => entra.groups.setMembers(request.body)));
  door.post('/sandbox/graph/faults', async (request, reply) => orBadRequest(reply, () => entra.groups.setFault(request.body)));
}

function isVariant(variant: unknown): variant is TokenVariant {
  return (TOKEN_VARIANTS as readonly unknown[]).includes(variant);
}

function orBadRequest(reply: { code(status: number): unknown }, work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof UnknownGraphSetting)) throw error;
    reply.code(400);
    return { message: error.message };
  }
}
