import type { AttachmentInfo, AttachmentSink } from '../../mail/attachment-sink.ts';
import { parseMail } from '../../mail/parse-mail.ts';

/** What a page shows of a mail. */
export interface ReadableMail {
  readonly text: string | null;
  readonly html: string | null;
  readonly files: readonly { readonly index: number; readonly name: string }[];
}

/** A file of a mail, whole; mails of an exercise are small, and a larger one is downloaded as .eml. */
export interface MailFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

const FILE_BYTES_MAX = 30_000_000;

/** Reads a mail for showing; null when it goes beyond the limits of reading. */
export async function readMail(chunks: AsyncIterable<Uint8Array>): Promise<ReadableMail | null> {
  try {
    const mail = await parseMail(chunks, sinkFor(() => null));
    const files = mail.attachments.map(({ index, name }) => ({ index, name }));
    return { text: mail.text?.text ?? null, html: mail.html, files };
  } catch {
    return null;
  }
}

/** The attachment at `index`, as `readMail` numbers them; null when there is none, or it is too large to hold. */
export async function openMailFile(chunks: AsyncIterable<Uint8Array>, index: number): Promise<MailFile | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const keep = (bytes: Uint8Array): void => {
    size += bytes.length;
    if (size <= FILE_BYTES_MAX) pieces.push(Uint8Array.from(bytes));
  };
  try {
    const mail = await parseMail(chunks, sinkFor((info) => (info.index === index ? keep : null)));
    const found = mail.attachments.find((file) => file.index === index);
    if (!found || size > FILE_BYTES_MAX) return null;
    return { name: found.name, type: found.declaredType, content: Buffer.concat(pieces) };
  } catch {
    return null;
  }
}

/** Hands the bytes of each file to what `choose` answers for it; null: they are let go. */
function sinkFor(choose: (info: AttachmentInfo) => ((bytes: Uint8Array) => void) | null): AttachmentSink<null> {
  return {
    open: (info) => {
      const keep = choose(info);
      return { write: (bytes) => keep?.(bytes), end: async () => null };
    },
  };
}
