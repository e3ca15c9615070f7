import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseTrouble } from '../store/database.ts';
import { callSha256, openAnswerMemory, type AnswerMemory } from './answer-memory.ts';
import { Readable } from 'node:stream';
import { insertAudit } from '../store/audit.ts';
import { isStream, type ApiAnswer } from './api-answer.ts';
import { auditActorOf, type ApiCaller } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem, type CallProblemCode } from './api-problem.ts';
import { invalidRequest, type ApiRoute } from './api-route.ts';
import { apiRoutes } from './api-routes.ts';
import { addCors } from './cors.ts';
import { openBodyRoom } from './body-room.ts';
import { openCallBudget } from './call-budget.ts';
import { errorCatalogue } from './error-catalogue.ts';
import { openLogOn, type LogOn } from './log-on.ts';
import { openPeopleLogOn } from './people-log-on.ts';
import { openApiDocument } from './open-api.ts';
import { tokenAnswer } from './token-route.ts';

const TOKEN_FORM_BYTES_MAX = 10_000;

/**
 * Adds everything under /api that programs and the add-in use (docs/api.md). Every answer that is not a success is a problem by RFC 9457.
 */
export async function addApi(app: FastifyInstance, parts: ApiParts): Promise<void> {
  const logOn = openLogOn(parts, openPeopleLogOn(parts));
  await app.register(
    async (scope) => {
      answerOtherwise(scope, parts);
      guardAnswers(scope);
      addCors(scope, parts.settings.API_ORIGINS);
      addOpenPages(scope, parts);
      addTokenRoute(scope, parts, logOn);
      await scope.register(async (inner) => addCalls(inner, parts, logOn));
    },
    { prefix: '/api' },
  );
}

/** What anyone may read. */
function addOpenPages(scope: FastifyInstance, { settings }: ApiParts): void {
  const document = openApiDocument(apiRoutes, settings);
  scope.get('/openapi.json', async (_request, reply) => await reply.send(document));
  const catalogue = errorCatalogue();
  scope.get('/fejlkatalog', async (_request, reply) => await reply.type('text/html; charset=utf-8').send(catalogue));
}

function addTokenRoute(scope: FastifyInstance, { settings }: ApiParts, logOn: LogOn): void {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: TOKEN_FORM_BYTES_MAX },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  scope.post('/token', async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const { authorization } = request.headers;
    return await give(reply, tokenAnswer(logOn, settings.PUBLIC_URL, { form, authorization, address: request.ip }));
  });
}

/** The calls for which somebody must have logged on. */
function addCalls(scope: FastifyInstance, parts: ApiParts, logOn: LogOn): void {
  const { settings, now } = parts;
  const callers = new WeakMap<FastifyRequest, ApiCaller>();
  const budgets = {
    program: openCallBudget(settings.API_REQUESTS_PER_MINUTE, now),
    person: openCallBudget(settings.API_USER_REQUESTS_PER_MINUTE, now),
  };
  const room = openBodyRoom(settings);
  scope.addHook('onRequest', async (request, reply) => {
    const result = await logOn.withHeader(request.headers.authorization, request.ip);
    if (result.kind === 'refused') return await give(reply, result.answer);
    const { caller } = result;
    const budget = budgets[caller.kind];
    if (budget.isSpent(caller.id)) {
      const retry = { retryAfterS: budget.retryAfterS() };
      return await give(reply, callProblem(settings.PUBLIC_URL, 'too-many-requests', 'Der er lavet for mange kald i dette minut.', retry));
    }
    budget.spend(caller.id);
    const refusal = room.enter(request, reply);
    if (refusal) return await give(reply, refusal);
    callers.set(request, caller);
  });
  scope.removeContentTypeParser('application/x-www-form-urlencoded');
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer', bodyLimit: settings.API_BODY_MAX_BYTES },
    (request, body, done) => done(null, readBody(request, body as Buffer)),
  );
  const memory = openAnswerMemory(parts);
  for (const route of apiRoutes) addCall(scope, { parts, memory, callers }, route);
}

/** A body as it came: what makes the call the same as another, and the JSON in it. */
interface ReadBody {
  readonly sha256: Buffer;
  readonly json: { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'unreadable' };
}

function readBody(request: FastifyRequest, bytes: Buffer): ReadBody {
  const sha256 = callSha256(request.url, bytes);
  if (bytes.length === 0) return { sha256, json: { kind: 'value', value: undefined } };
  try {
    // Strict: a letter in another code page is refused here, and not sent with its æøå spoilt. A BOM is passed over.
    return { sha256, json: { kind: 'value', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown } };
  } catch {
    return { sha256, json: { kind: 'unreadable' } };
  }
}

interface Calling {
  readonly parts: ApiParts;
  readonly memory: AnswerMemory;
  readonly callers: WeakMap<FastifyRequest, ApiCaller>;
}

function addCall(scope: FastifyInstance, calling: Calling, route: ApiRoute): void {
  scope.route({
    method: route.method === 'get' ? 'GET' : 'POST',
    url: route.path.replace('{id}', ':id'),
    async handler(request, reply) {
      const started = performance.now();
      const gone = new AbortController();
      reply.raw.once('close', () => gone.abort());
      const answer = await answerTo(calling, route, { request, signal: gone.signal });
      calling.parts.log.info({
        state: 'api-call',
        client: calling.callers.get(request)?.id,
        call: `${route.method} ${route.path}`,
        status: answer.status,
        ms: Math.round(performance.now() - started),
      });
      return await give(reply, answer);
    },
  });
}

const KEY_CHARACTERS_MAX = 255;

async function answerTo(calling: Calling, route: ApiRoute, { request, signal }: CallUnderWay): Promise<ApiAnswer> {
  const { parts, callers } = calling;
  const caller = callers.get(request);
  if (!caller) throw new Error('a call by nobody');
  const { id = '' } = request.params as { readonly id?: string };
  const refusal = refuseCaller(parts, route, caller);
  const answer = refusal ?? (await answerAllowed(calling, route, { request, signal, caller, id }));
  if (route.audit !== null && (refusal !== null || route.audit.by === 'door')) {
    const { code = 'failed' } = (typeof answer.body === 'object' ? answer.body : {}) as { readonly code?: string };
    const outcome = answer.status < 300 ? 'done' : code;
    const act = { action: route.audit.action, outcome, subject: null, purpose: null, mailbox: null, reference: id === '' ? null : id };
    await insertAudit(parts.database, parts.keys, { actor: auditActorOf(caller), at: parts.now(), acts: [act] });
  }
  return answer;
}

/** Deny by default: a call is for the kinds of caller that its route names, with its right. */
function refuseCaller({ settings, log }: ApiParts, route: ApiRoute, caller: ApiCaller): ApiAnswer | null {
  const who = caller.kind === 'program' ? 'Programmet' : 'Du';
  const allowed = route.callers.includes(caller.kind);
  if (allowed && (route.right === null || caller.may.has(route.right))) return null;
  log.warn({ state: 'right-missing', client: caller.id, call: `${route.method} ${route.path}` });
  return callProblem(settings.PUBLIC_URL, 'right-missing', allowed ? `${who} mangler retten »${route.right}«.` : `${who} kan ikke bruge dette kald.`);
}

interface CallUnderWay {
  readonly request: FastifyRequest;
  readonly signal: AbortSignal;
}

interface AllowedCall extends CallUnderWay {
  readonly caller: ApiCaller;
  readonly id: string;
}

async function answerAllowed({ parts, memory }: Calling, route: ApiRoute, { request, signal, caller, id }: AllowedCall): Promise<ApiAnswer> {
  const { sha256, json } = (request.body as ReadBody | undefined) ?? readBody(request, Buffer.alloc(0));
  if (json.kind === 'unreadable') return invalidRequest(parts, [{ path: '', message: 'Kaldets indhold er ikke JSON i UTF-8.' }]);
  const key = route.method === 'post' ? request.headers['idempotency-key'] : undefined;
  if (key !== undefined && !isAnswerKey(key)) {
    return invalidRequest(parts, [{ path: 'Idempotency-Key', message: `skal være 1-${KEY_CHARACTERS_MAX} tegn` }]);
  }
  // Only what a call did is answered again; what it found out is asked anew, and is not kept in the database in clear.
  const answerKey = key === undefined || route.audit?.by === 'story' ? null : { clientId: caller.id, key, bodySha256: sha256 };
  return await memory.once(answerKey, (remember) =>
    route.run(parts, { caller, id, body: json.value, query: request.query, remember, signal }),
  );
}

function isAnswerKey(key: string | readonly string[]): key is string {
  return typeof key === 'string' && key.length >= 1 && key.length <= KEY_CHARACTERS_MAX;
}

async function give(reply: FastifyReply, { status, headers, body }: ApiAnswer): Promise<FastifyReply> {
  const sent = isStream(body) ? Readable.from(body) : typeof body === 'string' ? body : JSON.stringify(body);
  return await reply.code(status).headers(headers).send(sent);
}

/** What no route answers: unknown paths, bodies that cannot be taken, and trouble of our own. */
function answerOtherwise(scope: FastifyInstance, { settings, log }: ApiParts): void {
  const problem = (code: CallProblemCode, detail: string) => callProblem(settings.PUBLIC_URL, code, detail);
  scope.setNotFoundHandler(async (_request, reply) => await give(reply, problem('not-found', 'Der er ikke noget på den adresse.')));
  scope.setErrorHandler(async (error, request, reply) => {
    const { statusCode } = error as { readonly statusCode?: unknown };
    if (statusCode === 413) return await give(reply, problem('body-too-large', tooLargeText(settings.API_BODY_MAX_BYTES)));
    if (statusCode === 415) return await give(reply, problem('media-type-unsupported', 'Brug Content-Type: application/json.'));
    if (typeof statusCode === 'number' && statusCode < 500) {
      return await give(reply, problem('request-invalid', 'Kaldet kan ikke læses.'));
    }
    log.error({ state: 'api-failed', call: request.routeOptions.url, reason: error });
    if (!isDatabaseTrouble(error)) return await give(reply, problem('internal-error', 'Kaldet er ikke udført. Prøv igen med samme Idempotency-Key.'));
    return await give(reply, callProblem(settings.PUBLIC_URL, 'temporarily-unavailable', 'Databasen svarer ikke. Prøv igen med samme Idempotency-Key.', { retryAfterS: 5 }));
  });
}

function tooLargeText(maxBytes: number): string {
  return `Kaldet må højst fylde ${Math.floor(maxBytes / 1_000_000)} MB. Send større breve med SMTP.`;
}

/** No browser shows an answer as anything else than it is, keeps it, or frames it. */
function guardAnswers(scope: FastifyInstance): void {
  scope.addHook('onRequest', async (_request, reply) => {
    void reply.headers({
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
}
