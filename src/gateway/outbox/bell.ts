/** What a loop waits at: rung when there is something to do, or when it shall stop. */
export interface Bell {
  /** Ends the waits that are under way, or the next one. */
  ring(): void;
  /** Forgets that it was rung. */
  still(): void;
  /** Resolves when rung, or after `patienceMs`. */
  wait(patienceMs: number): Promise<void>;
}

/** Makes a bell that nobody has rung. */
export function makeBell(): Bell {
  const waits = new Set<() => void>();
  let rung = false;
  return {
    ring() {
      rung = true;
      for (const end of waits) end();
    },
    still() {
      rung = false;
    },
    async wait(patienceMs) {
      if (rung) return;
      await new Promise<void>((resolve) => {
        const end = () => {
          clearTimeout(timer);
          waits.delete(end);
          resolve();
        };
        const timer = setTimeout(end, patienceMs);
        waits.add(end);
      });
    },
  };
}
