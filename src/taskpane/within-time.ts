/** The promise, or a rejection after so many ms; what comes later is passed over. */
export async function withinTime<Value>(limitMs: number, promise: Promise<Value>): Promise<Value> {
  let clock: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    clock = setTimeout(() => reject(new TimeOver()), limitMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(clock);
  }
}

/** Nothing came in time. */
export class TimeOver extends Error {
  override readonly name = 'TimeOver';
}
