import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { eventually } from './eventually.ts';
import { removeFolder, temporaryFolder } from './outside-world.ts';

const MAIN = fileURLToPath(new URL('../../src/sandbox/main.ts', import.meta.url));
const READY = /^ready http:\/\/localhost:(\d+) smtp:\/\/localhost:(\d+)$/;

interface Started {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly http: number;
  readonly smtp: number;
}

describe('the sandbox as it is started', { skip: process.platform === 'linux' ? false : 'reads /proc' }, () => {
  let home: string;
  let running: Started | null = null;

  before(async () => {
    home = await temporaryFolder();
  });
  after(async () => {
    running?.child.kill('SIGTERM');
    if (running) await exitOf(running.child);
    await removeFolder(home);
  });

  const start = async (): Promise<Started> => {
    const env = { ...process.env, HTTP_PORT: '0', SMTP_PORT: '0', DATA_DIR: path.join(home, 'data'), DATABASE_URL: '' };
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'ignore'] });
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
    const [, http, smtp] = await eventually(async () => READY.exec(lines[0] ?? ''), 30_000);
    running = { child, lines, http: Number(http), smtp: Number(smtp) };
    return running;
  };
  const statusOf = async (started: Started, url: string): Promise<number> => {
    const answer = await fetch(`http://localhost:${started.http}${url}`);
    await answer.arrayBuffer();
    return answer.status;
  };

  it('says one bare line when every door is open', async () => {
    const started = await start();
    assert.equal(started.lines.length, 1);
    for (const url of ['/', '/healthz', '/readyz', '/metrics']) assert.equal(await statusOf(started, url), 200, url);
  });

  it('starts the gateway again, on the same ports, when it dies', async () => {
    const started = running ?? (await start());
    const gateway = await childOf(started.child.pid ?? 0, 'node');
    process.kill(gateway, 'SIGKILL');
    await eventually(async () => ((await statusOf(started, '/readyz')) === 503 ? true : null));
    assert.equal(await statusOf(started, '/healthz'), 200);
    await eventually(async () => ((await statusOf(started, '/readyz')) === 200 ? true : null), 20_000);
    await greetingOf(started.smtp);
  });

  it('killed but for PostgreSQL, takes the gateway along, and goes on at the next start', async () => {
    const first = running ?? (await start());
    const pid = first.child.pid ?? 0;
    const [gateway, postgres] = [await childOf(pid, 'node'), await childOf(pid, 'postgres')];
    const gone = exitOf(first.child);
    first.child.kill('SIGKILL');
    await gone;
    await eventually(async () => ((await programOf(gateway)) === '' ? true : null), 12_000);
    assert.equal(await programOf(postgres), 'postgres');
    const second = await start();
    assert.equal(await programOf(postgres), '');
    assert.equal(await statusOf(second, '/readyz'), 200);
  });

  it('ends every process within 10 s after SIGTERM, exit code 0, also while connections stay open', async () => {
    const started = running ?? (await start());
    const pid = started.child.pid ?? 0;
    const others = [await childOf(pid, 'node'), await childOf(pid, 'postgres')];
    const sockets = [started.http, started.smtp].map((port) => connect(port, 'localhost'));
    for (const socket of sockets) socket.on('error', () => undefined);
    await greetingOf(started.smtp);
    const began = Date.now();
    const ended = exitOf(started.child);
    started.child.kill('SIGTERM');
    assert.equal(await ended, 0);
    running = null;
    assert.ok(Date.now() - began < 10_000);
    for (const other of others) assert.equal(await programOf(other), '');
    for (const socket of sockets) socket.destroy();
  });

  it('says what is wrong with a setting and ends', async () => {
    const child = spawn(process.execPath, [MAIN], { env: { ...process.env, HTTP_PORT: 'x' }, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    assert.equal(await exitOf(child), 1);
    assert.match(said, /HTTP_PORT skal være et tal/);
  });
});

async function exitOf(child: ChildProcess): Promise<number | null> {
  return child.exitCode ?? (await new Promise<number | null>((resolve) => void child.once('exit', resolve)));
}

/** The process of this name that `parent` started. */
async function childOf(parent: number, program: string): Promise<number> {
  for (const entry of await readdir('/proc')) {
    const stat = /^\d+$/.test(entry) ? await readFile(`/proc/${entry}/stat`, 'utf8').catch(() => '') : '';
    const isChild = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
    if (isChild && (await programOf(Number(entry))) === program) return Number(entry);
  }
  throw new Error(`no ${program} under ${parent}`);
}

/** The file name of what a process runs; empty when it is gone or a zombie. */
async function programOf(pid: number): Promise<string> {
  return readlink(`/proc/${pid}/exe`).then((file) => path.basename(file), () => '');
}

async function greetingOf(port: number): Promise<void> {
  const socket = connect(port, 'localhost');
  const said = await new Promise<Buffer>((resolve, reject) => void socket.once('data', resolve).once('error', reject));
  socket.destroy();
  assert.match(said.toString('utf8'), /^220 /);
}
