import type { Queryable } from './database.ts';

/** The key under which a program asks for something once, and what it asked: SHA-256 of path and body. */
export interface AnswerKey {
  readonly clientId: string;
  readonly key: string;
  readonly bodySha256: Buffer;
}

/** An answer as it was given; the body as text, so that it comes again byte for byte. */
export interface KeptAnswer {
  readonly status: number;
  readonly location: string | null;
  readonly body: string;
}

/** What is known of a key: nothing, the answer to this very request, or that it belongs to another request. */
export type FoundAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'answered'; readonly answer: KeptAnswer }
  | { readonly kind: 'other-request' };

interface AnswerRow {
  readonly bodySha256: Buffer;
  readonly status: number;
  readonly answer: { readonly location: string | null; readonly body: string };
}

/** Looks an answer up by the key that the program chose. */
export async function findAnswer(database: Queryable, { clientId, key, bodySha256 }: AnswerKey): Promise<FoundAnswer> {
  const { rows } = await database.query<AnswerRow>({
    name: 'find-api-answer',
    text: `select body_sha256 as "bodySha256", status, answer from api_answer where client_id = $1 and key = $2`,
    values: [clientId, key],
  });
  const row = rows[0];
  if (!row) return { kind: 'none' };
  if (!row.bodySha256.equals(bodySha256)) return { kind: 'other-request' };
  return { kind: 'answered', answer: { status: row.status, ...row.answer } };
}

/**
 * Keeps an answer, in the transaction that does what it tells of. False when another request with this key was first:
 * nothing may be done then. Waits for a transaction under way that holds the key.
 */
export async function keepAnswer(
  connection: Queryable,
  { clientId, key, bodySha256 }: AnswerKey,
  { status, location, body }: KeptAnswer,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await connection.query({
    name: 'keep-api-answer',
    text: `insert into api_answer (client_id, key, body_sha256, status, answer, created_at) values ($1, $2, $3, $4, $5, $6)
           on conflict do nothing`,
    values: [clientId, key, bodySha256, status, JSON.stringify({ location, body }), now],
  });
  return rowCount === 1;
}

/** Forgets answers older than the memory; returns how many. */
export async function forgetAnswers(database: Queryable, before: Date): Promise<number> {
  const { rowCount } = await database.query({ text: 'delete from api_answer where created_at < $1', values: [before] });
  return rowCount ?? 0;
}
