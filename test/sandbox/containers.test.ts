import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { eventually } from './eventually.ts';
import {
  ask, containerOf, memoXml, openOutsideWorld, removeFolder, SystemClient, temporaryFolder, type Answer, type OutsideWorld,
} from './outside-world.ts';

interface Row {
  readonly messageUUID: string;
  readonly label: string;
  readonly container: string | null;
}

describe('the stand-in NgDP and containers', () => {
  let folder: string;
  let world: OutsideWorld;
  let client: SystemClient;

  before(async () => {
    folder = await temporaryFolder();
    world = await openOutsideWorld(folder);
    client = await SystemClient.open(world, 0);
  });
  after(async () => {
    await client[Symbol.asyncDispose]();
    await world[Symbol.asyncDispose]();
    await removeFolder(folder);
  });
  beforeEach(async () => {
    await ask(world, 'POST', '/sandbox/ngdp/faults', { mode: 'none' });
    await ask(world, 'POST', '/sandbox/ngdp/receipts', { delayMs: 0, withhold: false });
  });

  const rowsNamed = async (label: string): Promise<Row[]> =>
    (await ask(world, 'GET', '/sandbox/ngdp/messages')).json<Row[]>().filter((row) => row.label === label);
  const memosNamed = (label: string, count: number) => Array.from({ length: count }, () => memoXml({ label }));
  const bytesOf = async (url: string): Promise<Buffer> =>
    Buffer.from(await (await fetch(`http://127.0.0.1:${world.front.port}${url}`)).arrayBuffer());

  it('takes one in: a technical receipt for all, a row and a business receipt for each, every byte as it came', async () => {
    const label = randomUUID();
    const memos = [memoXml({ label }), memoXml({ label, recipientId: '0102010099' }), memoXml({ label, recipientId: '87654321' })];
    const container = await containerOf(memos);
    const answer = await client.sendContainer(container);
    assert.equal(answer.status, 201);
    const { transmissionId, receiptStatus, messageUUID } = answer.json<Record<string, string>>();
    assert.deepEqual([receiptStatus, messageUUID], ['RECEIVED', undefined]);
    const rows = await rowsNamed(label);
    assert.deepEqual(rows.map((row) => row.messageUUID), memos.map((memo) => memo.messageUUID));
    assert.deepEqual([...new Set(rows.map((row) => row.container))], [transmissionId]);
    for (const memo of memos) assert.equal((await ask(world, 'GET', `/sandbox/ngdp/messages/${memo.messageUUID}`)).text, memo.xml);
    assert.ok((await bytesOf(`/sandbox/ngdp/containers/${transmissionId}`)).equals(container));
    const receipts = await eventually(async () => {
      const found = (await client.receipts()).filter((receipt) => receipt['transmissionId'] === transmissionId);
      return found.length === 3 ? found : null;
    });
    assert.deepEqual(receipts.map((receipt) => [receipt['messageUUID'], receipt['receiptStatus']]), [
      [memos[0]?.messageUUID, 'COMPLETED'], [memos[1]?.messageUUID, 'INVALID'], [memos[2]?.messageUUID, 'COMPLETED'],
    ]);
  });

  it('skips messages that came before, in the container too; one of nothing else is answered 409 and not kept', async () => {
    const label = randomUUID();
    const [known, fresh, twice] = [memoXml({ label }), memoXml({ label }), memoXml({ label })];
    assert.equal((await client.send(known.xml, known.messageUUID)).status, 201);
    const container = await containerOf([known, fresh, twice, twice]);
    assert.equal((await client.sendContainer(container)).status, 201);
    const rows = await rowsNamed(label);
    assert.deepEqual(rows.map((row) => row.messageUUID), [known.messageUUID, fresh.messageUUID, twice.messageUUID]);
    assert.deepEqual(rows.map((row) => row.container === null), [true, false, false]);
    assert.equal((await client.sendContainer(container)).status, 409);
    assert.equal((await client.send(fresh.xml, fresh.messageUUID)).status, 409);
    assert.equal((await rowsNamed(label)).length, 3);
  });

  it('refuses with 400 what is no container of messages, and keeps nothing of it', async () => {
    const label = randomUUID();
    const memos = memosNamed(label, 3);
    const whole = await containerOf(memos);
    const halfMessage = { xml: memos[0]?.xml.slice(0, 300) ?? '', messageUUID: randomUUID() };
    const wrongName = { xml: memos[0]?.xml ?? '', messageUUID: randomUUID() };
    const wrong = [
      whole.subarray(0, whole.length - 20), Buffer.from('ikke lzma'), Buffer.concat([whole, Buffer.from('x')]),
      await containerOf([...memos, halfMessage]), await containerOf([wrongName]), await containerOf([]),
    ];
    const folderBefore = await readdir(path.join(folder, 'ngdp'));
    for (const [n, bytes] of wrong.entries()) {
      const answer = await client.sendContainer(bytes);
      assert.equal(answer.status, 400, `no. ${n}`);
      assert.equal(typeof answer.json<Record<string, unknown>>()['code'], 'string');
    }
    assert.deepEqual(await rowsNamed(label), []);
    assert.deepEqual(await readdir(path.join(folder, 'ngdp')), folderBefore);
    assert.equal((await client.sendContainer(whole)).status, 201);
  });

  it('faults strike containers too: status stores nothing; reset stores, cuts, and answers 409 the next time', async () => {
    const label = randomUUID();
    const container = await containerOf(memosNamed(label, 2));
    await ask(world, 'POST', '/sandbox/ngdp/faults', { mode: 'status', status: 503, count: 1 });
    assert.equal((await client.sendContainer(container)).status, 503);
    assert.deepEqual(await rowsNamed(label), []);
    await ask(world, 'POST', '/sandbox/ngdp/faults', { mode: 'reset', count: 1 });
    await assert.rejects(client.sendContainer(container));
    assert.equal((await rowsNamed(label)).length, 2);
    assert.equal((await client.sendContainer(container)).status, 409);
  });

  it('are known to NgDP alone', async () => {
    const eboks = await SystemClient.open(world, 0, { network: 'eboks' });
    try {
      assert.equal((await eboks.sendContainer(await containerOf(memosNamed('x', 1)))).status, 415);
      assert.equal((await ask(world, 'GET', `/sandbox/eboks/containers/${randomUUID()}`)).status, 404);
    } finally {
      await eboks[Symbol.asyncDispose]();
    }
  });

  it('takes 2,000 messages in four containers, and lists them and their receipts', async () => {
    const label = randomUUID();
    const content = randomBytes(20_000);
    const files = [{ name: 'body.pdf', type: 'application/pdf', content }];
    const sends: Promise<Answer>[] = [];
    const containers = await Promise.all(Array.from({ length: 4 }, () => containerOf(Array.from({ length: 500 }, () => memoXml({ label, files })))));
    for (const container of containers) sends.push(client.sendContainer(container));
    for (const answer of await Promise.all(sends)) assert.equal(answer.status, 201);
    const rows = await rowsNamed(label);
    assert.equal(rows.length, 2_000);
    assert.equal(new Set(rows.map((row) => row.container)).size, 4);
    assert.equal((await client.receipts()).length, 500);
  });
});
