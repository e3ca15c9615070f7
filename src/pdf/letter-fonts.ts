import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cmapCodePoints, tableAt } from './cmap-code-points.ts';

export type LetterFonts = {
  readonly blobs: readonly Buffer[];
  /** Family names in the order Typst tries them, for letters and for text of fixed width. */
  readonly families: readonly string[];
  readonly monoFamilies: readonly string[];
  /** Whether any of the fonts has a glyph for this code point. */
  readonly covers: (codePoint: number) => boolean;
};

// Carlito has the measures of Calibri, which Outlook writes in. The others stand in where it has no glyph: letters of
// other alphabets, then signs, and emoji last, since that font has digits of its own. All under the OFL.
const textFonts: readonly (readonly string[])[] = [
  ['carlito/400Regular/Carlito_400Regular', 'carlito/400Regular_Italic/Carlito_400Regular_Italic',
    'carlito/700Bold/Carlito_700Bold', 'carlito/700Bold_Italic/Carlito_700Bold_Italic'],
  ['noto-sans/400Regular/NotoSans_400Regular', 'noto-sans/400Regular_Italic/NotoSans_400Regular_Italic',
    'noto-sans/700Bold/NotoSans_700Bold', 'noto-sans/700Bold_Italic/NotoSans_700Bold_Italic'],
  // Amiri draws a letter with its dots as one glyph, so that Arabic is copied as written; Noto's fonts do not.
  ['amiri/400Regular/Amiri_400Regular', 'amiri/700Bold/Amiri_700Bold'],
  ['noto-sans-hebrew/400Regular/NotoSansHebrew_400Regular', 'noto-sans-hebrew/700Bold/NotoSansHebrew_700Bold'],
  ['noto-sans-symbols/400Regular/NotoSansSymbols_400Regular', 'noto-sans-symbols/700Bold/NotoSansSymbols_700Bold'],
  ['noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular'],
  ['noto-sans-math/400Regular/NotoSansMath_400Regular'],
  ['noto-emoji/400Regular/NotoEmoji_400Regular', 'noto-emoji/700Bold/NotoEmoji_700Bold'],
];
const monoFonts: readonly string[] = [
  'cousine/400Regular/Cousine_400Regular', 'cousine/400Regular_Italic/Cousine_400Regular_Italic',
  'cousine/700Bold/Cousine_700Bold', 'cousine/700Bold_Italic/Cousine_700Bold_Italic',
];

let loaded: LetterFonts | null = null;

/**
 * The fonts that letters are set in, read once from their npm packages. Their family names are changed in memory (first
 * letter), because Typst also searches the fonts of the machine and must never take one of those for ours: the same
 * mail gives the same PDF on every machine.
 */
export function letterFonts(): LetterFonts {
  loaded ??= loadFonts();
  return loaded;
}

function loadFonts(): LetterFonts {
  const require = createRequire(import.meta.url);
  const read = (path: string): Buffer => readFileSync(require.resolve(`@expo-google-fonts/${path}.ttf`));
  const families: string[] = [];
  const blobs: Buffer[] = [];
  const covered = new Uint8Array(0x110000);
  for (const faces of [...textFonts, monoFonts]) {
    const fonts = faces.map((path) => read(path));
    families.push(...new Set(fonts.map(renameFamily)));
    blobs.push(...fonts);
    coverByAll(fonts, covered);
  }
  const mono = families.at(-1) ?? '';
  return {
    blobs, families, monoFamilies: [mono, ...families.slice(0, -1)], covers: (codePoint) => covered[codePoint] === 1,
  };
}

// A letter counts as covered only where every face of a family has it: Typst picks the bold face first and looks for
// the letter in it then. Private signs are meaningless outside their font, and PDF/A-2a forbids them.
function coverByAll(faces: readonly Buffer[], covered: Uint8Array): void {
  const counts = new Uint8Array(covered.length);
  for (const face of faces) for (const codePoint of cmapCodePoints(face)) counts[codePoint] = (counts[codePoint] ?? 0) + 1;
  for (let codePoint = 0; codePoint < counts.length; codePoint++) {
    if (counts[codePoint] === faces.length && !isPrivate(codePoint)) covered[codePoint] = 1;
  }
}

function isPrivate(codePoint: number): boolean {
  return (codePoint >= 0xe000 && codePoint <= 0xf8ff) || codePoint >= 0xf0000;
}

const familyNameIds: readonly number[] = [1, 16];

/** Changes the family name in the `name` table (OpenType 1.9) in place and returns the new one. */
function renameFamily(font: Buffer): string {
  const table = tableAt(font, 'name');
  const strings = table + font.readUInt16BE(table + 4);
  let family = '';
  for (let i = 0; i < font.readUInt16BE(table + 2); i++) {
    const record = table + 6 + i * 12;
    const nameId = font.readUInt16BE(record + 6);
    if (!familyNameIds.includes(nameId)) continue;
    const at = strings + font.readUInt16BE(record + 10);
    const length = font.readUInt16BE(record + 8);
    const wide = font.readUInt16BE(record) !== 1;
    font[wide ? at + 1 : at] = 'X'.charCodeAt(0);
    if (wide && nameId === 1) family = Buffer.from(font.subarray(at, at + length)).swap16().toString('utf16le');
  }
  return family;
}
