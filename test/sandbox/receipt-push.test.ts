import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { after, before, describe, it } from 'node:test';
import { openReceiptPush, type ReceiptPush } from '../../src/sandbox/network/receipt-push.ts';
import { eventually } from './eventually.ts';
import {
  ask, containerOf, memoXml, noGateway, openOutsideWorld, removeFolder, SystemClient, temporaryFolder, type OutsideWorld,
} from './outside-world.ts';

interface Pushed {
  readonly messageUUID?: string;
  readonly receiptStatus: string;
}

describe('receipts that the stand-in NgDP pushes', () => {
  let folder: string;
  let world: OutsideWorld;
  let server: Server;
  let push: ReceiptPush;
  const pushed: Pushed[] = [];
  let answers: (receipt: Pushed) => number = () => 200;

  before(async () => {
    folder = await temporaryFolder();
    world = await openOutsideWorld(folder);
    const { gateway, authorityFile } = world.certificates;
    const [cert, key, ca] = await Promise.all([gateway.certificateFile, gateway.keyFile, authorityFile].map((file) => readFile(file)));
    server = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: true }, (request, response) => {
      void text(request).then((body) => {
        const receipt = JSON.parse(body) as Pushed;
        const status = answers(receipt);
        if (status === 200) pushed.push(receipt);
        response.writeHead(status, { 'content-length': 0 }).end();
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const pushUrl = `https://localhost:${(server.address() as AddressInfo).port}/ngdp/receipts`;
    push = await openReceiptPush(world.networks.all.ngdp, { ...noGateway(), doors: { httpPort: 1, smtpPort: 1, pushUrl } }, world.certificates);
    await ask(world, 'POST', '/sandbox/ngdp/receipts', { delayMs: 0, by: 'push' });
  });
  after(async () => {
    await push.close();
    server.closeAllConnections();
    server.close();
    await world[Symbol.asyncDispose]();
    await removeFolder(folder);
  });

  const pushedOf = (messageUUID: string): readonly string[] =>
    pushed.filter((receipt) => receipt.messageUUID === messageUUID).map((receipt) => receipt.receiptStatus);

  it('come once each, a thousand in a few seconds', async (t) => {
    const client = await SystemClient.open(world, 0);
    try {
      const memos = Array.from({ length: 1_000 }, () => memoXml());
      const container = await containerOf(memos);
      const began = performance.now();
      assert.equal((await client.sendContainer(container)).status, 201);
      await eventually(async () => (pushed.length >= 1_000 ? true : null), 15_000);
      t.diagnostic(`pushed after ${(performance.now() - began).toFixed(0)} ms`);
      assert.deepEqual(pushed.map((receipt) => receipt.messageUUID).toSorted(), memos.map((memo) => memo.messageUUID).toSorted());
      await eventually(async () => ((await client.receipts()).length === 0 ? true : null));
    } finally {
      await client[Symbol.asyncDispose]();
    }
  });

  it('about one message come in the order given, and again when one was not taken', async () => {
    const [messageUUID, other] = [randomUUID(), randomUUID()];
    let refusals = 2;
    answers = (receipt) => (receipt.receiptStatus === 'INVALID' && (refusals -= 1) >= 0 ? 500 : 200);
    for (const receiptStatus of ['RECEIVED', 'INVALID', 'COMPLETED']) {
      await ask(world, 'POST', '/sandbox/ngdp/receipts/give', { messageUUID, receiptStatus });
    }
    await ask(world, 'POST', '/sandbox/ngdp/receipts/give', { messageUUID: other, receiptStatus: 'COMPLETED' });
    await eventually(async () => (pushedOf(messageUUID).length === 3 && pushedOf(other).length === 1 ? true : null));
    assert.deepEqual(pushedOf(messageUUID), ['RECEIVED', 'INVALID', 'COMPLETED']);
    assert.match(world.log.lines.join('\n'), /could not be pushed/);
  });
});
