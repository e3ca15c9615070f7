import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { guessedOwnMail, type OwnMail } from '../../domain/draft-recipients.ts';
import type { MeAnswer, RecipientCheck } from '../../domain/gateway-api.ts';
import type { KnownPerson } from '../check/check-input.ts';
import type { Draft } from '../office/outlook.ts';
import { usePaneParts, type Connection } from '../pane-parts.ts';
import type { AskedRecipient } from './ask-recipients.ts';
import { isCprSeen } from './change-recipients.ts';
import { mendedRecipient } from './mend-address.ts';
import { isDigitalRow, isMailRow, readRecipients, type DigitalRow, type RecipientRow } from './read-recipients.ts';
import { isProtected, registerName } from './recipient-name.ts';
import { recipientState, type RowState, type StateFacts } from './recipient-states.ts';
import { mailboxOf, mayUse, type Mailbox } from './sender-choice.ts';
import type { TextRef } from './text-ref.ts';
import { useDraftWriter, type DraftWriter } from './use-draft-writer.ts';
import { useGuard, type Guard } from './use-guard.ts';
import { useMemoHeader, type DraftMemoHeader } from './use-memo-header.ts';
import { useRecipientChecks, type RecipientChecks } from './use-recipient-checks.ts';
import { useSendingAs, type SendingAs } from './use-sending-as.ts';

export interface ShownRow {
  readonly row: RecipientRow;
  readonly state: RowState;
  readonly check: RecipientCheck | null;
}

/** All that the screen Skriv shows and does. */
export interface Compose {
  readonly draft: Draft;
  readonly me: MeAnswer | null;
  /** The mailbox in Fra; null where it may not send Digital Post, or nobody knows yet. */
  readonly mailbox: Mailbox | null;
  /** Known to be a mailbox that may not send Digital Post. */
  readonly noRight: boolean;
  /** Which mail domains are the organisation's own. */
  readonly own: OwnMail;
  /** The recipients as they stand in the draft; the same object as long as nothing changes. */
  readonly read: readonly RecipientRow[];
  /** And how they stand. */
  readonly rows: readonly ShownRow[];
  readonly sendingAs: SendingAs;
  readonly checks: RecipientChecks;
  readonly guard: Guard;
  readonly memoHeader: DraftMemoHeader;
  readonly writer: DraftWriter;
  /** For Tjek: who the numbers are. */
  readonly people: ReadonlyMap<string, KnownPerson>;
}

export function useCompose(draft: Draft): Compose {
  const { outlook, account: { me, connection } } = usePaneParts();
  const from = draft.from?.address ?? null;
  const mailbox = me && mailboxOf(me, from);
  const own = useOwnMail(me, from);
  const memoHeader = useMemoHeader(draft);
  const rows = useMemo(() => readRecipients(draft, { own, header: memoHeader.header }), [draft, own, memoHeader.header]);
  const writer = useDraftWriter(own, me, memoHeader);
  const sendingAs = useSendingAs(me, mailbox, rows);
  const checks = useRecipientChecks(mailbox, rows.filter(isDigitalRow).map(askedOf), memoHeader.header);
  const guard = useGuard(from ?? outlook.client.userAddress, rows.filter(isMailRow).filter(({ kind }) => kind === 'outsider').map(({ address }) => address));
  const shown = shownRows({ draft, rows, me, mailbox, sendingAs, checks, guard, connection });
  const people = usePeople(shown);
  const noRight = connection === 'no-right' || (me !== null && mailbox === null);
  return { draft, me, mailbox, noRight, own, read: rows, rows: shown, sendingAs, checks, guard, memoHeader, writer, people };
}

export function askedOf({ address }: DigitalRow): AskedRecipient {
  return { number: address.recipient.number, channel: address.channel };
}

function useOwnMail(me: MeAnswer | null, from: string | null): OwnMail {
  const { outlook } = usePaneParts();
  const domains = me?.organisation.mailDomains;
  return useMemo(
    () => (domains ? { domains, guessed: false } : guessedOwnMail([from, outlook.client.userAddress])),
    [domains?.join(' '), from, outlook],
  );
}

interface RowFacts extends Pick<Compose, 'draft' | 'me' | 'mailbox' | 'sendingAs' | 'checks' | 'guard'> {
  readonly rows: readonly RecipientRow[];
  readonly connection: Connection;
}

function shownRows(facts: RowFacts): readonly ShownRow[] {
  const { rows, me, checks, draft, sendingAs: { choice }, connection } = facts;
  const cprIsSeen = rows.some(isCprSeen);
  const isAnswer = /^\s*(?:sv|vs|re|fw|fwd|aw|wg)\s*:/i.test(draft.subject);
  return rows.map((row) => {
    const known = isDigitalRow(row) ? checks.known(askedOf(row)) : null;
    const state = recipientState(row, {
      known,
      checking: isDigitalRow(row) && (checks.isAsking(askedOf(row)) || connection === 'connecting'),
      away: connection === 'away',
      nameForLater: isDigitalRow(row) && checks.isNameForLater(askedOf(row)),
      ...guardFacts(row, facts),
      home: me?.organisation.home ?? '',
      refusal: isDigitalRow(row) ? refusalOf(row, facts) : [],
      cprIsSeen,
      isAnswer,
      mendable: choice !== null && mendedRecipient(row, choice) !== null,
    });
    return { row, state, check: known?.check ?? null };
  });
}

function guardFacts(row: RecipientRow, { guard, me }: RowFacts): Pick<StateFacts, 'guard' | 'guardTrouble' | 'guardStopsAll' | 'canApprove'> {
  const address = isMailRow(row) ? row.address : null;
  return {
    guard: address === null ? 'open' : guard.stateOf(address), guardTrouble: address === null ? null : guard.troubleOf(address),
    guardStopsAll: me?.guard.stopsWholeMail === true, canApprove: guard.approve !== null,
  };
}

/** Why the gateway will refuse an address for as whom it is sent; where all are so, Afsender says it once. */
function refusalOf({ address }: DigitalRow, { me, mailbox, sendingAs: { draftSender } }: RowFacts): readonly TextRef[] {
  if (!me || !mailbox) return [];
  const channel = mailbox.channels.find(({ id }) => id === address.channel);
  if (!channel?.available) {
    return [{ key: 'row.channel', parameters: { mailbox: mailbox.address }, texts: { channel: { key: `channel.${address.channel}` } } }];
  }
  if (draftSender.kind === 'lost' || mayUse(mailbox, me, address.sender)) return [];
  return [{ key: 'row.badAddress' }, { key: 'addr.sender' }];
}

/** Who the numbers are, for Tjek; the same object as long as it says the same. */
function usePeople(rows: readonly ShownRow[]): ReadonlyMap<string, KnownPerson> {
  const told = rows.flatMap(({ row, check }): readonly (readonly [string, KnownPerson])[] =>
    isDigitalRow(row) && check ? [[row.address.recipient.number, { name: registerName(check), protected: isProtected(check) }]] : []);
  return useMemo(() => new Map(told), [JSON.stringify(told)]);
}

/** What was drawn last, for work that goes on after it. */
export function useLatest<Value>(value: Value): RefObject<Value> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
