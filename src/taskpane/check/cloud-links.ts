import { quoteOf } from '../../domain/letter-quote.ts';
import type { Quote } from '../parts/card.tsx';
import type { BodyText } from './text-of-body.ts';

/** A link to a file that stays in the cloud: whoever is outside the organisation cannot open it. */
export interface CloudLink {
  /** Where the file is, as people call it. */
  readonly place: string;
  readonly href: string;
  readonly quote: Quote;
}

/** The places where people share files; not the meetings, forms and public pages of the same companies. */
const places: readonly { readonly place: string; readonly host: RegExp; readonly path?: RegExp }[] = [
  { place: 'OneDrive', host: /-my\.sharepoint(?:-\w+)?\.(?:com|us|cn|de)$|^1drv\.(?:ms|com)$|^(?:[\w-]+\.)?onedrive\.(?:live\.)?com$|^d\.docs\.live\.net$/ },
  { place: 'SharePoint', host: /(?:^|\.)sharepoint(?:-\w+)?\.(?:com|us|cn|de)$/ },
  { place: 'Teams', host: /^teams\.(?:microsoft\.com|cloud\.microsoft)$/, path: /^\/l\/(?:file|channel|message|chat)\b/ },
  { place: 'Google Drev', host: /^drive\.google\.com$|^docs\.google\.com$/, path: /^(?!\/forms\/)/ },
  { place: 'Dropbox', host: /(?:^|\.)dropbox\.com$|^db\.tt$/, path: /^\/(?:s|sh|scl|l|home|work|preview|t|transfer)\b/ },
  { place: 'iCloud', host: /(?:^|\.)icloud\.com$/, path: /^\/(?:iclouddrive|attachment|keynote|numbers|pages)\b/ },
  { place: 'Box', host: /(?:^|\.)(?:app\.)?box\.com$/, path: /^\/(?:s|v|file|folder)\b/ },
];

/** The links of a body that lead to such files, in their order, each address once. */
export function cloudLinksIn(body: BodyText): readonly CloudLink[] {
  const found = new Map<string, CloudLink>();
  for (const { href, start, end } of [...body.links, ...bareLinks(body)]) {
    const url = addressedBy(href);
    const place = url === null ? null : placeOf(url);
    if (url === null || place === null || found.has(url.href)) continue;
    const quote = quoteOnLine(body.text, start, end);
    const words = body.text.slice(start, end);
    found.set(url.href, { place, href: url.href, quote: words.trim() === '' || looksLikeAddress(words) ? { ...quote, found: shortened(url) } : quote });
  }
  return [...found.values()];
}

/** What stands around it on its own line. */
function quoteOnLine(text: string, start: number, end: number): Quote {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lineEnd = text.indexOf('\n', end);
  return quoteOf(text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd), { start: start - lineStart, end: end - lineStart });
}

/** What people call the place that a link leads to; null where it is no place for sharing files. */
export function placeOf(url: URL): string | null {
  const host = url.hostname.toLowerCase();
  const known = places.find((candidate) => candidate.host.test(host) && (candidate.path?.test(url.pathname) ?? true));
  return known?.place ?? null;
}

/** Addresses that are written without being links. */
function bareLinks({ text, links }: BodyText): BodyText['links'] {
  const bare = Array.from(text.matchAll(/https:\/\/[^\s<>"'»«)\]]+/gi), (match) => ({
    href: match[0].replace(/[.,;:!?]+$/, ''), start: match.index, end: match.index + match[0].replace(/[.,;:!?]+$/, '').length,
  }));
  return bare.filter(({ start }) => !links.some((link) => link.start <= start && start < link.end));
}

/** The address that a link leads to; what Outlook's Safe Links has wrapped is unwrapped. */
function addressedBy(href: string): URL | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  if (!/^https?:$/.test(url.protocol)) return null;
  const wrapped = /\.safelinks\.protection\.outlook\.com$/i.test(url.hostname) ? url.searchParams.get('url') : null;
  return wrapped !== null && URL.canParse(wrapped) ? new URL(wrapped) : url;
}

function looksLikeAddress(words: string): boolean {
  return /^\s*(?:https?:\/\/|www\.)\S+\s*$/i.test(words);
}

/** The host and the first of the path, for what follows means nothing to a reader. */
function shortened(url: URL): string {
  return url.pathname === '/' ? url.hostname : `${url.hostname}/…`;
}
