import { pino, type Logger } from 'pino';
import { maskCprNumbersIn } from '../domain/cpr-number.ts';

export type Log = Logger;

/**
 * The JSON log: one line for each state that a mail (`id: "s12"`) or a delivery (`id: "d34"`) passes, and for trouble.
 * Goes to stderr, for stdout belongs to the ready line. Whatever is logged, numbers that look like CPR numbers are
 * masked in the finished line, so that no careless field or error text can carry one out.
 */
export function makeLog(level: string, write: (line: string) => void = gatheringWriter()): Log {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } },
    { write: (line: string) => write(maskCprNumbersIn(line)) },
  );
}

/** Writes to stderr what was logged in one turn of the event loop at once: a write for each line would cost more than the line. */
function gatheringWriter(): (line: string) => void {
  let gathered = '';
  const flush = () => {
    if (gathered !== '') process.stderr.write(gathered);
    gathered = '';
  };
  process.on('exit', flush);
  return (line) => {
    if (gathered === '') setImmediate(flush);
    gathered += line;
  };
}
