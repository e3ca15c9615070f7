import { setTimeout as pause } from 'node:timers/promises';

/**
 * The first value of `look` that is not null, looked for again and again until `patienceMs` is over; then it throws, and says
 * `what` was waited for. Looks the more seldom the longer it has waited: whoever looks takes the time of what is waited for.
 */
export async function eventually<T>(look: () => Promise<T | null>, patienceMs = 30_000, what = ''): Promise<T> {
  for (const started = performance.now(); ; ) {
    const found = await look();
    if (found !== null) return found;
    const waitedMs = performance.now() - started;
    if (waitedMs > patienceMs) throw new Error(`not within ${patienceMs} ms: ${what}`);
    await pause(Math.min(LOOK_MS_MAX, LOOK_MS_MIN + waitedMs / 8));
  }
}

/** Waits until the condition holds, looked at as `eventually` looks; throws with `what` when it does not within `patienceMs`. */
export async function until(condition: () => boolean | Promise<boolean>, patienceMs: number, what: string): Promise<void> {
  await eventually(async () => (await condition()) || null, patienceMs, what);
}

const LOOK_MS_MIN = 15;
const LOOK_MS_MAX = 250;
