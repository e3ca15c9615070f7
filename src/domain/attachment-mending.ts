import type { AttachmentFacts } from './attachment-facts.ts';
import { allowedFileTypes, contradictsExtension, effectiveExtension } from './file-type.ts';
import { isBodyPdfName, isMassSendFileName, isMemoHeaderFileName } from './memo-header-file.ts';

/** What sort of file it is, as far as mending goes. */
export type FileKind = 'pdf' | 'picture' | 'heic' | 'text' | 'html' | 'mail' | 'outlook-message' | 'office' | 'zip' | 'other';

/** Programs beside the gateway that some sorts of files need. */
export interface Converters {
  readonly office: boolean;
  readonly heic: boolean;
}

export type Mending = 'to-pdf' | 'unpack' | 'shrink' | 'join' | 'remove-macros';

/** The kind of a file by its content; only among texts does the name decide. */
export function fileKindOf(facts: AttachmentFacts): FileKind {
  const { detectedType } = facts;
  const known = detectedType === null ? undefined : kindsByType.get(detectedType);
  if (known !== undefined) return known;
  return detectedType !== null && officeType.test(detectedType) ? 'office' : kindOfText(facts);
}

function kindOfText(facts: AttachmentFacts): FileKind {
  const { declaredType, detectedType, readsAsText } = facts;
  const extension = effectiveExtension(facts) ?? '';
  if (extension === 'eml' || declaredType === 'message/rfc822') return 'mail';
  if (detectedType !== null || !readsAsText) return 'other';
  if (htmlExtensions.has(extension) || declaredType === 'text/html') return 'html';
  return textExtensions.has(extension) ? 'text' : 'other';
}

/** Files that mean something to the gateway under their own name, and of which the recipient must get no copy. */
export function isForGateway(name: string): boolean {
  return isMemoHeaderFileName(name) || isMassSendFileName(name) || isBodyPdfName(name);
}

/** What can be done to a file here. Nothing to what is empty, locked or damaged, to programs, and to files for the gateway. */
export function mendingOf(facts: AttachmentFacts, converters: Converters): readonly Mending[] {
  const kind = fileKindOf(facts);
  if (isForGateway(facts.name) || !isOpenable(facts)) return [];
  const withoutMacros = hasRemovableMacros(facts) ? ['remove-macros' as const] : [];
  if (!isWithin(kind, converters) || (kind === 'pdf' && facts.active)) return withoutMacros;
  return kind === 'picture' && shrinkableTypes.has(facts.detectedType ?? '') ? ['to-pdf', 'shrink', 'join'] : [...mendings[kind], ...withoutMacros];
}

/**
 * The name that a file ought to have, where its own says that it is another sort of file than its content shows: a picture
 * named .pdf. Null where the name is right, nobody can say what the content is, or no channel takes it under any name.
 */
export function trueNameOf(facts: AttachmentFacts): string | null {
  if (isForGateway(facts.name) || !isOpenable(facts) || facts.active) return null;
  const claimed = allowedFileTypes.find(({ extension }) => extension === effectiveExtension(facts));
  const right = allowedFileTypes.find(({ extension }) => extension === facts.detectedExtension);
  if (!claimed || !right || !contradictsExtension(facts, claimed) || contradictsExtension(facts, right)) return null;
  const name = `${facts.name.replace(/\.[^./\\]{1,10}$/, '')}.${right.extension}`;
  return isForGateway(name) ? null : name;
}

/** Macros stand in parts of their own in the newer Office files; a binary workbook and an add-in are nothing without. */
function hasRemovableMacros({ hasMacros, detectedType }: AttachmentFacts): boolean {
  return hasMacros && openXmlType.test(detectedType ?? '');
}

function isOpenable({ bytes, encrypted, damaged, unreadableTnef }: AttachmentFacts): boolean {
  return bytes > 0 && !encrypted && !damaged && !unreadableTnef;
}

function isWithin(kind: FileKind, converters: Converters): boolean {
  return (kind !== 'heic' || converters.heic) && (kind !== 'office' || converters.office);
}

const pageable = ['to-pdf', 'join'] as const;

const mendings: Readonly<Record<FileKind, readonly Mending[]>> = {
  pdf: ['join'],
  picture: pageable,
  heic: pageable,
  text: pageable,
  html: pageable,
  mail: pageable,
  'outlook-message': pageable,
  office: pageable,
  zip: ['unpack'],
  other: [],
};

const kindsByType: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ['application/pdf', 'pdf'],
  ['image/png', 'picture'],
  ['image/jpeg', 'picture'],
  ['image/gif', 'picture'],
  ['image/bmp', 'picture'],
  ['image/tiff', 'picture'],
  ['image/webp', 'picture'],
  ['image/heic', 'heic'],
  ['image/heif', 'heic'],
  ['image/heic-sequence', 'heic'],
  ['image/heif-sequence', 'heic'],
  ['image/avif', 'heic'],
  ['application/vnd.ms-outlook', 'outlook-message'],
  ['application/zip', 'zip'],
  ['application/rtf', 'office'],
  ['application/msword', 'office'],
]);

const officeType = /^application\/vnd\.(?:openxmlformats-officedocument|oasis\.opendocument|ms-(?:word|excel|powerpoint))/;

const openXmlType = /^application\/vnd\.(?:openxmlformats-officedocument\.|ms-(?:word|excel|powerpoint)\.(?:document|sheet|presentation|slideshow|template)\.macroEnabled)/;

const shrinkableTypes = new Set(['image/png', 'image/jpeg', 'image/bmp', 'image/tiff']);

const htmlExtensions = new Set(['html', 'htm']);

const textExtensions = new Set(['txt', 'csv', 'log', 'md', 'xml', 'json', 'text']);
