import { writeFrame, type FrameParts } from '../frames.ts';

/** Says something to the gateway, and waits while it is slower. */
export function tell(frame: FrameParts): Promise<void> {
  return writeFrame(process.stdout, frame);
}

const DATA_BYTES = 1_048_576;

/** Hands a whole file out; `head` is told before its bytes. */
export async function tellFile(file: number, head: unknown, bytes: Uint8Array): Promise<void> {
  await tell({ kind: 'file', file, payload: JSON.stringify(head) });
  for (let at = 0; at < bytes.length; at += DATA_BYTES) {
    await tell({ kind: 'data', file, payload: bytes.subarray(at, at + DATA_BYTES) });
  }
  await tell({ kind: 'file-end', file });
}
