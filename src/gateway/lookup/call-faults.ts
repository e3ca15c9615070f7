import { RegisterFault, type DoorWords, type FaultKind } from './register-fault.ts';

/**
 * What stood in the way of a call that has no answer, by the codes of Node, OpenSSL and undici. Nothing but a code is
 * taken out of the error: its text can hold the address, and with it a key or a CPR number.
 */
export function faultOfCall(error: unknown, words: DoorWords): RegisterFault {
  if (error instanceof RegisterFault) return error;
  const codes = codesOf(error);
  const all = codes.join(' ');
  const kind = CALL_FAULTS.find(({ pattern }) => pattern.test(all))?.kind ?? 'unexpected';
  return new RegisterFault(kind, words, codes.at(-1) ?? null);
}

interface ErrorLike {
  readonly code?: unknown;
  readonly name?: unknown;
  readonly cause?: unknown;
}

const CAUSES_MAX = 5;

/** Codes and names from the outermost error to its innermost cause. */
function codesOf(error: unknown): readonly string[] {
  const codes: string[] = [];
  let at = error as ErrorLike | null | undefined;
  for (let n = 0; n < CAUSES_MAX && typeof at === 'object' && at !== null; n++) {
    if (at.name === 'TimeoutError') codes.push('TIMEOUT');
    if (typeof at.code === 'string') codes.push(at.code);
    at = at.cause as ErrorLike | null | undefined;
  }
  return codes;
}

/** The first that fits counts. */
const CALL_FAULTS: readonly { readonly pattern: RegExp; readonly kind: FaultKind }[] = [
  { pattern: /KEY_VALUES_MISMATCH|ERR_OSSL_|ERR_CRYPTO_/, kind: 'certificate-unreadable' },
  { pattern: /ENOTFOUND|EAI_AGAIN|EDNS/, kind: 'host-unknown' },
  { pattern: /ERR_INVALID_URL|UND_ERR_INVALID_ARG/, kind: 'wrong-address' },
  { pattern: /CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ALTNAME_INVALID|SELF_SIGNED|UNABLE_TO_|CERT_UNTRUSTED|INVALID_CA/, kind: 'untrusted' },
  { pattern: /ALERT|HANDSHAKE_FAILURE/, kind: 'certificate-refused' },
  { pattern: /ERR_SSL_|EPROTO/, kind: 'no-tls' },
  { pattern: /TIMEOUT|ETIMEDOUT/, kind: 'timeout' },
  { pattern: /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH/, kind: 'unreachable' },
  { pattern: /ECONNRESET|EPIPE|UND_ERR_SOCKET|UND_ERR_DESTROYED|UND_ERR_CLOSED|UND_ERR_ABORTED|HPE_/, kind: 'cut-off' },
  { pattern: /ANSWER_TOO_LARGE|UND_ERR_/, kind: 'unreadable' },
];
