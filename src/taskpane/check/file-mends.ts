import { MAIL_BYTES_MAX } from '../office/mail-limits.ts';
import { shownFileName } from '../../domain/draft-files.ts';
import { fileExtensionOf } from '../../domain/file-name.ts';
import type { FileOfDraft, FilesOfDraft } from './file-of-draft.ts';
import { questionBytes, type FileFacts } from './file-reader.ts';
import { said, type Finding, type Said } from './finding.ts';
import type { FileToMend, Mend, MendKind } from './mend.ts';

/** Smaller pictures are not worth a call. */
const SHRINK_BYTES_MIN = 300_000;

/**
 * The same findings, each with what can be done to the files it is about, or with why nothing can and what else to do
 * (ux.md 5.7). `bodyBytesMax`: most bytes of one question to the gateway.
 */
export function withMends(findings: readonly Finding[], files: FilesOfDraft, bodyBytesMax: number): readonly Finding[] {
  const stopped = new Set(findings.flatMap(({ about, grade }) => (about.kind === 'file' && grade === 'stop' ? [about.attachmentId] : [])));
  const sound = files.counted.filter(({ attachment }) => !stopped.has(attachment.id));
  return findings.map((finding) => {
    if (finding.grade !== 'stop') return finding;
    const { about } = finding;
    if (about.kind === 'file') return ofFile(finding, files.all.find(({ attachment }) => attachment.id === about.attachmentId));
    if (about.kind !== 'files') return finding;
    if (finding.key.startsWith('too-big')) return withOfAll(finding, [shrinkMend(sound)]);
    if (!finding.key.startsWith('too-many')) return finding;
    const join = joinMend(finding, sound, files.counted.length, bodyBytesMax);
    return withOfAll(finding, join && isShortOfRoom(files) ? [shrinkMend(sound), join] : [join]);
  });
}

function withOfAll(finding: Finding, mends: readonly (Mend | null)[]): Finding {
  const fileMends = mends.filter((mend) => mend !== null);
  return fileMends.length > 0 ? { ...finding, fileMends, advice: null } : finding;
}

/** Whether the mail has no room for its files and for what they are joined to, which is there before they go. */
function isShortOfRoom({ all }: FilesOfDraft): boolean {
  return all.reduce((sum, { attachment }) => sum + attachment.bytes, 0) * 2 > MAIL_BYTES_MAX;
}

/** The words of a file's fault that is mended, or told not to be; others have words of their own on what to do. */
const mendedFaults: ReadonlySet<Said['key']> = new Set<Said['key']>([
  'check.type', 'check.macro', 'check.locked', 'check.disguised', 'check.damaged', 'check.active',
]);

function ofFile(finding: Finding, file: FileOfDraft | undefined): Finding {
  if (!file?.facts || !mendedFaults.has(finding.text.key)) return finding;
  const mends = mendsOf(file, finding.text.key);
  if (mends.length > 0) return { ...finding, fileMends: mends };
  const advice = cannotBe(file, file.facts, finding.text.key);
  return advice ? { ...finding, advice } : finding;
}

/** The best way first. */
const ways: readonly MendKind[] = ['unpack', 'to-pdf', 'remove-macros'];

function mendsOf(file: FileOfDraft, fault: Said['key']): readonly Mend[] {
  const mending = file.facts?.mending;
  if (mending?.kind !== 'ways') return [];
  const renamed = fault === 'check.disguised' && mending.trueName !== null ? [{ kind: 'rename' as const, name: mending.trueName, parts: [[file]] }] : [];
  return [...renamed, ...ways.filter((kind) => mending.ways.some((way) => way === kind)).map((kind) => ({ kind, name: null, parts: [[file]] }))];
}

/** Why a file cannot be mended, and what else to do; null while nobody has looked into it and still may. */
function cannotBe(file: FileOfDraft, { mending, problems }: FileFacts, fault: Said['key']): Said | null {
  if (fault === 'check.locked') return cannot('mend.r.locked', 'mend.a.unlock');
  if (fault === 'check.damaged') return cannot('mend.r.damaged', 'mend.a.again');
  const extension = fileExtensionOf(file.attachment.name) ?? '';
  if (programs.has(extension)) return cannot('mend.r.program', 'mend.a.remove');
  if (fault === 'check.active') return cannot('mend.r.active', 'mend.a.print');
  if (mending?.kind === 'too-big') return cannot('mend.r.big', 'mend.a.smaller');
  if (mending?.kind === 'unreadable') return cannot('mend.r.outlook', 'mend.a.fetch');
  if (problems === null) return cannot('mend.r.away', 'mend.a.save');
  return cannot('mend.r.kind', /^hei[cf]$/.test(extension) ? 'mend.a.jpeg' : 'mend.a.save');
}

const programs = new Set(['exe', 'msi', 'com', 'scr', 'bat', 'cmd', 'ps1', 'vbs', 'js', 'jar', 'lnk', 'dll', 'app', 'hta', 'wsf']);

export function cannot(reason: Said['key'], advice: Said['key']): Said {
  return said('mend.cannot', { reason: said(reason), advice: said(advice) });
}

/**
 * Joins all that can be joined, in the order in which it is attached, into as few files as one question holds each; null
 * where there would still be too many.
 */
function joinMend(finding: Finding, sound: readonly FileOfDraft[], count: number, bodyBytesMax: number): Mend | null {
  const { max } = finding.text.parameters;
  const parts = groupsOf(sound.filter((file) => can(file, 'join')), bodyBytesMax).filter((part) => part.length > 1);
  const left = joinedCount(parts, count);
  return parts.length === 0 || typeof max !== 'number' || left > max ? null : { kind: 'join', parts, name: null };
}

/** How many files of so many there are once these have been joined. */
export function joinedCount(parts: Mend['parts'], count: number): number {
  return parts.reduce((left, part) => left - part.length + 1, count);
}

/** Files that follow each other, as many together as one question and one file of Outlook's hold. */
export function groupsOf<File extends FileToMend>(files: readonly File[], bodyBytesMax: number): readonly (readonly File[])[] {
  const groups: File[][] = [];
  let asked = Infinity;
  let bytes = 0;
  for (const file of files) {
    asked += questionBytes(file.attachment);
    bytes += file.attachment.bytes;
    if (asked <= bodyBytesMax && bytes <= MAIL_BYTES_MAX) {
      groups.at(-1)?.push(file);
      continue;
    }
    groups.push([file]);
    asked = questionBytes(file.attachment);
    bytes = file.attachment.bytes;
  }
  return groups;
}

function shrinkMend(sound: readonly FileOfDraft[]): Mend | null {
  const parts = sound.filter((file) => can(file, 'shrink') && file.attachment.bytes >= SHRINK_BYTES_MIN).map((file) => [file]);
  return parts.length === 0 ? null : { kind: 'shrink', parts, name: null };
}

function can({ facts }: FileOfDraft, way: MendKind): boolean {
  return facts?.mending?.kind === 'ways' && facts.mending.ways.some((one) => one === way);
}

/** The button of a way. `count`: files of the draft that count. */
export function mendLabel({ kind, parts, name }: Mend, count: number): Said {
  switch (kind) {
    case 'rename': return said('check.fix.rename', { file: shownFileName({ name: name ?? '', bytes: 0, isInline: false, kind: 'file' }) });
    case 'to-pdf': return said('check.fix.pdf');
    case 'unpack': return said('check.fix.unzip');
    case 'shrink': return said('check.fix.shrink');
    case 'remove-macros': return said('check.fix.macros');
    case 'join': return joinedCount(parts, count) === 1 ? said('check.fix.join1') : said('check.fix.join', { k: joinedCount(parts, count) });
  }
}
