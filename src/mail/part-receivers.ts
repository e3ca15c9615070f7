import type { AttachmentReceiver, AttachmentMarks } from './attachment-receiver.ts';
import type { AttachmentInfo } from './attachment-sink.ts';
import { ByteCollector } from './collect-bytes.ts';
import { decodeBodyPiece } from './decode-body.ts';
import { readHeaderField, scanHeaderFields } from './header-fields.ts';
import type { MailContent } from './mail-content.ts';
import { isWithin, type MimePart } from './mime-part.ts';
import { imageType, type PartRole } from './part-role.ts';
import { readSubject } from './read-subject.ts';
import { unpackTnef } from './unpack-tnef.ts';

/** Takes one part's decoded bytes. */
export interface PartReceiver {
  write(bytes: Buffer): void | Promise<void>;
  end(): void | Promise<void>;
}

/** A mail within the mail is searched for its subject this far. */
const subjectSearchBytesMax = 131_072;

/** Makes the receiver of a leaf. Its role decides; S/MIME that may hold the mail itself is not made here. */
export function partReceiver<T>(content: MailContent<T>, part: MimePart, role: Exclude<PartRole, 'pkcs7'>): PartReceiver {
  switch (role) {
    case 'text':
    case 'html':
      return new BodyReceiver(content, part, role);
    case 'file':
      return isCalendar(part) ? new CalendarReceiver(content, part) : new FileReceiver(content, part);
    case 'message':
      return part.name === '' ? new MessageReceiver(content, part) : new FileReceiver(content, part);
    case 'image':
      return new ImageReceiver(content, part);
    case 'tnef':
      return new TnefReceiver(content, part);
    case 'dropped':
      return { write: () => undefined, end: () => undefined };
  }
}

/** What the sink is told of a part that becomes a file. */
export function partInfo(part: MimePart): Omit<AttachmentInfo, 'index'> {
  const name = part.name === '' && part.type === 'text/calendar' ? 'invitation.ics' : part.name;
  return { name, declaredType: part.type, contentId: part.contentId };
}

/** By type, and by name where the type says nothing (Google: application/ics). */
function isCalendar({ type, name }: MimePart): boolean {
  return type === 'text/calendar' || type === 'application/ics' || /\.ics$/i.test(name);
}

/** Marks of a file that stands in the mail itself. */
export function partMarks(part: MimePart): AttachmentMarks {
  return { disposition: part.disposition, fromTnef: false, unreadableTnef: false };
}

class BodyReceiver<T> implements PartReceiver {
  readonly #content: MailContent<T>;
  readonly #part: MimePart;
  readonly #kind: 'text' | 'html';
  readonly #collector: ByteCollector;

  constructor(content: MailContent<T>, part: MimePart, kind: 'text' | 'html') {
    this.#content = content;
    this.#part = part;
    this.#kind = kind;
    this.#collector = new ByteCollector(content.bodyBudget);
  }

  write(bytes: Buffer): void {
    this.#collector.add(bytes);
  }

  end(): void {
    this.#content.addPiece(decodeBodyPiece(this.#part, this.#kind, this.#collector.take()));
  }
}

class FileReceiver<T> implements PartReceiver {
  readonly #content: MailContent<T>;
  readonly #file: AttachmentReceiver<T>;

  constructor(content: MailContent<T>, part: MimePart) {
    this.#content = content;
    this.#file = content.openFile(content.nextInfo(partInfo(part)), partMarks(part));
  }

  write(bytes: Buffer): void | Promise<void> {
    return this.#file.write(bytes);
  }

  end(): Promise<void> {
    return this.#content.endFile(this.#file);
  }
}

/** A calendar is a file to the sink, and its bytes are kept: it may be the mail's own invitation. */
class CalendarReceiver<T> implements PartReceiver {
  readonly #content: MailContent<T>;
  readonly #part: MimePart;
  readonly #info: AttachmentInfo;
  readonly #file: AttachmentReceiver<T>;
  readonly #collector: ByteCollector;
  #fits = true;

  constructor(content: MailContent<T>, part: MimePart) {
    this.#content = content;
    this.#part = part;
    this.#info = content.nextInfo(partInfo(part));
    this.#file = content.openFile(this.#info, partMarks(part));
    this.#collector = new ByteCollector({ used: 0, max: content.limits.calendarBytesMax, code: 'body-too-large' });
  }

  write(bytes: Buffer): void | Promise<void> {
    this.#fits &&= this.#collector.fits(bytes);
    if (this.#fits) this.#collector.add(bytes);
    return this.#file.write(bytes);
  }

  async end(): Promise<void> {
    const { type, name, disposition, typeParameters, parent } = this.#part;
    const isBodyForm = isWithin(this.#part, 'multipart/alternative') || name === '' || parent === null;
    const bytes = this.#collector.take();
    this.#content.addCalendar({
      index: this.#info.index,
      inBody: type === 'text/calendar' && disposition !== 'attachment' && isBodyForm,
      disposition,
      method: typeParameters.get('method') ?? null,
      charset: typeParameters.get('charset') ?? null,
      bytes: this.#fits ? bytes : null,
    });
    await this.#content.endFile(this.#file);
  }
}

/** A mail within the mail takes its name from its own subject, so its header is looked at before it is handed on. */
class MessageReceiver<T> implements PartReceiver {
  readonly #content: MailContent<T>;
  readonly #part: MimePart;
  #head: Buffer = Buffer.alloc(0);
  #file: AttachmentReceiver<T> | null = null;

  constructor(content: MailContent<T>, part: MimePart) {
    this.#content = content;
    this.#part = part;
  }

  write(bytes: Buffer): void | Promise<void> {
    if (this.#file !== null) return this.#file.write(bytes);
    this.#head = Buffer.concat([this.#head, bytes]);
    const wholeLines = this.#head.subarray(0, this.#head.lastIndexOf(0x0a) + 1);
    const known = this.#head.length > subjectSearchBytesMax || this.#scan(wholeLines).endedBy !== 'bytes';
    return known ? this.#open().write(this.#head) : undefined;
  }

  async end(): Promise<void> {
    if (this.#file === null) await this.#open().write(this.#head);
    if (this.#file !== null) await this.#content.endFile(this.#file);
  }

  #scan(block: Buffer) {
    return scanHeaderFields(block, this.#content.limits.headerFieldsMax);
  }

  #open(): AttachmentReceiver<T> {
    const fields = this.#scan(this.#head.subarray(0, subjectSearchBytesMax)).fields;
    const subject = readSubject(fields.map((field) => readHeaderField(this.#head, field)));
    const info = { ...partInfo(this.#part), name: subject === '' ? '' : `${subject}.eml` };
    return (this.#file = this.#content.openFile(this.#content.nextInfo(info), partMarks(this.#part)));
  }
}

class ImageReceiver<T> implements PartReceiver {
  readonly #content: MailContent<T>;
  readonly #info: AttachmentInfo;
  readonly #marks: AttachmentMarks;
  readonly #collector: ByteCollector;
  #file: AttachmentReceiver<T> | null = null;

  constructor(content: MailContent<T>, part: MimePart) {
    this.#content = content;
    this.#info = content.nextInfo(partInfo(part));
    this.#marks = partMarks(part);
    this.#collector = new ByteCollector(content.imageBudget);
  }

  async write(bytes: Buffer): Promise<void> {
    if (this.#file === null && !this.#collector.fits(bytes) && this.#content.isKnownUnshown(this.#info.contentId ?? '')) {
      // No room to wait for more HTML, and what there is does not show it: an ordinary photo with a Content-ID.
      this.#file = this.#content.openFile(this.#info, this.#marks);
      await this.#file.write(this.#collector.release());
    }
    if (this.#file === null) this.#collector.add(bytes);
    else await this.#file.write(bytes);
  }

  async end(): Promise<void> {
    if (this.#file === null) this.#content.holdImage(this.#info, this.#marks, this.#collector.take());
    else await this.#content.endFile(this.#file);
  }
}

class TnefReceiver<T> implements PartReceiver {
  readonly #content: MailContent<T>;
  readonly #part: MimePart;
  readonly #collector: ByteCollector;

  constructor(content: MailContent<T>, part: MimePart) {
    this.#content = content;
    this.#part = part;
    this.#collector = new ByteCollector(content.tnefBudget);
  }

  write(bytes: Buffer): void {
    this.#collector.add(bytes);
  }

  async end(): Promise<void> {
    const bytes = this.#collector.take();
    const unpacked = unpackTnef(bytes);
    if (unpacked === null) {
      const marks = { ...partMarks(this.#part), unreadableTnef: true };
      await this.#content.addFile(this.#content.nextInfo(partInfo(this.#part)), marks, bytes);
      return;
    }
    this.#content.tnefBody ??= unpacked.body;
    if (unpacked.calendar !== null) {
      const inTnef = { index: null, inBody: true, disposition: null, method: null, charset: 'utf-8' };
      this.#content.addCalendar({ ...inTnef, bytes: unpacked.calendar });
    }
    for (const file of unpacked.files) {
      const info = this.#content.nextInfo({ name: file.name, declaredType: file.type, contentId: file.contentId });
      const marks = { disposition: null, fromTnef: true, unreadableTnef: false };
      const mayBeShown = file.contentId !== null && imageType(file.type, file.name) !== null;
      if (mayBeShown) this.#content.holdImage(info, marks, file.bytes);
      else await this.#content.addFile(info, marks, file.bytes);
    }
  }
}
