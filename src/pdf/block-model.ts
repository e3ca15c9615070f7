/**
 * The block model: what a letter may consist of, and nothing else. Readers (HTML, plain text) make it; the Typst
 * document is made from it. What a mail holds beyond these kinds does not reach the PDF.
 */

/** How a run of letters looks. Sizes, colours and fonts of the mail are left behind: the letter has its own. */
export type Marks = {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly mono: boolean;
  readonly script: 'none' | 'sub' | 'super';
};

/** A picture that was checked: its bytes are of the type said, its size in pixels within the limits. */
export type Picture = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly widthPt: number;
  readonly heightPt: number;
  /** null: decoration, which a screen reader passes over. */
  readonly alt: string | null;
};

export type Inline =
  | { readonly kind: 'text'; readonly text: string; readonly marks: Marks; readonly href: string | null }
  | { readonly kind: 'break' }
  | { readonly kind: 'picture'; readonly picture: Picture };

export type Align = 'start' | 'left' | 'center' | 'right' | 'justify';
export type Direction = 'auto' | 'ltr' | 'rtl';

export type ListItem = {
  /** What stands before an item of an ordered list, as written: `1.`, `b)`, `2.3.`; null in an unordered list. */
  readonly label: string | null;
  readonly blocks: readonly Block[];
};

/** One cell of a normalised grid: no two cells overlap, every place is covered, spans stay inside the grid. */
export type Cell = {
  readonly x: number;
  readonly y: number;
  readonly colspan: number;
  readonly rowspan: number;
  readonly align: Align;
  readonly blocks: readonly Block[];
};

export type Block =
  /** `gap`: the paragraph keeps a distance to its neighbours, as `<p>` does and an address line does not. */
  | {
      readonly kind: 'paragraph';
      readonly content: readonly Inline[];
      readonly align: Align;
      readonly direction: Direction;
      readonly gap: boolean;
    }
  | { readonly kind: 'heading'; readonly level: number; readonly content: readonly Inline[]; readonly align: Align }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'preformatted'; readonly content: readonly Inline[] }
  | {
      readonly kind: 'table';
      /** A layout table only places things: it is shown side by side but is no table to a screen reader. */
      readonly purpose: 'data' | 'layout';
      readonly bordered: boolean;
      readonly columns: number;
      readonly rows: number;
      readonly headerRows: number;
      readonly cells: readonly Cell[];
    }
  | { readonly kind: 'rule' }
  | { readonly kind: 'space'; readonly lines: number }
  /** What follows begins on a new page. */
  | { readonly kind: 'page-break' }
  /** A page of its own, upright or on its side as the picture is, which fills it as far as its size goes. */
  | { readonly kind: 'picture-page'; readonly picture: Picture };

export const plainMarks: Marks = {
  bold: false, italic: false, underline: false, strike: false, mono: false, script: 'none',
};
