import { codepageLabel } from './codepage-label.ts';
import { decodeCharset } from './decode-charset.ts';

/** What an RTF text holds: the HTML it was made from (MS-OXRTFEX), or its own words. */
export type RtfContent =
  | { readonly kind: 'html'; readonly html: string }
  | { readonly kind: 'text'; readonly text: string };

/** State that a group inherits and its end puts back. */
interface Group {
  /** Nothing of it is shown: font tables, pictures, unknown destinations. */
  readonly hidden: boolean;
  /** Within {\*\htmltag …}: its text is markup. */
  readonly inTag: boolean;
  /** Between \htmlrtf and \htmlrtf0: there for readers of RTF alone. */
  readonly rtfOnly: boolean;
  /** Signs to pass over after \u (RTF 1.9.1, \uc). */
  readonly fallbackSigns: number;
}

/** Destinations that hold no text of the body. */
const hiddenDestinations = new Set([
  'fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'header', 'footer', 'headerl', 'headerr', 'footerl',
  'footerr', 'listtable', 'listoverridetable', 'rsidtbl', 'generator', 'themedata', 'colorschememapping', 'datastore',
  'latentstyles', 'xmlnstbl', 'filetbl', 'revtbl', 'pntext', 'fldinst',
]);

const signWords: Readonly<Record<string, string>> = {
  par: '\n', line: '\n', sect: '\n', page: '\n', row: '\n', tab: '\t', cell: '\t', lquote: '\u2018', rquote: '\u2019',
  ldblquote: '\u201C', rdblquote: '\u201D', bullet: '\u2022', endash: '\u2013', emdash: '\u2014', emspace: '\u2003',
  enspace: '\u2002',
};

const groupsDeepMax = 200;

/**
 * Reads RTF. Time is linear; never throws.
 * @param rtf the text as it stands, in one-byte signs
 */
export function readRtf(rtf: Buffer): RtfContent {
  const source = rtf.toString('latin1');
  const reader = new RtfReader(source.slice(0, 2000).includes('\\fromhtml'), codepage(source));
  const token = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/gi;
  for (const match of source.matchAll(token)) {
    if (match[1] !== undefined) reader.word(match[1], match[2] === undefined ? null : Number(match[2]));
    else if (match[3] !== undefined) reader.byte(Number.parseInt(match[3], 16));
    else if (match[4] !== undefined) reader.symbol(match[4]);
    else if (match[5] !== undefined) reader.brace(match[5]);
    else if (match[6] !== undefined) reader.text(match[6]);
  }
  return reader.content();
}

function codepage(source: string): string {
  const number = /\\ansicpg(\d{1,5})/.exec(source.slice(0, 2000))?.[1];
  return (number === undefined ? null : codepageLabel(Number(number))) ?? 'windows-1252';
}

class RtfReader {
  readonly #fromHtml: boolean;
  readonly #charset: string;
  readonly #pieces: string[] = [];
  readonly #groups: Group[] = [];
  #group: Group = { hidden: false, inTag: false, rtfOnly: false, fallbackSigns: 1 };
  #bytes: number[] = [];
  #passOver = 0;
  #starred = false;

  constructor(fromHtml: boolean, charset: string) {
    this.#fromHtml = fromHtml;
    this.#charset = charset;
  }

  content(): RtfContent {
    this.#flushBytes();
    const all = this.#pieces.join('').replaceAll('\0', '');
    return this.#fromHtml ? { kind: 'html', html: all } : { kind: 'text', text: all };
  }

  brace(brace: string): void {
    this.#passOver = 0;
    this.#starred = false;
    if (brace === '{') {
      if (this.#groups.length < groupsDeepMax) this.#groups.push(this.#group);
    } else {
      this.#flushBytes();
      this.#group = this.#groups.pop() ?? this.#group;
    }
  }

  symbol(sign: string): void {
    if (sign === '*') this.#starred = true;
    else if (sign === '~') this.text('\u00A0');
    else if (sign === '_') this.text('-');
    else if (sign === '\n' || sign === '\r') this.#show(signWords['par'] ?? '');
    else if (sign === '\\' || sign === '{' || sign === '}') this.text(sign);
  }

  /** Text in one-byte signs, as it stands in the file. */
  text(text: string): void {
    const passed = Math.min(this.#passOver, text.length);
    this.#passOver -= passed;
    if (passed < text.length) this.#show(text.slice(passed));
  }

  /** A byte in the text's charset; neighbours are read together, for a sign may have two. */
  byte(byte: number): void {
    if (this.#passOver > 0) this.#passOver -= 1;
    else if (this.#isShown()) this.#bytes.push(byte);
  }

  word(word: string, parameter: number | null): void {
    const starred = this.#starred;
    this.#starred = false;
    const name = word.toLowerCase();
    if (name === 'u') this.#unicode(parameter ?? 0);
    else if (name === 'uc') this.#group = { ...this.#group, fallbackSigns: Math.max(0, parameter ?? 1) };
    else if (name === 'htmltag') this.#group = { ...this.#group, inTag: true, hidden: false };
    else if (name === 'htmlrtf') this.#setRtfOnly(parameter !== 0);
    else if (starred || hiddenDestinations.has(name)) this.#group = { ...this.#group, hidden: true };
    else this.#sign(name);
  }

  #sign(name: string): void {
    const sign = signWords[name];
    if (sign !== undefined) this.#show(sign);
  }

  #setRtfOnly(rtfOnly: boolean): void {
    this.#flushBytes();
    this.#group = { ...this.#group, rtfOnly };
  }

  #unicode(code: number): void {
    this.#passOver = this.#group.fallbackSigns;
    if (this.#isShown()) {
      this.#flushBytes();
      this.#pieces.push(String.fromCharCode(code < 0 ? code + 65_536 : code));
    }
  }

  #show(text: string): void {
    this.#flushBytes();
    if (this.#isShown()) this.#pieces.push(text);
  }

  #isShown(): boolean {
    if (this.#group.hidden) return false;
    return !(this.#fromHtml && this.#group.rtfOnly && !this.#group.inTag);
  }

  #flushBytes(): void {
    if (this.#bytes.length === 0) return;
    this.#pieces.push(decodeCharset(Buffer.from(this.#bytes), this.#charset));
    this.#bytes = [];
  }
}
