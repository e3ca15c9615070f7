import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'node:test';
import type { DeliveryEvent, ReceiptEvent } from '../../../src/domain/delivery-status.ts';
import { settleDelivery } from '../../../src/gateway/outbox/settle-delivery.ts';
import { settleReceipts } from '../../../src/gateway/outbox/settle-receipts.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { lockDeliveriesOfMessages, lockDelivery } from '../../../src/gateway/store/deliveries.ts';
import { stopDeliveries } from '../../../src/gateway/store/holds.ts';
import { openTestDatabase } from '../api/api-in-process.ts';

const RECIPIENTS = 4;
const now = new Date('2026-05-01T10:00:00Z');
const common = { errorCode: null, errorMessage: null } as const;

const receipt = fc.constantFrom('COMPLETED', 'INVALID', 'NOT_ALLOWED', 'RECEIVED').map((status): ReceiptEvent => ({ kind: 'receipt', status, ...common }));
const event = fc.oneof(
  receipt,
  fc.constantFrom<DeliveryEvent>({ kind: 'claim' }, { kind: 'expire' }, { kind: 'park' }, { kind: 'stop' }, { kind: 'lease-lost' }),
  fc.constantFrom('delivered', 'refused', 'retry', 'unknown').map((outcome): DeliveryEvent => ({ kind: 'answer', outcome })),
);
const step = fc.oneof(
  fc.record({ kind: fc.constant('event' as const), delivery: fc.nat(RECIPIENTS - 1), event }),
  fc.record({ kind: fc.constant('receipts' as const), receipts: fc.array(fc.tuple(fc.nat(RECIPIENTS - 1), receipt), { minLength: 1, maxLength: 6 }) }),
  fc.record({ kind: fc.constant('stop' as const) }),
);

describe('the counters of a mail', () => {
  it('are what its messages say, whatever happens to them in whatever order', async () => {
    await using open = new AsyncDisposableStack();
    const database = await openTestDatabase(open);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { id, uuids, deliveryIds } = await newMail(database);
        for (const one of steps) {
          if (one.kind === 'event') {
            const deliveryId = deliveryIds[one.delivery] ?? 0;
            await settleDelivery(database, (connection) => lockDelivery(connection, deliveryId), { events: [one.event], now, retryAt: now, worker: null, ...common });
          } else if (one.kind === 'stop') {
            await database.transaction((connection) => stopDeliveries(connection, { submissionId: id, by: 'x', now }));
          } else {
            await database.transaction(async (connection) => {
              const locked = await lockDeliveriesOfMessages(connection, uuids);
              const news = one.receipts.flatMap(([n, told]) => locked.filter(({ messageUuid }) => messageUuid === uuids[n]).map((delivery) => ({ delivery, event: told, ...common })));
              await settleReceipts(connection, news, now);
            });
          }
          assert.deepEqual(await counters(database, id), await counted(database, id));
        }
      }),
      { numRuns: 120 },
    );
  });
});

async function newMail(database: Database) {
  const { rows: [mail] } = await database.query<{ id: number }>({
    text: `insert into submission (received_at, due_at, mail_from, recipients, raw_blob, raw_bytes, state, organisation_cvr, from_mailbox,
             open_deliveries, deliveries)
           values ($1, $1, 'a@b.example', '{x}', 0, 0, 'expanded', '35833684', 'a@b.example', $2, $2) returning id`,
    values: [now, RECIPIENTS],
  });
  const id = mail?.id ?? 0;
  const { rows } = await database.query<{ id: number; uuid: string }>({
    text: `insert into delivery (submission_id, position, channel, address, named_in_header, organisation_cvr, message_uuid, bulk, due_at)
           select $1, n, 'ngdp', 'x', true, '35833684', gen_random_uuid(), false, $3 from generate_series(1, $2::int) n returning id, message_uuid as uuid`,
    values: [id, RECIPIENTS, now],
  });
  return { id, uuids: rows.map(({ uuid }) => uuid), deliveryIds: rows.map((row) => row.id) };
}

const counters = async (database: Database, id: number) =>
  (await database.query({ text: `select deliveries, open_deliveries as "open", failed_deliveries as failed, stopped_deliveries as stopped from submission where id = $1`, values: [id] })).rows[0];

const counted = async (database: Database, id: number) =>
  (await database.query({
    text: `select count(*) as deliveries, count(*) filter (where status in ('waiting', 'sending', 'unknown', 'handed-over')) as "open",
             count(*) filter (where status in ('refused', 'expired', 'parked')) as failed, count(*) filter (where status = 'stopped') as stopped
           from delivery where submission_id = $1`,
    values: [id],
  })).rows[0];
