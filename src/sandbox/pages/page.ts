import type { FastifyReply } from 'fastify';
import { bannerOf, type Tab } from './banner.ts';
import { html, type Html } from './html.ts';

export interface Page {
  readonly title: string;
  readonly tab: Tab;
  readonly body: Html;
  /** Shown anew after so many seconds; not where this is left out. */
  readonly refreshSeconds?: number;
  /** With a script of these pages: one copies numbers, the other draws letters as the pane of the add-in does. */
  readonly script?: 'copy-numbers' | 'letters';
  /** Without margins: the page fills the window. */
  readonly wide?: boolean;
}

/** No script at all, nothing from elsewhere; frames only of our own, for mails and letters. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/** What a script may do besides running: to draw a letter it is fetched from here, and opened in a worker, which is a script. */
const SCRIPT_POLICIES = { 'copy-numbers': "script-src 'self'", letters: "script-src 'self'; connect-src 'self'" } as const;

const TIME = new Intl.DateTimeFormat('da-DK', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Copenhagen' });
const SHORT = new Intl.DateTimeFormat('da-DK', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Copenhagen' });
const DAY = new Intl.DateTimeFormat('da-DK', { dateStyle: 'long', timeZone: 'Europe/Copenhagen' });

/** Sends a whole page with the banner that says that this is an exercise. */
export function sendPage(reply: FastifyReply, page: Page, status = 200): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': page.script === undefined ? CONTENT_SECURITY_POLICY : `${CONTENT_SECURITY_POLICY}; ${SCRIPT_POLICIES[page.script]}`,
      'x-content-type-options': 'nosniff',
      // Not no-referrer: a browser would then name no origin for our own forms either, and the front door refuse them.
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    .send(wholePage(page).text);
}

/** A time as Danes write it, with the machine-readable one beside. */
export function timeOf(date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${TIME.format(date)}</time>`;
}

/** A time in a list: the day, and the time of day. */
export function shortTimeOf(date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${SHORT.format(date)}</time>`;
}

/** A day as Danes write it. */
export function dateOf(date: Date): Html {
  return html`<time datetime="${date.toISOString()}">${DAY.format(date)}</time>`;
}

function wholePage(page: Page): Html {
  return html`<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${page.refreshSeconds === undefined ? null : html`<meta http-equiv="refresh" content="${page.refreshSeconds}">
`}<title>${page.title} – Postbro, øvelse</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/sandbox/pages.css">
${page.script === undefined ? null : html`<script defer src="/sandbox/outlook/${page.script}.js"></script>`}</head>
<body>
<a class="skip" href="#main">Gå til indhold</a>
${bannerOf(page.tab)}
<main id="main" tabindex="-1"${page.wide === true ? html` class="wide"` : null}>
${page.body}
</main>
</body>
</html>
`;
}
