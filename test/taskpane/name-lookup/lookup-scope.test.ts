import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lookupScope } from '../../../src/taskpane/name-lookup/lookup-scope.ts';
import { mailbox, me } from '../compose/compose-world.ts';

const hr = mailbox({ address: 'hr@kommune.example', actions: [] });
const citizens = mailbox({ address: 'borgerservice@kommune.example' });

describe('from where it is asked whom Digital Post reaches', () => {
  it('is the mailbox of the draft, else the first that may send', () => {
    const of = me({ mailboxes: [mailbox(), citizens] });
    assert.deepEqual(lookupScope(of, 'Borgerservice@kommune.example'), { channel: 'ngdp', mailbox: 'borgerservice@kommune.example' });
    assert.deepEqual(lookupScope(of, 'mette@kommune.example'), { channel: 'ngdp', mailbox: 'jobcenter@kommune.example' });
    assert.deepEqual(lookupScope(of, null), { channel: 'ngdp', mailbox: 'jobcenter@kommune.example' });
  });

  it('is nowhere for somebody who may not send', () => {
    assert.equal(lookupScope(me({ mailboxes: [hr] }), 'hr@kommune.example'), null);
    assert.equal(lookupScope(me({ mailboxes: [mailbox({ channels: [] })] }), null), null);
  });
});
