import { withinTime } from '../within-time.ts';
import { memoryStorage, type RecordStorage } from './storage.ts';

/** A store that answers later than this, in ms, is as good as none: the person waits for it. */
const ANSWER_MS = 3_000;

/**
 * The store for as long as it works; from the first thing that it cannot do, memory. Browsers shut stores out of a page
 * that stands in another's, lose them, and let them throw at any call (office-js 2177).
 */
export function lastingStorage(storage: RecordStorage): RecordStorage {
  const memory = memoryStorage();
  let now = storage;
  const attempt = async <Value>(act: (records: RecordStorage) => Promise<Value>): Promise<Value> => {
    if (now === memory) return await act(memory);
    try {
      return await withinTime(ANSWER_MS, act(storage));
    } catch {
      now = memory;
      return await act(memory);
    }
  };
  return {
    get: async (name) => await attempt(async (records) => await records.get(name)),
    put: async (name, value) => await attempt(async (records) => await records.put(name, value)),
    putFirst: async (name, value) => await attempt(async (records) => await records.putFirst(name, value)),
    delete: async (name) => await attempt(async (records) => await records.delete(name)),
    entries: async () => await attempt(async (records) => await records.entries()),
  };
}
