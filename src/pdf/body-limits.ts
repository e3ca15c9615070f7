/** How much of a body is set into a letter. Counted before the work is done, so that a hostile mail costs little. */
export type BodyLimits = {
  /** Characters of HTML or text. Pictures pasted in as data: URLs are part of it. */
  readonly sourceCharsMax: number;
  readonly elementsMax: number;
  /** Elements inside each other. What lies deeper is kept as text of the deepest element allowed. */
  readonly depthMax: number;
  readonly tableRowsMax: number;
  readonly tableColumnsMax: number;
  readonly tableCellsMax: number;
  readonly tablesNestedMax: number;
  readonly quotesNestedMax: number;
  readonly listsNestedMax: number;
  readonly textCharsMax: number;
  readonly picturesMax: number;
  readonly pictureBytesMax: number;
  readonly picturePixelsMax: number;
  readonly pagesMax: number;
};

export const defaultBodyLimits: BodyLimits = {
  sourceCharsMax: 40_000_000,
  elementsMax: 200_000,
  depthMax: 256,
  tableRowsMax: 2_000,
  tableColumnsMax: 100,
  tableCellsMax: 20_000,
  tablesNestedMax: 4,
  quotesNestedMax: 5,
  listsNestedMax: 8,
  textCharsMax: 1_500_000,
  picturesMax: 200,
  pictureBytesMax: 30_000_000,
  picturePixelsMax: 50_000_000,
  pagesMax: 1_000,
};

export type BodyTooLargeCode =
  | 'source-too-long' | 'text-too-long' | 'too-many-elements' | 'too-many-rows' | 'too-many-columns'
  | 'too-many-cells' | 'too-many-pages';

const reasons: Readonly<Record<BodyTooLargeCode, string>> = {
  'source-too-long': 'Mailens tekst fylder for meget',
  'text-too-long': 'Mailens tekst har for mange tegn',
  'too-many-elements': 'Mailens tekst har for mange dele',
  'too-many-rows': 'En tabel i mailen har for mange rækker',
  'too-many-columns': 'En tabel i mailen har for mange kolonner',
  'too-many-cells': 'Tabellerne i mailen har for mange felter',
  'too-many-pages': 'Brevet bliver for mange sider',
};

/**
 * The body cannot become a letter because it is too large. Nothing is cut out of a letter to make it fit: what an
 * authority wrote is delivered whole, or the sender is told why not. `message` is Danish, for the sender.
 */
export class BodyTooLarge extends Error {
  readonly code: BodyTooLargeCode;
  readonly max: number;

  constructor(code: BodyTooLargeCode, max: number) {
    super(`${reasons[code]} (højst ${max.toLocaleString('da-DK')}).`);
    this.name = 'BodyTooLarge';
    this.code = code;
    this.max = max;
  }
}
