import { setTimeout as pause } from 'node:timers/promises';

/**
 * The first value of `look` that is not null, looked for again and again until `patienceMs` is over; then it throws.
 * Looks the more seldom the longer it has waited: whoever looks takes the time of what is waited for.
 */
export async function eventually<T>(look: () => Promise<T | null>, patienceMs = 30_000): Promise<T> {
  for (const started = performance.now(); ; ) {
    const found = await look();
    if (found !== null) return found;
    const waitedMs = performance.now() - started;
    if (waitedMs > patienceMs) throw new Error(`not within ${patienceMs} ms`);
    await pause(Math.min(LOOK_MS_MAX, LOOK_MS_MIN + waitedMs / 8));
  }
}

const LOOK_MS_MIN = 15;
const LOOK_MS_MAX = 250;
