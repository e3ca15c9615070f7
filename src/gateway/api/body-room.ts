import type { FastifyReply, FastifyRequest } from 'fastify';
import { megabytes } from '../../domain/shown-text.ts';
import type { ApiAnswer } from './api-answer.ts';
import { callProblem } from './api-problem.ts';

/** How much may be held of calls' bodies at one time. */
export interface BodyRoom {
  /** Takes room for the call's body until its answer is out; or the answer where there is none. */
  enter(request: FastifyRequest, reply: FastifyReply): ApiAnswer | null;
}

interface RoomSettings {
  readonly API_BODY_MAX_BYTES: number;
  readonly API_BODIES_AT_ONCE_BYTES: number;
  readonly PUBLIC_URL: string;
}

const RETRY_AFTER_S = 2;

/** Opens the room. A body of unknown length counts as the largest; a single call always fits. */
export function openBodyRoom(settings: RoomSettings): BodyRoom {
  let held = 0;
  return {
    enter(request, reply) {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      const max = settings.API_BODY_MAX_BYTES;
      const bytes = Number(length ?? (encoding === undefined ? 0 : max));
      if (bytes > max) {
        const text = `Kaldet fylder ${megabytes(bytes)} (højst ${megabytes(max)}). Send større breve med SMTP.`;
        return callProblem(settings.PUBLIC_URL, 'body-too-large', text);
      }
      if (held > 0 && held + bytes > settings.API_BODIES_AT_ONCE_BYTES) {
        return callProblem(settings.PUBLIC_URL, 'temporarily-unavailable', 'Der er for mange store kald i gang.', {
          retryAfterS: RETRY_AFTER_S,
        });
      }
      held += bytes;
      reply.raw.once('close', () => (held -= bytes));
      return null;
    },
  };
}
