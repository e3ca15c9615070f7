import { z } from 'zod';
import { sentEvent } from '../../domain/gateway-api.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import { callProblem } from './api-problem.ts';
import { defineRoute, type ApiRoute } from './api-route.ts';
import type { Follower, SentWatch } from './sent-watch.ts';

const query = z.strictObject({
  mailbox: z.string().max(320).optional().describe('Kun forsendelser fra denne postkasse.'),
  since: z.iso.datetime({ offset: true }).optional().describe('Fortæl først om dem, der er sendt fra da af.'),
});

const RETRY_AFTER_S = 30;

/**
 * GET /api/v1/sent/events: what becomes of the caller's mails, as it happens (text/event-stream, read by fetch, for it needs
 * the log-on). First how they stand, then each change. The stream ends now and then; whoever asks again is told all anew.
 */
export const sentEventsRoute: ApiRoute = defineRoute({
  method: 'get',
  path: '/v1/sent/events',
  summary: 'Følg med i, hvad der bliver af dine forsendelser',
  callers: ['person'],
  right: null,
  audit: null,
  bodySchema: null,
  querySchema: query,
  answers: { 200: { description: 'Hændelser; data er JSON som her.', schema: sentEvent, type: 'text/event-stream' } },
  async handle({ settings, sent }, { caller, query: { mailbox, since }, signal }) {
    const refusal = sent.refuse(caller);
    if (refusal !== null) {
      const code = refusal === 'full' ? 'temporarily-unavailable' : 'too-many-requests';
      return callProblem(settings.PUBLIC_URL, code, REFUSALS[refusal], { retryAfterS: RETRY_AFTER_S });
    }
    const follower = {
      caller, signal,
      mailbox: mailbox === undefined ? null : normaliseMailAddress(mailbox),
      since: since === undefined ? null : new Date(since),
    };
    // A proxy that gathers answers would hold every event back.
    const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' };
    return { status: 200, headers, body: eventStream(sent, follower) };
  },
});

const REFUSALS = {
  full: 'Der er for mange, der følger med lige nu. Hent status igen om lidt.',
  'too-many': 'Du følger allerede med fra flere vinduer. Luk et af dem.',
} as const;

async function* eventStream(sent: SentWatch, follower: Follower): AsyncGenerator<string, void, undefined> {
  // At once, so that the one who waits knows that the line is open.
  yield ': her er dine forsendelser\n\n';
  for await (const batch of sent.follow(follower)) {
    yield batch.length === 0 ? ': stadig her\n\n' : batch.map(({ key, event }) => `id: ${key}\nevent: sent\ndata: ${JSON.stringify(event)}\n\n`).join('');
  }
}
