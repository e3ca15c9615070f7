import type { Database } from '../store/database.ts';
import { keepAnswers, recallAnswers, type AnswerKind } from '../store/register-answers.ts';
import type { SecretKeys } from '../store/secret-keys.ts';

/** Where answers are remembered, and the clock by which they age. */
export interface Memory {
  readonly database: Database;
  readonly keys: SecretKeys;
  readonly now: () => Date;
}

/** How a question is asked about many numbers at once, and how long its answers may be believed. */
export interface Question<Answer> extends AnswerKind {
  /** The answers in the order of the numbers. */
  readonly ask: (subjects: readonly string[]) => Promise<readonly Answer[]>;
  /** 0: the answer is not remembered. */
  readonly memoryMs: (answer: Answer) => number;
}

/**
 * Answers about numbers that differ, in their order: those that are remembered, and the others asked for together and
 * remembered. Rejects when the database does: what cannot be kept account of is not asked.
 */
export async function remember<Answer>(memory: Memory, question: Question<Answer>, subjects: readonly string[]): Promise<readonly Answer[]> {
  const { database, keys, now } = memory;
  const { kind, scope } = question;
  const known = await recallAnswers(database, keys, { kind, scope, subjects, now: now() });
  const missing = subjects.filter((subject) => !known.has(subject));
  const asked = missing.length === 0 ? [] : await question.ask(missing);
  const fresh = new Map(missing.map((subject, n) => [subject, asked[n] as Answer]));
  const at = now().getTime();
  const kept = [...fresh].flatMap(([subject, answer]) => {
    const lifeMs = question.memoryMs(answer);
    return lifeMs > 0 ? [{ subject, answer, expiresAt: new Date(at + lifeMs) }] : [];
  });
  await keepAnswers(database, keys, { kind, scope, answers: kept });
  return subjects.map((subject) => (known.has(subject) ? known.get(subject) : fresh.get(subject)) as Answer);
}
