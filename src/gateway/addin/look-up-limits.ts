import type { AuditActor } from '../store/audit.ts';
import { countActs } from '../store/audit.ts';
import { timeOfAct } from '../store/recent-acts.ts';
import type { GatewayParts } from '../gateway-parts.ts';
import { raiseAlarm } from '../upkeep/raise-alarm.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What one look-up of a name is called in the audit. */
export const LOOKUP_ACTIONS = ['lookup-person', 'lookup-company', 'search-company'] as const;
/** What the check of one recipient is called there. */
export const CHECK_ACTION = 'check';

/** How many acts one user may do in a time. */
export interface ActLimit {
  readonly actions: readonly string[];
  readonly max: number;
  readonly windowMs: number;
}

type LimitSettings = Pick<GatewayParts['settings'], 'LOOKUPS_PER_USER_PER_MINUTE' | 'LOOKUPS_PER_USER_PER_DAY' | 'CHECKS_PER_USER_PER_DAY'>;

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

/**
 * Tells the watch mailbox of a user who again and again asks for CPR numbers that there are not: mistyped, or guessed. Called
 * after each answer of that sort; once a day for each user, and never with a number. Never rejects: the answer stands.
 */
export async function watchForGuessing(parts: AlarmParts, actor: AuditActor & { readonly fullName: string | null }): Promise<void> {
  const { database, now, settings, log } = parts;
  try {
    const since = new Date(now().getTime() - DAY_MS);
    const counts = await countActs(database, { actor: actor.id, actions: ['lookup-person'], since });
    const unknown = counts['not-found'] ?? 0;
    if (unknown < settings.LOOKUP_NOT_FOUND_ALARM) return;
    const who = actor.fullName === null ? actor.name : `${actor.fullName} (${actor.name})`;
    await raiseAlarm(parts, {
      key: `lookup-not-found ${actor.id}`,
      organisationCvr: actor.organisationCvr,
      subject: 'Mange opslag på numre, som ikke findes',
      text:
        `${who} har det seneste døgn slået ${String(unknown)} numre op, som ikke findes. Det kan være tastefejl, men det kan også være forsøg ` +
        'på at gætte CPR-numre. Loggen over opslag viser hvornår og til hvilke sager. Numrene står ikke i denne mail.',
      quietMs: DAY_MS,
    });
  } catch (error) {
    log.error({ state: 'alarm-failed', reason: error });
  }
}
