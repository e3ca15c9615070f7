/**
 * What a network answers a call that it refuses. `code` and `message` are the fields of NgDP's ErrorMessage
 * (memo-ngdp.md 3.4); the texts are English, as NgDP's own, and quote no number.
 */
export class NetworkRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** The JSON body. */
  body(): object {
    return { code: this.code, message: this.message, fieldErrors: [] };
  }
}

type Query = Readonly<Record<string, string | undefined>>;

const PAGE_MAX = 1_000_000;
const PAGE_SIZE_MAX = 1_000;

/** Page (from 0) and size from a query, brought within bounds. Throws NetworkRefusal for what is no number. */
export function pageOf(query: Query): { readonly page: number; readonly size: number } {
  return {
    page: Math.min(numberIn(query, 'page') ?? 0, PAGE_MAX),
    size: Math.min(Math.max(numberIn(query, 'size') ?? PAGE_SIZE_MAX, 1), PAGE_SIZE_MAX),
  };
}

/** A page of a list in the registry's shape: under `field`, with what stands around it. */
export function pageAnswer(field: string, all: readonly object[], { page, size }: ReturnType<typeof pageOf>): object {
  const elements = all.slice(page * size, (page + 1) * size);
  return {
    currentPage: page, totalPages: Math.ceil(all.length / size), elementsOnPage: elements.length, totalElements: all.length, [field]: elements,
  };
}

function numberIn(query: Query, name: string): number | null {
  const text = query[name];
  if (text === undefined || text === '') return null;
  if (!/^\d{1,9}$/.test(text)) throw new NetworkRefusal(400, 'parameter.invalid', `${name} is not a number`);
  return Number(text);
}
