import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

/** A page that anybody may open: no script, nothing from elsewhere. */
export interface PlainPage {
  readonly status: number;
  /** Of its words, as HTML names it. */
  readonly language: string;
  readonly title: string;
  /** What stands under the title, as HTML. */
  readonly content: readonly string[];
  /** More of the head, as HTML. */
  readonly head?: string;
}

const STYLE = [
  'body{margin:0;padding:24px 16px;font:16px/24px "Segoe UI",Arial,sans-serif}main{max-width:600px;margin:0 auto;overflow-wrap:anywhere}',
  'h1{font-size:24px;line-height:32px;margin:0 0 16px}ul{padding-left:20px}h2{font-size:20px;line-height:28px;margin:32px 0 8px}',
  'h3{font-size:16px;line-height:24px;margin:24px 0 0}h3+p,h3+p+p{margin:0}nav a{display:inline-block;padding:4px 16px 4px 0}nav a[aria-current]{font-weight:600}',
  'button{font:inherit;font-weight:600;padding:10px 20px;border:0;border-radius:4px;background:#0f6cbd;color:#fff}',
  ':focus-visible{outline:3px solid #b146c2;outline-offset:2px}[role=alert]{border-left:4px solid #d13438;padding-left:12px;font-weight:600}',
  'label{display:block}textarea,input[type=email]{display:block;font:inherit;width:100%;box-sizing:border-box;margin:4px 0 16px}',
  'input[type=email]{padding:8px}label.tick{display:flex;gap:8px;align-items:flex-start;margin:0 0 8px}.tick input{width:20px;height:20px;margin:2px 0;flex:none}',
  '@media(prefers-color-scheme:dark){body{background:#1f1f1f;color:#fff}a{color:#78b5f0}a:visited{color:#c3a6e8}}',
].join('');

const STYLE_SHA256 = createHash('sha256').update(STYLE).digest('base64');

/** Gives out a page that runs nothing, fetches nothing, posts to the gateway alone, and is framed, kept and indexed by nobody. */
export async function givePlainPage(reply: FastifyReply, { status, language, title, content, head = '' }: PlainPage): Promise<FastifyReply> {
  return await reply
    .code(status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        `default-src 'none'; style-src 'sha256-${STYLE_SHA256}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    })
    .send([
      '<!doctype html>',
      `<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
      `<meta name="color-scheme" content="light dark"><title>${escapeText(title)} – Digital Post</title>${head}<style>${STYLE}</style></head>`,
      `<body><main><h1>${escapeText(title)}</h1>`,
      ...content,
      '</main></body></html>',
      '',
    ].join('\n'));
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text as HTML and XML write it, in elements and in quoted attributes. */
export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
