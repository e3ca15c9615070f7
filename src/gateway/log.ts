import { fileURLToPath } from 'node:url';
import { pino, type Logger } from 'pino';
import { maskCprNumbersIn } from '../domain/cpr-number.ts';
import type { Settings } from './config.ts';

export type Log = Logger;

/** What may stand in the log beside what never tells anything of a mail (features.md, M27). */
export interface LogPrivacy {
  /** `subject` of a mail. */
  readonly subjects: boolean;
  /** `from` of a mail: the mailbox and whoever is named. */
  readonly senders: boolean;
  /** `errorText`: what another system wrote of a mail; and the words of errors that came up in foreign code. */
  readonly errorTexts: boolean;
}

const NOTHING: LogPrivacy = { subjects: false, senders: false, errorTexts: false };

/** What the settings allow. */
export function logPrivacy(settings: Pick<Settings, 'LOG_SUBJECTS' | 'LOG_SENDERS' | 'LOG_ERROR_TEXTS'>): LogPrivacy {
  return {
    subjects: settings.LOG_SUBJECTS === 'on',
    senders: settings.LOG_SENDERS === 'on',
    errorTexts: settings.LOG_ERROR_TEXTS === 'on',
  };
}

/**
 * The JSON log: one line for each state that a mail (`id: "s12"`) or a delivery (`id: "d34"`) passes, and for trouble.
 * Goes to stderr, for stdout belongs to the ready line. Whoever logs gives `subject`, `from`, `errorText` and errors (as
 * `reason`) as they are; what of them may stand there is decided here. Numbers that look like CPR numbers are masked in the
 * finished line, so that no careless field can carry one out.
 */
export function makeLog(level: string, write: (line: string) => void = gatheringWriter(), privacy: LogPrivacy = NOTHING): Log {
  const when = (allowed: boolean) => (value: unknown) => (allowed ? (value ?? undefined) : undefined);
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      serializers: {
        subject: when(privacy.subjects),
        from: when(privacy.senders),
        errorText: when(privacy.errorTexts),
        reason: (value: unknown) => (value instanceof Error ? errorWords(value, privacy.errorTexts) : value),
      },
    },
    { write: (line: string) => write(maskCprNumbersIn(line)) },
  );
}

/**
 * An error's words are the program's own only where the program threw it. A parser quotes what it could not read, and a
 * database the value that it did not like: of those the name, the code and the place are told.
 */
function errorWords(error: Error, texts: boolean): string {
  const { code } = error as { readonly code?: unknown };
  const mark = typeof code === 'string' && CODE.test(code) ? ` ${code}` : '';
  if (texts) return `${error.stack ?? error.message}${mark}`;
  const frames = (error.stack ?? '').split('\n').filter((line) => FRAME.test(line));
  const words = frames[0]?.includes(OWN_CODE) === true ? `: ${error.message}` : '';
  return [`${CODE.test(error.name) ? error.name : 'Error'}${mark}${words}`, ...frames.slice(0, FRAMES_MAX).map((line) => line.trim())].join(' ');
}

const FRAMES_MAX = 6;
const FRAME = /^ {4}at /;
const OWN_CODE = fileURLToPath(new URL('../', import.meta.url));
const CODE = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/** A code that another system gave, where it looks like one; a text in its place says nothing here. */
export function loggedCode(code: string | null): string | undefined {
  if (code === null) return undefined;
  return CODE.test(code) ? code : 'unreadable-code';
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
