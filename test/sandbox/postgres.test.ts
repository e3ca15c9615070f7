import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import pg from 'pg';
import { startPostgres, type RunningPostgres } from '../../src/sandbox/postgres.ts';
import { eventually } from './eventually.ts';
import { keptLog, removeFolder, temporaryFolder } from './outside-world.ts';

const POSTGRES_MODULE = new URL('../../src/sandbox/postgres.ts', import.meta.url).href;

describe('the embedded PostgreSQL', () => {
  let dataDir: string;
  let running: RunningPostgres | null = null;
  const children: ChildProcess[] = [];

  before(async () => {
    dataDir = path.join(await temporaryFolder(), 'not', 'there yet');
  });
  afterEach(async () => {
    for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) await killed(child);
    await running?.stop();
    running = null;
  });
  after(() => removeFolder(path.join(dataDir, '..', '..')));

  const start = async (): Promise<RunningPostgres> => {
    running = await startPostgres({ dataDir, log: keptLog() });
    return running;
  };
  const ask = async (url: string, text: string): Promise<unknown[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows.map((row) => Object.values(row)[0]);
    } finally {
      await client.end();
    }
  };
  /** Another process that starts it, as the sandbox does; answers the URL and the server's process id. */
  const startElsewhere = async (): Promise<{ child: ChildProcess; url: string; pid: number }> => {
    const script = `const { startPostgres } = await import(${JSON.stringify(POSTGRES_MODULE)});
      const quiet = () => undefined;
      const postgres = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: { info: quiet, warn: quiet, error: quiet } });
      console.log(JSON.stringify({ url: postgres.url, pid: postgres.pid() }));
      setInterval(quiet, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const line = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (chunk: Buffer) => resolve(chunk.toString('utf8')));
      child.once('exit', () => reject(new Error('it did not start')));
    });
    return { child, ...(JSON.parse(line) as { url: string; pid: number }) };
  };
  const killed = async (child: ChildProcess): Promise<void> => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  };

  it('makes its folder, commits durably, and is open to loopback with a password alone', async () => {
    const { url } = await start();
    assert.match(url, /^postgres:\/\/postbro:[0-9a-f]{48}@127\.0\.0\.1:\d+\//);
    const settings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on', listen_addresses: '127.0.0.1', jit: 'off' };
    for (const [name, value] of Object.entries(settings)) assert.deepEqual(await ask(url, `show ${name}`), [value], name);
    await assert.rejects(ask(url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1'), /password/);
    assert.equal((await stat(path.join(dataDir, 'postgres-password'))).mode & 0o777, 0o600);
    await ask(url, 'create table kept (value text)');
    await ask(url, `insert into kept values ('first')`);
  });

  it('goes on where it stopped', async () => {
    const { url } = await start();
    assert.deepEqual(await ask(url, 'select value from kept'), ['first']);
  });

  it('ends a server left behind by a killed process, and has what was committed', async () => {
    const elsewhere = await startElsewhere();
    await ask(elsewhere.url, `insert into kept values ('second')`);
    await killed(elsewhere.child);
    process.kill(elsewhere.pid, 0);
    const { url } = await start();
    assert.deepEqual(await ask(url, 'select value from kept'), ['first', 'second']);
    await assert.rejects(ask(elsewhere.url, 'select 1'), /ECONNREFUSED/);
  });

  it('starts after everything was killed at once', async () => {
    const elsewhere = await startElsewhere();
    await ask(elsewhere.url, `insert into kept values ('third')`);
    process.kill(elsewhere.pid, 'SIGKILL');
    await killed(elsewhere.child);
    const { url } = await start();
    assert.deepEqual(await ask(url, 'select count(*)::int from kept'), [3]);
  });

  it('is not misled by a postmaster.pid whose number now belongs to another process', async () => {
    await writeFile(path.join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n${dataDir}/postgres\n1\n1\n\n127.0.0.1\n\n`);
    const { url } = await start();
    assert.deepEqual(await ask(url, 'select count(*)::int from kept'), [3]);
  });

  it('refuses a folder that another living process uses, and leaves that one alone', async () => {
    const elsewhere = await startElsewhere();
    await assert.rejects(start(), /bruges allerede/);
    assert.deepEqual(await ask(elsewhere.url, 'select count(*)::int from kept'), [3]);
  });

  it('comes back on the same port when it dies unasked', async () => {
    const postgres = await start();
    const pid = postgres.pid() ?? 0;
    process.kill(pid, 'SIGKILL');
    const count = await eventually(async () => ask(postgres.url, 'select count(*)::int from kept').catch(() => null), 15_000);
    assert.deepEqual(count, [3]);
    assert.notEqual(postgres.pid(), pid);
  });

  it('makes a half-made cluster anew', async () => {
    await start();
    await running?.stop();
    running = null;
    await rm(path.join(dataDir, 'postgres'), { recursive: true });
    await rm(path.join(dataDir, 'postgres.new'), { recursive: true, force: true });
    await mkdir(path.join(dataDir, 'postgres.new', 'base'), { recursive: true });
    const { url } = await start();
    assert.deepEqual(await ask(url, 'select 1'), [1]);
    assert.ok((await readFile(path.join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).startsWith('18'));
  });
});
