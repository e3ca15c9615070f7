import { PDFName, PDFRawStream, type PDFDocument } from '@cantoo/pdf-lib';

const name = (text: string): PDFName => PDFName.of(text);

/** Whether a PDF says that it is PDF/UA-1. */
export function isDeclaredUa(source: PDFDocument): boolean {
  const metadata = source.catalog.lookup(name('Metadata'));
  const text = metadata instanceof PDFRawStream ? Buffer.from(metadata.getContents()).toString('latin1') : '';
  return /pdfuaid:part(?:>|="|[^>]{0,100}>)1/.test(text);
}

/** The metadata of a PDF that we write: its title, and PDF/UA-1 where it is. */
export function xmpOf(title: string, isUa: boolean): string {
  const escaped = title.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return (
    '<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">' +
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" ' +
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">' +
    `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escaped}</rdf:li></rdf:Alt></dc:title>` +
    `${isUa ? '<pdfuaid:part>1</pdfuaid:part>' : ''}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`
  );
}
