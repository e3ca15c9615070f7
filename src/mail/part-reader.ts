import type { AttachmentReceiver } from './attachment-receiver.ts';
import type { AttachmentSink } from './attachment-sink.ts';
import { ByteCollector } from './collect-bytes.ts';
import { decodeBodyPiece } from './decode-body.ts';
import { transferDecoder, type TransferDecoder } from './decode-transfer.ts';
import type { HeaderField } from './mail.ts';
import { MailContent, type MailParts } from './mail-content.ts';
import type { MailLimits } from './mail-limits.ts';
import { fieldValue, type MimePart } from './mime-part.ts';
import { partInfo, partMarks, partReceiver, type PartReceiver } from './part-receivers.ts';
import { partRole } from './part-role.ts';
import { SignedDataReader } from './signed-data.ts';
import { MimeSplitter, type MimeEvent, type PartCount } from './split-mime.ts';

interface OpenPart {
  readonly decoder: TransferDecoder;
  readonly receiver: PartReceiver;
  hasChildren: boolean;
}

/** Leads each part of a mail to what takes it: body, file, image, winmail.dat, or the mail inside a signature. */
export class PartReader<T> {
  /** Shared by all splitters of the mail. */
  readonly count: PartCount = { parts: 0 };
  rootHeaders: readonly HeaderField[] = [];
  readonly #content: MailContent<T>;
  readonly #open = new Map<MimePart, OpenPart>();
  #hasLeaf = false;

  constructor(sink: AttachmentSink<T>, limits: MailLimits) {
    this.#content = new MailContent(sink, limits);
  }

  /** Takes what the splitter found; settles when the sink has taken its share. */
  async take(events: readonly MimeEvent[]): Promise<void> {
    for (const event of events) {
      if (event.kind === 'open') this.#openPart(event.part);
      else if (event.kind === 'close') await this.#closePart(event.part);
      else {
        const waiting = this.#takeBody(event.part, event.bytes);
        // Most sinks take a piece at once; waiting a turn for each would cost more than the piece.
        if (waiting !== undefined) await waiting;
      }
    }
  }

  /** Puts the mail together, after the last event. */
  finish(): Promise<MailParts<T>> {
    return this.#content.finish();
  }

  #openPart(part: MimePart): void {
    const above = part.parent === null ? undefined : this.#open.get(part.parent);
    if (above === undefined) this.rootHeaders = part.headers;
    else above.hasChildren = true;
    if (part.type === 'multipart/signed') this.#content.signed = 'detached';
    const decoder = transferDecoder(part.encoding);
    this.#open.set(part, { decoder, receiver: this.#receiver(part), hasChildren: false });
  }

  #receiver(part: MimePart): PartReceiver {
    if (part.type.startsWith('multipart/')) return new EmptyMultipartReceiver(this.#content, part, this);
    const role = partRole(part, !this.#hasLeaf);
    if (role === 'pkcs7') return new Pkcs7Receiver(this.#content, part, this);
    this.#hasLeaf = true;
    return partReceiver(this.#content, part, role);
  }

  #takeBody(part: MimePart, bytes: Buffer): void | Promise<void> {
    const open = this.#open.get(part);
    const decoded = open?.decoder.write(bytes);
    return decoded === undefined || decoded.length === 0 ? undefined : open?.receiver.write(decoded);
  }

  async #closePart(part: MimePart): Promise<void> {
    const open = this.#open.get(part);
    if (open === undefined) return;
    const isContainer = open.hasChildren && part.type.startsWith('multipart/');
    if (!isContainer) {
      const rest = open.decoder.end();
      if (rest.length > 0) await open.receiver.write(rest);
      await open.receiver.end();
    }
    this.#open.delete(part);
  }
}

/** A multipart in which no part was found: its boundary is wrong, or it is encoded itself, against RFC 2045 6.4. */
class EmptyMultipartReceiver<T> implements PartReceiver {
  readonly #content: MailContent<T>;
  readonly #part: MimePart;
  readonly #reader: PartReader<T>;
  readonly #collector: ByteCollector;

  constructor(content: MailContent<T>, part: MimePart, reader: PartReader<T>) {
    this.#content = content;
    this.#part = part;
    this.#reader = reader;
    this.#collector = new ByteCollector(content.bodyBudget);
  }

  write(bytes: Buffer): void {
    this.#collector.add(bytes);
  }

  async end(): Promise<void> {
    const bytes = this.#collector.take();
    const isEncoded = this.#part.encoding === 'base64' || this.#part.encoding === 'quoted-printable';
    if (isEncoded && this.#part.boundary !== null && bytes.includes(`--${this.#part.boundary}`)) {
      const splitter = new MimeSplitter(this.#content.limits, this.#reader.count, this.#part);
      const type = `Content-Type: ${fieldValue(this.#part.headers, 'content-type') ?? ''}\r\n\r\n`;
      await this.#reader.take(splitter.push(Buffer.concat([Buffer.from(type), bytes])));
      await this.#reader.take(splitter.finish());
      return;
    }
    this.#content.warn('a multipart holds no part; its content was read as text');
    this.#content.addPiece(decodeBodyPiece(this.#part, 'text', bytes));
  }
}

/** S/MIME: signed-data is opened and its content read as part of the mail; all else stays a file. */
class Pkcs7Receiver<T> implements PartReceiver {
  readonly #content: MailContent<T>;
  readonly #part: MimePart;
  readonly #reader: PartReader<T>;
  readonly #signedData = new SignedDataReader();
  #splitter: MimeSplitter | null = null;
  #file: AttachmentReceiver<T> | null = null;

  constructor(content: MailContent<T>, part: MimePart, reader: PartReader<T>) {
    this.#content = content;
    this.#part = part;
    this.#reader = reader;
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.#file !== null) {
      await this.#file.write(bytes);
      return;
    }
    for (const piece of this.#signedData.push(bytes)) await this.#reader.take(this.#inner().push(piece));
    if (this.#signedData.state === 'other') await this.#openFile();
  }

  async end(): Promise<void> {
    if (this.#splitter !== null) await this.#reader.take(this.#splitter.finish());
    else if (this.#file === null) await this.#openFile();
    if (this.#file !== null) await this.#content.endFile(this.#file);
    if (this.#splitter !== null && this.#signedData.state !== 'done') this.#content.warn('signed content is cut off');
  }

  #inner(): MimeSplitter {
    this.#content.signed = 'opaque';
    return (this.#splitter ??= new MimeSplitter(this.#content.limits, this.#reader.count, this.#part));
  }

  async #openFile(): Promise<void> {
    this.#file = this.#content.openFile(this.#content.nextInfo(partInfo(this.#part)), partMarks(this.#part));
    await this.#file.write(this.#signedData.takeHeld());
  }
}
