import type { ContactRegistry } from '../../../src/gateway/lookup/contact-registry.ts';

/** A call as the registry got it. */
export interface RegistryCall {
  readonly path: string;
  /** The body as JSON; null for a call without one. */
  readonly query: Readonly<Record<string, readonly string[]>> | null;
}

/** A contact registry in this process that keeps every call; `answer` may throw, as a broken line does. */
export function fakeRegistry(answer: (call: RegistryCall) => unknown, status = 200): ContactRegistry & { readonly calls: RegistryCall[] } {
  const calls: RegistryCall[] = [];
  return {
    calls,
    async call(_method, path, body) {
      const pieces: Uint8Array[] = [];
      for await (const piece of body?.chunks() ?? []) pieces.push(piece);
      const text = Buffer.concat(pieces).toString('utf8');
      if (body && Buffer.byteLength(text) !== body.bytes) throw new Error('a body of another length than it says');
      const call = { path, query: body ? (JSON.parse(text) as RegistryCall['query']) : null };
      calls.push(call);
      const answered = answer(call);
      return { status, body: typeof answered === 'string' ? answered : JSON.stringify(answered) };
    },
  };
}

/** An answer of one page, or the page of several that a path asks for. */
export function pageFor(path: string, field: string, elements: readonly object[]): object {
  const { searchParams } = new URL(path, 'https://registry.example/');
  const [page, size] = [Number(searchParams.get('page')), Number(searchParams.get('size'))];
  return {
    currentPage: page, totalPages: Math.ceil(elements.length / size), totalElements: elements.length,
    [field]: elements.slice(page * size, (page + 1) * size),
  };
}
