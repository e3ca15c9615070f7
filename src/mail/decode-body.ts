import { composed } from './composed.ts';
import type { BodyPiece } from './body-text.ts';
import { decodeCharset } from './decode-charset.ts';
import type { MimePart } from './mime-part.ts';

/** How far into an HTML text its own statement of the charset may stand (HTML standard 4.2.5.4). */
const metaSearchBytes = 1024;

/**
 * Decodes a text part of the body.
 * @param part says charset and flow
 * @param kind as what the part is read
 * @param bytes its content, transfer encoding off
 */
export function decodeBodyPiece(part: MimePart, kind: BodyPiece['kind'], bytes: Buffer): BodyPiece {
  const declared = part.typeParameters.get('charset')?.replace(/[\s(].*$/s, '') ?? null;
  const charset = declared ?? (kind === 'html' ? metaCharset(bytes) : null);
  return {
    part,
    kind,
    text: composed(decodeCharset(bytes, charset)),
    flowed: kind === 'text' && part.typeParameters.get('format')?.toLowerCase() === 'flowed',
    delSp: kind === 'text' && part.typeParameters.get('delsp')?.toLowerCase() === 'yes',
  };
}

function metaCharset(bytes: Buffer): string | null {
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(bytes.toString('latin1', 0, metaSearchBytes))?.[1] ?? null;
}
