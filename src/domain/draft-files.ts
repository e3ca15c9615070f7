import { channels as channelTable, type ChannelId } from './channel.ts';
import { maskCprNumbersIn } from './cpr-number.ts';
import { stopOf, type DraftStop, type StopPlace } from './draft-stop.ts';
import { isMacroFileName, isRefusedByName } from './file-type.ts';
import { isBodyPdfName, isMassSendFileName, isMemoHeaderFileName } from './memo-header-file.ts';
import { isOwnLetterName } from './own-letters.ts';

/** An attachment as Outlook lists it. */
export interface CheckedFile {
  readonly name: string;
  readonly bytes: number;
  /** A picture of the text. */
  readonly isInline: boolean;
  /** `link`: a file in the cloud, of which only a link travels. `item`: a mail or a meeting. */
  readonly kind: 'file' | 'item' | 'link';
  /** Outlook tells a size and gives no content: data-loss prevention has emptied it. Left out: nobody has looked. */
  readonly emptied?: boolean;
}

/** A file, and its place among the attachments. */
interface PlacedFile {
  readonly file: CheckedFile;
  readonly place: StopPlace & { readonly at: 'file' };
}

/** The files of a draft, sorted as the gateway sorts those of a mail (gateway/assess/mail-problems.ts). */
export interface SortedFiles {
  /** What a recipient gets as attachments. */
  readonly counted: readonly PlacedFile[];
  /** The message itself: body.pdf, and of a mass send each recipient's own letter. */
  readonly letters: readonly PlacedFile[];
  /** Lists of a mass send, and the columns that its letters are filled in from: both are for the gateway alone. */
  readonly massFiles: readonly PlacedFile[];
  readonly memoHeaders: readonly PlacedFile[];
}

export function sortDraftFiles(files: readonly CheckedFile[], isMassSend: boolean): SortedFiles {
  const sorted: Record<keyof SortedFiles, PlacedFile[]> = { counted: [], letters: [], massFiles: [], memoHeaders: [] };
  files.forEach((file, index) => {
    if (!file.isInline && file.kind !== 'link') sorted[sortOf(file.name, isMassSend)].push({ file, place: { at: 'file', index } });
  });
  return sorted;
}

function sortOf(name: string, isMassSend: boolean): keyof SortedFiles {
  if (isMemoHeaderFileName(name)) return 'memoHeaders';
  if (isMassSendFileName(name)) return 'massFiles';
  return isBodyPdfName(name) || (isMassSend && isOwnLetterName(name)) ? 'letters' : 'counted';
}

/** What the channels of a draft do not take, as far as names and sizes tell: too many, too big, then file by file. */
export function fileStops(files: SortedFiles, channels: readonly ChannelId[]): readonly DraftStop[] {
  if (channels.length === 0) return [];
  const carried = files.letters.concat(files.counted).sort((a, b) => a.place.index - b.place.index);
  const each = carried.map((file) => fileStop(file, channels)).filter((stop) => stop !== null);
  return countStops(files.counted.length, channels).concat(sizeStops(files, channels), each);
}

/** The name of a file fit to be shown. */
export function shownFileName({ name }: CheckedFile): string {
  return maskCprNumbersIn(name.replace(/[\0-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/g, ' ').trim());
}

function countStops(n: number, channels: readonly ChannelId[]): readonly DraftStop[] {
  const [over] = channels.map((id) => channelTable[id]).filter(({ attachmentsMax }) => n > attachmentsMax);
  if (!over) return [];
  return [stopOf('tooMany', { n, max: over.attachmentsMax, channel: over.name }, { at: 'files' })];
}

/** Files go as base64, four bytes for three. One letter of a mass send goes with the attachments, not all of them. */
function sizeStops({ counted, letters }: SortedFiles, channels: readonly ChannelId[]): readonly DraftStop[] {
  const bytesOf = (files: readonly PlacedFile[]): number => files.reduce((sum, { file }) => sum + file.bytes, 0);
  const largest = letters.reduce((most, { file }) => Math.max(most, file.bytes), 0);
  const bytes = bytesOf(counted) + largest;
  const [over] = channels.map((id) => channelTable[id]).filter(({ memoBytesMax }) => (bytes / 3) * 4 > memoBytesMax);
  if (!over) return [];
  return [stopOf('tooBig', { bytes, max: Math.floor(over.memoBytesMax / 4) * 3, channel: over.name }, { at: 'files' })];
}

/** The one thing that is most wrong with a file, in the order of attachment-limits.ts; null when nothing is. */
function fileStop({ file, place }: PlacedFile, channels: readonly ChannelId[]): DraftStop | null {
  const shown = shownFileName(file);
  if (file.kind === 'file' && file.bytes === 0) return stopOf('emptyFile', { file: shown }, place);
  if (file.emptied) return stopOf('dlp', { file: shown }, place);
  // An attached mail or meeting travels under its subject as a name, with an extension that no channel takes.
  const name = file.kind === 'item' ? `${file.name}.eml` : file.name;
  const refusing = channels.find((id) => channelTable[id].checksFileTypes && isRefusedByName(name, id));
  if (refusing === undefined) return null;
  const parameters = { file: shown, channel: channelTable[refusing].name };
  return isMacroFileName(name) ? stopOf('macro', parameters, place) : stopOf('types', parameters, place);
}
