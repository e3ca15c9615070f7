import type { DeliveryAnswer, DeliveryOutcome } from './channel-delivery.ts';

/** What one HTTP status means; `text` is Danish, null where nothing went wrong. */
export interface AnswerMeaning {
  readonly outcome: DeliveryOutcome;
  readonly text: string | null;
}

/** One network's answers to a hand-over. */
export interface NetworkAnswers {
  /** The network's name as people know it. */
  readonly name: string;
  readonly statuses: Readonly<Record<number, AnswerMeaning>>;
}

/**
 * The meaning of an HTTP status by the network's table: other 4xx are final, other 5xx are the network's own trouble.
 * `code` and `message` are those of its ErrorMessage, where it sent one.
 */
export function answerOf(
  { name, statuses }: NetworkAnswers,
  status: number,
  { code, message }: { readonly code: string | null; readonly message: string | null },
): DeliveryAnswer {
  const meaning = statuses[status] ?? otherAnswer(name, status);
  if (meaning.outcome === 'delivered') return { outcome: 'delivered', errorCode: null, errorMessage: null };
  return { outcome: meaning.outcome, errorCode: code ?? `http.${status}`, errorMessage: message ?? meaning.text };
}

/**
 * The meaning of a call without an answer: tried again when nothing was sent, as where there was no connection, be it for a
 * certificate of theirs or of ours; unknown when the network may have received it.
 */
export function answerOfError({ name }: NetworkAnswers, error: unknown, nothingSent: boolean): DeliveryAnswer {
  const code = codeOf(error);
  const outcome = nothingSent ? 'retry' : 'unknown';
  return { outcome, errorCode: `network.${code.toLowerCase()}`, errorMessage: `Forbindelsen til ${name} blev afbrudt.` };
}

function otherAnswer(name: string, status: number): AnswerMeaning {
  return status >= 400 && status < 500
    ? { outcome: 'refused', text: `${name} afviste beskeden.` }
    : { outcome: 'retry', text: `${name} har en fejl.` };
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? 'UNKNOWN' : codeOf(cause);
}
