/** A network's contact registry, as far as it is asked here; a client of the network is one. */
export interface ContactRegistry {
  call(method: 'GET', path: string, body?: RegistryBody): Promise<{ readonly status: number; readonly body: string }>;
}

interface RegistryBody {
  readonly contentType: string;
  readonly bytes: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

interface RegistryQuestion {
  /** With its query, which holds no CPR number. */
  readonly path: string;
  /** Under which the answer has its list. */
  readonly field: string;
  /** What goes in the body; absent: the call has none. */
  readonly query?: Readonly<Record<string, readonly string[]>>;
}

const PAGE_SIZE = 100;
/** More pages than this are no answer to what is asked here. */
const PAGES_MAX = 20;

/**
 * Every element of a list of the registry, page after page; null when it cannot be had whole. Never throws.
 */
export async function contactRegistryPages(registry: ContactRegistry, question: RegistryQuestion): Promise<readonly object[] | null> {
  const elements: object[] = [];
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await pageOf(registry, question, page);
    if (answer === null) return null;
    elements.push(...answer.elements);
    if (page + 1 >= answer.totalPages) return elements;
  }
  return null;
}

interface Page {
  readonly elements: readonly object[];
  readonly totalPages: number;
}

async function pageOf(registry: ContactRegistry, { path, field, query }: RegistryQuestion, page: number): Promise<Page | null> {
  const separator = path.includes('?') ? '&' : '?';
  try {
    const { status, body } = await registry.call('GET', `${path}${separator}page=${page}&size=${PAGE_SIZE}`, query && bodyOf(query));
    if (status !== 200) return null;
    const answer = JSON.parse(body) as Readonly<Record<string, unknown>> | null;
    const elements = answer?.[field];
    if (!Array.isArray(elements)) return null;
    const totalPages = answer?.['totalPages'];
    return {
      elements: elements.filter((element): element is object => typeof element === 'object' && element !== null),
      totalPages: typeof totalPages === 'number' ? totalPages : 1,
    };
  } catch {
    return null;
  }
}

function bodyOf(query: NonNullable<RegistryQuestion['query']>): RegistryBody {
  const content = Buffer.from(JSON.stringify(query));
  return {
    contentType: 'application/json',
    bytes: content.length,
    async *chunks() {
      yield content;
    },
  };
}
