import { existsSync, readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { AttachmentSink } from '../../src/mail/attachment-sink.ts';
import { ContentKey } from '../../src/mail/content-key.ts';
import type { ParsedMail } from '../../src/mail/mail.ts';
import { defaultMailLimits, type MailLimits } from '../../src/mail/mail-limits.ts';
import { parseMail } from '../../src/mail/parse-mail.ts';
import { PartReader } from '../../src/mail/part-reader.ts';
import { MimeSplitter } from '../../src/mail/split-mime.ts';

/** Keeps each file's bytes as its facts. */
export const keepingSink: AttachmentSink<Buffer> = {
  open: () => {
    const pieces: Buffer[] = [];
    return { write: (bytes) => void pieces.push(Buffer.from(bytes)), end: () => Buffer.concat(pieces) };
  },
};

/** Reads a mail written as a text or bytes; cut into chunks of `chunkBytes` where that is given. */
export function readMail(
  mail: string | Buffer, limits: Partial<MailLimits> = {}, chunkBytes = Number.POSITIVE_INFINITY,
): Promise<ParsedMail<Buffer>> {
  const bytes = typeof mail === 'string' ? Buffer.from(mail) : mail;
  return parseMail(inChunks(bytes, chunkBytes), keepingSink, limits);
}

async function* inChunks(bytes: Buffer, chunkBytes: number): AsyncGenerator<Uint8Array> {
  const step = Math.min(chunkBytes, Math.max(bytes.length, 1));
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

/** Lines joined as mail has them. */
export function lines(...all: readonly string[]): string {
  return all.join('\r\n');
}

const dataUrl = new URL('../../../shared/data/mime/', import.meta.url);

/** Path of a folder of the third-party corpora; null where it is not on this machine. */
export function corpusFolder(name: string): string | null {
  const path = fileURLToPath(new URL(name, dataUrl));
  return existsSync(path) ? path : null;
}

/** All files below a folder, in order. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((path) => statSync(path).isFile())
    .toSorted();
}

/** Reads a mail with the splitter fed pieces of exactly these sizes in turn, past the gathering that `parseMail` does. */
export async function readInPieces(bytes: Buffer, sizes: readonly number[]) {
  const reader = new PartReader(keepingSink, defaultMailLimits);
  const splitter = new MimeSplitter(defaultMailLimits, reader.count, null);
  const key = new ContentKey(defaultMailLimits);
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const piece = bytes.subarray(at, at + (sizes[turn % sizes.length] ?? 1));
    key.update(piece);
    await reader.take(splitter.push(piece));
    at += piece.length;
  }
  await reader.take(splitter.finish());
  return { headers: reader.rootHeaders, ...(await reader.finish()), contentKey: key.digest() };
}
