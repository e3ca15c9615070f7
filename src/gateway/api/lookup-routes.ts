import {
  companyAnswer, companyQuestion, companySearchAnswer, companySearchQuestion, personAnswer, personQuestion,
} from '../../domain/gateway-api.ts';
import { jsonAnswer, type ApiAnswer } from './api-answer.ts';
import type { ApiParts } from './api-parts.ts';
import { callProblem } from './api-problem.ts';
import { defineRoute, type ApiRoute } from './api-route.ts';
import { limitAnswer } from './limit-answer.ts';
import type { LookupOutcome } from './lookup-actions.ts';

/** POST /api/v1/lookups/person: who has a CPR number. A POST, for the number travels in the body alone. */
export const personLookupRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/lookups/person',
  summary: 'Slå en borger op på CPR-nummer',
  callers: ['person'],
  right: 'lookup-cpr',
  audit: { action: 'lookup-person', by: 'story' },
  bodySchema: personQuestion,
  querySchema: null,
  answers: { 200: { description: 'Det, CPR siger. Et beskyttet navn er der aldrig.', schema: personAnswer } },
  handle: async (parts, { caller, body, signal }) => outcomeAnswer(parts, await parts.lookups.person(caller, body, signal)),
});

/** POST /api/v1/lookups/company: which company has a CVR number. */
export const companyLookupRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/lookups/company',
  summary: 'Slå en virksomhed op på CVR-nummer',
  callers: ['person'],
  right: 'lookup-cvr',
  audit: { action: 'lookup-company', by: 'story' },
  bodySchema: companyQuestion,
  querySchema: null,
  answers: { 200: { description: 'Det, CVR siger.', schema: companyAnswer } },
  handle: async (parts, { caller, body, signal }) => outcomeAnswer(parts, await parts.lookups.company(caller, body, signal)),
});

/** POST /api/v1/lookups/company-search: active companies by name. */
export const companySearchRoute: ApiRoute = defineRoute({
  method: 'post',
  path: '/v1/lookups/company-search',
  summary: 'Søg aktive virksomheder på navn',
  callers: ['person'],
  right: 'lookup-cvr',
  audit: { action: 'search-company', by: 'story' },
  bodySchema: companySearchQuestion,
  querySchema: null,
  answers: { 200: { description: 'Aktive virksomheder, bedste først.', schema: companySearchAnswer } },
  handle: async (parts, { caller, body, signal }) => outcomeAnswer(parts, await parts.lookups.searchCompanies(caller, body, signal)),
});

function outcomeAnswer(parts: ApiParts, outcome: LookupOutcome<unknown>): ApiAnswer {
  const { PUBLIC_URL: publicUrl } = parts.settings;
  switch (outcome.kind) {
    case 'answer':
      return jsonAnswer(200, outcome.answer);
    case 'limit':
      return limitAnswer(parts, outcome.until);
    case 'unavailable':
      return callProblem(publicUrl, 'temporarily-unavailable', outcome.text);
    case 'organisation-gone':
      return callProblem(publicUrl, 'not-found', ORGANISATION_GONE);
  }
}

/** What somebody is told whose organisation was taken off the gateway after the log-on. */
export const ORGANISATION_GONE = 'Organisationen er ikke længere på denne gateway.';
