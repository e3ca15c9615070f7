import fc from 'fast-check';
import type { Memo, MemoContent, MemoFile, MemoVersion, MessageBody, ReadFile, TechnicalDocument } from '../../src/memo/memo.ts';
import { messageFields, type LeafType, type SchemaField } from '../../src/memo/memo-schema.ts';

/**
 * Any message that the XSD allows, made from the writer's own table: each optional part there or not, texts of every
 * character that XML 1.0 can carry, contents of any bytes in chunks of any size.
 */
export function anyMemo(version: MemoVersion): fc.Arbitrary<Memo> {
  return anyGroup(messageFields, version).map((value) => {
    const { header, body = null } = value as unknown as { header: Memo['header']; body?: MessageBody };
    return { version, header: { ...header, reply: header.reply ?? false }, body: body === null ? null : whole(body) };
  });
}

/** Text of at most so many characters, control signs and characters outside the BMP among them. */
export function anyText(charactersMax: number): fc.Arbitrary<string> {
  const sign = fc.oneof(
    { weight: 5, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    { weight: 2, arbitrary: fc.constantFrom('<', '>', '&', ']]>', '"', "'", '\r', '\n', '\t', '\r\n', ' ', 'æ', 'Ø', 'å', '😀') },
    { weight: 3, arbitrary: fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }) },
  );
  return fc.array(sign, { maxLength: 40 }).map((signs) => [...withoutIllegal(signs.join(''))].slice(0, charactersMax).join(''));
}

/** What is left of a text when XML 1.0 has taken away what it cannot carry; written apart from the code under test. */
export function withoutIllegal(text: string): string {
  return [...text].filter((sign) => {
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x20) return code === 9 || code === 10 || code === 13;
    return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
  }).join('');
}

/** A content of these bytes, handed out in chunks of `chunkBytes`. */
export function contentOf(bytes: Uint8Array, chunkBytes = 65_536): MemoContent {
  return {
    bytes: bytes.length,
    *open() {
      for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
    },
  };
}

/** The message as a reader gives it back: sizes for contents, defaults in place, without what the version lacks. */
export function asRead(memo: Memo): Memo<ReadFile> {
  const { mandatory = false, legalNotification = false, ...rest } = memo.header;
  const header = memo.version === '1.1' ? { ...rest, mandatory, legalNotification } : memo.header;
  const body = memo.body && {
    ...memo.body,
    mainDocument: sizesOnly(memo.body.mainDocument),
    additionalDocuments: memo.body.additionalDocuments.map(sizesOnly),
    technicalDocuments: memo.body.technicalDocuments.map(sizesOnly),
  };
  return { version: memo.version, header, body };
}

export async function readAll(content: MemoContent): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.open()) chunks.push(Uint8Array.from(chunk));
  return Buffer.concat(chunks);
}

function sizesOnly<Document extends TechnicalDocument>(document: Document): Omit<Document, 'files'> & { files: ReadFile[] } {
  const sized = ({ content, ...file }: MemoFile): ReadFile => ({ ...file, bytes: content.bytes });
  return { ...document, files: document.files.map(sized) };
}

function whole(body: MessageBody): MessageBody {
  return { ...body, additionalDocuments: body.additionalDocuments ?? [], technicalDocuments: body.technicalDocuments ?? [] };
}

function anyGroup(fields: readonly SchemaField[], version: MemoVersion): fc.Arbitrary<Record<string, unknown>> {
  const known = fields.filter((field) => !(field.only12 && version === '1.1'));
  const shape = Object.fromEntries(known.map((field) => [field.key, anyField(field, version)]));
  const requiredKeys = known.filter((field) => field.required).map((field) => field.key);
  return fc.record(shape, { requiredKeys }).map((value) => {
    // The XSD lets an action have one of them.
    if (value['reservation'] !== undefined) delete value['entryPoint'];
    return { ...value };
  });
}

function anyField(field: SchemaField, version: MemoVersion): fc.Arbitrary<unknown> {
  const one = typeof field.type === 'string' ? anyLeaf[field.type] : anyGroup(field.type, version);
  return field.countMax === null ? one : fc.array(one, { minLength: 1, maxLength: Math.min(field.countMax, 3) });
}

const anyDate = fc.integer({ min: 0, max: 253_402_300_799 }).map((seconds) => new Date(seconds * 1000));
const anyUuid4 = fc.uuid({ version: 4 });

const anyLeaf: Readonly<Record<LeafType, fc.Arbitrary<unknown>>> = {
  text: anyText(256),
  comment: anyText(512),
  notification: anyText(150),
  uri: anyText(20).map((text) => `https://eksempel.example/${encodeURIComponent(text)}?a=1&b=2`.slice(0, 100).replace(/%.?$/, '')),
  uuid: anyUuid4,
  messageType: fc.constantFrom('DIGITALPOST', 'NEMSMS'),
  idType: fc.constantFrom('CPR', 'CVR'),
  language: fc.constantFrom('da', 'en'),
  licenseNumber: anyText(7),
  gln: fc.integer({ min: 0, max: 9_999_999_999_999 }).map(String),
  pNumber: fc.integer({ min: 0, max: 9_999_999_999 }).map(String),
  boolean: fc.boolean(),
  dateTime: anyDate,
  date: anyDate.map((date) => date.toISOString().slice(0, 10)),
  content: fc.tuple(fc.uint8Array({ maxLength: 200 }), fc.integer({ min: 1, max: 50 }))
    .map(([bytes, chunkBytes]) => contentOf(bytes, chunkBytes)),
};
