import { createHash } from 'node:crypto';
import type { AskedProof, ProofOutcome } from '../api/proof-actions.ts';
import { openOrganisationSigner, type OrganisationSigner } from '../channels/organisation-signer.ts';
import { memoOfDelivery, messageTo } from '../convert/memo-of-delivery.ts';
import { writeMemo } from '../../memo/write-memo.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { proofInstructions } from './proof-instructions.ts';
import { insertAudit } from '../store/audit.ts';
import { readBlob } from '../store/blobs.ts';
import { contentDeletedAt, provenDeliveries, receiptsOfDeliveries, type ProvenDelivery, type ReceiptRow } from '../store/proof-rows.ts';
import { letterOfSubmission } from '../store/resends.ts';
import type { SubmissionView } from '../store/submission-views.ts';
import type { Letter } from '../store/submissions.ts';
import { zipFiles, type ZippedFile } from './zip-files.ts';

export type ProofParts = Pick<GatewayParts, 'database' | 'keys' | 'organisations' | 'settings' | 'now' | 'log'>;

/**
 * The story of a proof: whoever takes it out is written down for each recipient in it; then it is made while it is sent. The
 * messages are written again as they were handed over, byte for byte, from the same rows.
 */
export async function proveDelivery(parts: ProofParts, { mail, position, actor }: AskedProof): Promise<ProofOutcome> {
  const { database, keys, settings } = parts;
  if (mail.state !== 'expanded') return { kind: 'not-sent' };
  const deletedAt = await contentDeletedAt(database, mail.id);
  if (deletedAt !== null) return { kind: 'content-gone', at: deletedAt };
  const max = settings.PROOF_RECIPIENTS_MAX;
  const deliveries = await provenDeliveries(database, mail.id, { position, limit: max + 1 });
  if (deliveries.length > max) return { kind: 'too-many', max };
  if (deliveries.length === 0) return { kind: 'no-such-recipient' };
  const signer = signerOf(parts, mail);
  if (typeof signer === 'string') return { kind: 'no-certificate', reason: signer };
  const proof = {
    mail, deliveries, signer, madeAt: parts.now(),
    letter: await letterOfSubmission(database, mail.id),
    receipts: Map.groupBy(await receiptsOfDeliveries(database, deliveries.map(({ id }) => id)), ({ deliveryId }) => deliveryId),
  };
  const act = { action: 'proof', outcome: 'done', purpose: null, mailbox: mail.fromMailbox, reference: `s${mail.id}` };
  await insertAudit(database, keys, { actor, at: proof.madeAt, acts: deliveries.map((one) => ({ ...act, subject: numberOf(one) })) });
  const place = position === null ? '' : `-${position}`;
  return { kind: 'proof', filename: `bevis-s${mail.id}${place}.zip`, zip: zipFiles(filesOf(parts, proof), mail.receivedAt) };
}

/** By whose certificate it is signed; or why it cannot be, in Danish. */
function signerOf({ organisations, log }: ProofParts, mail: SubmissionView): OrganisationSigner | string {
  const organisation = organisations().find(({ cvrNumbers }) => cvrNumbers.includes(mail.organisationCvr));
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
  readonly letter: Letter | null;
  readonly deliveries: readonly ProvenDelivery[];
  readonly receipts: ReadonlyMap<number, readonly ReceiptRow[]>;
  readonly signer: OrganisationSigner;
  readonly madeAt: Date;
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
    text('LAES-MIG.txt', () => proofInstructions(proof)),
    text('certifikat.pem', () => proof.signer.certificatesPem),
    ...messages,
    ...receipts,
    text('forloeb.json', () => jsonText(courseOf(proof, checksums))),
    { path: 'SHA256SUMS', chunks: () => pieceOf(sums()) },
    { path: 'SHA256SUMS.sig', chunks: () => pieceOf(proof.signer.sign(sums())) },
  ];
}

/** What never left is not written: there was no such message. */
const NEVER_LEFT: ReadonlySet<ProvenDelivery['status']> = new Set(['waiting', 'stopped', 'parked']);

function memoOf({ database }: ProofParts, { letter }: Proof, delivery: ProvenDelivery) {
  const to = letter && !NEVER_LEFT.has(delivery.status) ? messageTo(letter, delivery) : null;
  return letter && to && writeMemo(memoOfDelivery(letter, to, ({ blob, bytes }) => ({ bytes, open: () => readBlob(database, blob) })));
}

function memoPath({ position, messageUuid }: ProvenDelivery): string {
  return `meddelelser/${position}-${messageUuid ?? ''}.xml`;
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
function courseOf({ mail, deliveries, madeAt, receipts, signer }: Proof, checksums: readonly Checksum[]) {
  const fileAt = (path: string) => checksums.find((sum) => sum.path === path) ?? null;
  return {
    version: 1,
    madeAt: madeAt.toISOString(),
    signedBy: { subject: signer.subject, issuer: signer.issuer },
    submission: {
      id: `s${mail.id}`, organisationCvr: mail.organisationCvr, from: mail.fromMailbox, writtenBy: mail.writtenBy,
      subject: mail.subject, messageId: mail.messageId, acceptedAt: mail.receivedAt.toISOString(),
      letterSha256: mail.letterSha256, contentSha256: mail.contentSha256,
      approval: mail.approval && { state: mail.approval, by: mail.approvalBy, at: mail.approvalAt?.toISOString() ?? null },
      stopped: mail.stoppedAt && { by: mail.stoppedBy, at: mail.stoppedAt.toISOString() },
      resendOf: mail.resendOf === null ? null : `s${mail.resendOf}`,
    },
    deliveries: deliveries.map((delivery) => ({
      position: delivery.position,
      channel: delivery.channel,
      address: delivery.address,
      status: delivery.status,
      messageUUID: delivery.messageUuid,
      handedOverAt: delivery.handedOverAt?.toISOString() ?? null,
      settledAt: delivery.settledAt?.toISOString() ?? null,
      errorCode: delivery.errorCode,
      errorMessage: delivery.errorMessage,
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
