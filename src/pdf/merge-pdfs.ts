import {
  PDFArray, PDFContext, PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFObject, type PDFRef, PDFString, PDFWriter,
} from '@cantoo/pdf-lib';
import { FileFault } from './file-fault.ts';
import { MergedStructure } from './merge-structure.ts';
import { openPdf, readable, structureOf, type PdfPart } from './open-pdf.ts';
import { PdfCopier } from './pdf-copier.ts';
import { isDeclaredUa, xmpOf } from './pdf-metadata.ts';
import { printableText } from './printable-text.ts';

export type MergedPdf = {
  readonly pdf: Uint8Array;
  readonly pages: number;
  /** What a part had and the whole has not, in Danish. */
  readonly remarks: readonly string[];
};

const name = (text: string): PDFName => PDFName.of(text);

/**
 * Merges PDFs, in their order, into one that a screen reader can still read: the parts' structure trees become one
 * (merge-structure.ts), which the usual tools throw away (pdf.md 6). Bookmarks lead to each part. Declared as PDF/UA-1 where
 * all parts are. The same input gives the same bytes. Throws FileFault for a part that would lose more than its bookmarks:
 * form fields, signatures.
 */
export async function mergePdfs({ title, parts, pagesMax }: {
  readonly title: string;
  readonly parts: readonly PdfPart[];
  readonly pagesMax: number;
}): Promise<MergedPdf> {
  const context = PDFContext.create();
  const structure = new MergedStructure(context);
  const pagesRef = context.nextRef();
  const pageRefs: PDFRef[] = [];
  const firstPages: { readonly title: string; readonly page: PDFRef }[] = [];
  const sources: PDFDocument[] = [];
  for (const part of parts) {
    const source = await openPdf(part);
    sources.push(source);
    const refs = readable(part, () => addPages(source, { context, structure, pagesRef }));
    if (refs[0]) firstPages.push({ title: part.title, page: refs[0] });
    pageRefs.push(...refs);
    if (pageRefs.length > pagesMax) throw new FileFault(`Den samlede PDF bliver på mere end ${pagesMax} sider.`);
  }
  context.assign(pagesRef, context.obj({ Type: 'Pages', Kids: pageRefs, Count: pageRefs.length }));
  addCatalog(context, { title, sources, structure, pagesRef, firstPages });
  return { pdf: await PDFWriter.forContext(context, OBJECTS_PER_TICK).serializeToBuffer(), pages: pageRefs.length, remarks: remarksOn(parts, sources) };
}

const OBJECTS_PER_TICK = 10_000;

/** One sentence for each loss, whatever the number of parts that have it. */
function remarksOn(parts: readonly PdfPart[], sources: readonly PDFDocument[]): readonly string[] {
  const titlesOf = (lacks: (source: PDFDocument) => boolean) => sources.flatMap((source, n) => (lacks(source) ? [`»${parts[n]?.title ?? ''}«`] : []));
  const untagged = titlesOf((source) => structureOf(source) === null);
  const filled = titlesOf(holdsFiles);
  return [
    ...(untagged.length > 0 ? [`${inRow(untagged)} er ikke mærket op til skærmlæsere, og det bliver ${untagged.length === 1 ? 'den' : 'de'} ikke af at blive sat sammen med andre.`] : []),
    ...(filled.length > 0 ? [`Filer, der lå inde i ${inRow(filled)}, er ikke kommet med.`] : []),
  ];
}

function holdsFiles(source: PDFDocument): boolean {
  const names = source.catalog.lookup(name('Names'));
  return names instanceof PDFDict && names.has(name('EmbeddedFiles'));
}

const NAMED_MAX = 3;

/** "»a«, »b«, »c« og 9 andre". */
function inRow(titles: readonly string[]): string {
  const more = titles.length - NAMED_MAX;
  const last = more > 0 ? (more === 1 ? 'en anden' : `${more} andre`) : titles.at(-1);
  const named = titles.slice(0, more > 0 ? NAMED_MAX : -1);
  return named.length === 0 ? (last ?? '') : `${named.join(', ')} og ${last ?? ''}`;
}

interface Target {
  readonly context: PDFContext;
  readonly structure: MergedStructure;
  readonly pagesRef: PDFRef;
}

const inherited = ['Resources', 'MediaBox', 'CropBox', 'Rotate'].map(name);
// Article threads lead through whole files; a page's parent is the new tree.
const leftBehind: ReadonlySet<PDFObject> = new Set(['Parent', 'B'].map(name));

function addPages(source: PDFDocument, { context, structure, pagesRef }: Target): readonly PDFRef[] {
  const copier = new PdfCopier(source.context, context);
  const pages = source.getPages();
  // Places first, so that links between pages lead to the new ones.
  const refs = pages.map((page) => copier.take(page.ref, context.obj({})));
  pages.forEach((page, n) => {
    const copy = copier.dictionary(page.node, leftBehind);
    for (const key of inherited) {
      const value = copy.has(key) ? undefined : page.node.getInheritableAttribute(key);
      if (value) copy.set(key, copier.value(value));
    }
    copy.set(name('Parent'), pagesRef);
    const ref = refs[n];
    if (ref) copier.take(page.ref, copy);
  });
  copier.finish();
  leadLinks(source, copier);
  const language = source.catalog.lookup(name('Lang'));
  structure.add({ copier, root: structureOf(source), language: language ? copier.value(language) : null });
  return refs;
}

/** Links that go by a name of the old file go by the place itself. */
function leadLinks(source: PDFDocument, copier: PdfCopier): void {
  const places = namedPlaces(source);
  if (places.size === 0) return;
  const waiting: PDFObject[] = copier.copied.slice();
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    // Annotations and their actions may stand within the page itself.
    if (object instanceof PDFArray) waiting.push(...object.asArray());
    if (!(object instanceof PDFDict)) continue;
    for (const [key, value] of object.entries()) {
      const place = key === name('Dest') || key === name('D') ? places.get(textOf(value) ?? '') : undefined;
      if (place) object.set(key, copier.value(place));
      else waiting.push(value);
    }
  }
  copier.finish();
}

function textOf(object: PDFObject | undefined): string | null {
  if (object instanceof PDFName) return object.decodeText();
  return object instanceof PDFString || object instanceof PDFHexString ? Buffer.from(object.asBytes()).toString('latin1') : null;
}

/** Named destinations (ISO 32000-1, 12.3.2.3): of the catalog's dictionary and of the name tree. */
function namedPlaces(source: PDFDocument): ReadonlyMap<string, PDFObject> {
  const places = new Map<string, PDFObject>();
  const take = (key: string, value: PDFObject | undefined) => {
    const place = value instanceof PDFDict ? value.lookup(name('D')) : value;
    if (place instanceof PDFArray) places.set(key, place);
  };
  const old = source.catalog.lookup(name('Dests'));
  if (old instanceof PDFDict) for (const [key] of old.entries()) take(key.decodeText(), old.lookup(key));
  const names = source.catalog.lookup(name('Names'));
  const waiting = [names instanceof PDFDict ? names.lookup(name('Dests')) : undefined];
  const seen = new Set<PDFObject>();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!(node instanceof PDFDict) || seen.has(node)) continue;
    seen.add(node);
    const kids = node.lookup(name('Kids'));
    if (kids instanceof PDFArray) for (let n = 0; n < kids.size(); n++) waiting.push(kids.lookup(n));
    const pairs = node.lookup(name('Names'));
    if (!(pairs instanceof PDFArray)) continue;
    for (let n = 0; n + 1 < pairs.size(); n += 2) take(textOf(pairs.lookup(n)) ?? '', pairs.lookup(n + 1));
  }
  return places;
}

interface Whole {
  readonly title: string;
  readonly sources: readonly PDFDocument[];
  readonly structure: MergedStructure;
  readonly pagesRef: PDFRef;
  readonly firstPages: readonly { readonly title: string; readonly page: PDFRef }[];
}

function addCatalog(context: PDFContext, { title, sources, structure, pagesRef, firstPages }: Whole): void {
  const shown = printableText(title).text;
  const root = structure.root();
  const metadata = context.stream(xmpOf(shown, root !== null && sources.every(isDeclaredUa)), { Type: 'Metadata', Subtype: 'XML' });
  const catalog = context.obj({
    Type: 'Catalog',
    Pages: pagesRef,
    Metadata: context.register(metadata),
    Outlines: addBookmarks(context, firstPages),
    ViewerPreferences: { DisplayDocTitle: true },
    Lang: PDFString.of('da-DK'),
    ...(root !== null && { MarkInfo: { Marked: true }, StructTreeRoot: root }),
  });
  context.trailerInfo.Root = context.register(catalog);
  context.trailerInfo.Info = context.register(context.obj({ Title: PDFHexString.fromText(shown) }));
}

function addBookmarks(context: PDFContext, firstPages: Whole['firstPages']): PDFRef {
  const outlines = context.nextRef();
  const refs = firstPages.map(() => context.nextRef());
  firstPages.forEach(({ title, page }, n) => {
    const item = context.obj({ Title: PDFHexString.fromText(title), Parent: outlines, Dest: [page, 'Fit'] });
    const [previous, next] = [refs[n - 1], refs[n + 1]];
    if (previous) item.set(name('Prev'), previous);
    if (next) item.set(name('Next'), next);
    const ref = refs[n];
    if (ref) context.assign(ref, item);
  });
  const [first, last] = [refs[0], refs.at(-1)];
  context.assign(outlines, context.obj({ Type: 'Outlines', Count: refs.length, ...(first && last && { First: first, Last: last }) }));
  return outlines;
}
