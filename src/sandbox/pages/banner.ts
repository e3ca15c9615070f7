import { html, type Html } from './html.ts';

/** The tabs that stand on every page of the exercise. */
export type Tab = 'start' | 'outlook' | 'citizen' | 'mailboxes' | 'faults';

const TABS: readonly { readonly tab: Tab; readonly href: string; readonly text: string }[] = [
  { tab: 'start', href: '/sandbox/start/', text: 'Øvelser' },
  { tab: 'outlook', href: '/outlook/', text: 'Outlook' },
  { tab: 'citizen', href: '/sandbox/citizen/', text: 'Borgerens indbakke' },
  { tab: 'mailboxes', href: '/sandbox/mail/', text: 'Postkasser' },
  { tab: 'faults', href: '/sandbox/faults/', text: 'Forstyrrelser' },
];

/** The banner that says that this is an exercise, and leads between its pages. */
export function bannerOf(current: Tab): Html {
  return html`<header class="banner">
<p><strong class="badge">ØVELSE</strong> Intet her bliver sendt til rigtige mennesker.</p>
<nav aria-label="Øvelsens sider"><ul>
${TABS.map(({ tab, href, text }) =>
  tab === current
    ? html`<li><a href="${href}" aria-current="page">${text}</a></li>`
    : html`<li><a href="${href}">${text}</a></li>`,
)}
</ul></nav>
</header>`;
}
