import type { FastifyInstance, FastifyReply } from 'fastify';
import { escapeText, givePlainPage } from './plain-page.ts';

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

async function give(reply: FastifyReply, { status, title, texts, facts, button }: LinkPage): Promise<FastifyReply> {
  const content = [
    ...texts.map((text) => `<p>${escapeText(text)}</p>`),
    ...(facts.length > 0 ? [`<ul>${facts.map((fact) => `<li>${escapeText(fact)}</li>`).join('')}</ul>`] : []),
    ...(button ? [formHtml(button)] : []),
  ];
  return await givePlainPage(reply, { status, language: 'da', title, content });
}

/** Posts to the page's own address. */
function formHtml({ label, reason }: LinkButton): string {
  const field = reason === null ? '' : `<label>${escapeText(reason)}<textarea name="reason" rows="3" maxlength="500"></textarea></label>`;
  return `<form method="post">${field}<button type="submit">${escapeText(label)}</button></form>`;
}
