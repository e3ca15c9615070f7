/** A running look at the chunks of a PNG (W3C PNG 5.3): is its end missing? */
export interface PngScan {
  write(bytes: Uint8Array): void;
  /** True when whole chunks came in order and then the file broke off before IEND. In doubt false. Call once. */
  isCut(): boolean;
}

const signatureBytes = 8;
const chunkHeadBytes = 8;
const checksumBytes = 4;

export function openPngScan(): PngScan {
  let total = 0;
  let chunkAt = signatureBytes;
  let chunks = 0;
  let head = Buffer.alloc(0);
  let state: 'walking' | 'ended' | 'unsure' = 'walking';
  return {
    write(bytes) {
      const start = total;
      total += bytes.length;
      while (state === 'walking' && chunkAt + head.length < total) {
        // The head of a chunk may come in two pieces.
        const from = chunkAt + head.length - start;
        head = Buffer.concat([head, bytes.subarray(from, from + chunkHeadBytes - head.length)]);
        if (head.length < chunkHeadBytes) return;
        const type = head.toString('latin1', 4, 8);
        const length = head.readUInt32BE(0);
        if (!/^[A-Za-z]{4}$/.test(type) || (chunks === 0 && (type !== 'IHDR' || length !== 13))) state = 'unsure';
        else if (type === 'IEND') state = 'ended';
        chunkAt += chunkHeadBytes + length + checksumBytes;
        chunks += 1;
        head = Buffer.alloc(0);
      }
    },
    isCut: () => state === 'walking' && chunks >= 2,
  };
}
