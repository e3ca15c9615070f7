import { parseGatewayAddress, type SingleAddress } from '../../domain/gateway-address.ts';
import { addressWithHeader } from '../../domain/memo-header-address.ts';
import type { MeetingReservation } from '../../domain/meeting-reservation.ts';
import { emptyMemoHeader, type OutboundMemoHeader } from '../../domain/memo-header-json.ts';
import { senderKey, type MemoSender } from '../../domain/organisation.ts';
import type { Action, Memo, MemoContent, MemoDocument, MemoFile } from '../../memo/memo.ts';
import { carriedParts } from './memo-header-parts.ts';
import type { Letter, LetterFile, OwnLetter } from '../store/submissions.ts';

/** Opens the bytes of a file of the letter when the message is written. */
export type OpenFile = (file: LetterFile) => MemoContent;

/** One message: who writes to whom, under which id. */
export interface MessageTo {
  readonly messageUuid: string;
  readonly address: SingleAddress;
  readonly sender: MemoSender;
  /** The message itself: the letter's, or this recipient's own. */
  readonly main: OwnLetter;
}

/**
 * Builds the MeMo of one delivery from what its mail has in common for all and what is its own. Built again from the
 * same rows it is the same message, byte for byte: sending again after a lost answer must not be another letter.
 */
export function memoOfDelivery(letter: Letter, to: MessageTo, open: OpenFile): Memo {
  const { address, sender } = to;
  const header = headerTo(letter, to.main);
  const carried = header && carriedParts(header, address);
  const label = to.main.label ?? letter.label;
  return {
    version: letter.memoVersion,
    header: {
      messageType: 'DIGITALPOST',
      messageUUID: to.messageUuid,
      label,
      reply: address.replyable,
      ...carried?.header,
      mandatory: false,
      legalNotification: false,
      sender: {
        id: sender.cvr,
        idType: 'CVR',
        label: sender.label,
        ...(sender.contactPoint && { contactPoint: { id: sender.contactPoint.id, label: sender.contactPoint.name } }),
      },
      recipient: {
        id: address.recipient.number,
        idType: address.recipient.kind === 'cpr' ? 'CPR' : 'CVR',
        ...carried?.recipient,
        ...(address.recipientContactPoint && { contactPoint: { id: address.recipientContactPoint } }),
      },
      // The first message of a thread names itself, so that an answer can point back to it (memo-ngdp.md 1.6).
      ...(address.replyable && { replyData: [{ messageUUID: to.messageUuid }] }),
    },
    body: {
      createdDateTime: new Date(letter.createdAt),
      mainDocument: {
        label,
        files: [fileOf(to.main, open)],
        ...(letter.actions && { actions: letter.actions.map(appointment) }),
      },
      additionalDocuments: letter.attachments.map((file): MemoDocument => ({
        label: file.filename,
        files: [fileOf(file, open)],
      })),
      technicalDocuments: [],
    },
  };
}

/** What is carried to one recipient: as the mail's header file says, but for a case of their own. */
function headerTo({ memoHeader }: Letter, { caseId, caseSystem }: OwnLetter): OutboundMemoHeader | null {
  if (caseId === undefined) return memoHeader ?? null;
  return { ...(memoHeader ?? emptyMemoHeader), caseId, caseSystem: caseSystem ?? memoHeader?.caseSystem ?? null };
}

/** The code that goes with a Reservation is AFTALE (memo-ngdp.md 1.5). */
function appointment({ label, reservationUuid, start, end, organizerMail, organizerName, ...texts }: MeetingReservation): Action {
  const reservation = {
    ...texts,
    reservationUUID: reservationUuid,
    startDateTime: new Date(start),
    endDateTime: new Date(end),
    organizerMail: organizerMail ?? undefined,
    organizerName: organizerName ?? undefined,
  };
  return { label, actionCode: 'AFTALE', reservation };
}

/** What a stored delivery says of its message. */
export interface StoredDelivery {
  readonly address: string;
  readonly messageUuid: string | null;
  /** The letter of this recipient alone, where each has one. */
  readonly ownMain: OwnLetter | null;
}

/** The message of a stored delivery, its sender as the mail was expanded; null for what is no single message. */
export function messageTo(letter: Letter, { address: text, messageUuid, ownMain }: StoredDelivery): MessageTo | null {
  const parsed = parseGatewayAddress(text);
  const main = ownMain ?? letter.main;
  if (parsed.kind !== 'gateway-address' || parsed.address.kind !== 'single' || !messageUuid || !main) return null;
  const { sender, address } = partiesOf(letter, addressWithHeader(parsed.address, letter.memoHeader ?? null));
  return sender ? { messageUuid, address, sender, main } : null;
}

/** Who writes to whom over a network that may have no contact points yet. */
function partiesOf(letter: Letter, address: SingleAddress): { readonly sender: MemoSender | undefined; readonly address: SingleAddress } {
  const named = letter.senders[senderKey(address.sender)];
  if (!letter.contactPointsOff?.includes(address.channel)) return { sender: named, address };
  return { sender: named && letter.senders[named.cvr], address: { ...address, recipientContactPoint: null } };
}

function fileOf(file: LetterFile, open: OpenFile): MemoFile {
  return { encodingFormat: file.encodingFormat, filename: file.filename, language: 'da', content: open(file) };
}
