/** Where the browser keeps the day of the newest note that was looked at here; no data about anybody. */
const KEY = 'postbro-news';

/** "" where nobody has looked yet; null where the browser keeps nothing. */
export function seenDay(): string | null {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return null;
  }
}

export function keepSeenDay(day: string): void {
  try {
    localStorage.setItem(KEY, day);
  } catch {
    // Nothing is counted as new then.
  }
}

/** Whether a note of that day has come since. */
export function isNew(day: string, seen: string | null): boolean {
  return seen !== null && day > seen;
}
