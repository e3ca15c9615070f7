import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { handOver } from '../../../src/gateway/channels/hand-over-memo.ts';
import { openNetworkClient } from '../../../src/gateway/channels/network-client.ts';
import type { NetworkCredentials } from '../../../src/gateway/settings/organisations-file.ts';
import { openTestCertificates } from '../test-certificates.ts';

const ANSWERS = { name: 'Prøvenettet', statuses: {} };

describe('a hand-over without an answer', () => {
  let folder: string;
  let pair: NetworkCredentials;
  let otherKeyFile: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'postbro-hand-over-'));
    const made = await openTestCertificates(folder);
    pair = { systemId: 's', apiKey: 'n', ...(await made.issue('egen')) };
    ({ keyFile: otherKeyFile } = await made.issue('anden'));
  });
  after(() => rm(folder, { recursive: true }));

  const handTo = async (url: string, credentials: NetworkCredentials) => {
    const settings = { url, caFile: null, concurrency: 1, reservedForSingle: 0, callTimeoutMs: 5_000, receiptPollMs: 0, receiptsPage: 1 };
    const client = openNetworkClient(settings, credentials);
    const chunks = async function* () {
      yield Buffer.from('<memo/>');
    };
    try {
      return await handOver(client, ANSWERS, 'memos/', { contentType: 'application/xml', bytes: 7, chunks });
    } finally {
      await client.close();
    }
  };
  /** Somebody who takes what comes and hangs up; what to do first is the test's. */
  const rude = async (port: (port: number) => Promise<void>) => {
    const server = createServer((socket) => socket.on('error', () => undefined).once('data', () => socket.resetAndDestroy()));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await port((server.address() as AddressInfo).port);
    server.close();
  };

  it('is tried again when there was no connection: a key of another certificate, a closed port, a line cut in the greeting', async () => {
    await rude(async (port) => {
      const mixed = await handTo(`https://127.0.0.1:${port}/`, { ...pair, keyFile: otherKeyFile });
      assert.deepEqual([mixed.outcome, mixed.errorCode], ['retry', 'network.err_ossl_x509_key_values_mismatch']);
      assert.equal((await handTo(`https://127.0.0.1:${port}/`, pair)).outcome, 'retry');
    });
    assert.deepEqual(await handTo('http://127.0.0.1:1/', pair), {
      outcome: 'retry', errorCode: 'network.econnrefused', errorMessage: 'Forbindelsen til Prøvenettet blev afbrudt.',
    });
  });

  it('is unknown when the network may have received it', async () => {
    await rude(async (port) => assert.equal((await handTo(`http://127.0.0.1:${port}/`, pair)).outcome, 'unknown'));
  });
});
