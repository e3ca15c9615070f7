import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { makeBell } from './bell.ts';

export interface ClaimLoopParts<Item> {
  /** For the log. */
  readonly name: string;
  /** Items worked on at once. */
  readonly concurrency: number;
  /** Wait after trouble. */
  readonly pollMs: number;
  /** Wait between two looks of its own when nothing was found: somebody else looks for all loops, and wakes them. */
  readonly idleMs: number;
  /** Durably claims up to `limit` items. */
  claim(limit: number): Promise<readonly Item[]>;
  /** Does the whole work of one item and writes its outcome. What it throws is trouble of ours. */
  work(item: Item): Promise<void>;
  /** Puts an item back whose work failed, to be done later. Tried until it succeeds, or the loop stops. */
  giveBack(item: Item, error: unknown): Promise<void>;
  /**
   * Frees rows that are claimed for this process without its knowing: a claim was committed and its answer lost. Called
   * after a failed claim, before the next one; `held` is what this process does work on.
   */
  freeUnheld(held: readonly Item[]): Promise<void>;
  /** What is worked on, shared by loops that claim the same rows. */
  readonly held?: Set<Item>;
  readonly log: Log;
}

export interface ClaimLoop {
  /** Something new waits: look now. */
  wake(): void;
  /** Claims nothing more; resolves when what was claimed is done. */
  stop(): Promise<void>;
}

/**
 * Claims rows that wait and works on them, as many at once as there are slots. Looks again when woken, when a slot
 * becomes free after a full claim, and every `idleMs`.
 */
export function startClaimLoop<Item>(parts: ClaimLoopParts<Item>): ClaimLoop {
  const { name, concurrency, pollMs, idleMs, log } = parts;
  const running = new Set<Promise<void>>();
  const held = parts.held ?? new Set<Item>();
  let claimLost = false;
  const bell = makeBell();
  let stopped = false;

  const giveBack = async (item: Item, error: unknown) => {
    log.error({ loop: name, state: 'work-failed', reason: error });
    while (!stopped) {
      const done = await parts.giveBack(item, error).then(() => true, () => false);
      if (done) return;
      await pause(pollMs);
    }
  };
  const claim = async (limit: number) => {
    if (claimLost) await parts.freeUnheld([...held]);
    claimLost = true;
    const items = await parts.claim(limit);
    claimLost = false;
    return items;
  };
  const begin = (item: Item) => {
    held.add(item);
    const work = parts
      .work(item)
      .catch((error: unknown) => giveBack(item, error))
      .finally(() => {
        running.delete(work);
        held.delete(item);
        bell.ring();
      });
    running.add(work);
  };
  const turn = async () => {
    bell.still();
    const free = concurrency - running.size;
    const items = free > 0 ? await claim(free) : [];
    for (const item of items) begin(item);
    if ((items.length < free || free === 0) && !stopped) await bell.wait(idleMs);
  };
  const loop = (async () => {
    while (!stopped) {
      await turn().catch(async (error: unknown) => {
        // The database is away or full: the rows stay where they are, and the next look finds them.
        log.error({ loop: name, state: 'claim-failed', reason: error });
        bell.still();
        if (!stopped) await bell.wait(pollMs);
      });
    }
  })();

  return {
    wake: bell.ring,
    async stop() {
      stopped = true;
      bell.ring();
      await loop;
      await Promise.all(running);
    },
  };
}
