import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { makeDirectory } from '../../../src/domain/organisation.ts';
import { settingsSchema } from '../../../src/gateway/config.ts';
import { newsStories } from '../../../src/gateway/news/news-stories.ts';
import { leaveUrl } from '../../../src/gateway/news/leave-link.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openTestDatabase } from '../api/api-in-process.ts';
import { testKeys } from '../test-keys.ts';

const PUBLIC_URL = 'https://post.kommune.example';
const keys = testKeys();
const directory = makeDirectory([{
  name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example'], mainMailbox: 'a@kommune.example', watchMailbox: 'a@kommune.example',
  helpContact: 'it@kommune.example', secureMailboxes: [], approvers: [], contactPoints: [], smtpOriginatorOrgs: [],
}]);

describe('signing up for news', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  let clock = new Date('2026-11-26T12:00:10Z');
  before(async () => {
    database = await openTestDatabase(open);
  });
  after(() => open.disposeAsync());
  beforeEach(async () => void (await database.query({ text: 'delete from news_subscriber' })));

  const stories = (env: Readonly<Record<string, string>> = { PUBLIC_URL }) => newsStories({
    settings: settingsSchema.parse({ DATABASE_URL: '-', ORGANISATIONS_FILE: '-', ...env }), database, keys, directory, now: () => clock,
  });
  const addresses = async () => (await database.query<{ address: string }>({ text: 'select address from news_subscriber order by 1' })).rows.map(({ address }) => address);
  const wish = (address: string, consentText: string | null = 'da-1', from = 'x') => ({ address, consentText, from });

  it('answers the same to whoever is signed up and whoever is not, and keeps the address in its one spelling', async () => {
    const news = stories();
    const first = await news.signUp(wish(' Anna@KOMMUNE.example. '));
    assert.deepEqual([first, await news.signUp(wish('anna@kommune.example'))], [{ kind: 'signed-up' }, { kind: 'signed-up' }]);
    assert.deepEqual(await addresses(), ['anna@kommune.example']);
  });

  it('keeps nothing without consent, of what is no address, and of addresses elsewhere', async () => {
    const news = stories();
    const told = async (...given: Parameters<typeof wish>) => (await news.signUp(wish(...given))).kind;
    assert.equal(await told('anna@kommune.example', null), 'no-consent');
    for (const odd of ['', 'anna', '@kommune.example', 'a b@kommune.example', 'a@b@kommune.example', 'Anna <anna@kommune.example>', 'anna@kommune.example, b@kommune.example', `${'a'.repeat(300)}@kommune.example`, 'a\nb@kommune.example']) {
      assert.equal(await told(odd), 'no-address', odd);
    }
    for (const elsewhere of ['anna@example.org', 'anna@evil-kommune.example', 'anna@kommune.example.org']) assert.equal(await told(elsewhere), 'elsewhere', elsewhere);
    assert.deepEqual(await addresses(), []);
  });

  it('is bounded in each minute for each caller, whatever came of it', async () => {
    const news = stories({ PUBLIC_URL, NEWS_SIGNUPS_PER_MINUTE: '2' });
    await news.signUp(wish('a@kommune.example', 'da-1', 'one'));
    await news.signUp(wish('nobody', 'da-1', 'one'));
    assert.deepEqual(await news.signUp(wish('b@kommune.example', 'da-1', 'one')), { kind: 'too-many', retryAfterS: 50 });
    assert.equal((await news.signUp(wish('c@kommune.example', 'da-1', 'two'))).kind, 'signed-up');
    clock = new Date(clock.getTime() + 60_000);
    assert.equal((await news.signUp(wish('b@kommune.example', 'da-1', 'one'))).kind, 'signed-up');
    assert.deepEqual(await addresses(), ['a@kommune.example', 'b@kommune.example', 'c@kommune.example']);
  });

  it('is not offered where a mail could have no link by which one leaves, nor where news are off', async () => {
    for (const env of [{}, { PUBLIC_URL, NEWS: 'off' }]) {
      const news = stories(env);
      assert.deepEqual([news.signUpOffered, (await news.signUp(wish('anna@kommune.example'))).kind], [false, 'not-offered']);
    }
    assert.deepEqual(await addresses(), []);
  });

  it('ends by the link, once and again, and for nobody by a forged one', async () => {
    const news = stories();
    await news.signUp(wish('anna@kommune.example'));
    const { rows: [row] } = await database.query<{ id: number }>({ text: 'select id from news_subscriber' });
    const token = leaveUrl(PUBLIC_URL, keys, row?.id ?? 0).split('/').at(-1) ?? '';
    assert.deepEqual([await news.leave(`${row?.id}.${'A'.repeat(43)}`), await addresses()], [false, ['anna@kommune.example']]);
    assert.deepEqual([await news.leave(token), await news.leave(token), await addresses()], [true, true, []]);
  });
});
