import { readMapiProperties, type MapiProperties } from './mapi-properties.ts';
import { codepageLabel } from './codepage-label.ts';

/**
 * The attributes of a TNEF stream (MS-OXTNEF), read but not yet understood: what `unpack-tnef` makes files of.
 */
export interface Tnef {
  /** Charset label of one-byte strings; null when the stream names none that we know. */
  readonly charset: string | null;
  /** attMessageClass; "" when the stream has none. */
  readonly messageClass: string;
  /** attBody: the plain text. */
  readonly body: Buffer | null;
  readonly properties: MapiProperties;
  readonly attachments: readonly TnefAttachment[];
}

/** One attachment's attributes. */
export interface TnefAttachment {
  /** attAttachTitle: the short name, in one-byte signs. */
  readonly title: Buffer | null;
  /** attAttachData. */
  readonly data: Buffer | null;
  readonly properties: MapiProperties;
}

/** Thrown where the bytes are no TNEF, or are cut off. */
export class TnefDamaged extends Error {}

const signature = 0x223e9f78;
const streamHeadBytes = 6;
const attributeHeadBytes = 9;
const checksumBytes = 2;
const attachmentsMax = 1000;

const attributes = {
  messageClass: 0x8008,
  body: 0x800c,
  attachTitle: 0x8010,
  attachData: 0x800f,
  attachRenderData: 0x9002,
  messageProperties: 0x9003,
  attachProperties: 0x9005,
  oemCodepage: 0x9007,
};

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * Reads a TNEF stream.
 * @param bytes all of it; the result shares its memory
 * @throws TnefDamaged when it is none, or ends within an attribute; what follows the last attribute is ignored
 */
export function readTnef(bytes: Buffer): Tnef {
  if (bytes.length < streamHeadBytes || bytes.readUInt32LE(0) !== signature) throw new TnefDamaged('no TNEF signature');
  const message: Mutable<Omit<Tnef, 'attachments'>> = { charset: null, messageClass: '', body: null, properties: new Map() };
  const attachments: Mutable<TnefAttachment>[] = [];
  let at = streamHeadBytes;
  while (at + attributeHeadBytes <= bytes.length) {
    const level = bytes[at];
    // Level 1 is the message, 2 an attachment; anything else is no attribute, and some writers leave such a tail.
    if (level !== 1 && level !== 2) break;
    const data = attributeData(bytes, at);
    const id = bytes.readUInt16LE(at + 1);
    if (level === 2) readAttachmentAttribute(attachments, id, data);
    else readMessageAttribute(message, id, data);
    at += attributeHeadBytes + data.length + checksumBytes;
  }
  if (at === streamHeadBytes && bytes.length > streamHeadBytes) throw new TnefDamaged('no attribute');
  return { ...message, attachments };
}

function attributeData(bytes: Buffer, at: number): Buffer {
  const length = bytes.readUInt32LE(at + 5);
  const start = at + attributeHeadBytes;
  if (start + length > bytes.length) throw new TnefDamaged('attribute goes beyond the end');
  return bytes.subarray(start, start + length);
}

function readMessageAttribute(message: Mutable<Omit<Tnef, 'attachments'>>, id: number, data: Buffer): void {
  if (id === attributes.oemCodepage && data.length >= 4) message.charset = codepageLabel(data.readUInt32LE(0));
  else if (id === attributes.messageClass) message.messageClass = data.toString('latin1', 0, 256);
  else if (id === attributes.body) message.body = data;
  else if (id === attributes.messageProperties) message.properties = readMapiProperties(data);
}

function readAttachmentAttribute(attachments: Mutable<TnefAttachment>[], id: number, data: Buffer): void {
  if (id === attributes.attachRenderData || attachments.length === 0) {
    if (attachments.length >= attachmentsMax) throw new TnefDamaged('too many attachments');
    attachments.push({ title: null, data: null, properties: new Map() });
  }
  const attachment = attachments.at(-1);
  if (attachment === undefined) return;
  if (id === attributes.attachTitle) attachment.title = data;
  else if (id === attributes.attachData) attachment.data = data;
  else if (id === attributes.attachProperties) attachment.properties = readMapiProperties(data);
}
