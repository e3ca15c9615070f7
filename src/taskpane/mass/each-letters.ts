import { writeMergeColumns } from '../../domain/merge-columns.ts';
import { mergeKey, mergeTextOf } from '../../domain/merge-fields.ts';
import { isBodyPdfName, isMergeColumnsName } from '../../domain/memo-header-file.ts';
import { isMeantForOne, isOwnLetterName, ownLetters } from '../../domain/own-letters.ts';
import type { Draft, ItemAttachment } from '../office/outlook.ts';
import type { MassList } from './mass-list.ts';

/** Which letters the recipients get: all the same, the mail's text filled in for each, a file each, or their pages of one PDF. */
export type EachKind = 'same' | 'merge' | 'files' | 'split';

/** Why the letters do not fit the list, by the key of what is said of it. */
export type EachFault =
  | { readonly code: 'none' | 'body' }
  | { readonly code: 'unknown' | 'alike' | 'broken'; readonly field: string }
  | { readonly code: 'empty'; readonly n: number; readonly field: string }
  | { readonly code: 'missing' | 'extra' | 'named'; readonly n: number };

export interface MergeSource {
  readonly subject: string;
  readonly html: string;
}

/** What the fields of a mail lack in the list's columns; empty: each recipient's letter can be filled in. As the gateway has it (merge-columns.ts). */
export function mergeFaults(source: MergeSource, list: Pick<MassList, 'columns' | 'recipients'>): readonly EachFault[] {
  const texts = textsOf(source);
  const places = placesOf(list.columns);
  const faults = texts.flatMap((text) => text.faults.map(({ text: field }): EachFault => ({ code: 'broken', field })));
  for (const literal of texts.flatMap(({ literals }) => literals)) if (places.has(mergeKey(literal))) faults.push({ code: 'broken', field: `{{${literal}}}` });
  const fields = new Map(texts.flatMap((text) => text.fields.map((field) => [mergeKey(field), `{${field}}`] as const)));
  for (const [key, field] of fields) {
    const [at, another] = places.get(key) ?? [];
    if (at === undefined) faults.push({ code: 'unknown', field });
    else if (another !== undefined) faults.push({ code: 'alike', field });
    else {
      const n = list.recipients.filter(({ cells }) => (cells[at] ?? '').trim() === '').length;
      if (n > 0) faults.push({ code: 'empty', n, field });
    }
  }
  return fields.size === 0 && faults.length === 0 ? [{ code: 'none' }] : faults;
}

/** Whether somebody who wrote this most likely means it to be filled in: a field that is a column. */
export function hasFields(source: MergeSource, columns: readonly string[]): boolean {
  const places = placesOf(columns);
  return textsOf(source).some(({ fields }) => fields.some((field) => places.has(mergeKey(field))));
}

/** Mail and subject as the n-th recipient gets them. */
export function filledFor({ subject, html }: MergeSource, { columns, recipients }: Pick<MassList, 'columns' | 'recipients'>, n: number): MergeSource {
  const places = placesOf(columns);
  const valueOf = (key: string): string => recipients[n]?.cells[places.get(key)?.[0] ?? -1] ?? '';
  return { subject: mergeTextOf(subject, 'line').fill(valueOf), html: mergeTextOf(html, 'html').fill(valueOf) };
}

/** masseforsendelse.csv of a list: its numbers, and only the columns that letters and cases ask for. */
export function mergeFile(source: MergeSource, { columns, recipients }: Pick<MassList, 'columns' | 'recipients'>): Uint8Array {
  const used = new Set([...textsOf(source).flatMap(({ fields }) => fields.map(mergeKey)), CASE_ID_KEY]);
  const places = columns.flatMap((heading, at) => (used.has(mergeKey(heading)) ? [at] : []));
  return writeMergeColumns(
    ['Nummer', ...places.map((at) => (columns[at] ?? '').replace(/\s+/g, ' ').trim())],
    recipients.map(({ id: { number }, cells }) => [number, ...places.map((at) => cells[at] ?? '')]),
  );
}

const CASE_ID_KEY = mergeKey('Sagsnummer');

/**
 * The files that are somebody's own letter, or are named as if they were, where each recipient gets another letter than such a
 * file: the gateway refuses them beside it (own-letters.ts; merge-columns.ts).
 */
export function namedFiles({ attachments }: Pick<Draft, 'attachments'>, kind: EachKind): readonly ItemAttachment[] {
  if (kind === 'files' || kind === 'split') return [];
  return attachments.filter((file) => isPlainFile(file) && (isOwnLetterName(file.name) || (kind === 'same' && isMeantForOne(file.name))));
}

function isPlainFile({ isInline, kind }: ItemAttachment): boolean {
  return !isInline && kind === 'file';
}

/** How the files of a draft that are named by numbers fit the list; empty: each recipient has one. */
export function fileFaults({ attachments }: Pick<Draft, 'attachments'>, { recipients }: Pick<MassList, 'recipients'>): readonly EachFault[] {
  const names = attachments.filter(isPlainFile).map(({ name }) => name);
  const others = names.filter((name) => !isBodyPdfName(name) && !isMergeColumnsName(name));
  const own = ownLetters({ recipients: recipients.map(({ id }, n) => ({ line: n + 1, id })), fileNames: others, bodyPdf: null });
  const n = recipients.length;
  if (own.kind === 'same-for-all') return [{ code: 'missing', n }];
  if (own.kind === 'own') return [];
  const having = new Set(others.filter(isOwnLetterName).map((name) => name.replace(/\D/g, '')));
  const missing = recipients.filter(({ id }) => !having.has(id.number)).length;
  const extra = others.filter(isOwnLetterName).length - (n - missing);
  return [
    ...(missing > 0 ? [{ code: 'missing', n: missing } as const] : []),
    ...(extra > 0 || missing === 0 ? [{ code: 'extra', n: Math.max(extra, 1) } as const] : []),
  ];
}

/** What a draft has been made into before: its letters tell, also when it is opened again. */
export function kindInDraft({ attachments }: Pick<Draft, 'attachments'>): EachKind | null {
  const files = attachments.filter(isPlainFile);
  if (files.some(({ name }) => isMergeColumnsName(name))) return 'merge';
  return files.some(({ name }) => isOwnLetterName(name)) ? 'files' : null;
}

function textsOf({ subject, html }: MergeSource): readonly ReturnType<typeof mergeTextOf>[] {
  return [mergeTextOf(subject, 'line'), mergeTextOf(html, 'html')];
}

function placesOf(columns: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>();
  columns.forEach((heading, at) => {
    const key = mergeKey(heading);
    if (key !== '') places.set(key, [...(places.get(key) ?? []), at]);
  });
  return places;
}
