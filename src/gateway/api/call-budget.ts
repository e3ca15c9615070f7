/** Counts calls by name in windows of a minute, in this process. */
export interface CallBudget {
  /** Whether the name has used its share of this minute. */
  isSpent(name: string): boolean;
  spend(name: string): void;
  /** Whole seconds until the window ends. */
  retryAfterS(): number;
}

const MINUTE_MS = 60_000;
/** Strangers choose the names they try: beyond so many in one minute they share one. */
const NAMES_MAX = 10_000;
const OTHERS = '';

/** Opens a budget of `perMinute` calls for each name; what is counted is forgotten with its minute. */
export function openCallBudget(perMinute: number, now: () => Date): CallBudget {
  let window = 0;
  let counts = new Map<string, number>();
  const currentCounts = () => {
    const current = Math.floor(now().getTime() / MINUTE_MS);
    if (current !== window) {
      window = current;
      counts = new Map();
    }
    return counts;
  };
  const keyOf = (name: string) => (currentCounts().has(name) || counts.size < NAMES_MAX ? name : OTHERS);
  return {
    isSpent: (name) => (currentCounts().get(keyOf(name)) ?? 0) >= perMinute,
    spend(name) {
      const key = keyOf(name);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    },
    retryAfterS: () => Math.max(1, Math.ceil((MINUTE_MS - (now().getTime() % MINUTE_MS)) / 1000)),
  };
}
