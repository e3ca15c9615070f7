import type { MemoChannelId } from '../../domain/channel.ts';
import type { TextRef } from './text-ref.ts';

/** By what a recipient gets the mail. */
export type Way = MemoChannelId | 'outsider' | 'colleague';

/** What the sentence needs to know of a row. */
export interface SentenceRow {
  readonly way: Way;
  /** 1, or as many as are on a list; 0 for somebody who stands further up already. */
  readonly count: number;
  /** Whether they get it as things stand. */
  readonly gets: boolean;
  readonly replyable: boolean;
  readonly isList: boolean;
  /** As it may be shown to whoever looks over the shoulder. */
  readonly name: string;
}

export interface SentenceFacts {
  readonly rows: readonly SentenceRow[];
  /** The label that the recipient will see. */
  readonly sender: string;
  /** How long the message waits before it goes, in milliseconds; 0: not at all. */
  readonly holdMs: number;
  readonly holdListMs: number;
  /** Outsiders of whom each stops the mail to everybody, as long as it is not approved; 0 where none does. */
  readonly stopping: number;
  /** What the organisation is called in a sentence. */
  readonly home: string;
}

/** What is sent, to whom, as whom, and whether they can answer: one line, and what must be said besides (ux.md section 4). */
export function sentencesOf({ rows, sender, holdMs, holdListMs, stopping, home }: SentenceFacts): readonly TextRef[] {
  const counted = rows.filter(({ count }) => count > 0);
  if (counted.length === 0) return [{ key: 'say.none' }];
  // Whatever else is to be said of the mail is not true before that is done.
  if (stopping > 0) return [{ key: stopping === 1 ? 'say.guard1' : 'say.guard', parameters: { n: stopping, home } }];
  const gets = counted.filter((row) => row.gets);
  const left = total(counted) - total(gets);
  if (gets.length === 0) return [{ key: 'say.nobody' }];
  const leftOut: readonly TextRef[] = left === 0 ? [] : [left === 1 ? { key: 'say.left1' } : { key: 'say.left', parameters: { n: left } }];
  const digital = gets.filter(isDigital);
  return [digital.length > 0 ? digitalSentence(gets, sender) : mailSentence(gets), ...leftOut, ...heldSentence(digital, { holdMs, holdListMs })];
}

function isDigital({ way }: SentenceRow): boolean {
  return way !== 'outsider' && way !== 'colleague';
}

function total(rows: readonly SentenceRow[]): number {
  return rows.reduce((sum, { count }) => sum + count, 0);
}

function mailSentence(gets: readonly SentenceRow[]): TextRef {
  const n = total(gets);
  if (gets.every(({ way }) => way === 'colleague')) return n === 1 ? { key: 'say.ordinary1' } : { key: 'say.ordinary', parameters: { n } };
  return n === 1 ? { key: 'say.mail1', parameters: { name: gets[0]?.name ?? '' } } : { key: 'say.mail', parameters: { n } };
}

const channelText = { ngdp: 'channel.ngdp', mitdk: 'channel.mitdk', eboks: 'channel.eboks', outsider: 'way.mail', colleague: 'way.mail' } as const;

type Reply = 'reply' | 'noReply' | 'someReply';

function digitalSentence(gets: readonly SentenceRow[], sender: string): TextRef {
  const [first = [], ...others] = groupsOf(gets);
  return others.length > 0 ? mixedSentence(first, others, sender) : sentenceOfOneWay(first, sender);
}

function sentenceOfOneWay(rows: readonly SentenceRow[], sender: string): TextRef {
  const n = total(rows);
  const reply = replyOf(rows);
  const texts = { channel: wayText(rows) };
  if (rows.every(({ isList }) => isList)) return n === 1 ? { key: 'say.mass1', parameters: { sender }, texts } : { key: 'say.mass', parameters: { n, sender }, texts };
  if (n > 1) return { key: `say.many.${reply}`, parameters: { n, sender, a: canAnswer(rows) }, texts };
  return { key: reply === 'reply' ? 'say.one.reply' : 'say.one.noReply', parameters: { name: rows[0]?.name ?? '', sender }, texts };
}

/** One network by name, and beside it another way, or several. */
function mixedSentence(first: readonly SentenceRow[], others: readonly (readonly SentenceRow[])[], sender: string): TextRef {
  const a = total(first);
  const b = total(others.flat());
  const parameters = { n: a + b, sender, a, b, c: canAnswer(first) };
  const [second = []] = others;
  if (others.length > 1) return { key: `say.more.${replyOf(first)}`, parameters, texts: { channel: wayText(first) } };
  return { key: `say.mixed.${replyOf(first)}`, parameters, texts: { channel: wayText(first), other: wayText(second) } };
}

function wayText(rows: readonly SentenceRow[]): { readonly key: (typeof channelText)[Way] } {
  return { key: channelText[rows[0]?.way ?? 'colleague'] };
}

function canAnswer(rows: readonly SentenceRow[]): number {
  return total(rows.filter(({ replyable }) => replyable));
}

/** Those of one way together, in the order in which channels are shown, ordinary mail last. */
function groupsOf(gets: readonly SentenceRow[]): readonly (readonly SentenceRow[])[] {
  const channels = (['ngdp', 'mitdk', 'eboks'] as const).map((channel) => gets.filter(({ way }) => way === channel));
  return [...channels, gets.filter((row) => !isDigital(row))].filter((group) => group.length > 0);
}

function replyOf(rows: readonly SentenceRow[]): Reply {
  if (rows.every(({ replyable }) => replyable)) return 'reply';
  return rows.some(({ replyable }) => replyable) ? 'someReply' : 'noReply';
}

const MINUTE_MS = 60_000;

function heldSentence(digital: readonly SentenceRow[], { holdMs, holdListMs }: Pick<SentenceFacts, 'holdMs' | 'holdListMs'>): readonly TextRef[] {
  if (digital.length === 0) return [];
  const minutes = Math.ceil((digital.some(({ isList }) => isList) ? holdListMs : holdMs) / MINUTE_MS);
  if (minutes === 0) return [];
  return [minutes === 1 ? { key: 'say.held1' } : { key: 'say.held', parameters: { minutes } }];
}
