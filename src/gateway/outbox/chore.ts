import type { Log } from '../log.ts';
import { makeBell } from './bell.ts';

export interface ChoreParts {
  readonly name: string;
  readonly pauseMs: number;
  run(): Promise<void>;
  readonly log: Log;
}

/** Does a chore again and again with a pause between; what it throws is logged, and the next turn tries again. */
export function startChore({ name, pauseMs, run, log }: ChoreParts): { stop(): Promise<void> } {
  const bell = makeBell();
  let stopped = false;
  const loop = (async () => {
    while (!stopped) {
      await run().catch((error: unknown) =>
        log.warn({ chore: name, state: 'chore-failed', reason: error }),
      );
      await bell.wait(pauseMs);
    }
  })();
  return {
    async stop() {
      stopped = true;
      bell.ring();
      await loop;
    },
  };
}
