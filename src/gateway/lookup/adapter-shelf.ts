import type { OrganisationEntry } from '../settings/organisations-file.ts';
import type { CompanyRegister, PersonRegister } from './register-adapters.ts';

/** Adapters by organisation. */
export interface Shelf<Adapter> {
  /** Runs the story with the organisation's adapter as its entry says now. Throws a RegisterFault when it has none. */
  use<Answer>(organisation: OrganisationEntry, story: (adapter: Adapter) => Promise<Answer>): Promise<Answer>;
  close(): Promise<void>;
}

interface Shelved<Adapter> {
  readonly entry: string;
  readonly adapter: Adapter;
  readonly stories: Set<Promise<unknown>>;
}

/**
 * Opens a shelf: each organisation has an adapter of its own, opened when it is first needed and again when its entry has
 * changed. After close nothing is opened any more.
 */
export function openShelf<Adapter extends CompanyRegister | PersonRegister>(open: (organisation: OrganisationEntry) => Adapter): Shelf<Adapter> {
  const adapters = new Map<string, Shelved<Adapter>>();
  const all = new Set<Adapter>();
  let isClosed = false;
  const closeOne = async (adapter: Adapter): Promise<void> => {
    all.delete(adapter);
    await adapter.close();
  };
  const shelvedOf = (organisation: OrganisationEntry): Shelved<Adapter> => {
    if (isClosed) throw new Error('the registers are closed');
    const name = organisation.cvrNumbers.join(' ');
    const entry = JSON.stringify(organisation.lookup);
    const known = adapters.get(name);
    if (known?.entry === entry) return known;
    const shelved = { entry, adapter: open(organisation), stories: new Set<Promise<unknown>>() };
    adapters.set(name, shelved);
    all.add(shelved.adapter);
    // What is under way with the old entry ends first.
    if (known) void Promise.allSettled(known.stories).then(() => closeOne(known.adapter)).catch(() => undefined);
    return shelved;
  };
  return {
    async use(organisation, story) {
      const { adapter, stories } = shelvedOf(organisation);
      const told = story(adapter);
      stories.add(told);
      return await told.finally(() => stories.delete(told));
    },
    async close() {
      isClosed = true;
      adapters.clear();
      await Promise.all([...all].map(closeOne));
    },
  };
}
