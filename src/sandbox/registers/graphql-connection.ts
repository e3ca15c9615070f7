import { refusal } from './graphql-rules.ts';
import { PAGE_SIZE_MAX } from './register-settings.ts';

/** What HotChocolate makes of a list: a page of it. */
export interface Connection<T> {
  readonly nodes: readonly T[];
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

/**
 * The page of `rows` that was asked for, of `pageSize` rows at most; cursors are places in the list. Throws a refusal for
 * more than a page may ever hold.
 */
export function connectionOf<T>(rows: readonly T[], { first, after }: PageArguments, pageSize: number): Connection<T> {
  const size = Math.min(first ?? PAGE_SIZE_MAX, pageSize);
  if (size < 0 || (first ?? 0) > PAGE_SIZE_MAX) throw refusal(`The maximum allowed items per page are ${PAGE_SIZE_MAX}.`, 'HC0051');
  const start = after ? placeOf(after) + 1 : 0;
  const page = rows.slice(start, start + size);
  const edges = page.map((node, index) => ({ cursor: cursorOf(start + index), node }));
  return {
    nodes: page,
    edges,
    pageInfo: {
      hasNextPage: start + size < rows.length, hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function cursorOf(place: number): string {
  return Buffer.from(String(place)).toString('base64');
}

function placeOf(cursor: string): number {
  const place = Number(Buffer.from(cursor, 'base64').toString('utf8'));
  if (Number.isInteger(place) && place >= 0) return place;
  throw refusal('The cursor is not valid.', 'HC0078');
}
