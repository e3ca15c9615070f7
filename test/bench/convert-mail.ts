import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { AttachmentFacts } from '../../src/domain/attachment-facts.ts';
import { openInspection } from '../../src/mail/inspect-attachment.ts';
import { parseMail } from '../../src/mail/parse-mail.ts';
import { writeMemo } from '../../src/memo/write-memo.ts';

const READ_BYTES = 262_144;
const WRITE_BYTES = 1_048_576;

/** Makes the MeMo of a mail, file to file, as the gateway does it: read, inspected, hashed, written. */
export async function convertMail(mailFile: string, memoFile: string): Promise<void> {
  const contents: Uint8Array[][] = [];
  const mail = await parseMail<AttachmentFacts>(createReadStream(mailFile, { highWaterMark: READ_BYTES }), {
    open({ index, name, declaredType }) {
      const pieces: Uint8Array[] = [];
      contents[index] = pieces;
      const inspection = openInspection({ name, declaredType });
      return {
        write(bytes) {
          inspection.write(bytes);
          pieces.push(bytes);
        },
        end: () => inspection.end(),
      };
    },
  });
  const files = mail.attachments.map(({ index, name, bytes }) => ({
    encodingFormat: 'application/pdf', filename: name, language: 'da',
    content: { bytes, open: () => contents[index] ?? [] },
  }));
  const memo = writeMemo({
    version: '1.2',
    header: {
      messageType: 'DIGITALPOST', messageUUID: '5b0a1c52-7d0e-4c39-9a6e-2f3f7c1d8e90', label: mail.subject,
      mandatory: false, legalNotification: false, reply: false,
      sender: { id: '35833684', idType: 'CVR', label: 'Eksempel Kommune' },
      recipient: { id: '1234567890', idType: 'CPR' },
    },
    body: {
      createdDateTime: new Date('2026-11-25T08:30:00Z'),
      mainDocument: { label: mail.subject, files: files.slice(0, 1) },
      additionalDocuments: files.slice(1).map((file) => ({ label: file.filename, files: [file] })),
      technicalDocuments: [],
    },
  });
  await pipeline(memo.chunks(), createWriteStream(memoFile, { highWaterMark: WRITE_BYTES }));
}
