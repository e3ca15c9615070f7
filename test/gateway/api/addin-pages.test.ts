import assert from 'node:assert/strict';
import Fastify, { type FastifyInstance } from 'fastify';
import { after, before, describe, it } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { addAddinPages } from '../../../src/gateway/api/addin-pages.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';

const TENANT = '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001';

function settingsWith(given: Readonly<Record<string, string>> = {}) {
  return settingsSchema.parse({
    DATABASE_URL: 'postgres://nowhere', ORGANISATIONS_FILE: 'none', PUBLIC_URL: 'https://post.kommune.example',
    ENTRA_AUDIENCE: 'api-app', ENTRA_CLIENT_IDS: 'addin-app', ...given,
  });
}

describe('the pages of the add-in', () => {
  let app: FastifyInstance;
  before(async () => {
    app = Fastify();
    await addAddinPages(app, { settings: settingsWith(), tenants: () => [TENANT] });
  });
  after(() => app.close());

  it('are given a policy with a nonce of their own each time, and may be framed by Outlook alone', async () => {
    const [one, two] = await Promise.all([app.inject('/addin/pane.html'), app.inject('/addin/pane.html')]);
    const policy = String(one.headers['content-security-policy']);
    assert.match(policy, /^default-src 'none'; script-src 'self' https:\/\/appsforoffice\.microsoft\.com https:\/\/ajax\.aspnetcdn\.com; /);
    assert.match(policy, /frame-ancestors https:\/\/outlook\.office\.com .*https:\/\/outlook\.cloud\.microsoft/);
    assert.doesNotMatch(policy, /unsafe/);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    assert.ok(nonce.length >= 20 && one.body.includes(`nonce="${nonce}"`));
    assert.doesNotMatch(two.body, new RegExp(nonce.replace(/[+/]/g, '\\$&')));
    assert.equal(one.headers['x-frame-options'], undefined);
  });

  it('tell the pane how to log on, and nothing that could end the element', async () => {
    const { body } = await app.inject('/addin/pane.html');
    const facts = JSON.parse(/id="page-facts">([^<]*)</.exec(body)?.[1] ?? '') as { logOn: unknown; training: boolean };
    assert.deepEqual(facts.logOn, {
      clientId: 'addin-app', authority: `https://login.microsoftonline.com/${TENANT}`, scope: 'api://api-app/access_as_user',
    });
    assert.equal(facts.training, false);
  });

  it('come packed to whoever can unpack them', async () => {
    const plain = await app.inject('/addin/pane.html');
    const packed = await app.inject({ url: '/addin/pane.html', headers: { 'accept-encoding': 'br, gzip' } });
    assert.equal(plain.headers['content-encoding'], undefined);
    assert.equal(packed.headers['content-encoding'], 'gzip');
    const withoutNonce = (html: string): string => html.replaceAll(/nonce="[^"]*"/g, '');
    assert.equal(withoutNonce(gunzipSync(packed.rawPayload).toString()), withoutNonce(plain.body));
  });

  it('load scripts that may be kept for good, given out packed', async () => {
    const { body } = await app.inject('/addin/pane.html');
    const scripts = [...body.matchAll(/src="(\/addin\/[^"]+)"/g)].map((match) => match[1] ?? '');
    assert.ok(scripts.length >= 2);
    for (const url of scripts) {
      const answer = await app.inject({ url, headers: { 'accept-encoding': 'gzip' } });
      assert.equal(answer.statusCode, 200);
      assert.equal(answer.headers['content-encoding'], 'gzip');
      assert.match(String(answer.headers['cache-control']), /immutable/);
    }
  });

  it('ask for the Smart Alert anew each time, under the name that the manifest has', async () => {
    const answer = await app.inject('/addin/events.js');
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers['cache-control'], 'no-cache');
    assert.match((await app.inject('/addin/events.html')).body, /src="\/addin\/events\.js"/);
    assert.deepEqual((await app.inject('/.well-known/microsoft-officeaddins-allowed.json')).json(), {
      allowed: ['https://post.kommune.example/addin/events.js'],
    });
  });

  it('let Office keep the icons, which it otherwise does not show', async () => {
    const answer = await app.inject('/addin/assets/icon-64.png');
    assert.equal(answer.statusCode, 200);
    assert.match(String(answer.headers['cache-control']), /max-age=86400/);
  });

  it('give the manifest for the own address, and say what is missing without one', async () => {
    const manifest = await app.inject('/manifest.xml');
    assert.match(manifest.body, /DefaultValue="https:\/\/post\.kommune\.example\/addin\/pane\.html/);
    assert.doesNotMatch(manifest.body, /postbro\.example/);
    const bare = Fastify();
    await addAddinPages(bare, { settings: settingsWith({ PUBLIC_URL: '' }), tenants: () => [] });
    assert.equal((await bare.inject('/manifest.xml')).statusCode, 404);
    await bare.close();
  });

  it('give nothing from elsewhere on the disk', async () => {
    for (const url of ['/addin/../package.json', '/addin/%2e%2e/%2e%2e/package.json', '/addin/assets/..%2f..%2fpackage.json', '/addin/assets.json.gz/..']) {
      assert.notEqual((await app.inject(url)).statusCode, 200);
    }
  });
});
