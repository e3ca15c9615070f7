import { channels as channelTable, type MemoChannelId } from '../../domain/channel.ts';
import type { PointLimits } from './check-input.ts';
import { placeOf } from './cloud-links.ts';
import { aboutFile, type FileOfDraft, type FilesOfDraft } from './file-of-draft.ts';
import { said, type Finding, type Said } from './finding.ts';

export interface FileQuestion {
  readonly files: FilesOfDraft;
  /** Of the recipients in Digital Post; never empty. */
  readonly channels: readonly MemoChannelId[];
  readonly points: readonly PointLimits[];
  /** Ids of attachments that are said to be unfit already. */
  readonly unfit: ReadonlySet<string>;
}

/**
 * What is wrong with the files of a draft in Digital Post beside what the draft itself tells (domain/draft-check.ts): what
 * a recipient's contact point does not take, and what the gateway found in the contents. One card a file: one that is not
 * taken for its kind is not also said to be locked.
 */
export function fileFindings({ files, channels, points, unfit }: FileQuestion): readonly Finding[] {
  const carried = [...files.letters, ...files.counted].filter(({ attachment }) => !unfit.has(attachment.id));
  const bodies = files.letters.filter(({ attachment: { name } }) => name.trim().toLowerCase() === 'body.pdf');
  return [
    ...points.flatMap((point) => pointFindings(point, files)),
    ...(bodies.length > 1 ? [ofFiles('body-pdf-twice', said('check.bodyPdfTwice', { n: bodies.length }), null)] : []),
    ...carried.flatMap((file) => contentFault(file, channels) ?? []),
    ...files.links.map((file) => cloudFile(file)),
  ];
}

/** Room for what a message holds beside its files. */
const MEMO_FRAME_BYTES = 10_000;

/** Files go as base64 in the message, four bytes for three; the limit is told in bytes of files. */
function pointFindings({ name, attachmentsMax, memoBytesMax }: PointLimits, { counted, letters }: FilesOfDraft): readonly Finding[] {
  const n = counted.length;
  const bytes = [...counted, ...letters].reduce((sum, { attachment }) => sum + attachment.bytes, 0);
  const room = memoBytesMax === null ? Infinity : Math.max(0, Math.floor((memoBytesMax - MEMO_FRAME_BYTES) / 4) * 3);
  return [
    ...(attachmentsMax !== null && n > attachmentsMax
      ? [ofFiles(`too-many:${name}`, said('check.tooMany', { n, max: attachmentsMax, channel: name }), said('check.tooMany.do', { k: n - attachmentsMax }))]
      : []),
    ...(bytes > room
      ? [ofFiles(`too-big:${name}`, said('check.tooBig.point', { size: { bytes }, max: { bytes: room }, point: name }), said('check.tooBig.do'))]
      : []),
  ];
}

function ofFiles(key: string, text: Said, advice: Said | null): Finding {
  return { key, grade: 'stop', about: { kind: 'files' }, text, advice, quote: null };
}

/** What the gateway found in it (domain/attachment-limits.ts), by code. */
function contentFault(file: FileOfDraft, channels: readonly MemoChannelId[]): Finding | null {
  const code = file.facts?.problems?.find((candidate) => contentTexts.has(candidate));
  const text = contentTexts.get(code ?? '');
  if (code === undefined || text === undefined) return null;
  const checking = channels.filter((id) => channelTable[id].checksFileTypes).map((id) => channelTable[id].name);
  return {
    key: `${file.key}:${code}`, grade: 'stop', about: aboutFile(file),
    text: said(text, { file: file.shownName, channel: { list: checking } }), advice: null, quote: null,
  };
}

const contentTexts: ReadonlyMap<string, Said['key']> = new Map<string, Said['key']>([
  ['file-empty', 'check.emptyFile'],
  ['file-macros', 'check.macro'],
  ['file-encrypted', 'check.locked'],
  ['file-disguised', 'check.disguised'],
  ['file-damaged', 'check.damaged'],
  ['file-active', 'check.active'],
  ['tnef-unreadable', 'check.damaged'],
  ['body-pdf-not-pdf', 'check.bodyPdf'],
  ['file-type-not-allowed', 'check.type'],
]);

function cloudFile(file: FileOfDraft): Finding {
  const link = file.facts?.link ?? '';
  const place = (URL.canParse(link) ? placeOf(new URL(link)) : null) ?? 'OneDrive';
  return {
    key: `${file.key}:cloud`, grade: 'look', about: aboutFile(file), text: said('check.cloud', { place }), advice: said('check.cloud.do'),
    quote: { before: '', found: file.shownName, after: '' },
  };
}
