import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Bytes that were received whole: small ones lie in the database row, large ones in a file of the store's folder. */
export type StoredBody =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly size: number }
  | { readonly kind: 'file'; readonly file: string; readonly offset: number; readonly size: number };

/** How a stored body stands in a database row. */
export interface BodyColumns {
  readonly bytes: Buffer | null;
  readonly file: string | null;
  /** Where the body begins in its file. */
  readonly offset: number;
  readonly size: number;
}

/** More bytes came than are taken. */
export class BodyTooLarge extends Error {}

/** One row with the bytes in it is the fastest durable place for a letter; beyond this a file is. */
const INLINE_BYTES_MAX = 65_536;
/** Written to a file at once, so that many small pieces cost few calls. */
const WRITE_BYTES = 262_144;

/** Keeps received bodies durably without ever holding a large one in memory. */
export class BodyStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the store in `folder`, which is made when it is missing. */
  static async open(folder: string): Promise<BodyStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return new BodyStore(folder);
  }

  /** Takes bytes in while somebody else reads them; see BodyIntake. */
  intake(chunks: AsyncIterable<Uint8Array>, bytesMax: number): BodyIntake {
    return new BodyIntake(this.#folder, chunks, bytesMax);
  }

  /** A body that is written piece by piece. */
  writer(bytesMax: number): BodyWriter {
    return new BodyWriter(this.#folder, bytesMax);
  }

  /** The bytes again, as often as wanted. */
  read(body: StoredBody): AsyncIterable<Uint8Array> {
    if (body.kind === 'bytes') return once(body.bytes);
    if (body.size === 0) return once(Buffer.alloc(0));
    return createReadStream(this.#pathOf(body.file), { start: body.offset, end: body.offset + body.size - 1 });
  }

  /** Forgets a body that has no row. */
  async drop(body: StoredBody): Promise<void> {
    if (body.kind === 'file') await rm(this.#pathOf(body.file), { force: true });
  }

  #pathOf(name: string): string {
    return path.join(this.#folder, path.basename(name));
  }
}

/**
 * One body on its way in: whoever reads `chunks` to the end has the bytes, and so has the store. Then `finish` makes
 * them durable, or `abandon` forgets them.
 */
export class BodyIntake {
  readonly #writer: BodyWriter;
  readonly #source: AsyncIterable<Uint8Array>;

  constructor(folder: string, source: AsyncIterable<Uint8Array>, bytesMax: number) {
    this.#writer = new BodyWriter(folder, bytesMax);
    this.#source = source;
  }

  /** The bytes, each piece handed on when it is taken in. Throws BodyTooLarge, and whatever the source throws. */
  async *chunks(): AsyncIterable<Uint8Array> {
    for await (const chunk of this.#source) {
      await this.#writer.write(chunk);
      yield chunk;
    }
  }

  finish(): Promise<StoredBody> {
    return this.#writer.finish();
  }

  abandon(): Promise<void> {
    return this.#writer.abandon();
  }
}

/**
 * One body that is being written. A file without a row counts as never received, so no renaming is needed. What is
 * handed to `write` must not be changed afterwards.
 */
export class BodyWriter {
  readonly #folder: string;
  readonly #bytesMax: number;
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  #size = 0;
  #file: OpenFile | null = null;

  constructor(folder: string, bytesMax: number) {
    this.#folder = folder;
    this.#bytesMax = bytesMax;
  }

  /** Bytes taken in so far. */
  get size(): number {
    return this.#size;
  }

  /** Throws BodyTooLarge. */
  async write(bytes: Uint8Array): Promise<void> {
    this.#size += bytes.length;
    if (this.#size > this.#bytesMax) throw new BodyTooLarge(`more than ${this.#bytesMax} bytes`);
    if (bytes.length === 0) return;
    this.#held.push(bytes);
    this.#heldBytes += bytes.length;
    if (this.#heldBytes >= WRITE_BYTES) await this.#flush();
  }

  /** A large body is on the disk, content and name, when this returns; a small one once the caller wrote its row. */
  async finish(): Promise<StoredBody> {
    const size = this.#size;
    if (this.#file === null && size <= INLINE_BYTES_MAX) return { kind: 'bytes', bytes: Buffer.concat(this.#held), size };
    const { name, handle } = await this.#flush();
    await handle.sync();
    await handle.close();
    const folder = await open(this.#folder, 'r');
    // Without this the file's name could be lost in a power cut though its content was not.
    await folder.sync().finally(() => folder.close());
    return { kind: 'file', file: name, offset: 0, size };
  }

  async abandon(): Promise<void> {
    this.#held = [];
    if (this.#file === null) return;
    await this.#file.handle.close().catch(() => undefined);
    await rm(path.join(this.#folder, this.#file.name), { force: true });
  }

  async #flush(): Promise<OpenFile> {
    this.#file ??= await newFile(this.#folder);
    const held = this.#held.splice(0);
    this.#heldBytes = 0;
    await writeWhole(this.#file.handle, held);
    return this.#file;
  }
}

/** A stretch of a stored body, as a body of its own. */
export function bodyPart(body: StoredBody, offset: number, size: number): StoredBody {
  return body.kind === 'bytes'
    ? { kind: 'bytes', bytes: body.bytes.subarray(offset, offset + size), size }
    : { kind: 'file', file: body.file, offset: body.offset + offset, size };
}

/** The columns for a row that keeps `body`. */
export function columnsOf(body: StoredBody): BodyColumns {
  return body.kind === 'bytes'
    ? { bytes: body.bytes, file: null, offset: 0, size: body.size }
    : { bytes: null, file: body.file, offset: body.offset, size: body.size };
}

/** The body that a row keeps. */
export function bodyOf(columns: BodyColumns): StoredBody {
  if (columns.file !== null) return { kind: 'file', file: columns.file, offset: columns.offset, size: columns.size };
  return { kind: 'bytes', bytes: columns.bytes ?? Buffer.alloc(0), size: columns.size };
}

interface OpenFile {
  readonly name: string;
  readonly handle: FileHandle;
}

async function newFile(folder: string): Promise<OpenFile> {
  const name = randomUUID();
  return { name, handle: await open(path.join(folder, name), 'wx', 0o600) };
}

/** A disk may take less than it is given; then the rest is given again. */
async function writeWhole(handle: FileHandle, pieces: readonly Uint8Array[]): Promise<void> {
  const bytes = Buffer.concat(pieces);
  for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done)).bytesWritten;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
