import { newsAnswer, newsSignUpAnswer, type NewsAnswer, type NewsSignUpQuestion } from '../../domain/gateway-api.ts';
import { callApi, type ApiParts } from './api-calls.ts';
import type { Answer } from './gateway.ts';

/** What is new, and a mail when more is. */
export interface NewsCalls {
  news(): Promise<Answer<NewsAnswer>>;
  signUp(question: NewsSignUpQuestion): Promise<Answer<{ readonly signedUp: boolean }>>;
}

/** How long a call may take, in ms. */
const LIMIT_MS = 15_000;

/** The calls about news; loaded with their screen. */
export function newsCalls(parts: ApiParts): NewsCalls {
  return {
    news: async () => await callApi(parts, { method: 'GET', path: '/v1/news', limitMs: LIMIT_MS }, newsAnswer),
    signUp: async (question) => await callApi(parts, { method: 'POST', path: '/v1/news/sign-up', body: question, limitMs: LIMIT_MS }, newsSignUpAnswer),
  };
}
