const pdfuaid = 'http://www.aiim.org/pdfua/ns/id/';

// PDF/A demands that every XMP schema it does not know is described in the file itself (ISO 19005-2, 6.6.2.3).
const extensionSchema =
  '<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>' +
  `<pdfaSchema:namespaceURI>${pdfuaid}</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>` +
  '<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal' +
  '</pdfaProperty:category><pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed' +
  '</pdfaProperty:description><pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer' +
  '</pdfaProperty:valueType></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>';
const schemasEnd = '</rdf:Bag></pdfaExtension:schemas>';
const metadataEnd = '</rdf:Description></rdf:RDF>';

/**
 * Makes a tagged PDF/A-2a of Typst's a PDF/UA-1 as well: says so in the XMP (ISO 14289-1, 5) and sets
 * DisplayDocTitle (7.1). Typst 0.14 writes one standard at a time; everything else that PDF/UA asks it has written.
 *
 * In and out: the bytes of a whole PDF. Only the tail is rewritten: metadata and catalog are the last two objects, the
 * xref is a classic table. Throws where the file is not laid out so; the caller then keeps the plain PDF/A-2a.
 */
export function uaStamp(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  const xrefAt = bytes.lastIndexOf('\nxref\n') + 1;
  const trailerAt = bytes.indexOf('trailer\n', xrefAt);
  const metadataAt = objectStart(bytes, bytes.lastIndexOf('/Type /Metadata'));
  if (xrefAt <= 0 || trailerAt < 0 || metadataAt < 0 || metadataAt > xrefAt) throw new Error('unknown PDF layout');
  const metadata = stampMetadata(bytes.subarray(metadataAt, xrefAt).toString('latin1'));
  const offsets = bytes.subarray(xrefAt, trailerAt).toString('latin1');
  const trailer = bytes.subarray(trailerAt).toString('latin1');
  const body = Buffer.from(metadata.text, 'latin1');
  const newXrefAt = metadataAt + body.length;
  const xref = moveObject(offsets, metadata.catalogWasAt + metadataAt, metadata.catalogAt + metadataAt);
  const end = replaceOnce(trailer, /startxref\n\d+\n/, `startxref\n${newXrefAt}\n`);
  return Buffer.concat([bytes.subarray(0, metadataAt), body, Buffer.from(xref + end, 'latin1')]);
}

function objectStart(bytes: Buffer, inside: number): number {
  if (inside < 0) return -1;
  const objAt = bytes.lastIndexOf(' 0 obj\n', inside);
  return objAt < 0 ? -1 : bytes.lastIndexOf('\n', objAt) + 1;
}

/** Rewrites metadata and catalog, the two objects that `tail` holds; says where in it the catalog was and is. */
function stampMetadata(tail: string): { text: string; catalogWasAt: number; catalogAt: number } {
  if (tail.includes(pdfuaid)) throw new Error('stamped already');
  const catalogWasAt = catalogIn(tail);
  const stream = /\/Length (\d+)([^]*?stream\n)([^]*?)(\nendstream)/;
  let text = replaceOnce(tail, stream, (...groups) => {
    const [, length = '', head = '', xmp = '', end = ''] = groups;
    if (Number(length) !== xmp.length) throw new Error('unknown PDF metadata');
    const described = replaceOnce(xmp, schemasEnd, extensionSchema + schemasEnd);
    const named = replaceOnce(described, metadataEnd,
      `<pdfuaid:part xmlns:pdfuaid="${pdfuaid}">1</pdfuaid:part>${metadataEnd}`);
    return `/Length ${named.length}${head}${named}${end}`;
  });
  text = replaceOnce(text, /\/ViewerPreferences <<\n/, '/ViewerPreferences <<\n    /DisplayDocTitle true\n');
  return { text, catalogWasAt, catalogAt: catalogIn(text) };
}

function catalogIn(tail: string): number {
  const typeAt = tail.lastIndexOf('/Type /Catalog');
  const objAt = tail.lastIndexOf(' 0 obj\n', typeAt);
  if (typeAt < 0 || objAt <= 0) throw new Error('unknown PDF layout');
  return tail.lastIndexOf('\n', objAt) + 1;
}

function moveObject(xref: string, from: number, to: number): string {
  const entry = (offset: number): string => `\n${String(offset).padStart(10, '0')} 00000 n`;
  return replaceOnce(xref, entry(from), entry(to));
}

function replaceOnce(
  text: string, part: string | RegExp, by: string | ((...groups: string[]) => string),
): string {
  // A replacement given as a function is taken as it is: `$` in a title means nothing.
  const replaced = text.replace(part, typeof by === 'string' ? () => by : by);
  if (replaced === text) throw new Error('unknown PDF layout');
  return replaced;
}
