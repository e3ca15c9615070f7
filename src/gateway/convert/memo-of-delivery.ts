import { parseGatewayAddress, type SingleAddress } from '../../domain/gateway-address.ts';
import { senderKey, type MemoSender } from '../../domain/organisation.ts';
import type { Memo, MemoContent, MemoDocument, MemoFile } from '../../memo/memo.ts';
import type { Letter, LetterFile } from '../store/submissions.ts';

/** Opens the bytes of a file of the letter when the message is written. */
export type OpenFile = (file: LetterFile) => MemoContent;

/** One message: who writes to whom, under which id. */
export interface MessageTo {
  readonly messageUuid: string;
  readonly address: SingleAddress;
  readonly sender: MemoSender;
}

/**
 * Builds the MeMo of one delivery from what its mail has in common for all and what is its own. Built again from the
 * same rows it is the same message, byte for byte: sending again after a lost answer must not be another letter.
 */
export function memoOfDelivery(letter: Letter, to: MessageTo, open: OpenFile): Memo {
  const { address, sender } = to;
  return {
    version: letter.memoVersion,
    header: {
      messageType: 'DIGITALPOST',
      messageUUID: to.messageUuid,
      label: letter.label,
      reply: address.replyable,
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
        ...(address.recipientContactPoint && { contactPoint: { id: address.recipientContactPoint } }),
      },
      // The first message of a thread names itself, so that an answer can point back to it (memo-ngdp.md 1.6).
      ...(address.replyable && { replyData: [{ messageUUID: to.messageUuid }] }),
    },
    body: {
      createdDateTime: new Date(letter.createdAt),
      mainDocument: { label: letter.label, files: [fileOf(letter.main, open)] },
      additionalDocuments: letter.attachments.map((file): MemoDocument => ({
        label: file.filename,
        files: [fileOf(file, open)],
      })),
      technicalDocuments: [],
    },
  };
}

/** The address of a stored delivery and its sender as the mail was expanded; null for what is no single message. */
export function messageTo(letter: Letter, messageUuid: string, addressText: string): MessageTo | null {
  const parsed = parseGatewayAddress(addressText);
  if (parsed.kind !== 'gateway-address' || parsed.address.kind !== 'single') return null;
  const sender = letter.senders[senderKey(parsed.address.sender)];
  return sender ? { messageUuid, address: parsed.address, sender } : null;
}

function fileOf(file: LetterFile, open: OpenFile): MemoFile {
  return { encodingFormat: file.encodingFormat, filename: file.filename, language: 'da', content: open(file) };
}
