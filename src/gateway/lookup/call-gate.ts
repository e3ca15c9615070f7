/** Lets so many in at once; the others wait in the order in which they came. */
export interface CallGate {
  /** Runs the work when there is room; rejects with what `full` makes when there was none within the time. */
  pass<T>(work: () => Promise<T>): Promise<T>;
}

/** `concurrency` calls at once, each waiting `waitMaxMs` at most for its turn. */
export function openCallGate({ concurrency, waitMaxMs, full }: {
  readonly concurrency: number;
  readonly waitMaxMs: number;
  readonly full: () => Error;
}): CallGate {
  let free = Math.max(1, concurrency);
  const waiting = new Set<() => void>();
  const enter = (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const turn = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => {
        waiting.delete(turn);
        reject(full());
      }, waitMaxMs);
      waiting.add(turn);
    });
  };
  const leave = (): void => {
    const [next] = waiting;
    if (next === undefined) {
      free += 1;
      return;
    }
    // The place goes straight to the next one: whoever comes in between must not overtake.
    waiting.delete(next);
    next();
  };
  return {
    async pass(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
