/**
 * Does `work` on each item, at most `atOnce` at a time, and gives each result as soon as it is there. Nothing new is begun
 * once `signal` is aborted or whoever reads goes away; what is under way then is let run out, and its result dropped.
 */
export async function* inParallel<Item, Result>(
  items: readonly Item[],
  { atOnce, signal }: { readonly atOnce: number; readonly signal: AbortSignal },
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const running = new Map<number, Promise<{ readonly n: number; readonly result: Result }>>();
  let next = 0;
  try {
    while (!signal.aborted) {
      while (next < items.length && running.size < Math.max(1, atOnce)) {
        const n = next;
        running.set(n, work(items[n] as Item).then((result) => ({ n, result })));
        next += 1;
      }
      if (running.size === 0) return;
      const { n, result } = await Promise.race(running.values());
      running.delete(n);
      if (!signal.aborted) yield result;
    }
  } finally {
    for (const left of running.values()) left.catch(() => undefined);
  }
}
