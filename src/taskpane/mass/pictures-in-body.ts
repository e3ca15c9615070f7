import { fileExtensionOf } from '../../domain/file-name.ts';
import type { ItemAttachment } from '../office/outlook.ts';

/** A picture that the text of a mail shows, and the file that it is. */
export interface BodyPicture {
  readonly attachment: ItemAttachment;
  /** As the text names it, after "cid:". */
  readonly contentId: string;
  /** Its media type, by its name. */
  readonly type: string;
}

const types: Readonly<Record<string, string>> = {
  png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', bmp: 'image/bmp', webp: 'image/webp', svg: 'image/svg+xml', tif: 'image/tiff', tiff: 'image/tiff',
};

/**
 * The pictures in the HTML of a draft, each once. Outlook names a picture by its file (`cid:image001.png@01DC…`), and tells no
 * other sign of which file it is. Null where the text shows one whose file cannot be told.
 */
export function picturesInBody(html: string, attachments: readonly ItemAttachment[]): readonly BodyPicture[] | null {
  const contentIds = [...new Set(Array.from(html.matchAll(/\bsrc\s*=\s*["']?cid:([^"'\s>]+)/gi), ([, contentId = '']) => contentId))];
  const pictures = contentIds.map((contentId) => pictureOf(contentId, attachments));
  const found = pictures.filter((picture) => picture !== null);
  return found.length === pictures.length ? found : null;
}

function pictureOf(contentId: string, attachments: readonly ItemAttachment[]): BodyPicture | null {
  const plain = decoded(contentId).toLowerCase();
  const [attachment, another] = attachments.filter(({ name, isInline, kind }) => {
    const file = name.toLowerCase();
    return isInline && kind === 'file' && (plain === file || plain.startsWith(`${file}@`));
  });
  const type = types[fileExtensionOf(attachment?.name ?? '') ?? ''];
  return attachment && !another && type !== undefined ? { attachment, contentId, type } : null;
}

function decoded(contentId: string): string {
  try {
    return decodeURIComponent(contentId);
  } catch {
    return contentId;
  }
}
