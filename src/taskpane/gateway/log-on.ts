import type { Outlook } from '../office/outlook.ts';
import type { PageFacts } from '../page-facts.ts';
import { TimeOver, withinTime } from '../within-time.ts';
import { dialogLogOn } from './dialog-log-on.ts';
import { loadNestedApp, type NestedApp } from './nested-app.ts';
import { nestedLogOn, type NestedLogOn } from './nested-log-on.ts';
import type { Token } from './token.ts';

export type TokenAnswer =
  | { readonly kind: 'token'; readonly value: string }
  | { readonly kind: 'log-on-needed' }
  /** MSAL cannot be fetched, or there is no network. */
  | { readonly kind: 'away' };

/** Tokens for the gateway. Never throws; never used from an event of Outlook, where a log-on cannot be relied on. */
export interface LogOn {
  /** Without a window. `renew`: the gateway does not take the last one. */
  token(renew: boolean): Promise<TokenAnswer>;
  /** For a press: may open a window. */
  logOn(): Promise<TokenAnswer>;
}

export interface LogOnParts {
  readonly loadApp: () => Promise<NestedApp | null>;
  readonly scope: string;
  readonly outlook: Pick<Outlook, 'client' | 'openDialog'>;
  readonly paneUrl: string;
  readonly now: () => Date;
}

/** MSAL begins by asking the broker who it is; it need not answer. In ms. */
const OPEN_MS = 20_000;
/** A token with less than this left, in ms, is not begun with. */
const SPARE_MS = 120_000;

export function openLogOn(facts: PageFacts['logOn'], outlook: Outlook): LogOn {
  return logOnOver({ loadApp: async () => await loadNestedApp(facts), scope: facts.scope, outlook, paneUrl: document.baseURI, now: () => new Date() });
}

/** By the broker in Outlook where there is one, else by a window. MSAL is loaded with the first call. */
export function logOnOver(parts: LogOnParts): LogOn {
  let held: Token | null = null;
  const nested = openNested(parts);
  const hold = (token: Token): TokenAnswer => {
    held = token;
    return { kind: 'token', value: token.value };
  };
  const silently = atOnce(async (renew: boolean): Promise<TokenAnswer> => {
    try {
      const broker = await nested();
      return broker ? hold(await broker.silently(renew)) : { kind: 'log-on-needed' };
    } catch (failure) {
      return failedLogOn(failure);
    }
  });
  const byPress = atOnce(async (): Promise<TokenAnswer> => {
    try {
      const token = await pressed(parts, nested);
      return token ? hold(token) : { kind: 'log-on-needed' };
    } catch (failure) {
      return failedLogOn(failure);
    }
  });
  return {
    token: async (renew) => (!renew && held && isFresh(held, parts.now()) ? { kind: 'token', value: held.value } : await silently(renew)),
    logOn: async () => await byPress(undefined),
  };
}

/** The broker first; what it cannot, a window can, unless the person has said no or there is no network. */
async function pressed(parts: LogOnParts, nested: () => Promise<NestedLogOn | null>): Promise<Token | null> {
  try {
    const broker = await nested();
    if (broker) return await broker.byPress();
  } catch (failure) {
    if (failure instanceof TimeOver || ['user_cancelled', NO_NETWORK].includes(codeOf(failure))) throw failure;
  }
  return await dialogLogOn(parts.outlook, parts.paneUrl);
}

/** MSAL over the broker, opened once; tried again where it failed. Null: the client has no broker. */
function openNested({ loadApp, scope, outlook }: LogOnParts): () => Promise<NestedLogOn | null> {
  let opened: Promise<NestedLogOn | null> | null = null;
  const open = async (): Promise<NestedLogOn | null> => {
    const app = await withinTime(OPEN_MS, loadApp());
    return app && nestedLogOn(app, scope, outlook.client.userAddress);
  };
  return async () => {
    opened ??= open();
    try {
      return await opened;
    } catch (failure) {
      opened = null;
      throw failure;
    }
  };
}

const NO_NETWORK = 'no_network_connectivity';

function failedLogOn(failure: unknown): TokenAnswer {
  const isAway = codeOf(failure) === NO_NETWORK || (failure instanceof Error && failure.name === 'ChunkLoadError');
  return { kind: isAway ? 'away' : 'log-on-needed' };
}

/** MSAL's own word. */
function codeOf(failure: unknown): string {
  return failure instanceof Error && 'errorCode' in failure ? String(failure.errorCode) : '';
}

function isFresh({ expiresAt }: Token, now: Date): boolean {
  return expiresAt === null || expiresAt.getTime() - now.getTime() > SPARE_MS;
}

/** Whoever asks while it is under way gets the same answer. */
function atOnce<Asked, Value>(act: (asked: Asked) => Promise<Value>): (asked: Asked) => Promise<Value> {
  let underWay: Promise<Value> | null = null;
  return async (asked) => {
    underWay ??= act(asked).finally(() => {
      underWay = null;
    });
    return await underWay;
  };
}
