import { setTimeout as pause } from 'node:timers/promises';
import { RunningSandbox } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { canWatchMemory, watchMemory } from '../journeys/watch-memory.ts';
import { skippedRow, type BenchRow } from './bench-row.ts';
import { makeLargeMail } from './large-mail.ts';

// A MeMo of 99 MB: base64 makes four bytes of three.
const MEMO_BYTES = 99_000_000;
const ATTACHMENT_BYTES = MEMO_BYTES * 0.75 - 100_000;
const SETTLE_MS = 3_000;
const PATIENCE_MS = 120_000;
const GOAL = { below: 2.5 } as const;

/** How much the whole process tree, stand-ins and PostgreSQL included, grows while a message of 99 MB goes through. */
export async function memoryAboveIdle(): Promise<readonly BenchRow[]> {
  const what = 'peak memory above idle, 99 MB message';
  if (!canWatchMemory) return [skippedRow(what, GOAL, 'the kernel tells no proportional set size')];
  await using sandbox = await RunningSandbox.start();
  await pause(SETTLE_MS);
  const { raw } = makeLargeMail('pdf', ATTACHMENT_BYTES, 'Sagens akter');
  const { firstMb, highestMb } = await watchMemory(sandbox, async () => {
    const answer = await sandbox.submit(raw, 'sikkerpost@kommune.example', ['1234567890@35833684.ngdp.digital-post.dk']);
    if (answer.code !== 250) throw new Error(`${answer.code} ${answer.text}`);
    await until(async () => (await sandbox.mailbox('sikkerpost@kommune.example')).length > 0, PATIENCE_MS, 'the receipt');
  });
  const grownBytes = (highestMb - firstMb) * 1_048_576;
  return [{
    what,
    ours: `${(grownBytes / 1e6).toFixed(0)} MB`,
    baseline: `the message, ${MEMO_BYTES / 1e6} MB`,
    ratio: grownBytes / MEMO_BYTES,
    goal: GOAL,
  }];
}
