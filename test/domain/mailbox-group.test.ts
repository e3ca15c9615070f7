import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mailboxesNotSetUp, withoutMailboxesThatLeft, type GroupMember } from '../../src/domain/mailbox-group.ts';

const member = (address: string, aliases: readonly string[] = []): GroupMember => ({ address, name: null, aliases });
const mailbox = (address: string) => ({ address, channels: ['ngdp'] });
const ONE = { cvrNumbers: ['35833684', '11111111'], secureMailboxes: [mailbox('a@k.example'), mailbox('b@k.example')], mailboxGroup: { group: 'g' } };
const BY_HAND = { ...ONE, cvrNumbers: ['97281536'], mailboxGroup: null };
const addresses = (organisations: readonly (typeof ONE | typeof BY_HAND)[]) => organisations.map(({ secureMailboxes }) => secureMailboxes.map(({ address }) => address));

describe('a group of secure mailboxes', () => {
  it('takes the rights of those that are not in it, and gives none to those that the file does not have', () => {
    const found = new Map([['35833684', [member('a@k.example'), member('ny@k.example')]]]);
    assert.deepEqual(addresses(withoutMailboxesThatLeft([ONE], found)), [['a@k.example']]);
  });

  it('knows a mailbox by any of its addresses', () => {
    const found = new Map([['35833684', [member('hoved@k.example', ['a@k.example', 'b@k.example'])]]]);
    assert.deepEqual(addresses(withoutMailboxesThatLeft([ONE], found)), [['a@k.example', 'b@k.example']]);
    assert.deepEqual(mailboxesNotSetUp(ONE, found), []);
  });

  it('that was never read takes nothing, nor one of an organisation that lists its mailboxes by hand', () => {
    assert.deepEqual(addresses(withoutMailboxesThatLeft([ONE], new Map())), [['a@k.example', 'b@k.example']]);
    assert.deepEqual(addresses(withoutMailboxesThatLeft([BY_HAND], new Map([['97281536', []]]))), [['a@k.example', 'b@k.example']]);
  });

  it('changes nothing but the mailboxes, and the organisation it was told of not at all', () => {
    const found = new Map([['35833684', [member('a@k.example')]]]);
    const [changed] = withoutMailboxesThatLeft([ONE], found);
    assert.deepEqual({ ...changed, secureMailboxes: ONE.secureMailboxes }, ONE);
    assert.equal(ONE.secureMailboxes.length, 2);
  });

  it('shows what is not set up', () => {
    const found = new Map([['35833684', [member('a@k.example'), member('ny@k.example')]]]);
    assert.deepEqual(mailboxesNotSetUp(ONE, found).map(({ address }) => address), ['ny@k.example']);
    assert.deepEqual(mailboxesNotSetUp(ONE, new Map()), []);
    assert.deepEqual(mailboxesNotSetUp(BY_HAND, found), []);
  });
});
