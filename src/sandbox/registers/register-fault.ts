/** What can be made to fail: the CPR register, the CVR register, or the door that gives tokens. */
export type FaultTarget = 'cpr' | 'cvr' | 'token';

export const FAULT_TARGETS: readonly FaultTarget[] = ['cpr', 'cvr', 'token'];

/**
 * How a register misbehaves; `left` counts calls down, null: until changed. status: answers so. timeout: reads, never
 * answers. reset: cuts the line. slow: answers rightly, late. invalid: 200 with JSON that breaks off. retired: 404 without
 * a body, as Datafordeleren answers for a version that it has closed (registers-identity.md 1.3).
 */
export type RegisterFault =
  | { readonly mode: 'none' }
  | { readonly mode: 'status'; readonly status: number; readonly left: number | null }
  | { readonly mode: (typeof PLAIN_MODES)[number]; readonly left: number | null };

const PLAIN_MODES = ['timeout', 'reset', 'slow', 'invalid', 'retired'] as const;

/** Somebody asked the sandbox's registers for what cannot be; `message` says what, in Danish, and quotes no number. */
export class UnknownRegisterSetting extends Error {
  /** By which the front door knows whose mistake it was. */
  readonly statusCode = 400;
}

const DEFAULT_STATUS = 503;
const STATUS_MIN = 200;
const STATUS_MAX = 599;
const COUNT_MAX = 1_000_000_000;

/** Reads `{mode, status, count}` as the contract has it. Throws UnknownRegisterSetting. */
export function readRegisterFault(asked: Readonly<Record<string, unknown>>): RegisterFault {
  const { mode, status, count } = asked;
  const left = count === undefined || count === null ? null : wholeNumber('count', count, 0, COUNT_MAX);
  if (mode === 'none' || (left === 0 && typeof mode === 'string')) return { mode: 'none' };
  if (mode === 'status') return { mode, status: wholeNumber('status', status ?? DEFAULT_STATUS, STATUS_MIN, STATUS_MAX), left };
  const plain = PLAIN_MODES.find((one) => one === mode);
  if (plain !== undefined) return { mode: plain, left };
  throw new UnknownRegisterSetting('mode skal være status, timeout, reset, slow, invalid, retired eller none.');
}

/** A JSON object's fields. Throws UnknownRegisterSetting for anything else. */
export function fieldsIn(asked: unknown): Readonly<Record<string, unknown>> {
  if (typeof asked === 'object' && asked !== null && !Array.isArray(asked)) return asked as Record<string, unknown>;
  throw new UnknownRegisterSetting('Kroppen skal være et JSON-objekt.');
}

/** A whole number within bounds. Throws UnknownRegisterSetting. */
export function wholeNumber(name: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UnknownRegisterSetting(`${name} skal være et helt tal fra ${min} til ${max}.`);
}
