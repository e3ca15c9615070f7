import { PDFArray, type PDFContext, PDFDict, PDFHexString, PDFName, PDFNull, PDFNumber, type PDFObject, PDFRef, PDFStream, PDFString } from '@cantoo/pdf-lib';
import { FileFault } from './file-fault.ts';
import type { PdfCopier } from './pdf-copier.ts';

const name = (text: string): PDFName => PDFName.of(text);
const K = name('K');
const PG = name('Pg');
const TYPE = name('Type');
const ID = name('ID');
const elementsMax = 2_000_000;
const depthMax = 500;

/** Of an element these stand in each part that has something of it; its words only where all of it is in one part. */
const kept = ['S', 'ID', 'A', 'C', 'Lang', 'NS'].map(name);
const keptWords = ['Alt', 'ActualText', 'E', 'T'].map(name);

interface Mark {
  readonly kind: 'mark';
  readonly part: number;
  readonly page: PDFRef;
  readonly mcid: number;
  /** The stream that it stands in, where that is not the page's own. */
  readonly stream: PDFRef | null;
}

interface MarkedObject {
  readonly kind: 'object';
  readonly part: number;
  readonly page: PDFRef;
  readonly object: PDFRef;
}

interface Element {
  readonly kind: 'element';
  readonly dict: PDFDict;
  readonly kids: Kid[];
  readonly parts: Set<number>;
  readonly kidsOf: Map<number, Kid[]>;
}

type Kid = Mark | MarkedObject | Element;

/** Where one part's pages and annotations are copied to. */
export interface StructureTarget {
  readonly part: number;
  readonly context: PDFContext;
  readonly copier: PdfCopier;
  /** Links that were copied with their pages. */
  readonly annotations: ReadonlySet<PDFRef>;
}

/**
 * The structure tree of a PDF (ISO 32000-1, 14.7), told apart by the pages that its elements mark: each part gets the elements
 * of its own pages and those above them, in their order, and nothing of what is said of other pages. Read once, whatever the
 * number of parts.
 */
export class SplitStructure {
  readonly #root: PDFDict;
  readonly #partOf: ReadonlyMap<PDFRef, number>;
  readonly #top: Element;

  /** `partOf`: the part of each page that is in one. */
  constructor(root: PDFDict, partOf: ReadonlyMap<PDFRef, number>) {
    this.#root = root;
    this.#partOf = partOf;
    this.#top = elementOf(root);
    const all = this.#readAll();
    for (const element of all.toReversed()) sortByPart(element);
  }

  /** Writes the tree of one part; null where nothing of it is marked. */
  write(target: StructureTarget): PDFRef | null {
    const { context, copier, part } = target;
    if (!this.#top.parts.has(part)) return null;
    const rootRef = context.nextRef();
    const writer = new PartWriter(target);
    const kids = kidsIn(this.#top, part).flatMap((kid) => (kid.kind === 'element' ? [writer.element(kid, rootRef)] : []));
    const root = context.obj({ Type: 'StructTreeRoot', K: kids });
    for (const key of ['RoleMap', 'ClassMap', 'Namespaces'].map(name)) {
      const value = this.#root.get(key);
      if (value) root.set(key, copier.value(value));
    }
    writer.finish(root);
    context.assign(rootRef, root);
    copier.finish();
    return rootRef;
  }

  /** Every element, those above before those below. */
  #readAll(): readonly Element[] {
    const all = [this.#top];
    const seen = new Set<PDFDict>([this.#root]);
    const waiting: { readonly element: Element; readonly page: PDFRef | null; readonly depth: number }[] = [{ element: this.#top, page: null, depth: 0 }];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { element, page, depth } = next;
      if (depth > depthMax || all.length > elementsMax) throw new FileFault('PDF’en er opbygget i for mange lag.');
      for (const raw of listOf(element.dict, K)) {
        const kid = this.#kidOf(raw, element.dict, page);
        if (kid === null || (kid.kind === 'element' && seen.has(kid.dict))) continue;
        element.kids.push(kid);
        if (kid.kind !== 'element') continue;
        seen.add(kid.dict);
        all.push(kid);
        waiting.push({ element: kid, page: pageOf(kid.dict) ?? page, depth: depth + 1 });
      }
    }
    return all;
  }

  #kidOf(raw: PDFObject, parent: PDFDict, inherited: PDFRef | null): Kid | null {
    if (raw instanceof PDFNumber) return this.#markOn(inherited, raw.asNumber(), null);
    const dict = parent.context.lookup(raw);
    if (!(dict instanceof PDFDict)) return null;
    const type = dict.lookup(TYPE);
    if (type !== name('MCR') && type !== name('OBJR')) return elementOf(dict);
    const page = pageOf(dict) ?? inherited;
    const object = dict.get(name('Obj'));
    if (type === name('OBJR')) return this.#objectOn(page, object);
    const mcid = dict.lookup(name('MCID'));
    const stream = dict.get(name('Stm'));
    return mcid instanceof PDFNumber ? this.#markOn(page, mcid.asNumber(), stream instanceof PDFRef ? stream : null) : null;
  }

  #markOn(page: PDFRef | null, mcid: number, stream: PDFRef | null): Mark | null {
    const part = page && this.#partOf.get(page);
    return page === null || part === null || part === undefined ? null : { kind: 'mark', part, page, mcid, stream };
  }

  #objectOn(page: PDFRef | null, object: PDFObject | undefined): MarkedObject | null {
    const part = page && this.#partOf.get(page);
    if (page === null || part === null || part === undefined || !(object instanceof PDFRef)) return null;
    return { kind: 'object', part, page, object };
  }
}

function elementOf(dict: PDFDict): Element {
  return { kind: 'element', dict, kids: [], parts: new Set(), kidsOf: new Map() };
}

function pageOf(dict: PDFDict): PDFRef | null {
  const page = dict.get(PG);
  return page instanceof PDFRef ? page : null;
}

function listOf(dict: PDFDict, key: PDFName): readonly PDFObject[] {
  const value = dict.lookup(key);
  if (value instanceof PDFArray) return value.asArray();
  const raw = dict.get(key);
  return raw === undefined ? [] : [raw];
}

/** An element without marks, as the cell of a table may be, goes with the element that it stands in, if that is in one part. */
function sortByPart(element: Element): void {
  for (const kid of element.kids) {
    if (kid.kind === 'element') for (const part of kid.parts) element.parts.add(part);
    else element.parts.add(kid.part);
  }
  const [only] = element.parts.size === 1 ? element.parts : [];
  for (const kid of element.kids) {
    const parts = kid.kind !== 'element' ? [kid.part] : kid.parts.size > 0 ? kid.parts : only === undefined ? [] : [only];
    for (const part of parts) {
      const kids = element.kidsOf.get(part) ?? [];
      kids.push(kid);
      element.kidsOf.set(part, kids);
    }
  }
}

function kidsIn({ parts, kids, kidsOf }: Element, part: number): readonly Kid[] {
  return parts.size === 0 ? kids : (kidsOf.get(part) ?? []);
}

/** Writes the elements of one part, and notes by which numbers its pages find them. */
class PartWriter {
  readonly #target: StructureTarget;
  readonly #parents = new Map<number, PDFRef | PDFRef[]>();
  readonly #ids: { readonly id: PDFString | PDFHexString; readonly ref: PDFRef }[] = [];

  constructor(target: StructureTarget) {
    this.#target = target;
  }

  element(element: Element, parent: PDFRef): PDFRef {
    const { context, copier, part } = this.#target;
    const ref = context.nextRef();
    const copy = context.obj({ Type: 'StructElem', P: parent });
    for (const key of element.parts.size > 1 ? kept : [...kept, ...keptWords]) {
      const value = element.dict.get(key);
      if (value) copy.set(key, copier.value(value));
    }
    const id = element.dict.lookup(ID);
    if (id instanceof PDFString || id instanceof PDFHexString) this.#ids.push({ id, ref });
    const kids = kidsIn(element, part).flatMap((kid) => this.#kid(kid, ref));
    if (kids.length > 0) copy.set(K, context.obj(kids));
    context.assign(ref, copy);
    return ref;
  }

  /** The trees by which pages and headers find their elements. */
  finish(root: PDFDict): void {
    const { context } = this.#target;
    const nums = PDFArray.withContext(context);
    const keys = [...this.#parents].toSorted(([a], [b]) => a - b);
    for (const [key, value] of keys) {
      nums.push(PDFNumber.of(key));
      nums.push(value instanceof PDFRef ? value : context.register(context.obj(Array.from(value, (ref) => ref ?? PDFNull))));
    }
    root.set(name('ParentTree'), context.register(context.obj({ Nums: nums })));
    root.set(name('ParentTreeNextKey'), PDFNumber.of((keys.at(-1)?.[0] ?? -1) + 1));
    if (this.#ids.length === 0) return;
    const names = PDFArray.withContext(context);
    for (const { id, ref } of this.#ids.toSorted((a, b) => Buffer.compare(a.id.asBytes(), b.id.asBytes()))) [id, ref].forEach((item) => names.push(item));
    root.set(name('IDTree'), context.register(context.obj({ Names: names })));
  }

  #kid(kid: Kid, parent: PDFRef): readonly (PDFRef | PDFDict)[] {
    const { context, copier, annotations } = this.#target;
    if (kid.kind === 'element') return [this.element(kid, parent)];
    const page = copier.refOf(kid.page);
    if (kid.kind === 'object') {
      const key = annotations.has(kid.object) ? this.#keyOf(kid.object, 'StructParent') : null;
      if (key === null) return [];
      this.#parents.set(key, parent);
      return [context.obj({ Type: 'OBJR', Obj: copier.refOf(kid.object), Pg: page })];
    }
    const key = this.#keyOf(kid.stream ?? kid.page, 'StructParents');
    if (key === null) return [];
    const known = this.#parents.get(key);
    const marks = Array.isArray(known) ? known : [];
    marks[kid.mcid] = parent;
    this.#parents.set(key, marks);
    return [context.obj({ Type: 'MCR', Pg: page, MCID: kid.mcid, ...(kid.stream && { Stm: copier.refOf(kid.stream) }) })];
  }

  /** Numbers stay what they were, for the copies of pages and streams still say them. */
  #keyOf(holder: PDFRef, key: 'StructParents' | 'StructParent'): number | null {
    const found = this.#target.copier.lookupOld(holder);
    const dict = found instanceof PDFStream ? found.dict : found;
    const value = dict instanceof PDFDict ? dict.lookup(name(key)) : undefined;
    return value instanceof PDFNumber ? value.asNumber() : null;
  }
}
