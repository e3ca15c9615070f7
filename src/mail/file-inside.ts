/** A file found inside another: an archive, a mail, a document. */
export interface FileInside {
  /** As it stands there, with its folders; "" when it has none. */
  readonly name: string;
  readonly bytes: Uint8Array;
}
