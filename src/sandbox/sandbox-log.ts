import { pino, type Logger } from 'pino';
import { maskCprNumbersIn } from '../domain/cpr-number.ts';

/** What the sandbox logs to; steps ask for no more than this. */
export type SandboxLog = Pick<Logger, 'info' | 'warn' | 'error'>;

/**
 * The log of the sandbox: JSON lines on stderr, because stdout belongs to the ready line alone. Callers log ids and
 * counts, never addresses or texts from mails; should a CPR number slip in, it is masked in the finished line.
 */
export function makeSandboxLog(): SandboxLog {
  const options = { base: { part: 'sandbox' }, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, { write: (line: string) => void process.stderr.write(maskCprNumbersIn(line)) });
}
