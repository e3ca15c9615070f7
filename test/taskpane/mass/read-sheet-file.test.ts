import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSheetFile, SHEET_FILE_BYTES_MAX, type SheetWorker } from '../../../src/taskpane/mass/read-sheet-file.ts';
import type { SheetsTold } from '../../../src/taskpane/mass/read-sheets.worker.ts';

const sheet = { name: 'Ark1', isHidden: false, rows: [{ line: 1, cells: ['0101011234'] }], hiddenRows: 0, formulas: [] };

/** A worker that answers so when it is asked, and whether it was ended. */
function scriptedWorker(script: (tell: (told: SheetsTold) => void, fail: () => void) => void): SheetWorker & { ended: boolean; asked: number } {
  const listeners = new Map<string, (event: { readonly data: SheetsTold }) => void>();
  return {
    ended: false, asked: 0,
    addEventListener(kind: string, listener: (event: { readonly data: SheetsTold }) => void) {
      listeners.set(kind, listener);
    },
    postMessage(asked) {
      this.asked = asked.bytes.byteLength;
      script((data) => listeners.get('message')?.({ data }), () => listeners.get('error')?.({ data: { kind: 'sheets', sheets: null } }));
    },
    terminate() {
      this.ended = true;
    },
  };
}

const file = new Blob(['0101011234']);

async function read(worker: SheetWorker, limitMs?: number): Promise<{ readonly sheets: unknown; readonly rows: readonly number[] }> {
  const rows: number[] = [];
  const sheets = await readSheetFile(file, { openWorker: () => worker, onRows: (count) => rows.push(count), ...(limitMs !== undefined && { limitMs }) });
  return { sheets, rows };
}

describe('a file that is read in a worker', () => {
  it('comes back as sheets, after how many rows there are, and the worker is ended', async () => {
    const worker = scriptedWorker((tell) => {
      tell({ kind: 'rows', rows: 5_000 });
      tell({ kind: 'sheets', sheets: [sheet] });
    });
    assert.deepEqual(await read(worker), { sheets: [sheet], rows: [5_000] });
    assert.deepEqual([worker.ended, worker.asked], [true, file.size]);
  });

  it('is given up, and the worker ended, where it fails or takes too long', async () => {
    const failing = scriptedWorker((_, fail) => fail());
    assert.deepEqual([(await read(failing)).sheets, failing.ended], [null, true]);
    const silent = scriptedWorker(() => undefined);
    assert.deepEqual([(await read(silent, 1)).sheets, silent.ended], [null, true]);
  });

  it('is given up where its worker cannot be had, or the file is gone', async () => {
    const openWorker = (): SheetWorker => {
      throw new Error('blocked');
    };
    assert.equal(await readSheetFile(file, { openWorker, onRows: () => undefined }), null);
    const gone = { size: 1, arrayBuffer: async () => await Promise.reject(new DOMException('gone', 'NotReadableError')) };
    assert.equal(await readSheetFile(gone, { openWorker, onRows: () => undefined }), null);
  });

  it('is not looked at where it is larger than any list', async () => {
    let opened = 0;
    const openWorker = (): SheetWorker => {
      opened += 1;
      return scriptedWorker(() => undefined);
    };
    const large = { size: SHEET_FILE_BYTES_MAX + 1, arrayBuffer: async () => new ArrayBuffer(0) };
    assert.deepEqual([await readSheetFile(large, { openWorker, onRows: () => undefined }), opened], [null, 0]);
  });
});
