import assert from 'node:assert/strict';
import Fastify, { type FastifyInstance } from 'fastify';
import { after, before, describe, it } from 'node:test';
import { newsConsent } from '../../../src/domain/news-consent.ts';
import { releaseNotes } from '../../../src/domain/release-notes.ts';
import type { NewsActions, SignUpOutcome, SignUpWish } from '../../../src/gateway/api/news-actions.ts';
import { addNewsPages } from '../../../src/gateway/api/news-pages.ts';

/** What is behind the pages, as told by the test. */
class News implements NewsActions {
  signUpOffered = true;
  answer: SignUpOutcome = { kind: 'signed-up' };
  readonly wishes: SignUpWish[] = [];
  readonly left: string[] = [];

  async signUp(wish: SignUpWish): Promise<SignUpOutcome> {
    this.wishes.push(wish);
    return await Promise.resolve(wish.consentText === null ? { kind: 'no-consent' } : this.answer);
  }

  isLeaveToken = (token: string): boolean => token === '1.good';

  async leave(token: string): Promise<boolean> {
    this.left.push(token);
    return await Promise.resolve(this.isLeaveToken(token));
  }
}

const PUBLIC_URL = 'https://post.kommune.example';

async function open(news: NewsActions, settings: { readonly NEWS: 'on' | 'off' } = { NEWS: 'on' }): Promise<FastifyInstance> {
  const app = Fastify();
  await addNewsPages(app, { settings: { ...settings, PUBLIC_URL }, news });
  return app;
}

const post = async (app: FastifyInstance, url: string, fields: Readonly<Record<string, string>>) =>
  await app.inject({ method: 'POST', url, headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams(fields).toString() });

describe('the public page of news', () => {
  const news = new News();
  let app: FastifyInstance;
  before(async () => {
    app = await open(news);
  });
  after(() => app.close());

  it('shows every note with its day and its component, newest first, in Danish, and in English when asked', async () => {
    for (const [url, language, day] of [['/nyheder', 'da', '26. november 2026'], ['/nyheder?sprog=en', 'en', '26 November 2026']] as const) {
      const { body, statusCode, headers } = await app.inject(url);
      assert.equal(statusCode, 200);
      assert.match(String(headers['content-type']), /^text\/html; charset=utf-8$/);
      assert.match(body, new RegExp(`<html lang="${language}">`));
      assert.ok(body.includes(`<time datetime="2026-11-26">${day}</time>`), body.slice(0, 2_000));
      assert.deepEqual([...body.matchAll(/<article id="([^"]+)"/g)].map(([, id]) => id), releaseNotes.map(({ id }) => id));
    }
  });

  it('shows those of one component when asked, and all for a component that there is none of', async () => {
    const shown = async (url: string) => [...(await app.inject(url)).body.matchAll(/<article id="([^"]+)"/g)].length;
    assert.equal(await shown('/nyheder?del=gateway'), releaseNotes.filter(({ component }) => component === 'gateway').length);
    assert.match((await app.inject('/nyheder?sprog=en&del=gateway')).body, /<a href="\/nyheder\?sprog=en&amp;del=gateway" aria-current="page">On the server<\/a>/);
    assert.equal(await shown('/nyheder?del=portal&sprog=fr'), releaseNotes.length);
  });

  it('runs nothing, fetches nothing, and is framed by nobody', async () => {
    const { headers, body } = await app.inject('/nyheder');
    assert.match(String(headers['content-security-policy']), /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/);
    assert.doesNotMatch(body, /<script|<img|src=|style=/);
    assert.deepEqual([headers['x-content-type-options'], headers['referrer-policy'], headers['set-cookie']], ['nosniff', 'no-referrer', undefined]);
  });

  it('asks for consent with a box that is not ticked, beside what is done with the address', async () => {
    for (const [url, language] of [['/nyheder', 'da'], ['/nyheder?sprog=en', 'en']] as const) {
      const { body } = await app.inject(url);
      assert.ok(body.includes(newsConsent[language].consent) && body.includes(newsConsent[language].privacy));
      assert.match(body, /<input type="checkbox" name="consent" value="yes">/);
    }
  });

  it('signs up with consent, and keeps the version and language of the words that were consented to', async () => {
    news.wishes.length = 0;
    const signedUp = await post(app, '/nyheder?sprog=en', { address: ' anna@kommune.example ', consent: 'yes' });
    assert.equal(signedUp.statusCode, 200);
    assert.match(signedUp.body, /<p role="status">You get a mail the next time there is news\.<\/p>/);
    assert.doesNotMatch(signedUp.body, /anna@/);
    assert.deepEqual(news.wishes.map(({ address, consentText }) => [address, consentText]), [['anna@kommune.example', 'en-1']]);
  });

  it('says what is missing, at the field, and keeps what was written', async () => {
    const unticked = await post(app, '/nyheder', { address: '"><b>anna@kommune.example' });
    assert.equal(unticked.statusCode, 422);
    assert.match(unticked.body, /<p role="alert" id="fault">Sæt flueben, før du tilmelder dig\.<\/p>/);
    assert.match(unticked.body, /name="consent" value="yes" aria-invalid="true" aria-describedby="fault"/);
    assert.match(unticked.body, /value="&quot;&gt;&lt;b&gt;anna@kommune\.example"/);
    news.answer = { kind: 'elsewhere' };
    const elsewhere = await post(app, '/nyheder', { address: 'anna@example.org', consent: 'yes' });
    assert.match(elsewhere.body, /name="address"[^>]* aria-invalid="true" aria-describedby="fault"/);
    news.answer = { kind: 'too-many', retryAfterS: 7 };
    const many = await post(app, '/nyheder', { address: 'anna@kommune.example', consent: 'yes' });
    assert.deepEqual([many.statusCode, many.headers['retry-after']], [429, '7']);
    news.answer = { kind: 'signed-up' };
  });

  it('takes forms only, and small ones', async () => {
    const json = await app.inject({ method: 'POST', url: '/nyheder', headers: { 'content-type': 'application/json' }, payload: '{}' });
    assert.equal(json.statusCode, 415);
    assert.equal((await post(app, '/nyheder', { address: 'a'.repeat(20_000) })).statusCode, 413);
  });

  it('offers no sign-up where there is none', async () => {
    const without = new News();
    without.signUpOffered = false;
    const page = await open(without);
    assert.doesNotMatch((await page.inject('/nyheder')).body, /<form/);
    await page.close();
  });
});

describe('the page by which one leaves', () => {
  it('changes nothing when a mail scanner follows the link, and leaves at the press of its button', async () => {
    const news = new News();
    const app = await open(news);
    const looked = await app.inject('/nyheder/framelding/1.good');
    await app.inject({ method: 'HEAD', url: '/nyheder/framelding/1.good' });
    assert.equal(looked.statusCode, 200);
    assert.match(looked.body, /<form method="post"><button type="submit">/);
    assert.deepEqual(news.left, []);
    const pressed = await post(app, '/nyheder/framelding/1.good', {});
    assert.match(pressed.body, /Du får ikke flere nyheder\..*You get no more news\./s);
    await app.close();
  });

  it('takes the one press of a mail program, in both forms that RFC 8058 knows', async () => {
    const news = new News();
    const app = await open(news);
    assert.equal((await post(app, '/nyheder/framelding/1.good', { 'List-Unsubscribe': 'One-Click' })).statusCode, 200);
    const payload = '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--\r\n';
    const parts = await app.inject({ method: 'POST', url: '/nyheder/framelding/1.good', headers: { 'content-type': 'multipart/form-data; boundary=x' }, payload });
    assert.equal(parts.statusCode, 200);
    assert.deepEqual(news.left, ['1.good', '1.good']);
    await app.close();
  });

  it('says of a link that is not one of ours that it is not whole', async () => {
    const app = await open(new News());
    for (const method of ['GET', 'POST'] as const) {
      const answer = await app.inject({ method, url: '/nyheder/framelding/2.bad' });
      assert.equal(answer.statusCode, 404);
      assert.match(answer.body, /Linket er ikke helt/);
      assert.doesNotMatch(answer.body, /<form/);
    }
    await app.close();
  });

  it('stands also where news are off, and nothing else does', async () => {
    const app = await open(new News(), { NEWS: 'off' });
    assert.equal((await app.inject('/nyheder/framelding/1.good')).statusCode, 200);
    assert.deepEqual([(await app.inject('/nyheder')).statusCode, (await app.inject('/nyheder/feed.atom')).statusCode], [404, 404]);
    await app.close();
  });
});
