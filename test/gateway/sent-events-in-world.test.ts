import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sentEvent, type SentEvent } from '../../src/domain/gateway-api.ts';
import { basic } from './api/api-in-process.ts';
import { GatewayInWorld } from './gateway-in-world.ts';

const PROGRAM = basic('fagsystem', 'kun-til-oevelse');
const VIKAR = 'vikar@kommune.example';

describe('a caseworker who follows a mail', () => {
  let world: GatewayInWorld;
  before(async () => {
    world = await GatewayInWorld.start({ env: { HOLD_SINGLE_MS: '600000', SENT_EVENTS_POLL_MS: '100' } });
  });
  after(() => world[Symbol.asyncDispose]());

  const url = (at: string) => `http://127.0.0.1:${world.gateway?.httpPort}/api${at}`;
  const send = async (from: string, subject: string): Promise<string> => {
    const to = ['2512489996@35833684.ngdp.digital-post.dk', '1509819996@35833684.ngdp.digital-post.dk'];
    const headers = { authorization: PROGRAM, 'content-type': 'application/json' };
    const answer = await fetch(url('/messages'), { method: 'POST', headers, body: JSON.stringify({ from, subject, to, text: 'Kære borger' }) });
    return ((await answer.json()) as { id: string }).id;
  };
  const act = async (id: string, what: string) =>
    (await fetch(url(`/submissions/${id}/${what}`), { method: 'POST', headers: await world.logOnAs(VIKAR) })).status;
  const follow = async (who: string, signal: AbortSignal): Promise<AsyncGenerator<SentEvent>> => {
    const answer = await fetch(url('/v1/sent/events'), { headers: await world.logOnAs(who), signal });
    return eventsIn(answer);
  };

  it('sees it taken in, held and stopped by themselves, and nothing of others’', { timeout: 60_000 }, async () => {
    const leaving = new AbortController();
    const events = await follow(VIKAR, leaving.signal);
    const others = await send('sikkerpost@kommune.example', 'En andens');
    const id = await send('jobcenter@kommune.example', 'Til at stoppe');
    const seen: SentEvent[] = [];
    let stopped = false;
    for await (const event of events) {
      assert.notEqual(event.id, others);
      seen.push(event);
      if (!stopped && event.state === 'expanded') {
        assert.ok(event.heldUntil, 'it is held');
        assert.deepEqual(event.counts, { delivered: 0, failed: 0, stopped: 0, pending: 2, all: 2 });
        assert.equal(await act(others, 'stop'), 404);
        assert.equal(await act(id, 'stop'), 200);
        stopped = true;
      }
      if (event.done) break;
    }
    assert.ok(stopped);
    const last = seen.at(-1);
    assert.deepEqual([last?.stopped, last?.counts.stopped, last?.recipients?.map(({ outcome }) => outcome)], [true, 2, ['stopped', 'stopped']]);
    leaving.abort();
  });

  it('sees each recipient settled, when it goes at once', { timeout: 60_000 }, async () => {
    await world.stopGateway();
    await world.startGateway({ env: { HOLD_SINGLE_MS: '0' } });
    const leaving = new AbortController();
    const events = await follow(VIKAR, leaving.signal);
    const id = await send('jobcenter@kommune.example', 'Til to');
    let last: SentEvent | null = null;
    for await (const event of events) {
      if (event.id !== id) continue;
      last = event;
      if (event.done) break;
    }
    assert.deepEqual(last?.counts, { delivered: 1, failed: 1, stopped: 0, pending: 0, all: 2 });
    assert.deepEqual(last?.recipients?.map(({ outcome }) => outcome), ['delivered', 'failed']);
    leaving.abort();
  });
});

async function* eventsIn(answer: Response): AsyncGenerator<SentEvent> {
  let rest = '';
  for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const blocks = (rest + chunk).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data !== undefined) yield sentEvent.parse(JSON.parse(data.slice(6)));
    }
  }
}
