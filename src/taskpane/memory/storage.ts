/** Where records lie: names and values as the browser clones them, keys of WebCrypto among them. May reject, and may never answer. */
export interface RecordStorage {
  get(name: string): Promise<unknown>;
  put(name: string, value: unknown): Promise<void>;
  /** Puts it where there is none, and gives what then lies there. */
  putFirst(name: string, value: unknown): Promise<unknown>;
  delete(name: string): Promise<void>;
  entries(): Promise<readonly (readonly [string, unknown])[]>;
}

/** Holds until the pane shuts. */
export function memoryStorage(): RecordStorage {
  const records = new Map<string, unknown>();
  return {
    get: async (name) => records.get(name),
    put: async (name, value) => void records.set(name, value),
    putFirst: async (name, value) => {
      if (!records.has(name)) records.set(name, value);
      return records.get(name);
    },
    delete: async (name) => void records.delete(name),
    entries: async () => [...records],
  };
}
