import type { MassAddress } from '../../domain/gateway-address.ts';
import { firstOf } from '../../domain/first-of.ts';
import { massListFileProblem, massNotAloneProblem, readMassSendList, type MassRecipient } from '../../domain/mass-send-list.ts';
import { mergeTooLarge, readMergeColumns, type MergeRow } from '../../domain/merge-columns.ts';
import { mergeTextOf, type MergeText } from '../../domain/merge-fields.ts';
import { isOwnLetterName, ownLetters } from '../../domain/own-letters.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import { sortAttachments, type JudgedAttachment } from '../assess/mail-problems.ts';
import type { KeptFiles } from './file-keeper.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import type { ReadMailResult } from '../isolate/read-mail-job.ts';
import { readBlob } from '../store/blobs.ts';
import { gatewayAddressesOf, type Recipients } from './submission-recipients.ts';

/** A mass send as its mail asks for it. */
export interface MassSend {
  readonly address: MassAddress;
  readonly recipients: readonly MassRecipient[];
  /** Line of the list → index of the attachment that is this recipient's letter; empty when all get the same. */
  readonly fileOfLine: ReadonlyMap<number, number>;
  /** From what the letters are filled in; null where they are not. */
  readonly merge: MassMerge | null;
}

/** The letters of a mass send that are filled in from masseforsendelse.csv, in the order of the list. */
export interface MassMerge {
  readonly keys: readonly string[];
  readonly rows: readonly MergeRow[];
  readonly subject: MergeText;
}

/** Whether each recipient has a letter of their own. */
export function hasOwnLetters({ fileOfLine, merge }: MassSend): boolean {
  return fileOfLine.size > 0 || merge !== null;
}

export type MassSendQuestion =
  | { readonly kind: 'none' }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'mass-send'; readonly massSend: MassSend };

interface MassMail {
  readonly recipients: Recipients;
  readonly files: readonly JudgedAttachment[];
  readonly kept: KeptFiles;
  readonly result: ReadMailResult;
}

/** Reads what a mail to masseforsendelse-<n>@… asks for: the list, and whether each recipient has a letter of their own. */
export async function readMassSend(parts: GatewayParts, mail: MassMail): Promise<MassSendQuestion> {
  const address = mail.recipients.mass[0]?.address;
  if (!address) return { kind: 'none' };
  const { massLists } = sortAttachments(mail.files);
  const faults = [
    massNotAloneProblem(gatewayAddressesOf(mail.recipients)),
    massListFileProblem(massLists.map(({ facts }) => facts.name)),
  ].filter((problem) => problem !== null);
  const listFile = massLists[0];
  if (faults.length > 0 || !listFile) return { kind: 'problems', problems: faults };
  const limits = { recipientsMax: parts.settings.MASS_RECIPIENTS_MAX, bytesMax: parts.settings.MASS_LIST_MAX_BYTES };
  const { bytes: size } = listFile.facts;
  if (size > limits.bytesMax) {
    return { kind: 'problems', problems: [problemOf('mass-list-too-large', { bytes: size, max: limits.bytesMax })] };
  }
  const list = readMassSendList(await bytesOf(parts, mail.kept, listFile.index), address.recipientCount, limits);
  if (list.kind === 'problems') return list;
  return mail.result.mergeFields === null ? withOwnLetters(mail, address, list.recipients) : await withColumns(parts, mail, { address, recipients: list.recipients });
}

/** Letters that are filled in from masseforsendelse.csv (merge-columns.ts): no other letter may be in the mail. */
async function withColumns(parts: GatewayParts, { files, kept, result }: MassMail, to: Pick<MassSend, 'address' | 'recipients'>): Promise<MassSendQuestion> {
  const { mergeColumns, bodyPdfs, attachments } = sortAttachments(files);
  const letters = [...bodyPdfs, ...attachments.filter(({ facts }) => isOwnLetterName(facts.name))].map(({ facts }) => facts.name);
  const [file, another] = mergeColumns;
  const fields = result.mergeFields;
  if (letters.length > 0) return { kind: 'problems', problems: [problemOf('merge-and-letters', { files: firstOf(letters) })] };
  if (another) return { kind: 'problems', problems: [problemOf('merge-file', { file: another.facts.name, reason: 'Der må kun være én sådan fil i mailen.' })] };
  if (!file || !fields) return { kind: 'problems', problems: [] };
  const { MASS_LIST_MAX_BYTES: bytesMax, MASS_MERGE_LETTERS_MAX: lettersMax } = parts.settings;
  const tooLarge = mergeTooLarge({ bytes: file.facts.bytes, bytesMax, letters: to.recipients.length, lettersMax });
  if (tooLarge) return { kind: 'problems', problems: [tooLarge] };
  const columns = readMergeColumns(await bytesOf(parts, kept, file.index), { recipients: to.recipients, fields });
  if (columns.kind === 'problems') return columns;
  const merge = { keys: columns.keys, rows: columns.rows, subject: mergeTextOf(result.mail.subject, 'line') };
  return { kind: 'mass-send', massSend: { ...to, fileOfLine: new Map(), merge } };
}

function withOwnLetters({ files }: MassMail, address: MassAddress, recipients: readonly MassRecipient[]): MassSendQuestion {
  const { attachments, bodyPdfs } = sortAttachments(files);
  const own = ownLetters({
    recipients,
    fileNames: attachments.map(({ facts }) => facts.name),
    bodyPdf: bodyPdfs[0]?.facts.name ?? null,
  });
  if (own.kind === 'problems') return own;
  const entries = own.kind === 'own' ? [...own.fileOfLine] : [];
  const fileOfLine = new Map(entries.map(([line, n]) => [line, attachments[n]?.index ?? -1]));
  return { kind: 'mass-send', massSend: { address, recipients, fileOfLine, merge: null } };
}

/** A mass send that says nothing: no body.pdf, no letters of their own, no text. Once it is out, nobody can call it back. */
export function massLetterProblems(massSend: MassSend | null, { mail, letter }: ReadMailResult): readonly Problem[] {
  const isEmpty = massSend !== null && !hasOwnLetters(massSend) && letter?.warnings.includes('empty-body') === true;
  return isEmpty ? [problemOf('message-empty', { subject: mail.subject })] : [];
}

async function bytesOf({ database }: GatewayParts, kept: KeptFiles, index: number): Promise<Uint8Array> {
  const file = kept.attachments.get(index);
  if (!file) throw new Error('a list that was not kept');
  const pieces: Buffer[] = [];
  for await (const piece of readBlob(database, file.blob)) pieces.push(piece);
  return Buffer.concat(pieces);
}
