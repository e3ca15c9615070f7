import type pg from 'pg';

/** A statement whose last value is bytes in pieces; the others are text, or null. */
export interface LargeValueStatement {
  /** Prepared once for each connection under this name. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | null)[];
  readonly pieces: readonly Uint8Array[];
}

// The parts of node-postgres' connection that a query of one's own is handed (its documentation: "Submittable").
interface Connection extends pg.Connection {
  readonly parsedStatements: Readonly<Record<string, string>>;
}
type Answer = (error: Error | null, firstValue?: string | null) => void;

/**
 * A query for node-postgres that writes the pieces of its last value to the socket as they are. The library's own would
 * copy them three times into buffers that it throws away. Calls `callback` with the first value of the first row.
 */
export class LargeValueQuery implements pg.Submittable {
  readonly name: string;
  readonly text: string;
  callback: Answer;
  readonly #statement: LargeValueStatement;
  #firstValue: string | null = null;

  constructor(statement: LargeValueStatement, callback: Answer) {
    this.name = statement.name;
    this.text = statement.text;
    this.#statement = statement;
    this.callback = callback;
  }

  submit(connection: pg.Connection): void {
    const { stream, parsedStatements } = connection as Connection;
    const { name, text, values, pieces } = this.#statement;
    stream.cork();
    if (!parsedStatements[name]) connection.parse({ name, text, types: [] }, true);
    const head = bindHead(name, values, pieces.reduce((sum, { length }) => sum + length, 0));
    for (const part of [head, ...pieces, NO_RESULT_FORMATS]) stream.write(part);
    connection.execute({ portal: '', rows: '0' }, true);
    connection.sync();
    stream.uncork();
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#firstValue ??= fields[0] ?? null;
  }

  handleCommandComplete(): void {
    // What counts is that the server is ready again: the commit is done then.
  }

  handleReadyForQuery(): void {
    this.callback(null, this.#firstValue);
  }

  handleError(error: Error): void {
    this.callback(error);
  }
}

const NO_RESULT_FORMATS = Buffer.from([0, 0]);
const TEXT = 0;
const BINARY = 1;

/** A Bind message (PostgreSQL documentation, "Message Formats") as far as the bytes of its last value. */
function bindHead(name: string, values: readonly (string | null)[], largeBytes: number): Buffer {
  const parameters = values.length + 1;
  const parts = [
    Buffer.from(`\0${name}\0`),
    int16(parameters),
    ...values.map(() => int16(TEXT)),
    int16(BINARY),
    int16(parameters),
    ...values.flatMap((value) => (value === null ? [int32(-1)] : lengthAndText(value))),
    int32(largeBytes),
  ];
  const bytes = parts.reduce((sum, { length }) => sum + length, 0);
  return Buffer.concat([Buffer.from('B'), int32(4 + bytes + largeBytes + NO_RESULT_FORMATS.length), ...parts]);
}

function lengthAndText(value: string): readonly Buffer[] {
  const text = Buffer.from(value);
  return [int32(text.length), text];
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}
