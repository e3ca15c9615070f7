import { checkAnswer, checkLine, checkQuestion, contactPointsAnswer, contactPointsQuestion, type CheckLine } from '../../domain/gateway-api.ts';
import { jsonAnswer, type ApiAnswer } from './api-answer.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem, refusedAct } from './api-problem.ts';
import { defineRoute, invalidRequest, type ApiRoute } from './api-route.ts';
import { limitAnswer } from './limit-answer.ts';
import { ORGANISATION_GONE } from './lookup-routes.ts';
import type { CheckRefused } from './recipient-actions.ts';

const NDJSON = 'application/x-ndjson';

/** POST /api/v1/recipients/check: whether a few recipients can be reached, and who they are. */
export const checkRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/recipients/check',
  summary: 'Tjek modtagere, før der sendes',
  callers: ['person'],
  right: 'send',
  audit: { action: 'check', by: 'story' },
  bodySchema: checkQuestion,
  querySchema: null,
  answers: { 200: { description: 'Hver modtager efter sin plads i spørgsmålet.', schema: checkAnswer } },
  async handle(parts, { caller, body, signal }) {
    const outcome = await parts.recipients.check({ caller, question: body, signal });
    if (outcome.kind !== 'checked') return refusalAnswer(parts, outcome);
    return jsonAnswer(200, { recipients: outcome.recipients, checkedAt: parts.now().toISOString() });
  },
});

/** POST /api/v1/recipients/check-batch: the same of a list; a line of JSON for each part of it, as it becomes known. */
export const checkBatchRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/recipients/check-batch',
  summary: 'Tjek en hel liste af modtagere, med svar efterhånden',
  callers: ['person'],
  right: 'mass-send',
  audit: { action: 'check', by: 'story' },
  bodySchema: checkQuestion,
  querySchema: null,
  answers: { 200: { description: 'En linje JSON for hver del af listen; den sidste siger, at den er slut, eller hvorfor ikke.', schema: checkLine, type: NDJSON } },
  async handle(parts, { caller, body, signal }) {
    const outcome = await parts.recipients.checkBatch({ caller, question: body, signal });
    if (outcome.kind !== 'lines') return refusalAnswer(parts, outcome);
    return { status: 200, headers: { 'content-type': `${NDJSON}; charset=utf-8` }, body: asText(outcome.lines) };
  },
});

/** POST /api/v1/recipients/contact-points: to which desks of a company or authority one may write. */
export const contactPointsRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/recipients/contact-points',
  summary: 'Hent en virksomheds eller myndigheds kontaktpunkter og deres grænser',
  callers: ['person'],
  right: 'send',
  audit: null,
  bodySchema: contactPointsQuestion,
  querySchema: null,
  answers: { 200: { description: 'Kontaktpunkterne.', schema: contactPointsAnswer } },
  async handle(parts, { caller, body }) {
    const outcome = await parts.recipients.contactPoints(caller, body);
    if (outcome.kind === 'found') return jsonAnswer(200, outcome.answer);
    if (outcome.kind !== 'unavailable') return refusalAnswer(parts, outcome);
    return callProblem(parts.settings.PUBLIC_URL, 'temporarily-unavailable', 'Kontaktpunkterne kan ikke hentes lige nu. Prøv igen om lidt.');
  },
});

async function* asText(lines: AsyncIterable<CheckLine>): AsyncGenerator<string, void, undefined> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

function refusalAnswer(parts: ApiParts, refusal: CheckRefused): ApiAnswer {
  const { PUBLIC_URL: publicUrl } = parts.settings;
  switch (refusal.kind) {
    case 'limit':
      return limitAnswer(parts, refusal.until);
    case 'too-many':
      return invalidRequest(parts, [{ path: 'numbers', message: `der må højst være ${refusal.max} numre i ét tjek` }]);
    case 'too-many-names':
      return invalidRequest(parts, [{ path: 'names', message: `der kan højst slås ${refusal.max} navne op i ét tjek; tjek færre ad gangen, eller uden navne` }]);
    case 'not-allowed':
      return refusedAct(publicUrl, refusal.refusal);
    case 'organisation-gone':
      return callProblem(publicUrl, 'not-found', ORGANISATION_GONE);
  }
}
