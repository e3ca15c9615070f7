import type { ItemAttachment } from '../office/outlook.ts';

/** Tells a file of a draft as it is now from all others: what has been read of it holds as long as the key does. Holds its name. */
export function fileKey({ id, name, bytes }: Pick<ItemAttachment, 'id' | 'name' | 'bytes'>): string {
  return JSON.stringify([id, name, bytes]);
}
