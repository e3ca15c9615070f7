import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** What the page of a link says; Danish, without CPR numbers. */
export interface LinkPage {
  readonly status: number;
  readonly title: string;
  readonly texts: readonly string[];
  readonly facts: readonly string[];
  /** What pressing does; null where there is nothing to press. */
  readonly button: LinkButton | null;
}

export interface LinkButton {
  readonly label: string;
  /** Label of a text that the author is told; null where none is asked for. */
  readonly reason: string | null;
}

/** What is behind the links. `show` changes nothing; `act` does what the link is for, and is safe to repeat. */
export interface LinkDoor {
  show(token: string): Promise<LinkPage>;
  act(token: string, reason: string | null): Promise<LinkPage>;
}

const FORM_BYTES_MAX = 10_000;

/**
 * Adds the pages of the links in mails, `/api/links/<token>`. Mail scanners follow links, so GET and HEAD only show a page
 * with a button; POST acts. The token alone gives the right: no cookies, nothing for another site to misuse.
 */
export async function addLinkPages(app: FastifyInstance, door: LinkDoor): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: FORM_BYTES_MAX }, (_request, body, done) =>
      done(null, new URLSearchParams(String(body))),
    );
    scope.setErrorHandler(async (error, _request, reply) => await give(reply, troublePage(error)));
    // Behind a star, for a token is longer than a named part of a path may be.
    scope.get('/api/links/*', async (request, reply) => await give(reply, await door.show(tokenOf(request.params))));
    scope.post('/api/links/*', async (request, reply) => {
      const reason = request.body instanceof URLSearchParams ? request.body.get('reason') : null;
      return await give(reply, await door.act(tokenOf(request.params), reason));
    });
  });
}

function tokenOf(params: unknown): string {
  return (params as Readonly<Record<'*', string>>)['*'];
}

function troublePage(error: unknown): LinkPage {
  const { statusCode } = error as { readonly statusCode?: unknown };
  const status = typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : 503;
  const texts = ['Der er ikke sket noget. Prøv igen om lidt.'];
  return { status, title: 'Det kunne ikke lade sig gøre', texts, facts: [], button: null };
}

const STYLE = [
  'body{margin:0;padding:24px 16px;font:16px/24px "Segoe UI",Arial,sans-serif}main{max-width:600px;margin:0 auto}',
  'h1{font-size:24px;line-height:32px;margin:0 0 16px}ul{padding-left:20px;overflow-wrap:anywhere}',
  'button{font:inherit;font-weight:600;padding:10px 20px;border:0;border-radius:4px;background:#0f6cbd;color:#fff}',
  'button:focus-visible,textarea:focus-visible{outline:3px solid #b146c2;outline-offset:2px}',
  'label{display:block}textarea{display:block;font:inherit;width:100%;box-sizing:border-box;margin:4px 0 16px}',
].join('');

const STYLE_SHA256 = createHash('sha256').update(STYLE).digest('base64');

async function give(reply: FastifyReply, page: LinkPage): Promise<FastifyReply> {
  return await reply
    .code(page.status)
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy':
        `default-src 'none'; style-src 'sha256-${STYLE_SHA256}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex, nofollow',
    })
    .send(pageHtml(page));
}

function pageHtml({ title, texts, facts, button }: LinkPage): string {
  return [
    '<!doctype html>',
    '<html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="color-scheme" content="light dark"><title>${escape(title)} – Digital Post</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${escape(title)}</h1>`,
    ...texts.map((text) => `<p>${escape(text)}</p>`),
    ...(facts.length > 0 ? [`<ul>${facts.map((fact) => `<li>${escape(fact)}</li>`).join('')}</ul>`] : []),
    ...(button ? [formHtml(button)] : []),
    '</main></body></html>',
    '',
  ].join('\n');
}

/** Posts to the page's own address. */
function formHtml({ label, reason }: LinkButton): string {
  const field = reason === null ? '' : `<label>${escape(reason)}<textarea name="reason" rows="3" maxlength="500"></textarea></label>`;
  return `<form method="post">${field}<button type="submit">${escape(label)}</button></form>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
