/**
 * Lets single items be worked on together: while one batch is under way the next ones gather, at most `batchMax` at a
 * time. An item alone waits for nobody. When a batch fails, each of it is tried by itself, so that none suffers for
 * another. `run` answers in the order of its items.
 */
export function gather<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  batchMax: number,
): (item: Item) => Promise<Result> {
  interface Waiting {
    readonly item: Item;
    readonly resolve: (result: Result) => void;
    readonly reject: (error: unknown) => void;
  }
  const waiting: Waiting[] = [];
  let running = false;

  const settle = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [n, { resolve }] of batch.entries()) resolve(results[n] as Result);
    } catch (error) {
      if (batch.length > 1) for (const one of batch) await settle([one]);
      else for (const { reject } of batch) reject(error);
    }
  };
  const work = async () => {
    if (running) return;
    running = true;
    while (waiting.length > 0) await settle(waiting.splice(0, batchMax));
    running = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      void work();
    });
}
