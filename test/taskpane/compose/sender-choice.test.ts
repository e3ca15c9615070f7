import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readRecipients } from '../../../src/taskpane/compose/read-recipients.ts';
import {
  ableMailboxes, channelOptions, draftSender, keyOfSender, mailboxOf, mayUse, readLastUsed, replyState, senderList, senderReference, usualSender, writeLastUsed,
} from '../../../src/taskpane/compose/sender-choice.ts';
import { senderLabel } from '../../../src/taskpane/compose/sender-label.ts';
import { noWish, sendingOf } from '../../../src/taskpane/compose/sending-as.ts';
import { BYGGESAGER, draft, EKSEMPEL, JOBCENTER, mailbox, me, nancyAt, person } from './compose-world.ts';

const rowsOf = (...addresses: readonly string[]) => readRecipients(draft({ to: addresses.map((address) => person(address)) }), { own: { domains: ['kommune.example'], guessed: false }, header: null });
const sikkerpost = mailbox({
  address: 'sikkerpost@kommune.example',
  senders: [
    { key: EKSEMPEL, kind: 'organisation', label: 'Eksempel Kommune', answersTo: 'sikkerpost@kommune.example', mapped: true },
    { key: BYGGESAGER, kind: 'contact-point', label: 'Byggesager', answersTo: 'sikkerpost@kommune.example', mapped: false },
  ],
});
const hr = mailbox({ address: 'hr@kommune.example', actions: [], channels: mailbox().channels.map((channel) => ({ ...channel, available: false })) });
const mette = me({ mailboxes: [mailbox(), sikkerpost, hr] });

describe('the mailbox in Fra', () => {
  it('is found whatever its letter case, and only where it may send Digital Post', () => {
    assert.equal(mailboxOf(mette, 'Jobcenter@Kommune.Example')?.address, 'jobcenter@kommune.example');
    assert.equal(mailboxOf(mette, 'hr@kommune.example'), null);
    assert.equal(mailboxOf(mette, 'sagsbehandler@kommune.example'), null);
    assert.deepEqual(ableMailboxes(mette), ['jobcenter@kommune.example', 'sikkerpost@kommune.example']);
  });

  it('is the first that may where the client does not tell', () => {
    assert.equal(mailboxOf(mette, null)?.address, 'jobcenter@kommune.example');
    assert.equal(mailboxOf(me({ mailboxes: [hr] }), null), null);
  });
});

describe('the sender', () => {
  it('that is not one of ours is not called the organisation', () => {
    const shown = (sender: string) => {
      const sendingAs = sendingOf({ me: mette, mailbox: mailbox(), rows: rowsOf(nancyAt({ sender })), wished: noWish, lastUsed: [] });
      return senderLabel({ me: mette, sendingAs }, (key) => key);
    };
    assert.deepEqual(['97281536', BYGGESAGER, JOBCENTER].map(shown), ['from.strange', 'Byggesager', 'Jobcenter']);
  });

  it('is what the addresses say, and nobody before there is one', () => {
    assert.deepEqual(draftSender(rowsOf(), mailbox(), mette), { kind: 'none' });
    assert.deepEqual(draftSender(rowsOf('lone@kommune.example'), mailbox(), mette), { kind: 'none' });
    assert.deepEqual(draftSender(rowsOf(nancyAt()), mailbox(), mette), { kind: 'one', sender: mailbox().senders[0] });
    assert.deepEqual(draftSender(rowsOf(nancyAt(), nancyAt({ sender: EKSEMPEL })), mailbox(), mette), { kind: 'several' });
  });

  it('is the organisation in the short form of e-Boks', () => {
    assert.deepEqual(draftSender(rowsOf('2512489996@digital-post.dk'), mailbox(), mette), { kind: 'one', sender: mailbox().senders[1] });
  });

  it('is lost where the mailbox may not use it, by name where the person knows it from elsewhere', () => {
    assert.deepEqual(draftSender(rowsOf(nancyAt({ sender: BYGGESAGER })), mailbox(), mette), { kind: 'lost', label: 'Byggesager' });
    assert.deepEqual(draftSender(rowsOf(nancyAt({ sender: '97281536' })), mailbox(), mette), { kind: 'lost', label: null });
    assert.deepEqual(mayUse(mailbox(), mette, { kind: 'contact-point', id: BYGGESAGER }), false);
    assert.deepEqual(draftSender(rowsOf(nancyAt(), nancyAt({ sender: BYGGESAGER })), mailbox(), mette), { kind: 'one', sender: mailbox().senders[0] });
  });

  it('who was used last from the mailbox comes first, if it may still be used', () => {
    assert.equal(usualSender(mailbox(), [EKSEMPEL])?.label, 'Eksempel Kommune');
    assert.equal(usualSender(mailbox(), [BYGGESAGER, EKSEMPEL])?.label, 'Eksempel Kommune');
    assert.equal(usualSender(mailbox(), [])?.label, 'Jobcenter');
    assert.equal(usualSender(mailbox({ senders: mailbox().senders.toReversed() }), [])?.label, 'Jobcenter');
    assert.equal(usualSender(sikkerpost, [])?.label, 'Eksempel Kommune');
    assert.equal(usualSender(mailbox({ senders: [] }), []), null);
  });

  it('the last three are remembered, newest first, each once', () => {
    const after = ['a', 'b', 'c', 'b', 'd'].reduce<readonly string[]>((before, key) => readLastUsed(writeLastUsed(key, before)), []);
    assert.deepEqual(after, ['d', 'b', 'c']);
    assert.deepEqual([readLastUsed(null), readLastUsed('')], [[], []]);
  });

  it('has a key that becomes the same again', () => {
    for (const key of [EKSEMPEL, JOBCENTER]) assert.equal(keyOfSender(senderReference(key), EKSEMPEL), key);
    assert.equal(keyOfSender({ kind: 'own-cvr' }, EKSEMPEL), EKSEMPEL);
  });
});

describe('the list of senders', () => {
  const many = mailbox({ senders: Array.from({ length: 9 }, (_, n) => ({ key: String(10_000_000 + n), kind: 'contact-point' as const, label: `Punkt ${String(n)}`, answersTo: `p${String(n)}@kommune.example`, mapped: true })) });

  it('has no field to find one while it is short', () => {
    assert.deepEqual(senderList(mailbox(), [EKSEMPEL], 'x'), { hasFilter: false, recent: [], all: mailbox().senders });
  });

  it('shows the last ones used first when it is long, and finds by name and by mailbox', () => {
    const list = senderList(many, ['10000003', '10000001'], '');
    assert.deepEqual([list.hasFilter, list.recent.map(({ label }) => label), list.all.length], [true, ['Punkt 3', 'Punkt 1'], 7]);
    assert.deepEqual(senderList(many, ['10000003'], 'P7@').all.map(({ label }) => label), ['Punkt 7']);
    assert.deepEqual(senderList(many, ['10000003'], 'punkt 3').all.map(({ label }) => label), ['Punkt 3']);
    assert.deepEqual(senderList(many, [], 'intet').all, []);
  });
});

describe('the channels', () => {
  const options = (rows: ReturnType<typeof rowsOf>, unreachable: readonly string[] = []) =>
    channelOptions({ mailbox: mailbox(), organisation: 'Eksempel Kommune', rows, unreachable: (channel) => (channel === 'mitdk' ? unreachable : []) });

  it('can be chosen, or say why not', () => {
    assert.deepEqual(options(rowsOf(nancyAt())).map(({ reason }) => reason?.key ?? null), [null, null, 'channel.r.mailbox']);
    assert.deepEqual(options(rowsOf(nancyAt()), ['Nancy'])[1]?.reason, { key: 'channel.r.person', parameters: { name: 'Nancy' }, texts: { channel: { key: 'channel.mitdk' } } });
    assert.equal(options(rowsOf(nancyAt(), '0107729995@35833684.ngdp.digital-post.dk'), ['Nancy'])[1]?.reason, null);
    assert.equal(options(rowsOf(`masseforsendelse-5@${EKSEMPEL}.ngdp.digital-post.dk`))[1]?.reason?.key, 'channel.r.mass');
  });

  it('e-Boks cannot be chosen by a mailbox that may not send as the organisation', () => {
    const eboks = mailbox({ channels: mailbox().channels.map((channel) => ({ ...channel, available: true })), senders: mailbox().senders.slice(0, 1) });
    const [, , last] = channelOptions({ mailbox: eboks, organisation: 'Eksempel Kommune', rows: [], unreachable: () => [] });
    assert.equal(last?.reason?.key, 'channel.r.sender');
  });
});

describe('the state of answers', () => {
  const [channel] = mailbox().channels;
  const [sender] = mailbox().senders;
  const byggesager = sikkerpost.senders[1];
  const state = (part: Partial<Parameters<typeof replyState>[0]>) => replyState({ channel: channel ?? null, sender: sender ?? null, replyable: true, hasList: false, ...part });

  it('says where answers land, or that there are none', () => {
    assert.deepEqual(state({}), { kind: 'yes', mailbox: 'jobcenter@kommune.example' });
    assert.deepEqual(state({ replyable: false }), { kind: 'no' });
    assert.deepEqual(state({ sender: byggesager ?? null }), { kind: 'unmapped', mailbox: 'sikkerpost@kommune.example' });
    assert.deepEqual(state({ sender: byggesager ?? null, replyable: false }), { kind: 'no' });
    assert.deepEqual(state({ hasList: true }), { kind: 'list' });
    assert.deepEqual(state({ channel: channel ? { ...channel, replyable: false } : null }), { kind: 'never' });
  });
});
