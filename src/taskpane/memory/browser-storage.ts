import type { RecordStorage } from './storage.ts';

const DATABASE = 'postbro-pane';
const RECORDS = 'records';

/** The browser's own store (IndexedDB), which keeps keys that cannot be taken out. A broken one is made anew, once. */
export function browserStorage(factory: IDBFactory): RecordStorage {
  let opened: Promise<IDBDatabase> | null = null;
  const database = async (): Promise<IDBDatabase> => {
    opened ??= openDatabase(factory).catch(async () => {
      await settled(factory.deleteDatabase(DATABASE));
      return await openDatabase(factory);
    });
    return await opened;
  };
  const records = async (mode: IDBTransactionMode): Promise<IDBObjectStore> => (await database()).transaction(RECORDS, mode).objectStore(RECORDS);
  return {
    get: async (name) => await settled((await records('readonly')).get(name)),
    put: async (name, value) => void (await settled((await records('readwrite')).put(value, name))),
    putFirst: async (name, value) => {
      // One transaction: another pane may begin at the same moment.
      const store = await records('readwrite');
      const there: unknown = await settled(store.get(name));
      if (there !== undefined) return there;
      await settled(store.put(value, name));
      return value;
    },
    delete: async (name) => void (await settled((await records('readwrite')).delete(name))),
    entries: async () => {
      const store = await records('readonly');
      const [names, values] = await Promise.all([settled(store.getAllKeys()), settled<unknown[]>(store.getAll())]);
      return names.map((name, n) => [String(name), values[n]] as const);
    },
  };
}

async function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(RECORDS);
  const database = await settled(request);
  // A later version of the add-in may want it.
  database.onversionchange = () => database.close();
  return database;
}

async function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return await new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('storage'));
  });
}
