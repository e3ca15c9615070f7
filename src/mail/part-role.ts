import { isMassSendFileName, isMemoHeaderFileName } from '../domain/memo-header-file.ts';
import { isWithin, type MimePart } from './mime-part.ts';

/** What a leaf of the MIME tree is to us. */
export type PartRole =
  /** Text or HTML of the body. */
  | 'text'
  | 'html'
  /** An image that the HTML may show: held back until that is known. */
  | 'image'
  /** winmail.dat, to be unpacked. */
  | 'tnef'
  /** S/MIME that may hold the mail itself (signed-data). */
  | 'pkcs7'
  /** Another mail, kept whole as one file. */
  | 'message'
  | 'file'
  /** A signature, or another form of a text that we have already. */
  | 'dropped';

const bodyRoles: ReadonlyMap<string, PartRole> = new Map([['text/plain', 'text'], ['text/html', 'html']]);

/**
 * Says what a leaf is, by its header alone: bytes are handed on before they are all there.
 * @param part a leaf
 * @param isFirstLeaf whether no leaf came before it
 */
export function partRole(part: MimePart, isFirstLeaf: boolean): PartRole {
  if (isSignature(part)) return 'dropped';
  const textRole = bodyRoles.get(part.type);
  if (textRole !== undefined) return isBodyText(part, isFirstLeaf) ? textRole : 'file';
  if (isOtherForm(part)) return 'dropped';
  if (isTnef(part)) return 'tnef';
  if (part.type === 'message/rfc822' || part.type === 'message/global') return 'message';
  if (/^application\/(x-)?pkcs7-mime$/.test(part.type) || isRootP7m(part)) return 'pkcs7';
  return part.contentId !== null && imageType(part.type, part.name) !== null ? 'image' : 'file';
}

/**
 * Gives the image type of a file, by the type it claims or, where that says nothing, by its name.
 * @returns lower case; null when it is no image
 */
export function imageType(type: string, name: string): string | null {
  if (type.startsWith('image/')) return type;
  if (type !== 'application/octet-stream' && type !== 'application/x-msdownload') return null;
  const extension = /\.(png|jpe?g|gif|bmp|tiff?|webp)$/i.exec(name)?.[1]?.toLowerCase();
  if (extension === undefined) return null;
  return `image/${extension.replace(/^jpg$/, 'jpeg').replace(/^tif$/, 'tiff')}`;
}

/** Their numbers must never become the letter, whatever a program forgot to say about the part. */
function isForMachines({ name }: MimePart): boolean {
  return isMassSendFileName(name) || isMemoHeaderFileName(name);
}

/** A text with a file name is a file, but for a name on the mail's first part that only Content-Type gives. */
function isBodyText(part: MimePart, isFirstLeaf: boolean): boolean {
  if (part.disposition === 'attachment' || isForMachines(part)) return false;
  if (part.parent?.type === 'multipart/related' && part.place > 0 && part.contentId !== null) return false;
  if (part.name === '') return true;
  if (part.parent?.type === 'multipart/alternative') return true;
  return isFirstLeaf && !part.namedByDisposition && part.disposition === null;
}

/** A detached signature is no content; where a gateway took multipart/signed apart its usual name tells it. */
function isSignature(part: MimePart): boolean {
  if (part.type === 'application/pgp-signature') return part.parent?.type === 'multipart/signed';
  if (!/^application\/(x-)?pkcs7-signature$/.test(part.type)) return false;
  return part.parent?.type === 'multipart/signed' || /^(smime\.p7s)?$/i.test(part.name);
}

/** AMP, watch and enriched forms of a text that an alternative holds as plain text or HTML too. */
function isOtherForm(part: MimePart): boolean {
  const isUnnamedText = part.type.startsWith('text/') && part.name === '' && part.disposition !== 'attachment';
  return isUnnamedText && part.type !== 'text/calendar' && isWithin(part, 'multipart/alternative');
}

function isTnef(part: MimePart): boolean {
  return /^application\/(ms|vnd\.ms)-tnef$/.test(part.type) || /^winmail\.dat$/i.test(part.name);
}

/** A mail that is nothing but smime.p7m, sent on by a gateway that did not know the type. */
function isRootP7m(part: MimePart): boolean {
  return part.parent === null && part.type === 'application/octet-stream' && /\.p7m$/i.test(part.name);
}
