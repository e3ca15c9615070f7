import { htmlTextRuns } from './html-text-runs.ts';

/** How a text is written: HTML, plain text, or one line of it, as a subject is. */
export type MergeSyntax = 'html' | 'text' | 'line';

/** Why a text with fields cannot be filled in; `text`: what stands there. */
export interface MergeFault {
  /** `unclosed`: "{Navn" without "}". `empty`: "{}". `link`: a field in the address of a link, which is not filled in. `broken`: parted by the end of a paragraph. */
  readonly kind: 'unclosed' | 'empty' | 'link' | 'broken';
  readonly text: string;
}

/** A text in which each recipient's own words stand in fields, `{Navn}`. */
export interface MergeText {
  /** Names of its fields as they are written, each once. */
  readonly fields: readonly string[];
  /** What stands behind "{{", which shows "{": somebody who writes "{{Navn}}" most likely means a field. */
  readonly literals: readonly string[];
  readonly faults: readonly MergeFault[];
  /** The text with `valueOf` each field's key in its place, written so that it is shown as it stands. */
  fill(valueOf: (key: string) => string): string;
}

/** What the fields of several texts are, which make one letter: each name once. */
export function fieldsOfAll(texts: readonly MergeText[]): Pick<MergeText, 'fields' | 'literals' | 'faults'> {
  return {
    fields: distinct(texts.flatMap(({ fields }) => fields)),
    literals: distinct(texts.flatMap(({ literals }) => literals)),
    faults: texts.flatMap(({ faults }) => faults),
  };
}

/**
 * Finds the fields of a text: "{" and a name and "}", also where Outlook has parted it with tags, entities, hard blanks or a
 * line's end in the source; not over the end of a paragraph. "{{" shows "{". Linear in the text; never throws.
 */
export function mergeTextOf(source: string, syntax: MergeSyntax): MergeText {
  const finder = new FieldFinder(source);
  if (syntax === 'html') findInHtml(source, finder);
  else findInText(source, finder);
  finder.end();
  const { found, faults } = finder;
  return {
    fields: distinct(found.flatMap(({ field, name }) => (field ? [name] : []))),
    literals: distinct(found.flatMap(({ field, name }) => (field || name === '' ? [] : [name]))),
    faults,
    fill: (valueOf) => filled(source, found, ({ field, name }) => (field ? writtenValue(valueOf(mergeKey(name)), syntax) : '{')),
  };
}

/** By which a field finds its column: letter case, blanks and ways to write æ, ø and å make no difference. */
export function mergeKey(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase().replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]+/g, '');
  return plain.replace(/æ|ä/g, 'ae').replace(/ø|ö/g, 'oe').replace(/å/g, 'aa');
}

const NAME_CHARACTERS_MAX = 100;

interface Piece {
  readonly start: number;
  readonly end: number;
}

interface Found {
  /** False: "{{". */
  readonly field: boolean;
  name: string;
  /** Where it stands in the source; what is between the pieces stays. */
  readonly pieces: Piece[];
}

/** Takes the characters of a text one by one, each with its place in the source. */
class FieldFinder {
  readonly found: Found[] = [];
  readonly faults: MergeFault[] = [];
  readonly #source: string;
  #open: Found | null = null;

  constructor(source: string) {
    this.#source = source;
  }

  /** Text without braces outside a field needs no look. */
  get isIdle(): boolean {
    return this.#open === null;
  }

  take(sign: string, start: number, end: number): void {
    const open = this.#open;
    if (open === null) {
      if (sign === '{') this.#open = { field: true, name: '', pieces: [{ start, end }] };
      return;
    }
    if (sign === '{') this.#again(open, { start, end });
    else if (sign === '}') this.#close(open, { start, end });
    else {
      open.name += sign;
      if (open.field) extend(open.pieces, { start, end });
      if (open.name.length > NAME_CHARACTERS_MAX) this.end();
    }
  }

  /** A paragraph or the text ends, and with it what is open. */
  end(): void {
    const open = this.#open;
    this.#open = null;
    if (open?.field) this.#tell('unclosed', `{${open.name}`);
    else if (open) open.name = '';
  }

  tellLink(source: string): void {
    if (linkWithField.test(source.slice(0, LINK_CHARACTERS_MAX))) this.#tell('link', source);
  }

  /** A second "{": next to the first it is a literal one, whose name is only looked at; later the first was never closed. */
  #again(open: Found, place: Piece): void {
    if (open.field && open.name === '') {
      const literal = { field: false, name: '', pieces: open.pieces };
      extend(literal.pieces, place);
      this.found.push(literal);
      this.#open = literal;
      return;
    }
    this.end();
    this.#open = { field: true, name: '', pieces: [place] };
  }

  #close(open: Found, place: Piece): void {
    this.#open = null;
    open.name = open.name.replace(/\s+/g, ' ').trim();
    if (!open.field) return;
    extend(open.pieces, place);
    if (mergeKey(open.name) === '') this.#tell('empty', sourceOf(this.#source, open));
    else this.found.push(open);
  }

  #tell(kind: MergeFault['kind'], text: string): void {
    if (this.faults.length < FAULTS_MAX) this.faults.push({ kind, text: text.replace(/\s+/g, ' ').trim().slice(0, NAME_CHARACTERS_MAX) });
  }
}

const FAULTS_MAX = 100;
/** No address is longer; browsers take no more. */
const LINK_CHARACTERS_MAX = 4_000;
const linkWithField = /href\s*=[^]{0,2000}?(?:\{|%7b|&#123;|&#x7b;|&l(?:brace|cub);)/i;

function sourceOf(source: string, { pieces }: Found): string {
  return pieces.map(({ start, end }) => source.slice(start, end)).join('');
}

function extend(pieces: Piece[], { start, end }: Piece): void {
  const last = pieces.at(-1);
  if (last?.end === start) pieces[pieces.length - 1] = { start: last.start, end };
  else pieces.push({ start, end });
}

const signOrEntity = /&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});?|[^]/giu;
const mayHoldBrace = /[{}]|&(?:#|[lr](?:brace|cub))/i;

function findInHtml(html: string, finder: FieldFinder): void {
  for (const part of htmlTextRuns(html)) {
    if (part.kind === 'break') finder.end();
    else if (part.kind === 'link') finder.tellLink(part.source);
    else {
      const text = html.slice(part.start, part.end);
      if (finder.isIdle && !mayHoldBrace.test(text)) continue;
      for (const { 0: written, index } of text.matchAll(signOrEntity)) {
        const start = part.start + index;
        finder.take(readSign(written), start, start + written.length);
      }
    }
  }
}

function findInText(text: string, finder: FieldFinder): void {
  if (!text.includes('{')) return;
  let at = 0;
  for (const paragraph of text.split(/(\r?\n[^\S\n]*\r?\n|\r\r)/)) {
    for (const sign of paragraph) {
      finder.take(sign, at, at + sign.length);
      at += sign.length;
    }
    if (/^[\r\n]/.test(paragraph)) finder.end();
  }
}

/** Entities that stand in a field as Outlook writes it; one that is not known stands for itself. */
const entities: Readonly<Record<string, string | undefined>> = {
  nbsp: ' ', lbrace: '{', lcub: '{', rbrace: '}', rcub: '}', amp: '&', lt: '<', gt: '>', quot: '"', shy: '', zwnj: '', zwj: '',
  aelig: 'æ', AElig: 'Æ', oslash: 'ø', Oslash: 'Ø', aring: 'å', Aring: 'Å', auml: 'ä', Auml: 'Ä', ouml: 'ö', Ouml: 'Ö',
  uuml: 'ü', Uuml: 'Ü', eacute: 'é', Eacute: 'É',
};

function readSign(written: string): string {
  if (written.length === 1) return written;
  const name = written.replace(/^&|;$/g, '');
  if (!name.startsWith('#')) return entities[name] ?? written;
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
}

function filled(source: string, found: readonly Found[], valueOf: (one: Found) => string): string {
  let text = '';
  let at = 0;
  for (const one of found) {
    one.pieces.forEach(({ start, end }, n) => {
      text += source.slice(at, start) + (n === 0 ? valueOf(one) : '');
      at = end;
    });
  }
  return text + source.slice(at);
}

/** A value shown as it stands: what looks like HTML is none, and its lines stay lines. */
function writtenValue(value: string, syntax: MergeSyntax): string {
  const clean = value.toWellFormed().replace(/\r\n?/g, '\n').replace(/[\0-\x08\x0b-\x1f\x7f]+/g, '').trim();
  if (syntax === 'line') return clean.replace(/\s+/g, ' ');
  if (syntax === 'text') return clean;
  return clean.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/\n/g, '<br>');
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
