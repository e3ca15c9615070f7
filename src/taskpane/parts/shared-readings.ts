/** Readings of one thing, one at a time. */
export interface SharedReadings<Value> {
  /** What a reading tells that began after the question; all who ask during one share the next. */
  read(): Promise<Value>;
  isReading(): boolean;
}

/** However slowly it is read, and however often it is asked for, one reading waits at most. */
export function sharedReadings<Value>(readNow: () => Promise<Value>): SharedReadings<Value> {
  let current: Promise<Value> | null = null;
  let next: Promise<Value> | null = null;
  const begin = async (): Promise<Value> => {
    next = null;
    const reading = readNow();
    current = reading;
    try {
      return await reading;
    } finally {
      current = null;
    }
  };
  return {
    read: async () => {
      if (next) return await next;
      if (!current) return await begin();
      next = current.then(begin, begin);
      return await next;
    },
    isReading: () => current !== null || next !== null,
  };
}
