import { maskCprNumbersIn } from './cpr-number.ts';
import type { ProblemCode, ProblemParameters } from './problem-parameters.ts';
import type { ProblemTexts } from './problem-text.ts';
import { problemTexts } from './problem-texts.ts';

export type { ProblemCode, ProblemParameters } from './problem-parameters.ts';

/** Something that the sender can mend. It goes back in a mail, an SMTP answer or the pane, and is never thrown. */
export interface Problem {
  readonly code: ProblemCode;
  readonly parameters: Readonly<Record<string, string | number | readonly string[]>>;
}

/**
 * Makes a Problem with just the parameters that its code has. CPR numbers in them are masked here already, so that a
 * Problem can be stored, logged and sent to the pane as it is.
 */
export function problemOf<Code extends ProblemCode>(code: Code, parameters: ProblemParameters[Code]): Problem {
  const given = Object.entries(parameters as unknown as Problem['parameters']);
  return { code, parameters: Object.fromEntries(given.map(([name, value]) => [name, masked(value)])) };
}

function masked(value: string | number | readonly string[]): string | number | readonly string[] {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? maskCprNumbersIn(value) : value.map(maskCprNumbersIn);
}

/**
 * What is wrong, as one Danish sentence without a full stop that also serves as a subject: "Beskeden er ikke sendt: …".
 * CPR numbers are masked, line breaks and other control signs gone.
 */
export function problemHeadline(problem: Problem): string {
  return `Beskeden er ikke sendt: ${readable(textsOf(problem.code).headline(problem.parameters))}`;
}

/** What to do now: Danish sentences, CPR numbers masked. */
export function problemRemedy(problem: Problem): string {
  return readable(textsOf(problem.code).remedy(problem.parameters));
}

// The one place where the type that ties a code to its parameters is let go: a stored Problem has lost it.
function textsOf(code: ProblemCode): ProblemTexts<Problem['parameters']> {
  return problemTexts[code] as unknown as ProblemTexts<Problem['parameters']>;
}

function readable(text: string): string {
  return maskCprNumbersIn(text);
}
