import { RegisterFault, type DoorWords, type FaultKind } from './register-fault.ts';

/** What an HTTP status means that is no answer; 429 and 5xx do not come this far. */
export function faultOfStatus(status: number, words: DoorWords): RegisterFault {
  return new RegisterFault(STATUS_FAULTS[status] ?? (status < 400 ? 'wrong-address' : 'query-refused'), words, `HTTP ${status}`);
}

const STATUS_FAULTS: Readonly<Record<number, FaultKind>> = {
  401: 'credentials-refused',
  403: 'forbidden',
  // Seen for CVR/v1 on 2026-06-02: a version that is gone answers 404 to everything (registers-identity.md 1.3).
  404: 'retired',
  405: 'wrong-address',
  410: 'retired',
};
