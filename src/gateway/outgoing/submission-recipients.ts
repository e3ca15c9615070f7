import { createHash } from 'node:crypto';
import { parseGatewayAddress, printGatewayAddress, type GatewayAddress, type MassAddress, type SingleAddress } from '../../domain/gateway-address.ts';
import { normaliseMailAddress } from '../../domain/mail-address.ts';
import type { Submission } from '../store/submissions.ts';
import type { SubmissionAuthor } from './submission-author.ts';

/** Recipients as the envelope names them, with their place in it. */
export interface Recipients {
  readonly digital: readonly { readonly position: number; readonly address: SingleAddress }[];
  readonly mass: readonly { readonly position: number; readonly address: MassAddress }[];
  readonly ordinary: readonly { readonly position: number; readonly address: string }[];
}

/** Sorts the envelope's recipients. Throws for one that the door should have refused. */
export function sortRecipients(submission: Submission): Recipients {
  const digital: { position: number; address: SingleAddress }[] = [];
  const mass: { position: number; address: MassAddress }[] = [];
  const ordinary: { position: number; address: string }[] = [];
  submission.recipients.forEach((text, n) => {
    const position = n + 1;
    const parsed = parseGatewayAddress(text);
    if (parsed.kind === 'elsewhere') ordinary.push({ position, address: text });
    else if (parsed.kind === 'malformed') throw new Error('a recipient that the door should have refused');
    else if (parsed.address.kind === 'mass') mass.push({ position, address: parsed.address });
    else digital.push({ position, address: parsed.address });
  });
  return { digital, mass, ordinary };
}

/** Whether anyone gets the mail as Digital Post, in whatever network. */
export function isDigital({ digital, mass }: Recipients): boolean {
  return digital.length + mass.length > 0;
}

/** Every recipient under digital-post.dk, in the order of kinds. */
export function gatewayAddressesOf({ digital, mass }: Recipients): readonly GatewayAddress[] {
  return [...digital, ...mass].map(({ address }) => address);
}

/**
 * For each place among the recipients, the key under which this hand-over is remembered: sender, Message-ID, content and
 * recipient are what makes two hand-overs the same (design.md, "SMTP").
 */
export function handoverKeys(author: SubmissionAuthor, recipients: Recipients, contentKey: string): ReadonlyMap<number, Buffer> {
  const keyOf = (recipient: string) =>
    createHash('sha256').update([author.mailbox, author.messageId ?? '', contentKey, recipient].join('\0')).digest();
  return new Map([
    ...[...recipients.digital, ...recipients.mass].map(
      ({ position, address }) => [position, keyOf(printGatewayAddress(address))] as const,
    ),
    ...recipients.ordinary.map(({ position, address }) => [position, keyOf(normaliseMailAddress(address))] as const),
  ]);
}
