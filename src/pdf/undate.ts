/**
 * Takes the dates out of a PDF of Typst's: the same letter must be the same file, byte for byte, so that what was
 * previewed is what is sent. Typst will not write PDF/A without a date, but neither PDF/A-2 (ISO 19005-2, 6.6.3: what
 * Info and XMP both say must agree) nor PDF/UA-1 asks for one, and an invented date would be a lie in the file.
 *
 * In and out: a whole PDF, of the same length, for blanks stand where the dates were. Throws where they are not found.
 */
export function undate(pdf: Uint8Array): Uint8Array {
  const bytes = Buffer.from(pdf);
  const metadataAt = bytes.lastIndexOf('/Type /Metadata');
  for (const key of ['/ModDate (D:', '/CreationDate (D:']) blank(bytes, key, ')', metadataAt);
  for (const name of ['xmp:ModifyDate', 'xmp:CreateDate', 'xmpMM:History']) blank(bytes, `<${name}>`, `</${name}>`, bytes.length);
  return bytes;
}

/** Blanks the last piece from `open` to `close` that begins before a place. */
function blank(bytes: Buffer, open: string, close: string, before: number): void {
  const from = before < 0 ? -1 : bytes.lastIndexOf(open, before);
  const to = from < 0 ? -1 : bytes.indexOf(close, from);
  if (to < 0) throw new Error('unknown PDF layout');
  bytes.fill(' ', from, to + close.length);
}
