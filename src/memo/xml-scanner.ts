import { SaxesParser } from 'saxes';
import { Base64Decoder } from './base64-decoder.ts';
import { MemoUnreadable } from './memo-unreadable.ts';

/** What a reader of MeMo makes of the XML. */
export interface XmlEvents {
  /** An element begins; true when its text is base64 that shall go to `content` instead of `text`. */
  open(element: XmlElement): boolean;
  text(text: string): void;
  /** Decoded bytes of the element that `open` said true to; the buffer is the receiver's. */
  content(bytes: Buffer): void | Promise<void>;
  close(): void;
}

export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  /** The value of an attribute without a prefix, null when it is not there. */
  attribute(name: string): string | null;
}

/** Bounds of what the scanner takes outside file contents, whose size is for the caller to bound. */
export interface XmlLimits {
  readonly depthMax: number;
  readonly attributesMax: number;
  /** Elements, comments, processing instructions and CDATA sections together. */
  readonly nodesMax: number;
  /** The longest single tag, text, comment or the like. */
  readonly runBytesMax: number;
  readonly markupBytesMax: number;
}

export const xmlLimits: XmlLimits = {
  depthMax: 64,
  attributesMax: 64,
  nodesMax: 100_000,
  runBytesMax: 256 * 1024,
  markupBytesMax: 32 * 1024 * 1024,
};

/**
 * Reads XML in chunks of any size and tells its events. Markup goes through saxes (strict, namespaces, no entities but
 * the five); the base64 of contents goes round it, straight from the bytes, since saxes would gather each text whole.
 * Markup is therefore fed in pieces that end with `>`: after each it is known whether a content begins. Refused are
 * DOCTYPE, any encoding but UTF-8, and all that passes the limits. Throws MemoUnreadable, and what the events throw.
 */
export class XmlScanner {
  readonly #events: XmlEvents;
  readonly #limits: XmlLimits;
  readonly #parser = new SaxesParser({ xmlns: true });
  readonly #utf8 = new TextDecoder('utf-8', { fatal: true });
  #depth = 0;
  #attributes = 0;
  #nodes = 0;
  #runBytes = 0;
  #markupBytes = 0;
  /** Set while a content element is open. */
  #content: Base64Decoder | null = null;
  /** True when the next byte is text of the open content. */
  #inContentText = false;
  /** True when it will be, as soon as the markup under way has ended. */
  #contentTextFollows = false;
  /** Content text that stood in a CDATA section and is not handed out yet. */
  #sectionText = '';

  constructor(events: XmlEvents, limits: XmlLimits = xmlLimits) {
    this.#events = events;
    this.#limits = limits;
    this.#listen();
  }

  /** Takes the next bytes; `stopped` is asked after each piece of markup and ends the work on true. */
  async feed(chunk: Uint8Array, stopped: () => boolean): Promise<void> {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let at = 0;
    while (at < bytes.length && !stopped()) {
      if (this.#inContentText) {
        // Looked for in this piece alone: searching all the rest for each piece would grow with the square.
        const piece = bytes.subarray(at, at + contentPieceBytesMax);
        const next = piece.indexOf(lessThan);
        const end = next < 0 ? piece.length : next;
        const receiving = this.#giveContent(piece.toString('latin1', 0, end));
        if (receiving !== undefined) await receiving;
        at += end;
        if (next >= 0) this.#inContentText = false;
      } else {
        const next = bytes.indexOf(greaterThan, at);
        const end = next < 0 ? bytes.length : next + 1;
        this.#feedMarkup(bytes.subarray(at, end));
        const receiving = this.#giveContent(this.#sectionText);
        if (receiving !== undefined) await receiving;
        this.#sectionText = '';
        at = end;
      }
    }
  }

  /** Call when there are no more bytes: says whether the document was whole. */
  end(): void {
    this.#parser.write(this.#decodeUtf8());
    this.#parser.close();
  }

  #feedMarkup(bytes: Buffer): void {
    this.#runBytes += bytes.length;
    this.#markupBytes += bytes.length;
    if (this.#runBytes > this.#limits.runBytesMax) throw new MemoUnreadable('limit', 'en tekst eller et mærke');
    if (this.#markupBytes > this.#limits.markupBytesMax) throw new MemoUnreadable('limit', 'XML uden om filerne');
    this.#parser.write(this.#decodeUtf8(bytes));
    // A comment tells of itself one byte before it ends, so the end of the piece decides.
    if (this.#content === null || bytes.at(-1) !== greaterThan) return;
    this.#inContentText = this.#contentTextFollows;
    this.#contentTextFollows = false;
  }

  /** With no bytes: the end of the stream. */
  #decodeUtf8(bytes?: Buffer): string {
    try {
      return bytes === undefined ? this.#utf8.decode() : this.#utf8.decode(bytes, { stream: true });
    } catch {
      throw new MemoUnreadable('encoding', '');
    }
  }

  #giveContent(text: string): void | Promise<void> {
    if (text === '' || this.#content === null) return;
    const bytes = this.#content.decode(text);
    if (bytes.length > 0) return this.#events.content(bytes);
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('error', (error) => {
      throw new MemoUnreadable('xml', error.message);
    });
    parser.on('doctype', () => {
      throw new MemoUnreadable('doctype', '');
    });
    parser.on('xmldecl', ({ encoding }) => {
      if (encoding !== undefined && !readableEncodings.test(encoding)) throw new MemoUnreadable('encoding', '');
    });
    parser.on('opentagstart', () => {
      this.#attributes = 0;
      this.#countNode();
    });
    parser.on('attribute', () => {
      this.#attributes += 1;
      if (this.#attributes > this.#limits.attributesMax) throw new MemoUnreadable('limit', 'attributter');
    });
    parser.on('opentag', (tag) => {
      const attribute = (name: string): string | null => tag.attributes[name]?.value ?? null;
      this.#open({ namespace: tag.uri, name: tag.local, attribute }, tag.isSelfClosing);
    });
    parser.on('closetag', () => this.#close());
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#aside(text));
    parser.on('comment', () => this.#aside(''));
    parser.on('processinginstruction', () => this.#aside(''));
  }

  #open(element: XmlElement, selfClosing: boolean): void {
    this.#depth += 1;
    if (this.#depth > this.#limits.depthMax) throw new MemoUnreadable('limit', 'dybde');
    if (this.#content !== null) throw new MemoUnreadable('value', 'et element inde i en fils indhold');
    if (!this.#events.open(element)) return;
    this.#content = new Base64Decoder();
    this.#contentTextFollows = !selfClosing;
  }

  /** No element stands inside a content, so what closes while one is open is the content. */
  #close(): void {
    this.#runBytes = 0;
    this.#depth -= 1;
    this.#content?.end();
    this.#content = null;
    this.#events.close();
  }

  #text(text: string): void {
    this.#runBytes = 0;
    if (this.#depth > 0) this.#events.text(text);
  }

  /** A comment, a processing instruction or a CDATA section, with the text it adds. */
  #aside(text: string): void {
    this.#countNode();
    this.#contentTextFollows = true;
    if (this.#content !== null) this.#sectionText += text;
    else if (text !== '') this.#text(text);
  }

  #countNode(): void {
    this.#runBytes = 0;
    this.#nodes += 1;
    if (this.#nodes > this.#limits.nodesMax) throw new MemoUnreadable('limit', 'elementer');
  }
}

const lessThan = 0x3c;
const greaterThan = 0x3e;
/** Content is handed out in pieces of at most three quarters of this, however long a chunk that came in. */
const contentPieceBytesMax = 64 * 1024;

/** .NET calls a document UTF-16 after the string it was made in, and sends it as UTF-8. */
const readableEncodings = /^(?:utf-?8|us-ascii|utf-?16)$/i;
