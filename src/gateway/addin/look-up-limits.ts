import type { AuditActor } from '../store/audit.ts';
import { countUnknownSubjects, timeOfAct } from '../store/recent-acts.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { raiseAlarm } from '../upkeep/raise-alarm.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What one look-up of a name is called in the audit. */
export const LOOKUP_ACTIONS = ['lookup-person', 'lookup-company', 'search-company'] as const;
/** What the check of one recipient without a name is called there. */
export const CHECK_ACTION = 'check';
/** What the name of one recipient of a list is called there: it is looked up with many others at once. */
export const BATCH_NAME_ACTIONS = ['lookup-person-batch', 'lookup-company-batch'] as const;

/** How many acts one user may do in a time. */
export interface ActLimit {
  readonly actions: readonly string[];
  readonly max: number;
  readonly windowMs: number;
}

type LimitSettings = Pick<
  GatewayParts['settings'],
  'LOOKUPS_PER_USER_PER_MINUTE' | 'LOOKUPS_PER_USER_PER_DAY' | 'CHECKS_PER_USER_PER_DAY' | 'BATCH_NAMES_PER_USER_PER_DAY'
>;

/** The limits on names that are looked up one by one. */
export function lookupLimits(settings: LimitSettings): readonly ActLimit[] {
  return [
    { actions: LOOKUP_ACTIONS, max: settings.LOOKUPS_PER_USER_PER_MINUTE, windowMs: MINUTE_MS },
    { actions: LOOKUP_ACTIONS, max: settings.LOOKUPS_PER_USER_PER_DAY, windowMs: DAY_MS },
  ];
}

/** The limit on recipients that are checked. */
export function checkLimits(settings: LimitSettings): readonly ActLimit[] {
  return [{ actions: [CHECK_ACTION], max: settings.CHECKS_PER_USER_PER_DAY, windowMs: DAY_MS }];
}

/** The limit on names that are looked up for a whole list. */
export function batchNameLimits(settings: LimitSettings): readonly ActLimit[] {
  return [{ actions: BATCH_NAME_ACTIONS, max: settings.BATCH_NAMES_PER_USER_PER_DAY, windowMs: DAY_MS }];
}

/** A place within the limits, held until the acts stand in the audit themselves. */
export interface HeldActs {
  readonly kind: 'held';
  /** So many of them are written now, or will not be done. */
  release(count: number): void;
  /** None of them is held any longer; may be called again. */
  releaseAll(): void;
}

/** Holds users to their limits. The audit counts, for it outlives a restart; what is under way is counted here. */
export interface LookUpLimits {
  hold(actor: string, count: number, limits: readonly ActLimit[]): Promise<HeldActs | { readonly kind: 'limit'; readonly until: Date }>;
}

type LimitParts = Pick<GatewayParts, 'database' | 'now'>;

/** Opens the count of what is under way in this process. */
export function openLookUpLimits({ database, now }: LimitParts): LookUpLimits {
  const underWay = new Map<string, number>();
  const change = (key: string, by: number) => {
    const count = (underWay.get(key) ?? 0) + by;
    if (count > 0) underWay.set(key, count);
    else underWay.delete(key);
  };
  return {
    async hold(actor, count, limits) {
      const key = `${actor} ${limits[0]?.actions.join(' ') ?? ''}`;
      // Taken first and asked then: of two calls at the same time each sees the other.
      change(key, count);
      let left = count;
      const release = (given: number) => {
        const some = Math.min(given, left);
        left -= some;
        if (some > 0) change(key, -some);
      };
      try {
        const held = underWay.get(key) ?? 0;
        const untils = await Promise.all(limits.map((limit) => freeAgainAt(actor, limit, held)));
        const until = Math.max(...untils.map((time) => time?.getTime() ?? 0));
        if (until <= 0) return { kind: 'held', release, releaseAll: () => release(left) };
        release(left);
        return { kind: 'limit', until: new Date(until) };
      } catch (error) {
        release(left);
        throw error;
      }
    },
  };

  /** When there is room for what is held; null when there is now. */
  async function freeAgainAt(actor: string, { actions, max, windowMs }: ActLimit, held: number): Promise<Date | null> {
    const at = now().getTime();
    // More than fit at all: nothing gets less by waiting but what is under way.
    if (held > max) return new Date(at + MINUTE_MS);
    const blocking = await timeOfAct(database, { actor, actions, since: new Date(at - windowMs), place: max - held });
    return blocking && new Date(Math.max(blocking.getTime() + windowMs, at + 1_000));
  }
}

type AlarmParts = Pick<GatewayParts, 'database' | 'directory' | 'log' | 'now' | 'wake' | 'settings'>;
type Asker = AuditActor & { readonly fullName: string | null };

/**
 * Tells the watch mailbox of a user who again and again asks for CPR numbers that there are not: mistyped, or guessed. Called
 * after each answer of that sort; once a day for each user, and never with a number. Never rejects: the answer stands.
 */
export async function watchForGuessing(parts: AlarmParts, actor: Asker): Promise<void> {
  await tellOfUnknown(parts, actor, {
    key: 'lookup-not-found',
    actions: ['lookup-person'],
    min: parts.settings.LOOKUP_NOT_FOUND_ALARM,
    subject: 'Mange opslag på numre, som ikke findes',
    textOf: (who, unknown) =>
      `${who} har det seneste døgn slået ${unknown} numre op, som ikke findes. Det kan være tastefejl, men det kan også være forsøg ` +
      'på at gætte CPR-numre. Loggen over opslag viser hvornår og til hvilke sager. Numrene står ikke i denne mail.',
  });
}

/** CPR numbers of a list whose names were looked up, and how many of them there are not. */
export interface ListTally {
  readonly asked: number;
  readonly unknown: number;
}

/** The same for whole lists: a list of real recipients has few wrong numbers among many, one of guesses has many. */
export async function watchListForGuessing(parts: AlarmParts, actor: Asker, { asked, unknown }: ListTally): Promise<void> {
  if (unknown * 100 <= asked * parts.settings.BATCH_NOT_FOUND_ALARM_PERCENT) return;
  await tellOfUnknown(parts, actor, {
    key: 'list-not-found',
    actions: [BATCH_NAME_ACTIONS[0]],
    min: parts.settings.BATCH_NOT_FOUND_ALARM + 1,
    subject: 'Lister med mange numre, som ikke findes',
    textOf: (who, count) =>
      `${who} har det seneste døgn tjekket lister med ${count} CPR-numre, som ikke findes. Det kan være en gammel eller forkert liste, ` +
      'men det kan også være forsøg på at gætte CPR-numre. Loggen over opslag viser hvornår og til hvilke sager. Numrene står ikke i denne mail.',
  });
}

interface UnknownAlarm {
  readonly key: string;
  readonly actions: readonly string[];
  /** So many numbers, each counted once. */
  readonly min: number;
  readonly subject: string;
  readonly textOf: (who: string, unknown: number) => string;
}

async function tellOfUnknown(parts: AlarmParts, actor: Asker, { key, actions, min, subject, textOf }: UnknownAlarm): Promise<void> {
  const { database, now, log } = parts;
  try {
    const since = new Date(now().getTime() - DAY_MS);
    const unknown = await countUnknownSubjects(database, { actor: actor.id, actions, since });
    if (unknown < min) return;
    const who = actor.fullName === null ? actor.name : `${actor.fullName} (${actor.name})`;
    await raiseAlarm(parts, {
      key: `${key} ${actor.id}`, organisationCvr: actor.organisationCvr, subject, text: textOf(who, unknown), quietMs: DAY_MS,
    });
  } catch (error) {
    log.error({ state: 'alarm-failed', reason: error });
  }
}
