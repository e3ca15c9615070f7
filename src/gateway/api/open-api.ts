import { z } from 'zod';
import { CALL_PROBLEMS } from './api-problem.ts';
import type { ApiRoute } from './api-route.ts';

interface DocumentSettings {
  readonly PUBLIC_URL: string;
  readonly API_BODY_MAX_BYTES: number;
}

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document, made from the very schemas by which calls are read and answers are typed. */
export function openApiDocument(routes: readonly ApiRoute[], settings: DocumentSettings): Json {
  const paths: Record<string, Record<string, unknown>> = {};
  const schemas: Record<string, unknown> = {};
  const write = schemaWriter(schemas);
  for (const route of routes) {
    const path = (paths[`/api${route.path}`] ??= {});
    path[route.method] = operationOf(route, write);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Postbro: Digital Post for programmer og for tilføjelsesprogrammet',
      version: '1',
      description: 'Send Digital Post, mit.dk, e-Boks og mail, og se, hvad der blev af den. Se docs/api.md.',
    },
    servers: [{ url: settings.PUBLIC_URL === '' ? '/' : settings.PUBLIC_URL }],
    security: [{ basic: [] }, { token: [] }],
    paths: { ...paths, '/api/token': { post: TOKEN_OPERATION }, ...OPEN_PATHS },
    components: {
      schemas: { ...schemas, Problem: write(problemSchema, 'output') },
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: 'Klient-id og hemmelighed.' },
        entra: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Et token fra Microsoft Entra til gatewayens app.' },
        token: { type: 'oauth2', flows: { clientCredentials: { tokenUrl: '/api/token', scopes: {} } } },
      },
    },
  };
}

const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  code: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  problems: z.array(z.record(z.string(), z.unknown())).optional(),
});

function operationOf(route: ApiRoute, write: WriteSchema): Json {
  const answers = Object.entries(route.answers).map(([status, { description, schema, type = 'application/json' }]) => [
    status,
    { description, content: { [type]: { schema: write(schema, 'output') } } },
  ]);
  return {
    summary: route.summary,
    description: `Kaldes af: ${route.callers.map((kind) => CALLERS[kind]).join(' og ')}.${route.right === null ? '' : ` Kræver retten »${route.right}«.`}`,
    security: route.callers.flatMap((kind): readonly Json[] => (kind === 'person' ? [{ entra: [] }] : [{ basic: [] }, { token: [] }])),
    operationId: operationId(route),
    parameters: parametersOf(route, write),
    ...(route.bodySchema && {
      requestBody: {
        required: !z.safeParse(route.bodySchema, undefined).success,
        content: { 'application/json': { schema: write(route.bodySchema, 'input') } },
      },
    }),
    responses: { ...Object.fromEntries(answers), ...problemAnswers(route) },
  };
}

const CALLERS = { program: 'programmer', person: 'personer i tilføjelsesprogrammet' } as const;

function operationId({ method, path }: ApiRoute): string {
  const words = path.split(/[^a-z]+/i).filter((word) => word !== '');
  return [method, ...words].map((word, n) => (n === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}

function parametersOf({ remembers, path, querySchema }: ApiRoute, write: WriteSchema): readonly Json[] {
  const query = Object.entries(querySchema?._zod.def.shape ?? {}).map(([name, field]) => ({
    name, in: 'query', required: false, schema: write(field, 'input'),
  }));
  return [
    ...(path.includes('{id}') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string', pattern: '^[A-Za-z0-9-]+$' } }] : []),
    ...query,
    ...(remembers === true ? [KEY_PARAMETER] : []),
  ];
}

const KEY_PARAMETER = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Vælges af programmet. Samme nøgle og samme indhold giver det første svar igen, og intet sendes to gange.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function problemAnswers({ method, path }: ApiRoute): Json {
  const statuses = new Set(Object.values(CALL_PROBLEMS).map(({ status }) => status));
  const possible = [...statuses, 422].filter((status) =>
    isPossible(status, method, path),
  );
  return Object.fromEntries(
    possible.sort((a, b) => a - b).map((status) => [
      String(status),
      { description: PROBLEM_TEXT, content: { 'application/problem+json': { schema: PROBLEM_REFERENCE } } },
    ]),
  );
}

function isPossible(status: number, method: ApiRoute['method'], path: string): boolean {
  if (status === 410 || (status === 409 && method === 'get')) return path.endsWith('/proof');
  return method === 'get' ? ![413, 415, 422].includes(status) : status !== 404 || path.includes('{id}');
}

const PROBLEM_TEXT = 'Et problem (RFC 9457). Koderne står i fejlkataloget.';
const PROBLEM_REFERENCE = { $ref: '#/components/schemas/Problem' };

const TOKEN_OPERATION = {
  summary: 'Hent et adgangstoken (OAuth 2.0 client credentials)',
  operationId: 'postToken',
  security: [{ basic: [] }, {}],
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: {
          type: 'object',
          required: ['grant_type'],
          properties: {
            grant_type: { const: 'client_credentials' },
            client_id: { type: 'string' },
            client_secret: { type: 'string' },
          },
        },
      },
    },
  },
  responses: {
    '200': {
      description: 'Et token, der sendes med som Authorization: Bearer.',
      content: {
        'application/json': {
          schema: {
            type: 'object',
            required: ['access_token', 'token_type', 'expires_in'],
            properties: { access_token: { type: 'string' }, token_type: { const: 'Bearer' }, expires_in: { type: 'integer' } },
          },
        },
      },
    },
    '400': { description: PROBLEM_TEXT, content: { 'application/problem+json': { schema: PROBLEM_REFERENCE } } },
    '401': { description: PROBLEM_TEXT, content: { 'application/problem+json': { schema: PROBLEM_REFERENCE } } },
    '429': { description: PROBLEM_TEXT, content: { 'application/problem+json': { schema: PROBLEM_REFERENCE } } },
  },
};

const OPEN_PATHS = {
  '/api/openapi.json': {
    get: {
      summary: 'Dette dokument',
      operationId: 'getOpenapi',
      security: [],
      responses: { '200': { description: 'OpenAPI 3.1.', content: { 'application/json': { schema: { type: 'object' } } } } },
    },
  },
  '/api/fejlkatalog': {
    get: {
      summary: 'Fejlkataloget, som problemers type peger på',
      operationId: 'getFejlkatalog',
      security: [],
      responses: { '200': { description: 'En side for mennesker.', content: { 'text/html': { schema: { type: 'string' } } } } },
    },
  },
};

type WriteSchema = (schema: z.core.$ZodType, io: 'input' | 'output') => Json;

/** Writes schemas as JSON Schema; those with a name are gathered in `named`, where the document keeps them. */
function schemaWriter(named: Record<string, unknown>): WriteSchema {
  return (schema, io) => {
    const text = JSON.stringify(z.toJSONSchema(schema, { io, unrepresentable: 'any' }));
    const { $schema: _dialect, $defs, ...rest } = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as {
      readonly $schema?: unknown;
      readonly $defs?: Readonly<Record<string, Json>>;
    };
    for (const [name, { $schema: _none, id: _id, ...definition }] of Object.entries($defs ?? {})) named[name] = definition;
    return rest;
  };
}
