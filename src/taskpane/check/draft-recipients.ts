import { memoChannelIds, type MemoChannelId } from '../../domain/channel.ts';
import type { RecipientId } from '../../domain/gateway-address.ts';
import type { RecipientRow } from '../compose/read-recipients.ts';

/** Whom a draft goes to, as far as Tjek goes. */
export interface DraftRecipients {
  /** In Digital Post, each number once. */
  readonly numbers: readonly RecipientId[];
  /** A list of recipients. */
  readonly mass: boolean;
  /** Of those in Digital Post, in the order in which people see them. */
  readonly channels: readonly MemoChannelId[];
  /** Addresses outside the organisation. */
  readonly outsiders: readonly string[];
}

/** What the rows of Modtagere come to. A wrong address is told on its row; nothing goes to it. */
export function draftRecipients(rows: readonly RecipientRow[]): DraftRecipients {
  const numbers = new Map<string, RecipientId>();
  const channels = new Set<MemoChannelId>();
  const outsiders = new Set<string>();
  let mass = false;
  for (const row of rows) {
    if (row.kind === 'outsider') outsiders.add(row.address);
    if (row.kind === 'citizen' || row.kind === 'company' || row.kind === 'mass') channels.add(row.address.channel);
    if (row.kind === 'citizen' || row.kind === 'company') numbers.set(row.address.recipient.number, row.address.recipient);
    if (row.kind === 'mass') mass = true;
  }
  return { numbers: [...numbers.values()], mass, channels: memoChannelIds.filter((id) => channels.has(id)), outsiders: [...outsiders] };
}
