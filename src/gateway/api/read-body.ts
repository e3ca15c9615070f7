import { callSha256 } from './answer-memory.ts';

/** How many values may stand in one body, and how deep in each other. */
export interface BodyBounds {
  readonly valuesMax: number;
  readonly depthMax: number;
}

/** A body as it came: what makes the call the same as another, and the JSON in it. */
export interface ReadBody {
  readonly sha256: Buffer;
  readonly json: { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'unreadable' | 'too-many-values' | 'too-deep' };
}

/** No call of ours goes deeper than a file in a list in an object. */
export const BODY_DEPTH_MAX = 32;

/**
 * Reads the body of a call to `url`. What is in it is counted before anything is made of it: a few megabytes of "[],[],"
 * would be millions of objects, and as many faults for the schemas to tell of.
 */
export function readBody(url: string, bytes: Buffer, bounds: BodyBounds): ReadBody {
  const sha256 = callSha256(url, bytes);
  if (bytes.length === 0) return { sha256, json: { kind: 'value', value: undefined } };
  const excess = excessOf(bytes, bounds);
  if (excess !== null) return { sha256, json: { kind: excess } };
  try {
    // Strict: a letter in another code page is refused here, and not sent with its æøå spoilt. A BOM is passed over.
    return { sha256, json: { kind: 'value', value: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown } };
  } catch {
    return { sha256, json: { kind: 'unreadable' } };
  }
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const OPENING: ReadonlySet<number> = new Set(Buffer.from('[{'));
const CLOSING: ReadonlySet<number> = new Set(Buffer.from(']}'));

/** Counts commas and brackets outside of texts, in one look at each byte; what is no JSON is counted all the same. */
function excessOf(bytes: Buffer, { valuesMax, depthMax }: BodyBounds): 'too-many-values' | 'too-deep' | null {
  let values = 1;
  let depth = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === QUOTE) at = endOfText(bytes, at);
    else if (byte === COMMA) values += 1;
    else if (OPENING.has(byte)) {
      values += 1;
      depth += 1;
    } else if (CLOSING.has(byte)) depth -= 1;
    if (values > valuesMax) return 'too-many-values';
    if (depth > depthMax) return 'too-deep';
  }
  return null;
}

/** Where the text ends that begins at a quotation mark. */
function endOfText(bytes: Buffer, begin: number): number {
  let at = begin + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at;
}
