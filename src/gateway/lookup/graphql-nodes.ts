import { z } from 'zod';
import type { GraphqlDoor } from './graphql-door.ts';
import { RegisterFault, type DoorWords } from './register-fault.ts';

/** A question about one root field, which is a list in pages. */
export interface GraphqlQuestion<Node> {
  readonly root: string;
  /** The variables as they are declared, e.g. "$cpr: [String!]!". */
  readonly declared: string;
  /** The arguments of the root field, without those of the page. */
  readonly asked: string;
  /** What is asked of each node. */
  readonly fields: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly node: z.ZodType<Node>;
}

const PAGES_MAX = 100;

/**
 * All nodes, page by page: what was cut off would look as if it did not exist. Rejects with a RegisterFault, also when there
 * is another page that cannot be had.
 */
export async function graphqlNodes<Node>(
  { ask }: GraphqlDoor, question: GraphqlQuestion<Node>, { words, signal }: { readonly words: DoorWords; readonly signal?: AbortSignal | undefined },
): Promise<readonly Node[]> {
  const { root, declared, asked, fields, variables } = question;
  const schema = z.object({ [root]: z.object({ nodes: z.array(question.node), pageInfo: pageInfoSchema }) });
  const nodes: Node[] = [];
  const cursors = new Set<string>();
  for (let after: string | null = null; ;) {
    // The first page is asked for in the words that are known to work: whether every schema has `after` is not.
    const [more, from] = after === null ? ['', ''] : [', $after: String', ', after: $after'];
    const query = `query (${declared}${more}) {
  ${root}(${asked}${from}) {
    nodes { ${fields} }
    pageInfo { hasNextPage endCursor }
  }
}`;
    const read = schema.safeParse(await ask(query, { ...variables, ...(after !== null && { after }) }, signal));
    const page = read.success ? read.data[root] : undefined;
    if (!page) throw new RegisterFault('unreadable', words);
    nodes.push(...page.nodes);
    if (page.pageInfo?.hasNextPage !== true) return nodes;
    after = page.pageInfo.endCursor ?? null;
    if (after === null || cursors.has(after) || cursors.size >= PAGES_MAX) throw new RegisterFault('unreadable', words, 'PAGE MISSING');
    cursors.add(after);
  }
}

const pageInfoSchema = z.object({ hasNextPage: z.boolean().nullish(), endCursor: z.string().nullish() }).nullish();
