import type { Memo, MemoFault, MessageHeader, ReadFile } from './memo.ts';
import { type ContentSink, type ContentStart, MemoBuilder } from './memo-builder.ts';
import { MemoUnreadable } from './memo-unreadable.ts';
import { type XmlLimits, xmlLimits, XmlScanner } from './xml-scanner.ts';

/** A message that was read, its files as their sizes. */
export interface ReadMemo extends Memo<ReadFile> {
  /** Size of the XML itself. */
  readonly bytes: number;
  /** Where it breaks the XSD without being unreadable; `checkMemo` adds the rules beyond the XSD. */
  readonly schemaFaults: readonly MemoFault[];
}

/**
 * Reads a MeMo message, 1.1 or 1.2, from its bytes in chunks of any size. `onContent` is asked for each file where
 * its bytes shall go (called before the next piece is read, awaited when it answers with a promise); no content is
 * ever held whole. Throws MemoUnreadable when the bytes are no message within `limits`; what `chunks` and the
 * receivers throw passes on.
 */
export async function readMemo(
  chunks: AsyncIterable<Uint8Array>,
  onContent: (start: ContentStart) => ContentSink = () => null,
  limits: XmlLimits = xmlLimits,
): Promise<ReadMemo> {
  const builder = new MemoBuilder(onContent);
  const scanner = new XmlScanner(builder, limits);
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    await scanner.feed(chunk, () => false);
  }
  scanner.end();
  return { ...builder.finish(), bytes, schemaFaults: builder.faults };
}

/**
 * Reads to the end of the header and no further, so that a large message costs no more than a small one; `chunks` is
 * closed then. Throws as `readMemo` does.
 */
export async function readMemoHeader(
  chunks: AsyncIterable<Uint8Array>, limits: XmlLimits = xmlLimits,
): Promise<MessageHeader> {
  const builder = new MemoBuilder(() => null);
  const scanner = new XmlScanner(builder, limits);
  for await (const chunk of chunks) {
    await scanner.feed(chunk, () => builder.header !== null);
    if (builder.header !== null) return builder.header;
  }
  scanner.end();
  throw new MemoUnreadable('missing', 'memo:MessageHeader');
}
