import type { RecipientSheet } from '../../domain/recipient-sheet.ts';
import { readSheets } from './read-sheets.ts';

/** What the worker is given: the bytes of one file. */
export interface SheetsAsked {
  readonly bytes: ArrayBuffer;
}

/** What it tells: how much there is to read, then the sheets; null: it cannot be read. */
export type SheetsTold =
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'sheets'; readonly sheets: readonly RecipientSheet[] | null };

const tell = (told: SheetsTold): void => postMessage(told);

addEventListener('message', ({ data }: MessageEvent<SheetsAsked>) => {
  void readSheets(new Uint8Array(data.bytes), { onRows: (rows) => tell({ kind: 'rows', rows }) })
    .then((sheets) => tell({ kind: 'sheets', sheets }), () => tell({ kind: 'sheets', sheets: null }));
});
