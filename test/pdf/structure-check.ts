import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef } from '@cantoo/pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);

/**
 * What is wrong with the structure tree of a PDF (ISO 32000-1, 14.7): each marked piece of a page that the tree names is
 * found from the page, by number, at the very element that names it, and the other way round; each element knows its parent;
 * IDs are found, and roles known. Empty when all is well.
 */
export async function structureFaults(pdf: Uint8Array): Promise<readonly string[]> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const { context, catalog } = document;
  const root = catalog.lookup(name('StructTreeRoot'));
  if (!(root instanceof PDFDict)) return ['no structure tree'];
  const faults: string[] = [];
  const parents = new Map<number, PDFObject>();
  const nums = root.lookup(name('ParentTree'), PDFDict).lookup(name('Nums'), PDFArray);
  for (let n = 0; n < nums.size(); n += 2) parents.set(nums.lookup(n, PDFNumber).asNumber(), nums.get(n + 1));
  const named = new Set<string>();
  const ids: string[] = [];

  const keyOf = (holder: PDFObject | undefined, key: string): number | null => {
    const value = holder instanceof PDFDict ? holder.lookup(name(key)) : undefined;
    return value instanceof PDFNumber ? value.asNumber() : null;
  };
  const mark = (element: PDFRef, page: PDFObject | undefined, mcid: number) => {
    const key = keyOf(page instanceof PDFRef ? context.lookup(page) : page, 'StructParents');
    const list = key === null ? undefined : context.lookup(parents.get(key) as PDFRef);
    if (!(list instanceof PDFArray) || list.get(mcid) !== element) faults.push(`mark ${String(page)}/${mcid} leads to another element`);
    named.add(`${key}/${mcid}`);
  };
  const annotation = (element: PDFRef, object: PDFObject | undefined) => {
    const key = keyOf(object, 'StructParent');
    if (key === null || parents.get(key) !== element) faults.push('an annotation that leads to another element');
  };
  const walk = (kid: PDFObject | undefined, parent: PDFRef, page: PDFObject | undefined): void => {
    if (kid instanceof PDFNumber) return mark(parent, page, kid.asNumber());
    if (kid instanceof PDFArray) return kid.asArray().forEach((one) => walk(one, parent, page));
    const found = kid instanceof PDFRef ? context.lookup(kid) : kid;
    if (found instanceof PDFArray) return walk(found, parent, page);
    if (!(found instanceof PDFDict)) return void faults.push(`a kid that is nothing: ${String(kid)}`);
    const type = found.lookup(name('Type'));
    const ownPage = found.get(name('Pg')) ?? page;
    if (type === name('MCR')) return mark(parent, ownPage, found.lookup(name('MCID'), PDFNumber).asNumber());
    if (type === name('OBJR')) return annotation(parent, found.lookup(name('Obj')));
    if (found.get(name('P')) !== parent) faults.push(`${String(found.get(name('S')))} does not know its parent`);
    ids.push(...[found.lookup(name('ID'))].flatMap((id) => (id ? [String(id)] : [])));
    if (kid instanceof PDFRef && found.has(name('K'))) walk(found.get(name('K')), kid, ownPage);
  };
  const rootRef = catalog.get(name('StructTreeRoot')) as PDFRef;
  walk(root.get(name('K')), rootRef, undefined);

  for (const [key, value] of parents) {
    const list = context.lookup(value as PDFRef);
    if (!(list instanceof PDFArray)) continue;
    list.asArray().forEach((element, mcid) => {
      if (element instanceof PDFRef && !named.has(`${key}/${mcid}`)) faults.push(`mark ${key}/${mcid} is named by no element`);
    });
  }
  if (new Set(ids).size < ids.length) faults.push('an ID that stands twice');
  const keys = document.getPages().map((page) => keyOf(page.node, 'StructParents'));
  if (new Set(keys).size < keys.length) faults.push('two pages of one number');
  return faults;
}
