import type { AttachmentFacts } from './attachment-facts.ts';
import type { ChannelId } from './channel.ts';
import { channels as channelTable } from './channel.ts';
import type { AllowedFileType } from './file-type.ts';
import { allowedFileTypes, contradictsExtension, effectiveExtension, isAllowedIn } from './file-type.ts';
import type { Problem, ProblemCode } from './problem.ts';
import { problemOf } from './problem.ts';

/** What one mail carries, and the channels of all its Digital Post recipients. */
export interface AttachmentQuestion {
  /**
   * The files that become attachments of the message. Not among them: files named body.pdf, pictures used in the text,
   * masseforsendelse.txt, MemoHeader files, and a winmail.dat that was unpacked (its contents are).
   */
  readonly attachments: readonly AttachmentFacts[];
  /** Every file named body.pdf: it is the message itself, and does not count. */
  readonly bodyPdfs: readonly AttachmentFacts[];
  readonly channels: readonly ChannelId[];
}

export interface AttachmentSettings {
  readonly allowedFileTypes: readonly AllowedFileType[];
  /** e-Boks itself only counts; true judges file types there as in the other channels. */
  readonly eboksChecksFileTypes: boolean;
}

export const defaultAttachmentSettings: AttachmentSettings = { allowedFileTypes, eboksChecksFileTypes: false };

/**
 * Everything that is wrong with a mail's attachments, each file named; empty when they may go. Too many of them, empty
 * files, contents that contradict their names and a false body.pdf stop the mail in every channel; types that are not
 * on the list, macros, passwords, scripts and damage in the channels that check file types.
 */
export function assessAttachments(
  question: AttachmentQuestion,
  settings: AttachmentSettings = defaultAttachmentSettings,
): Problem[] {
  const channels = [...new Set(question.channels)];
  if (channels.length === 0) return [];
  const checking = channels.filter(
    (id) => channelTable[id].checksFileTypes || (id === 'eboks' && settings.eboksChecksFileTypes),
  );
  const faults = question.attachments.map((facts) => ({
    name: facts.name,
    fault: attachmentFault(facts, settings.allowedFileTypes, checking.length > 0),
  }));
  const bodyFaults = question.bodyPdfs.map((facts) => ({
    name: facts.name,
    fault: bodyPdfFault(facts, checking.length > 0),
  }));
  return [
    ...countProblems(question.attachments.length, channels),
    ...typeProblems(question.attachments, faults, { checking, types: settings.allowedFileTypes }),
    ...fileProblems([...bodyFaults, ...faults]),
    ...bodyPdfProblems(bodyFaults),
  ];
}

type FileFault = Extract<
  ProblemCode,
  | 'tnef-unreadable' | 'file-empty' | 'file-type-not-allowed' | 'file-macros' | 'file-encrypted'
  | 'file-disguised' | 'file-damaged' | 'file-active'
>;

interface Judged {
  readonly name: string;
  readonly fault: FileFault | 'body-pdf-not-pdf' | null;
}

function attachmentFault(
  facts: AttachmentFacts,
  types: readonly AllowedFileType[],
  checksTypes: boolean,
): FileFault | null {
  if (facts.unreadableTnef) return 'tnef-unreadable';
  if (facts.bytes === 0) return 'file-empty';
  const extension = effectiveExtension(facts, types);
  const type = types.find((candidate) => candidate.extension === extension);
  if (type === undefined) return checksTypes ? 'file-type-not-allowed' : null;
  if (checksTypes && facts.hasMacros) return 'file-macros';
  // A locked docx is an old-style container inside, which is no disguise.
  const isLockedOffice = facts.encrypted && facts.detectedType === 'application/x-cfb';
  if (contradictsExtension(facts, type) && !isLockedOffice) return 'file-disguised';
  return checksTypes ? innerFault(facts) : null;
}

function bodyPdfFault(facts: AttachmentFacts, checksTypes: boolean): FileFault | 'body-pdf-not-pdf' | null {
  if (facts.bytes === 0) return 'file-empty';
  if (facts.detectedType !== 'application/pdf') return 'body-pdf-not-pdf';
  return checksTypes ? innerFault(facts) : null;
}

function innerFault(facts: AttachmentFacts): FileFault | null {
  if (facts.encrypted) return 'file-encrypted';
  if (facts.damaged) return 'file-damaged';
  return facts.active ? 'file-active' : null;
}

function countProblems(count: number, channels: readonly ChannelId[]): Problem[] {
  const exceeded = channels.map((id) => channelTable[id]).filter((channel) => count > channel.attachmentsMax);
  if (exceeded.length === 0) return [];
  return [
    problemOf('too-many-attachments', {
      count,
      max: Math.min(...exceeded.map((channel) => channel.attachmentsMax)),
      channels: exceeded.map((channel) => channel.name),
    }),
  ];
}

function typeProblems(
  attachments: readonly AttachmentFacts[],
  faults: readonly Judged[],
  { checking, types }: { readonly checking: readonly ChannelId[]; readonly types: readonly AllowedFileType[] },
): Problem[] {
  return checking.flatMap((id) => {
    const files = attachments
      .filter((facts, n) => faults[n]?.fault === 'file-type-not-allowed' || isListedElsewhere(facts, types, id))
      .map(({ name }) => name);
    return files.length === 0 ? [] : [problemOf('file-type-not-allowed', { files, channel: channelTable[id].name })];
  });
}

function isListedElsewhere(facts: AttachmentFacts, types: readonly AllowedFileType[], channel: ChannelId): boolean {
  const extension = effectiveExtension(facts, types);
  const type = types.find((candidate) => candidate.extension === extension);
  return type !== undefined && facts.bytes > 0 && !isAllowedIn(type, channel);
}

const listedCodes = [
  'file-empty', 'file-macros', 'file-encrypted', 'file-disguised', 'file-damaged', 'file-active', 'tnef-unreadable',
] as const;

function fileProblems(faults: readonly Judged[]): Problem[] {
  return listedCodes.flatMap((code) => {
    const files = namesWith(faults, code);
    return files.length === 0 ? [] : [problemOf(code, { files })];
  });
}

function bodyPdfProblems(faults: readonly Judged[]): Problem[] {
  const twice = faults.length > 1 ? [problemOf('body-pdf-twice', { count: faults.length })] : [];
  const notPdf = namesWith(faults, 'body-pdf-not-pdf').map((file) => problemOf('body-pdf-not-pdf', { file }));
  return [...notPdf, ...twice];
}

function namesWith(faults: readonly Judged[], code: Judged['fault']): string[] {
  return faults.filter(({ fault }) => fault === code).map(({ name }) => name);
}
