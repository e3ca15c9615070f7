import type { FastifyReply } from 'fastify';
import { html, type Html } from './html.ts';

/** The tabs that stand on every page. */
export type Tab = 'start' | 'mass-send' | 'citizen' | 'mailboxes' | 'lookup' | 'faults';

export interface Page {
  readonly title: string;
  readonly tab: Tab;
  readonly body: Html;
  /** Shown anew after so many seconds; not where this is left out. */
  readonly refreshSeconds?: number;
}

const TABS: readonly { readonly tab: Tab; readonly href: string; readonly text: string }[] = [
  { tab: 'start', href: '/', text: 'Skriv en besked' },
  { tab: 'mass-send', href: '/sandbox/mass-send/', text: 'Masseforsendelse' },
  { tab: 'citizen', href: '/sandbox/citizen/', text: 'Borgerens post' },
  { tab: 'mailboxes', href: '/sandbox/mail/', text: 'Postkasser' },
  { tab: 'lookup', href: '/sandbox/lookup/', text: 'Slå op' },
  { tab: 'faults', href: '/sandbox/faults/', text: 'Forstyrrelser' },
];

/** No script at all, nothing from elsewhere; frames only of our own, for mails shown with their formatting. */
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; style-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const TIME = new Intl.DateTimeFormat('da-DK', { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Copenhagen' });

/** Sends a whole page with the banner that says that this is an exercise. */
export function sendPage(reply: FastifyReply, page: Page, status = 200): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
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

function wholePage(page: Page): Html {
  return html`<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${page.refreshSeconds === undefined ? null : html`<meta http-equiv="refresh" content="${page.refreshSeconds}">
`}<title>${page.title} – Postbro, øvelse</title>
<link rel="stylesheet" href="/sandbox/pages.css">
</head>
<body>
<a class="skip" href="#main">Gå til indhold</a>
<header class="banner">
<p><strong class="badge">ØVELSE</strong> Intet her bliver sendt til rigtige mennesker.</p>
<nav aria-label="Øvelsens sider"><ul>
${TABS.map(({ tab, href, text }) =>
  tab === page.tab
    ? html`<li><a href="${href}" aria-current="page">${text}</a></li>`
    : html`<li><a href="${href}">${text}</a></li>`,
)}
</ul></nav>
</header>
<main id="main" tabindex="-1">
${page.body}
</main>
</body>
</html>
`;
}
