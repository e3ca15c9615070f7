import { unicodePattern, wellFormed } from './unicode-pattern.ts';

/** Most characters of a repaired file name: the XSD allows 256, file systems 255. Counted in UTF-16 units, the stricter. */
export const fileNameCharactersMax = 255;

/** A name as a mail gave it, and the extension (no dot) to give a name that has none; null when the type is unknown. */
export interface NamedFile {
  readonly name: string;
  readonly extensionFallback: string | null;
}

/**
 * Repairs the names of one message's files, in order: each as `repairFileName` does, nameless ones numbered by their
 * place ("vedhæftning-1.pdf"), and a name that stands already, letter case aside, gets a number: "navn (2).pdf".
 */
export function repairFileNames(files: readonly NamedFile[]): string[] {
  const taken = new Set<string>();
  const nextNumber = new Map<string, number>();
  return files.map((file, place) => {
    const name = repaired(file, `vedhæftning-${String(place + 1)}`);
    const free = firstFreeName(name, taken, nextNumber);
    taken.add(comparable(free));
    return free;
  });
}

/**
 * A name that every system can keep, from any name a mail may give. Never refuses, and keeps the extension. Gone are
 * the signs NgDP rejects (rule R1 of memo-ngdp.md 1.6), control signs, signs that turn the writing round (which make
 * "fdp.exe" of an exe), folders, names of Windows devices, blanks and dots at the ends, and what is over 255 characters.
 */
export function repairFileName(name: string, extensionFallback: string | null = null): string {
  return repaired({ name, extensionFallback }, 'vedhæftning');
}

/** The extension of a name after repair, lower case and without the dot; null when there is none. */
export function fileExtensionOf(name: string): string | null {
  const { extension } = splitName(cleaned(name));
  return extension && extension.toLowerCase();
}

function repaired({ name, extensionFallback }: NamedFile, nameless: string): string {
  const { stem, extension } = splitName(cleaned(name));
  const ending = extension ?? fallbackEnding(extensionFallback);
  const dotted = ending === null ? '' : `.${ending}`;
  const inner = trimmedStem(stem);
  const named = inner === '' ? nameless : isDeviceName(inner) ? `_${inner}` : inner;
  return `${cutTo(named, fileNameCharactersMax - dotted.length)}${dotted}`;
}

function fallbackEnding(extension: string | null): string | null {
  return extension !== null && endingPattern.test(`.${extension}`) ? extension.toLowerCase() : null;
}

/** More than any mail program writes; patterns that look at the end would be slow on a name of megabytes. */
const rawCharactersMax = 2000;

const blanks = unicodePattern(String.raw`[\p{Zs}\t\r\n\v\f\u2028\u2029]+`, 'gu');
const unseen = unicodePattern(String.raw`[\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}\p{Default_Ignorable_Code_Point}]`, 'gu');

/** Only the last folder step, only signs that may stand, composed, blanks folded, no dot or blank at the end. */
function cleaned(name: string): string {
  const bounded =
    name.length <= rawCharactersMax
      ? name
      : `${name.slice(0, rawCharactersMax / 2)}${name.slice(-rawCharactersMax / 2)}`;
  const whole = wellFormed(bounded).replace(/\ufffd/g, '_');
  const visible = whole
    .replace(blanks, ' ')
    .replace(unseen, '');
  const lastStep = visible.split(/[/\\]/).reverse().find((step) => /[^\s.]/u.test(step)) || '';
  return lastStep
    .replace(/^[A-Za-z]:(?=.)/, '')
    .normalize('NFC')
    .replace(/[<>:"|?*]/g, '-')
    .replace(/[. ]+$/, '')
    .replace(/ {2,}/g, ' ');
}

// Up to ten letters and digits with a letter among them: in "Afgørelse nr. 12.2024" the year is no extension.
const endingPattern = unicodePattern(String.raw`\.([\p{L}\p{N}]{1,10})$`, 'u');
const letter = unicodePattern(String.raw`[\p{L}]`, 'u');

function splitName(name: string): { stem: string; extension: string | null } {
  const [, extension = ''] = endingPattern.exec(name) || [];
  if (!letter.test(extension)) return { stem: name, extension: null };
  return { stem: name.slice(0, -extension.length - 1), extension };
}

function trimmedStem(stem: string): string {
  return stem.replace(/^[. ]+/, '').replace(/[. ]+$/, '');
}

/** Windows opens a device instead of a file of this name, whatever its extension (learn.microsoft.com, Naming Files). */
function isDeviceName(stem: string): boolean {
  return /^(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:[ .]|$)/iu.test(stem);
}

function cutTo(text: string, charactersMax: number): string {
  if (text.length <= charactersMax) return text;
  // A pair cut in two leaves a lone half at the end, which has no place in XML.
  return text.slice(0, charactersMax).replace(/[\ud800-\udbff]$/, '').replace(/[. ]+$/, '');
}

function firstFreeName(name: string, taken: ReadonlySet<string>, nextNumber: Map<string, number>): string {
  if (!taken.has(comparable(name))) return name;
  const { stem, extension } = splitName(name);
  const dotted = extension === null ? '' : `.${extension}`;
  for (let number = nextNumber.get(comparable(name)) ?? 2; ; number += 1) {
    const suffix = ` (${String(number)})${dotted}`;
    const candidate = `${cutTo(stem, fileNameCharactersMax - suffix.length)}${suffix}`;
    if (taken.has(comparable(candidate))) continue;
    nextNumber.set(comparable(name), number + 1);
    return candidate;
  }
}

function comparable(name: string): string {
  return name.normalize('NFKC').toLowerCase();
}
