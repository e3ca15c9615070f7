import { withinTime } from '../within-time.ts';
import type { Granted, NestedApp } from './nested-app.ts';
import type { Token } from './token.ts';

/** The broker may say that it is there, and never answer (office-js 6691); in ms. */
const BROKER_MS = 15_000;
/** A person types a password, and takes out a telephone. */
const PERSON_MS = 180_000;

export interface NestedLogOn {
  /** Without anybody: rejects where it takes a press. */
  silently(renew: boolean): Promise<Token>;
  /** With a window of Outlook's own. */
  byPress(): Promise<Token>;
}

/** Log-on by the broker in Outlook, as the person of this mailbox. */
export function nestedLogOn(app: NestedApp, scope: string, userAddress: string): NestedLogOn {
  const ask = async (limitMs: number, how: (account: ReturnType<typeof accountOf>) => Promise<Granted>): Promise<Token> => {
    const granted = await withinTime(limitMs, how(accountOf(app, userAddress)));
    // Several may be logged on, and the broker takes the wrong one (msal 7356). A log-on name need not be the mail
    // address, though, and a shared mailbox has its own: so the other is taken only where it is known.
    const better = isOf(userAddress, granted.account) ? {} : accountOf(app, userAddress);
    return tokenOf('account' in better ? await withinTime(limitMs, how(better)) : granted);
  };
  return {
    silently: async (renew) => await ask(BROKER_MS, async (account) => await app.acquireTokenSilent({ scopes: [scope], forceRefresh: renew, ...account })),
    byPress: async () => await ask(PERSON_MS, async (account) => await app.acquireTokenPopup({ scopes: [scope], ...account })),
  };
}

function accountOf(app: NestedApp, userAddress: string): { readonly account?: ReturnType<NestedApp['getAllAccounts']>[number] } {
  const account = app.getAllAccounts().find((one) => isOf(userAddress, one));
  return account ? { account } : {};
}

function isOf(userAddress: string, account: { readonly username: string } | null): boolean {
  return account?.username.toLowerCase() === userAddress.toLowerCase();
}

function tokenOf({ accessToken, expiresOn }: Granted): Token {
  if (accessToken === '') throw new Error('no token');
  return { value: accessToken, expiresAt: expiresOn };
}
