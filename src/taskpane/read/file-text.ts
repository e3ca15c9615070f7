import { OutlookFailure, type Outlook } from '../office/outlook.ts';

/** The text of an attachment, as UTF-8; null where this client cannot give it, or there is none. */
export async function fileText(outlook: Pick<Outlook, 'can' | 'fileContent'>, attachmentId: string): Promise<string | null> {
  if (!outlook.can.files) return null;
  try {
    const content = await outlook.fileContent(attachmentId);
    if (content.kind !== 'content') return null;
    const bytes = Uint8Array.from(atob(content.base64), (sign) => sign.charCodeAt(0));
    return new TextDecoder().decode(bytes);
  } catch (error) {
    // What is no base64 is no text either.
    if (error instanceof OutlookFailure || error instanceof DOMException) return null;
    throw error;
  }
}
