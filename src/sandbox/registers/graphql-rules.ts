import {
  GraphQLError, Kind, parse, validate, visit,
  type DocumentNode, type FieldNode, type GraphQLResolveInfo, type GraphQLSchema, type SelectionSetNode,
} from 'graphql';

const TOKENS_MAX = 5_000;
const LIST_MAX = 100;

/** Throws in place of an answer, with one of Datafordeleren's codes (registers-identity.md 1.3); quotes no value. */
export function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/**
 * Reads a query and holds it against the rules that Datafordeleren has for all registers: no introspection, no aliases, one
 * root field. Answers the document, or the errors that the call ends with.
 */
export function readQuery(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: TOKENS_MAX });
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError('The query cannot be read.')];
  }
  const broken = brokenRule(document);
  if (broken !== null) return [broken];
  const errors = validate(schema, document, undefined, { maxErrors: 5 });
  return errors.length > 0 ? errors : document;
}

function brokenRule(document: DocumentNode): GraphQLError | null {
  let broken: GraphQLError | null = null;
  visit(document, {
    Field: (node: FieldNode) => {
      if (node.name.value.startsWith('__') && node.name.value !== '__typename') {
        broken ??= refusalAt(node, 'Introspection is not allowed for the current request.', 'HC0046');
      } else if (node.alias !== undefined) {
        broken ??= refusalAt(node, 'Aliases are not allowed.', 'DAF-GQL-0008');
      }
    },
    OperationDefinition: (node) => {
      if (node.operation === 'query' && rootFields(document, node.selectionSet) > 1) {
        broken ??= new GraphQLError('Only one root field is allowed per query.', { nodes: [node], extensions: { code: 'DAF-GQL-0010' } });
      }
    },
  });
  return broken;
}

function refusalAt(node: FieldNode, message: string, code: string): GraphQLError {
  return new GraphQLError(message, { nodes: [node], extensions: { code } });
}

/** Fields at the root, those behind fragments too; a fragment that uses itself is left to validation. */
function rootFields(document: DocumentNode, { selections }: SelectionSetNode, seen: ReadonlySet<string> = new Set()): number {
  return selections.reduce((sum, selection) => {
    if (selection.kind === Kind.FIELD) return sum + 1;
    if (selection.kind === Kind.INLINE_FRAGMENT) return sum + rootFields(document, selection.selectionSet, seen);
    const name = selection.name.value;
    const fragment = document.definitions.find((one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name);
    if (fragment?.kind !== Kind.FRAGMENT_DEFINITION || seen.has(name)) return sum;
    return sum + rootFields(document, fragment.selectionSet, new Set([...seen, name]));
  }, 0);
}

/** Throws DAF-GQL-0016 when a list of values anywhere in an argument is too long. */
export function checkLists(value: unknown): void {
  if (Array.isArray(value) && value.length > LIST_MAX) {
    throw refusal(`The number of elements in an 'in' filter must not exceed ${LIST_MAX}.`, 'DAF-GQL-0016');
  }
  if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) checkLists(inner);
}

/** Names of the fields asked for beneath `nodes` or `edges { node }` of the root field at hand. */
export function selectedNodeFields(info: GraphQLResolveInfo): ReadonlySet<string> {
  const below = (sets: readonly SelectionSetNode[], names: readonly string[]): readonly SelectionSetNode[] =>
    sets.flatMap((set) => fieldsIn(set, info)).filter(({ name }) => names.includes(name.value)).flatMap(({ selectionSet }) => selectionSet ?? []);
  const root = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet ?? []);
  const nodes = [...below(root, ['nodes']), ...below(below(root, ['edges']), ['node'])];
  return new Set(nodes.flatMap((set) => fieldsIn(set, info)).map(({ name }) => name.value));
}

function fieldsIn({ selections }: SelectionSetNode, info: GraphQLResolveInfo): readonly FieldNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return selection;
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsIn(selection.selectionSet, info);
    const fragment = info.fragments[selection.name.value];
    return fragment === undefined ? [] : fieldsIn(fragment.selectionSet, info);
  });
}
