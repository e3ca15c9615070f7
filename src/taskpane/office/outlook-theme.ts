import type { OfficeColours } from './office-js.ts';

/** What the computer prefers, by a media query. */
export type Prefers = (query: string) => boolean;

/**
 * Light or dark: what the last event of Outlook said, else its colours when the pane opened (which are of before where the
 * theme was changed meanwhile, office-js 6912), else the computer's, which need not be Outlook's. A computer that forces
 * its colours comes before all.
 */
export function themeOf(prefers: Prefers, told: OfficeColours | null, atOpening: OfficeColours | null): 'light' | 'dark' | 'high-contrast' {
  if (prefers('(forced-colors: active)')) return 'high-contrast';
  const dark = isDark(told) ?? isDark(atOpening) ?? prefers('(prefers-color-scheme: dark)');
  return dark ? 'dark' : 'light';
}

/** By the ground: Outlook fills `isDarkTheme` with a colour, or not at all. Null where there is no ground to be read. */
function isDark(colours: OfficeColours | null): boolean | null {
  const ground = /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colours?.bodyBackgroundColor ?? '');
  if (!ground) return null;
  const [red = 0, green = 0, blue = 0] = ground.slice(1).map((part) => Number.parseInt(part, 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue < MIDDLE;
}

const MIDDLE = 128;

/** The colours in the event itself: what stands in Office.context is still the theme of before (office-js 6348). */
export function coloursTold(told: unknown): OfficeColours | null {
  if (typeof told !== 'object' || told === null || !('officeTheme' in told)) return null;
  const { officeTheme } = told;
  if (typeof officeTheme !== 'object' || officeTheme === null || !('bodyBackgroundColor' in officeTheme)) return null;
  const { bodyBackgroundColor } = officeTheme;
  return typeof bodyBackgroundColor === 'string' ? { bodyBackgroundColor } : null;
}
