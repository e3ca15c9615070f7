import type { FastifyInstance, FastifyReply } from 'fastify';
import { createHash, randomBytes } from 'node:crypto';
import { html, Html } from '../pages/html.ts';
import { ADDIN_APP_ID, PEOPLE, userWithAddress, type WorldUser } from '../people.ts';
import type { TokenForm } from './entra-apps.ts';
import type { EntraKeys } from './entra-keys.ts';
import { userToken } from './user-token.ts';

/** What an app asks the page of log-on for (OAuth 2.0 with PKCE, as MSAL asks). */
interface LogOnQuery {
  readonly client_id?: string;
  readonly redirect_uri?: string;
  readonly scope?: string;
  readonly state?: string;
  readonly nonce?: string;
  readonly code_challenge?: string;
  readonly person?: string;
}

/** A code that has been given, and not yet been changed for tokens. */
interface GivenCode {
  readonly user: WorldUser;
  readonly query: LogOnQuery;
}

interface TenantQuery {
  readonly Params: { readonly tenant: string };
  readonly Querystring: LogOnQuery;
}

/** The add-in's page of log-on, as it is registered; on any port, for the exercise opens where there is room. */
const REGISTERED_PAGE = /^http:\/\/localhost:\d+\/addin\/log-on\.html$/;
const CODE_BYTES = 24;
/** In the page itself: this server has no other files, as Microsoft's page has none of the exercise's. */
const STYLE = `
:root { color-scheme: light dark; --text: #242424; --page: #f5f5f5; --card: #fff; --line: #d1d1d1; --quiet: #616161; }
@media (prefers-color-scheme: dark) { :root { --text: #f0f0f0; --page: #1f1f1f; --card: #292929; --line: #616161; --quiet: #c2c2c2; } }
body { margin: 0; padding: 2rem 1rem; font: 1rem/1.5 system-ui, 'Segoe UI', sans-serif; color: var(--text); background: var(--page); }
main { max-width: 27rem; margin: 0 auto; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .25rem; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; }
ul { margin: 0 0 1rem; padding: 0; list-style: none; border-top: 1px solid var(--line); }
li { border-bottom: 1px solid var(--line); }
a { color: inherit; }
li a { display: block; padding: .625rem .5rem; text-decoration: none; overflow-wrap: anywhere; }
li a:hover { text-decoration: underline; }
a:focus-visible { outline: 2px solid; outline-offset: -2px; }
small { display: block; font-size: .875rem; color: var(--quiet); }
`;
const PAGE_POLICY = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** Log-on in a window: a page where one chooses who one is, and what follows from the code it gives. */
export class EntraLogOn {
  readonly #codes = new Map<string, GivenCode>();
  readonly #keys: EntraKeys;

  constructor(keys: EntraKeys) {
    this.#keys = keys;
  }

  addPages(door: FastifyInstance): void {
    door.get<TenantQuery>('/:tenant/oauth2/v2.0/authorize', async ({ query, url }, reply) =>
      isRegistered(query) ? sendPage(reply, choicePage(url)) : reply.code(400).send('AADSTS50011: The redirect URI does not match.'));
    door.get<TenantQuery>('/:tenant/oauth2/v2.0/authorize/answer', async ({ query }, reply) => {
      if (!isRegistered(query)) return reply.code(400).send('AADSTS50011: The redirect URI does not match.');
      const user = userWithAddress(query.person ?? '');
      const said = user ? { code: this.#codeFor({ user, query }) } : { error: 'access_denied', error_description: 'AADSTS65004: User declined to consent.' };
      return reply.redirect(`${query.redirect_uri ?? ''}#${new URLSearchParams({ ...said, state: query.state ?? '' }).toString()}`);
    });
  }

  /** Tokens for a code; null where it is not ours, or was not asked for by whoever brings it. A code counts once. */
  async tokensFor(form: TokenForm, authority: string): Promise<object | null> {
    const code = form['code'] ?? '';
    const given = this.#codes.get(code);
    this.#codes.delete(code);
    if (!given || given.query.redirect_uri !== form['redirect_uri'] || given.query.code_challenge !== challengeOf(form['code_verifier'] ?? '')) return null;
    const { user, query } = given;
    const parts = { key: this.#keys.newest, authority, nowS: Math.floor(Date.now() / 1000) };
    const [token, idToken] = await Promise.all([
      userToken(user, { ...parts, variant: 'valid' }), userToken(user, { ...parts, variant: 'id-token', nonce: query.nonce ?? '' }),
    ]);
    return {
      ...token, scope: query.scope ?? '', id_token: idToken.access_token,
      client_info: Buffer.from(JSON.stringify({ uid: user.objectId, utid: user.tenant })).toString('base64url'),
    };
  }

  #codeFor(given: GivenCode): string {
    const code = randomBytes(CODE_BYTES).toString('base64url');
    this.#codes.set(code, given);
    return code;
  }
}

function isRegistered({ client_id: app, redirect_uri: page }: LogOnQuery): boolean {
  return app === ADDIN_APP_ID && REGISTERED_PAGE.test(page ?? '');
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

function choicePage(url: string): Html {
  const answer = (person: string): string => `${url.replace('/authorize?', '/authorize/answer?')}&person=${encodeURIComponent(person)}`;
  return html`<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Log på – øvelse</title><link rel="icon" href="data:,"><style>${new Html(STYLE)}</style></head>
<body>
<main>
<h1>Log på (øvelse)</h1>
<p>Her står Microsofts side uden for øvelsen. Vælg, hvem du er:</p>
<ul>${PEOPLE.map(({ address, name }) => html`<li><a href="${answer(address)}">${name} <small>${address}</small></a></li>`)}</ul>
<p><a href="${answer('')}">Annuller</a></p>
</main>
</body>
</html>
`;
}

function sendPage(reply: FastifyReply, page: Html): FastifyReply {
  return reply.type('text/html; charset=utf-8').headers({
    'content-security-policy': PAGE_POLICY, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff',
  }).send(page.text);
}
