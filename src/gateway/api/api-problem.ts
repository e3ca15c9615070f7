import { maskCprNumbersIn } from '../../domain/cpr-number.ts';
import { problemHeadline, problemRemedy, type Problem, type ProblemCode } from '../../domain/problem.ts';
import type { Refusal } from '../../domain/rights.ts';
import type { ApiAnswer } from './api-answer.ts';

/** What can be wrong with a call itself; the catalogue's codes are about the mail in it (docs/api.md lists both). */
export const CALL_PROBLEMS = {
  'request-invalid': { status: 400, title: 'Kaldet er ikke udfyldt rigtigt' },
  'not-logged-on': { status: 401, title: 'Kaldet mangler et gyldigt logon' },
  'right-missing': { status: 403, title: 'Det har I ikke ret til' },
  'not-found': { status: 404, title: 'Findes ikke' },
  'key-reused': { status: 409, title: 'Idempotency-Key er brugt til et andet kald' },
  'key-in-use': { status: 409, title: 'Et kald med samme Idempotency-Key er i gang' },
  'state-conflict': { status: 409, title: 'Det kan ikke lade sig gøre nu' },
  'content-gone': { status: 410, title: 'Indholdet er slettet' },
  'body-too-large': { status: 413, title: 'Kaldet er for stort' },
  'media-type-unsupported': { status: 415, title: 'Indholdstypen understøttes ikke' },
  'cannot-be-made': { status: 422, title: 'Det kan ikke laves' },
  'too-many-requests': { status: 429, title: 'For mange kald' },
  'cannot-be-proven': { status: 500, title: 'Det kan ikke bevises' },
  'internal-error': { status: 500, title: 'Noget gik galt hos os' },
  'temporarily-unavailable': { status: 503, title: 'Prøv igen om lidt' },
} as const;

export type CallProblemCode = keyof typeof CALL_PROBLEMS;

/** One thing in the request that is not as it must be; `path` as in "attachments.0.filename". */
export interface FieldFault {
  readonly path: string;
  readonly message: string;
}

/** Where problems are explained: PUBLIC_URL, or "" for a reference relative to the call. */
export function problemType(publicUrl: string, code: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/api/fejlkatalog#${code}`;
}

/** An answer by RFC 9457 for something wrong with the call. `detail` is Danish and for people. */
export function callProblem(
  publicUrl: string,
  code: CallProblemCode,
  detail: string,
  more: { readonly errors?: readonly FieldFault[]; readonly retryAfterS?: number } = {},
): ApiAnswer {
  const { status, title } = CALL_PROBLEMS[code];
  const errors = more.errors?.map(({ path, message }) => ({ path: shortened(path), message: shortened(message) }));
  return {
    status,
    headers: {
      ...PROBLEM_HEADERS,
      ...(status === 401 && { 'www-authenticate': 'Basic realm="Postbro", charset="UTF-8", Bearer realm="Postbro"' }),
      ...(more.retryAfterS !== undefined && { 'retry-after': String(more.retryAfterS) }),
    },
    body: { type: problemType(publicUrl, code), title, status, detail: maskCprNumbersIn(detail), code, ...(errors && { errors }) },
  };
}

/** A text that may repeat what the caller wrote, a million unknown names of fields too: its first 200 signs, CPR numbers masked. */
export function shortened(text: string): string {
  // A number must not be cut in two before it is masked.
  const masked = maskCprNumbersIn(text.slice(0, 2 * SHOWN_CHARACTERS_MAX));
  return masked.length <= SHOWN_CHARACTERS_MAX ? masked : `${masked.slice(0, SHOWN_CHARACTERS_MAX - 1).toWellFormed()}…`;
}

const SHOWN_CHARACTERS_MAX = 200;

const PROBLEM_HEADERS = { 'content-type': 'application/problem+json; charset=utf-8' };

const RIGHTS: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'sender-unknown', 'sender-not-allowed', 'mailbox-not-secure', 'mailbox-not-connected', 'mailbox-may-not', 'envelope-foreign', 'originator-foreign',
]);

/** A Problem of the catalogue as a program reads it: code, parameters (CPR numbers masked), and the Danish words. */
export function shownProblem(publicUrl: string, problem: Problem) {
  return {
    type: problemType(publicUrl, problem.code),
    code: problem.code,
    title: problemHeadline(problem),
    detail: problemRemedy(problem),
    parameters: problem.parameters,
  };
}

/**
 * An answer by RFC 9457 for a mail that is refused: the first Problem in its own words, all of them in `problems`.
 * 403 where the right to send is missing, 422 where the mail itself must be mended.
 */
export function mailRefused(publicUrl: string, problems: readonly [Problem, ...Problem[]]): ApiAnswer {
  const [first] = problems;
  const status = RIGHTS.has(first.code) ? 403 : 422;
  const title = problemHeadline(first);
  return {
    status,
    headers: PROBLEM_HEADERS,
    body: {
      type: problemType(publicUrl, first.code),
      title,
      status,
      detail: `${title}. ${problemRemedy(first)}`,
      code: first.code,
      problems: problems.map((problem) => shownProblem(publicUrl, problem)),
    },
  };
}

/** 403 for what the one function of rights has refused, in the very words and code that a mail would get. */
export function refusedAct(publicUrl: string, refusal: Refusal): ApiAnswer {
  switch (refusal.kind) {
    case 'problem':
      return mailRefused(publicUrl, [refusal.problem]);
    case 'right-missing':
      return callProblem(publicUrl, 'right-missing', `Retten »${refusal.action}« mangler.`);
    case 'mailbox-foreign':
      // Whether there is such a mailbox is not told.
      return callProblem(publicUrl, 'right-missing', `Der er ikke adgang til at bruge ${refusal.mailbox}.`);
  }
}
