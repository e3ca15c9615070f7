import type { MemoChannelId } from '../../domain/channel.ts';
import type { CheckQuestion, MeAnswer, RecipientCheck } from '../../domain/gateway-api.ts';
import type { RememberedCheck } from '../memory/remembered.ts';
import type { PaneParts } from '../pane-parts.ts';
import { checkQuestions } from './check-questions.ts';
import { isProtected, registerName } from './recipient-name.ts';

/** Whom to ask about: a number, as it is reached by a channel. */
export interface AskedRecipient {
  readonly number: string;
  readonly channel: MemoChannelId;
}

/**
 * What is known of somebody. `unanswered`: asked again when the connection is back; `later`: the gateway is there and could
 * not tell just now, so that it is asked again by itself. `named`: the name was asked for.
 */
export type CheckTold = RememberedCheck | { readonly kind: 'unanswered' } | { readonly kind: 'later'; readonly named: boolean };

export interface AskingParts extends Pick<PaneParts, 'noteAnswer'> {
  readonly gateway: Pick<PaneParts['gateway'], 'check'>;
  readonly remembered: Pick<PaneParts['remembered'], 'check' | 'keepCheck' | 'keepEarlier'>;
  readonly me: MeAnswer | null;
  readonly mailbox: string;
  readonly caseId: string;
  readonly tell: (one: AskedRecipient, told: CheckTold) => void;
}

/** So many questions are under way at once: one that waits for its answer holds nobody else up. */
const QUESTIONS_AT_ONCE = 3;
/** Where a question fails for what is in it, those of it are asked about apart, in so many calls at most. */
const CALLS_APART_MAX = 16;

/** Tells what is remembered of these (24 hours, no call), and asks the gateway about the rest. Never rejects. */
export async function askAboutRecipients(parts: AskingParts, wanted: readonly AskedRecipient[]): Promise<void> {
  const { me, mailbox, caseId, tell } = parts;
  const open = await withoutRemembered(parts, wanted);
  if (me === null) {
    for (const one of open) tell(one, { kind: 'unanswered' });
    return;
  }
  const questions = [...new Set(open.map(({ channel }) => channel))].flatMap((channel) =>
    checkQuestions({ me, mailbox, channel, numbers: open.filter((one) => one.channel === channel).map(({ number }) => number), caseId }));
  await Promise.all(Array.from({ length: QUESTIONS_AT_ONCE }, async () => {
    for (let question = questions.shift(); question; question = questions.shift()) await askGateway(parts, question, { calls: CALLS_APART_MAX });
  }));
}

async function withoutRemembered(parts: AskingParts, wanted: readonly AskedRecipient[]): Promise<readonly AskedRecipient[]> {
  const open: AskedRecipient[] = [];
  for (const one of wanted) {
    const known = await parts.remembered.check({ channel: one.channel, mailbox: parts.mailbox }, one.number);
    if (known) {
      parts.tell(one, known);
      await rememberWritten(parts, one.number, known.check);
    } else open.push(one);
  }
  return open;
}

/** Without the names where they are refused, or too many were looked up today: whether somebody can be reached is worth more. */
async function askGateway(parts: AskingParts, question: CheckQuestion, left: { calls: number }): Promise<void> {
  const answer = await parts.gateway.check(question);
  if (answer.kind === 'answer') {
    await takeAnswer(parts, question, answer.value);
    return;
  }
  parts.noteAnswer(answer);
  const { channel, mailbox, numbers, names } = question;
  if (names && ['too-many', 'no-right', 'refused'].includes(answer.kind)) {
    await askGateway(parts, { channel, mailbox, numbers }, left);
    return;
  }
  const isOfOne = answer.kind === 'refused' || answer.kind === 'fault';
  if (isOfOne && numbers.length > 1 && left.calls >= 2) {
    left.calls -= 2;
    const half = Math.ceil(numbers.length / 2);
    for (const some of [numbers.slice(0, half), numbers.slice(half)]) await askGateway(parts, { ...question, numbers: some }, left);
    return;
  }
  const isForLater = ['unavailable', 'fault', 'too-many'].includes(answer.kind);
  for (const number of numbers) parts.tell({ number, channel }, isForLater ? { kind: 'later', named: names === true } : { kind: 'unanswered' });
}

async function takeAnswer(parts: AskingParts, { channel, mailbox, numbers, names }: CheckQuestion, { recipients, checkedAt }: { readonly recipients: readonly RecipientCheck[]; readonly checkedAt: string }): Promise<void> {
  for (const [position, number] of numbers.entries()) {
    const check = recipients.find((one) => one.position === position);
    parts.tell({ number, channel }, check ? { check, checkedAt } : { kind: 'later', named: names === true });
    // What is not whole is asked about again, today and in the next draft.
    if (!check || check.reach.state === 'not-known' || (check.person ?? check.company)?.kind === 'unavailable') continue;
    await parts.remembered.keepCheck({ channel, mailbox }, number, { check, checkedAt });
    await rememberWritten(parts, number, check);
  }
}

/** For "Skrevet til før"; never somebody protected. */
async function rememberWritten({ remembered }: AskingParts, number: string, check: RecipientCheck): Promise<void> {
  const name = registerName(check);
  if (name !== null && !isProtected(check)) await remembered.keepEarlier({ number, name, lastAt: new Date().toISOString() });
}

/** The name was asked for, and whoever has it did not answer just now. */
export function isNameForLater(told: CheckTold): boolean {
  if ('kind' in told) return told.kind === 'later' && told.named;
  const named = told.check.person ?? told.check.company;
  return named?.kind === 'unavailable' && named.reason === 'away';
}

/** Worth asking about again by itself: an answer that somebody did not give just now. */
export function isForLater(told: CheckTold): boolean {
  return isNameForLater(told) || ('kind' in told ? told.kind === 'later' : told.check.reach.state === 'not-known');
}

/** The pauses between asking again, in ms: each three times the one before, so that a register that is away is left alone. */
const FIRST_PAUSE_MS = 5_000;
const PAUSE_MAX_MS = 300_000;

export function pauseBeforeMs(tries: number): number {
  return Math.min(FIRST_PAUSE_MS * 3 ** tries, PAUSE_MAX_MS);
}
