/** What no mail keeps in Outlook: it would run, fetch, or reach out of the mail. */
const TAKEN_OUT = 'script, style, iframe, frame, object, embed, link, meta, base, form, input, button, select, textarea, svg, math, template';
const BLOCKS = /^(P|DIV|LI|TR|H[1-6]|BLOCKQUOTE|TABLE|UL|OL|HR)$/;
/** Pictures from elsewhere are not fetched: nothing leaves the exercise. */
const SHOWN_PICTURE = /^(data:image\/|blob:|cid:)/i;
const SAFE_LINK = /^(https?:|mailto:|tel:|#)/i;

const TAKEN_OUT_HANDLER = 'data-taken-out';

/** HTML as Outlook puts it into a mail: formatting alone, nothing that runs. */
export function safeHtml(html: string): string {
  const { body } = parsed(html);
  for (const found of body.querySelectorAll(TAKEN_OUT)) found.remove();
  for (const found of body.querySelectorAll('*')) {
    for (const { name, value } of [...found.attributes]) {
      if (name.startsWith('on') || [TAKEN_OUT_HANDLER, 'srcdoc', 'srcset', 'formaction', 'ping', 'background'].includes(name)) found.removeAttribute(name);
      else if (name === 'src' && !SHOWN_PICTURE.test(value.trim())) found.removeAttribute(name);
      else if (name === 'href' && !SAFE_LINK.test(value.trim())) found.removeAttribute(name);
      else if (name === 'style' && /url\s*\(|@import/i.test(value)) found.removeAttribute(name);
    }
  }
  return body.innerHTML;
}

/** A mail's HTML as plain text: paragraphs as lines, points marked. */
export function textOfHtml(html: string): string {
  const { body } = parsed(html);
  return linesOf(body).replace(/[^\S\n]+\n/g, '\n').replace(/\n{3,}/g, '\n\n').trim();
}

/** A browser tells of every handler that the page's policy stops, though it is only read here: so they get another name before. */
function parsed(html: string): Document {
  const unhandled = html.replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/([\s/])on[a-z]+\s*=/gi, `$1${TAKEN_OUT_HANDLER}=`));
  return new DOMParser().parseFromString(unhandled, 'text/html');
}

function linesOf(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return (node.nodeValue ?? '').replace(/[\r\n\t ]+/g, ' ');
  if (node.nodeName === 'BR') return '\n';
  if (node.nodeName === 'STYLE' || node.nodeName === 'SCRIPT') return '';
  const inner = [...node.childNodes].map(linesOf).join('');
  if (node.nodeName === 'LI') return `\n- ${inner.trim()}`;
  return BLOCKS.test(node.nodeName) ? `\n${inner}\n` : inner;
}

/** Plain text as a mail's HTML. */
export function htmlOfText(text: string): string {
  const made = document.createElement('div');
  for (const line of text.split(/\r?\n/)) {
    const paragraph = document.createElement('p');
    if (line === '') paragraph.append(document.createElement('br'));
    else paragraph.textContent = line;
    made.append(paragraph);
  }
  return made.innerHTML;
}
