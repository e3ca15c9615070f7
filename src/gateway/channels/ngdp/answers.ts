import type { DeliveryAnswer, DeliveryOutcome } from '../channel-delivery.ts';

/**
 * What NgDP's answers to POST /memos/ mean. Sources: memo-ngdp.md 3.4 (201, 400, 401, 403, 503 of the official OpenAPI
 * document); 409 is not documented for sending, and is taken as "this messageUUID is here already", which a repeated
 * hand-over after a lost answer must end in. Other 4xx are final, other 5xx are NgDP's own trouble.
 */
const ANSWERS: Readonly<Record<number, { outcome: DeliveryOutcome; text: string | null }>> = {
  200: { outcome: 'delivered', text: null },
  201: { outcome: 'delivered', text: null },
  202: { outcome: 'delivered', text: null },
  400: { outcome: 'refused', text: 'Digital Post kunne ikke læse beskeden.' },
  401: { outcome: 'refused', text: 'Digital Post kender ikke afsendersystemet. Skriv til DPG-administratoren.' },
  403: { outcome: 'refused', text: 'Digital Post tillader ikke, at afsendersystemet sender beskeden.' },
  408: { outcome: 'retry', text: 'Digital Post svarede ikke i tide.' },
  409: { outcome: 'delivered', text: null },
  413: { outcome: 'refused', text: 'Beskeden er for stor til Digital Post.' },
  425: { outcome: 'retry', text: 'Digital Post bad om at vente.' },
  429: { outcome: 'retry', text: 'Digital Post har for travlt.' },
  503: { outcome: 'retry', text: 'Digital Post er midlertidigt lukket.' },
};

/** Errors of the connection that come before the request has left us: nothing can have been received. */
const NOTHING_SENT = new Set([
  'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
]);

/** The meaning of an HTTP status; `code` and `message` are those of NgDP's ErrorMessage, where it sent one. */
export function answerOf(status: number, code: string | null, message: string | null): DeliveryAnswer {
  const row = ANSWERS[status] ?? otherAnswer(status);
  if (row.outcome === 'delivered') return { outcome: 'delivered', errorCode: null, errorMessage: null };
  return { outcome: row.outcome, errorCode: code ?? `http.${status}`, errorMessage: message ?? row.text };
}

/** The meaning of a call without an answer: tried again, or unknown when NgDP may have received it. */
export function answerOfError(error: unknown): DeliveryAnswer {
  const code = codeOf(error);
  const outcome = NOTHING_SENT.has(code) ? 'retry' : 'unknown';
  return { outcome, errorCode: `network.${code.toLowerCase()}`, errorMessage: 'Forbindelsen til Digital Post blev afbrudt.' };
}

function otherAnswer(status: number): { outcome: DeliveryOutcome; text: string | null } {
  return status >= 400 && status < 500
    ? { outcome: 'refused', text: 'Digital Post afviste beskeden.' }
    : { outcome: 'retry', text: 'Digital Post har en fejl.' };
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  if (typeof code === 'string') return code;
  return cause === undefined ? 'UNKNOWN' : codeOf(cause);
}
