/** Red, green and blue, 0 to 255. */
export type Colour = readonly [red: number, green: number, blue: number];

export const white: Colour = [255, 255, 255];

/** The names of colours that mails are seen to use; what has another name is not known, and not judged. */
const named: Readonly<Record<string, string>> = {
  aqua: '00ffff', beige: 'f5f5dc', black: '000000', blue: '0000ff', brown: 'a52a2a', coral: 'ff7f50', cyan: '00ffff', darkblue: '00008b', darkgray: 'a9a9a9',
  darkgreen: '006400', darkgrey: 'a9a9a9', darkorange: 'ff8c00', darkred: '8b0000', dimgray: '696969', dimgrey: '696969', fuchsia: 'ff00ff', gainsboro: 'dcdcdc',
  gold: 'ffd700', gray: '808080', green: '008000', grey: '808080', ivory: 'fffff0', khaki: 'f0e68c', lightblue: 'add8e6', lightgray: 'd3d3d3', lightgreen: '90ee90',
  lightgrey: 'd3d3d3', lime: '00ff00', limegreen: '32cd32', linen: 'faf0e6', magenta: 'ff00ff', maroon: '800000', navy: '000080', olive: '808000', orange: 'ffa500',
  pink: 'ffc0cb', purple: '800080', red: 'ff0000', salmon: 'fa8072', silver: 'c0c0c0', skyblue: '87ceeb', slategray: '708090', slategrey: '708090', teal: '008080',
  tomato: 'ff6347', violet: 'ee82ee', wheat: 'f5deb3', white: 'ffffff', whitesmoke: 'f5f5f5', windowtext: '000000', window: 'ffffff', yellow: 'ffff00',
};

/** A colour as CSS or HTML writes it; null for what is none, or of a kind that is not read here. */
export function readColour(written: string): Colour | null {
  const text = written.trim().toLowerCase();
  const hex = /^#?([0-9a-f]{6})\b/.exec(named[text] ?? text)?.[1] ?? longHex(text);
  if (hex !== null) return [parseInt(hex.slice(0, 2), 16), parseInt(hex.slice(2, 4), 16), parseInt(hex.slice(4, 6), 16)];
  const [, red, green, blue, alpha] = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+([\d.]+%?))?\s*\)/.exec(text) ?? [];
  if (red === undefined || green === undefined || blue === undefined) return null;
  return onWhite([Number(red), Number(green), Number(blue)], alphaOf(alpha));
}

function longHex(text: string): string | null {
  const short = /^#([0-9a-f]{3})$/.exec(text)?.[1];
  return short === undefined ? null : short.replace(/./g, '$&$&');
}

function alphaOf(written: string | undefined): number {
  if (written === undefined) return 1;
  return Math.min(1, written.endsWith('%') ? parseFloat(written) / 100 : parseFloat(written));
}

function onWhite([red, green, blue]: Colour, alpha: number): Colour {
  const mixed = (value: number): number => Math.min(255, value) * alpha + 255 * (1 - alpha);
  return [mixed(red), mixed(green), mixed(blue)];
}

/** How much two colours differ in light, 1 to 21 (WCAG 2.2, contrast ratio). */
export function contrastOf(one: Colour, other: Colour): number {
  const [darker = 0, lighter = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminanceOf(colour: Colour): number {
  const [red = 0, green = 0, blue = 0] = colour.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
