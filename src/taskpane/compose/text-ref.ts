import type { address, compose } from '../texts/da.ts';
import type { TextParameters } from '../texts/fill-text.ts';

export type ComposeKey = keyof typeof compose | keyof typeof address;

/** A text of this screen, or of why an address is wrong, that is said later, in the language of the pane: pure functions choose it, the screen says it. */
export interface TextRef {
  readonly key: ComposeKey;
  readonly parameters?: TextParameters;
  /** Parameters that are texts themselves. */
  readonly texts?: Readonly<Record<string, { readonly key: ComposeKey }>>;
  /** Parameters that are days, YYYY-MM-DD, written by the language's own rule. */
  readonly days?: Readonly<Record<string, string>>;
  /** Parameters that are moments, ISO time, written short. */
  readonly moments?: Readonly<Record<string, string>>;
}
