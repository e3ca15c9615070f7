import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DeliveryEvent, DeliveryStatus, ReceiptStatus } from '../../src/domain/delivery-status.ts';
import { isFinal, nextDeliveryStatus } from '../../src/domain/delivery-status.ts';
import { receiptErrorCode, receiptErrors, receiptErrorText } from '../../src/domain/receipt-error.ts';

const statuses: readonly DeliveryStatus[] = [
  'waiting', 'sending', 'unknown', 'handed-over', 'completed', 'refused', 'expired', 'parked', 'stopped',
];

function receipt(status: ReceiptStatus, errorCode: string | number | null = null): DeliveryEvent {
  return { kind: 'receipt', status, errorCode, errorMessage: null };
}

function after(...events: readonly DeliveryEvent[]): DeliveryStatus {
  return events.reduce<DeliveryStatus>(nextDeliveryStatus, 'waiting');
}

const claim: DeliveryEvent = { kind: 'claim' };
const delivered: DeliveryEvent = { kind: 'answer', outcome: 'delivered' };
const lost: DeliveryEvent = { kind: 'lease-lost' };

describe('the status of a delivery', () => {
  it('goes from waiting over sending and handed-over to completed', () => {
    assert.equal(after(claim), 'sending');
    assert.equal(after(claim, delivered), 'handed-over');
    assert.equal(after(claim, delivered, receipt('RECEIVED')), 'handed-over');
    assert.equal(after(claim, delivered, receipt('COMPLETED')), 'completed');
  });

  it('is unknown when a worker dies while sending, and can be claimed again', () => {
    assert.equal(after(claim, lost), 'unknown');
    assert.equal(after(claim, lost, claim), 'sending');
    assert.equal(after(lost), 'waiting');
  });

  it('goes back to waiting only on an answer that says so', () => {
    assert.equal(after(claim, { kind: 'answer', outcome: 'retry' }), 'waiting');
    assert.equal(after(claim, { kind: 'answer', outcome: 'unknown' }), 'unknown');
    assert.equal(after(claim, lost, { kind: 'answer', outcome: 'retry' }), 'unknown');
    assert.equal(after(claim, { kind: 'answer', outcome: 'refused' }), 'refused');
  });

  it('is completed by COMPLETED whatever the error code', () => {
    for (const code of [null, '', '0', 0, 'some.hint']) assert.equal(after(claim, receipt('COMPLETED', code)), 'completed');
  });

  it('is refused by INVALID and NOT_ALLOWED, with an error code or without', () => {
    for (const status of ['INVALID', 'NOT_ALLOWED'] as const) {
      for (const code of [null, '', 0, 'file.empty.not.allowed']) assert.equal(after(claim, receipt(status, code)), 'refused');
    }
  });

  it('is settled by a receipt that comes before the answer, or after we gave up', () => {
    assert.equal(after(claim, receipt('COMPLETED'), delivered), 'completed');
    assert.equal(after({ kind: 'expire' }, receipt('COMPLETED')), 'completed');
    assert.equal(after({ kind: 'park' }, receipt('INVALID')), 'refused');
    assert.equal(after({ kind: 'expire' }, receipt('RECEIVED')), 'expired');
    assert.equal(after({ kind: 'stop' }, receipt('COMPLETED')), 'completed');
    assert.equal(after({ kind: 'stop' }, receipt('RECEIVED')), 'stopped');
  });

  it('stays with the first receipt that says how it ended', () => {
    assert.equal(after(claim, receipt('COMPLETED'), receipt('INVALID')), 'completed');
    assert.equal(after(claim, receipt('NOT_ALLOWED'), receipt('COMPLETED')), 'refused');
    assert.equal(after(claim, receipt('COMPLETED'), receipt('RECEIVED')), 'completed');
  });

  it('is final when nothing more will be done', () => {
    assert.deepEqual(statuses.filter(isFinal), ['completed', 'refused', 'expired', 'parked', 'stopped']);
  });

  it('is stopped only while it waits, and then nothing claims it', () => {
    assert.equal(after({ kind: 'stop' }), 'stopped');
    assert.equal(after({ kind: 'stop' }, claim), 'stopped');
    assert.equal(after(claim, { kind: 'stop' }), 'sending');
    assert.equal(after(claim, lost, { kind: 'stop' }), 'unknown');
    assert.equal(after(claim, delivered, { kind: 'stop' }), 'handed-over');
    assert.equal(after(claim, { kind: 'answer', outcome: 'retry' }, { kind: 'stop' }), 'stopped');
    assert.equal(after({ kind: 'stop' }, { kind: 'expire' }, { kind: 'park' }), 'stopped');
  });

  it('follows the model over 10,000 sequences of events', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 30 }), (sequence) => {
        let status: DeliveryStatus = 'waiting';
        const model = { ending: null as DeliveryStatus | null };
        for (const event of sequence) {
          const before: DeliveryStatus = status;
          status = nextDeliveryStatus(before, event);
          checkStep(model, before, event, status);
        }
      }),
      { numRuns: 10_000 },
    );
  });
});

const events: fc.Arbitrary<DeliveryEvent> = fc.oneof(
  fc.constantFrom<DeliveryEvent>(claim, lost, { kind: 'expire' }, { kind: 'park' }, { kind: 'stop' }),
  fc.constantFrom('delivered', 'refused', 'retry', 'unknown').map((outcome): DeliveryEvent => ({
    kind: 'answer',
    outcome: outcome as 'delivered',
  })),
  fc
    .tuple(fc.constantFrom('NOT_ALLOWED', 'INVALID', 'RECEIVED', 'COMPLETED'), fc.constantFrom(null, '', '0', 0, 'x.y'))
    .map(([status, code]) => receipt(status as ReceiptStatus, code)),
);

/** The promises, said another way than the tables say them: by what may never happen. */
function checkStep(
  model: { ending: DeliveryStatus | null },
  before: DeliveryStatus,
  event: DeliveryEvent,
  now: DeliveryStatus,
): void {
  assert.ok(statuses.includes(now));
  if (model.ending !== null) assert.equal(now, model.ending);
  const rank = { waiting: 0, sending: 0, unknown: 0, 'handed-over': 1, expired: 2, parked: 2, stopped: 2, completed: 3, refused: 3 };
  assert.ok(rank[now] >= rank[before], `${before} → ${now}`);
  if (event.kind === 'receipt' && event.status !== 'RECEIVED') assert.equal(rank[now], 3);
  if (rank[now] === 3) model.ending ??= now;
  if (now !== before) checkMove(event, now);
}

/** What may bring a status about. */
function checkMove(event: DeliveryEvent, now: DeliveryStatus): void {
  if (now === 'completed') assert.ok(event.kind === 'receipt' && event.status === 'COMPLETED');
  if (now === 'sending') assert.equal(event.kind, 'claim');
  if (now === 'waiting') assert.deepEqual(event, { kind: 'answer', outcome: 'retry' });
  if (now === 'expired') assert.equal(event.kind, 'expire');
  if (now === 'parked') assert.equal(event.kind, 'park');
  if (now === 'stopped') assert.equal(event.kind, 'stop');
}

describe('the error of a receipt', () => {
  it('is none for null, "", "0" and 0', () => {
    for (const none of [null, undefined, '', ' ', '0', 0]) assert.equal(receiptErrorCode(none), null);
    assert.equal(receiptErrorCode(' a.b '), 'a.b');
    assert.equal(receiptErrorCode(17), '17');
  });

  it('has a Danish text for the six verified codes and those of the sandbox', () => {
    const rows = Object.values(receiptErrors);
    assert.equal(rows.filter(({ source }) => source === 'verified').length, 6);
    for (const code of ['recipient.not.registered', 'recipient.exempt', 'recipient.deceased', 'file.empty.not.allowed']) {
      assert.match(receiptErrorText({ errorCode: code, errorMessage: 'English' }, 'mit.dk'), /^[A-Z].*\.$/);
      assert.notEqual(receiptErrorText({ errorCode: code, errorMessage: 'English' }, 'mit.dk'), 'English');
    }
  });

  it('falls back to the message, then to the code, then to saying that no reason was given', () => {
    assert.equal(receiptErrorText({ errorCode: 'new.code', errorMessage: 'Because' }, 'mit.dk'), 'Because');
    assert.match(receiptErrorText({ errorCode: 'new.code', errorMessage: ' ' }, 'mit.dk'), /new\.code/);
    assert.match(receiptErrorText({ errorCode: 0, errorMessage: null }, 'mit.dk'), /uden at der blev sagt hvorfor/);
    assert.equal(receiptErrorText({ errorCode: 'constructor', errorMessage: 'x' }, 'mit.dk'), 'x');
  });
});
