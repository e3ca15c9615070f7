import { open } from 'node:fs/promises';
import type { AttachmentFacts } from '../../src/domain/attachment-facts.ts';
import { openInspection } from '../../src/mail/inspect-attachment.ts';
import { parseMail } from '../../src/mail/parse-mail.ts';
import { writeMemo } from '../../src/memo/write-memo.ts';

const READ_BYTES = 262_144;

/** Makes the MeMo of a mail, file to file, as the gateway does it: read, inspected, hashed, written. */
export async function convertMail(mailFile: string, memoFile: string): Promise<void> {
  const contents: Uint8Array[][] = [];
  const mail = await parseMail<AttachmentFacts>(bytesOf(mailFile), {
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
  const out = await open(memoFile, 'w');
  for await (const chunk of memo.chunks()) await out.write(chunk);
  await out.close();
}

async function* bytesOf(file: string): AsyncGenerator<Buffer> {
  const from = await open(file);
  try {
    for (;;) {
      const { bytesRead, buffer } = await from.read(Buffer.allocUnsafeSlow(READ_BYTES), 0, READ_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await from.close();
  }
}
