/** After the last change this long is waited before the draft is looked through. */
const QUIET_MS = 1_000;
/** The body tells of no change: while the pane is seen, it is read this often. */
const EVERY_MS = 5_000;

export interface CheckSchedule {
  /** Something has changed. */
  changed(): void;
  /** Looks at once, or as soon as the look that is under way has ended. */
  now(): void;
  stop(): void;
}

/**
 * When the draft is looked through: a second after the last change, else every five seconds while it is `seen`, and
 * when somebody asks. One look at a time; what changes meanwhile is seen by the next.
 */
export function createCheckSchedule(look: () => Promise<void>, seen: () => boolean): CheckSchedule {
  let quiet: ReturnType<typeof setTimeout> | null = null;
  let looking = false;
  let again = false;
  let stopped = false;

  const run = (): void => {
    if (quiet !== null) clearTimeout(quiet);
    quiet = null;
    if (stopped) return;
    if (looking) {
      again = true;
      return;
    }
    looking = true;
    void look().catch(() => undefined).then(() => {
      looking = false;
      if (!again) return;
      again = false;
      run();
    });
  };
  const every = setInterval(() => {
    if (quiet === null && !looking && seen()) run();
  }, EVERY_MS);

  return {
    changed() {
      if (quiet !== null) clearTimeout(quiet);
      quiet = setTimeout(run, QUIET_MS);
    },
    now: run,
    stop() {
      stopped = true;
      if (quiet !== null) clearTimeout(quiet);
      clearInterval(every);
    },
  };
}
