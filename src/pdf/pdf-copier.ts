import {
  PDFArray, type PDFContext, PDFDict, PDFName, PDFNull, type PDFObject, PDFRawStream, PDFRef, PDFStream,
} from '@cantoo/pdf-lib';

const type = PDFName.of('Type');
const treeTypes: ReadonlySet<PDFObject> = new Set([PDFName.of('Pages'), PDFName.of('Catalog'), PDFName.of('StructTreeRoot')]);

/**
 * Copies objects of one PDF into another, each once, with all that they refer to: what referred to the same object still
 * does, which is how marks on a page find their places in the structure. Trees of the old file (pages, catalog, structure
 * root) are not followed. In a line, not in itself, so that no file is too deep for it.
 */
export class PdfCopier {
  readonly #from: PDFContext;
  readonly #to: PDFContext;
  readonly #copies = new Map<PDFRef, PDFRef>();
  readonly #waiting: PDFRef[] = [];
  /** Every object that was copied, as it is in the new file. */
  readonly copied: PDFObject[] = [];

  constructor(from: PDFContext, to: PDFContext) {
    this.#from = from;
    this.#to = to;
  }

  /** The place in the new file of an object in the old one. Its copy is there after `finish`. */
  refOf(old: PDFRef): PDFRef {
    const known = this.#copies.get(old);
    if (known) return known;
    const ref = this.#to.nextRef();
    this.#copies.set(old, ref);
    this.#waiting.push(old);
    return ref;
  }

  /** Says that `old` is `copy` in the new file, made by the caller. */
  take(old: PDFRef, copy: PDFObject): PDFRef {
    const ref = this.#copies.get(old) ?? this.#to.nextRef();
    this.#copies.set(old, ref);
    this.#to.assign(ref, copy);
    this.copied.push(copy);
    return ref;
  }

  /** An object of the old file. */
  lookupOld(old: PDFRef): PDFObject | undefined {
    return this.#from.lookup(old);
  }

  /** A value with all references in it led to the new file. */
  value(old: PDFObject): PDFObject {
    if (old instanceof PDFRef) return this.#isTree(old) ? PDFNull : this.refOf(old);
    if (old instanceof PDFDict) return this.dictionary(old);
    if (old instanceof PDFArray) {
      const array = PDFArray.withContext(this.#to);
      for (const item of old.asArray()) array.push(this.value(item));
      return array;
    }
    if (old instanceof PDFRawStream) return PDFRawStream.of(this.dictionary(old.dict), old.contents);
    if (old instanceof PDFStream) return PDFRawStream.of(this.dictionary(old.dict), old.getContents());
    return old;
  }

  /** A dictionary likewise, without the entries named. */
  dictionary(old: PDFDict, without: ReadonlySet<PDFObject> = new Set()): PDFDict {
    const copy = this.#to.obj({});
    for (const [key, entry] of old.entries()) if (!without.has(key)) copy.set(key, this.value(entry));
    return copy;
  }

  /** Copies everything that was referred to. */
  finish(): void {
    for (let old = this.#waiting.pop(); old; old = this.#waiting.pop()) {
      const ref = this.#copies.get(old);
      const found = this.#from.lookup(old);
      if (!ref || this.#to.lookup(ref)) continue;
      const copy = found ? this.value(found) : PDFNull;
      this.#to.assign(ref, copy);
      this.copied.push(copy);
    }
  }

  #isTree(ref: PDFRef): boolean {
    const found = this.#from.lookup(ref);
    const kind = found instanceof PDFDict ? found.lookup(type) : undefined;
    return kind !== undefined && treeTypes.has(kind);
  }
}
