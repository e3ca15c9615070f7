import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { readMemo } from '../../src/memo/read-memo.ts';
import { makeLargeMail, type LargeKind } from '../bench/large-mail.ts';
import { RunningSandbox } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { canWatchMemory, watchMemory } from '../journeys/watch-memory.ts';

// The largest that the contract speaks of: 72 MB make a MeMo of 96 MB, and the whole tree may grow by 400 MB.
const ATTACHMENT_BYTES = 72_000_000;
const GROWTH_MAX_MB = 400;
const SETTLE_MS = 2_000;
const PATIENCE_MS = 120_000;
const MAILBOX = 'sikkerpost@kommune.example';

describe('a mail with one attachment of 72 MB', () => {
  for (const kind of ['txt', 'pdf'] as const) {
    it(`arrives byte for byte while all processes together grow by less than 400 MB (${kind})`, async (t) => {
      if (!canWatchMemory) return t.skip('the kernel tells no proportional set size of processes');
      await carry(kind);
    });
  }
});

async function carry(kind: LargeKind): Promise<void> {
  await using sandbox = await RunningSandbox.start();
  await pause(SETTLE_MS);
  const { raw, sha256 } = makeLargeMail(kind, ATTACHMENT_BYTES, 'Sagens akter');
  const memory = await watchMemory(sandbox, async () => {
    const answer = await sandbox.submit(raw, MAILBOX, ['1234567890@35833684.ngdp.digital-post.dk']);
    assert.equal(answer.code, 250, answer.text);
    await until(async () => (await sandbox.mailbox(MAILBOX)).length > 0, PATIENCE_MS, 'the receipt');
  });
  const grownMb = memory.highestMb - memory.firstMb;
  assert.ok(grownMb < GROWTH_MAX_MB, `grew by ${grownMb.toFixed(0)} MB: ${memory.atHighest.slice(0, 5).join(', ')}`);
  const messages = await sandbox.messages();
  assert.equal(messages.length, 1);
  assert.equal(await sha256OfAttachment(sandbox, messages[0]?.messageUUID ?? ''), sha256);
}

/** Hashes the last file of the message, which is read as it streams by. */
async function sha256OfAttachment(sandbox: RunningSandbox, messageUuid: string): Promise<string> {
  const response = await fetch(`${sandbox.http}/sandbox/ngdp/messages/${messageUuid}`);
  assert.ok(response.body);
  const hashes: ReturnType<typeof createHash>[] = [];
  await readMemo(response.body, () => {
    const hash = createHash('sha256');
    hashes.push(hash);
    return (bytes) => void hash.update(bytes);
  });
  return hashes.at(-1)?.digest('hex') ?? '';
}
