import { createHash } from 'node:crypto';
import { parseGatewayAddress, printGatewayAddress, type SingleAddress } from '../domain/gateway-address.ts';
import { normaliseMailAddress } from '../domain/mail-address.ts';
import type { Submission } from './store/submissions.ts';
import type { SubmissionAuthor } from './submission-author.ts';

/** Recipients as the envelope names them, with their place in it. */
export interface Recipients {
  readonly digital: readonly { readonly position: number; readonly address: SingleAddress }[];
  readonly ordinary: readonly { readonly position: number; readonly address: string }[];
}

/** Sorts the envelope's recipients. Throws for one that the door should have refused. */
export function sortRecipients(submission: Submission): Recipients {
  const digital: { position: number; address: SingleAddress }[] = [];
  const ordinary: { position: number; address: string }[] = [];
  submission.recipients.forEach((text, n) => {
    const parsed = parseGatewayAddress(text);
    if (parsed.kind === 'elsewhere') ordinary.push({ position: n + 1, address: text });
    else if (parsed.kind === 'gateway-address' && parsed.address.kind === 'single') {
      digital.push({ position: n + 1, address: parsed.address });
    } else throw new Error('a recipient that the door should have refused');
  });
  return { digital, ordinary };
}

/**
 * For each place among the recipients, the key under which this hand-over is remembered: sender, Message-ID, content and
 * recipient are what makes two hand-overs the same (design.md, "SMTP").
 */
export function handoverKeys(author: SubmissionAuthor, recipients: Recipients, contentKey: string): ReadonlyMap<number, Buffer> {
  const keyOf = (recipient: string) =>
    createHash('sha256').update([author.mailbox, author.messageId ?? '', contentKey, recipient].join('\0')).digest();
  return new Map([
    ...recipients.digital.map(({ position, address }) => [position, keyOf(printGatewayAddress(address))] as const),
    ...recipients.ordinary.map(({ position, address }) => [position, keyOf(normaliseMailAddress(address))] as const),
  ]);
}
