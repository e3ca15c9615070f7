import { SaxesParser } from 'saxes';
import { listZip, readZipEntry } from './zip-file.ts';

/** How much of a Word document is read: its XML after unpacking. */
export interface WordTextLimits {
  readonly bytesMax: number;
  readonly charactersMax: number;
}

/** What holds text of a document (ECMA-376 part 1, 11.3): what stands on every page first, then the text, then notes. */
const parts = [/^word\/header\d*\.xml$/i, /^word\/document\d*\.xml$/i, /^word\/(?:foot|end)notes\.xml$/i, /^word\/footer\d*\.xml$/i];

/** The text of a .docx, one line a paragraph; null for what is none, is broken or locked, or is larger than the limits. */
export function wordText(bytes: Buffer, { bytesMax, charactersMax }: WordTextLimits): string | null {
  const listing = listZip(bytes);
  if (listing === null || !listing.sound) return null;
  const entries = parts.flatMap((part) => listing.entries.filter(({ name }) => part.test(name)));
  if (!entries.some(({ name }) => /^word\/document/i.test(name)) || entries.some(({ encrypted }) => encrypted)) return null;
  const texts: string[] = [];
  let room = bytesMax;
  for (const entry of entries) {
    const content = readZipEntry(bytes, entry, room);
    const text = content && textOfXml(content.toString('utf8'));
    if (content === null || text === null) return null;
    room -= content.length;
    texts.push(text);
  }
  const text = texts.join('\n\n').trim();
  return text.length > charactersMax ? null : text;
}

/** w:t is text; w:tab and w:br part it; each w:p is a line. Deleted text (w:del) is not seen. */
function textOfXml(xml: string): string | null {
  let text = '';
  let inText = 0;
  let deleted = 0;
  const parser = new SaxesParser();
  let broken = false;
  parser.on('error', () => (broken = true));
  parser.on('opentag', ({ name }) => {
    if (name === 'w:t') inText += 1;
    else if (name === 'w:del') deleted += 1;
    else if (name === 'w:tab') text += ' ';
    else if (name === 'w:br' || name === 'w:cr') text += '\n';
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'w:t') inText -= 1;
    else if (name === 'w:del') deleted -= 1;
    else if (name === 'w:p') text += '\n';
  });
  parser.on('text', (piece) => {
    if (inText > 0 && deleted === 0) text += piece;
  });
  parser.write(xml).close();
  return broken ? null : text;
}
