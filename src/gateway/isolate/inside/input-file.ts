import type { AttachmentFacts } from '../../../domain/attachment-facts.ts';
import type { FileKind } from '../../../domain/attachment-mending.ts';

/** A file to be mended, looked into. */
export interface InputFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
  readonly facts: AttachmentFacts;
  readonly kind: FileKind;
}

/** A file that came of it. */
export interface OutputFile {
  readonly name: string;
  /** MIME type; "" where its name and content tell it. */
  readonly type: string;
  readonly bytes: Uint8Array;
  /** What was lost on the way, in Danish. */
  readonly remarks: readonly string[];
}
