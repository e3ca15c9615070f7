import type { ApiAnswer } from './api-answer.ts';
import { callProblem } from './api-problem.ts';
import type { ApiParts } from './api-parts.ts';

const ZONE = 'Europe/Copenhagen';
const CLOCK = new Intl.DateTimeFormat('da-DK', { timeZone: ZONE, hour: '2-digit', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat('da-DK', { timeZone: ZONE, day: 'numeric', month: 'long' });
const MINUTE_MS = 60_000;

/** 429 for a user who has asked as often as one may, with the time at which to ask again (ux.md, look.limit). */
export function limitAnswer({ settings, now }: Pick<ApiParts, 'settings' | 'now'>, until: Date): ApiAnswer {
  const at = now();
  // The next whole minute: at the time that is told it must work.
  const told = new Date(Math.ceil(until.getTime() / MINUTE_MS) * MINUTE_MS);
  const day = DAY.format(told) === DAY.format(at) ? '' : `den ${DAY.format(told)} `;
  const retryAfterS = Math.max(1, Math.ceil((until.getTime() - at.getTime()) / 1000));
  const text = `Du har slået mange op på kort tid. Prøv igen ${day}kl. ${CLOCK.format(told)}.`;
  return callProblem(settings.PUBLIC_URL, 'too-many-requests', text, { retryAfterS });
}
