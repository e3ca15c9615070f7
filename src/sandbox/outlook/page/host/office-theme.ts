import type { ClientSettings } from './client-settings.ts';

const COLORS = {
  light: { bodyBackgroundColor: '#ffffff', bodyForegroundColor: '#242424', controlBackgroundColor: '#ffffff', controlForegroundColor: '#242424' },
  dark: { bodyBackgroundColor: '#292929', bodyForegroundColor: '#ffffff', controlBackgroundColor: '#1f1f1f', controlForegroundColor: '#ffffff' },
} as const;

/** Colors as an add-in reads them (`Office.context.officeTheme`, Mailbox 1.14). */
export function themeColors(theme: ClientSettings['theme']): Readonly<Record<string, string>> {
  return COLORS[theme];
}

/** The same as numbers, as the message of a changed theme has them. */
export function themeNumbers(theme: ClientSettings['theme']): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(COLORS[theme]).map(([name, color]) => [name, Number.parseInt(color.slice(1), 16)]));
}
