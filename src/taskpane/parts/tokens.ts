import type { ThemeToken } from './themes.ts';

/**
 * Fluent's colours, sizes and weights by name, as `var(--name)`, which `Themed` fills in from the theme. The same as
 * Fluent's own `tokens`, without the list of all 450, which weighs 3 kB in the pane.
 */
export const tokens = new Proxy({} as Readonly<Record<ThemeToken, string>>, { get: (_, name) => `var(--${String(name)})` });
