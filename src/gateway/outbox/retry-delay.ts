/**
 * How long to wait before the next try: `firstMs` after the first failure, twice as long after each further one, never
 * more than `maxMs`; up to a fifth less by chance, so that what failed together does not come back together.
 */
export function retryDelayMs(attempts: number, limits: { firstMs: number; maxMs: number }, random: () => number): number {
  const doubled = limits.firstMs * 2 ** Math.min(Math.max(attempts - 1, 0), 30);
  return Math.round(Math.min(doubled, limits.maxMs) * (1 - 0.2 * random()));
}
