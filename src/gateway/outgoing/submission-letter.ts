import { channels as channelTable } from '../../domain/channel.ts';
import type { SingleAddress } from '../../domain/gateway-address.ts';
import { addressWithHeader } from '../../domain/memo-header-address.ts';
import { memoSenderOf, senderKey, type MemoSender, type Organisation } from '../../domain/organisation.ts';
import { problemOf, type Problem } from '../../domain/problem.ts';
import { labelFromSubject } from '../../domain/subject-label.ts';
import { writeMemo } from '../../memo/write-memo.ts';
import { sortAttachments, type JudgedAttachment } from '../assess/mail-problems.ts';
import { letterOfMail, mainFile, type StoredFile } from '../convert/letter-of-mail.ts';
import { memoOfDelivery, messageTo } from '../convert/memo-of-delivery.ts';
import type { CarriedHeader } from './carried-header.ts';
import type { KeptFiles } from './file-keeper.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { lettersInvitation } from './invitation-parts.ts';
import type { ReadMailResult } from '../isolate/read-mail-job.ts';
import { hasOwnLetters, type MassMerge, type MassSend } from './mass-send.ts';
import type { Letter, OwnLetter, Submission } from '../store/submissions.ts';
import { gatewayAddressesOf, type Recipients } from './submission-recipients.ts';

/** A mail that was read, with its files in the store. */
export interface ReadMail {
  readonly submission: Submission;
  readonly organisation: Organisation;
  readonly recipients: Recipients;
  readonly result: ReadMailResult;
  readonly kept: KeptFiles;
  readonly massSend: MassSend | null;
  readonly carried: Pick<CarriedHeader, 'header' | 'remarks'>;
}

/** What all messages of a mail have in common, as it is stored. */
export function letterOf(parts: GatewayParts, mail: ReadMail, files: readonly JudgedAttachment[]): Letter {
  const own = new Set(mail.massSend?.fileOfLine.values());
  const { bodyPdfs, attachments } = sortAttachments(files, own);
  const bodyPdf = bodyPdfs[0] ? storedFile(mail.kept, bodyPdfs[0].index) : mail.kept.letter;
  const hasOwn = mail.massSend !== null && hasOwnLetters(mail.massSend);
  const main = hasOwn ? null : bodyPdf;
  const invitation = lettersInvitation(mail.result);
  const senders = sendersOf(parts, mail);
  if (!main && !hasOwn) throw new Error('a mail without a letter');
  return letterOfMail({
    memoVersion: parts.settings.MEMO_VERSION,
    subject: mail.result.mail.subject,
    createdAt: createdAtOf(mail.submission),
    main,
    attachments: attachments.map(({ index, facts }) => ({ facts, file: storedFile(mail.kept, index) })),
    ...senders,
    remarks: [...senders.remarks, ...invitation.remarks, ...mail.carried.remarks],
    actions: invitation.actions,
    memoHeader: mail.carried.header,
  });
}

/** To the second, as MeMo writes it; from the hand-over, so that reading the mail again gives the same letter. */
export function createdAtOf({ receivedAt }: Submission): string {
  return `${receivedAt.toISOString().slice(0, 19)}Z`;
}

/** One message before it is stored. `line` is its place: in the list of a mass send, else among the recipients. */
export interface DigitalMessage {
  readonly line: number;
  readonly address: SingleAddress;
  readonly ownMain: OwnLetter | null;
}

/** The mass send of a mail, its files, and who sends it. */
export interface MassLetters {
  readonly massSend: MassSend;
  readonly kept: KeptFiles;
  readonly organisation: Pick<Organisation, 'contentData'>;
}

/** The n-th message of a mass send, for the n-th number of the list. */
export function massMessage(letter: Letter, letters: MassLetters, n: number): DigitalMessage {
  const { massSend, kept } = letters;
  const { channel, sender } = massSend.address;
  const recipient = massSend.recipients[n];
  if (!recipient) throw new Error('no such line in the list');
  const { line, id } = recipient;
  const file = massSend.fileOfLine.get(line);
  return {
    line,
    address: { kind: 'single', channel, recipient: id, replyable: false, recipientContactPoint: null, sender },
    ownMain: massSend.merge ? filledLetter(letters, massSend.merge, n) : file === undefined ? null : mainFile(letter.label, storedFile(kept, file)),
  };
}

/** The letter that was filled in for the n-th number, its title with it. */
function filledLetter({ kept, organisation }: MassLetters, { keys, rows, subject }: MassMerge, n: number): OwnLetter {
  const row = rows[n];
  const file = row && kept.ownLetters.get(row.line);
  if (!file) throw new Error('a letter that was not filled in');
  const label = labelFromSubject(subject.fill((key) => row.values[keys.indexOf(key)] ?? ''));
  const caseSystem = organisation.contentData?.caseSystem;
  return {
    ...mainFile(label, file),
    label,
    ...(row.caseId !== null && { caseId: row.caseId, ...(caseSystem !== undefined && { caseSystem }) }),
  };
}

const ANY_UUID = '00000000-0000-4000-8000-000000000000';

/** The size of one message as XML, known without opening a file; it is what NgDP's limit counts (memo-ngdp.md 6). */
export function memoBytes(letter: Letter, to: { readonly address: string; readonly ownMain: OwnLetter | null }): number {
  const message = messageTo(letter, { ...to, messageUuid: ANY_UUID });
  if (!message) throw new Error('a message without sender or content');
  return writeMemo(memoOfDelivery(letter, message, ({ bytes }) => ({ bytes, open: () => [] }))).bytes;
}

/** The Problem of a message that is over its channel's limit; null when it is not. */
export function memoTooLarge(channel: SingleAddress['channel'], bytes: number): Problem | null {
  const max = channelTable[channel].memoBytesMax;
  return bytes > max ? problemOf('memo-too-large', { bytes, max }) : null;
}

function sendersOf({ settings }: GatewayParts, { organisation, recipients, carried }: ReadMail): Pick<Letter, 'senders'> & {
  readonly contactPointsOff: readonly ['mitdk'] | readonly [];
  readonly remarks: readonly string[];
} {
  const addresses = gatewayAddressesOf(recipients).map((address) => addressWithHeader(address, carried.header));
  const senders: Record<string, MemoSender> = {};
  for (const { sender } of addresses) {
    const found = memoSenderOf(organisation, sender);
    if (found) senders[senderKey(sender)] = found;
  }
  const withPoints = addresses.filter((address) => address.channel === 'mitdk' && namesContactPoint(address));
  if (settings.MITDK_CONTACT_STRUCTURE === 'on' || withPoints.length === 0) {
    return { senders, contactPointsOff: [], remarks: [] };
  }
  for (const { cvr } of Object.values(senders)) {
    const whole = memoSenderOf(organisation, { kind: 'cvr', cvr });
    if (whole) senders[cvr] = whole;
  }
  const remark = `mit.dk viser endnu ikke kontaktpunkter. Beskeden er sendt i organisationens navn (${organisation.name}).`;
  return { senders, contactPointsOff: ['mitdk'], remarks: [remark] };
}

function namesContactPoint(address: ReturnType<typeof gatewayAddressesOf>[number]): boolean {
  return address.sender.kind === 'contact-point' || (address.kind === 'single' && address.recipientContactPoint !== null);
}

function storedFile(kept: KeptFiles, index: number): StoredFile {
  const file = kept.attachments.get(index);
  if (!file) throw new Error('an attachment that was not kept');
  return file;
}
