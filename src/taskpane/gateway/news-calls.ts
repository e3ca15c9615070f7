import { newsAnswer, newsSignUpAnswer } from '../../domain/gateway-api.ts';
import { callApi, type ApiParts } from './api-calls.ts';
import type { NewsCalls } from './gateway.ts';

/** How long a call may take, in ms. */
const LIMIT_MS = 15_000;

/** The calls about news; loaded with their screen. */
export function newsCalls(parts: ApiParts): NewsCalls {
  return {
    news: async () => await callApi(parts, { method: 'GET', path: '/v1/news', limitMs: LIMIT_MS }, newsAnswer),
    signUp: async (question) => await callApi(parts, { method: 'POST', path: '/v1/news/sign-up', body: question, limitMs: LIMIT_MS }, newsSignUpAnswer),
  };
}
