import pg from 'pg';

/** The sandbox's own tables, in the same PostgreSQL as the gateway's but in a schema of their own. */
export type SandboxDatabase = pg.Pool;

const CONNECTIONS_MAX = 16;
/** Taken while tables are made, so that two starts at once do not meet. Any number that nobody else uses. */
const TABLES_LOCK = 727_101;

const TABLES = `
create schema if not exists sandbox;
create table if not exists sandbox.settings (name text primary key, value jsonb not null);
create table if not exists sandbox.messages (
  seq bigint generated always as identity primary key,
  channel text not null,
  message_uuid text not null,
  recipient_id text not null,
  recipient_key text not null,
  sender_id text not null,
  sender_label text not null,
  label text not null,
  reply boolean not null,
  received_at timestamptz not null default clock_timestamp(),
  container text,
  system_id text not null,
  transmission_id uuid not null,
  size bigint not null,
  bytes bytea,
  file text
);
alter table sandbox.messages add column if not exists file_offset bigint not null default 0;
alter table sandbox.messages alter bytes set storage external;
create table if not exists sandbox.containers (
  id uuid primary key,
  channel text not null,
  received_at timestamptz not null default clock_timestamp(),
  messages integer not null,
  size bigint not null,
  bytes bytea,
  file text
);
alter table sandbox.containers alter bytes set storage external;
create unique index if not exists messages_uuid on sandbox.messages (channel, lower(message_uuid));
create index if not exists messages_recipient on sandbox.messages (recipient_key, seq);
create table if not exists sandbox.receipts (
  seq bigint generated always as identity primary key,
  id uuid not null unique default gen_random_uuid(),
  channel text not null,
  system_id text not null,
  due_at timestamptz not null,
  given boolean not null,
  receipt text not null
);
alter table sandbox.receipts add column if not exists message_uuid text;
create table if not exists sandbox.mass_sends (
  id uuid primary key,
  sender text not null,
  subject text not null,
  recipients integer not null,
  sent_at timestamptz not null
);
create index if not exists receipts_due on sandbox.receipts (system_id, due_at, seq);
create index if not exists receipts_of_network on sandbox.receipts (channel, due_at, seq);
create table if not exists sandbox.mails (
  id bigint generated always as identity primary key,
  sender text not null,
  recipients text not null,
  subject text not null,
  received_at timestamptz not null default clock_timestamp(),
  size bigint not null,
  bytes bytea,
  file text
);
alter table sandbox.mails alter bytes set storage external;
create table if not exists sandbox.copies (
  id bigint generated always as identity primary key,
  mailbox text not null,
  mail_id bigint not null references sandbox.mails,
  sha256 text not null,
  unique (mailbox, sha256)
);
create index if not exists copies_mailbox on sandbox.copies (mailbox, id);
alter table sandbox.copies add column if not exists opened boolean not null default false;
create table if not exists sandbox.sent_mails (
  id bigint generated always as identity primary key,
  mailbox text not null,
  mail_id bigint not null references sandbox.mails,
  recipients jsonb not null
);
create index if not exists sent_mails_mailbox on sandbox.sent_mails (mailbox, id);
create table if not exists sandbox.drafts (
  id uuid primary key,
  mailbox text not null,
  saved_at timestamptz not null default clock_timestamp(),
  recipients text not null,
  subject text not null,
  content text not null
);
`;

// bigint ids stay far below 2^53, and a number reads better than a string.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);

/**
 * Opens the sandbox's tables at `url`, making those that are missing. Commits wait for the disk whatever the server's
 * default is: what the stand-ins have answered for must be there after a power cut.
 */
export async function openSandboxDatabase(url: string, onError: (error: Error) => void): Promise<SandboxDatabase> {
  const pool = new pg.Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: 5_000,
    application_name: 'sandbox',
    options: '-c synchronous_commit=on -c statement_timeout=60000 -c client_min_messages=warning',
  });
  pool.on('error', onError);
  await makeTables(pool);
  return pool;
}

async function makeTables(pool: pg.Pool): Promise<void> {
  await inTransaction(pool, async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [TABLES_LOCK]);
    await client.query(TABLES);
  });
}

/** Commits what `work` does on the one connection it is given; undoes it all when it throws. */
export async function inTransaction<T>(database: SandboxDatabase, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await database.connect();
  let broken = true;
  try {
    await client.query('begin');
    const result = await work(client);
    await client.query('commit');
    broken = false;
    return result;
  } finally {
    // A connection given up while it is in a transaction rolls that back.
    client.release(broken);
  }
}

/** Whether the database answers now. */
export async function databaseAnswers(database: SandboxDatabase, patienceMs: number): Promise<boolean> {
  const answer = database.query('select 1').then(() => true, () => false);
  const silence = new Promise<boolean>((resolve) => void setTimeout(() => resolve(false), patienceMs).unref());
  return Promise.race([answer, silence]);
}
