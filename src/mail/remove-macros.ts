import { packFile, writeZip, type PackedFile } from './write-zip.ts';
import { listZip, packedBytes, readZipEntry, type ZipEntry } from './zip-file.ts';

/** `refused`: why it cannot be done, in Danish. */
export type RemovedMacros =
  | { readonly kind: 'file'; readonly bytes: Buffer; readonly extension: 'docx' | 'xlsx' | 'pptx'; readonly wasSigned: boolean }
  | { readonly kind: 'refused'; readonly reason: string };

/** Lists of parts and their links are read only as far as this, each. */
const LIST_BYTES_MAX = 4_000_000;
/** Links of all parts together. */
const LISTS_BYTES_MAX = 64_000_000;
const PARTS_MAX = 20_000;

/**
 * Takes the macros out of a newer Office file (docm, xlsm, pptm, their templates, and a docx with macros hidden in it): the
 * parts that hold them, what the package says of these parts, and every link to them; and calls the document what it then
 * is. Ribbons and keys of its own go with them, since all they do is call macros, and so do signatures, which no longer
 * hold. Everything else is passed on as it is packed, and never unpacked. Sources: ECMA-376 Part 2 (packages),
 * [MS-OFFMACRO2] 2.2 and 2.3 (parts), [MS-CUSTOMUI] 2.1.
 */
export function removeMacros(bytes: Buffer): RemovedMacros {
  const read = readPackage(bytes);
  if (read === null) return refused('Filen er beskadiget, og makroerne kan ikke fjernes.');
  const { entries, types, links } = read;
  if (entries.some((entry) => isMacroSheet(entry, types))) {
    return refused('Projektmappen har makroer i ark (Excel 4.0), som ikke kan fjernes. Gem den som .xlsx eller PDF i Excel.');
  }
  const extension = extensionOf(types);
  if (extension === null) return refused('Makroerne kan ikke fjernes fra den slags filer.');
  const goes = partsToRemove(read);
  const files = entries.flatMap((entry): readonly PackedFile[] => {
    const name = partName(entry.name);
    if (goes.has(name) || goes.has(ownerOf(name) ?? '')) return [];
    if (name === CONTENT_TYPES) return [packFile(entry.name, Buffer.from(withoutParts(types, goes)))];
    const text = links.get(name);
    return [text === undefined ? passedOn(bytes, entry) : packFile(entry.name, Buffer.from(withoutLinks(name, text, goes)))];
  });
  return { kind: 'file', bytes: writeZip(files), extension, wasSigned: [...goes].some((name) => name.includes('_xmlsignatures/')) };
}

function refused(reason: string): RemovedMacros {
  return { kind: 'refused', reason };
}

interface Package {
  readonly entries: readonly ZipEntry[];
  /** `[Content_Types].xml`. */
  readonly types: string;
  /** What stands in each list of links, by its part's name. */
  readonly links: ReadonlyMap<string, string>;
}

const CONTENT_TYPES = '/[content_types].xml';

/** Null where it is not sound: what is packed in a way that cannot be passed on, or has a name twice, is not. */
function readPackage(bytes: Buffer): Package | null {
  const listing = listZip(bytes, PARTS_MAX);
  if (!listing?.sound) return null;
  const entries = listing.entries.filter(({ name }) => !/[/\\]$/.test(name));
  const names = entries.map(({ name }) => partName(name));
  if (new Set(names).size !== names.length || entries.some((entry) => packedBytes(bytes, entry) === null)) return null;
  let room = LISTS_BYTES_MAX;
  const textOf = (entry: ZipEntry | undefined): string | null => {
    const content = entry ? readZipEntry(bytes, entry, Math.min(room, LIST_BYTES_MAX)) : null;
    room -= content?.length ?? 0;
    return content?.toString('utf8') ?? null;
  };
  const types = textOf(entries[names.indexOf(CONTENT_TYPES)]);
  const links = entries.filter(({ name }) => ownerOf(partName(name)) !== null).map((entry) => [partName(entry.name), textOf(entry)] as const);
  const read = new Map(links.flatMap(([name, text]) => (text === null ? [] : [[name, text] as const])));
  return types === null || read.size !== links.length ? null : { entries, types, links: read };
}

/** "/word/document.xml": names of parts are compared without regard to letter case (ECMA-376 Part 2, 6.2.2.3). */
function partName(name: string): string {
  return `/${name.replaceAll('\\', '/').replace(/^\/+/, '')}`.toLowerCase();
}

/** The part whose links a part holds: "/word/_rels/document.xml.rels" is of "/word/document.xml"; null for other parts. */
function ownerOf(name: string): string | null {
  const found = /^(.*\/)_rels\/([^/]*)\.rels$/.exec(name);
  return found ? `${found[1] ?? ''}${found[2] ?? ''}` : null;
}

/** Parts that are macros, belong to them or only call them, by their content type. */
const macroType = /vbaproject|vbadata|keymapcustomizations|attachedtoolbars|digital-signature/;
const macroLink = /\/(?:vbaproject\w*|wordvbadata|keymapcustomizations|attachedtoolbars|ui\/\w+|digital-signature\/[\w-]+)$/;

function partsToRemove({ entries, types, links }: Package): ReadonlySet<string> {
  const typed = tagsOf(types, 'Override').filter((tag) => macroType.test(attribute(tag, 'ContentType').toLowerCase())).map((tag) => nameIn(attribute(tag, 'PartName')));
  const named = entries.map(({ name }) => partName(name)).filter((name) => /vba(?:project|data)|\/_xmlsignatures\//.test(name));
  const linked = [...links].flatMap(([list, text]) => tagsOf(text, 'Relationship')
    .filter((tag) => macroLink.test(attribute(tag, 'Type').toLowerCase()) && !isOutside(tag))
    .map((tag) => targetOf(list, tag)));
  return new Set([...typed, ...named, ...linked]);
}

function isMacroSheet({ name }: ZipEntry, types: string): boolean {
  return partName(name).startsWith('/xl/macrosheets/') || /excel\.(?:intl)?macrosheet\+xml/i.test(types);
}

/** What a document is called once it has no macros; templates become the documents that they are templates of. */
const plainTypes: readonly (readonly [pattern: RegExp, plain: string, extension: 'docx' | 'xlsx' | 'pptx'])[] = [
  [/application\/vnd\.ms-word\.(?:document\.macroEnabled|template\.macroEnabledTemplate)\.main\+xml/gi, 'wordprocessingml.document', 'docx'],
  [/application\/vnd\.ms-excel\.(?:sheet|template)\.macroEnabled\.main\+xml/gi, 'spreadsheetml.sheet', 'xlsx'],
  [/application\/vnd\.ms-powerpoint\.(?:presentation|template|slideshow)\.macroEnabled\.main\+xml/gi, 'presentationml.presentation', 'pptx'],
];

function plainType(plain: string): string {
  return `application/vnd.openxmlformats-officedocument.${plain}.main+xml`;
}

function extensionOf(types: string): 'docx' | 'xlsx' | 'pptx' | null {
  const found = plainTypes.find(([pattern, plain]) => types.search(pattern) !== -1 || types.includes(plainType(plain)));
  return found?.[2] ?? null;
}

function withoutParts(types: string, goes: ReadonlySet<string>): string {
  const kept = withoutTags(types, (tag) =>
    (tag.kind === 'Override' && goes.has(nameIn(attribute(tag.text, 'PartName'))))
    || (tag.kind !== 'Relationship' && macroType.test(attribute(tag.text, 'ContentType').toLowerCase())));
  return plainTypes.reduce((text, [pattern, plain]) => text.replace(pattern, plainType(plain)), kept);
}

function withoutLinks(list: string, text: string, goes: ReadonlySet<string>): string {
  return withoutTags(text, (tag) => tag.kind === 'Relationship'
    && (macroLink.test(attribute(tag.text, 'Type').toLowerCase()) || (!isOutside(tag.text) && goes.has(targetOf(list, tag.text)))));
}

type TagKind = 'Override' | 'Default' | 'Relationship';
const tagPattern = /<(?:\w+:)?(Override|Default|Relationship)\s[^>]*?(?:\/>|>\s*<\/(?:\w+:)?\1\s*>)/g;

function withoutTags(text: string, isGone: (tag: { readonly kind: TagKind; readonly text: string }) => boolean): string {
  return text.replace(tagPattern, (tag, kind: TagKind) => (isGone({ kind, text: tag }) ? '' : tag));
}

function tagsOf(text: string, kind: TagKind): readonly string[] {
  return Array.from(text.matchAll(tagPattern)).filter((found) => found[1] === kind).map(([tag]) => tag);
}

function attribute(tag: string, name: string): string {
  const found = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag);
  return (found?.[1] ?? found?.[2] ?? '').replaceAll('&amp;', '&');
}

function isOutside(tag: string): boolean {
  return attribute(tag, 'TargetMode') === 'External';
}

/** The part that a link leads to: from the root, or from where the part stands whose link it is. */
function targetOf(list: string, tag: string): string {
  const target = attribute(tag, 'Target').replaceAll('\\', '/');
  const owner = ownerOf(list) ?? '/';
  const base = new URL(`package:${owner.replaceAll('%', '%25')}`);
  return URL.canParse(target, base.href) ? nameIn(new URL(target, base).pathname) : nameIn(target);
}

/** The name of a part as an address, read. */
function nameIn(address: string): string {
  try {
    return partName(decodeURI(address));
  } catch {
    return partName(address);
  }
}

function passedOn(bytes: Buffer, entry: ZipEntry): PackedFile {
  const { name, method, crc32, bytes: size } = entry;
  return { name, method, crc32, bytes: size, packed: packedBytes(bytes, entry) ?? Buffer.alloc(0) };
}
