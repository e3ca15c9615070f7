import type { FastifyReply } from 'fastify';
import type { Readable } from 'node:stream';

/** A file that came with a message or mail. */
export interface StrangersFile {
  readonly name: string;
  /** MIME type that it claims. */
  readonly type: string;
  /** Shown in the browser where that is safe; else saved. */
  readonly inline: boolean;
  readonly content: Readable | Uint8Array | string;
}

/** Nothing in it runs, nothing is fetched, and it belongs to no site: it can do nothing to our own pages. */
const SANDBOXED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";
/** Browsers refuse to show a PDF in a sandboxed document; their viewer is a sandbox of its own. */
const PDF_POLICY = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'";
const SHOWN_TYPES: readonly string[] = ['application/pdf', 'text/plain', 'text/html', 'image/png', 'image/jpeg', 'image/gif'];

/** Sends bytes from outside so that they cannot act as a page of ours, whatever they are. */
export function sendStrangersFile(reply: FastifyReply, file: StrangersFile): FastifyReply {
  const type = file.type.split(';')[0]?.trim().toLowerCase() ?? '';
  const shown = file.inline && SHOWN_TYPES.includes(type);
  const charset = type.startsWith('text/') ? '; charset=utf-8' : '';
  const name = encodeURIComponent(file.name || 'fil').replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
  return reply
    .headers({
      'content-type': SHOWN_TYPES.includes(type) ? `${type}${charset}` : 'application/octet-stream',
      'content-disposition': `${shown ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`,
      'content-security-policy': type === 'application/pdf' ? PDF_POLICY : SANDBOXED,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
    .send(file.content);
}
