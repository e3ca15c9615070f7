import { recordOf } from './host/conversation.ts';
import { FILE_NAME_LENGTH_MAX, FILES_BYTES_MAX, FILES_MAX } from './host/file-methods.ts';
import { headersFault } from './host/draft-state-methods.ts';
import { BODY_LENGTH_MAX, SUBJECT_LENGTH_MAX } from './host/text-methods.ts';
import type { Draft, DraftFile } from './model/draft.ts';
import { blobOfBase64 } from './model/file-content.ts';
import { safeHtml } from './model/mail-html.ts';
import { isResolved, recipientFields, recipientsTyped, type Recipient, type RecipientField } from './model/recipient.ts';

/** What a script may change; what is left out stays. Recipients: addresses, "Name <address>", or as in `item()`. */
export interface ScriptChange extends Partial<Readonly<Record<RecipientField, readonly (string | Partial<Recipient>)[]>>> {
  readonly from?: string | Partial<Recipient>;
  readonly subject?: string;
  readonly bodyHtml?: string;
  /** All files from now on: those with an `id` stay, the others are added, with their content as base64 or as text. */
  readonly attachments?: readonly ({ readonly id: string } | { readonly name: string; readonly base64?: string; readonly text?: string; readonly isInline?: boolean; readonly contentId?: string })[];
  /** All headers from now on. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A change that can be made as a whole: nothing of it is wrong. */
export interface ReadChange {
  readonly from: Recipient | null;
  readonly recipients: Partial<Readonly<Record<RecipientField, readonly Recipient[]>>>;
  readonly subject: string | null;
  readonly bodyHtml: string | null;
  readonly files: { readonly keptIds: readonly string[]; readonly added: readonly Omit<DraftFile, 'id'>[] } | null;
  readonly headers: Readonly<Record<string, string>> | null;
}

const FIELDS = ['from', 'to', 'cc', 'bcc', 'subject', 'bodyHtml', 'attachments', 'headers'];
const FILE_FIELDS = ['name', 'base64', 'text', 'isInline', 'contentId'];

/** Reads what a script wants changed in a draft. Throws an Error that names what is wrong; then nothing is changed. */
export function readChange(asked: unknown, draft: Draft | null): ReadChange {
  const change = record('set', asked);
  known('set', change, FIELDS);
  const has = (name: string): boolean => change[name] !== undefined;
  const recipients = recipientFields.filter(has).map((field) => [field, list(field, change[field]).flatMap((one) => recipientsIn(field, one))] as const);
  return {
    from: has('from') ? senderIn(change['from']) : null,
    recipients: Object.fromEntries(recipients),
    // As in a line of text: no line breaks.
    subject: has('subject') ? text('subject', change['subject'], SUBJECT_LENGTH_MAX).replace(/[\r\n]/g, '') : null,
    bodyHtml: has('bodyHtml') ? safeHtml(text('bodyHtml', change['bodyHtml'], BODY_LENGTH_MAX)) : null,
    files: has('attachments') ? filesIn(list('attachments', change['attachments']), draft?.files ?? []) : null,
    headers: has('headers') ? headersIn(record('headers', change['headers'])) : null,
  };
}

function senderIn(value: unknown): Recipient {
  const [sender, ...more] = recipientsIn('from', value);
  if (!sender || more.length > 0 || !isResolved(sender)) throw new Error('set: from skal være én mailadresse.');
  return sender;
}

function recipientsIn(field: string, one: unknown): readonly Recipient[] {
  if (typeof one === 'string') return recipientsTyped(one);
  const given = record(field, one);
  known(field, given, ['displayName', 'emailAddress']);
  const { displayName = '', emailAddress = displayName } = given;
  if (typeof displayName !== 'string' || typeof emailAddress !== 'string' || emailAddress === '') throw new Error(`set: en modtager i ${field} har ingen adresse.`);
  return [{ emailAddress, displayName: displayName === '' ? emailAddress : displayName }];
}

function filesIn(wanted: readonly unknown[], there: readonly DraftFile[]): NonNullable<ReadChange['files']> {
  const keptIds = wanted.flatMap((one) => (typeof recordOf(one)['id'] === 'string' ? [String(recordOf(one)['id'])] : []));
  const missing = keptIds.find((id) => !there.some((file) => file.id === id));
  if (missing !== undefined) throw new Error(`set: der er ingen fil med id "${missing}".`);
  const added = wanted.filter((one) => typeof recordOf(one)['id'] !== 'string').map(fileIn);
  const all = [...there.filter(({ id }) => keptIds.includes(id)), ...added];
  if (all.length > FILES_MAX) throw new Error(`set: højst ${FILES_MAX} filer.`);
  if (all.reduce((sum, { content }) => sum + content.size, 0) > FILES_BYTES_MAX) throw new Error('set: filerne må højst fylde 25 MB.');
  return { keptIds, added };
}

function fileIn(one: unknown): Omit<DraftFile, 'id'> {
  const file = record('attachments', one);
  known('attachments', file, FILE_FIELDS);
  const name = text('attachments.name', file['name'], FILE_NAME_LENGTH_MAX);
  if (name === '') throw new Error('set: en fil har intet navn.');
  if (file['base64'] !== undefined && file['text'] !== undefined) throw new Error(`set: ${name} har både base64 og text.`);
  const content = file['base64'] === undefined ? new Blob([text(name, file['text'] ?? '', FILES_BYTES_MAX)]) : blobOfBase64(text(name, file['base64'], Infinity), '');
  if (!content) throw new Error(`set: ${name}: base64 kan ikke læses.`);
  const isInline = file['isInline'] === true;
  const contentId = file['contentId'] === undefined ? null : text(name, file['contentId'], FILE_NAME_LENGTH_MAX);
  return { name, type: '', content, isInline, contentId: contentId ?? (isInline ? name : null) };
}

function headersIn(headers: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const pairs = Object.entries(headers).map(([name, value]) => [name, text(`headers.${name}`, value, Infinity)] as const);
  const fault = headersFault(pairs);
  if (fault !== null) throw new Error(`set: headeren "${fault}" kan ikke stå i en mail: navnet begynder med x-, og navn og værdi fylder højst 998 tegn på én linje.`);
  return Object.fromEntries(pairs);
}

function record(where: string, value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`set: ${where} skal være et objekt.`);
  return recordOf(value);
}

function known(where: string, given: Readonly<Record<string, unknown>>, names: readonly string[]): void {
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new Error(`${where}: "${unknown}" er ukendt. Kendte: ${names.join(', ')}.`);
}

function list(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`set: ${name} skal være en liste.`);
  return value;
}

function text(name: string, value: unknown, lengthMax: number): string {
  if (typeof value !== 'string') throw new Error(`set: ${name} skal være tekst.`);
  if (value.length > lengthMax) throw new Error(`set: ${name} må højst fylde ${lengthMax} tegn.`);
  return value;
}
