import type { ContainerEntry } from '../../src/memo/read-memo-tar.ts';
import type { ContainerMessage } from '../../src/memo/write-memo-tar.ts';
import { collect, inChunks } from './memo-examples.ts';

/** A UUID of version 4 that is another for each number. */
export function uuidOf(number: number): string {
  return `8c2ea15d-61fb-4ba9-9366-${number.toString(16).padStart(12, '0')}`;
}

/** A message of these bytes, handed out in chunks of `chunkBytes`. */
export function messageOf(number: number, content: Uint8Array, chunkBytes = 65_536): ContainerMessage {
  return { messageUUID: uuidOf(number), bytes: content.length, chunks: () => inChunks(content, chunkBytes) };
}

export interface CollectedEntry {
  readonly name: string;
  readonly bytes: number;
  readonly content: Buffer;
}

export async function collectEntries(entries: AsyncIterable<ContainerEntry>): Promise<readonly CollectedEntry[]> {
  const collected: CollectedEntry[] = [];
  for await (const { name, bytes, chunks } of entries) collected.push({ name, bytes, content: await collect(chunks) });
  return collected;
}
