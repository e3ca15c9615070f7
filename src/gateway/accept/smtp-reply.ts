import { problemHeadline, problemRemedy, type Problem, type ProblemCode } from '../../domain/problem.ts';

/** An answer at the SMTP door; the enhanced status code (RFC 3463) follows from the code. */
export interface SmtpReply {
  readonly code: number;
  readonly text: string;
}

/** Codes for Problems that the door refuses; a Problem of who may send is 557, which goes out as 5.7.1. */
const CODES: Partial<Record<ProblemCode, number>> = {
  'address-malformed': 553,
  'citizen-contact-point': 553,
  'sender-unknown': 553,
  'mail-too-large': 552,
  'line-too-long': 554,
  'header-too-long': 554,
  'too-many-received': 554,
};

// RFC 5321 4.5.3.1.5: a reply line is at most 512 octets; code, status and line end take some.
const TEXT_MAX = 460;

/** The answer that refuses a mail or an address for good, in the words of the catalogue. */
export function refusalReply(problem: Problem): SmtpReply {
  return { code: CODES[problem.code] ?? 557, text: `${problemHeadline(problem)}. ${problemRemedy(problem)}` };
}

const DISK_FULL = '53100';

/** The answer to trouble of our own: the client keeps the mail and tries again. */
export function ownTroubleReply(error: unknown): SmtpReply {
  return (error as { code?: unknown }).code === DISK_FULL
    ? { code: 452, text: 'Lageret er fuldt. Prøv igen senere.' }
    : { code: 451, text: 'Mailen kunne ikke gemmes lige nu. Prøv igen senere.' };
}

/** The reply as the SMTP library takes it: ASCII, unless the client asked for SMTPUTF8 (RFC 6531 3.7.4.2). */
export function replyError(reply: SmtpReply, smtpUtf8: boolean): Error {
  const text = smtpUtf8 ? reply.text : toAscii(reply.text);
  return Object.assign(new Error(text.slice(0, TEXT_MAX)), { responseCode: reply.code });
}

const LETTERS: Readonly<Record<string, string>> = {
  æ: 'ae', ø: 'oe', å: 'aa', Æ: 'Ae', Ø: 'Oe', Å: 'Aa', '»': '"', '«': '"', '–': '-', '…': '...',
};

function toAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/gu, (letter) => LETTERS[letter] ?? withoutMarks(letter));
}

/** "é" is read as "e"; what has no such letter is "?". */
function withoutMarks(letter: string): string {
  const [base = ''] = letter.normalize('NFD');
  return /^[\x20-\x7e]$/.test(base) ? base : '?';
}
