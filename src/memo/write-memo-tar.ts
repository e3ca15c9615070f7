/** A message on its way into a container. */
export interface ContainerMessage {
  /** Gives the entry its name. */
  readonly messageUUID: string;
  /** Exact length of the XML. */
  readonly bytes: number;
  chunks(): AsyncIterable<Uint8Array>;
}

/**
 * The tar inside a container (POSIX.1-1988 ustar): an entry `<messageUUID>.xml` for each message, as the reference
 * system names them. The same messages and the same `modifiedAt` are the same bytes. A message is asked for when the
 * one before it has gone out. Throws a TypeError when a messageUUID is none, a RangeError when a message yields more
 * or fewer bytes than it announced or more than a tar can hold; what `chunks` throws passes on.
 */
export async function* writeMemoTar(
  messages: AsyncIterable<ContainerMessage> | Iterable<ContainerMessage>, modifiedAt: Date,
): AsyncGenerator<Uint8Array> {
  for await (const message of messages) {
    yield composeHeader(message, modifiedAt);
    yield* exactBytes(message);
    const paddingBytes = (blockBytes - (message.bytes % blockBytes)) % blockBytes;
    if (paddingBytes > 0) yield Buffer.alloc(paddingBytes);
  }
  yield Buffer.alloc(2 * blockBytes);
}

const blockBytes = 512;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function composeHeader({ messageUUID, bytes }: ContainerMessage, modifiedAt: Date): Buffer {
  if (!uuid.test(messageUUID)) throw new TypeError('a message in a container has no UUID');
  const header = Buffer.alloc(blockBytes);
  header.write(`${messageUUID}.xml`, 0, 'latin1');
  header.write(octal(0o644, 7), 100, 'latin1');
  header.write(octal(0, 7), 108, 'latin1');
  header.write(octal(0, 7), 116, 'latin1');
  header.write(octal(bytes, 11), 124, 'latin1');
  header.write(octal(Math.floor(modifiedAt.getTime() / 1000), 11), 136, 'latin1');
  header.write('        ', 148, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  // The sum is taken with its own field as blanks, and written as six digits, NUL, blank.
  let sum = 0;
  for (const byte of header) sum += byte;
  header.write(`${octal(sum, 6)}\0`, 148, 'latin1');
  return header;
}

function octal(value: number, digits: number): string {
  const text = value.toString(8).padStart(digits, '0');
  if (!Number.isSafeInteger(value) || value < 0 || text.length > digits) throw new RangeError('no number for a tar header');
  return text;
}

async function* exactBytes({ bytes, chunks }: ContainerMessage): AsyncGenerator<Uint8Array> {
  let bytesSeen = 0;
  for await (const chunk of chunks()) {
    bytesSeen += chunk.byteLength;
    if (bytesSeen > bytes) throw sizeMismatch(bytes, `${bytesSeen} or more`);
    yield chunk;
  }
  if (bytesSeen !== bytes) throw sizeMismatch(bytes, String(bytesSeen));
}

function sizeMismatch(announced: number, seen: string): Error {
  return new RangeError(`a message announced ${announced} bytes and yielded ${seen}`);
}
