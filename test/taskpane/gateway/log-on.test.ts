import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { logOnOver, type LogOnParts } from '../../../src/taskpane/gateway/log-on.ts';
import type { Granted, NestedApp } from '../../../src/taskpane/gateway/nested-app.ts';

type Request = Parameters<NestedApp['acquireTokenSilent']>[0] | Parameters<NestedApp['acquireTokenPopup']>[0];
type Account = ReturnType<NestedApp['getAllAccounts']>[number];
type Grant = (request: Request) => Promise<Granted>;

const account = (username: string): Account => ({ homeAccountId: username, environment: 'login.microsoftonline.com', tenantId: 't', localAccountId: username, username });
const METTE = account('Mette@kommune.example');
const ADMIN = account('admin@kommune.example');
const NOW = new Date('2026-11-25T12:00:00Z');

function granted(accessToken: string, minutes = 60, of: Account = METTE): Granted {
  return { accessToken, expiresOn: new Date(NOW.getTime() + minutes * 60_000), account: of };
}

function failing(errorCode: string): Grant {
  return async () => {
    throw Object.assign(new Error(errorCode), { errorCode });
  };
}

interface Script {
  readonly silent?: Grant;
  readonly popup?: Grant;
  readonly accounts?: Account[];
  readonly loadApp?: LogOnParts['loadApp'];
  readonly dialog?: string | null | Error;
}

function logOnBy({ silent = async () => granted('silent'), popup = async () => granted('popup'), accounts = [], loadApp, dialog = null }: Script) {
  const asked: { readonly how: string; readonly request?: Request; readonly url?: string }[] = [];
  const app: NestedApp = {
    getAllAccounts: () => accounts,
    acquireTokenSilent: async (request) => {
      asked.push({ how: 'silent', request });
      return await silent(request);
    },
    acquireTokenPopup: async (request) => {
      asked.push({ how: 'popup', request });
      return await popup(request);
    },
  };
  let loads = 0;
  let now = NOW;
  const logOn = logOnOver({
    loadApp: async () => {
      loads += 1;
      return loadApp ? await loadApp() : app;
    },
    scope: 'api://1/access_as_user',
    outlook: {
      client: { name: '', version: '', platform: '', language: 'da-DK', mailboxSet: '1.12', checksOnSend: true, userAddress: 'mette@kommune.example', userName: 'Mette' },
      openDialog: async (url) => {
        asked.push({ how: 'dialog', url });
        if (dialog instanceof Error) throw dialog;
        return dialog;
      },
    },
    paneUrl: 'https://post.example/addin/pane.html?tab=lookup',
    now: () => now,
  });
  return { logOn, asked, loads: () => loads, pass: (minutes: number) => void (now = new Date(now.getTime() + minutes * 60_000)) };
}

describe('a token', () => {
  it('is asked of the broker in Outlook at the first call, and MSAL is loaded no sooner', async () => {
    const { logOn, asked, loads } = logOnBy({});
    assert.equal(loads(), 0);
    assert.deepEqual(await logOn.token(false), { kind: 'token', value: 'silent' });
    assert.deepEqual(asked.map(({ request }) => request?.scopes), [['api://1/access_as_user']]);
  });

  it('is used until two minutes before its end', async () => {
    const { logOn, asked, pass } = logOnBy({});
    await logOn.token(false);
    pass(57);
    await logOn.token(false);
    assert.equal(asked.length, 1);
    pass(1.5);
    await logOn.token(false);
    assert.equal(asked.length, 2);
  });

  it('is asked for once by whoever needs it at the same time', async () => {
    const { logOn, asked, loads } = logOnBy({});
    await Promise.all([logOn.token(false), logOn.token(false), logOn.token(false)]);
    assert.deepEqual([asked.length, loads()], [1, 1]);
  });

  it('is fetched anew where the gateway does not take it', async () => {
    const { logOn, asked } = logOnBy({});
    await logOn.token(false);
    await logOn.token(true);
    assert.deepEqual(asked.map(({ request }) => request && 'forceRefresh' in request && request.forceRefresh), [false, true]);
  });

  it('takes a press where the broker wants one, where it fails without a word, and where it gives none', async () => {
    for (const silent of [failing('interaction_required'), failing(''), async () => granted('')]) {
      assert.deepEqual(await logOnBy({ silent }).logOn.token(false), { kind: 'log-on-needed' });
    }
  });

  it('takes a press where the broker never answers', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const never = logOnBy({ silent: async () => await new Promise(() => undefined) }).logOn.token(false);
    const neverOpens = logOnBy({ loadApp: async () => await new Promise(() => undefined) }).logOn.token(false);
    await new Promise((resume) => setImmediate(resume));
    t.mock.timers.tick(20_000);
    assert.deepEqual([await never, await neverOpens], [{ kind: 'log-on-needed' }, { kind: 'log-on-needed' }]);
  });

  it('cannot be had without a network, or where MSAL cannot be fetched, which is tried again next time', async () => {
    assert.deepEqual(await logOnBy({ silent: failing('no_network_connectivity') }).logOn.token(false), { kind: 'away' });
    const broken = logOnBy({ loadApp: async () => await Promise.reject(Object.assign(new Error('gone'), { name: 'ChunkLoadError' })) });
    assert.deepEqual(await broken.logOn.token(false), { kind: 'away' });
    await broken.logOn.token(false);
    assert.equal(broken.loads(), 2);
  });

  it('is that of the mailbox’s own person, where the broker takes another who is logged on', async () => {
    const byAccount: Grant = async ({ account: of }) => granted(of?.username ?? 'any', 60, of ?? ADMIN);
    const accounts: Account[] = [];
    const grant: Grant = async (request) => {
      // MSAL knows the accounts once it has a token.
      accounts.push(ADMIN, METTE);
      return await byAccount(request);
    };
    assert.deepEqual(await logOnBy({ silent: grant, accounts }).logOn.token(false), { kind: 'token', value: METTE.username });
    assert.deepEqual(await logOnBy({ popup: byAccount, accounts: [ADMIN, METTE] }).logOn.logOn(), { kind: 'token', value: METTE.username });
  });

  it('is the one that comes where no account has the mailbox’s address: a log-on name need not be a mail address', async () => {
    const { logOn, asked } = logOnBy({ silent: async () => granted('other', 60, ADMIN), accounts: [ADMIN] });
    assert.deepEqual(await logOn.token(false), { kind: 'token', value: 'other' });
    assert.equal(asked.length, 1);
  });
});

describe('logging on by a press', () => {
  it('goes by the broker, once however often it is pressed, and its token serves the calls', async () => {
    const { logOn, asked } = logOnBy({});
    await Promise.all([logOn.logOn(), logOn.logOn()]);
    assert.deepEqual(await logOn.token(false), { kind: 'token', value: 'popup' });
    assert.deepEqual(asked.map(({ how }) => how), ['popup']);
  });

  it('opens a window of ours where there is no broker, or it cannot', async () => {
    const dialog = JSON.stringify({ kind: 'token', token: 'from-window', expiresAt: '2026-11-25T13:00:00.000Z' });
    for (const script of [{ loadApp: async () => null }, { popup: failing('popup_window_error') }, { popup: failing('') }]) {
      const { logOn, asked } = logOnBy({ ...script, dialog });
      assert.deepEqual(await logOn.logOn(), { kind: 'token', value: 'from-window' });
      assert.deepEqual(asked.at(-1), { how: 'dialog', url: 'https://post.example/addin/log-on.html' });
      assert.deepEqual(await logOn.token(false), { kind: 'token', value: 'from-window' });
    }
  });

  it('has not been done where the window is shut, fails, or says something else', async () => {
    for (const dialog of [null, '{"kind":"failed"}', '{"kind":"token"}', 'no json', new Error('12007')]) {
      assert.deepEqual(await logOnBy({ loadApp: async () => null, dialog }).logOn.logOn(), { kind: 'log-on-needed' });
    }
  });

  it('opens no second window after a no, after the time is over, and without a network', async (t) => {
    assert.deepEqual(await logOnBy({ popup: failing('user_cancelled') }).logOn.logOn(), { kind: 'log-on-needed' });
    assert.deepEqual(await logOnBy({ popup: failing('no_network_connectivity') }).logOn.logOn(), { kind: 'away' });
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { logOn, asked } = logOnBy({ popup: async () => await new Promise(() => undefined) });
    const pressed = logOn.logOn();
    await new Promise((resume) => setImmediate(resume));
    t.mock.timers.tick(180_000);
    assert.deepEqual(await pressed, { kind: 'log-on-needed' });
    assert.deepEqual(asked.map(({ how }) => how), ['popup']);
  });
});
