import { PDFArray, PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { FileFault } from './file-fault.ts';

export type PdfPart = { readonly title: string; readonly bytes: Uint8Array };

const name = (text: string): PDFName => PDFName.of(text);

/** Opens a PDF whose pages are to stand in another file. Throws FileFault for one that is broken, locked, or would lose fields. */
export async function openPdf(part: PdfPart): Promise<PDFDocument> {
  const source = await PDFDocument.load(part.bytes, { updateMetadata: false }).catch((error: unknown) => {
    throw unreadable(part, error);
  });
  const form = readable(part, () => source.catalog.lookup(name('AcroForm')));
  const fields = form instanceof PDFDict ? form.lookup(name('Fields')) : undefined;
  if (fields instanceof PDFArray && fields.size() > 0) {
    throw new FileFault(`»${part.title}« har felter eller en underskrift, som ville gå tabt. Vedhæft den for sig.`);
  }
  return source;
}

/** A reading that fails says that the part is broken, in whatever way it is. */
export function readable<T>(part: PdfPart, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof FileFault ? error : unreadable(part, error);
  }
}

function unreadable({ title }: PdfPart, cause: unknown): FileFault {
  return new FileFault(`»${title}« kan ikke læses. Åbn den, gem den på ny som PDF, og prøv igen.`, { cause });
}

/** The structure root; null where the PDF is not tagged. */
export function structureOf(source: PDFDocument): PDFDict | null {
  const root = source.catalog.lookup(name('StructTreeRoot'));
  return root instanceof PDFDict ? root : null;
}
