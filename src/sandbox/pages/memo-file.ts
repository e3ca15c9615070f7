import { PassThrough, type Readable } from 'node:stream';
import { once } from 'node:events';
import type { ContentStart } from '../../memo/memo-builder.ts';
import { readMemo } from '../../memo/read-memo.ts';

/** One file of a message, being read. */
export interface OpenMemoFile {
  readonly start: ContentStart;
  readonly content: Readable;
}

/**
 * Opens the file that stands at `index` (from 0) in the XML; null when there is none, or the message cannot be read so
 * far. The content is decoded while it is read, and never held whole.
 */
export async function openMemoFile(chunks: AsyncIterable<Uint8Array>, index: number): Promise<OpenMemoFile | null> {
  const content = new PassThrough();
  return new Promise((resolve) => {
    let place = 0;
    const reading = readMemo(chunks, (start) => {
      place += 1;
      if (place - 1 !== index) return null;
      resolve({ start, content });
      return (bytes) => write(content, bytes);
    });
    reading.then(
      () => {
        content.end();
        resolve(null);
      },
      (error: unknown) => {
        content.destroy(error instanceof Error ? error : new Error(String(error)));
        resolve(null);
      },
    );
  });
}

/** Waits where the reader is slower than we are; fails when it has gone away, which ends the reading too. */
async function write(content: PassThrough, bytes: Uint8Array): Promise<void> {
  if (content.destroyed) throw new Error('the reader has gone away');
  if (content.write(bytes)) return;
  const gone = new AbortController();
  const onClose = (): void => gone.abort();
  content.once('close', onClose);
  await once(content, 'drain', { signal: gone.signal }).finally(() => content.off('close', onClose));
}
