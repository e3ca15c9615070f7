import * as z from 'zod/mini';
import { maskCprNumber } from '../../domain/cpr-number.ts';
import { meAnswer, recipientCheck, type RecipientCheck } from '../../domain/gateway-api.ts';
import { browserStorage } from './browser-storage.ts';
import { lastingStorage } from './lasting-storage.ts';
import type { CheckScope, EarlierRecipient, Remembered } from './remembered.ts';
import { sealedRecords, type RecordId, type RecordsParts, type SealedRecords } from './sealed-records.ts';
import { memoryStorage } from './storage.ts';

const DAY_MS = 86_400_000;
/** How long what the gateway told is believed (features M7), those written to are offered, and a small choice holds. */
const KEPT_MS = { answer: DAY_MS, earlier: 90 * DAY_MS, choice: 365 * DAY_MS } as const;

/** The memory of this person in this browser; of somebody unknown (""), only as long as the pane is open. */
export function openRemembered(owner: string): Remembered {
  const storage = owner === '' || typeof indexedDB === 'undefined' ? memoryStorage() : lastingStorage(browserStorage(indexedDB));
  return rememberedIn({ storage, owner, now: () => new Date() });
}

const rememberedCheck = z.object({ check: recipientCheck, checkedAt: z.iso.datetime() });
const earlierRecipient = z.object({ number: z.string(), name: z.string(), lastAt: z.iso.datetime() });

/** The same over any storage and clock. */
export function rememberedIn(parts: RecordsParts): Remembered {
  const records = sealedRecords(parts);
  const earlier = earlierIn(records);
  const after = (ms: number, from = parts.now()): Date => new Date(Math.min(from.getTime(), parts.now().getTime()) + ms);
  // In one person's Outlook another may log on: whom the first has written to is none of theirs.
  const forgetAnother = async (user: string): Promise<void> => {
    const before = await records.get(USER, z.string());
    if (before !== null && before !== user) await earlier.dropAll();
    await records.put(USER, user, after(KEPT_MS.choice));
  };
  return {
    me: async () => await orNull(records.get(ME, meAnswer)),
    keepMe: async (me) => {
      const until = new Date(Math.min(after(KEPT_MS.answer).getTime(), Date.parse(me.expiresAt)));
      await orNull(forgetAnother(me.user.id));
      await orNull(records.put(ME, me, until));
    },
    check: async (scope, number) => await orNull(records.get(checkOf(scope, number), rememberedCheck)),
    keepCheck: async (scope, number, { check, checkedAt }) => {
      const until = after(KEPT_MS.answer, new Date(checkedAt));
      if (isProtected(check)) await orNull(earlier.drop(number));
      await orNull(records.put(checkOf(scope, number), { check: withoutProtectedName(check), checkedAt }, until));
    },
    earlier: async (typed, max) => (await orNull(earlier.all()))?.filter((one) => beginsSo(one, typed)).slice(0, max) ?? [],
    keepEarlier: async (recipient) => {
      if (recipient.name !== '') await orNull(earlier.put(recipient, after(KEPT_MS.earlier)));
    },
    choice: async (name) => await orNull(records.get({ group: 'choices', about: name }, z.string())),
    keepChoice: async (name, value) => void (await orNull(records.put({ group: 'choices', about: name }, value, after(KEPT_MS.choice)))),
    forgetAnswers: async () => void (await orNull(records.dropAll('answers'))),
  };
}

const ME: RecordId = { group: 'answers', about: 'me' };
const USER: RecordId = { group: 'choices', about: 'user' };

function checkOf({ channel, mailbox }: CheckScope, number: string): RecordId {
  return { group: 'answers', about: ['check', channel, mailbox.toLowerCase(), number].join('\n') };
}

function isProtected({ person }: RecipientCheck): boolean {
  return person?.kind === 'found' && (person.protected === true || person.nameState === 'protected');
}

/** The gateway gives no such name; were one to come, it is not kept. */
function withoutProtectedName(check: RecipientCheck): RecipientCheck {
  return isProtected(check) && check.person?.kind === 'found' ? { ...check, person: { ...check.person, name: null } } : check;
}

interface Earlier {
  /** Newest first. */
  all(): Promise<readonly EarlierRecipient[]>;
  put(recipient: EarlierRecipient, until: Date): Promise<void>;
  drop(number: string): Promise<void>;
  dropAll(): Promise<void>;
}

/** Opened once, for it is asked at each key that is pressed. */
function earlierIn(records: SealedRecords): Earlier {
  let opened: Promise<Map<string, EarlierRecipient>> | null = null;
  const open = async (): Promise<Map<string, EarlierRecipient>> =>
    await (opened ??= records.all('earlier', earlierRecipient).then((list) => new Map(list.map((one) => [one.number, one]))));
  return {
    all: async () => [...(await open()).values()].sort((a, b) => Date.parse(b.lastAt) - Date.parse(a.lastAt)),
    put: async (recipient, until) => {
      (await open()).set(recipient.number, recipient);
      await records.put({ group: 'earlier', about: recipient.number }, recipient, until);
    },
    drop: async (number) => {
      (await open()).delete(number);
      await records.drop({ group: 'earlier', about: number });
    },
    dropAll: async () => {
      (await open()).clear();
      await records.dropAll('earlier');
    },
  };
}

const MASKED_FROM = 6;

/** Any of its names, or the part of its number that is shown. */
function beginsSo({ name, number }: EarlierRecipient, typed: string): boolean {
  const text = typed.trim().toLowerCase();
  if (` ${name.toLowerCase()}`.includes(` ${text}`)) return true;
  const digits = text.replace(/[\s-]/g, '');
  return number.length === 10 ? digits.length <= MASKED_FROM && maskCprNumber(number).startsWith(digits) : number.startsWith(digits);
}

/** What cannot be remembered is not known; nothing here may stop the pane. */
async function orNull<Value>(act: Promise<Value>): Promise<Value | null> {
  try {
    return await act;
  } catch {
    return null;
  }
}
