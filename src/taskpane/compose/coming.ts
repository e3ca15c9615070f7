import type { RecipientId } from '../../domain/gateway-address.ts';
import type { Connection } from '../pane-parts.ts';
import { isDigitalRow, type RecipientRow } from './read-recipients.ts';
import { shownNumber } from './recipient-name.ts';
import type { SendingChoice } from './change-recipients.ts';
import type { TextRef } from './text-ref.ts';
import type { Compose, ShownRow } from './use-compose.ts';

/** Somebody who was typed and is not in the mail yet. */
export interface Coming {
  readonly recipient: RecipientId;
  /** As it is known, e.g. from a suggestion. */
  readonly name: string | null;
  /** `waiting`: put in as soon as it is known as whom; `given`: Outlook is doing it; `failed`: Outlook did not. */
  readonly state: 'waiting' | 'given' | 'failed';
}

/** Each number once: one that is on its way stays as it is, one that failed is begun anew. */
export function withComing(before: readonly Coming[], more: readonly Coming[]): readonly Coming[] {
  const fresh = more.filter(({ recipient }) => !before.some((one) => one.recipient.number === recipient.number && one.state !== 'failed'));
  return [...before.filter(({ recipient }) => !fresh.some((one) => one.recipient.number === recipient.number)), ...fresh];
}

/** Whether an address can be made: it names who sends. */
export type Readiness =
  | { readonly kind: 'ready'; readonly choice: SendingChoice }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly why: TextRef };

export type ReadinessFacts = Pick<Compose, 'me' | 'noRight' | 'draft'> & { readonly connection: Connection; readonly sendingAs: Pick<Compose['sendingAs'], 'choice' | 'isRead'> };

export function readinessOf({ me, noRight, draft, connection, sendingAs: { choice, isRead } }: ReadinessFacts): Readiness {
  const parameters = { mailbox: draft.from?.address ?? '' };
  if (noRight) return { kind: 'failed', why: { key: 'row.coming.noRight', parameters } };
  if (me === null) return withoutMe(connection);
  if (!isRead) return { kind: 'waiting' };
  return choice ? { kind: 'ready', choice } : { kind: 'failed', why: { key: 'row.coming.noSender', parameters } };
}

function withoutMe(connection: Connection): Readiness {
  if (connection === 'connecting' || connection === 'there') return { kind: 'waiting' };
  return { kind: 'failed', why: { key: connection === 'away' ? 'row.coming.away' : 'row.coming.logOn' } };
}

/** As a row; it says that it is on its way, or why it is not. */
export function rowOfComing({ recipient, name, state }: Coming, readiness: Readiness): ShownRow {
  const masked = shownNumber(recipient);
  const note: TextRef = state === 'failed' ? { key: 'row.notDone' } : readiness.kind === 'failed' ? readiness.why : { key: 'row.coming' };
  const who = { name: name ?? masked, number: name === null ? null : masked, status: null, notes: [note], gets: false };
  const isWaiting = state !== 'failed' && readiness.kind !== 'failed';
  return {
    row: { kind: 'bare-number', key: `number ${recipient.number}`, field: 'to', recipient: { displayName: who.name, emailAddress: '' }, number: recipient },
    state: isWaiting ? { ...who, icon: 'checking', grade: null, fixes: [] } : { ...who, icon: 'look', grade: 'look', fixes: state === 'failed' ? ['again', 'remove'] : ['remove'] },
    check: null,
  };
}

/** Those whose number stands in no row: nobody comes twice, however often they are typed or pasted. */
export function missingNumbers(rows: readonly RecipientRow[], numbers: readonly RecipientId[]): readonly RecipientId[] {
  const there = new Set(rows.filter(isDigitalRow).map(({ address }) => address.recipient.number));
  return numbers.filter(({ number }) => !there.has(number));
}
