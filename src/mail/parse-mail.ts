import type { AttachmentSink } from './attachment-sink.ts';
import { ContentKey } from './content-key.ts';
import type { MailAddress, ParsedMail, HeaderField } from './mail.ts';
import { defaultMailLimits, type MailLimits } from './mail-limits.ts';
import { fieldValue } from './mime-part.ts';
import { parseAddresses } from './parse-addresses.ts';
import { PartReader } from './part-reader.ts';
import { readSubject } from './read-subject.ts';
import { MimeSplitter } from './split-mime.ts';

/** Blocks handed to the splitter: small chunks are gathered to at least this many bytes, … */
const blockBytesMin = 32_768;
/** … and large ones cut to at most this many. */
const blockBytesMax = 262_144;

/**
 * Reads a mail (RFC 5322, MIME) as people and programs send it, mending what can be mended. Nothing but the body text
 * and the images it may show is held in memory; files go to the sink while the mail streams by.
 * @param raw the mail's bytes, cut anywhere; the chunks must not change afterwards
 * @param sink takes the files; reading waits for it
 * @param limits what differs from `defaultMailLimits`
 * @throws MailUnreadable over a limit; what the sink or the source throws. Nothing else: there is no malformed mail.
 */
export async function parseMail<T>(
  raw: AsyncIterable<Uint8Array>, sink: AttachmentSink<T>, limits: Partial<MailLimits> = {},
): Promise<ParsedMail<T>> {
  const allLimits = { ...defaultMailLimits, ...limits };
  const contentKey = new ContentKey(allLimits);
  const parts = new PartReader<T>(sink, allLimits);
  const splitter = new MimeSplitter(allLimits, parts.count, null);
  for await (const block of inBlocks(raw)) {
    contentKey.update(block);
    await parts.take(splitter.push(block));
  }
  await parts.take(splitter.finish());
  const content = await parts.finish();
  return { ...readMailHeaders(parts.rootHeaders, allLimits.addressTokensMax), ...content, contentKey: contentKey.digest() };
}

/** Makes one mail's bytes a source for `parseMail`. */
export async function* mailBytes(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function* inBlocks(raw: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let gathered: Buffer[] = [];
  let length = 0;
  for await (const chunk of raw) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    gathered.push(bytes);
    length += bytes.length;
    if (length < blockBytesMin) continue;
    yield* cut(gathered);
    gathered = [];
    length = 0;
  }
  yield* cut(gathered);
}

function* cut(gathered: readonly Buffer[]): Generator<Buffer> {
  const all = gathered.length === 1 ? (gathered[0] as Buffer) : Buffer.concat(gathered);
  for (let at = 0; at < all.length; at += blockBytesMax) yield all.subarray(at, at + blockBytesMax);
}

type MailHeaders = Pick<
  ParsedMail,
  | 'headers' | 'from' | 'sender' | 'to' | 'cc' | 'replyTo' | 'subject' | 'messageId' | 'date' | 'autoSubmitted'
  | 'receivedCount'
>;

function readMailHeaders(headers: readonly HeaderField[], addressTokensMax: number): MailHeaders {
  const count = (name: string) => headers.filter((field) => field.name === name).length;
  const addresses = (name: string): readonly MailAddress[] =>
    headers
      .filter((field) => field.name === name)
      .flatMap((field) => parseAddresses(field.value, addressTokensMax).addresses)
      .map(({ name: displayName, address }) => ({ name: displayName, address }));
  return {
    headers,
    from: { headerCount: count('from'), addresses: addresses('from') },
    sender: addresses('sender'),
    to: addresses('to'),
    cc: addresses('cc'),
    replyTo: addresses('reply-to'),
    subject: readSubject(headers),
    messageId: fieldValue(headers, 'message-id') || null,
    date: readDate(fieldValue(headers, 'date')),
    autoSubmitted: isAutoSubmitted(fieldValue(headers, 'auto-submitted')),
    receivedCount: count('received'),
  };
}

function readDate(written: string | null): Date | null {
  if (written === null) return null;
  const date = new Date(written.replace(/\([^()]*\)/g, ' ').trim());
  return Number.isNaN(date.getTime()) ? null : date;
}

/** RFC 3834 5: anything but "no" was not written by a person. */
function isAutoSubmitted(written: string | null): boolean {
  return written !== null && !/^no\b/i.test(written.trim());
}
