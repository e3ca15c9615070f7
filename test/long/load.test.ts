import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { HoldWorld, DAY_MS, SIKKERPOST } from '../gateway/hold-world.ts';
import { citizen, ngdp, OWN_CVR } from '../journeys/citizens.ts';
import { gatewayProcesses } from '../journeys/kill-gateway.ts';
import { noticesIn } from '../journeys/receipt-reading.ts';
import { RunningSandbox, SmtpWire } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { canWatchMemory } from '../journeys/watch-memory.ts';

const SMTP_SOURCE = '/usr/sbin/smtp-source';
const NO_SMTP_SOURCE = existsSync(SMTP_SOURCE) ? false : 'smtp-source (Debian’s package postfix) is not installed';
const COLLEAGUE = 'sagsbehandler@kommune.example';
const MAILS = Number(process.env['MAILS'] ?? 6_000);
const DIGITAL = MAILS / 10;
const MAIL_BYTES = 50_000;
const PATIENCE_MS = 800_000;
const LOOK_MS = 500;
/** Between two looks into whole mailboxes, which cost the sandbox more. */
const LIST_MS = 2_000;
const DOWNLOADS_AT_ONCE = 8;
/**
 * What the gateway's memory may grow between the third and the last quarter of the work. Before that the heap grows to the
 * size at which V8 leaves it (seen: 293, 333, 380, 394 MB); mails of 50 kB kept for good would be 75 MB a quarter.
 */
const GROWTH_MAX_MB = 50;
/** With fewer the heap is still on its way to its size, and says nothing. */
const MAILS_TO_JUDGE_GROWTH = 6_000;
const MASS_RECIPIENTS = 100_000;
/** The issue's own bound: "100,000 rows accepted and queued in under 60 s". */
const MASS_QUEUED_MAX_S = 60;

/** What a line of smtp-source does: so many mails of a size on so many connections, until each got its 250. */
interface Source {
  readonly sessions: number;
  readonly mails: number;
  readonly to: string;
  readonly subject: string;
}

async function send(port: number, { sessions, mails, to, subject }: Source): Promise<void> {
  // Ends with an error as soon as one answer is not the one of a mail that was taken.
  await promisify(execFile)(SMTP_SOURCE, [
    '-d', '-s', String(sessions), '-l', String(MAIL_BYTES), '-m', String(mails), '-S', subject, '-f', SIKKERPOST, '-t', to,
    `127.0.0.1:${port}`,
  ], { timeout: PATIENCE_MS });
}

/** Greets the door again and again until told to stop; every answer, and the longest wait for one. */
function greetUntil(port: number, done: AbortSignal): Promise<{ readonly codes: readonly number[]; readonly slowestMs: number }> {
  const greet = async () => {
    const begin = performance.now();
    const wire = await SmtpWire.open(port);
    const { code } = await wire.say('EHLO exchange.kommune.example');
    await wire.say('QUIT');
    wire.vanish();
    return { code, ms: performance.now() - begin };
  };
  return (async () => {
    const answers: Awaited<ReturnType<typeof greet>>[] = [];
    while (!done.aborted) {
      answers.push(await greet());
      await pause(LOOK_MS);
    }
    return { codes: answers.map(({ code }) => code), slowestMs: Math.max(...answers.map(({ ms }) => ms)) };
  })();
}

/** Resident memory of the gateway's own process, in MB, look by look. */
async function memoryUntil(sandbox: RunningSandbox, done: AbortSignal): Promise<readonly number[]> {
  const pid = await mainProcess(sandbox);
  const looks: number[] = [];
  while (!done.aborted) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    looks.push(Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024);
    await pause(LOOK_MS);
  }
  return looks;
}

async function mainProcess(sandbox: RunningSandbox): Promise<number> {
  for (const pid of await gatewayProcesses(sandbox)) {
    if ((await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).includes('/src/gateway/main.ts')) return pid;
  }
  throw new Error('the gateway’s process is not there');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The Message-IDs of all mails in a mailbox that carry a subject, each as often as it lies there. */
async function messageIdsIn(sandbox: RunningSandbox, mailbox: string, subject: string): Promise<readonly string[]> {
  const rows = (await sandbox.mailbox(mailbox)).filter((row) => row.subject === subject).values();
  const found: string[] = [];
  await Promise.all(Array.from({ length: DOWNLOADS_AT_ONCE }, async () => {
    for (const { id } of rows) {
      const head = (await sandbox.mail(mailbox, id)).subarray(0, 4_000).toString('latin1');
      found.push(/^Message-ID:\s*(\S+)/im.exec(head)?.[1] ?? '');
    }
  }));
  return found;
}

describe('a day’s load in minutes', () => {
  it(`of ${MAILS} mails of 50 kB on ten connections: none lost, none doubled, the door answers, memory stays`, { skip: NO_SMTP_SOURCE }, async (t) => {
    await using sandbox = await RunningSandbox.start();
    const half = DIGITAL / 2;
    const letters = [citizen(0), citizen(1)].map((number, n) => ({ sessions: 1, mails: half, to: ngdp(number), subject: `Brev ${n}` }));
    const ordinary = { sessions: 8, mails: MAILS - DIGITAL, to: COLLEAGUE, subject: 'Til en kollega' };
    const work = new AbortController();
    const greeted = greetUntil(sandbox.smtpPort, work.signal);
    const memory = canWatchMemory ? memoryUntil(sandbox, work.signal) : null;
    const begin = performance.now();
    const sinceBegin = () => (performance.now() - begin) / 1000;
    try {
      await Promise.all([ordinary, ...letters].map((source) => send(sandbox.smtpPort, source)));
      t.diagnostic(`${MAILS} mails taken in ${sinceBegin().toFixed(0)} s, ${(MAILS / sinceBegin()).toFixed(0)}/s while all of the road works`);
      const brought = async () => (await sandbox.mailbox(COLLEAGUE)).length + (await sandbox.mailbox(SIKKERPOST)).length;
      await until(async () => {
        await pause(LIST_MS);
        return (await brought()) >= MAILS;
      }, PATIENCE_MS, 'every mail, and a receipt of every letter');
      t.diagnostic(`all brought after ${sinceBegin().toFixed(0)} s`);
    } finally {
      work.abort();
    }
    const { codes, slowestMs } = await greeted;
    t.diagnostic(`the door answered ${codes.length} greetings, the slowest after ${slowestMs.toFixed(0)} ms`);
    assert.deepEqual(new Set(codes), new Set([250]));
    await assertOnce(sandbox, letters);
    const looks = await memory;
    if (looks && MAILS >= MAILS_TO_JUDGE_GROWTH) assertFlat(looks, (text) => t.diagnostic(text));
  });

  it(`a mass send to ${MASS_RECIPIENTS} is queued within a minute, and a caseworker’s letter overtakes it`, async (t) => {
    await using world = await HoldWorld.start({ HOLD_MASS_MS: String(DAY_MS) });
    const content = Array.from({ length: MASS_RECIPIENTS }, (_, n) => citizen(n)).join('\r\n');
    const begin = performance.now();
    const mass = await world.hand([`masseforsendelse-${MASS_RECIPIENTS}@${OWN_CVR}.ngdp.digital-post.dk`], {
      subject: 'Til hundrede tusind', attachments: [{ filename: 'masseforsendelse.txt', content }],
    });
    const letter = await world.hand([ngdp(citizen(0))], { subject: 'Et brev imens' });
    await until(async () => ['expanded', 'refused', 'parked'].includes(await world.state(mass.id)), PATIENCE_MS, 'the mass send read');
    const seconds = (performance.now() - begin) / 1000;
    t.diagnostic(`${MASS_RECIPIENTS} recipients taken and queued in ${seconds.toFixed(1)} s`);
    assert.equal(await world.state(mass.id), 'expanded');
    assert.deepEqual(await world.counts(mass), { waiting: MASS_RECIPIENTS });
    assert.equal(await world.inner.number(`select sum(messages) from container where submission_id = ${mass.id} and status = 'waiting'`), MASS_RECIPIENTS);
    assert.equal(await world.inner.number(`select count(distinct recipient_key) from delivery where submission_id = ${mass.id}`), MASS_RECIPIENTS);
    assert.ok(seconds < MASS_QUEUED_MAX_S, `${seconds} s`);
    await world.untilStatus(letter, 'completed', 1);
    assert.equal(await world.arrived(mass), 0);
  });
});

/** Every mail lies there once; every letter has arrived once, and its sender has one receipt of it. */
async function assertOnce(sandbox: RunningSandbox, letters: readonly Source[]): Promise<void> {
  const ids = await messageIdsIn(sandbox, COLLEAGUE, 'Til en kollega');
  assert.equal(ids.length, MAILS - DIGITAL);
  assert.equal(new Set(ids).size, MAILS - DIGITAL);
  const messages = await sandbox.messages();
  assert.equal(messages.length, DIGITAL);
  assert.equal(new Set(messages.map(({ messageUUID }) => messageUUID)).size, DIGITAL);
  for (const { mails, subject } of letters) assert.equal(messages.filter(({ label }) => label === subject).length, mails, subject);
  const receipts = await noticesIn(sandbox, SIKKERPOST);
  assert.equal(receipts.length, DIGITAL);
  assert.equal(new Set(receipts.map(({ inReplyTo }) => inReplyTo)).size, DIGITAL);
  assert.deepEqual(new Set(receipts.map(({ copy }) => copy?.counts.delivered)), new Set([1]));
  const arrived = new Set(messages.map(({ messageUUID }) => messageUUID));
  assert.deepEqual(new Set(receipts.flatMap(({ copy }) => copy?.recipients.map(({ messageUUID }) => messageUUID) ?? [])), arrived);
}

function assertFlat(looks: readonly number[], say: (text: string) => void): void {
  const quarters = [0, 1, 2, 3].map((n) => median(looks.slice(Math.floor((looks.length * n) / 4), Math.floor((looks.length * (n + 1)) / 4))));
  say(`the gateway's memory by quarters: ${quarters.map((mb) => mb.toFixed(0)).join(', ')} MB; at most ${Math.max(...looks).toFixed(0)} MB`);
  const [, , third = 0, last = 0] = quarters;
  assert.ok(last - third <= GROWTH_MAX_MB, `${third} MB, then ${last} MB`);
}
