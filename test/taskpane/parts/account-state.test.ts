import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { NoAnswer } from '../../../src/taskpane/gateway/gateway.ts';
import { afterCall, afterMe, isOutdated, nobodyYet, remembering } from '../../../src/taskpane/parts/account-state.ts';
import { me } from '../compose/compose-world.ts';

const mette = me();
const vera = me({ user: { id: '2', name: 'Vera', address: 'vera@kommune.example' } });
const noRight = { kind: 'no-right', text: '' } as const;
const there = afterMe(nobodyYet, { kind: 'answer', value: mette });

describe('how it stands with the gateway', () => {
  it('is decided by the first answer to who I am, whatever it is', () => {
    const answers: readonly NoAnswer[] = [
      { kind: 'fault' }, { kind: 'too-many', retryAt: new Date(0) }, { kind: 'refused', code: '400', text: '' }, { kind: 'away' }, { kind: 'log-on-needed' }, noRight,
    ];
    assert.deepEqual(answers.map((answer) => afterMe(nobodyYet, answer).connection), ['away', 'away', 'away', 'away', 'log-on-needed', 'no-right']);
    assert.deepEqual(answers.map((answer) => afterMe(nobodyYet, answer).fault), [true, false, false, false, false, false]);
    assert.equal(remembering(nobodyYet, mette).me, mette);
    assert.equal(afterMe(remembering(nobodyYet, mette), { kind: 'fault' }).me, mette);
  });

  it('is not another for a later refusal, nor for that of one call', () => {
    assert.equal(afterMe(there, { kind: 'fault' }).connection, 'there');
    assert.equal(afterCall(there, { kind: 'refused' }), there);
    assert.equal(afterCall(nobodyYet, { kind: 'refused' }).connection, 'connecting');
    assert.equal(afterCall(there, { kind: 'away' }).connection, 'away');
    assert.equal(afterCall(there, { kind: 'unavailable' }), there, 'a register that is away is no gateway that is away');
    assert.equal(afterMe(there, { kind: 'unavailable', text: '' }).connection, 'away', 'but who cannot say who I am is');
    assert.deepEqual(afterCall(afterMe(nobodyYet, { kind: 'fault' }), { kind: 'answer' }), { ...nobodyYet, connection: 'there' });
  });
});

describe('what was learnt', () => {
  it('is of another generation when the right is gone or somebody else has logged on, and not for less', () => {
    const without = afterMe(there, noRight);
    assert.deepEqual([there.generation, without.generation, afterMe(without, noRight).generation], [0, 1, 1]);
    assert.equal(without.me, null);
    assert.equal(afterMe(without, { kind: 'answer', value: vera }).generation, 1);
    assert.equal(afterMe(there, { kind: 'answer', value: vera }).generation, 1);
    assert.equal(afterMe(there, { kind: 'answer', value: me({ may: [] }) }).generation, 0);
    assert.equal(afterMe(remembering(nobodyYet, vera), { kind: 'answer', value: mette }).generation, 1);
  });

  it('is outdated when the gateway says otherwise of me', () => {
    const again = (value: typeof mette) => isOutdated(there, afterMe(there, { kind: 'answer', value }));
    assert.deepEqual([again(me({ fetchedAt: '2026-11-26T09:00:00Z' })), again(me({ may: [] })), again(vera)], [false, true, true]);
    assert.equal(isOutdated(there, afterMe(there, noRight)), true);
    assert.equal(isOutdated(there, afterMe(there, { kind: 'away' })), false);
  });
});
