/**
 * The code points that a font has a glyph for, each once: `cmap` subtables of formats 4 and 12 (OpenType 1.9), which
 * is what Unicode fonts have.
 */
export function cmapCodePoints(font: Buffer): ReadonlySet<number> {
  const codePoints = new Set<number>();
  const cmap = tableAt(font, 'cmap');
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const subtable = cmap + font.readUInt32BE(cmap + 8 + i * 8);
    const format = font.readUInt16BE(subtable);
    if (format === 4) addSegments(font, subtable, codePoints);
    if (format === 12) addGroups(font, subtable, codePoints);
  }
  return codePoints;
}

function addSegments(font: Buffer, subtable: number, codePoints: Set<number>): void {
  const doubled = font.readUInt16BE(subtable + 6);
  for (let at = 0; at < doubled; at += 2) {
    const end = font.readUInt16BE(subtable + 14 + at);
    const start = font.readUInt16BE(subtable + 16 + doubled + at);
    const delta = font.readUInt16BE(subtable + 16 + 2 * doubled + at);
    const rangeAt = subtable + 16 + 3 * doubled + at;
    const range = font.readUInt16BE(rangeAt);
    for (let code = start; code <= end && code < 0xffff; code++) {
      const raw = range === 0 ? code : font.readUInt16BE(rangeAt + range + 2 * (code - start));
      if (raw !== 0 && ((raw + delta) & 0xffff) !== 0) codePoints.add(code);
    }
  }
}

function addGroups(font: Buffer, subtable: number, codePoints: Set<number>): void {
  for (let i = 0; i < font.readUInt32BE(subtable + 12); i++) {
    const group = subtable + 16 + i * 12;
    for (let code = font.readUInt32BE(group); code <= font.readUInt32BE(group + 4); code++) codePoints.add(code);
  }
}

/** Where a table of an OpenType font begins; throws when it has none. */
export function tableAt(font: Buffer, tag: string): number {
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const record = 12 + i * 16;
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8);
  }
  throw new Error(`font without ${tag}`);
}
