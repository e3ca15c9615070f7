import type { AttachmentInfo, AttachmentSink, AttachmentWriter } from './attachment-sink.ts';
import type { ParsedAttachment } from './mail.ts';

/** What a file is, beside what the sink is told of it. */
export interface AttachmentMarks {
  readonly disposition: ParsedAttachment['disposition'];
  readonly fromTnef: boolean;
  readonly unreadableTnef: boolean;
}

/** Passes one file on to the sink, counting it. */
export class AttachmentReceiver<T> {
  readonly #info: AttachmentInfo;
  readonly #marks: AttachmentMarks;
  readonly #writer: AttachmentWriter<T>;
  #bytes = 0;

  /** Opens the file at the sink. */
  constructor(sink: AttachmentSink<T>, info: AttachmentInfo, marks: AttachmentMarks) {
    this.#info = info;
    this.#marks = marks;
    this.#writer = sink.open(info);
  }

  write(bytes: Buffer): void | Promise<void> {
    this.#bytes += bytes.length;
    return this.#writer.write(bytes);
  }

  async end(): Promise<ParsedAttachment<T>> {
    const facts = await this.#writer.end();
    return { ...this.#info, ...this.#marks, usedInBody: false, bytes: this.#bytes, facts };
  }
}
