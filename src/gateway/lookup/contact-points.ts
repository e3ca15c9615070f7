import { contactRegistryPages, type ContactRegistry } from './contact-registry.ts';
import { remember, type Memory } from './remember-answers.ts';

/** A desk of a company or an authority, to which a message may be addressed, and what it takes at most. */
export interface ContactPoint {
  /** Lower case. */
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  /** In bytes of MeMo XML; null: no limit of its own. */
  readonly memoBytesMax: number | null;
  readonly attachmentsMax: number | null;
  /** False for one that is not shown to those who write; its limits count all the same. */
  readonly shown: boolean;
}

export interface ContactPointQuestion {
  readonly registry: ContactRegistry;
  readonly channel: string;
  /** The asking organisation. */
  readonly scope: string;
  readonly memoryMs: number;
}

/**
 * Every contact point of the company or authority with this CVR number, by the network's contact structure (memo-ngdp.md 5),
 * remembered for a while; none for one that has none. Null when nobody can say now; never an error of the registry's.
 */
export async function contactPointsOf(memory: Memory, question: ContactPointQuestion, cvr: string): Promise<readonly ContactPoint[] | null> {
  const { registry, channel, scope, memoryMs } = question;
  const [points] = await remember<readonly ContactPoint[] | null>(
    memory,
    {
      kind: `contact-points ${channel}`,
      scope,
      ask: (missing) => Promise.all(missing.map((number) => askRegistry(registry, number))),
      memoryMs: (answer) => (answer === null ? 0 : memoryMs),
    },
    [cvr],
  );
  return points ?? null;
}

async function askRegistry(registry: ContactRegistry, cvr: string): Promise<readonly ContactPoint[] | null> {
  const organisations = await contactRegistryPages(registry, { path: `organisations/?cvrNumber=${cvr}`, field: 'organisations' });
  if (organisations === null) return null;
  const all: ContactPoint[] = [];
  for (const { id, cvrNumber } of organisations as readonly { readonly id?: unknown; readonly cvrNumber?: unknown }[]) {
    // A registry that passes over the filter must not lend one company another's limits.
    if (cvrNumber !== cvr || typeof id !== 'string') continue;
    const path = `organisations/${encodeURIComponent(id)}/contact-points/?visibility=ALL`;
    const points = await contactRegistryPages(registry, { path, field: 'contactPoints' });
    if (points === null) return null;
    all.push(...points.flatMap(contactPointOf));
  }
  return all;
}

const BYTES_PER_MB = 1_000_000;

function contactPointOf(found: object): readonly ContactPoint[] {
  const point = found as Readonly<Record<string, unknown>>;
  const { id, name } = point;
  if (typeof id !== 'string' || typeof name !== 'string') return [];
  const megabytes = limitOf(point['memoSizeThresholdMB']);
  return [
    {
      id: id.toLowerCase(),
      name,
      description: typeof point['description'] === 'string' ? point['description'] : null,
      memoBytesMax: megabytes === null ? null : Math.round(megabytes * BYTES_PER_MB),
      attachmentsMax: limitOf(point['allowedNumberOfAttachments']),
      shown: point['active'] !== false && point['visible'] !== false,
    },
  ];
}

function limitOf(value: unknown): number | null {
  return typeof value === 'number' && value >= 0 ? value : null;
}
