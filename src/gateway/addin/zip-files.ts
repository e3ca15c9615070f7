import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';

/** A file of a zip; its bytes are made when its turn comes. */
export interface ZippedFile {
  /** Of plain letters: names with æ, ø, å are not unpacked alike everywhere. */
  readonly path: string;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/**
 * A zip as it is made, one file after the other, so that it may hold more than the memory does. Throws what the making of a
 * file throws; who stops reading stops the making.
 */
export async function* zipFiles(files: readonly ZippedFile[], modifiedAt: Date): AsyncGenerator<Buffer, void, undefined> {
  const zip = new ZipFile();
  const output = zip.outputStream as Readable;
  let open: Readable | null = null;
  zip.on('error', (error: Error) => output.destroy(error));
  for (const { path, chunks } of files) {
    // Fast rather than small: most of a message is a PDF in base64.
    const options = { mtime: modifiedAt, mode: FILE_MODE, compressionLevel: 1 };
    zip.addReadStreamLazy(path, options, (take) => {
      open = Readable.from(chunks(), { objectMode: false });
      // The library does not listen for it.
      open.on('error', (error) => output.destroy(error));
      take(null, open);
    });
  }
  zip.end();
  try {
    for await (const chunk of output) yield chunk as Buffer;
  } finally {
    (open as Readable | null)?.destroy();
  }
}

const FILE_MODE = 0o100644;
