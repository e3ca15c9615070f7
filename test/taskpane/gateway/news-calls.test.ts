import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newsCalls } from '../../../src/taskpane/gateway/news-calls.ts';
import { json, scriptedGateway } from './scripted-gateway.ts';

const words = { title: 'Nyt', text: 'Noget er nyt.' };

describe('the calls about news', () => {
  it('fetch the notes, and read a part of the product that they do not know as the server', async () => {
    const gateway = scriptedGateway([json({ notes: [{ id: 'a', date: '2026-11-26', component: 'portal', words: { da: words, en: words }, later: 1 }], signUp: true })]);
    const answer = await newsCalls(gateway).news();
    assert.deepEqual(answer, { kind: 'answer', value: { notes: [{ id: 'a', date: '2026-11-26', component: 'gateway', words: { da: words, en: words } }], signUp: true } });
    assert.deepEqual(gateway.seen.map(({ url, method }) => [url, method]), [['/api/v1/news', 'GET']]);
  });

  it('sign up in a body, never in an address, and say why not in the gateway’s words', async () => {
    const refusal = json({ code: 'request-invalid', detail: 'Skriv din adresse på arbejdet.' }, 400);
    const gateway = scriptedGateway([json({ signedUp: true }), refusal]);
    const question = { address: 'mette@kommune.example', consentText: 'da-1' };
    assert.equal((await newsCalls(gateway).signUp(question)).kind, 'answer');
    assert.deepEqual(await newsCalls(gateway).signUp(question), { kind: 'refused', code: 'request-invalid', text: 'Skriv din adresse på arbejdet.' });
    assert.deepEqual(gateway.seen.map(({ url, body }) => [url, body])[0], ['/api/v1/news/sign-up', question]);
  });

  it('tell that nobody answers', async () => {
    assert.deepEqual(await newsCalls(scriptedGateway([])).news(), { kind: 'away' });
  });
});
