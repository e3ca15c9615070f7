import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { AttachmentFacts } from '../../src/domain/attachment-facts.ts';
import { openInspection } from '../../src/mail/inspect-attachment.ts';
import { parseMail } from '../../src/mail/parse-mail.ts';
import { writeMemo } from '../../src/memo/write-memo.ts';

/** What the bench asks this process to do, over and over, as the gateway asks a child. */
export interface ConvertJob {
  readonly mailFile: string;
  readonly memoFile: string;
}

// Stands for the store: the attachments lie here between reading and writing.
const store = Buffer.alloc(104_857_600);

const READ_BYTES = 262_144;
const WRITE_BYTES = 1_048_576;

process.on('message', ({ mailFile, memoFile }: ConvertJob) => {
  void convertMail(mailFile, memoFile).then(() => process.send?.('done'));
});

/** Makes the MeMo of a mail, file to file, as the gateway does it: read, inspected, hashed, written. */
async function convertMail(mailFile: string, memoFile: string): Promise<void> {
  let stored = 0;
  const places: number[] = [];
  const mail = await parseMail<AttachmentFacts>(createReadStream(mailFile, { highWaterMark: READ_BYTES }), {
    open({ index, name, declaredType }) {
      places[index] = stored;
      const inspection = openInspection({ name, declaredType });
      return {
        write(bytes) {
          inspection.write(bytes);
          store.set(bytes, stored);
          stored += bytes.length;
        },
        end: () => inspection.end(),
      };
    },
  });
  const files = mail.attachments.map(({ index, name, bytes }) => ({
    encodingFormat: 'application/pdf', filename: name, language: 'da',
    content: { bytes, open: () => [store.subarray(places[index] ?? 0, (places[index] ?? 0) + bytes)] },
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
