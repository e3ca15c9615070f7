/** How many calls each caller may have under way, so that one cannot fill the line for all. */
export interface CallerShare {
  /** Does the work, or answers null where the caller has its share under way already. */
  within<Value>(callerId: string, work: () => Promise<Value>): Promise<Value | null>;
}

/** Opens shares of `max` calls at a time; nothing is kept of a caller with none. */
export function openCallerShare(max: number): CallerShare {
  const underWay = new Map<string, number>();
  return {
    async within(callerId, work) {
      const count = underWay.get(callerId) ?? 0;
      if (count >= max) return null;
      underWay.set(callerId, count + 1);
      try {
        return await work();
      } finally {
        const left = (underWay.get(callerId) ?? 1) - 1;
        if (left === 0) underWay.delete(callerId);
        else underWay.set(callerId, left);
      }
    },
  };
}
