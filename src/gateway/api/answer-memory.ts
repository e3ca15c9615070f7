import { createHash } from 'node:crypto';
import type { Database, Queryable } from '../store/database.ts';
import { findAnswer, keepAnswer, type AnswerKey, type KeptAnswer } from '../store/api-answers.ts';
import type { ApiAnswer } from './api-answer.ts';
import { callProblem } from './api-problem.ts';

export interface MemoryParts {
  readonly database: Database;
  readonly settings: { readonly PUBLIC_URL: string };
  readonly now: () => Date;
}

/** Keeps an answer in a transaction; see ApiCall. */
export type Remember = (connection: Queryable, answer: ApiAnswer) => Promise<void>;

/** Answers a repeated call as the first was answered. */
export interface AnswerMemory {
  once(key: AnswerKey | null, work: (remember: Remember) => Promise<ApiAnswer>): Promise<ApiAnswer>;
}

/** Another call with the same key was first; the transaction of this one is undone. */
export class AnsweredMeanwhile extends Error {}

const RETRY_AFTER_S = 1;

/**
 * Opens the memory of answers (after Stripe's idempotent requests; reliability.md 1). Only what was done is remembered:
 * a call that was refused did nothing and may be mended under the same key. What a call does and its answer are one
 * transaction, so a process killed between the two has done neither.
 */
export function openAnswerMemory({ database, settings, now }: MemoryParts): AnswerMemory {
  const underWay = new Set<string>();
  const replay = async (key: AnswerKey): Promise<ApiAnswer | null> => {
    const found = await findAnswer(database, key);
    switch (found.kind) {
      case 'none':
        return null;
      case 'answered':
        return repeated(found.answer);
      case 'other-request':
        return callProblem(settings.PUBLIC_URL, 'key-reused', 'Nøglen er allerede brugt til et kald med et andet indhold. Brug en ny nøgle.');
    }
  };
  const firstTime = async (key: AnswerKey, work: (remember: Remember) => Promise<ApiAnswer>): Promise<ApiAnswer> => {
    let kept = false;
    const remember = async (connection: Queryable, answer: ApiAnswer) => {
      kept = await keepAnswer(connection, key, asKept(answer), now());
      if (!kept) throw new AnsweredMeanwhile('another call with this key was first');
    };
    try {
      const answer = await work(remember);
      if (!kept && answer.status < 300) await remember(database, answer);
      return answer;
    } catch (error) {
      const first = error instanceof AnsweredMeanwhile ? await replay(key) : null;
      if (first === null) throw error;
      return first;
    }
  };
  return {
    async once(key, work) {
      if (key === null) return await work(async () => {});
      const name = `${key.clientId} ${key.key}`;
      if (underWay.has(name)) {
        return callProblem(settings.PUBLIC_URL, 'key-in-use', 'Vent på svaret på det første kald, eller prøv igen om lidt.', {
          retryAfterS: RETRY_AFTER_S,
        });
      }
      underWay.add(name);
      try {
        return (await replay(key)) ?? (await firstTime(key, work));
      } finally {
        underWay.delete(name);
      }
    },
  };
}

/** What makes two calls the same: method and path, and the bytes of the body. */
export function callSha256(path: string, body: Buffer): Buffer {
  return createHash('sha256').update(`${path}\0`).update(body).digest();
}

function asKept({ status, headers, body }: ApiAnswer): KeptAnswer {
  return { status, location: headers['location'] ?? null, body: JSON.stringify(body) };
}

function repeated({ status, location, body }: KeptAnswer): ApiAnswer {
  return {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'idempotent-replay': 'true',
      ...(location !== null && { location }),
    },
    body,
  };
}
