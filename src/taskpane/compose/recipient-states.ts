import type { PersonAnswer, RecipientCheck } from '../../domain/gateway-api.ts';
import { cprShape, maskCprNumbersIn } from '../../domain/cpr-number.ts';
import type { RecipientId } from '../../domain/gateway-address.ts';
import { maskedAddress } from '../../domain/masked-address.ts';
import type { RememberedCheck } from '../memory/remembered.ts';
import type { Grade } from '../parts/card.tsx';
import type { ShownState } from '../parts/state-icon.tsx';
import { isDigitalRow, type DigitalRow, type MailRow, type MalformedRow, type RecipientRow } from './read-recipients.ts';
import { isProtected, nameInDraft, registerName, shownNumber, strangersName } from './recipient-name.ts';
import type { TextRef } from './text-ref.ts';

/** Where an outsider stands with Mail Guard. */
export type GuardKnown = 'open' | 'listed' | 'needs-approval' | 'approving' | 'approved' | 'checking' | 'unknown';

/** Ways out that a row may have, in the order in which its buttons stand. */
export type RowFix = 'again' | 'fetch' | 'address' | 'name' | 'new-number' | 'cvr-number' | 'approve' | 'to-bcc' | 'remove';

export interface RowState {
  readonly icon: ShownState;
  /** Who it is, as it may be shown. */
  readonly name: string | TextRef;
  /** The number behind the name, masked; null where the name is the number itself, or there is none. */
  readonly number: string | null;
  /** By what they get it, in words. */
  readonly status: TextRef | null;
  readonly notes: readonly (TextRef | string)[];
  readonly grade: Grade | null;
  /** Whether they get the message as things stand. */
  readonly gets: boolean;
  readonly fixes: readonly RowFix[];
}

/** What is known beside the draft. */
export interface StateFacts {
  /** What the registers said, for a row of Digital Post. */
  readonly known: RememberedCheck | null;
  /** The gateway is being asked. */
  readonly checking: boolean;
  /** The gateway is away, so that what is known is what was remembered. */
  readonly away: boolean;
  /** Whoever has the name did not give it just now. */
  readonly nameForLater: boolean;
  readonly guard: GuardKnown;
  /** Why somebody outside is not approved though it was tried, or no longer. */
  readonly guardTrouble: TextRef | null;
  /** Somebody who is not approved stops the mail to everybody. */
  readonly guardStopsAll: boolean;
  /** This Outlook can carry an approval. */
  readonly canApprove: boolean;
  /** What the organisation is called in a sentence. */
  readonly home: string;
  /** Why the gateway will refuse the address, right as it is written: its sender, or its network; none where it will not. */
  readonly refusal: readonly TextRef[];
  /** Somebody stands in Til or Cc with a CPR number in the address. */
  readonly cprIsSeen: boolean;
  /** The draft answers or forwards a mail. */
  readonly isAnswer: boolean;
  /** Whether the wrong address can be mended here. */
  readonly mendable: boolean;
}

/** How a row stands, in words and icon (ux.md 5.2; the grades: section 4). */
export function recipientState(row: RecipientRow, facts: StateFacts): RowState {
  if (isDigitalRow(row)) return digitalState(row, facts);
  switch (row.kind) {
    case 'malformed':
      return wrongAddress(facts, { name: maskedAddress(row.recipient.emailAddress), notes: wrongNotes(row) });
    case 'bare-number':
      return wrongAddress(facts, { name: shownNumber(row.number), notes: [{ key: 'row.bareNumber' }] });
    case 'mass':
      return { ...well('ok', row.address.recipientCount === 1 ? { key: 'row.mass1' } : { key: 'row.mass', parameters: { n: row.address.recipientCount } }), status: { key: 'channel.ngdp' } };
    case 'colleague':
      return { ...well('colleague', maskCprNumbersIn(row.recipient.displayName) || row.address), status: { key: 'row.internal' } };
    case 'outsider':
      return outsiderState(row, facts);
    case 'unreadable':
      return { ...well('info', maskCprNumbersIn(row.recipient.displayName)), status: { key: 'row.unreadable' } };
  }
}

function well(icon: ShownState, name: RowState['name']): RowState {
  return { icon, name, number: null, status: null, notes: [], grade: null, gets: true, fixes: [] };
}

function wrongNotes({ reason }: MalformedRow): readonly TextRef[] {
  if (reason === null) return [{ key: 'row.lookalike' }];
  return reason === 'citizenPoint' ? [{ key: 'row.citizenPoint' }] : [{ key: 'row.badAddress' }, { key: `addr.${reason}` }];
}

function wrongAddress({ mendable, isAnswer }: StateFacts, { name, notes }: Pick<RowState, 'name' | 'notes'>): RowState {
  const cameAlong: readonly TextRef[] = isAnswer ? [{ key: 'row.fromReply' }] : [];
  return { ...well('stop', name), notes: [...notes, ...cameAlong], grade: 'stop', gets: false, fixes: mendable ? ['address', 'remove'] : ['remove'] };
}

function digitalState(row: DigitalRow, facts: StateFacts): RowState {
  const named = whoItIs(row, facts.known?.check ?? null);
  if (row.massNotAlone) return { ...wrongAddress({ ...facts, mendable: false }, { ...named, notes: [{ key: 'row.massNotAlone' }] }), number: named.number };
  if (facts.refusal.length > 0) return { ...wrongAddress(facts, { ...named, notes: facts.refusal }), number: named.number };
  const reached = withoutName(reachedState(row, facts), facts);
  const told = { ...reached, ...strangerState(row, facts.known?.check ?? null, reached) };
  return { ...told, ...named, ...twiceState(row, told) };
}

/** The row says who the number belongs to; the mail says somebody else. */
function strangerState({ recipient }: DigitalRow, check: RecipientCheck | null, { notes, grade, fixes }: Reached): Partial<Reached> {
  const name = strangersName(recipient, check);
  if (name === null) return {};
  const others = fixes.filter((fix) => fix !== 'remove');
  return { icon: 'look', grade: grade ?? 'look', notes: [{ key: 'row.otherName', parameters: { name } }, ...notes], fixes: [...others, 'name', 'remove'] };
}

function whoItIs({ address: { recipient }, recipient: inDraft }: DigitalRow, check: RecipientCheck | null): Pick<RowState, 'name' | 'number'> {
  const masked = shownNumber(recipient);
  if (isProtected(check)) return { name: { key: 'row.protected.name' }, number: masked };
  const name = registerName(check) ?? nameInDraft(inDraft);
  return name === null ? { name: masked, number: null } : { name, number: recipient.kind === 'cvr' ? `CVR ${masked}` : masked };
}

type Reached = Omit<RowState, 'name' | 'number'>;

/** Nobody is kept from writing by a register that does not answer. */
function withoutName(reached: Reached, { nameForLater }: StateFacts): Reached {
  if (!nameForLater) return reached;
  const { notes, gets, fixes } = reached;
  const others = fixes.filter((fix) => fix !== 'remove');
  return { ...reached, notes: [...notes, { key: gets ? 'row.noName' : 'row.noName.left' }], fixes: [...others, 'fetch', 'remove'] };
}

function twiceState({ twice }: DigitalRow, { notes, grade, icon, fixes, gets }: Reached): Partial<RowState> {
  if (twice === null) return {};
  const told: readonly (TextRef | string)[] = [...notes, { key: twice === 'same' ? 'row.twice' : 'row.twiceSent' }];
  return { notes: told, grade: grade ?? (twice === 'other' && gets ? 'look' : null), icon: icon === 'ok' ? (twice === 'other' ? 'look' : 'info') : icon, fixes: fixes.length > 0 ? fixes : ['remove'] };
}

/** Whether the network reaches them, and what the registers say of them. */
function reachedState(row: DigitalRow, { known, checking, away }: StateFacts): Reached {
  const texts = { channel: { key: `channel.${row.address.channel}` as const } };
  if (!known) return checking ? { ...plain('checking'), status: { key: 'row.checking' } } : { ...plain('info'), notes: [{ key: 'row.unknown' }, ...oddDate(row.address.recipient)] };
  const { check, checkedAt } = known;
  const state = registerState(check, texts) ?? networkState(row, check, texts);
  return away ? { ...state, notes: [...state.notes, { key: 'row.remembered', moments: { time: checkedAt } }] } : state;
}

type ChannelText = NonNullable<TextRef['texts']>;

function plain(icon: ShownState): Reached {
  return { icon, status: null, notes: [], grade: null, gets: true, fixes: [] };
}

/** They will not get it: it goes all the same, and the others get theirs. */
function missed(note: TextRef, fixes: readonly RowFix[] = ['remove']): Reached {
  return { ...plain('look'), notes: [note], grade: 'look', gets: false, fixes };
}

/** What a register says that settles it, whatever the network says. */
function registerState({ person, company, reach }: RecipientCheck, texts: ChannelText): Reached | null {
  if (company?.kind === 'found' && company.company.state === 'ceased') return missed(dated('row.ceased', company.company.ceasedOn));
  switch (person?.kind) {
    case 'p-number':
      return missed({ key: 'row.pNumber' }, ['cvr-number', 'remove']);
    case 'not-found':
      return reach.state === 'registered' ? null : missed({ key: 'row.notFound' });
    case 'found':
      return personState(person, texts);
    default:
      return company?.kind === 'not-found' && reach.state !== 'registered' ? missed({ key: 'row.notFound' }) : null;
  }
}

function personState(person: Extract<PersonAnswer, { kind: 'found' }>, texts: ChannelText): Reached | null {
  if (person.state === 'dead') return missed(dated('row.dead', person.since));
  if (person.currentCpr !== null) return { ...missed({ key: 'row.newNumber' }, ['new-number', 'remove']), gets: true, status: { key: 'row.ok', texts } };
  return null;
}

/** What has been so since a day, or since nobody knows when. */
const datedTexts = {
  'row.dead': 'row.dead.undated', 'row.ceased': 'row.ceased.undated', 'row.emigrated': 'row.emigrated.undated',
  'row.newCompany': 'row.newCompany.undated', 'row.awaiting': 'row.awaiting.undated',
} as const;

function dated(key: keyof typeof datedTexts, day: string | null, texts: ChannelText = {}): TextRef {
  return day === null ? { key: datedTexts[key], texts } : { key, days: { date: day }, texts };
}

function networkState(row: DigitalRow, check: RecipientCheck, texts: ChannelText): Reached {
  switch (check.reach.state) {
    case 'registered':
      return registeredState(check, texts);
    case 'exempt':
      return missed({ key: 'row.exempt' });
    case 'closed':
      return missed({ key: 'row.closed' });
    case 'not-registered':
      return missed({ key: 'row.notRegistered', texts });
    case 'awaiting': {
      const note = dated(row.kind === 'company' ? 'row.newCompany' : 'row.awaiting', check.reach.from);
      return { ...missed(note), gets: true };
    }
    case 'not-known':
      return { ...plain('info'), notes: [{ key: 'row.unknown' }, ...oddDate(row.address.recipient), ...protectedNote(check)] };
  }
}

function registeredState(check: RecipientCheck, texts: ChannelText): Reached {
  const { person, company } = check;
  const ok: Reached = { ...plain('ok'), status: { key: 'row.ok', texts } };
  const stateText = company?.kind === 'found' ? company.company.stateText : null;
  if (stateText !== null) return { ...ok, notes: [stateText] };
  if (person?.kind === 'found' && person.state === 'disappeared') return { ...missed({ key: 'row.gone' }), gets: true };
  const emigrated = person?.kind === 'found' && person.state === 'emigrated' ? [dated('row.emigrated', person.since, texts)] : [];
  return { ...ok, icon: isProtected(check) ? 'protected' : 'ok', notes: [...emigrated, ...protectedNote(check)] };
}

function protectedNote(check: RecipientCheck): readonly TextRef[] {
  return isProtected(check) ? [{ key: 'row.protected' }] : [];
}

/** A number nobody has told of yet, and that begins with no date, may be mistyped; never a reason to refuse it. */
function oddDate({ kind, number }: RecipientId): readonly TextRef[] {
  return kind === 'cpr' && cprShape(number) === 'no-date' ? [{ key: 'to.bad.date' }] : [];
}

function outsiderState(row: MailRow, facts: StateFacts): RowState {
  const { guard, guardTrouble, home, cprIsSeen, canApprove } = facts;
  const name = maskCprNumbersIn(row.recipient.displayName) || row.address;
  const parameters = { home };
  const ways: readonly RowFix[] = guard === 'needs-approval' && canApprove ? ['approve'] : [];
  const told = guardedState(facts, name);
  const state = { ...told, notes: [...told.notes, ...(guardTrouble ? [guardTrouble] : [])], number: name === row.address ? null : row.address };
  if (cprIsSeen) {
    return { ...state, icon: guard === 'needs-approval' ? 'guard' : 'stop', notes: [...state.notes, { key: 'row.seesCpr', parameters }], grade: 'stop', fixes: [...ways, 'to-bcc', 'remove'] };
  }
  return guard === 'needs-approval' ? { ...state, fixes: [...ways, 'remove'] } : state;
}

function guardedState({ guard, guardStopsAll, canApprove, home }: StateFacts, name: string): RowState {
  const parameters = { home };
  const mail = { key: 'way.mail.upper' } as const;
  switch (guard) {
    case 'open':
      return { ...well('info', name), status: { key: 'row.outside', parameters } };
    case 'unknown':
      return { ...well('info', name), status: { key: 'row.outside', parameters }, notes: [{ key: 'row.unknown' }] };
    case 'checking':
      return { ...well('checking', name), status: { key: 'row.checking' } };
    case 'approving':
      return { ...well('checking', name), status: { key: 'guard.approving' }, grade: 'stop', gets: false };
    case 'listed':
      return { ...well('approved', name), status: mail, notes: [{ key: 'row.whitelisted', parameters }] };
    case 'approved':
      return { ...well('approved', name), status: mail, notes: [{ key: 'row.approved', parameters }] };
    case 'needs-approval': {
      const notes: readonly TextRef[] = [{ key: guardStopsAll ? 'row.guardAll' : 'row.guard', parameters }, ...(canApprove ? [] : [{ key: 'guard.cannot' } as const])];
      return { ...well('guard', name), status: mail, notes, grade: 'stop', gets: false };
    }
  }
}
