import type { FastifyRequest } from 'fastify';
import { megabytes } from '../../domain/shown-text.ts';
import type { ApiAnswer } from './api-answer.ts';
import { callProblem } from './api-problem.ts';

/** How much may be held of calls' bodies at one time. */
export interface BodyRoom {
  /** Takes room for the call's body until its answer is out, which aborts `over`; or the answer where there is none. */
  enter(request: FastifyRequest, over: AbortSignal): ApiAnswer | null;
}

interface RoomSettings {
  readonly API_BODIES_AT_ONCE_BYTES: number;
  readonly PUBLIC_URL: string;
}

const RETRY_AFTER_S = 2;

/** Opens the room. A body of unknown length counts as the largest that its route takes; a single call always fits. */
export function openBodyRoom(settings: RoomSettings): BodyRoom {
  let held = 0;
  return {
    enter(request, over) {
      const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
      const max = request.routeOptions.bodyLimit;
      const bytes = Number(length ?? (encoding === undefined ? 0 : max));
      if (bytes > max) {
        return callProblem(settings.PUBLIC_URL, 'body-too-large', `Kaldet fylder ${megabytes(bytes)}. ${tooLargeText(max)}`);
      }
      if (held > 0 && held + bytes > settings.API_BODIES_AT_ONCE_BYTES) {
        return callProblem(settings.PUBLIC_URL, 'temporarily-unavailable', 'Der er for mange store kald i gang.', {
          retryAfterS: RETRY_AFTER_S,
        });
      }
      if (over.aborted) return null;
      held += bytes;
      over.addEventListener('abort', () => (held -= bytes), { once: true });
      return null;
    },
  };
}

/** What somebody is told whose call is larger than its route takes. */
export function tooLargeText(maxBytes: number): string {
  return `Kaldet må højst fylde ${megabytes(maxBytes)}. Større breve sendes med SMTP.`;
}
