/**
 * What a look at the bytes of one attachment found. Made by `mail/inspect-attachment` on the server (and by the pane
 * in the browser), judged by `domain/attachment-limits`: the facts need libraries, the judgement must not.
 */
export interface AttachmentFacts {
  /** The name as the mail gave it, decoded, before any repair; "" when the mail gave none. */
  readonly name: string;
  /** The MIME type that the mail claimed, lower case, without parameters. */
  readonly declaredType: string;
  /** Size in bytes after transfer decoding. */
  readonly bytes: number;
  /** MIME type found in the content; null when the content shows none (plain text, csv, html, ics, unknown). */
  readonly detectedType: string | null;
  /** File extension (lower case, no dot) that belongs to `detectedType`; null when there is none. */
  readonly detectedExtension: string | null;
  /** True when the bytes read as text (UTF-8, UTF-16 with a byte order mark, or Latin-1 without NUL and control signs). */
  readonly readsAsText: boolean;
  readonly hasMacros: boolean;
  /** Needs a password to open (PDF, Office, zip). */
  readonly encrypted: boolean;
  /** Carries scripts or launch actions (PDF JavaScript, /Launch), or is an executable under another name. */
  readonly active: boolean;
  /** Claims a format that its bytes do not hold together as: a cut PDF, a broken zip. */
  readonly damaged: boolean;
  /** A winmail.dat that could not be unpacked. */
  readonly unreadableTnef: boolean;
  /** Paths of MemoHeader.json / MemoHeaderInfo.json files found in or as this attachment, e.g. "arkiv.zip/MemoHeader.json"; empty when none. */
  readonly memoHeaderPaths: readonly string[];
}
