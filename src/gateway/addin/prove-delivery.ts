import { createHash } from 'node:crypto';
import { channels } from '../../domain/channel.ts';
import { MAIL_GUARD_CODE } from '../../domain/mail-guard.ts';
import type { AskedProof, ProofOutcome } from '../api/proof-actions.ts';
import { openOrganisationSigner, type OrganisationSigner } from '../channels/organisation-signer.ts';
import { memoOfDelivery, messageTo } from '../convert/memo-of-delivery.ts';
import { writeMemo } from '../../memo/write-memo.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { misdeliveryDraft, type Misdelivery } from './misdelivery-draft.ts';
import { proofInstructions, type ProvenMail } from './proof-instructions.ts';
import { insertAudit } from '../store/audit.ts';
import { readBlob } from '../store/blobs.ts';
import { contentDeletedAt, provenDeliveries, receiptsOfDeliveries, type ProvenDelivery, type ReceiptRow } from '../store/proof-rows.ts';
import { letterOfSubmission } from '../store/resends.ts';
import type { SubmissionView } from '../store/submission-views.ts';
import type { Letter } from '../store/submissions.ts';
import { entryOfCvr } from '../settings/organisations-file.ts';
import { zipFiles, type ZippedFile } from './zip-files.ts';

export type ProofParts = Pick<GatewayParts, 'database' | 'keys' | 'organisations' | 'settings' | 'now' | 'log'>;

/**
 * The story of a proof: whoever takes it out is written down for each recipient in it; then it is made while it is sent. The
 * messages are written again from the same rows, and those whose checksum was kept when they were handed over are held
 * against it first. Of a mail whose content was deleted by age the proof has what is left: times, receipts and checksums.
 */
export async function proveDelivery(parts: ProofParts, { mail, position, actor, purpose, misdelivered }: AskedProof): Promise<ProofOutcome> {
  const { database, keys, settings } = parts;
  if (mail.state !== 'expanded') return { kind: 'not-sent' };
  const max = settings.PROOF_RECIPIENTS_MAX;
  const deliveries = await provenDeliveries(database, mail.id, { position, limit: max + 1 });
  if (deliveries.length > max) return { kind: 'too-many', max };
  if (deliveries.length === 0) return { kind: 'no-such-recipient' };
  const signer = signerOf(parts, mail);
  if (typeof signer === 'string') return { kind: 'no-certificate', reason: signer };
  const letter = await letterOfSubmission(database, mail.id);
  // Asked for after the letter: one that is being deleted must not count as whole.
  const deletedAt = await contentDeletedAt(database, mail.id);
  const proof = {
    mail, deliveries, signer, deletedAt, misdelivered, madeAt: parts.now(),
    letter: deletedAt === null ? letter : null,
    receipts: Map.groupBy(await receiptsOfDeliveries(database, deliveries.map(({ id }) => id)), ({ deliveryId }) => deliveryId),
  };
  const differing = await differingMessage(parts, proof);
  const act = { action: 'proof', outcome: differing ? 'cannot-be-proven' : 'done', purpose, mailbox: mail.fromMailbox, reference: `s${mail.id}` };
  await insertAudit(database, keys, { actor, at: proof.madeAt, acts: deliveries.map((one) => ({ ...act, subject: numberOf(one) })) });
  if (differing) {
    parts.log.error({ id: `d${differing.id}`, mail: `s${mail.id}`, state: 'proof-differs' });
    return { kind: 'differs' };
  }
  const place = position === null ? '' : `-${position}`;
  return { kind: 'proof', filename: `bevis-s${mail.id}${place}.zip`, zip: zipFiles(filesOf(parts, proof), mail.receivedAt) };
}

/** By whose certificate it is signed; or why it cannot be, in Danish. */
function signerOf({ organisations, log }: ProofParts, mail: SubmissionView): OrganisationSigner | string {
  const organisation = entryOfCvr(organisations(), mail.organisationCvr);
  const credentials = organisation?.ngdp ?? organisation?.mitdk ?? organisation?.eboks;
  if (!credentials) return 'organisationen har intet certifikat til Digital Post';
  try {
    return openOrganisationSigner(credentials);
  } catch (error) {
    log.error({ id: `s${mail.id}`, state: 'proof-unsigned', reason: error });
    return 'organisationens certifikat eller nøgle kan ikke bruges';
  }
}

interface Proof {
  readonly mail: SubmissionView;
  /** Null where the content is gone. */
  readonly letter: Letter | null;
  readonly deletedAt: Date | null;
  readonly deliveries: readonly ProvenDelivery[];
  readonly receipts: ReadonlyMap<number, readonly ReceiptRow[]>;
  readonly signer: OrganisationSigner;
  readonly madeAt: Date;
  readonly misdelivered: boolean;
}

/** The first message that is not, written again, what was handed over; null where all are, as far as was kept. */
async function differingMessage(parts: ProofParts, proof: Proof): Promise<ProvenDelivery | null> {
  for (const delivery of proof.deliveries) {
    const memo = delivery.messageSha256 && memoOf(parts, proof, delivery);
    if (!memo) continue;
    const hash = createHash('sha256');
    for await (const chunk of memo.chunks()) hash.update(chunk);
    if (!hash.digest().equals(delivery.messageSha256)) return delivery;
  }
  return null;
}

/** A file whose bytes have gone by, and their checksum. */
interface Checksum {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** The files in the order in which they are made: the checksums come last, for they are of what has gone by. */
function filesOf(parts: ProofParts, proof: Proof): readonly ZippedFile[] {
  const checksums: Checksum[] = [];
  const summed = (path: string, chunks: () => AsyncIterable<Uint8Array>): ZippedFile => ({
    path, chunks: () => withChecksum(chunks(), (sum) => checksums.push({ path, ...sum })),
  });
  const text = (path: string, content: () => string) => summed(path, () => pieceOf(Buffer.from(content())));
  const sums = () => Buffer.from(checksums.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''));
  const messages = proof.deliveries.flatMap((delivery) => {
    const memo = memoOf(parts, proof, delivery);
    return memo ? [summed(memoPath(delivery), () => memo.chunks())] : [];
  });
  const receipts = proof.deliveries.flatMap((delivery) => {
    const rows = proof.receipts.get(delivery.id);
    return rows ? [text(receiptPath(delivery), () => jsonText(rows.map(shownReceipt)))] : [];
  });
  return [
    text('LAES-MIG.txt', () => proofInstructions(instructed(proof))),
    text('certifikat.pem', () => proof.signer.certificatesPem),
    ...messages,
    ...receipts,
    ...(proof.misdelivered ? [text('fejlforsendelse.txt', () => misdeliveryDraft(misdeliveryOf(parts, proof)))] : []),
    text('forloeb.json', () => jsonText(courseOf(proof, checksums))),
    { path: 'SHA256SUMS', chunks: () => pieceOf(sums()) },
    { path: 'SHA256SUMS.sig', chunks: () => pieceOf(proof.signer.sign(sums())) },
  ];
}

/** Whether the network has the message: it has said so, we do not know, or it never left. */
type Arrival = 'yes' | 'unknown' | 'no';

function arrivalOf({ status, handedOverAt, errorCode }: ProvenDelivery): Arrival {
  if (errorCode === MAIL_GUARD_CODE) return 'no';
  return handedOverAt !== null ? 'yes' : ARRIVALS[status];
}

const ARRIVALS: Readonly<Record<ProvenDelivery['status'], Arrival>> = {
  // Refused by the network's own answer or receipt, by nobody else.
  'handed-over': 'yes', completed: 'yes', refused: 'yes',
  sending: 'unknown', unknown: 'unknown', expired: 'unknown',
  // Parked for what could not be written: there is nothing to show.
  waiting: 'no', stopped: 'no', parked: 'no',
};

/** What never left is not written: there was no such message. */
function memoOf({ database }: ProofParts, { letter }: Proof, delivery: ProvenDelivery) {
  const to = letter && arrivalOf(delivery) !== 'no' ? messageTo(letter, delivery) : null;
  return letter && to && writeMemo(memoOfDelivery(letter, to, ({ blob, bytes }) => ({ bytes, open: () => readBlob(database, blob) })));
}

function memoPath(delivery: ProvenDelivery): string {
  const folder = arrivalOf(delivery) === 'yes' ? 'meddelelser' : 'uvist';
  return `${folder}/${delivery.position}-${delivery.messageUuid ?? ''}.xml`;
}

/** What is known of it, for those who must act on a message that went to the wrong one. */
function misdeliveryOf({ organisations }: ProofParts, { mail, letter, deliveries, madeAt }: Proof): Misdelivery {
  return {
    mail, madeAt,
    organisation: entryOfCvr(organisations(), mail.organisationCvr)?.name ?? mail.organisationCvr,
    files: letter && letter.attachments.map(({ filename }) => filename),
    recipients: deliveries.map((delivery) => ({
      position: delivery.position,
      recipient: numberOf(delivery) ?? delivery.address,
      channel: delivery.channel === 'mail' ? 'almindelig mail' : channels[delivery.channel].name,
      messageUuid: delivery.messageUuid,
      handedOverAt: delivery.handedOverAt,
      deliveredAt: delivery.status === 'completed' ? delivery.settledAt : null,
      // The network has what it refused; the recipient has not.
      arrived: delivery.status === 'refused' ? 'no' : arrivalOf(delivery),
    })),
  };
}

/** What the reader of this proof must be told. */
function instructed({ mail, deliveries, signer, madeAt, deletedAt, misdelivered }: Proof): ProvenMail {
  const left = deliveries.filter((delivery) => delivery.channel !== 'mail' && arrivalOf(delivery) !== 'no');
  return {
    mail, signer, madeAt, deletedAt, misdelivered, recipients: deliveries.length,
    uncertain: left.some((delivery) => arrivalOf(delivery) === 'unknown'),
    madeAgain: left.some((delivery) => delivery.messageSha256 === null),
  };
}

function receiptPath({ position, messageUuid }: ProvenDelivery): string {
  return `kvitteringer/${position}-${messageUuid ?? 'mail'}.json`;
}

async function* pieceOf(bytes: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield bytes;
}

async function* withChecksum(
  chunks: AsyncIterable<Uint8Array>,
  tell: (sum: { readonly bytes: number; readonly sha256: string }) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    hash.update(chunk);
    bytes += chunk.length;
    yield chunk;
  }
  tell({ bytes, sha256: hash.digest('hex') });
}

function shownReceipt({ deliveryId: _ours, messageUuid, receivedAt, ...receipt }: ReceiptRow) {
  return { ...receipt, messageUUID: messageUuid, receivedAt: receivedAt.toISOString() };
}

/** What happened, in the words of the API's statuses; here with the whole numbers, for without them it proves nothing. */
function courseOf({ mail, deliveries, madeAt, deletedAt, receipts, signer }: Proof, checksums: readonly Checksum[]) {
  const fileAt = (path: string) => checksums.find((sum) => sum.path === path) ?? null;
  return {
    version: 1,
    madeAt: madeAt.toISOString(),
    signedBy: { subject: signer.subject, issuer: signer.issuer },
    submission: {
      id: `s${mail.id}`, organisationCvr: mail.organisationCvr, from: mail.fromMailbox, writtenBy: mail.writtenBy,
      subject: mail.subject, messageId: mail.messageId, acceptedAt: mail.receivedAt.toISOString(),
      letterSha256: mail.letterSha256, contentSha256: mail.contentSha256, contentDeletedAt: deletedAt?.toISOString() ?? null,
      approval: mail.approval && { state: mail.approval, by: mail.approvalBy, at: mail.approvalAt?.toISOString() ?? null },
      stopped: mail.stoppedAt && { by: mail.stoppedBy, at: mail.stoppedAt.toISOString() },
      resendOf: mail.resendOf === null ? null : `s${mail.resendOf}`,
    },
    deliveries: deliveries.map((delivery) => ({
      position: delivery.position,
      channel: delivery.channel,
      address: delivery.address,
      nameInMail: delivery.recipientName,
      status: delivery.status,
      messageUUID: delivery.messageUuid,
      handedOverAt: delivery.handedOverAt?.toISOString() ?? null,
      settledAt: delivery.settledAt?.toISOString() ?? null,
      errorCode: delivery.errorCode,
      errorMessage: delivery.errorMessage,
      arrived: arrivalOf(delivery),
      sha256WhenHandedOver: delivery.messageSha256?.toString('hex') ?? null,
      message: fileAt(memoPath(delivery)),
      receipts: receipts.has(delivery.id) ? receiptPath(delivery) : null,
    })),
  };
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Whom a delivery is to, as the audit keeps it; null for ordinary mail. */
function numberOf({ address }: ProvenDelivery): string | null {
  return /^"?\s*([0-9]{10}|[0-9]{8})(?![0-9])/.exec(address)?.[1] ?? null;
}
