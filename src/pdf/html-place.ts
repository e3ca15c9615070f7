/** How deep a place in the HTML lies, and whether a heading may stand there. */
export type Place = {
  readonly lists: number;
  readonly quotes: number;
  readonly tables: number;
  readonly headings: boolean;
};
