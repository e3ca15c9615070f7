import { PublicClientApplication, type AuthenticationResult } from '@azure/msal-browser';
import type { LogOnMessage } from './gateway/log-on-message.ts';
import { tellPane } from './office/tell-pane.ts';
import { readPageFacts } from './page-facts.ts';

/**
 * The window for log-on in clients without a broker: goes to Microsoft's page and comes back here, gives the token to the
 * pane, and keeps none of it. The window's own storage holds what MSAL needs on the way, and goes with the window.
 */
async function logOnInWindow(): Promise<void> {
  const { logOn: { clientId, authority, scope } } = readPageFacts(document);
  const redirectUri = `${location.origin}${location.pathname}`;
  // The authority is the operator's own setting: nobody else need be asked whether it is one.
  const app = new PublicClientApplication({ auth: { clientId, authority, knownAuthorities: [new URL(authority).host], redirectUri }, cache: { cacheLocation: 'sessionStorage' } });
  await app.initialize();
  const granted = await app.handleRedirectPromise();
  if (!granted) {
    await app.acquireTokenRedirect({ scopes: [scope] });
    return;
  }
  await app.clearCache().catch(() => undefined);
  await tell(granted.accessToken === '' ? { kind: 'failed' } : tokenOf(granted));
}

function tokenOf({ accessToken, expiresOn }: AuthenticationResult): LogOnMessage {
  return { kind: 'token', token: accessToken, expiresAt: expiresOn?.toISOString() ?? null };
}

async function tell(message: LogOnMessage): Promise<void> {
  await tellPane(JSON.stringify(message));
}

logOnInWindow().catch(async () => await tell({ kind: 'failed' }).catch(() => undefined));
