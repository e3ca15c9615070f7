/** What MSAL asks of the app around the add-in (nested app authentication), and what it is answered. */
interface BridgeRequest {
  readonly method: string;
  readonly requestId: string;
}

/** One of the exercise's people, as the sandbox lists them. */
interface Person {
  readonly address: string;
  readonly mailboxes: readonly string[];
}

interface Token {
  readonly access_token: string;
  readonly expires_in: number;
}

interface LogOnBridge {
  addEventListener(event: 'message', listener: (answer: string) => void): void;
  removeEventListener(event: 'message', listener: (answer: string) => void): void;
  postMessage(message: string): void;
}

declare global {
  interface Window {
    nestedAppAuthBridge?: LogOnBridge;
  }
}

const TOKENS = '/sandbox/entra/tokens';
const PEOPLE = '/sandbox/people';
const ENVIRONMENT = 'login.microsoftonline.com';

/**
 * Installs the log-on that Outlook gives add-ins: MSAL's requests are answered with tokens of the exercise's own Entra, for
 * whoever sits before Outlook. Works in any Outlook that Office.js tells of its user.
 */
export function installLogOnBridge(userAddress: () => string): void {
  const listeners = new Set<(answer: string) => void>();
  const answer = async (request: BridgeRequest): Promise<void> => {
    const said = await answerOf(request, userAddress()).catch(() => failure('TRANSIENT_ERROR', 'no answer'));
    const message = JSON.stringify({ messageType: 'NestedAppAuthResponse', requestId: request.requestId, ...said });
    for (const listener of listeners) listener(message);
  };
  window.nestedAppAuthBridge = {
    addEventListener: (_event, listener) => void listeners.add(listener),
    removeEventListener: (_event, listener) => void listeners.delete(listener),
    postMessage: (message) => void answer(JSON.parse(message) as BridgeRequest),
  };
}

async function answerOf({ method }: BridgeRequest, userAddress: string): Promise<object> {
  if (method === 'GetInitContext') {
    return { success: true, initContext: { sdkName: 'postbro-sandbox', sdkVersion: '1', capabilities: { queryAccount: false } } };
  }
  const person = await personAt(userAddress);
  const [token, idToken] = person === null ? [null, null] : await Promise.all([tokenOf(person, 'valid'), tokenOf(person, 'id-token')]);
  if (person === null || !token || !idToken) {
    return failure(method === 'GetToken' ? 'USER_INTERACTION_REQUIRED' : 'ACCOUNT_UNAVAILABLE', 'nobody of the exercise may use this mailbox');
  }
  const { tid = '', oid = '' } = claimsOf(token.access_token);
  return {
    success: true,
    token: { access_token: token.access_token, id_token: idToken.access_token, expires_in: token.expires_in, scope: claimsOf(token.access_token).scp ?? '', properties: null },
    account: { environment: ENVIRONMENT, homeAccountId: `${oid}.${tid}`, localAccountId: oid, tenantId: tid, username: person },
  };
}

function failure(status: string, description: string): object {
  return { success: false, error: { status, code: status.toLowerCase(), subError: '', description, properties: {} } };
}

/** The person with this address, else the first who may use that mailbox; null for nobody. */
async function personAt(address: string): Promise<string | null> {
  const people = (await (await fetch(PEOPLE)).json()) as readonly Person[];
  const wanted = address.toLowerCase();
  const person = people.find((one) => one.address === wanted) ?? people.find(({ mailboxes }) => mailboxes.includes(wanted));
  return person?.address ?? null;
}

async function tokenOf(person: string, variant: string): Promise<Token | null> {
  const answer = await fetch(TOKENS, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ person, variant }) });
  return answer.ok ? ((await answer.json()) as Token) : null;
}

function claimsOf(token: string): Readonly<Partial<Record<'tid' | 'oid' | 'scp', string>>> {
  const payload = (token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/');
  return JSON.parse(atob(payload)) as Readonly<Partial<Record<'tid' | 'oid' | 'scp', string>>>;
}
