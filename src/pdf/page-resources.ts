import { decodePDFRawStream, PDFArray, PDFDict, PDFName, type PDFObject, PDFRawStream, PDFRef, PDFStream } from '@cantoo/pdf-lib';
import type { PdfCopier } from './pdf-copier.ts';

const name = (text: string): PDFName => PDFName.of(text);
const RESOURCES = name('Resources');
/** Resources that may hold what is shown or read of other pages: only what a page names of them goes with it. */
const perPage = ['XObject', 'Properties', 'Pattern', 'Shading'].map(name);
const depthMax = 20;

/** Copies the resources of a page without what only other pages use: programs often give all pages the same ones. */
export function copyResources(copier: PdfCopier, resources: PDFDict, contents: PDFObject | undefined): PDFDict {
  return copyUsed({ copier, forms: new Set(), depth: 0 }, resources, namesIn(resources, contents));
}

interface Copying {
  readonly copier: PdfCopier;
  readonly forms: Set<PDFRef>;
  readonly depth: number;
}

function copyUsed(copying: Copying, resources: PDFDict, used: ReadonlySet<string>): PDFDict {
  const copy = copying.copier.dictionary(resources, new Set(perPage));
  for (const kind of perPage) {
    const all = resources.lookup(kind);
    if (!(all instanceof PDFDict)) continue;
    const some = copying.copier.dictionary(all, new Set(all.keys()));
    for (const [key, value] of all.entries()) {
      if (!used.has(key.decodeText())) continue;
      copyForm(copying, value);
      some.set(key, copying.copier.value(value));
    }
    copy.set(kind, some);
  }
  return copy;
}

/** A drawing within the page has resources of its own, which may be those of all pages again. */
function copyForm({ copier, forms, depth }: Copying, value: PDFObject): void {
  if (!(value instanceof PDFRef) || forms.has(value) || depth > depthMax) return;
  const form = copier.lookupOld(value);
  if (!(form instanceof PDFRawStream)) return;
  const resources = form.dict.lookup(RESOURCES);
  if (!(resources instanceof PDFDict)) return;
  forms.add(value);
  const dict = copier.dictionary(form.dict, new Set([RESOURCES]));
  dict.set(RESOURCES, copyUsed({ copier, forms, depth: depth + 1 }, resources, namesIn(resources, form)));
  copier.take(value, PDFRawStream.of(dict, form.contents));
}

/** Every name in the operators of a page; those of drawings without resources of their own too, which use the page's. */
function namesIn(resources: PDFDict, contents: PDFObject | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  const waiting: (PDFObject | undefined)[] = [contents];
  const forms = resources.lookup(name('XObject'));
  const seen = new Set<PDFObject>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const object = resources.context.lookup(next);
    if (!object || seen.has(object)) continue;
    seen.add(object);
    if (object instanceof PDFArray) waiting.push(...object.asArray());
    if (!(object instanceof PDFStream)) continue;
    for (const [, written = ''] of textOf(object).matchAll(/\/([^\s/<>[\](){}%]+)/g)) {
      const found = PDFName.of(written).decodeText();
      names.add(found);
      const form = forms instanceof PDFDict ? forms.lookup(name(found)) : undefined;
      if (form instanceof PDFStream && !form.dict.has(RESOURCES) && form.dict.lookup(name('Subtype')) === name('Form')) waiting.push(form);
    }
  }
  return names;
}

function textOf(stream: PDFStream): string {
  const bytes = stream instanceof PDFRawStream ? decodePDFRawStream(stream).decode() : stream.getContents();
  return Buffer.from(bytes).toString('latin1');
}
