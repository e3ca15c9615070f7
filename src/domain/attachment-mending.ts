import type { AttachmentFacts } from './attachment-facts.ts';
import { effectiveExtension } from './file-type.ts';
import { isBodyPdfName, isMassSendListName, isMemoHeaderFileName } from './memo-header-file.ts';

/** What sort of file it is, as far as mending goes. */
export type FileKind = 'pdf' | 'picture' | 'heic' | 'text' | 'html' | 'mail' | 'outlook-message' | 'office' | 'zip' | 'other';

/** Programs beside the gateway that some sorts of files need. */
export interface Converters {
  readonly office: boolean;
  readonly heic: boolean;
}

export type Mending = 'to-pdf' | 'unpack' | 'shrink' | 'join';

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
  return isMemoHeaderFileName(name) || isMassSendListName(name) || isBodyPdfName(name);
}

/** What can be done to a file here. Nothing to what is empty, locked or damaged, to programs, and to files for the gateway. */
export function mendingOf(facts: AttachmentFacts, converters: Converters): readonly Mending[] {
  const kind = fileKindOf(facts);
  if (isForGateway(facts.name) || !isOpenable(facts) || !isWithin(kind, converters)) return [];
  if (kind === 'pdf' && facts.active) return [];
  return kind === 'picture' && shrinkableTypes.has(facts.detectedType ?? '') ? ['to-pdf', 'shrink', 'join'] : mendings[kind];
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

const shrinkableTypes = new Set(['image/png', 'image/jpeg', 'image/bmp', 'image/tiff']);

const htmlExtensions = new Set(['html', 'htm']);

const textExtensions = new Set(['txt', 'csv', 'log', 'md', 'xml', 'json', 'text']);
