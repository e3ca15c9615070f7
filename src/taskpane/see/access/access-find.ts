import type { BodyElement } from './body-tree.ts';
import type { SourceEdit } from './source-edit.ts';

/** Something in a mail's HTML that makes its letter hard to read for some. */
export interface AccessFind {
  readonly element: BodyElement;
  /** What stands there, as it is shown; empty for a picture. */
  readonly quote: string;
  /** Of a picture: its address in the mail. */
  readonly picture?: string;
  /** What mends it; `words` where somebody is asked for some, else not used. Empty where nothing can be written. */
  readonly mend: (words: string) => readonly SourceEdit[];
}
