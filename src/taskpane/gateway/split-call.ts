import { splitAnswer, type SplitAnswer, type SplitQuestion } from '../../domain/gateway-api.ts';
import { callApi, type ApiParts } from './api-calls.ts';
import type { Answer } from './gateway.ts';

/** How long a call may take, in ms: the gateway works on it for 90 seconds at most, and the files travel both ways. */
const LIMIT_MS = 180_000;

/** The call that splits one PDF into letters; loaded by the one screen that does so. */
export async function splitLetters(parts: ApiParts, question: SplitQuestion): Promise<Answer<SplitAnswer>> {
  return await callApi(parts, { method: 'POST', path: '/v1/letters/split', body: question, limitMs: LIMIT_MS }, splitAnswer);
}
