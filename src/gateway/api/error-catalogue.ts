import { readFileSync } from 'node:fs';
import { CALL_PROBLEMS } from './api-problem.ts';

/** The page that the `type` of every problem points to: the catalogue of docs/fejlkatalog.md, and what is wrong with calls. */
export function errorCatalogue(): string {
  const catalogue = readFileSync(new URL('../../../docs/fejlkatalog.md', import.meta.url), 'utf8');
  const calls = Object.entries(CALL_PROBLEMS).map(
    ([code, { status, title }]) => `<h2 id="${code}">${code}</h2><p>${status}: ${escaped(title)}.</p>`,
  );
  return [
    '<!doctype html><html lang="da"><meta charset="utf-8"><title>Fejlkatalog</title>',
    '<style>body{font:16px/1.5 sans-serif;max-width:45rem;margin:2rem auto;padding:0 1rem}</style>',
    ...paragraphsOf(catalogue).map(shownParagraph),
    '<h1>Fejl i selve kaldet</h1>',
    ...calls,
    '</html>',
  ].join('\n');
}

function paragraphsOf(markdown: string): readonly string[] {
  return markdown.split(/\n(?=[#-])|\n{2,}/).map((text) => text.trim()).filter((text) => text !== '');
}

function shownParagraph(text: string): string {
  const heading = /^(#{1,2}) (.*)$/.exec(text);
  if (!heading) return `<p>${escaped(text.replace(/^- /, '').replaceAll(/\*\*|`/g, ''))}</p>`;
  const [, marks = '', words = ''] = heading;
  const level = String(marks.length);
  return `<h${level} id="${escaped(words)}">${escaped(words)}</h${level}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
