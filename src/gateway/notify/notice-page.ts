/** A piece of a notice, shown alike as HTML and as plain text; `language` where it is not Danish. */
export type NoticeBlock =
  | { readonly kind: 'paragraph'; readonly text: string; readonly strong?: string; readonly small?: true; readonly language?: 'en' }
  | { readonly kind: 'heading'; readonly text: string; readonly language?: 'en' }
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly NoticeCell[])[] };

/** Two lines of a table cell: what it says, and the detail under it. */
export interface NoticeCell {
  readonly text: string;
  readonly detail: string;
}

/** A mail from the gateway as a person reads it. */
export interface NoticePage {
  readonly title: string;
  readonly heading: string;
  readonly blocks: readonly NoticeBlock[];
  readonly helpContact: string;
}

const BODY = "margin:0;padding:16px;font-family:'Segoe UI',Arial,sans-serif;font-size:15px;line-height:22px";
const CELL = 'padding:8px 12px 8px 0;border-bottom:1px solid #c7c7c7;vertical-align:top;text-align:left';
const SMALL = 'font-size:13px;line-height:18px;overflow-wrap:anywhere';

/** The page as HTML: no pictures, no styles from outside, readable at 320 px and in dark (ux.md section 6). */
export function noticeHtml(page: NoticePage): string {
  const footer = `${escape(footerText)} Hjælp: <a href="mailto:${escape(page.helpContact)}">${escape(page.helpContact)}</a>.`;
  return [
    '<!doctype html>',
    `<html lang="da"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta name="color-scheme" content="light dark"><title>${escape(page.title)}</title></head>`,
    `<body style="${BODY}"><main style="display:block;max-width:600px">`,
    `<h1 style="font-size:20px;line-height:28px;margin:0 0 8px">${escape(page.heading)}</h1>`,
    ...page.blocks.map(blockHtml),
    `<p style="margin:24px 0 0;padding-top:12px;border-top:1px solid #c7c7c7;${SMALL}">${footer}</p>`,
    '</main></body></html>',
    '',
  ].join('\n');
}

/** The same lines as plain text. */
export function noticeText(page: NoticePage): string {
  const blocks = page.blocks.map(blockText);
  return [page.heading, ...blocks, `${footerText} Hjælp: ${page.helpContact}.`].join('\n\n') + '\n';
}

const footerText = 'Sendt automatisk af Digital Post i Outlook. Du kan ikke svare på mailen.';

function blockHtml(block: NoticeBlock): string {
  switch (block.kind) {
    case 'paragraph': {
      const strong = block.strong ? `<strong>${escape(block.strong)}</strong> ` : '';
      return `<p${languageHtml(block)} style="margin:0 0 16px${block.small ? `;${SMALL}` : ''}">${strong}${escape(block.text)}</p>`;
    }
    case 'heading':
      return `<h2${languageHtml(block)} style="font-size:16px;line-height:22px;margin:0 0 4px">${escape(block.text)}</h2>`;
    case 'link':
      return `<p style="margin:0 0 16px"><a href="${escape(block.url)}">${escape(block.text)}</a></p>`;
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul';
      const items = block.items.map((item) => `<li>${escape(item)}</li>`).join('');
      return `<${tag} style="margin:0 0 16px;padding-left:20px">${items}</${tag}>`;
    }
    case 'table':
      return tableHtml(block.head, block.rows);
  }
}

function languageHtml({ language }: { readonly language?: 'en' }): string {
  return language === undefined ? '' : ` lang="${language}"`;
}

function tableHtml(head: readonly string[], rows: readonly (readonly NoticeCell[])[]): string {
  const headings = head.map((text) => `<th scope="col" style="${CELL};border-bottom:2px solid #8a8a8a">${escape(text)}</th>`);
  const lines = rows.map((row) => `<tr>${row.map(cellHtml).join('')}</tr>`);
  return [
    '<table style="border-collapse:collapse;width:100%;font-size:14px;line-height:20px;margin:0 0 16px">',
    `<thead><tr>${headings.join('')}</tr></thead><tbody>`,
    ...lines,
    '</tbody></table>',
  ].join('\n');
}

function cellHtml({ text, detail }: NoticeCell): string {
  const under = detail === '' ? '' : `<br><span style="${SMALL}">${escape(detail)}</span>`;
  return `<td style="${CELL}">${escape(text)}${under}</td>`;
}

function blockText(block: NoticeBlock): string {
  switch (block.kind) {
    case 'paragraph':
      return block.strong ? `${block.strong} ${block.text}` : block.text;
    case 'heading':
      return block.text.toUpperCase();
    case 'link':
      return `${block.text}:\n${block.url}`;
    case 'list':
      return block.items.map((item, n) => `${block.ordered ? `${n + 1}.` : '-'} ${item}`).join('\n');
    case 'table':
      return block.rows
        .map((row) => row.map(({ text, detail }) => (detail === '' ? text : `${text} (${detail})`)).join(' · '))
        .join('\n');
  }
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
