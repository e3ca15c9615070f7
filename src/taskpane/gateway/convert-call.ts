import { convertAnswer, type ConvertAnswer, type ConvertQuestion } from '../../domain/gateway-api.ts';
import { callApi, type ApiParts } from './api-calls.ts';
import type { Answer } from './gateway.ts';

/** How long a call may take, in ms: the gateway works on it for 90 seconds at most, and the files travel both ways. */
const LIMIT_MS = 180_000;

/** The call that mends attachments; loaded with what judges them. */
export async function convertFiles(parts: ApiParts, question: ConvertQuestion): Promise<Answer<ConvertAnswer>> {
  return await callApi(parts, { method: 'POST', path: '/v1/attachments/convert', body: question, limitMs: LIMIT_MS }, convertAnswer);
}
