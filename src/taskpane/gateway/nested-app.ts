import type { AccountInfo, AuthenticationResult, PopupRequest, SilentRequest } from '@azure/msal-browser';
import type { PageFacts } from '../page-facts.ts';

/** What the pane uses of MSAL, over the broker in Outlook (nested app authentication). */
export interface NestedApp {
  acquireTokenSilent(request: SilentRequest): Promise<Granted>;
  acquireTokenPopup(request: PopupRequest): Promise<Granted>;
  getAllAccounts(): AccountInfo[];
}

export type Granted = Pick<AuthenticationResult, 'accessToken' | 'expiresOn'> & { readonly account: Pick<AccountInfo, 'username'> | null };

/**
 * Loads MSAL, which no screen waits for, and opens it over the broker; null where the client has none. Rejects where MSAL
 * cannot be fetched; may never answer, where the broker does not. MSAL is to keep nothing in the browser's storage.
 */
export async function loadNestedApp({ clientId, authority }: PageFacts['logOn']): Promise<NestedApp | null> {
  const { createNestablePublicClientApplication, PublicClientApplication } = await import(/* webpackChunkName: "msal" */ '@azure/msal-browser');
  let nested = false;
  const configuration = { auth: { clientId, authority }, cache: { cacheLocation: 'memoryStorage' } as const };
  // Called only where there is a broker; else MSAL is made for an ordinary page, which a pane is not.
  const app = await createNestablePublicClientApplication(configuration, undefined, (given, controller) => {
    nested = true;
    return new PublicClientApplication(given, controller);
  });
  return nested ? app : null;
}
