import pg from 'pg';
import { LargeValueQuery, type LargeValueStatement } from './large-value-query.ts';

/** What runs a statement: the pool, or one connection inside a transaction. */
export interface Queryable {
  query<Row extends pg.QueryResultRow>(statement: Statement): Promise<pg.QueryResult<Row>>;
  /** Runs a statement whose last value is large; returns the first value of its first row, as text. */
  queryLarge(statement: LargeValueStatement): Promise<string | null>;
}

/** A statement with values; with a name it is prepared once for each connection. */
export interface Statement {
  readonly name?: string;
  readonly text: string;
  readonly values?: unknown[];
}

export interface Database extends Queryable {
  /** For what somebody waits for at a door: no answer within a short time is an error, and what became of it is not known. */
  readonly urgent: Queryable;
  /** Runs `work` in one transaction: committed durably when it returns, rolled back when it throws. */
  transaction<T>(work: (connection: Queryable) => Promise<T>): Promise<T>;
  /** Runs `work` if no other process runs it under this number right now; tells whether it ran. */
  alone(lock: number, work: () => Promise<void>): Promise<boolean>;
  close(): Promise<void>;
}

// bigint ids stay far below 2^53, and a number reads better than a string everywhere else.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

export interface DatabaseLimits {
  readonly connectionsMax: number;
  /** Longest wait for any answer: a line that died silently is noticed by it. */
  readonly timeoutMs: number;
  /** Longest wait for a connection, and for the answer to an urgent statement. */
  readonly urgentTimeoutMs: number;
}

/**
 * Opens PostgreSQL. Everything of the gateway lies in the schema `postbro`. `synchronous_commit` is set on whatever
 * the server's default is: an answer 250 must never be ahead of the disk (backend.md, "Store").
 */
export function openDatabase(url: string, limits: DatabaseLimits, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: limits.connectionsMax,
    connectionTimeoutMillis: limits.urgentTimeoutMs,
    query_timeout: limits.timeoutMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    application_name: 'postbro',
    options: '-c search_path=postbro -c synchronous_commit=on',
  });
  pool.on('error', onError);
  // A connection can also break while it is lent out between two statements; unheard, that would end the process.
  pool.on('connect', (client) => void client.on('error', onError));
  return {
    query: (statement) => pool.query(statement),
    queryLarge: (statement) => withClient(pool, (client) => largeQuery(client, statement, limits.timeoutMs)),
    urgent: {
      query: (statement) => pool.query({ ...statement, query_timeout: limits.urgentTimeoutMs } as pg.QueryConfig),
      queryLarge: (statement) => withClient(pool, (client) => largeQuery(client, statement, limits.urgentTimeoutMs)),
    },
    transaction: (work) => inTransaction(pool, (client) => work(onClient(client, limits.timeoutMs))),
    alone: (lock, work) => underAdvisoryLock(pool, lock, work),
    close: () => pool.end(),
  };
}

function onClient(client: pg.PoolClient, timeoutMs: number): Queryable {
  return {
    query: (statement) => client.query(statement),
    queryLarge: (statement) => largeQuery(client, statement, timeoutMs),
  };
}

function largeQuery(client: pg.PoolClient, statement: LargeValueStatement, timeoutMs: number): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const query = new LargeValueQuery(statement, (error, value) => (error ? reject(error) : resolve(value ?? null)));
    client.query(Object.assign(query, { query_timeout: timeoutMs }));
  });
}

/** Lends a connection out; one that failed is closed, as it may still be busy with the statement. */
async function withClient<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(error instanceof Error ? error : true);
    throw error;
  }
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch((lost: unknown) => {
      broken = lost instanceof Error ? lost : new Error(String(lost));
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** True for an error of PostgreSQL or of the way to it: the database is away, busy or full, and the work may succeed later. */
export function isDatabaseTrouble(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown };
  return error instanceof pg.DatabaseError || (typeof code === 'string' && CONNECTION_CODES.has(code))
    || (typeof message === 'string' && NO_ANSWER.test(message));
}

/** What node-postgres itself says, without a code: an answer that did not come in time, a line that broke. */
const NO_ANSWER = /^(Connection terminated|timeout exceeded when trying to connect|Query read timeout|Client .* is not queryable)/;

const CONNECTION_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);

async function underAdvisoryLock(pool: pg.Pool, lock: number, work: () => Promise<void>): Promise<boolean> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lock]);
    if (!rows[0]?.taken) return false;
    try {
      await work();
    } finally {
      await client.query('select pg_advisory_unlock($1)', [lock]).catch((lost: unknown) => {
        broken = lost instanceof Error ? lost : new Error(String(lost));
      });
    }
    return true;
  } finally {
    client.release(broken);
  }
}
