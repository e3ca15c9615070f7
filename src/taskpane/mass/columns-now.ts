import { isBodyPdfName, isMassSendListName, isMergeColumnsName } from '../../domain/memo-header-file.ts';
import { isOwnLetterName } from '../../domain/own-letters.ts';
import type { Draft, ItemAttachment, Outlook } from '../office/outlook.ts';
import type { MergeSource } from './each-letters.ts';
import { bytesOfBase64 } from './sha256.ts';

/**
 * Why the gateway would refuse letters that are filled in from masseforsendelse.csv (domain/merge-columns.ts): it does not fit
 * the list or the fields of the text, there are several, or a finished letter lies beside it.
 */
export type ColumnsFault = 'misfit' | 'several' | 'letter';

/** Larger ones are left to the gateway: they are read while somebody writes. */
const COLUMNS_BYTES_MAX = 5_000_000;

/** Tells of masseforsendelse.csv of a draft again and again, and reads each file once. */
export class ColumnsReader {
  readonly #outlook: Pick<Outlook, 'fileContent'>;
  #contents: ReadonlyMap<string, Uint8Array | null> = new Map();

  constructor(outlook: Pick<Outlook, 'fileContent'>) {
    this.#outlook = outlook;
  }

  /** Null: there is none, it is well, or it cannot be seen. Never rejects. */
  async now({ attachments }: Pick<Draft, 'attachments'>, source: MergeSource): Promise<ColumnsFault | null> {
    const files = attachments.filter(({ isInline, kind }) => !isInline && kind === 'file');
    const [columns, another] = files.filter(({ name }) => isMergeColumnsName(name));
    if (!columns) return null;
    if (another) return 'several';
    if (files.some(({ name }) => isBodyPdfName(name) || isOwnLetterName(name))) return 'letter';
    const [list, secondList] = files.filter(({ name }) => isMassSendListName(name));
    // What is wrong with the list itself is told as that.
    if (!list || secondList) return null;
    try {
      const [csv = null, numbers = null] = await this.#contentsOf([columns, list]);
      if (csv === null || numbers === null) return null;
      const { columnsFit } = await import(/* webpackChunkName: "columns" */ './columns-fit.ts');
      return columnsFit({ csv, list: numbers, source }) ? null : 'misfit';
    } catch {
      return null;
    }
  }

  /** One after the other: Outlook is asked for one file at a time. */
  async #contentsOf(files: readonly ItemAttachment[]): Promise<readonly (Uint8Array | null)[]> {
    const known = new Map<string, Uint8Array | null>();
    for (const file of files) {
      const key = JSON.stringify([file.id, file.name, file.bytes]);
      known.set(key, this.#contents.get(key) ?? await this.#contentOf(file));
    }
    this.#contents = known;
    return [...known.values()];
  }

  async #contentOf({ id, bytes }: ItemAttachment): Promise<Uint8Array | null> {
    if (bytes > COLUMNS_BYTES_MAX) return null;
    const content = await this.#outlook.fileContent(id);
    return content.kind === 'content' ? bytesOfBase64(content.base64) : null;
  }
}
