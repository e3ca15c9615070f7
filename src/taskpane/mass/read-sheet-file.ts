import type { RecipientSheet } from '../../domain/recipient-sheet.ts';
import type { SheetsAsked, SheetsTold } from './read-sheets.worker.ts';

/** A larger file is no list of recipients: a million rows are 20 MB as .xlsx. */
export const SHEET_FILE_BYTES_MAX = 40_000_000;
/** How long a file may take to be read, in ms; after that the worker is ended, and all it holds with it. */
export const READ_SHEETS_MAX_MS = 60_000;

/** A worker, as far as it is used here. */
export interface SheetWorker {
  postMessage(asked: SheetsAsked, transfer: Transferable[]): void;
  addEventListener(kind: 'message', listener: (event: { readonly data: SheetsTold }) => void): void;
  addEventListener(kind: 'error' | 'messageerror', listener: () => void): void;
  terminate(): void;
}

export interface SheetFileParts {
  readonly openWorker: () => SheetWorker;
  /** Told how many rows there are to read, where the file says so. */
  readonly onRows: (rows: number) => void;
  readonly limitMs?: number;
}

/** A worker with the reader of workbooks, which is fetched for it and for nothing else. */
export function openSheetWorker(): SheetWorker {
  return new Worker(new URL('./read-sheets.worker.ts', import.meta.url));
}

/**
 * The sheets of a file that somebody has chosen, read beside the pane so that it never stands still; null where it cannot
 * be read, or takes too long. Never rejects; the worker is ended in every case.
 */
export async function readSheetFile(file: Pick<File, 'size' | 'arrayBuffer'>, { openWorker, onRows, limitMs = READ_SHEETS_MAX_MS }: SheetFileParts): Promise<readonly RecipientSheet[] | null> {
  if (file.size > SHEET_FILE_BYTES_MAX) return null;
  let worker: SheetWorker | null = null;
  let clock: ReturnType<typeof setTimeout> | undefined;
  try {
    const bytes = await file.arrayBuffer();
    worker = openWorker();
    return await new Promise<readonly RecipientSheet[] | null>((resolve) => {
      clock = setTimeout(() => resolve(null), limitMs);
      worker?.addEventListener('message', ({ data }) => (data.kind === 'rows' ? onRows(data.rows) : resolve(data.sheets)));
      worker?.addEventListener('error', () => resolve(null));
      worker?.addEventListener('messageerror', () => resolve(null));
      worker?.postMessage({ bytes }, [bytes]);
    });
  } catch {
    // The file is gone, or the worker's own script is.
    return null;
  } finally {
    clearTimeout(clock);
    worker?.terminate();
  }
}
