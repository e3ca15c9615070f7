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

/** For whoever waits no longer: the time of the look-up is over, or the one who asked has gone. */
export function faultOfSignal({ reason }: AbortSignal, words: DoorWords): RegisterFault {
  return new RegisterFault('given-up', words, (reason as ErrorLike | null)?.name === 'TimeoutError' ? 'DEADLINE' : null);
}

/** What comes of the work, or a RegisterFault as soon as the signal is aborted: the work itself goes on for others. */
export async function orGiveUp<T>(work: Promise<T>, words: DoorWords, signal?: AbortSignal): Promise<T> {
  if (!signal) return await work;
  const settled = new AbortController();
  const given = new Promise<never>((_, reject) => {
    const giveUp = (): void => reject(faultOfSignal(signal, words));
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { signal: settled.signal });
  });
  return await Promise.race([work, given]).finally(() => settled.abort());
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
