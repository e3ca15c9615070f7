import type { Queryable } from './database.ts';
import type { SecretKeys } from './secret-keys.ts';

/** Which answers are meant: what was asked, and by whom, for two organisations may be told different things. */
export interface AnswerKind {
  /** E.g. "person", "reach ngdp". */
  readonly kind: string;
  /** The asking organisation and its access. */
  readonly scope: string;
}

/** An answer about one number, until when it may be believed. */
export interface KeptAnswer {
  readonly subject: string;
  readonly answer: unknown;
  readonly expiresAt: Date;
}

const KEY = 'register-answer-key';
const ANSWER = 'register-answer';

/**
 * The answers about these numbers that are still believed, by number. Numbers stand in the table as keyed hashes, answers
 * sealed under their number: whoever has the database alone learns nothing, and a row that was moved opens nowhere.
 */
export async function recallAnswers(
  database: Queryable,
  keys: SecretKeys,
  question: AnswerKind & { readonly subjects: readonly string[]; readonly now: Date },
): Promise<ReadonlyMap<string, unknown>> {
  if (question.subjects.length === 0) return new Map();
  const subjectOfKey = new Map(question.subjects.map((subject) => [keyOf(keys, question, subject).toString('hex'), subject]));
  const { rows } = await database.query<{ key: Buffer; sealed: Buffer }>({
    name: 'recall-register-answers',
    text: 'select key, sealed from register_answer where key = any($1::bytea[]) and expires_at > $2',
    values: [[...subjectOfKey.keys()].map((key) => Buffer.from(key, 'hex')), question.now],
  });
  const found = rows.flatMap(({ key, sealed }): readonly (readonly [string, unknown])[] => {
    const subject = subjectOfKey.get(key.toString('hex'));
    const opened = subject === undefined ? null : unseal(keys, key, sealed);
    return subject === undefined || opened === null ? [] : [[subject, opened.answer]];
  });
  return new Map(found);
}

/** Keeps answers about numbers that differ, in one statement; the newer takes the place of the older. */
export async function keepAnswers(
  database: Queryable,
  keys: SecretKeys,
  { answers, ...kind }: AnswerKind & { readonly answers: readonly KeptAnswer[] },
): Promise<void> {
  if (answers.length === 0) return;
  // In the order of keys: two gateways that keep the same answers never wait for each other in a circle.
  const rows = answers
    .map(({ subject, answer, expiresAt }) => ({ key: keyOf(keys, kind, subject), answer, expiresAt }))
    .toSorted((a, b) => Buffer.compare(a.key, b.key));
  await database.query({
    name: 'keep-register-answers',
    text: `insert into register_answer (key, sealed, expires_at)
           select * from unnest($1::bytea[], $2::bytea[], $3::timestamptz[])
           on conflict (key) do update set sealed = excluded.sealed, expires_at = excluded.expires_at`,
    values: [
      rows.map(({ key }) => key),
      rows.map(({ key, answer }) => keys.seal(ANSWER, JSON.stringify({ key: key.toString('hex'), answer }))),
      rows.map(({ expiresAt }) => expiresAt),
    ],
  });
}

/** Takes away the answers that are believed no longer; the number taken. */
export async function forgetRegisterAnswers(database: Queryable, now: Date): Promise<number> {
  const { rowCount } = await database.query({ text: 'delete from register_answer where expires_at <= $1', values: [now] });
  return rowCount ?? 0;
}

function keyOf(keys: SecretKeys, { scope, kind }: AnswerKind, subject: string): Buffer {
  return keys.hash(KEY, [scope, kind, subject].join('\0'));
}

/** What was sealed, if it was sealed for this very key. */
function unseal(keys: SecretKeys, key: Buffer, sealed: Buffer): { readonly answer: unknown } | null {
  const opened = keys.unseal(ANSWER, sealed);
  const content = opened === null ? null : (JSON.parse(opened) as { readonly key: string; readonly answer: unknown });
  return content?.key === key.toString('hex') ? content : null;
}
