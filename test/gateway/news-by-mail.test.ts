import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import PostalMime, { type Email } from 'postal-mime';
import type { MeAnswer, NewsAnswer } from '../../src/domain/gateway-api.ts';
import { releaseNotes, type ReleaseNote } from '../../src/domain/release-notes.ts';
import { until } from '../sandbox/eventually.ts';
import { GatewayInWorld } from './gateway-in-world.ts';

const METTE = 'mette@kommune.example';
const NINA = 'nina@nabo.example';
const PUBLIC_URL = 'https://post.kommune.example';
const PATIENCE_MS = 30_000;
const [NEWEST, SECOND] = releaseNotes;

/** From signing up over a mail to leaving, over the gateway's doors and Exchange. */
describe('news by mail', () => {
  let world: GatewayInWorld;
  before(async () => {
    world = await GatewayInWorld.start({ env: { FOLLOW_TIME_MS: '100', PUBLIC_URL } });
    await told();
  });
  after(() => world[Symbol.asyncDispose]());

  const door = () => `http://127.0.0.1:${world.gateway?.httpPort}`;
  const told = async () => await until(async () => (await world.number('select count(*) from news_told')) === releaseNotes.length, PATIENCE_MS, 'every note told of');
  const signUpByForm = async (address: string, consent = 'yes') =>
    await fetch(`${door()}/nyheder`, { method: 'POST', body: new URLSearchParams({ address, ...(consent !== '' && { consent }) }) });
  /** As if this version were the first that has the note. */
  const release = async (...ids: readonly (string | undefined)[]) => {
    await world.database.query('delete from news_told where note = any($1)', [ids]);
    await told();
    await until(async () => (await world.number(`select count(*) from notice where kind = 'news' and state not in ('sent', 'refused')`)) === 0, PATIENCE_MS, 'mails sent');
  };
  const mails = async (address: string): Promise<readonly Email[]> => {
    const rows = (await world.exchange.mailboxes.list(address)).filter(({ subject }) => subject.startsWith('Nyt i'));
    return await Promise.all(rows.map(async ({ id }) => {
      const mail = await world.exchange.mailboxes.find(address, id);
      const pieces: Uint8Array[] = [];
      if (mail) for await (const piece of world.exchange.bodies.read(mail.body)) pieces.push(piece);
      return await PostalMime.parse(Buffer.concat(pieces));
    }));
  };
  const call = async <Answer>(path: string, as: string, body?: unknown): Promise<{ readonly status: number; readonly answer: Answer }> => {
    const answer = await fetch(`${door()}/api/v1${path}`, {
      headers: { ...(await world.logOnAs(as)), 'content-type': 'application/json' }, ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
    });
    return { status: answer.status, answer: (await answer.json()) as Answer };
  };

  it('a new gateway mails nobody of what was new before', async () => {
    assert.equal(await world.number('select count(*) from notice'), 0);
  });

  it('tells the add-in what is new, and its days already when it asks who one is', async () => {
    const { answer } = await call<NewsAnswer>('/news', METTE);
    assert.deepEqual(answer.notes.map(({ id }) => id), releaseNotes.map(({ id }) => id));
    assert.equal(answer.signUp, true);
    const me = await call<MeAnswer>('/me', METTE);
    assert.deepEqual(me.answer.news, releaseNotes.filter(({ component }) => component === 'add-in').map(({ date }) => date));
  });

  it('comes to whoever has signed up, by the page or in the pane, once for each note, and ends by one link', async () => {
    assert.equal((await signUpByForm(METTE, '')).status, 422);
    assert.equal((await signUpByForm(METTE)).status, 200);
    assert.equal(await (await signUpByForm(METTE)).text(), await (await signUpByForm('another@kommune.example')).text());
    assert.deepEqual(await call('/news/sign-up', NINA, { address: NINA, consentText: 'en-1' }), { status: 200, answer: { signedUp: true } });
    assert.equal((await call('/news/sign-up', NINA, { address: 'nina@example.org', consentText: 'en-1' })).status, 400);
    await release(NEWEST?.id, SECOND?.id);

    const [mail, ...more] = await mails(METTE);
    assert.ok(mail && more.length === 0);
    assert.equal((await mails(NINA))[0]?.from?.address, 'noreply@nabo.example');
    assertTells(mail, [NEWEST, SECOND].flatMap((note) => note ?? []));
    const leave = assertCanBeLeft(mail);
    assert.doesNotMatch(leave, /mette|@|%40/);
    const link = leave.replace(PUBLIC_URL, door());
    assert.match(await (await fetch(link)).text(), /Vil du ikke længere have nyheder/);
    assert.equal(await world.number(`select count(*) from news_subscriber where address = '${METTE}'`), 1, 'a scanner that follows the link changes nothing');
    const left = await fetch(link, { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) });
    assert.match(await left.text(), /Du får ikke flere nyheder\./);
    const traces = `select (select count(*) from news_subscriber where address = '${METTE}') + (select count(*) from notice where recipient = '${METTE}')`;
    assert.equal(await world.number(traces), 0);

    await release(NEWEST?.id);
    assert.deepEqual([(await mails(METTE)).length, (await mails(NINA)).length], [1, 2]);
    assert.match(await (await fetch(link, { method: 'POST' })).text(), /Du får ikke flere nyheder\./);
  });

  it('comes once also when the gateway stops between the mail’s writing and its sending', async () => {
    assert.equal((await signUpByForm('arkiv@kommune.example')).status, 200);
    await world.stopGateway();
    await world.startGateway({ env: { RELAY_PORT: '1' } });
    await world.database.query('delete from news_told where note = $1', [NEWEST?.id]);
    await told();
    await until(async () => (await world.number(`select count(*) from notice where recipient = 'arkiv@kommune.example'`)) === 1, PATIENCE_MS, 'the mail queued');
    await world.stopGateway();
    await world.startGateway();
    await until(async () => (await mails('arkiv@kommune.example')).length > 0, PATIENCE_MS, 'the mail');
    await release();
    assert.equal((await mails('arkiv@kommune.example')).length, 1);
  });

  it('leaves no address in the log', () => {
    assert.doesNotMatch(world.logLines.join('\n'), /mette@|nina@|arkiv@|another@|framelding/);
  });
});

/** In both languages, as HTML and as plain text, and where all news stand. */
function assertTells(mail: Email, notes: readonly ReleaseNote[]): void {
  assert.deepEqual(mail.from, { name: 'Digital Post', address: 'noreply@kommune.example' });
  assert.equal(mail.subject, `Nyt i Digital Post: ${notes[0]?.words.da.title} og 1 mere`);
  const { html = '', text = '' } = mail;
  const said = notes.flatMap(({ words }) => [words.da, words.en]);
  assert.deepEqual(said.filter((one) => !html.includes(one.title) || !html.includes(one.text) || !text.includes(one.text)), []);
  assert.ok(html.includes(`<a href="${PUBLIC_URL}/nyheder">Alle nyheder</a>`));
  assert.match(html, /<h2 lang="en"/);
}

/** By the link in its text, and by the mail program's own button (RFC 2369, RFC 8058); the link. */
function assertCanBeLeft(mail: Email): string {
  const headerOf = (key: string) => mail.headers.find((one) => one.key === key)?.value ?? '';
  const leave = /<(https:[^>]+)>/.exec(headerOf('list-unsubscribe'))?.[1] ?? '';
  assert.ok(leave.startsWith(`${PUBLIC_URL}/nyheder/framelding/`) && mail.html?.includes(`<a href="${leave}">`));
  assert.equal(headerOf('list-unsubscribe-post'), 'List-Unsubscribe=One-Click');
  assert.equal(headerOf('auto-submitted'), 'auto-generated');
  return leave;
}
