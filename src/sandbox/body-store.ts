import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Bytes that were received whole: small ones lie in the database row, large ones in a file of the store's folder. */
export type StoredBody =
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly size: number }
  | { readonly kind: 'file'; readonly file: string; readonly size: number };

/** How a stored body stands in a database row. */
export interface BodyColumns {
  readonly bytes: Buffer | null;
  readonly file: string | null;
  readonly size: number;
}

/** More bytes came than are taken. */
export class BodyTooLarge extends Error {}

/** One row with the bytes in it is the fastest durable place for a letter; beyond this a file is. */
const INLINE_BYTES_MAX = 65_536;

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

  /** The bytes again, as often as wanted. */
  read(body: StoredBody): AsyncIterable<Uint8Array> {
    if (body.kind === 'file') return createReadStream(this.#pathOf(body.file));
    return once(body.bytes);
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
 * them durable, or `abandon` forgets them. A file without a row counts as never received, so no renaming is needed.
 */
export class BodyIntake {
  readonly #folder: string;
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #bytesMax: number;
  #held: Uint8Array[] = [];
  #size = 0;
  #file: OpenFile | null = null;

  constructor(folder: string, source: AsyncIterable<Uint8Array>, bytesMax: number) {
    this.#folder = folder;
    this.#source = source;
    this.#bytesMax = bytesMax;
  }

  /** The bytes, each piece handed on when it is written. Throws BodyTooLarge, and whatever the source throws. */
  async *chunks(): AsyncIterable<Uint8Array> {
    for await (const chunk of this.#source) {
      this.#size += chunk.length;
      if (this.#size > this.#bytesMax) throw new BodyTooLarge(`more than ${this.#bytesMax} bytes`);
      await this.#keep(chunk);
      yield chunk;
    }
  }

  /** A large body is on the disk, content and name, when this returns; a small one once the caller wrote its row. */
  async finish(): Promise<StoredBody> {
    if (this.#file === null) return { kind: 'bytes', bytes: Buffer.concat(this.#held), size: this.#size };
    await this.#file.handle.sync();
    await this.#file.handle.close();
    const folder = await open(this.#folder, 'r');
    // Without this the file's name could be lost in a power cut though its content was not.
    await folder.sync().finally(() => folder.close());
    return { kind: 'file', file: this.#file.name, size: this.#size };
  }

  async abandon(): Promise<void> {
    this.#held = [];
    if (this.#file === null) return;
    await this.#file.handle.close().catch(() => undefined);
    await rm(path.join(this.#folder, this.#file.name), { force: true });
  }

  async #keep(chunk: Uint8Array): Promise<void> {
    if (this.#file === null && this.#size <= INLINE_BYTES_MAX) {
      this.#held.push(chunk);
      return;
    }
    if (this.#file === null) {
      const name = randomUUID();
      this.#file = { name, handle: await open(path.join(this.#folder, name), 'wx', 0o600) };
      for (const earlier of this.#held.splice(0)) await this.#file.handle.write(earlier);
    }
    await this.#file.handle.write(chunk);
  }
}

/** The columns for a row that keeps `body`. */
export function columnsOf(body: StoredBody): BodyColumns {
  return body.kind === 'bytes'
    ? { bytes: body.bytes, file: null, size: body.size }
    : { bytes: null, file: body.file, size: body.size };
}

/** The body that a row keeps. */
export function bodyOf(columns: BodyColumns): StoredBody {
  if (columns.file !== null) return { kind: 'file', file: columns.file, size: columns.size };
  return { kind: 'bytes', bytes: columns.bytes ?? Buffer.alloc(0), size: columns.size };
}

interface OpenFile {
  readonly name: string;
  readonly handle: FileHandle;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
