/** Lets so many in at once; the others wait in the order in which they came. */
export interface CallGate {
  /**
   * Runs the work when there is room; rejects with what `full` makes when there was none within the time, and with the
   * signal's reason when it is aborted first.
   */
  pass<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** `concurrency` calls at once, each waiting `waitMaxMs` at most for its turn. */
export function openCallGate({ concurrency, waitMaxMs, full }: {
  readonly concurrency: number;
  readonly waitMaxMs: number;
  readonly full: () => Error;
}): CallGate {
  let free = Math.max(1, concurrency);
  const waiting = new Set<() => void>();
  const waitForTurn = (signal?: AbortSignal): Promise<void> => new Promise((resolve, reject) => {
    const leaveQueue = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
      waiting.delete(turn);
    };
    const turn = (): void => {
      leaveQueue();
      resolve();
    };
    const onAbort = (): void => {
      leaveQueue();
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      leaveQueue();
      reject(full());
    }, waitMaxMs);
    signal?.addEventListener('abort', onAbort);
    waiting.add(turn);
  });
  const enter = async (signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    if (free > 0) free -= 1;
    else await waitForTurn(signal);
  };
  const leave = (): void => {
    const [next] = waiting;
    // The place goes straight to the next one: whoever comes in between must not overtake.
    if (next === undefined) free += 1;
    else next();
  };
  return {
    async pass(work, signal) {
      await enter(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
