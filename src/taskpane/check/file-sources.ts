import type { Gateway } from '../gateway/gateway.ts';
import type { Outlook } from '../office/outlook.ts';
import type { FileSources } from './file-reader.ts';

/** Files come from Outlook, and the gateway looks into them. */
export function fileSources(outlook: Outlook, gateway: Gateway): FileSources {
  return {
    content: async (attachmentId) => await outlook.fileContent(attachmentId),
    check: async ({ channels, files }) => await gateway.checkFiles({ channels: [...channels], files: [...files] }),
    read: async (files) => {
      const answer = await gateway.readFiles({ files: [...files] });
      return answer.kind === 'answer' ? { kind: 'answer', value: answer.value.files.map(({ pages }) => pages) } : answer;
    },
  };
}
