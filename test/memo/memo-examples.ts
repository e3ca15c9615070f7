import assert from 'node:assert/strict';
import type { Action, Memo, MemoFile } from '../../src/memo/memo.ts';
import { contentOf } from './memo-arbitrary.ts';

/** A small message, with what a test wants different. */
export function exampleMemo(different: { version?: Memo['version']; header?: object; body?: object | null } = {}): Memo {
  return {
    version: different.version ?? '1.2',
    header: {
      messageType: 'DIGITALPOST',
      messageUUID: '8c2ea15d-61fb-4ba9-9366-42f8b194c114',
      label: 'Pladsanvisning',
      reply: false,
      sender: { id: '35833684', idType: 'CVR', label: 'Eksempel Kommune' },
      recipient: { id: '1234567890', idType: 'CPR' },
      ...different.header,
    },
    body: different.body === null ? null : {
      createdDateTime: new Date('2025-05-03T12:00:00.750Z'),
      mainDocument: { files: [exampleFile('brev.pdf', Buffer.from('%PDF-1.7 prøve'))] },
      additionalDocuments: [],
      technicalDocuments: [],
      ...different.body,
    },
  };
}

/** A meeting as a caseworker's invitation has it, with signs of all kinds. */
export const exampleAppointment: Action = {
  label: 'Mødeindkaldelse',
  actionCode: 'AFTALE',
  startDateTime: new Date('2026-12-01T08:00:00Z'),
  endDateTime: new Date('2026-12-01T09:30:00Z'),
  reservation: {
    description: 'Samtale om <barselsorlov> & løn\r\nHusk lægeerklæring 😀',
    reservationUUID: '3c2ea15d-61fb-4ba9-9366-42f8b194c114',
    abstract: 'Samtale',
    location: 'Rådhuset, lokale Ø2',
    startDateTime: new Date('2026-12-01T08:00:00Z'),
    endDateTime: new Date('2026-12-01T09:30:00Z'),
    organizerMail: 'sagsbehandler@kommune.example',
    organizerName: 'Åse Sørensen',
  },
};

/** A message with that meeting on its letter, and a shorter one on its attachment. */
export function appointmentMemo(version: Memo['version']): Memo {
  const { description, reservationUUID, abstract, location, startDateTime, endDateTime } = exampleAppointment.reservation ?? assert.fail();
  const least = { description, reservationUUID, abstract, location, startDateTime, endDateTime };
  const letter = exampleFile('brev.pdf', Buffer.from('%PDF-1.7 brev'));
  const attachment = exampleFile('bilag.pdf', Buffer.from('%PDF-1.7 bilag'));
  return exampleMemo({
    version,
    body: {
      mainDocument: { label: 'Brev', files: [letter], actions: [exampleAppointment] },
      additionalDocuments: [{ files: [attachment], actions: [{ label: 'Møde', actionCode: 'AFTALE', reservation: least }] }],
    },
  });
}

export function exampleFile(filename: string, bytes: Uint8Array, chunkBytes?: number): MemoFile {
  return { encodingFormat: 'application/pdf', filename, language: 'da', content: contentOf(bytes, chunkBytes) };
}

/** The bytes in chunks of so many. */
export async function* inChunks(bytes: Uint8Array | string, chunkBytes = 65_536): AsyncGenerator<Uint8Array> {
  const all = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  for (let at = 0; at < all.length; at += chunkBytes) yield all.subarray(at, at + chunkBytes);
}

export async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const collected: Uint8Array[] = [];
  for await (const chunk of chunks) collected.push(chunk);
  return Buffer.concat(collected);
}
