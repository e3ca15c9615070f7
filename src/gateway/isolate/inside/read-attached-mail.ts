import type { ParsedMail } from '../../../mail/mail.ts';
import { mailBytes, parseMail } from '../../../mail/parse-mail.ts';

/** A mail that is a file, with its attachments. */
export interface AttachedMail {
  readonly mail: ParsedMail<unknown>;
  readonly files: readonly { readonly name: string; readonly declaredType: string; readonly bytes: Uint8Array }[];
}

/** Reads a mail that is held whole. Throws MailUnreadable over a limit. */
export async function readAttachedMail(bytes: Uint8Array): Promise<AttachedMail> {
  const contents = new Map<number, Uint8Array[]>();
  const mail = await parseMail(mailBytes(bytes), {
    open({ index }) {
      const pieces: Uint8Array[] = [];
      contents.set(index, pieces);
      return { write: (piece) => void pieces.push(Uint8Array.from(piece)), end: () => null };
    },
  });
  const files = mail.attachments.map(({ index, name, declaredType }) => ({
    name, declaredType, bytes: Buffer.concat(contents.get(index) ?? []),
  }));
  return { mail, files };
}
