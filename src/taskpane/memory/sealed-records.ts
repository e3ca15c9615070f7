import * as z from 'zod/mini';
import { makeSealKeys, readSealKeys, seal, sealedName, unseal, type SealKeys } from './seal.ts';
import type { RecordStorage } from './storage.ts';

/** `answers`: what the gateway told, and can take back. */
export type RecordGroup = 'answers' | 'earlier' | 'choices';

export interface RecordId {
  readonly group: RecordGroup;
  /** What it is about; may be a number of somebody's. */
  readonly about: string;
}

/** Records of one person, sealed. Rejects only where WebCrypto is missing or the storage fails. */
export interface SealedRecords {
  get<Schema extends z.ZodMiniType>(id: RecordId, schema: Schema): Promise<z.infer<Schema> | null>;
  put(id: RecordId, value: unknown, until: Date): Promise<void>;
  drop(id: RecordId): Promise<void>;
  all<Schema extends z.ZodMiniType>(group: RecordGroup, schema: Schema): Promise<readonly z.infer<Schema>[]>;
  dropAll(group: RecordGroup): Promise<void>;
}

/** A record as it lies there: whose, of what sort and until when can be read, by a name that tells nothing, and no more. */
const storedRecord = z.object({
  owner: z.string(),
  group: z.enum(['answers', 'earlier', 'choices']),
  /** ms since 1970. */
  until: z.number(),
  iv: z.instanceof(Uint8Array<ArrayBuffer>),
  bytes: z.instanceof(ArrayBuffer),
});
type StoredRecord = z.infer<typeof storedRecord>;

const KEYS = 'keys';

export interface RecordsParts {
  readonly storage: RecordStorage;
  /** The address of the person whose records these are. */
  readonly owner: string;
  readonly now: () => Date;
}

/** What does not open is gone with its keys, or broken: it is dropped as if it were not there. */
export function sealedRecords({ storage, owner, now }: RecordsParts): SealedRecords {
  let opened: Promise<Opened> | null = null;
  const open = async (): Promise<Opened> => await (opened ??= openRecords(storage, owner, now()));
  const nameOf = async ({ keys }: Opened, { group, about }: RecordId): Promise<string> => await sealedName(keys, [owner, group, about].join('\n'));

  const openOne = async ({ keys }: Opened, name: string, record: StoredRecord): Promise<unknown> => {
    if (record.until > now().getTime()) {
      try {
        return await unseal(keys, name, record);
      } catch {
        // Sealed under keys that are gone.
      }
    }
    await storage.delete(name);
    return null;
  };
  return {
    get: async (id, schema) => {
      const own = await open();
      const name = await nameOf(own, id);
      const record = storedRecord.safeParse(await storage.get(name));
      return record.success ? (schema.safeParse(await openOne(own, name, record.data)).data ?? null) : null;
    },
    put: async (id, value, until) => {
      const own = await open();
      const name = await nameOf(own, id);
      await storage.put(name, { owner: own.owner, group: id.group, until: until.getTime(), ...(await seal(own.keys, name, value)) } satisfies StoredRecord);
    },
    drop: async (id) => await storage.delete(await nameOf(await open(), id)),
    all: async (group, schema) => {
      const own = await open();
      const values: z.infer<typeof schema>[] = [];
      for (const [name, record] of await recordsOf(storage, own.owner, group)) {
        const value = schema.safeParse(await openOne(own, name, record));
        if (value.success) values.push(value.data);
      }
      return values;
    },
    dropAll: async (group) => {
      const own = await open();
      for (const [name] of await recordsOf(storage, own.owner, group)) await storage.delete(name);
    },
  };
}

interface Opened {
  readonly keys: SealKeys;
  /** The owner's name as it stands in the records. */
  readonly owner: string;
}

/** Keys of before, or new ones; with what is over or unreadable swept away. */
async function openRecords(storage: RecordStorage, owner: string, now: Date): Promise<Opened> {
  const before = readSealKeys(await storage.get(KEYS));
  if (!before) await storage.delete(KEYS);
  const keys = before ?? readSealKeys(await storage.putFirst(KEYS, await makeSealKeys()));
  if (!keys) throw new Error('no keys');
  for (const [name, value] of await storage.entries()) {
    const record = name === KEYS ? null : storedRecord.safeParse(value);
    if (record && !(record.success && record.data.until > now.getTime())) await storage.delete(name);
  }
  return { keys, owner: await sealedName(keys, owner) };
}

async function recordsOf(storage: RecordStorage, owner: string, group: RecordGroup): Promise<readonly (readonly [string, StoredRecord])[]> {
  return (await storage.entries()).flatMap(([name, value]) => {
    const record = storedRecord.safeParse(value);
    return record.success && record.data.owner === owner && record.data.group === group ? [[name, record.data] as const] : [];
  });
}
