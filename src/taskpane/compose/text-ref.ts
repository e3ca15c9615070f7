import type { compose } from '../texts/da.ts';
import type { TextParameters } from '../texts/fill-text.ts';

export type ComposeKey = keyof typeof compose & string;

/** A text of this screen that is said later, in the language of the pane: pure functions choose it, the screen says it. */
export interface TextRef {
  readonly key: ComposeKey;
  readonly parameters?: TextParameters;
  /** Parameters that are texts themselves. */
  readonly texts?: Readonly<Record<string, { readonly key: ComposeKey }>>;
  /** Parameters that are days, YYYY-MM-DD, written by the language's own rule. */
  readonly days?: Readonly<Record<string, string>>;
}
