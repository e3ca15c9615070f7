import type { Gateway } from '../gateway/gateway.ts';
import type { Outlook } from '../office/outlook.ts';
import type { FileSources } from './file-reader.ts';

/** Files come from Outlook, and the gateway looks into them. */
export function fileSources(outlook: Outlook, gateway: Gateway): FileSources {
  return {
    content: async (attachmentId) => await outlook.fileContent(attachmentId),
    check: async ({ channels, files }) => await gateway.checkFiles({ channels: [...channels], files: [...files] }),
    read: () => Promise.resolve({ kind: 'answer', value: [[]] }),
  };
}
