import type { Theme } from '@fluentui/react-components';

/**
 * Fluent's colours, sizes and weights by name, as `var(--name)`, which FluentProvider fills in for the theme. The same as
 * Fluent's own `tokens`, without the list of all 450, which weighs 3 kB in the pane.
 */
export const tokens = new Proxy({} as Readonly<Record<keyof Theme & string, string>>, { get: (_, name) => `var(--${String(name)})` });
