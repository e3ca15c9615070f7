import { usualClient, type ClientSettings } from './client-settings.ts';
import { recordOf } from './conversation.ts';
import { methodNames } from './method-names.ts';

/** Whether a value may stand, and what may, in words. */
type Check = readonly [isGood: (value: unknown) => boolean, words: string];

const truth: Check = [(value) => typeof value === 'boolean', 'true eller false'];
const duration: Check = [(value) => typeof value === 'number' && value >= 0 && Number.isFinite(value), 'et tal fra 0, i millisekunder'];
const oneOf = (...values: readonly string[]): Check => [(value) => typeof value === 'string' && values.includes(value), values.map((one) => `"${one}"`).join(' eller ')];
const matching = (pattern: RegExp, words: string): Check => [(value) => typeof value === 'string' && pattern.test(value), words];
const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) > 0;

const CHECKS: Readonly<Record<keyof ClientSettings, Check>> = {
  // The manifest asks for 1.5 at least: below that Outlook shows no add-in.
  mailbox: matching(/^1\.([5-9]|[1-9]\d)$/, 'et kravsæt fra "1.5", fx "1.12"'),
  addressLengthMax: [(value) => value === null || isCount(value), 'et helt tal over 0, eller null'],
  recipientsChanged: truth, attachmentsChanged: truth, nestedAppAuth: truth, windows: truth, smartAlerts: truth,
  failNext: [(value) => value === null || typeof value === 'object', 'null eller {call, code, count}'],
  theme: oneOf('light', 'dark'),
  language: matching(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'et sprog, fx "da-DK"'),
  latencyMs: duration, alertLongerMs: duration, alertTimeoutMs: duration,
};

const FAILURE_CHECKS: Readonly<Record<'call' | 'code' | 'count', Check>> = {
  call: [(value) => Number.isInteger(value) || Object.values(methodNames).some((name) => name === value), `et kalds nummer, eller et af: ${Object.values(methodNames).join(', ')}`],
  code: [(value) => isCount(value) || value === 'silence', 'en fejlkode, fx 9020, eller "silence"'],
  count: [isCount, 'et helt tal over 0'],
};

/** What a script asks of the client. Throws an Error that says which setting is wrong, and what it may be. */
export function readClientSettings(asked: unknown): Partial<ClientSettings> {
  const settings = plainRecord('client', asked);
  check('client', settings, CHECKS);
  if (settings['failNext'] !== undefined && settings['failNext'] !== null) check('failNext', plainRecord('failNext', settings['failNext']), FAILURE_CHECKS);
  const known = Object.keys(usualClient).filter((name) => settings[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, settings[name]]));
}

function plainRecord(where: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${where}: skal være et objekt.`);
  return recordOf(value);
}

function check(where: string, given: Readonly<Record<string, unknown>>, checks: Readonly<Record<string, Check>>): void {
  for (const [name, value] of Object.entries(given)) {
    const found = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!found) throw new Error(`${where}: "${name}" er ukendt. Kendte: ${Object.keys(checks).join(', ')}.`);
    if (value !== undefined && !found[0](value)) throw new Error(`${where}: ${name} skal være ${found[1]}.`);
  }
}
