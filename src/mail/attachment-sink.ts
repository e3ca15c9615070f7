/** Where the files of a mail go while it is read: made by the caller, for instance to store and inspect them. */
export interface AttachmentSink<T> {
  /** Called once for each file, before its bytes. Files may be open side by side; close them only by `end`. */
  open(info: AttachmentInfo): AttachmentWriter<T>;
}

/** What is known of a file before its bytes; fields as in `ParsedAttachment`. */
export interface AttachmentInfo {
  readonly index: number;
  readonly name: string;
  readonly declaredType: string;
  readonly contentId: string | null;
}

/** Takes one file. Reading waits for each promise, so that memory stays flat when the store is slow. */
export interface AttachmentWriter<T> {
  /** @param bytes decoded; the memory is the writer's to keep */
  write(bytes: Uint8Array): void | Promise<void>;
  /** Ends the file. @returns what is kept as `facts` of the attachment */
  end(): T | Promise<T>;
}
