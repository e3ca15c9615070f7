import { buildSchema, GraphQLError, Kind, type GraphQLScalarType, type GraphQLSchema } from 'graphql';

const PAGE_INFO = `
type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
scalar DafDateTime
scalar LocalDate
scalar Long
`;

/** Builds a register's schema; what all of Datafordeleren's registers have in common is added here. */
export function registerSchema(sdl: string): GraphQLSchema {
  const schema = buildSchema(sdl + PAGE_INFO);
  strictLong(schema.getType('Long') as GraphQLScalarType);
  return schema;
}

/** The whole text of a register's schema, as it can be downloaded. */
export function schemaText(sdl: string): string {
  return `${sdl.trim()}\n${PAGE_INFO}`;
}

/** The three types that a connection to `node` needs. */
export function connectionSdl(node: string): string {
  return `
type ${node}Connection { pageInfo: PageInfo! edges: [${node}Edge!] nodes: [${node}!] }
type ${node}Edge { cursor: String! node: ${node}! }
`;
}

/** A CVR number is a number at Datafordeleren: the same digits as a text are refused (registers-identity.md 2.1). */
function strictLong(long: GraphQLScalarType): void {
  long.parseValue = (value) => {
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    throw new GraphQLError('Long cannot parse the given value.', { extensions: { code: 'HC0016' } });
  };
  long.parseLiteral = (node) => {
    if (node.kind === Kind.INT) return Number(node.value);
    throw new GraphQLError('Long cannot parse the given literal.', { nodes: [node] });
  };
}
