import type { CompoundEntry, CompoundFile } from './compound-file.ts';
import { readZipEntry, type ZipListing } from './zip-file.ts';

/** What sort of document a container holds. */
export interface DocumentKind {
  readonly type: string;
  readonly extension: string;
  readonly hasMacros: boolean;
  readonly encrypted: boolean;
  /** It installs or runs something. */
  readonly active: boolean;
}

/** `[Content_Types].xml` and `META-INF/manifest.xml` are read only as far as this. */
const partBytesMax = 4_000_000;

/**
 * Tells an Office or OpenDocument file from other zips, by what it declares inside, whatever its name says.
 * Source of the types: ECMA-376 Part 1, [MS-OFFMACRO2], OpenDocument 1.3 Part 2.
 * @returns null when the zip is none of these
 */
export function inspectOfficeZip(bytes: Buffer, listing: ZipListing): DocumentKind | null {
  const contentTypes = readPart(bytes, listing, '[content_types].xml');
  if (contentTypes !== null) return openXmlKind(contentTypes, listing);
  const declared = readPart(bytes, listing, 'mimetype')?.trim() ?? null;
  const extension = declared === null ? undefined : openDocumentTypes.get(declared);
  if (declared === null || extension === undefined) return null;
  const manifest = readPart(bytes, listing, 'meta-inf/manifest.xml') ?? '';
  const hasMacros = listing.entries.some((entry) => openDocumentMacro.test(entry.name));
  return { type: declared, extension, hasMacros, encrypted: manifest.includes('encryption-data'), active: false };
}

/**
 * Tells the older Office formats, Outlook messages, encrypted newer Office files and installers apart, all of them
 * compound files. Sources: [MS-DOC] 2.5.1, [MS-XLS] 2.4.117, [MS-PPT] 2.3.2 and 2.4.10, [MS-OFFCRYPTO] 2.3.4.4,
 * [MS-OXMSG] 2.2.
 * @param claimedExtension the extension of its name, lower case: an encrypted package does not show what it holds
 */
export function inspectCompoundFile(file: CompoundFile, claimedExtension: string): DocumentKind {
  const names = new Map(file.entries.map((entry) => [entry.name.toLowerCase(), entry]));
  const found = { hasMacros: macroStorages.some((name) => names.has(name)), encrypted: false, active: false };
  if (names.has('encryptedpackage')) {
    const type = openXmlByExtension.get(claimedExtension);
    const kind = type === undefined ? unknownKind : { type, extension: claimedExtension };
    return { ...found, ...kind, encrypted: true };
  }
  for (const [name, look] of looksByStream) {
    const stream = names.get(name);
    if (stream !== undefined) return { ...found, ...look(file, stream, names.get('current user')) };
  }
  if (installerClassIds.has(file.entries[0]?.classId ?? '')) {
    return { ...found, type: 'application/x-msi', extension: 'msi', active: true };
  }
  return { ...found, ...unknownKind };
}

const unknownKind = { type: 'application/x-cfb', extension: 'cfb' };

type Look = (
  file: CompoundFile,
  stream: CompoundEntry,
  currentUser: CompoundEntry | undefined,
) => Pick<DocumentKind, 'type' | 'extension'> & Partial<DocumentKind>;

const lookAtExcel: Look = (file, stream) =>
  ({ type: 'application/vnd.ms-excel', extension: 'xls', encrypted: isEncryptedExcel(file, stream) });

/** The stream that gives a format away, in the order of trust: a message may hold a document's streams. */
const looksByStream: readonly (readonly [string, Look])[] = [
  ['__properties_version1.0', () => ({ type: 'application/vnd.ms-outlook', extension: 'msg', hasMacros: false })],
  ['worddocument', (file, stream) =>
    ({ type: 'application/msword', extension: 'doc', encrypted: isEncryptedWord(file, stream) })],
  ['workbook', lookAtExcel],
  ['book', lookAtExcel],
  ['powerpoint document', (file, stream, currentUser) => ({
    type: 'application/vnd.ms-powerpoint',
    extension: 'ppt',
    encrypted: isEncryptedPowerPoint(file, currentUser),
    hasMacros: hasPowerPointMacros(file, stream),
  })],
  ['visiodocument', () => ({ type: 'application/vnd.visio', extension: 'vsd' })],
];

function readPart(bytes: Buffer, listing: ZipListing, lowerName: string): string | null {
  const entry = listing.entries.find(({ name }) => name.toLowerCase().replaceAll('\\', '/') === lowerName);
  if (entry === undefined) return null;
  return readZipEntry(bytes, entry, partBytesMax)?.toString('utf8') ?? null;
}

function openXmlKind(contentTypes: string, listing: ZipListing): DocumentKind | null {
  const declared = contentTypes.toLowerCase();
  // What is said of a part by name goes before what is said of an extension: some writers list every one there is.
  const ofParts = Array.from(declared.matchAll(/<(?:\w+:)?override\b[^>]*>/g), ([tag]) => tag).join('');
  const names = listing.entries.map((entry) => entry.name.toLowerCase().replaceAll('\\', '/'));
  const kind = openXmlTypes.find(({ part }) => ofParts.includes(part.toLowerCase()))
    ?? openXmlTypes.find(({ part }) => declared.includes(part.toLowerCase()))
    ?? openXmlTypes.find(({ main }) => main !== '' && names.includes(main));
  if (kind === undefined) return null;
  // A binary workbook (xlsb) is called macro-enabled with and without macros.
  const hasMacros = (kind.type.includes('macroEnabled') && kind.extension !== 'xlsb') || ofParts.includes('vbaproject')
    || names.some((name) => name.includes('vbaproject') || name.startsWith('xl/macrosheets/'))
    || (declared.includes('vbaproject') && names.some((name) => /^(?:word|xl|ppt|visio)\/[^/]+\.bin$/.test(name)));
  return { type: kind.type, extension: kind.extension, hasMacros, encrypted: false, active: false };
}

interface OpenXmlType {
  /** How the content type of the main part begins. */
  readonly part: string;
  readonly type: string;
  readonly extension: string;
  /** Where the main part usually stands, for files whose content types are odd; "" for the rarer kinds. */
  readonly main: string;
}

const openXml = 'application/vnd.openxmlformats-officedocument.';

const openXmlTypes: readonly OpenXmlType[] = [
  openXmlType('application/vnd.ms-word.document.macroEnabled', 'docm'),
  openXmlType('application/vnd.ms-word.template.macroEnabledTemplate', 'dotm'),
  openXmlType('application/vnd.ms-excel.sheet.macroEnabled', 'xlsm'),
  openXmlType('application/vnd.ms-excel.template.macroEnabled', 'xltm'),
  openXmlType('application/vnd.ms-excel.addin.macroEnabled', 'xlam'),
  openXmlType('application/vnd.ms-excel.sheet.binary.macroEnabled', 'xlsb'),
  openXmlType('application/vnd.ms-powerpoint.presentation.macroEnabled', 'pptm'),
  openXmlType('application/vnd.ms-powerpoint.template.macroEnabled', 'potm'),
  openXmlType('application/vnd.ms-powerpoint.slideshow.macroEnabled', 'ppsm'),
  openXmlType('application/vnd.ms-powerpoint.addin.macroEnabled', 'ppam'),
  openXmlType(`${openXml}wordprocessingml.template`, 'dotx'),
  openXmlType(`${openXml}spreadsheetml.template`, 'xltx'),
  openXmlType(`${openXml}presentationml.template`, 'potx'),
  openXmlType(`${openXml}presentationml.slideshow`, 'ppsx'),
  openXmlType(`${openXml}wordprocessingml.document`, 'docx', 'word/document.xml'),
  openXmlType(`${openXml}spreadsheetml.sheet`, 'xlsx', 'xl/workbook.xml'),
  openXmlType(`${openXml}presentationml.presentation`, 'pptx', 'ppt/presentation.xml'),
  openXmlType('application/vnd.ms-visio.drawing', 'vsdx', 'visio/document.xml'),
];

function openXmlType(part: string, extension: string, main = ''): OpenXmlType {
  return { part: `${part}.main`, type: part.replace(/macroEnabled.*$/, 'macroEnabled.12'), extension, main };
}

const openXmlByExtension: ReadonlyMap<string, string> = new Map(
  openXmlTypes.map((kind) => [kind.extension, kind.type]),
);

const openDocumentTypes: ReadonlyMap<string, string> = new Map([
  ['application/vnd.oasis.opendocument.text', 'odt'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'ods'],
  ['application/vnd.oasis.opendocument.presentation', 'odp'],
  ['application/vnd.oasis.opendocument.graphics', 'odg'],
  ['application/vnd.oasis.opendocument.text-template', 'ott'],
  ['application/vnd.oasis.opendocument.spreadsheet-template', 'ots'],
  ['application/vnd.oasis.opendocument.presentation-template', 'otp'],
]);

/** Modules of macros; the lists of an empty library (script-lb.xml, script-lc.xml) are none. */
const openDocumentMacro = /^(?:Basic\/.+\/(?!script-lb\.xml$|dialog-lb\.xml$)[^/]+\.xml|Scripts\/.+[^/])$/i;

const macroStorages = ['macros', '_vba_project_cur', '_vba_project', 'vba'];

/** Windows Installer packages, patches and transforms. */
const installerClassIds: ReadonlySet<string> = new Set([
  '84100c0000000000c000000000000046',
  '86100c0000000000c000000000000046',
  '82100c0000000000c000000000000046',
]);

function isEncryptedWord(file: CompoundFile, stream: CompoundEntry): boolean {
  const head = file.read(stream, 12);
  return head.length === 12 && (head.readUInt16LE(10) & 0x0100) !== 0;
}

const filePassRecord = 0x002f;
const recordsMax = 50;

/** A FilePass record stands near the beginning of an encrypted workbook, before anything that is encrypted. */
function isEncryptedExcel(file: CompoundFile, stream: CompoundEntry): boolean {
  const head = file.read(stream, 16_384);
  let at = 0;
  for (let count = 0; count < recordsMax && at + 4 <= head.length; count += 1) {
    if (head.readUInt16LE(at) === filePassRecord) return true;
    at += 4 + head.readUInt16LE(at + 2);
  }
  return false;
}

function isEncryptedPowerPoint(file: CompoundFile, stream: CompoundEntry | undefined): boolean {
  if (stream === undefined) return false;
  const head = file.read(stream, 16);
  return head.length === 16 && head.readUInt32LE(12) === 0xf3d1c4df;
}

const slidesBytesMax = 64_000_000;
/** A VBAInfoContainer with its VBAInfoAtom; four bytes of a place and then fHasMacros follow. [MS-PPT] 2.4.10 */
const vbaInfo = Buffer.from('1f00ff0314000000' + '020000040c000000', 'hex');

function hasPowerPointMacros(file: CompoundFile, stream: CompoundEntry): boolean {
  const slides = file.read(stream, slidesBytesMax);
  const at = slides.indexOf(vbaInfo);
  return at !== -1 && at + vbaInfo.length + 8 <= slides.length && slides.readUInt32LE(at + vbaInfo.length + 4) !== 0;
}
