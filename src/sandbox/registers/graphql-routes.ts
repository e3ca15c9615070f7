import {
  execute, GraphQLError, type DocumentNode, type ExecutionResult, type GraphQLFieldResolver, type GraphQLSchema,
} from 'graphql';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { cprSdl, resolvePersons } from './cpr-graphql.ts';
import { cvrResolvers, cvrSdl } from './cvr-graphql.ts';
import { readQuery } from './graphql-rules.ts';
import { registerSchema, schemaText } from './graphql-schema.ts';
import type { RegisterBook } from './register-book.ts';
import type { CprSector, RegisterClient } from './register-clients.ts';
import { withTroubles, type Troubles } from './register-door.ts';
import type { RegisterLogOn } from './register-logon.ts';

export interface GraphqlParts extends Troubles {
  readonly logOn: RegisterLogOn;
  readonly book: RegisterBook;
}

const CPR_SECTORS: readonly CprSector[] = ['PublicSector', 'PrivateSector'];
const CPR_VERSIONS = ['v1', 'v2'] as const;
const CVR_PATH = '/CVR/v2';

/**
 * Adds Datafordeleren's GraphQL: CPR's two custom services with a bearer token, CVR with an API key in the address. A
 * version that is not here answers 404 without a body, as a closed one does (registers-identity.md 1.3).
 */
export function addGraphqlRoutes(door: FastifyInstance, parts: GraphqlParts): void {
  for (const sector of CPR_SECTORS) addCprRoutes(door, parts, sector);
  addCvrRoutes(door, parts);
  // What is asked of a register that is not there is counted with it and fails with it, too.
  for (const [register, target] of [['CPR', 'cpr'], ['CVR', 'cvr']] as const) {
    door.post(`/${register}/*`, withTroubles(parts, target, 'graphql', async (_request, reply) => reply.code(404).send()));
  }
}

function addCprRoutes(door: FastifyInstance, parts: GraphqlParts, sector: CprSector): void {
  const sdls = { both: cprSdl(sector, 'both'), navne: cprSdl(sector, 'navne'), navn: cprSdl(sector, 'navn') } as const;
  const schemas = { both: registerSchema(sdls.both), navne: registerSchema(sdls.navne), navn: registerSchema(sdls.navn) } as const;
  for (const version of CPR_VERSIONS) {
    const path = `/CPR/custom/${sector}/${version}`;
    door.get(`${path}/schema`, async (_request, reply) => reply.type('text/plain; charset=utf-8').send(schemaText(sdls[parts.settings.switches.privateNames])));
    door.post(path, withTroubles(parts, 'cpr', 'graphql', async (request, reply) => {
      const client = parts.logOn.bearer(request);
      if (!client) return reply.code(401).header('www-authenticate', 'Bearer').send();
      const resolve: Resolver = (source, asked, _context, info) =>
        info.parentType.name === 'Query' ? resolvePersons({ ...parts, client, sector }, asked, info) : valueOf(source, info.fieldName);
      return answerQuery({ request, reply, schema: schemas[parts.settings.switches.privateNames], resolve });
    }));
  }
}

function addCvrRoutes(door: FastifyInstance, parts: GraphqlParts): void {
  const sdl = cvrSdl();
  const schema = registerSchema(sdl);
  const resolve: Resolver = (source, asked, _context, info) =>
    info.parentType.name === 'Query' ? cvrResolvers.get(info.fieldName)?.(parts, asked) : valueOf(source, info.fieldName);
  door.get(`${CVR_PATH}/schema`, async (_request, reply) => reply.type('text/plain; charset=utf-8').send(schemaText(sdl)));
  door.post(CVR_PATH, withTroubles(parts, 'cvr', 'graphql', async (request, reply) => {
    if (!openDataClient(parts.logOn, request)) return reply.code(401).send();
    return answerQuery({ request, reply, schema, resolve });
  }));
}

/** Open data: an API key in the address, or a token; the header `Authorization: apikey` is not taken. */
function openDataClient(logOn: RegisterLogOn, request: FastifyRequest): RegisterClient | null {
  const { apiKey } = request.query as { readonly apiKey?: unknown };
  return (typeof apiKey === 'string' ? logOn.byApiKey(apiKey) : null) ?? logOn.bearer(request);
}

type Resolver = GraphQLFieldResolver<unknown, null>;

interface Query {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly schema: GraphQLSchema;
  readonly resolve: Resolver;
}

async function answerQuery({ request, reply, schema, resolve }: Query): Promise<FastifyReply> {
  const asked = questionIn(request);
  if (asked === null) {
    return sendResult(request, reply.code(400), { errors: [new GraphQLError('Invalid GraphQL Request.', { extensions: { code: 'HC0012' } })] });
  }
  const document = readQuery(schema, asked.query);
  if (!isDocument(document)) return sendResult(request, reply, { errors: document });
  const result = await execute({
    schema, document, variableValues: asked.variables, operationName: asked.operationName, fieldResolver: resolve,
  });
  return sendResult(request, reply, result);
}

function isDocument(read: DocumentNode | readonly GraphQLError[]): read is DocumentNode {
  return !Array.isArray(read);
}

interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

function questionIn(request: FastifyRequest): Question | null {
  let body: unknown;
  try {
    body = JSON.parse(String(request.body));
  } catch {
    return null;
  }
  const { query, variables, operationName } = (typeof body === 'object' && body !== null ? body : {}) as Partial<Record<string, unknown>>;
  if (typeof query !== 'string' || query.trim() === '') return null;
  return {
    query,
    variables: typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {},
    operationName: typeof operationName === 'string' ? operationName : null,
  };
}

const MODERN_TYPE = 'application/graphql-response+json';
const HEADERS = {
  'server-timing': 'reqlatency;dur=29', 'strict-transport-security': 'max-age=63072000; includeSubDomains; preload', 'x-content-type-options': 'nosniff',
} as const;

/**
 * Sends a result in the mode that was asked for: with `application/json` errors come under 200; with
 * `application/graphql-response+json` a query that was never run is 400, and a missing right 403.
 */
function sendResult(request: FastifyRequest, reply: FastifyReply, result: ExecutionResult): FastifyReply {
  const { data, errors } = result;
  const modern = request.headers.accept?.includes(MODERN_TYPE) === true;
  if (modern && reply.statusCode === 200) reply.code(modernStatus(result));
  const traceId = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  const shown = errors?.map((error) => ({ ...error.toJSON(), extensions: { traceId, ...error.extensions } }));
  const body = { ...(shown === undefined ? {} : { errors: shown }), ...(data === undefined ? {} : { data }) };
  return reply.headers(HEADERS).type(`${modern ? MODERN_TYPE : 'application/json'}; charset=utf-8`).send(JSON.stringify(body));
}

function modernStatus({ data, errors }: ExecutionResult): number {
  if (data === undefined || data === null) return 400;
  return errors?.some(({ extensions }) => String(extensions['code']).startsWith('DAF-AUTH')) === true ? 403 : 200;
}

function valueOf(source: unknown, field: string): unknown {
  return (source as Readonly<Record<string, unknown>>)[field];
}
