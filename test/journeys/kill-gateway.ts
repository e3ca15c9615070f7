import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { noticesIn, type NoticeRead } from './receipt-reading.ts';
import { letter, type MessageRow, type RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

/** Leases short enough that a test sees lost work taken up again, long enough for a machine that is busy. */
export const SHORT_LEASES = { WORKER_LEASE_MS: '2500', WORKER_HEARTBEAT_MS: '400', WORKER_POLL_MS: '200' } as const;

/** A mail on its way in, as a mail server keeps it until it hears 250. */
export interface QueuedMail {
  readonly messageId: string;
  readonly subject: string;
  readonly recipients: readonly string[];
}

/** Living processes of the gateway: the server, and the children in which it opens mails. */
export async function gatewayProcesses(sandbox: RunningSandbox): Promise<readonly number[]> {
  const found: number[] = [];
  for (const pid of await sandbox.processes()) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (command.includes('/src/gateway/')) found.push(pid);
  }
  return found;
}

/** SIGKILL to the gateway alone; the sandbox starts it again. */
export async function killGateway(sandbox: RunningSandbox): Promise<void> {
  for (const pid of await gatewayProcesses(sandbox)) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // Gone meanwhile.
    }
  }
}

/** Hands a mail over as a mail server does: again and again until it hears 250. */
export async function handOver(sandbox: RunningSandbox, mail: QueuedMail, patienceMs = 60_000): Promise<void> {
  const raw = letter({ to: mail.recipients, subject: mail.subject, messageId: mail.messageId });
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const { code, text, refused } = await sandbox.submit(raw, 'sikkerpost@kommune.example', mail.recipients);
    if (code === 250 && refused.length === 0) return;
    if (code >= 500) throw new Error(`refused: ${text}`);
    if (performance.now() > deadline) throw new Error(`not taken: ${text}`);
    await pause(200);
  }
}

/** What the outside saw of the mails: the checker looks at nothing else. */
export interface Seen {
  readonly messages: readonly MessageRow[];
  readonly receipts: readonly NoticeRead[];
}

/** Waits until every mail has its receipt, and answers what the outside then has. */
export async function settled(sandbox: RunningSandbox, mails: readonly QueuedMail[], patienceMs: number): Promise<Seen> {
  const missing = async () => {
    const told = new Set((await noticesIn(sandbox, 'sikkerpost@kommune.example')).map(({ inReplyTo }) => inReplyTo));
    return mails.filter(({ messageId }) => !told.has(messageId)).length;
  };
  let left = mails.length;
  await until(async () => (left = await missing().catch(() => left)) === 0, patienceMs, 'a receipt for every mail')
    .catch(async (error: unknown) => {
      throw new Error(`${String(error)}: ${left} of ${mails.length} mails without; ${(await sandbox.messages()).length} messages`);
    });
  return { messages: await sandbox.messages(), receipts: await noticesIn(sandbox, 'sikkerpost@kommune.example') };
}

/** Faults against "exactly once", in words; empty when there are none. */
export function faultsIn({ messages, receipts }: Seen, mails: readonly QueuedMail[]): readonly string[] {
  const faults: string[] = [];
  const uuids = new Map<string, Set<string>>();
  for (const { label, recipientID, messageUUID } of messages) {
    const key = `${label} ${recipientID}`;
    uuids.set(key, (uuids.get(key) ?? new Set()).add(messageUUID));
  }
  for (const { subject, messageId, recipients } of mails) {
    for (const recipient of recipients) {
      const had = uuids.get(`${subject} ${recipient.split('@')[0]}`)?.size ?? 0;
      if (had !== 1) faults.push(`${subject}: ${had} messages to one recipient`);
    }
    const told = receipts.filter(({ inReplyTo }) => inReplyTo === messageId);
    // The mail system drops a second copy by its Message-ID; two receipts of different ids would both be read.
    const distinct = new Set(told.map(({ mail }) => mail.messageId)).size;
    if (distinct !== 1) faults.push(`${subject}: ${distinct} receipts`);
    const delivered = told.at(-1)?.copy?.counts.delivered;
    if (delivered !== recipients.length) faults.push(`${subject}: the receipt tells of ${delivered} of ${recipients.length}`);
  }
  return faults;
}

/** Chance that can be repeated: the same numbers in [0, 1) for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
