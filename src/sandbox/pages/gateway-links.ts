import { html, type Html } from './html.ts';

/** A link into the gateway, found in a mail. */
export interface GatewayLink {
  /** Path on this very door, so that it also works for whoever reaches the sandbox under another name. */
  readonly path: string;
  readonly text: string;
}

const PATH = String.raw`\/api\/links\/[A-Za-z0-9._~%-]+|\/nyheder(?:\/framelding\/[A-Za-z0-9._~%-]+)?(?![\w/])`;
const LINK = new RegExp(String.raw`https?:\/\/[^\s/<>"]+(${PATH})`, 'g');
const ANCHOR = new RegExp(String.raw`<a\s[^>]*?href="https?:\/\/[^\s/<>"]+(${PATH})[^"]*"[^>]*>([\s\S]{0,500}?)<\/a>`, 'gi');
const TEXT_LENGTH_MAX = 100;

/** A mail's text with the gateway's links made clickable; every other address stays text, for nothing leads outside. */
export function textWithLinks(text: string): Html {
  const pieces: (string | Html)[] = [];
  let done = 0;
  for (const match of text.matchAll(LINK)) {
    pieces.push(text.slice(done, match.index), html`<a href="${match[1] ?? ''}">${match[0]}</a>`);
    done = match.index + match[0].length;
  }
  return html`${[...pieces, text.slice(done)]}`;
}

/** The gateway's links of a mail's HTML, each once, named as they are there. */
export function linksIn(markup: string): readonly GatewayLink[] {
  const found = new Map<string, GatewayLink>();
  for (const [, path = '', inner = ''] of markup.matchAll(ANCHOR)) {
    const text = inner.replace(/<[^>]*>/g, '').replace(/&[a-z0-9#]+;/gi, ' ').trim().slice(0, TEXT_LENGTH_MAX);
    if (!found.has(path)) found.set(path, { path, text: text === '' ? 'Åbn siden' : text });
  }
  return [...found.values()];
}
