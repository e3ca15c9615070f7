import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isDatabaseTrouble } from '../store/database.ts';
import { openAnswerMemory, type AnswerMemory } from './answer-memory.ts';
import { Readable } from 'node:stream';
import { insertAudit } from '../store/audit.ts';
import { isStream, type ApiAnswer } from './api-answer.ts';
import { auditActorOf, type ApiCaller } from './api-caller.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem, type CallProblemCode } from './api-problem.ts';
import { auditedId, bodyBoundsOf, invalidRequest, type ApiRoute } from './api-route.ts';
import { apiRoutes } from './api-routes.ts';
import { addCors } from './cors.ts';
import { openBodyRoom, tooLargeText } from './body-room.ts';
import { openCallBudget } from './call-budget.ts';
import { errorCatalogue } from './error-catalogue.ts';
import { openLogOn, type LogOn } from './log-on.ts';
import { openPeopleLogOn } from './people-log-on.ts';
import { openApiDocument } from './open-api.ts';
import { readBody } from './read-body.ts';
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
  const underWay = new WeakMap<FastifyRequest, CallUnderWay>();
  const budgets = {
    program: openCallBudget(settings.API_REQUESTS_PER_MINUTE, now),
    person: openCallBudget(settings.API_USER_REQUESTS_PER_MINUTE, now),
  };
  const room = openBodyRoom(settings);
  scope.addHook('onRequest', async (request, reply) => {
    // From the first moment, for whoever goes away during the log-on is never heard to go later.
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const result = await logOn.withHeader(request.headers.authorization, request.ip);
    if (result.kind === 'refused') return await give(reply, result.answer);
    const { caller } = result;
    const budget = budgets[caller.kind];
    if (budget.isSpent(caller.id)) {
      const retry = { retryAfterS: budget.retryAfterS() };
      return await give(reply, callProblem(settings.PUBLIC_URL, 'too-many-requests', 'Der er lavet for mange kald i dette minut.', retry));
    }
    budget.spend(caller.id);
    const refusal = room.enter(request, gone.signal);
    if (refusal) return await give(reply, refusal);
    underWay.set(request, { caller, signal: gone.signal });
  });
  scope.removeContentTypeParser('application/x-www-form-urlencoded');
  scope.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (_request, body, done) => done(null, body),
  );
  const memory = openAnswerMemory(parts);
  for (const route of apiRoutes) addCall(scope, { parts, memory, underWay }, route);
}

/** A call by somebody who has logged on. */
interface CallUnderWay {
  readonly caller: ApiCaller;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
}

interface Calling {
  readonly parts: ApiParts;
  readonly memory: AnswerMemory;
  readonly underWay: WeakMap<FastifyRequest, CallUnderWay>;
}

function addCall(scope: FastifyInstance, calling: Calling, route: ApiRoute): void {
  const { parts } = calling;
  scope.route({
    method: route.method === 'get' ? 'GET' : 'POST',
    url: route.path.replace('{id}', ':id'),
    bodyLimit: bodyBoundsOf(route, parts.settings).bytesMax,
    async handler(request, reply) {
      const started = performance.now();
      const call = calling.underWay.get(request);
      if (!call) throw new Error('a call by nobody');
      const { id = '' } = request.params as { readonly id?: string };
      const answer = await auditedAnswer(calling, route, { ...call, request, id });
      parts.log.info({
        state: 'api-call',
        client: call.caller.id,
        call: `${route.method} ${route.path}`,
        status: answer.status,
        ms: Math.round(performance.now() - started),
      });
      return await give(reply, answer);
    },
  });
}

const KEY_CHARACTERS_MAX = 255;

interface RoutedCall extends CallUnderWay {
  readonly request: FastifyRequest;
  readonly id: string;
}

/** Answers the call, and keeps it in the audit where that is the door's work: also when the answer could not be made. */
async function auditedAnswer(calling: Calling, route: ApiRoute, call: RoutedCall): Promise<ApiAnswer> {
  const { parts } = calling;
  const refusal = refuseCaller(parts, route, call.caller);
  if (refusal) {
    await writeAct(parts, route, call, outcomeOf(refusal));
    return refusal;
  }
  if (route.audit?.by !== 'door') return await answerAllowed(calling, route, call);
  let answer: ApiAnswer;
  try {
    answer = await answerAllowed(calling, route, call);
  } catch (error) {
    // What went wrong goes before a row that cannot be written, which has most likely the same cause.
    await writeAct(parts, route, call, 'failed').catch(() => undefined);
    throw error;
  }
  // An answer given again tells of what was done, and kept, before.
  if (answer.headers['idempotent-replay'] === undefined) await writeAct(parts, route, call, outcomeOf(answer));
  return answer;
}

function outcomeOf({ status, body }: ApiAnswer): string {
  const { code = 'failed' } = (typeof body === 'object' ? body : {}) as { readonly code?: string };
  return status < 300 ? 'done' : code;
}

async function writeAct({ database, keys, now }: ApiParts, { audit }: ApiRoute, { caller, id }: RoutedCall, outcome: string): Promise<void> {
  if (audit === null) return;
  const act = { action: audit.action, outcome, subject: null, purpose: null, mailbox: null, reference: auditedId(id) };
  await insertAudit(database, keys, { actor: auditActorOf(caller), at: now(), acts: [act] });
}

/** Deny by default: a call is for the kinds of caller that its route names, with its right. */
function refuseCaller({ settings, log }: ApiParts, route: ApiRoute, caller: ApiCaller): ApiAnswer | null {
  const who = caller.kind === 'program' ? 'Programmet' : 'Du';
  const allowed = route.callers.includes(caller.kind);
  if (allowed && (route.right === null || caller.may.has(route.right))) return null;
  log.warn({ state: 'right-missing', client: caller.id, call: `${route.method} ${route.path}` });
  return callProblem(settings.PUBLIC_URL, 'right-missing', allowed ? `${who} mangler retten »${route.right}«.` : `${who} kan ikke bruge dette kald.`);
}

async function answerAllowed({ parts, memory }: Calling, route: ApiRoute, { request, signal, caller, id }: RoutedCall): Promise<ApiAnswer> {
  const bytes = request.body instanceof Buffer ? request.body : Buffer.alloc(0);
  const { sha256, json } = readBody(request.url, bytes, bodyBoundsOf(route, parts.settings));
  // Forty megabytes are not held twice while the call is at work.
  request.body = undefined;
  if (json.kind !== 'value') return invalidRequest(parts, [{ path: '', message: UNREAD_TEXTS[json.kind] }]);
  // Only what a call did is answered again: what it found out, or made of a letter, is not kept in the database in clear.
  const key = route.remembers === true ? request.headers['idempotency-key'] : undefined;
  if (key !== undefined && !isAnswerKey(key)) {
    return invalidRequest(parts, [{ path: 'Idempotency-Key', message: `skal være 1-${KEY_CHARACTERS_MAX} tegn` }]);
  }
  const answerKey = key === undefined ? null : { clientId: caller.id, key, bodySha256: sha256 };
  return await memory.once(answerKey, (remember) =>
    route.run(parts, { caller, id, body: json.value, query: request.query, remember, signal }),
  );
}

const UNREAD_TEXTS = {
  unreadable: 'Kaldets indhold er ikke JSON i UTF-8.',
  'too-many-values': 'Kaldet indeholder for mange værdier.',
  'too-deep': 'Kaldets indhold er for dybt.',
} as const;

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
    if (statusCode === 413) return await give(reply, problem('body-too-large', tooLargeText(request.routeOptions.bodyLimit)));
    if (statusCode === 415) return await give(reply, problem('media-type-unsupported', 'Brug Content-Type: application/json.'));
    if (typeof statusCode === 'number' && statusCode < 500) {
      return await give(reply, problem('request-invalid', 'Kaldet kan ikke læses.'));
    }
    log.error({ state: 'api-failed', call: request.routeOptions.url, reason: error });
    if (!isDatabaseTrouble(error)) return await give(reply, problem('internal-error', 'Kaldet er ikke udført. Prøv igen med samme Idempotency-Key.'));
    return await give(reply, callProblem(settings.PUBLIC_URL, 'temporarily-unavailable', 'Databasen svarer ikke. Prøv igen med samme Idempotency-Key.', { retryAfterS: 5 }));
  });
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
