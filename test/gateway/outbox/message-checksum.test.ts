import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import type { DeliveryEvent } from '../../../src/domain/delivery-status.ts';
import { handOverMemo } from '../../../src/gateway/channels/hand-over-memo.ts';
import type { NetworkBody, NetworkClient } from '../../../src/gateway/channels/network-client.ts';
import { settleDelivery } from '../../../src/gateway/outbox/settle-delivery.ts';
import { lockDelivery } from '../../../src/gateway/store/deliveries.ts';
import type { Memo } from '../../../src/memo/memo.ts';
import { openTestDatabase } from '../api/api-in-process.ts';

const now = new Date('2026-05-01T10:00:00Z');
const FILE = Buffer.alloc(700_000, 'brev');
const memo: Memo = {
  version: '1.2',
  header: {
    messageType: 'DIGITALPOST', messageUUID: '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e0001', label: 'Brev', mandatory: false, legalNotification: false, reply: false,
    sender: { id: '35833684', idType: 'CVR', label: 'Eksempel Kommune' }, recipient: { id: '2512489996', idType: 'CPR' },
  },
  body: {
    createdDateTime: now,
    mainDocument: {
      label: 'Brev',
      files: [{ encodingFormat: 'application/pdf', filename: 'brev.pdf', language: 'da', content: { bytes: FILE.length, open: async function* () { yield FILE; } } }],
    },
    additionalDocuments: [], technicalDocuments: [],
  },
};

/** A network that takes so many bytes of the message and answers, without asking whether there is more. */
function network(bytesTaken: number, status: number) {
  const taken: Uint8Array[] = [];
  const client: NetworkClient = {
    async call(_method, _path, body?: NetworkBody) {
      let left = Math.min(bytesTaken, body?.bytes ?? 0);
      for await (const chunk of body?.chunks() ?? []) {
        taken.push(chunk);
        left -= chunk.length;
        if (left <= 0) break;
      }
      return { status, body: '' };
    },
    close: () => Promise.resolve(),
  };
  return { client, sha256: () => createHash('sha256').update(Buffer.concat(taken)).digest('hex') };
}

const ANSWERS = { name: 'Prøvenettet', statuses: { 202: { outcome: 'delivered', text: null } } } as const;

describe('the checksum of a message that is handed over', () => {
  it('is of the very bytes that left, and is none where not all of them did', async () => {
    const whole = network(Infinity, 202);
    const answer = await handOverMemo(whole.client, ANSWERS, memo);
    assert.deepEqual([answer.outcome, answer.messageSha256?.toString('hex')], ['delivered', whole.sha256()]);
    const hasty = await handOverMemo(network(1, 400).client, ANSWERS, memo);
    assert.deepEqual([hasty.outcome, hasty.messageSha256], ['refused', null]);
  });

  it('is written with what the answer means, and also where the receipt was quicker than the answer', async () => {
    await using open = new AsyncDisposableStack();
    const database = await openTestDatabase(open);
    await database.query({ text: `insert into submission (id, received_at, due_at, mail_from, recipients, raw_blob, raw_bytes, state, organisation_cvr, open_deliveries, deliveries)
      overriding system value values (1, now(), now(), 'a@b.example', '{x}', 0, 0, 'expanded', '35833684', 9, 9)` });
    const sha256 = createHash('sha256').update('x').digest();
    const after = async (events: readonly DeliveryEvent[], answer: DeliveryEvent, kept: Buffer | null = sha256) => {
      const { rows: [row] } = await database.query<{ id: number }>({ text: `insert into delivery (submission_id, position, channel, address, named_in_header, organisation_cvr, message_uuid, bulk, due_at)
        values (1, (select count(*) from delivery), 'ngdp', 'x', true, '35833684', gen_random_uuid(), false, now()) returning id` });
      const id = row?.id ?? 0;
      const settle = (news: readonly DeliveryEvent[], messageSha256: Buffer | null) =>
        settleDelivery(database, (connection) => lockDelivery(connection, id), { events: news, now, retryAt: now, worker: null, errorCode: null, errorMessage: null, messageSha256 });
      await settle(events, null);
      await settle([answer], kept);
      const { rows: [read] } = await database.query<{ status: string; sha256: Buffer | null }>({ text: 'select status, message_sha256 as sha256 from delivery where id = $1', values: [id] });
      return [read?.status, read?.sha256?.equals(sha256) ?? null];
    };
    const claim = { kind: 'claim' } as const;
    const delivered = { kind: 'answer', outcome: 'delivered' } as const;
    const receipt = (status: 'RECEIVED' | 'COMPLETED') => ({ kind: 'receipt', status, errorCode: null, errorMessage: null }) as const;
    assert.deepEqual(await after([claim], delivered), ['handed-over', true]);
    assert.deepEqual(await after([claim], { kind: 'answer', outcome: 'unknown' }), ['unknown', true]);
    assert.deepEqual(await after([claim, receipt('RECEIVED')], delivered), ['handed-over', true]);
    assert.deepEqual(await after([claim, receipt('COMPLETED')], delivered), ['completed', true]);
    assert.deepEqual(await after([claim], delivered, null), ['handed-over', null]);
  });
});
