import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openApi, type ApiInProcess } from './api-in-process.ts';

const ADDIN = 'https://addin.kommune.example';
const EVIL = 'https://addin.kommune.example.angriber.example';

/** Nothing here comes so far that the database is asked. */
const noDatabase: Database = (() => {
  const away = () => Promise.reject(new Error('no database'));
  const queryable = { query: away, queryLarge: away };
  return { ...queryable, urgent: queryable, transaction: away, alone: away, close: () => Promise.resolve() };
})();

const open = (origins: string): Promise<ApiInProcess> => openApi(noDatabase, { settings: { API_ORIGINS: origins } });
const preflight = (api: ApiInProcess, origin: string, url = '/api/v1/me') =>
  api.app.inject({
    method: 'OPTIONS', url,
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
  });
const corsHeadersOf = ({ headers }: { readonly headers: Readonly<Record<string, unknown>> }): readonly string[] =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'));

describe('calls of pages of other sites', () => {
  it('get no CORS header where no site is set up', async () => {
    const api = await open('');
    for (const answer of [await preflight(api, ADDIN), await api.get('/api/v1/me', { client: 'nobody', headers: { origin: ADDIN } })]) {
      assert.deepEqual(corsHeadersOf(answer), []);
    }
    await api.app.close();
  });

  it('are answered before any log-on, for the site that is set up', async () => {
    const api = await open(` ${ADDIN}/ , https://Anden.kommune.example:8443`);
    for (const origin of [ADDIN, 'https://anden.kommune.example:8443']) {
      for (const url of ['/api/v1/me', '/api/submissions/s1/stop', '/api/token']) {
        const answer = await preflight(api, origin, url);
        assert.equal(answer.statusCode, 204);
        assert.equal(answer.headers['access-control-allow-origin'], origin);
        assert.match(String(answer.headers['access-control-allow-headers']), /Authorization.*Content-Type.*Idempotency-Key/);
        assert.match(String(answer.headers['access-control-allow-methods']), /GET.*POST/);
        assert.ok(Number(answer.headers['access-control-max-age']) > 0);
        assert.equal(answer.headers['vary'], 'Origin');
        assert.equal(answer.headers['access-control-allow-credentials'], undefined);
      }
    }
    await api.app.close();
  });

  it('can read the answer, its faults and where it says to wait', async () => {
    const api = await open(ADDIN);
    const refused = await api.get('/api/submissions', { client: 'nobody', headers: { origin: ADDIN } });
    assert.equal(refused.statusCode, 401);
    assert.equal(refused.headers['access-control-allow-origin'], ADDIN);
    assert.equal(refused.headers['access-control-expose-headers'], 'Location, Retry-After');
    assert.equal(refused.headers['vary'], 'Origin');
    assert.equal((await api.get('/api/nowhere', { headers: { origin: ADDIN } })).headers['access-control-allow-origin'], ADDIN);
    await api.app.close();
  });

  it('are nobody else\'s, however alike the site looks', async () => {
    const api = await open(ADDIN);
    for (const origin of [EVIL, 'http://addin.kommune.example', `${ADDIN}:444`, 'null', 'https://x.addin.kommune.example', `${ADDIN}/`, '*']) {
      const answer = await preflight(api, origin);
      assert.deepEqual(corsHeadersOf(answer), [], origin);
      assert.equal(answer.headers['vary'], 'Origin');
    }
    await api.app.close();
  });

  it('of all sites at once cannot be set up', async () => {
    for (const origins of ['*', 'addin.kommune.example', 'https://addin.kommune.example/sti', 'null']) {
      await assert.rejects(open(origins), /websteder/);
    }
  });
});
