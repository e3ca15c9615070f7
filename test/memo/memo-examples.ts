import type { Memo, MemoFile } from '../../src/memo/memo.ts';
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
