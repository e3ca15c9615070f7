import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SentEvent } from '../../../src/domain/gateway-api.ts';
import { followSent, pause, type FollowParts } from '../../../src/taskpane/gateway/follow-sent.ts';
import { json, loggedOn, scriptedGateway, streamed } from './scripted-gateway.ts';

const event = (id: string): SentEvent => ({
  id, state: 'expanded', done: false, heldUntil: null, approval: null, stopped: false,
  counts: { delivered: 0, failed: 0, stopped: 0, pending: 1, all: 1 }, recipients: null,
});
const written = (id: string): string => `id: ${id}.1\nevent: sent\ndata: ${JSON.stringify(event(id))}\n\n`;

/** Follows until so many pauses were made; tells events and pauses. */
async function follow(replies: Parameters<typeof scriptedGateway>[0], pausesMax: number, logOn = loggedOn()) {
  const parts = scriptedGateway(replies, logOn);
  const ended = new AbortController();
  const events: string[] = [];
  const pauses: number[] = [];
  const lines: string[] = [];
  const waiting: FollowParts['pause'] = async (ms) => {
    pauses.push(ms);
    if (pauses.length === pausesMax) ended.abort();
  };
  await followSent({ ...parts, pause: waiting }, { onEvent: ({ id }) => events.push(id), onLine: ({ kind }) => lines.push(kind) }, ended.signal);
  return { events, pauses, lines, calls: parts.seen.length };
}

describe('following my messages', () => {
  it('tells each event, however the stream is cut, and asks again a moment after it has ended', async () => {
    const text = `: her er dine forsendelser\n\n${written('s1')}${written('s2')}: stadig her\n\n`;
    const { events, pauses, calls } = await follow([streamed([text]), streamed([...text])], 2);
    assert.deepEqual([events, pauses, calls], [['s1', 's2', 's1', 's2'], [1_000, 1_000], 2]);
  });

  it('goes on over a line that breaks, and passes over what it cannot read', async () => {
    const { events } = await follow([streamed([written('s1'), 'data: {"id":7}\n\ndata: no json\n\n'], 'breaks'), streamed([written('s2')])], 2);
    assert.deepEqual(events, ['s1', 's2']);
  });

  it('waits longer and longer while nobody answers, a minute at most, and is quick again when somebody does', async () => {
    const away = Array.from({ length: 8 }, () => new TypeError('Failed to fetch'));
    const { pauses } = await follow([...away, streamed([': her\n\n'])], 9);
    assert.deepEqual(pauses, [2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 1_000]);
  });

  it('says when the line stands and when it cannot be opened, not that it ended', async () => {
    const stream = (id: string) => streamed([written(id)]);
    const { lines } = await follow([stream('s1'), stream('s2'), new TypeError('Failed to fetch'), stream('s3'), json({}, 429, { 'retry-after': '1' })], 5);
    assert.deepEqual(lines, ['answer', 'answer', 'away', 'answer', 'too-many']);
  });

  it('waits as long as the gateway asks for', async () => {
    const { pauses } = await follow([json({}, 429, { 'retry-after': '30' })], 1);
    assert.deepEqual(pauses, [30_000]);
  });

  it('goes on trying while nobody is logged on, and ends for somebody who may not', async () => {
    assert.deepEqual((await follow([], 2, loggedOn({ first: { kind: 'log-on-needed' } }))).pauses, [2_000, 4_000]);
    assert.deepEqual((await follow([json({}, 403)], 1)).pauses, []);
  });

  it('ends at once when it is ended, in a stream and in a pause', async () => {
    const ended = new AbortController();
    const breaking = async (signal: AbortSignal): Promise<Response> => new Response(new ReadableStream({
      start: (controller) => signal.addEventListener('abort', () => controller.error(new DOMException('', 'AbortError'))),
    }));
    const following = followSent({ ...scriptedGateway([breaking]), pause }, { onEvent: () => undefined, onLine: () => undefined }, ended.signal);
    await new Promise((resume) => setImmediate(resume));
    ended.abort();
    await following;
    const pausing = new AbortController();
    const paused = pause(60_000, pausing.signal);
    pausing.abort();
    await paused;
    await pause(60_000, pausing.signal);
  });

  it('takes a stream without a sign of life for dead', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const following = follow([streamed([new Promise(() => undefined)])], 1);
    await new Promise((resume) => setImmediate(resume));
    t.mock.timers.tick(45_000);
    assert.deepEqual((await following).pauses, [2_000]);
  });
});
