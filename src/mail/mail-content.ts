import { AttachmentReceiver, type AttachmentMarks } from './attachment-receiver.ts';
import type { AttachmentInfo, AttachmentSink } from './attachment-sink.ts';
import { joinBodyText, type BodyPiece, type BodyText } from './body-text.ts';
import { shownContentIds } from './shown-content-ids.ts';
import type { ByteBudget } from './collect-bytes.ts';
import type { CalendarPart, InlineImage, ParsedAttachment, ParsedMail } from './mail.ts';
import type { MailLimits } from './mail-limits.ts';
import { imageType } from './part-role.ts';

/** What a mail holds beside its header. */
export type MailParts<T> = Pick<
  ParsedMail<T>, 'text' | 'html' | 'inlineImages' | 'attachments' | 'calendars' | 'signed' | 'warnings'
>;

interface HeldImage {
  readonly info: AttachmentInfo;
  readonly marks: AttachmentMarks;
  readonly bytes: Buffer;
}

/** Gathers what the parts of one mail give, in the order they come, and puts it together at the end. */
export class MailContent<T> {
  readonly limits: MailLimits;
  readonly bodyBudget: ByteBudget;
  readonly imageBudget: ByteBudget;
  readonly tnefBudget: ByteBudget;
  signed: ParsedMail['signed'] = 'none';
  /** Body of a winmail.dat; counts only where the mail has no other. */
  tnefBody: BodyText | null = null;
  readonly #sink: AttachmentSink<T>;
  readonly #pieces: BodyPiece[] = [];
  readonly #held: HeldImage[] = [];
  readonly #attachments: ParsedAttachment<T>[] = [];
  readonly #inlineImages: InlineImage[] = [];
  readonly #calendars: CalendarPart[] = [];
  readonly #warnings = new Set<string>();
  readonly #shownSoFar = new Set<string>();
  #hasHtml = false;
  #nextIndex = 0;

  constructor(sink: AttachmentSink<T>, limits: MailLimits) {
    this.#sink = sink;
    this.limits = limits;
    this.bodyBudget = { used: 0, max: limits.bodyBytesMax, code: 'body-too-large' };
    this.imageBudget = { used: 0, max: limits.heldImageBytesMax, code: 'inline-images-too-large' };
    this.tnefBudget = { used: 0, max: limits.tnefBytesMax, code: 'tnef-too-large' };
  }

  /** Gives a file the next place among the attachments. */
  nextInfo(info: Omit<AttachmentInfo, 'index'>): AttachmentInfo {
    const index = this.#nextIndex;
    this.#nextIndex += 1;
    return { index, name: info.name, declaredType: info.declaredType, contentId: info.contentId };
  }

  /** Opens a file at the sink; end it with `endFile`. */
  openFile(info: AttachmentInfo, marks: AttachmentMarks): AttachmentReceiver<T> {
    return new AttachmentReceiver(this.#sink, info, marks);
  }

  async endFile(file: AttachmentReceiver<T>): Promise<void> {
    this.#attachments.push(await file.end());
  }

  /** Hands a file on whose bytes are all here. */
  async addFile(info: AttachmentInfo, marks: AttachmentMarks, bytes: Buffer): Promise<void> {
    const file = this.openFile(info, marks);
    await file.write(bytes);
    await this.endFile(file);
  }

  /** Holds an image back until it is known whether the HTML shows it. */
  holdImage(info: AttachmentInfo, marks: AttachmentMarks, bytes: Buffer): void {
    this.#held.push({ info, marks, bytes });
  }

  addCalendar(calendar: CalendarPart): void {
    if (this.#calendars.length < this.limits.calendarsMax) this.#calendars.push(calendar);
  }

  addPiece(piece: BodyPiece): void {
    this.#pieces.push(piece);
    if (piece.kind !== 'html') return;
    this.#hasHtml = true;
    for (const id of shownContentIds(piece.text)) this.#shownSoFar.add(id);
  }

  warn(warning: string): void {
    this.#warnings.add(warning);
  }

  /** True when there is HTML already and it does not show that image. */
  isKnownUnshown(contentId: string): boolean {
    return this.#hasHtml && !this.#shownSoFar.has(contentId.toLowerCase());
  }

  /** Puts the mail together; files that were held back go to the sink now. */
  async finish(): Promise<MailParts<T>> {
    const body = this.#body();
    const shown = body.html === null ? new Set<string>() : shownContentIds(body.html);
    for (const image of this.#held) {
      if (shown.has(image.info.contentId?.toLowerCase() ?? '')) this.#showImage(image);
      else await this.addFile(image.info, image.marks, image.bytes);
    }
    return {
      ...body,
      inlineImages: this.#inlineImages,
      attachments: this.#attachments.toSorted((one, other) => one.index - other.index),
      calendars: this.#calendars,
      signed: this.signed,
      warnings: [...this.#warnings],
    };
  }

  #body(): BodyText {
    const body = joinBodyText(this.#pieces);
    return body.text === null && body.html === null && this.tnefBody !== null ? this.tnefBody : body;
  }

  #showImage({ info, marks, bytes }: HeldImage): void {
    const type = imageType(info.declaredType, info.name) ?? info.declaredType;
    this.#inlineImages.push({ contentId: info.contentId ?? '', type, bytes });
    this.#attachments.push({ ...info, ...marks, usedInBody: true, bytes: bytes.length, facts: null });
  }
}
