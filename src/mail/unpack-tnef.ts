import { composed } from './composed.ts';
import type { BodyText } from './body-text.ts';
import { codepageLabel } from './codepage-label.ts';
import { decodeCharset } from './decode-charset.ts';
import { decompressRtf } from './decompress-rtf.ts';
import type { MapiProperties, MapiProperty } from './mapi-properties.ts';
import { readRtf } from './read-rtf.ts';
import { tnefMeeting } from './tnef-meeting.ts';
import { readTnef, TnefDamaged, type Tnef, type TnefAttachment } from './tnef.ts';

/** What a winmail.dat holds. */
export interface UnpackedTnef {
  readonly body: BodyText;
  readonly files: readonly TnefFile[];
  /** The meeting that it asks for, cancels or answers, as iCalendar; null when it is none. */
  readonly calendar: Buffer | null;
}

/** One file of a winmail.dat. */
export interface TnefFile {
  /** Long name before short; "" when there is none. */
  readonly name: string;
  /** MIME type, lower case; "application/octet-stream" when there is none. */
  readonly type: string;
  readonly contentId: string | null;
  readonly bytes: Buffer;
}

/** Mails within mails within a winmail.dat are opened this deep. */
const embeddedDepthMax = 5;

const ids = {
  messageClass: 0x001a,
  body: 0x1000,
  rtfCompressed: 0x1009,
  bodyHtml: 0x1013,
  displayName: 0x3001,
  attachData: 0x3701,
  attachFilename: 0x3704,
  attachMethod: 0x3705,
  attachLongFilename: 0x3707,
  attachMimeTag: 0x370e,
  attachContentId: 0x3712,
  internetCodepage: 0x3fde,
  messageCodepage: 0x3ffd,
};

/** PR_ATTACH_METHOD: the attachment is a message (MS-OXCMSG 2.2.2.9). */
const embeddedMessageMethod = 5;
/** An object value begins with the 16 bytes of its interface's id (MS-OXTNEF 2.1.3.4). */
const interfaceIdBytes = 16;

/**
 * Unpacks a winmail.dat: files with their long names, and the body as HTML or text.
 * @param bytes all of it
 * @returns null when it is no TNEF or is cut off: files would be lost without a word. A message within is given as its
 *   text (a file .html or .txt) and its own files.
 */
export function unpackTnef(bytes: Buffer): UnpackedTnef | null {
  return unpackAtDepth(bytes, 0);
}

function unpackAtDepth(bytes: Buffer, depth: number): UnpackedTnef | null {
  try {
    const tnef = readTnef(bytes);
    const charset = messageCharset(tnef);
    const files = tnef.attachments.map((attachment) => attachmentFiles(attachment, charset, depth));
    if (files.some((each) => each === null)) return null;
    return { body: tnefBody(tnef, charset), files: files.flatMap((each) => each ?? []), calendar: calendarOf(tnef, charset) };
  } catch (error) {
    if (error instanceof TnefDamaged) return null;
    throw error;
  }
}

function calendarOf(tnef: Tnef, charset: string | null): Buffer | null {
  const textOf = (id: number) => textValue(tnef.properties.get(id), charset);
  return tnefMeeting({ messageClass: textOf(ids.messageClass) || tnef.messageClass, properties: tnef.properties, textOf });
}

function messageCharset(tnef: Tnef): string | null {
  const codepage = numberValue(tnef.properties, ids.messageCodepage);
  return tnef.charset ?? (codepage === null ? null : codepageLabel(codepage));
}

/** Null when an embedded message cannot be opened. */
function attachmentFiles(attachment: TnefAttachment, charset: string | null, depth: number): TnefFile[] | null {
  const properties = attachment.properties;
  const text = (id: number) => textValue(properties.get(id), charset);
  const name = attachmentName(attachment, charset);
  const object = properties.get(ids.attachData);
  const objectBytes = object?.type === 0x0d ? object.value.subarray(interfaceIdBytes) : object?.value;
  if (numberValue(properties, ids.attachMethod) === embeddedMessageMethod && objectBytes !== undefined) {
    return embeddedFiles(objectBytes, name, depth);
  }
  const contentId = text(ids.attachContentId).replace(/^<|>$/g, '');
  const type = text(ids.attachMimeTag).toLowerCase();
  return [{
    name,
    type: type === '' ? 'application/octet-stream' : type,
    contentId: contentId === '' ? null : contentId,
    bytes: [attachment.data, objectBytes].find((data) => (data?.length ?? 0) > 0) ?? Buffer.alloc(0),
  }];
}

function attachmentName(attachment: TnefAttachment, charset: string | null): string {
  const text = (id: number) => textValue(attachment.properties.get(id), charset);
  const title = attachment.title === null ? '' : cleanText(decodeCharset(attachment.title, charset));
  const name = text(ids.attachLongFilename) || text(ids.attachFilename) || title || text(ids.displayName);
  return composed(name);
}

function embeddedFiles(bytes: Buffer, name: string, depth: number): TnefFile[] | null {
  const inner = depth >= embeddedDepthMax ? null : unpackAtDepth(bytes, depth + 1);
  if (inner === null) return null;
  const { html, text } = inner.body;
  const stem = name === '' ? 'besked' : name;
  const letter = html !== null
    ? [{ name: `${stem}.html`, type: 'text/html', contentId: null, bytes: Buffer.from(`\uFEFF${html}`) }]
    : text !== null
      ? [{ name: `${stem}.txt`, type: 'text/plain', contentId: null, bytes: Buffer.from(text.text) }]
      : [];
  return [...letter, ...inner.files];
}

/** HTML before RTF before plain text: the first is what the writer saw. */
function tnefBody(tnef: Tnef, charset: string | null): BodyText {
  const html = htmlValue(tnef, charset);
  const plain = tnef.body === null ? null : cleanText(decodeCharset(tnef.body, charset));
  const text = plain ?? (textValue(tnef.properties.get(ids.body), charset) || null);
  const rtf = html === null ? rtfValue(tnef.properties.get(ids.rtfCompressed)) : null;
  const chosen = rtf?.kind === 'text' ? rtf.text : text;
  return {
    html: html ?? (rtf?.kind === 'html' ? rtf.html : null),
    text: chosen === null || chosen.trim() === '' ? null : { text: chosen, flowed: false, delSp: false },
  };
}

function htmlValue(tnef: Tnef, charset: string | null): string | null {
  const property = tnef.properties.get(ids.bodyHtml);
  if (property === undefined) return null;
  const codepage = numberValue(tnef.properties, ids.internetCodepage);
  const label = codepage === null ? charset : codepageLabel(codepage);
  const html = property.type === 0x1f ? textValue(property, null) : cleanText(decodeCharset(property.value, label));
  return html.trim() === '' ? null : html;
}

function rtfValue(property: MapiProperty | undefined): ReturnType<typeof readRtf> | null {
  const rtf = property === undefined ? null : decompressRtf(property.value);
  return rtf === null ? null : readRtf(rtf);
}

function numberValue(properties: MapiProperties, id: number): number | null {
  const property = properties.get(id);
  return property === undefined || property.type !== 3 ? null : property.value.readUInt32LE(0);
}

function textValue(property: MapiProperty | undefined, charset: string | null): string {
  if (property?.type === 0x1f) return cleanText(decodeCharset(property.value, 'utf-16le'));
  if (property?.type === 0x1e || property?.type === 0x102) return cleanText(decodeCharset(property.value, charset));
  return '';
}

/** Strings end in a NUL. */
function cleanText(text: string): string {
  return text.replace(/\0[^]*$/, '');
}
