import type { FastifyReply } from 'fastify';
import { bannerOf } from '../pages/banner.ts';
import { html, Html } from '../pages/html.ts';
import type { OpenedMailbox } from './outlook-user.ts';

/** What the page is told by the server, as JSON in `#outlook-facts` (page/outlook-facts.ts). */
export interface OutlookFacts extends OpenedMailbox {
  /** What the add-in keeps with the user's mailbox, value by value as JSON. */
  readonly roaming: Readonly<Record<string, unknown>>;
  readonly realOfficeJs: boolean;
}

/**
 * Scripts are ours alone. Styles may stand in a mail's own HTML, which is written here; pictures are those of the mail and
 * its files. Frames are the add-in and mails, both from here.
 */
const CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
  + "connect-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** Sends Outlook with a mailbox opened. */
export function sendOutlookPage(reply: FastifyReply, facts: OutlookFacts): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    })
    .send(page(facts).text);
}

function page(facts: OutlookFacts): Html {
  return html`<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Outlook – Postbro, øvelse</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/sandbox/pages.css">
<link rel="stylesheet" href="/sandbox/outlook/outlook.css">
<script type="application/json" id="outlook-facts">${new Html(JSON.stringify(facts).replaceAll('<', '\\u003c'))}</script>
<script defer src="/sandbox/outlook/outlook.js"></script>
</head>
<body class="outlook">
${bannerOf('outlook')}
<div id="outlook"></div>
<noscript><p>Outlook kræver JavaScript.</p></noscript>
</body>
</html>
`;
}
