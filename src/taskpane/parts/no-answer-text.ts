import type { NoAnswer } from '../gateway/gateway.ts';
import type { frame } from '../texts/da.ts';
import type { Say } from '../texts/use-text.ts';
import type { ShownTime } from './shown-time.ts';

/**
 * Why something pressed was not done, in words; null where the shell's own note says it (no connection, log on). A refusal
 * speaks the gateway's own Danish.
 */
export function noAnswerText(answer: NoAnswer, say: Say<typeof frame>, time: ShownTime): string | null {
  switch (answer.kind) {
    case 'away':
    case 'log-on-needed':
      return null;
    case 'too-many':
      return say('err.tooMany', { time: time.clock(answer.retryAt) });
    case 'no-right':
    case 'refused':
    case 'unavailable':
      return answer.text === '' ? say('err.refused') : answer.text;
    case 'fault':
      return say('err.bug');
  }
}
