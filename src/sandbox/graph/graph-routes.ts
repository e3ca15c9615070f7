import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { EntraKeys } from '../entra/entra-keys.ts';
import { MAILBOX_GROUP, type GraphGroups, type GraphMember } from './graph-groups.ts';

export const GRAPH_BASE = '/graph/v1.0';

const GRAPH_AUDIENCE = 'https://graph.microsoft.com';
const PAGE_DEFAULT = 100;
const PAGE_MAX = 999;

export interface GraphDoor {
  readonly keys: EntraKeys;
  readonly graphUrl: () => string;
}

interface GraphCall {
  readonly Params: { readonly id: string };
  readonly Querystring: Readonly<Record<string, string | undefined>>;
}

/** A refusal in Graph's words. */
class GraphRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Adds the calls of Microsoft Graph that read a group and its members, with Graph's paging, refusals and throttling.
 */
export function addGraphRoutes(door: FastifyInstance, groups: GraphGroups, { keys, graphUrl }: GraphDoor): void {
  void door.register(async (graph) => {
    graph.setErrorHandler(async (error, _request, reply) => await giveError(reply, error));
    graph.addHook('onRequest', async (request, reply) => {
      await checkCaller(request, groups, keys);
      const fault = groups.strike();
      if (fault.mode === 'timeout') return void reply.hijack();
      if (fault.mode === 'status') {
        if (fault.retryAfterS !== null) reply.header('retry-after', fault.retryAfterS);
        const code = fault.status === 429 ? 'TooManyRequests' : 'serviceNotAvailable';
        throw new GraphRefusal(fault.status, code, 'The exercise asked for this answer');
      }
      if (fault.mode === 'partial-page' && (request.query as GraphCall['Querystring'])['$skiptoken'] !== undefined) {
        throw new GraphRefusal(503, 'serviceNotAvailable', 'The exercise asked for half an answer');
      }
      if (fault.mode === 'partial-page') partial.add(request);
    });
    const partial = new WeakSet<FastifyRequest>();

    graph.get<GraphCall>('/groups', async ({ query }) => {
      const [, mail] = /^mail eq '((?:[^']|'')*)'$/.exec(query['$filter'] ?? '') ?? [];
      if (mail === undefined) throw new GraphRefusal(400, 'BadRequest', 'Invalid filter clause');
      const found = mail.replaceAll("''", "'").toLowerCase() === MAILBOX_GROUP.mail.toLowerCase();
      return { '@odata.context': `${graphUrl()}/$metadata#groups(id,mail)`, value: found ? [MAILBOX_GROUP] : [] };
    });
    graph.get<GraphCall>('/groups/:id', async ({ params }) => {
      demandGroup(params.id);
      return { '@odata.context': `${graphUrl()}/$metadata#groups(id,mail)/$entity`, ...MAILBOX_GROUP };
    });
    graph.get<GraphCall>('/groups/:id/transitiveMembers/microsoft.graph.user', async (request) => {
      demandGroup(request.params.id);
      const path = request.url.slice(GRAPH_BASE.length).split('?')[0] ?? '';
      return pageOfMembers(groups.members, request.query, { url: `${graphUrl()}${path}`, halved: partial.has(request) });
    });
  }, { prefix: GRAPH_BASE });
}

function demandGroup(id: string): void {
  if (id.toLowerCase() !== MAILBOX_GROUP.id) {
    const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
    throw new GraphRefusal(404, 'Request_ResourceNotFound', message);
  }
}

function pageOfMembers(
  members: readonly GraphMember[],
  query: GraphCall['Querystring'],
  { url, halved }: { readonly url: string; readonly halved: boolean },
): object {
  const top = Math.min(Number(query['$top'] ?? PAGE_DEFAULT), PAGE_MAX, halved ? Math.max(1, Math.floor(members.length / 2)) : PAGE_MAX);
  if (!Number.isInteger(top) || top < 1) throw new GraphRefusal(400, 'BadRequest', 'Invalid page size');
  const skip = Number(query['$skiptoken'] ?? 0);
  const fields = (query['$select'] ?? 'id,displayName,mail').split(',') as readonly (keyof GraphMember)[];
  const next = new URLSearchParams({ $select: fields.join(','), $top: String(top), $skiptoken: String(skip + top) });
  return {
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#users',
    ...(skip + top < members.length && { '@odata.nextLink': `${url}?${next.toString()}` }),
    value: members.slice(skip, skip + top).map((member) => Object.fromEntries(fields.map((field) => [field, member[field] ?? null]))),
  };
}

async function checkCaller(request: FastifyRequest, groups: GraphGroups, keys: EntraKeys): Promise<void> {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
  const published = createLocalJWKSet({ keys: [...keys.published('').keys] });
  const { payload } = await jwtVerify(token, published, { algorithms: ['RS256'], audience: GRAPH_AUDIENCE }).catch(() => {
    throw new GraphRefusal(401, 'InvalidAuthenticationToken', 'Access token is missing, expired or malformed.');
  });
  const roles: readonly unknown[] = Array.isArray(payload['roles']) ? payload['roles'] : [];
  if (!roles.includes('GroupMember.Read.All') || payload['tid'] !== groups.tenant) {
    throw new GraphRefusal(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
  }
}

async function giveError(reply: FastifyReply, error: unknown): Promise<FastifyReply> {
  const refusal = error instanceof GraphRefusal ? error : new GraphRefusal(500, 'InternalServerError', String(error));
  return await reply.code(refusal.status).send({ error: { code: refusal.code, message: refusal.message } });
}
