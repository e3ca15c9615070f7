import { compressLzmaAlone, decompressLzmaAlone } from './lzma-alone.ts';
import { type ContainerEntry, readMemoTar, type TarLimits } from './read-memo-tar.ts';
import { type ContainerMessage, writeMemoTar } from './write-memo-tar.ts';

export interface ContainerOptions {
  /** Stands in every entry's header, so that it must be the same for a container that is written again. */
  readonly modifiedAt: Date;
}

/**
 * Writes a container of messages, `.tar.lzma`, as NgDP takes it at POST /memos/ with `Content-Type:
 * application/x-lzma`: a tar (see `writeMemoTar`, which also says what is thrown) as an LZMA-alone stream in memo-lib's
 * form. The same messages and options are the same bytes. Asks for the next bytes only when the last were taken; no
 * message is held whole. Stopping early closes the message that was being read and frees the encoder.
 */
export function writeMemoContainer(
  messages: AsyncIterable<ContainerMessage> | Iterable<ContainerMessage>, { modifiedAt }: ContainerOptions,
): AsyncIterable<Uint8Array> {
  return compressLzmaAlone(writeMemoTar(messages, modifiedAt));
}

/** How much a reader of containers takes. NgDP's own limits are not public. */
export interface ContainerLimits extends TarLimits {
  /** Of the decoder; a stream says itself how large its dictionary is. */
  readonly decoderBytesMax: number;
}

/** Messages of up to 99.5 MB as NgDP has them; a dictionary of 64 MiB is the largest of xz's presets. */
export const containerLimits: ContainerLimits = {
  entriesMax: 10_000, entryBytesMax: 99_500_000, unpackedBytesMax: 1_000_000_000, decoderBytesMax: 72 * 1024 * 1024,
};

/**
 * Reads a container while it comes, entry by entry; no entry is held whole. Whether the entries are messages is the
 * caller's to find out, and whether there are any. Throws MemoContainerUnreadable, which may come after entries have
 * been handed out, since the end tells whether a container is whole; what `chunks` throws passes on.
 */
export function readMemoContainer(
  chunks: AsyncIterable<Uint8Array>, limits: Partial<ContainerLimits> = {},
): AsyncIterable<ContainerEntry> {
  const { decoderBytesMax, ...tarLimits } = { ...containerLimits, ...limits };
  return readMemoTar(decompressLzmaAlone(chunks, decoderBytesMax), tarLimits);
}
