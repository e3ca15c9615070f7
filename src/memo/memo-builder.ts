import { leafValue } from './leaf-value.ts';
import type { Memo, MemoFault, MemoVersion, MessageBody, MessageHeader, ReadFile } from './memo.ts';
import { messageFields, namespaceOfPrefix, type SchemaField } from './memo-schema.ts';
import { MemoUnreadable } from './memo-unreadable.ts';
import type { XmlElement, XmlEvents } from './xml-scanner.ts';

/** Which file a content belongs to, told before its first byte. */
export interface ContentStart {
  readonly document: 'main' | 'additional' | 'technical';
  /** Place of the document among those of its kind, from 0. */
  readonly index: number;
  /** Place of the file in its document, from 0. */
  readonly fileIndex: number;
  readonly encodingFormat: string;
  readonly filename: string;
  readonly language: string;
}

/** Takes the bytes of one file as they come; null: they are not wanted (their number is counted all the same). */
export type ContentSink = ((bytes: Uint8Array) => void | Promise<void>) | null;

/**
 * Builds the message from the events of its XML, guided by the schema table. Mild where a value is plain enough:
 * unknown elements are passed over, wrong order and lengths are told as faults. MemoUnreadable where it is not.
 */
export class MemoBuilder implements XmlEvents {
  /** The finished header as soon as it has ended. */
  header: MessageHeader | null = null;
  readonly faults: MemoFault[] = [];
  readonly #onContent: (start: ContentStart) => ContentSink;
  readonly #frames: Frame[] = [];
  #version: MemoVersion = '1.2';
  #message: Values | null = null;
  #sink: ContentSink = null;
  #contentBytes = 0;

  constructor(onContent: (start: ContentStart) => ContentSink) {
    this.#onContent = onContent;
  }

  open(element: XmlElement): boolean {
    const parent = this.#frames.at(-1);
    if (parent === undefined) {
      this.#openMessage(element);
      return false;
    }
    const field = this.#place(parent, element);
    this.#frames.push(new Frame(field));
    if (field?.type !== 'content') return false;
    this.#contentBytes = 0;
    this.#sink = this.#onContent(this.#contentStart());
    return true;
  }

  text(text: string): void {
    const frame = this.#frames.at(-1);
    if (frame !== undefined && frame.field !== null && frame.fields === null) frame.text += text;
  }

  content(bytes: Buffer): void | Promise<void> {
    this.#contentBytes += bytes.length;
    return this.#sink?.(bytes);
  }

  close(): void {
    const frame = this.#frames.pop();
    const parent = this.#frames.at(-1);
    if (frame === undefined) return;
    if (parent === undefined) this.#message = this.#finishGroup(frame, messageField) ?? null;
    else if (frame.field !== null) this.#store(parent, frame.field, frame);
  }

  /** The whole message, when the XML has ended. */
  finish(): Memo<ReadFile> {
    const body = this.#message?.['body'] ?? null;
    if (this.header === null) throw new MemoUnreadable('missing', 'memo:MessageHeader');
    return { version: this.#version, header: this.header, body: body as MessageBody<ReadFile> | null };
  }

  #openMessage(element: XmlElement): void {
    if (element.name !== 'Message' || element.namespace !== namespaceOfPrefix.get('memo')) {
      throw new MemoUnreadable('not-memo', '');
    }
    const version = versions.get(Number(element.attribute('memoVersion') ?? NaN));
    if (version === undefined) throw new MemoUnreadable('version', '');
    this.#version = version;
    const hasSchemaVersion = element.attribute('memoSchVersion') !== null;
    if (version === '1.1' && !hasSchemaVersion) this.#fault('memoSchVersion mangler, og det skal MeMo 1.1 have');
    if (version === '1.2' && hasSchemaVersion) this.#fault('memoSchVersion findes ikke i MeMo 1.2');
    this.#frames.push(new Frame(messageField));
  }

  /** Finds what an element is; null when it is to be passed over. */
  #place(parent: Frame, element: XmlElement): SchemaField | null {
    if (parent.field === null) return null;
    const index = positions(parent.fields ?? []).get(qualified(element)) ?? -1;
    const field = parent.fields?.[index];
    if (field === undefined) {
      this.#fault(`${parent.field.tag} har et element, der ikke findes i MeMo`);
      return null;
    }
    if (index < parent.position) this.#fault(`${field.tag} står ikke på sin plads i rækkefølgen`);
    parent.position = Math.max(parent.position, index);
    if (field.only12 && this.#version === '1.1') this.#fault(`${field.tag} findes ikke i MeMo 1.1`);
    this.#count(parent, field);
    return field;
  }

  #count(parent: Frame, field: SchemaField): void {
    const count = (parent.counts.get(field.key) ?? 0) + 1;
    parent.counts.set(field.key, count);
    if (field.countMax === null && count > 1) throw new MemoUnreadable('duplicate', field.tag);
    if (field.countMax !== null && count > field.countMax) this.#fault(`${field.tag} står over ${field.countMax} gange`);
  }

  #store(parent: Frame, field: SchemaField, frame: Frame): void {
    if (field.type === 'content') {
      parent.values['bytes'] = this.#contentBytes;
      return;
    }
    const value = typeof field.type === 'string' ? this.#finishLeaf(frame, field) : this.#finishGroup(frame, field);
    if (value === undefined) return;
    if (field.countMax === null) parent.values[field.key] = value;
    else parent.list(field.key).push(value);
    if (field.key === 'header') this.header = value as unknown as MessageHeader;
  }

  #finishLeaf(frame: Frame, field: SchemaField): unknown {
    const type = field.type;
    if (typeof type !== 'string' || type === 'content') return undefined;
    const { value, fault } = leafValue(frame.text, type, this.#version);
    if (fault !== null) this.#fault(`${field.tag} ${fault}`);
    if (value === undefined && field.required) throw new MemoUnreadable('value', field.tag);
    return value;
  }

  /** A group that lacks something is left out where it may be, else the message cannot be read. */
  #finishGroup(frame: Frame, field: SchemaField): Values | undefined {
    const missing = frame.fields?.find((child) => child.required && !frame.counts.has(child.key));
    if (missing !== undefined) {
      if (field.required || field.key === 'body') throw new MemoUnreadable('missing', missing.tag);
      this.#fault(`${missing.tag} mangler i ${field.tag}`);
      return undefined;
    }
    if (this.#version === '1.1' && field.key === 'header') this.#demandFlags(frame);
    return { ...absentValues[field.key], ...frame.values };
  }

  #demandFlags(frame: Frame): void {
    for (const flag of ['mandatory', 'legalNotification']) {
      if (!frame.counts.has(flag)) this.#fault(`memo:${flag} mangler, og det skal MeMo 1.1 have`);
    }
  }

  #contentStart(): ContentStart {
    const [body, document, file] = this.#frames.slice(-4, -1);
    const description = fileDescription(file?.values ?? {});
    if (body === undefined || !document?.field || description === null) {
      throw new MemoUnreadable('missing', 'filens navn, type og sprog før dens indhold');
    }
    const key = document.field.key;
    const index = (body.counts.get(key) ?? 1) - 1;
    const fileIndex = (document.counts.get('files') ?? 1) - 1;
    return { document: documentKinds[key] ?? 'main', index, fileIndex, ...description };
  }

  #fault(text: string): void {
    if (this.faults.length < faultsMax) this.faults.push({ code: 'schema', text });
  }
}

type Values = Record<string, unknown>;

function fileDescription(values: Values): Pick<ReadFile, 'encodingFormat' | 'filename' | 'language'> | null {
  const { encodingFormat, filename, language } = values;
  if (typeof encodingFormat !== 'string' || typeof filename !== 'string' || typeof language !== 'string') return null;
  return { encodingFormat, filename, language };
}

/** An element that is open. `field` null: it is passed over, with all that is in it. */
class Frame {
  readonly field: SchemaField | null;
  readonly fields: readonly SchemaField[] | null;
  readonly values: Values = {};
  readonly counts = new Map<string, number>();
  position = 0;
  text = '';

  constructor(field: SchemaField | null) {
    this.field = field;
    this.fields = field === null || typeof field.type === 'string' ? null : field.type;
  }

  list(key: string): unknown[] {
    const list = this.values[key];
    if (Array.isArray(list)) return list;
    const started: unknown[] = [];
    this.values[key] = started;
    return started;
  }
}

const messageField: SchemaField = {
  key: 'message', tag: 'memo:Message', type: messageFields, required: true, countMax: null, only12: false,
};

/** memoVersion is an xs:decimal, so that 1.10 is 1.1. */
const versions: ReadonlyMap<number, MemoVersion> = new Map([[1.1, '1.1'], [1.2, '1.2']]);

const documentKinds: Readonly<Record<string, ContentStart['document']>> = {
  additionalDocuments: 'additional', technicalDocuments: 'technical',
};

/** Values that stand for what was left out. */
const absentValues: Readonly<Record<string, Values>> = {
  header: { reply: false },
  body: { additionalDocuments: [], technicalDocuments: [] },
};

/** A message with more breaches is no better described by naming them all. */
const faultsMax = 100;

const positionsOfFields = new WeakMap<readonly SchemaField[], ReadonlyMap<string, number>>();

function positions(fields: readonly SchemaField[]): ReadonlyMap<string, number> {
  const known = positionsOfFields.get(fields);
  if (known !== undefined) return known;
  const made = new Map(fields.map((field, index) => [field.tag, index]));
  positionsOfFields.set(fields, made);
  return made;
}

const prefixOfNamespace: ReadonlyMap<string, string> = new Map(
  [...namespaceOfPrefix].map(([prefix, namespace]) => [namespace, prefix]),
);

/** The name with the official prefix, whatever prefix the document uses. */
function qualified(element: XmlElement): string {
  return `${prefixOfNamespace.get(element.namespace) ?? '?'}:${element.name}`;
}
