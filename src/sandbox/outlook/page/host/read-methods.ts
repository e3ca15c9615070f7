import { htmlOfText } from '../model/mail-html.ts';
import { base64Of } from '../model/file-content.ts';
import type { MailFile } from '../../readable-mail.ts';
import type { OpenMail } from '../model/open-mail.ts';
import { recordOf } from './conversation.ts';
import { HostFailure } from './host-failure.ts';
import { textOf, type HostMethods } from './host-method.ts';
import { infoBarMethods } from './info-bar-methods.ts';
import { bodyAs } from './text-methods.ts';

/** Of a mail that is read. */
export function readMethods(open: OpenMail): HostMethods {
  const { mail } = open;
  return {
    ...infoBarMethods(open),
    3: () => JSON.stringify(open.customProperties),
    4: (parameters) => {
      open.customProperties = recordOf(parameters['customProperties']);
    },
    14: () => (mail.html === null ? 'text' : 'html'),
    37: (parameters) => bodyAs(mail.html ?? htmlOfText(mail.text), parameters),
    150: async (parameters) => {
      const file = mail.files.find((one) => fileId(one) === textOf(parameters, 'id'));
      if (!file) throw new HostFailure('InvalidAttachmentId');
      return { content: await base64Of(await fetched(`${mail.url}/files/${file.index}`)), format: 'base64' };
    },
    168: () => mail.headers,
    9001: async () => await base64Of(await fetched(`${mail.url}/mail.eml`)),
  };
}

/** As office.js takes them. */
export function mailFileForAddIn(file: MailFile): unknown {
  return { id: fileId(file), name: file.name, size: file.bytes, attachmentType: 0, isInline: file.isInline, contentType: file.type };
}

function fileId({ index }: MailFile): string {
  return `file${index}`;
}

async function fetched(url: string): Promise<Blob> {
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) throw new HostFailure('InternalServerError');
  return await answer.blob();
}
