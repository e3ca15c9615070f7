import type { Draft, DraftFile } from '../model/draft.ts';
import { base64Of, blobOfBase64 } from '../model/file-content.ts';
import { HostFailure } from './host-failure.ts';
import { textOf, type HostMethods, type MethodParameters } from './host-method.ts';

/** Bytes of all files of a mail together, files, characters of a name and of base64 (outlook.md 1). */
export const FILES_BYTES_MAX = 25 * 1024 * 1024;
export const FILES_MAX = 499;
export const FILE_NAME_LENGTH_MAX = 255;
const BASE64_LENGTH_MAX = 34_865_152;

/** Attachments of a draft. */
export function fileMethods(draft: Draft): HostMethods {
  return {
    16: () => {
      throw new HostFailure('AccessRestricted'); // Fetching a file from an address: this Outlook reaches no other place.
    },
    20: (parameters) => {
      if (!draft.removeFile(textOf(parameters, 'attachmentIndex'))) throw new HostFailure('AttachmentToDeleteDoesNotExist');
    },
    148: (parameters) => addFile(draft, parameters),
    149: () => draft.files.map(fileForAddIn),
    150: async (parameters) => {
      const file = draft.files.find(({ id }) => id === textOf(parameters, 'id'));
      if (!file) throw new HostFailure('InvalidAttachmentId');
      return { content: await base64Of(file.content), format: 'base64' };
    },
  };
}

/** As office.js takes attachments; 0: a file. */
export function fileForAddIn({ id, name, type, content, isInline }: DraftFile): unknown {
  return { id, name, size: content.size, attachmentType: 0, isInline, contentType: type };
}

/** Adds a file to a draft, whoever adds it. Throws HostFailure where it does not fit. */
export function attach(draft: Draft, file: Omit<DraftFile, 'id'>): DraftFile {
  const bytes = draft.files.reduce((sum, { content }) => sum + content.size, file.content.size);
  if (bytes > FILES_BYTES_MAX) throw new HostFailure('AttachmentSizeExceeded');
  if (draft.files.length >= FILES_MAX) throw new HostFailure('NumberOfAttachmentsExceeded');
  const added = { ...file, id: `file${crypto.randomUUID().replaceAll('-', '')}` };
  draft.addFile(added);
  return added;
}

function addFile(draft: Draft, parameters: MethodParameters): string {
  const name = textOf(parameters, 'name');
  const base64 = textOf(parameters, 'base64String');
  if (name === '' || name.length > FILE_NAME_LENGTH_MAX) throw new HostFailure('InvalidParameterValueError');
  if (base64.length > BASE64_LENGTH_MAX) throw new HostFailure('AttachmentSizeExceeded');
  const content = blobOfBase64(base64, '');
  if (!content) throw new HostFailure('InternalFormatError');
  const isInline = parameters['isInline'] === true;
  return attach(draft, { name, type: '', content, isInline, contentId: isInline ? name : null }).id;
}
