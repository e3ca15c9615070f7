import type { MassAddress } from '../../domain/gateway-address.ts';
import { massListFileProblem, massNotAloneProblem, readMassSendList, type MassRecipient } from '../../domain/mass-send-list.ts';
import { ownLetters } from '../../domain/own-letters.ts';
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
}

export type MassSendQuestion =
  | { readonly kind: 'none' }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] }
  | { readonly kind: 'mass-send'; readonly massSend: MassSend };

interface MassMail {
  readonly recipients: Recipients;
  readonly files: readonly JudgedAttachment[];
  readonly kept: KeptFiles;
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
  return list.kind === 'problems' ? list : withOwnLetters(mail, address, list.recipients);
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
  return { kind: 'mass-send', massSend: { address, recipients, fileOfLine } };
}

/** A mass send that says nothing: no body.pdf, no letters of their own, no text. Once it is out, nobody can call it back. */
export function massLetterProblems(massSend: MassSend | null, { mail, letter }: ReadMailResult): readonly Problem[] {
  const isEmpty = massSend?.fileOfLine.size === 0 && letter?.warnings.includes('empty-body') === true;
  return isEmpty ? [problemOf('message-empty', { subject: mail.subject })] : [];
}

async function bytesOf({ database }: GatewayParts, kept: KeptFiles, index: number): Promise<Uint8Array> {
  const file = kept.attachments.get(index);
  if (!file) throw new Error('a list that was not kept');
  const pieces: Buffer[] = [];
  for await (const piece of readBlob(database, file.blob)) pieces.push(piece);
  return Buffer.concat(pieces);
}
