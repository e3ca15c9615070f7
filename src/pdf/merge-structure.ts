import {
  PDFArray, type PDFContext, PDFDict, PDFHexString, PDFName, PDFNumber, type PDFObject, PDFRawStream, PDFRef, PDFString,
} from '@cantoo/pdf-lib';
import { FileFault } from './file-fault.ts';
import type { PdfCopier } from './pdf-copier.ts';

const name = (text: string): PDFName => PDFName.of(text);
const S = name('S');
const P = name('P');
const K = name('K');
const ID = name('ID');
const A = name('A');
const C = name('C');
const HEADERS = name('Headers');
const LANG = name('Lang');
const keysOfMarks: ReadonlySet<PDFObject> = new Set([name('StructParent'), name('StructParents')]);
const depthMax = 500;

/** One part's way into the common structure. */
export interface StructurePart {
  readonly copier: PdfCopier;
  /** The structure root of the old file; null where it is not tagged. */
  readonly root: PDFDict | null;
  /** The language of the old file's catalog, e.g. "da-DK". */
  readonly language: PDFObject | null;
}

/**
 * The structure trees of several PDFs as one (ISO 32000-1, 14.7): a Document whose parts are the files, each with its own
 * elements under it. Numbers of marks are moved so that they stay unlike, IDs and roles of one name are told apart. Call
 * `add` after the copies of a part are made, and `root` last.
 */
export class MergedStructure {
  readonly #context: PDFContext;
  readonly #documentRef: PDFRef;
  readonly #rootRef: PDFRef;
  readonly #parts: PDFRef[] = [];
  readonly #parents = new Map<number, PDFObject>();
  readonly #ids: { readonly id: PDFHexString; readonly ref: PDFRef }[] = [];
  readonly #roles: PDFDict;
  readonly #classes: PDFDict;
  #nextKey = 0;

  constructor(context: PDFContext) {
    this.#context = context;
    this.#documentRef = context.nextRef();
    this.#rootRef = context.nextRef();
    this.#roles = context.obj({});
    this.#classes = context.obj({});
  }

  add({ copier, root, language }: StructurePart): void {
    const number = this.#parts.length + 1;
    const offset = this.#nextKey;
    for (const object of copier.copied) this.#moveKeys(object, offset, 0);
    if (root === null) return;
    const kids = root.lookup(K) instanceof PDFArray ? (root.lookup(K) as PDFArray).asArray() : [root.get(K)];
    const names = this.#namesOf(copier, root, number);
    const parents = numbersOf(root.lookup(name('ParentTree')));
    const copies = kids.flatMap((kid) => (kid === undefined ? [] : [copier.value(kid)]));
    for (const [key, value] of parents) {
      if (offset + key >= this.#nextKey) this.#nextKey = offset + key + 1;
      this.#parents.set(offset + key, copier.value(value));
    }
    const before = copier.copied.length;
    copier.finish();
    for (const object of copier.copied.slice(before)) this.#moveKeys(object, offset, 0);
    const partRef = this.#partOf(copies);
    const part = this.#context.lookup(partRef);
    if (part instanceof PDFDict && language !== null && !part.has(LANG)) part.set(LANG, language);
    this.#renameAll(partRef, names);
    this.#parts.push(partRef);
  }

  /** The root for the catalog; null where no part is tagged. */
  root(): PDFRef | null {
    if (this.#parts.length === 0) return null;
    const context = this.#context;
    context.assign(this.#documentRef, context.obj({ Type: 'StructElem', S: 'Document', P: this.#rootRef, K: this.#parts }));
    const keys = [...this.#parents].toSorted(([a], [b]) => a - b);
    const nums = PDFArray.withContext(context);
    for (const [key, value] of keys) [PDFNumber.of(key), value].forEach((item) => nums.push(item));
    const root = context.obj({ Type: 'StructTreeRoot', K: [this.#documentRef], ParentTreeNextKey: this.#nextKey });
    root.set(name('ParentTree'), context.register(context.obj({ Nums: nums })));
    if (this.#roles.entries().length > 0) root.set(name('RoleMap'), this.#roles);
    if (this.#classes.entries().length > 0) root.set(name('ClassMap'), this.#classes);
    if (this.#ids.length > 0) root.set(name('IDTree'), context.register(this.#idTree()));
    context.assign(this.#rootRef, root);
    return this.#rootRef;
  }

  #idTree(): PDFDict {
    const sorted = this.#ids.toSorted((a, b) => (a.id.asString() < b.id.asString() ? -1 : 1));
    const names = PDFArray.withContext(this.#context);
    for (const { id, ref } of sorted) [id, ref].forEach((item) => names.push(item));
    const limits = PDFArray.withContext(this.#context);
    for (const one of [sorted[0], sorted.at(-1)]) if (one) limits.push(one.id);
    const leaf = this.#context.register(this.#context.obj({ Names: names, Limits: limits }));
    return this.#context.obj({ Kids: [leaf] });
  }

  /** Roles and classes of a part under names that mean nothing else in the parts before it. */
  #namesOf(copier: PdfCopier, root: PDFDict, number: number): PartNames {
    return {
      number,
      roles: this.#renamed(copier, root.lookup(name('RoleMap')), { into: this.#roles, number }),
      classes: this.#renamed(copier, root.lookup(name('ClassMap')), { into: this.#classes, number }),
    };
  }

  #renamed(
    copier: PdfCopier,
    map: PDFObject | undefined,
    { into, number }: { readonly into: PDFDict; readonly number: number },
  ): Map<PDFName, PDFName> {
    const renamed = new Map<PDFName, PDFName>();
    if (!(map instanceof PDFDict)) return renamed;
    for (const [key, value] of map.entries()) {
      const there = into.get(key);
      const isOther = there !== undefined && String(there) !== String(copier.value(value));
      if (isOther) renamed.set(key, name(`${key.decodeText()}.${number}`));
    }
    for (const [key, value] of map.entries()) {
      // A role may stand for another one that got a new name.
      const meant = value instanceof PDFName ? renamed.get(value) ?? value : copier.value(value);
      into.set(renamed.get(key) ?? key, meant);
    }
    return renamed;
  }

  /** The topmost elements of a file under one Part; what was a Document is that Part, for there is one document now. */
  #partOf(tops: readonly PDFObject[]): PDFRef {
    const [top] = tops;
    const only = tops.length === 1 && top ? this.#context.lookup(top) : undefined;
    if (top instanceof PDFRef && only instanceof PDFDict && only.get(S) === name('Document')) {
      only.set(S, name('Part'));
      only.set(P, this.#documentRef);
      return top;
    }
    const ref = this.#context.register(this.#context.obj({ Type: 'StructElem', S: 'Part', P: this.#documentRef, K: [...tops] }));
    for (const one of tops) {
      const element = this.#context.lookup(one);
      if (element instanceof PDFDict) element.set(P, ref);
    }
    return ref;
  }

  /** Gives IDs, roles and classes of a part their own names. */
  #renameAll(part: PDFRef, names: PartNames): void {
    const waiting: PDFObject[] = [part];
    const seen = new Set<PDFObject>();
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const found = this.#context.lookup(next);
      if (found === undefined || seen.has(found)) continue;
      seen.add(found);
      if (found instanceof PDFArray) waiting.push(...found.asArray());
      if (!(found instanceof PDFDict) || !found.has(S)) continue;
      this.#rename(found, next, names);
      const kids = found.get(K);
      if (kids) waiting.push(kids);
    }
  }

  #rename(element: PDFDict, ref: PDFObject, { number, roles, classes }: PartNames): void {
    const role = element.get(S);
    const newRole = role instanceof PDFName ? roles.get(role) : undefined;
    if (newRole) element.set(S, newRole);
    const id = element.lookup(ID);
    if (isText(id)) {
      const ownId = ownIdOf(id, number);
      element.set(ID, ownId);
      if (ref instanceof PDFRef) this.#ids.push({ id: ownId, ref });
    }
    for (const attributes of listOf(element.lookup(A), this.#context)) {
      const headers = attributes instanceof PDFDict ? attributes.lookup(HEADERS) : undefined;
      if (!(headers instanceof PDFArray)) continue;
      headers.asArray().forEach((header, n) => {
        if (isText(header)) headers.set(n, ownIdOf(header, number));
      });
    }
    const ofClass = element.get(C);
    const newClass = ofClass instanceof PDFName ? classes.get(ofClass) : undefined;
    if (newClass) element.set(C, newClass);
  }

  /** Moves the numbers by which pages, forms and annotations find their elements; of direct objects within as well. */
  #moveKeys(object: PDFObject, offset: number, depth: number): void {
    if (depth > depthMax) throw new FileFault('PDF’en er opbygget i for mange lag.');
    if (object instanceof PDFRawStream) return this.#moveKeys(object.dict, offset, depth);
    if (object instanceof PDFArray) return object.asArray().forEach((item) => this.#moveKeys(item, offset, depth + 1));
    if (!(object instanceof PDFDict)) return;
    for (const [key, value] of object.entries()) {
      if (!keysOfMarks.has(key)) this.#moveKeys(value, offset, depth + 1);
      else if (value instanceof PDFNumber) {
        object.set(key, PDFNumber.of(value.asNumber() + offset));
        this.#nextKey = Math.max(this.#nextKey, value.asNumber() + offset + 1);
      }
    }
  }
}

interface PartNames {
  readonly number: number;
  readonly roles: ReadonlyMap<PDFName, PDFName>;
  readonly classes: ReadonlyMap<PDFName, PDFName>;
}

function isText(object: PDFObject | undefined): object is PDFString | PDFHexString {
  return object instanceof PDFString || object instanceof PDFHexString;
}

function ownIdOf(id: PDFString | PDFHexString, number: number): PDFHexString {
  const bytes = Buffer.concat([Buffer.from(`${number}-`, 'latin1'), id.asBytes()]);
  return PDFHexString.of(bytes.toString('hex').toUpperCase());
}

/** An attribute, or several; revision numbers among them are passed over. */
function listOf(object: PDFObject | undefined, context: PDFContext): readonly (PDFObject | undefined)[] {
  return object instanceof PDFArray ? object.asArray().map((item) => context.lookup(item)) : [object];
}

/** The entries of a number tree (ISO 32000-1, 7.9.7), at most one million. */
function numbersOf(tree: PDFObject | undefined): readonly (readonly [number, PDFObject])[] {
  const entries: (readonly [number, PDFObject])[] = [];
  const waiting = [tree];
  const seen = new Set<PDFObject>();
  while (waiting.length > 0 && entries.length < 1_000_000) {
    const node = waiting.pop();
    if (!(node instanceof PDFDict) || seen.has(node)) continue;
    seen.add(node);
    const nums = node.lookup(name('Nums'));
    const kids = node.lookup(name('Kids'));
    if (kids instanceof PDFArray) for (let n = kids.size() - 1; n >= 0; n--) waiting.push(kids.lookup(n));
    if (!(nums instanceof PDFArray)) continue;
    for (let n = 0; n + 1 < nums.size(); n += 2) {
      const key = nums.lookup(n);
      const value = nums.get(n + 1);
      if (key instanceof PDFNumber) entries.push([key.asNumber(), value]);
    }
  }
  return entries;
}
