import { readListLines } from '../../domain/mass-list-lines.ts';
import { readMergeColumns } from '../../domain/merge-columns.ts';
import { fieldsOfAll, mergeTextOf } from '../../domain/merge-fields.ts';
import type { MergeSource } from './each-letters.ts';

export interface ColumnsQuestion {
  /** masseforsendelse.csv. */
  readonly csv: Uint8Array;
  /** What stands in masseforsendelse.txt. */
  readonly list: string;
  readonly source: MergeSource;
}

/** Whether a draft's columns fit its list and the fields of its text, as the gateway judges it; also where the list cannot be used, which is told as that. */
export function columnsFit({ csv, list, source: { subject, html } }: ColumnsQuestion): boolean {
  const { recipients, badCount } = readListLines(list, Infinity);
  if (badCount > 0 || recipients.length === 0) return true;
  const fields = fieldsOfAll([mergeTextOf(subject, 'line'), mergeTextOf(html, 'html')]);
  return readMergeColumns(csv, { recipients, fields }).kind === 'columns';
}
