import { z } from 'zod';
import { certificatesSchema, guideSchema, guideStepSchema, mailboxesSchema, testsSchema } from './admin-schemas.ts';
import { jsonAnswer, type ApiAnswer } from './api-answer.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { defineRoute, type ApiRoute } from './api-route.ts';

const ADMINISTER = { callers: ['person'], right: 'administer', querySchema: null } as const;

/** GET /api/v1/admin/mailboxes: the secure mailboxes, and what those that are not yet set up lack. */
const mailboxesRoute: ApiRoute = defineRoute({
  ...ADMINISTER,
  method: 'get',
  path: '/v1/admin/mailboxes',
  summary: 'Se organisationens sikre postkasser, og hvad der mangler',
  audit: { action: 'admin-mailboxes', by: 'door' },
  bodySchema: null,
  answers: { 200: { description: 'Postkasser fra opsætningen og fra gruppen i Exchange.', schema: mailboxesSchema } },
  async handle(parts, { caller }) {
    const answer = await parts.admin.mailboxes(caller);
    return answer ? jsonAnswer(200, answer) : notFound(parts, 'Organisationen er ikke længere på denne gateway.');
  },
});

/** GET /api/v1/admin/certificates: what ends when. */
const certificatesRoute: ApiRoute = defineRoute({
  ...ADMINISTER,
  method: 'get',
  path: '/v1/admin/certificates',
  summary: 'Se, hvornår certifikater og hemmeligheder udløber',
  audit: { action: 'admin-certificates', by: 'door' },
  bodySchema: null,
  answers: { 200: { description: 'Organisationens egne og gatewayens.', schema: certificatesSchema } },
  handle: async ({ admin }, { caller }) => jsonAnswer(200, { certificates: await admin.certificates(caller) }),
});

/** POST /api/v1/admin/connection-tests: calls every network and register of the organisation, and sends nothing. */
const connectionTestsRoute: ApiRoute = defineRoute({
  ...ADMINISTER,
  method: 'post',
  path: '/v1/admin/connection-tests',
  summary: 'Test organisationens forbindelser',
  audit: { action: 'admin-connection-tests', by: 'door' },
  bodySchema: z.strictObject({}).optional(),
  answers: { 200: { description: 'Hver forbindelse, og hvilken del der er forkert.', schema: testsSchema } },
  async handle(parts, { caller }) {
    const tests = await parts.admin.testConnections(caller);
    if (tests !== 'busy') return jsonAnswer(200, { tests });
    return callProblem(parts.settings.PUBLIC_URL, 'state-conflict', 'En test er i gang. Vent, til den er færdig.');
  },
});

/** GET /api/v1/guides/{id}: a guide with how far the organisation has come. */
const guideRoute: ApiRoute = defineRoute({
  ...ADMINISTER,
  method: 'get',
  path: '/v1/guides/{id}',
  summary: 'Hent en vejledning (cpr, cvr eller log-on), og se, hvor langt I er',
  audit: null,
  bodySchema: null,
  answers: { 200: { description: 'Vejledningens trin.', schema: guideSchema } },
  handle: async (parts, { caller, id }) => guideAnswer(parts, await parts.admin.guide(caller, id)),
});

/** POST /api/v1/guides/{id}: a step is done, or not after all. */
const guideStepRoute: ApiRoute = defineRoute({
  ...ADMINISTER,
  method: 'post',
  path: '/v1/guides/{id}',
  summary: 'Sæt et trin i en vejledning som gjort eller ikke gjort',
  audit: { action: 'guide-step', by: 'door' },
  bodySchema: guideStepSchema,
  answers: { 200: { description: 'Vejledningen, som den står nu.', schema: guideSchema } },
  handle: async (parts, { caller, id, body }) => guideAnswer(parts, await parts.admin.markStep(caller, { guide: id, ...body })),
});

/** What administrators have. */
export const adminRoutes: readonly ApiRoute[] = [mailboxesRoute, certificatesRoute, connectionTestsRoute, guideRoute, guideStepRoute];

function guideAnswer(parts: ApiParts, guide: z.infer<typeof guideSchema> | null): ApiAnswer {
  return guide ? jsonAnswer(200, guide) : notFound(parts, 'Den vejledning eller det trin findes ikke, eller trinnet sættes af sig selv.');
}

function notFound({ settings }: ApiParts, detail: string): ApiAnswer {
  return callProblem(settings.PUBLIC_URL, 'not-found', detail);
}
