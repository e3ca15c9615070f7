import type { Log } from '../log.ts';

export interface ChoreParts {
  readonly name: string;
  readonly pauseMs: number;
  run(): Promise<void>;
  readonly log: Log;
}

/** Does a chore again and again with a pause between; what it throws is logged, and the next turn tries again. */
export function startChore({ name, pauseMs, run, log }: ChoreParts): { stop(): Promise<void> } {
  let stopped = false;
  let ring: (() => void) | null = null;
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, pauseMs);
      ring = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const loop = (async () => {
    while (!stopped) {
      await run().catch((error: unknown) =>
        log.warn({ chore: name, state: 'chore-failed', reason: error instanceof Error ? error.message : String(error) }),
      );
      if (!stopped) await pause();
    }
  })();
  return {
    async stop() {
      stopped = true;
      ring?.();
      await loop;
    },
  };
}
