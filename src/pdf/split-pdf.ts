import { PDFArray, PDFContext, PDFDict, type PDFDocument, PDFHexString, PDFName, type PDFObject, type PDFPage, PDFRef, PDFString, PDFWriter } from '@cantoo/pdf-lib';
import { FileFault } from './file-fault.ts';
import { openPdf, readable, structureOf, type PdfPart } from './open-pdf.ts';
import { copyResources } from './page-resources.ts';
import { PdfCopier } from './pdf-copier.ts';
import { isDeclaredUa, xmpOf } from './pdf-metadata.ts';
import { printableText } from './printable-text.ts';
import { SplitStructure } from './split-structure.ts';

/** Pages that follow each other and become a file of their own. */
export interface PageRange {
  readonly title: string;
  /** Place of its first page, from 0. */
  readonly first: number;
  readonly pages: number;
}

export interface SplitPdf {
  /** Declared as accessible to screen readers; where it is not, its parts are not either. */
  readonly isTagged: boolean;
  /** The files, one by one in the order of the ranges, each made when it is asked for. */
  parts(): AsyncGenerator<Uint8Array, void, undefined>;
}

const name = (text: string): PDFName => PDFName.of(text);
const fromPage = ['Type', 'MediaBox', 'CropBox', 'BleedBox', 'TrimBox', 'ArtBox', 'Rotate', 'Contents', 'Group', 'StructParents', 'Tabs', 'UserUnit'].map(name);
const fromLink = ['Type', 'Subtype', 'Rect', 'QuadPoints', 'Border', 'BS', 'C', 'F', 'Contents', 'StructParent'].map(name);
const inherited = ['MediaBox', 'CropBox', 'Rotate'].map(name);
const OBJECTS_PER_TICK = 10_000;

/**
 * Splits a PDF into files of some of its pages each, whose tags stay (split-structure.ts): what each holds is what is on its
 * own pages, and nothing that is shown or said on others. Links go with them where they lead out or to one of their pages.
 * The same input gives the same bytes. Throws FileFault for a file that would lose more: fields, notes.
 */
export async function splitPdf(file: PdfPart, ranges: readonly PageRange[]): Promise<SplitPdf> {
  const source = await openPdf(file);
  const pages = readable(file, () => source.getPages());
  const partOf = new Map(ranges.flatMap(({ first, pages: count }, part) => pages.slice(first, first + count).map(({ ref }) => [ref, part] as const)));
  const root = structureOf(source);
  const structure = readable(file, () => root && new SplitStructure(root, partOf));
  const isUa = isDeclaredUa(source);
  return {
    isTagged: structure !== null,
    async *parts() {
      for (const [part, range] of ranges.entries()) {
        const context = readable(file, () => partOfPdf(source, { part, range, pages: pages.slice(range.first, range.first + range.pages), structure, isUa }));
        yield await PDFWriter.forContext(context, OBJECTS_PER_TICK).serializeToBuffer();
      }
    },
  };
}

interface Part {
  readonly part: number;
  readonly range: PageRange;
  readonly pages: readonly PDFPage[];
  readonly structure: SplitStructure | null;
  readonly isUa: boolean;
}

function partOfPdf(source: PDFDocument, { part, range, pages, structure, isUa }: Part): PDFContext {
  const context = PDFContext.create();
  const copier = new PdfCopier(source.context, context);
  const pagesRef = context.nextRef();
  // Places first, so that links between pages lead to the new ones.
  const refs = pages.map((page) => copier.take(page.ref, context.obj({})));
  const own = new Set(pages.map(({ ref }) => ref));
  const annotations = new Set<PDFRef>();
  for (const page of pages) {
    const copy = copyPage(copier, page, context.obj({ Parent: pagesRef }));
    const links = linksOf(page).filter(([, link]) => leadsOutOrTo(link, own));
    if (links.length > 0) copy.set(name('Annots'), context.obj(links.map(([ref, link]) => copyLink(copier, ref, link))));
    for (const [ref] of links) if (ref) annotations.add(ref);
    copier.take(page.ref, copy);
  }
  copier.finish();
  const root = structure?.write({ part, context, copier, annotations }) ?? null;
  demandOwnPages(copier, refs.length);
  context.assign(pagesRef, context.obj({ Type: 'Pages', Kids: refs, Count: refs.length }));
  const title = printableText(range.title).text;
  const language = source.catalog.lookup(name('Lang'));
  context.trailerInfo.Root = context.register(context.obj({
    Type: 'Catalog',
    Pages: pagesRef,
    Metadata: context.register(context.stream(xmpOf(title, isUa && root !== null), { Type: 'Metadata', Subtype: 'XML' })),
    ViewerPreferences: { DisplayDocTitle: true },
    Lang: language ? copier.value(language) : PDFString.of('da-DK'),
    ...(root !== null && { MarkInfo: { Marked: true }, StructTreeRoot: root }),
  }));
  context.trailerInfo.Info = context.register(context.obj({ Title: PDFHexString.fromText(title) }));
  return context;
}

function copyPage(copier: PdfCopier, { node }: PDFPage, copy: PDFDict): PDFDict {
  for (const key of fromPage) {
    const value = node.get(key) ?? (inherited.includes(key) ? node.getInheritableAttribute(key) : undefined);
    if (value) copy.set(key, copier.value(value));
  }
  const resources = node.Resources();
  if (resources) copy.set(name('Resources'), copyResources(copier, resources, node.get(name('Contents'))));
  return copy;
}

type Link = readonly [PDFRef | null, PDFDict];

function linksOf({ node }: PDFPage): readonly Link[] {
  const all = node.lookup(name('Annots'));
  const annotations = all instanceof PDFArray ? all.asArray() : [];
  return annotations.flatMap((raw): readonly Link[] => {
    const found = node.context.lookup(raw);
    if (!(found instanceof PDFDict)) return [];
    const subtype = found.lookup(name('Subtype'));
    if (subtype === name('Popup')) return [];
    if (subtype !== name('Link')) throw new FileFault('PDF’en har noter, stempler eller felter på siderne, som ville gå tabt. Udskriv den til en ny PDF først.');
    return [[raw instanceof PDFRef ? raw : null, found]];
  });
}

function leadsOutOrTo(link: PDFDict, own: ReadonlySet<PDFRef>): boolean {
  if (uriOf(link)) return true;
  const page = pageOf(link.lookup(name('Dest')));
  return page !== null && own.has(page);
}

function uriOf(link: PDFDict): PDFObject | null {
  const action = link.lookup(name('A'));
  return action instanceof PDFDict && action.lookup(name('S')) === name('URI') ? (action.lookup(name('URI')) ?? null) : null;
}

function pageOf(place: PDFObject | undefined): PDFRef | null {
  const page = place instanceof PDFArray ? place.get(0) : undefined;
  return page instanceof PDFRef ? page : null;
}

function copyLink(copier: PdfCopier, ref: PDFRef | null, link: PDFDict): PDFObject {
  const copy = link.context.obj({});
  for (const key of fromLink) {
    const value = link.get(key);
    if (value) copy.set(key, copier.value(value));
  }
  const uri = uriOf(link);
  const place = link.lookup(name('Dest'));
  if (uri) copy.set(name('A'), link.context.obj({ S: 'URI', URI: copier.value(uri) }));
  else if (place) copy.set(name('Dest'), copier.value(place));
  return ref ? copier.take(ref, copy) : copy;
}

/** Whatever way a file is put together: a page of somebody else's letter must not be in it. */
function demandOwnPages(copier: PdfCopier, pages: number): void {
  const isOf = (type: string) => (object: PDFObject) => object instanceof PDFDict && object.get(name('Type')) === name(type);
  const isForeign = new Set(copier.copied.filter(isOf('Page'))).size > pages || copier.copied.some(isOf('StructElem'));
  if (isForeign) throw new FileFault('PDF’en er sat sammen på en måde, så siderne ikke kan skilles ad. Udskriv den til en ny PDF først.');
}
