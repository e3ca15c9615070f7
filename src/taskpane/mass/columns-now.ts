import { isBodyPdfName, isMassSendListName, isMergeColumnsName } from '../../domain/memo-header-file.ts';
import { isOwnLetterName } from '../../domain/own-letters.ts';
import { fileKey } from '../check/file-key.ts';
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

/** Tells of masseforsendelse.csv of a draft again and again, and reads it once. */
export class ColumnsReader {
  readonly #outlook: Pick<Outlook, 'fileContent'>;
  #read: { readonly key: string; readonly csv: Uint8Array | null } | null = null;

  constructor(outlook: Pick<Outlook, 'fileContent'>) {
    this.#outlook = outlook;
  }

  /**
   * Null: there is none, it is well, or it cannot be seen. Never rejects.
   * @param listTextOf what stands in a list of recipients; null where it has not been read
   */
  async now({ attachments }: Pick<Draft, 'attachments'>, source: MergeSource, listTextOf: (list: ItemAttachment) => string | null): Promise<ColumnsFault | null> {
    const files = attachments.filter(({ isInline, kind }) => !isInline && kind === 'file');
    const [columns, another] = files.filter(({ name }) => isMergeColumnsName(name));
    if (!columns) return null;
    if (another) return 'several';
    if (files.some(({ name }) => isBodyPdfName(name) || isOwnLetterName(name))) return 'letter';
    const [first, secondList] = files.filter(({ name }) => isMassSendListName(name));
    // What is wrong with the list itself is told as that.
    const list = first && !secondList ? listTextOf(first) : null;
    if (list === null) return null;
    try {
      const csv = await this.#contentOf(columns);
      if (csv === null) return null;
      const { columnsFit } = await import(/* webpackChunkName: "columns" */ './columns-fit.ts');
      return columnsFit({ csv, list, source }) ? null : 'misfit';
    } catch {
      return null;
    }
  }

  async #contentOf(file: ItemAttachment): Promise<Uint8Array | null> {
    const key = fileKey(file);
    if (this.#read?.key === key) return this.#read.csv;
    if (file.bytes > COLUMNS_BYTES_MAX) return null;
    const content = await this.#outlook.fileContent(file.id);
    this.#read = { key, csv: content.kind === 'content' ? bytesOfBase64(content.base64) : null };
    return this.#read.csv;
  }
}
