import { codepageLabel } from './codepage-label.ts';
import { composed } from './composed.ts';
import { type CompoundEntry, type CompoundFile, openCompoundFile } from './compound-file.ts';
import { decodeCharset } from './decode-charset.ts';
import { decompressRtf } from './decompress-rtf.ts';
import type { InlineImage, MailText } from './mail.ts';
import type { MailFile, MailFileAttachment } from './mail-file.ts';
import { readRtf } from './read-rtf.ts';
import { shownContentIds } from './shown-content-ids.ts';

const ids = {
  subject: '0037', submitTime: '0039', senderName: '0C1A', senderEmail: '0C1F', displayCc: '0E03', displayTo: '0E04',
  deliveryTime: '0E06', body: '1000', rtfCompressed: '1009', bodyHtml: '1013', attachData: '3701', displayName: '3001',
  attachFilename: '3704', attachLongFilename: '3707', attachMimeTag: '370E', attachContentId: '3712', senderSmtp: '5D01',
  internetCodepage: '3FDE', messageCodepage: '3FFD',
} as const;

const bytesMax = 160_000_000;
const bodyBytesMax = 10_000_000;
/** Messages within messages are opened this deep. */
const embeddedDepthMax = 5;

/**
 * Reads an Outlook message file ([MS-OXMSG]; ids of [MS-OXPROPS]): who, to whom, when, body as HTML (also out of RTF) or
 * text, attachments with their long names.
 * @returns null when the bytes are no compound file, or hold no message
 */
export function readOutlookMessage(bytes: Buffer): MailFile | null {
  const file = openCompoundFile(bytes);
  const root = file?.entries[0];
  return file && root ? readMessage(file, root, 0) : null;
}

function readMessage(file: CompoundFile, storage: CompoundEntry, depth: number): MailFile | null {
  // The root's property list begins with 32 bytes of its own, an embedded message's with 24 ([MS-OXMSG] 2.4.1).
  const children = file.children(storage);
  if (!children.some(({ name }) => name.toLowerCase() === propertyList)) return null;
  const properties = openProperties(file, children, depth === 0 ? 32 : 24);
  const attachments = children.filter(({ kind, name }) => kind === 'storage' && name.startsWith('__attach_version1.0_'))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const body = bodyOf(properties);
  const shown = shownContentIds(body.html ?? '');
  const read = attachments.map((entry) => readAttachment(file, entry, { shown, depth }));
  const sender = properties.text(ids.senderSmtp) || properties.text(ids.senderEmail);
  const name = properties.text(ids.senderName);
  return {
    subject: composed(properties.text(ids.subject)),
    // An address of Exchange's own ("/O=…") says nothing to anybody.
    from: !sender.includes('@') || sender === name ? name || sender : name === '' ? sender : `${name} <${sender}>`,
    to: properties.text(ids.displayTo),
    cc: properties.text(ids.displayCc),
    date: properties.time(ids.submitTime) ?? properties.time(ids.deliveryTime),
    ...body,
    images: read.flatMap((one) => (one.kind === 'image' ? [one.image] : [])),
    files: read.flatMap((one) => (one.kind === 'file' ? [one.file] : [])),
    messages: read.flatMap((one) => (one.kind === 'message' ? [one.message] : [])),
  };
}

type ReadAttachment =
  | { readonly kind: 'image'; readonly image: InlineImage }
  | { readonly kind: 'file'; readonly file: MailFileAttachment }
  | { readonly kind: 'message'; readonly message: MailFile }
  | { readonly kind: 'none' };

/** Where an attachment stands: what the text shows of pictures, and how many messages are around it. */
interface Around {
  readonly shown: ReadonlySet<string>;
  readonly depth: number;
}

function readAttachment(file: CompoundFile, storage: CompoundEntry, inside: Around): ReadAttachment {
  const children = file.children(storage);
  const objectName = `__SUBSTG1.0_${ids.attachData}000D`;
  const embedded = children.find(({ kind, name }) => kind === 'storage' && name.toUpperCase() === objectName);
  if (embedded) {
    const message = inside.depth < embeddedDepthMax ? readMessage(file, embedded, inside.depth + 1) : null;
    return message ? { kind: 'message', message } : { kind: 'none' };
  }
  const properties = openProperties(file, children, 8);
  const data = properties.bytes(ids.attachData, '0102', bytesMax);
  if (!data) return { kind: 'none' };
  const text = (id: string) => properties.text(id);
  const name = composed(text(ids.attachLongFilename) || text(ids.attachFilename) || text(ids.displayName));
  const type = text(ids.attachMimeTag).toLowerCase();
  const contentId = text(ids.attachContentId).replace(/^<|>$/g, '');
  const isShown = contentId !== '' && inside.shown.has(contentId.toLowerCase());
  return isShown ? { kind: 'image', image: { contentId, type, bytes: data } } : { kind: 'file', file: { name, type, bytes: data } };
}

/** The properties of one storage. */
interface Properties {
  bytes(id: string, type: string, max: number): Buffer | null;
  /** Unicode, or in the message's code page; "" when there is none. */
  text(id: string): string;
  number(id: string): number | null;
  time(id: string): Date | null;
}

const textBytesMax = 1_000_000;

const propertyList = '__properties_version1.0';

function openProperties(file: CompoundFile, children: readonly CompoundEntry[], headBytes: number): Properties {
  const list = children.find(({ name }) => name.toLowerCase() === propertyList);
  const fixed = fixedValues(list ? file.read(list, textBytesMax).subarray(headBytes) : Buffer.alloc(0));
  const byName = new Map(children.map((entry) => [entry.name.toUpperCase(), entry]));
  const bytes = (id: string, type: string, max: number): Buffer | null => {
    const entry = byName.get(`__SUBSTG1.0_${id}${type}`);
    return entry?.kind === 'stream' ? file.read(entry, max) : null;
  };
  const number = (id: string): number | null => fixed.get(`${id}0003`)?.readUInt32LE(0) ?? null;
  const codepage = number(ids.messageCodepage) ?? number(ids.internetCodepage);
  const charset = codepage === null ? null : codepageLabel(codepage);
  return {
    bytes,
    text(id) {
      const max = id === ids.body ? bodyBytesMax : textBytesMax;
      const wide = bytes(id, '001F', max);
      const narrow = wide === null ? bytes(id, '001E', max) : null;
      const text = wide?.toString('utf16le') ?? (narrow === null ? '' : decodeCharset(narrow, charset));
      return text.replace(/\0[^]*$/, '').toWellFormed();
    },
    number,
    time(id) {
      const value = fixed.get(`${id}0040`);
      return value ? fromFileTime(value) : null;
    },
  };
}

/** By id and type as 8 hex digits; 16 bytes each: type and id, flags, value ([MS-OXMSG] 2.4.2). */
function fixedValues(list: Buffer): ReadonlyMap<string, Buffer> {
  const values = new Map<string, Buffer>();
  for (let at = 0; at + 16 <= list.length; at += 16) {
    values.set(list.readUInt32LE(at).toString(16).toUpperCase().padStart(8, '0'), list.subarray(at + 8, at + 16));
  }
  return values;
}

/** Tenths of microseconds since 1601. */
function fromFileTime(value: Buffer): Date | null {
  const date = new Date(Number(value.readBigUInt64LE(0) / 10_000n) - 11_644_473_600_000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1980 ? null : date;
}

function bodyOf(properties: Properties): { readonly html: string | null; readonly text: MailText | null } {
  const codepage = properties.number(ids.internetCodepage);
  const raw = properties.bytes(ids.bodyHtml, '0102', bodyBytesMax);
  const html = raw === null ? properties.text(ids.bodyHtml) : decodeCharset(raw, codepage === null ? null : codepageLabel(codepage));
  const rtf = html.trim() === '' ? rtfOf(properties) : null;
  const plain = properties.text(ids.body);
  const text = plain === '' && rtf?.kind === 'text' ? rtf.text : plain;
  return {
    html: html.trim() !== '' ? html.replace(/\0+$/, '') : rtf?.kind === 'html' ? rtf.html : null,
    text: text.trim() === '' ? null : { text, flowed: false, delSp: false },
  };
}

function rtfOf(properties: Properties): ReturnType<typeof readRtf> | null {
  const packed = properties.bytes(ids.rtfCompressed, '0102', bodyBytesMax);
  const rtf = packed === null ? null : decompressRtf(packed);
  return rtf === null ? null : readRtf(rtf);
}
