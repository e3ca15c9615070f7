/** A line of those who wait for one of a few places; who is no longer waited for leaves it. */
export interface WaitingLine {
  /** True when a place is free for the caller, who must `leave` it; false when the signal was aborted first. */
  enter(signal: AbortSignal): Promise<boolean>;
  leave(): void;
  waiting(): number;
}

/** Opens a line for `places` at a time, in the order in which they came. */
export function openWaitingLine(places: number): WaitingLine {
  const line = new Set<() => void>();
  let taken = 0;
  return {
    async enter(signal) {
      if (signal.aborted) return false;
      if (taken < places) {
        taken += 1;
        return true;
      }
      return await new Promise<boolean>((resolve) => {
        const end = (entered: boolean) => {
          line.delete(next);
          signal.removeEventListener('abort', abort);
          resolve(entered);
        };
        const next = () => end(true);
        const abort = () => end(false);
        line.add(next);
        signal.addEventListener('abort', abort);
      });
    },
    leave() {
      const [next] = line;
      // The place is handed over, so that nobody who comes now goes first.
      if (next) next();
      else taken -= 1;
    },
    waiting: () => line.size,
  };
}
