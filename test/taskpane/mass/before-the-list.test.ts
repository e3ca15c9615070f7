import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { citizensInMail } from '../../../src/taskpane/mass/citizens-in-mail.ts';
import { massMailbox, massMailboxes } from '../../../src/taskpane/mass/mass-mailbox.ts';
import type { MeAnswer } from '../../../src/domain/gateway-api.ts';
import type { Draft, MailRecipient } from '../../../src/taskpane/office/outlook.ts';

const to = (...addresses: readonly string[]): readonly MailRecipient[] => addresses.map((emailAddress) => ({ displayName: emailAddress, emailAddress }));
const draft: Draft = { kind: 'draft', from: null, to: [], cc: [], bcc: [], subject: '', attachments: [] };

describe('who moves from the mail into the list', () => {
  it('is everybody who gets Digital Post from it one by one, each once; colleagues and a list stay', () => {
    const found = citizensInMail({
      ...draft,
      to: to('kollega@kommune.example', '2512489996@35833684.ngdp.digital-post.dk', ''),
      cc: to('2512489996-reply@35833684.ngdp.digital-post.dk', '87654321@35833684.ngdp.digital-post.dk'),
      bcc: to('masseforsendelse-4@35833684.ngdp.digital-post.dk', 'forkert@35833684.ngdp.digital-post.dk', '/o=firma/cn=x'),
    });
    assert.deepEqual(found, [{ kind: 'cpr', number: '2512489996' }, { kind: 'cvr', number: '87654321' }]);
  });
});

describe('from where one may send to many', () => {
  type Mailbox = MeAnswer['mailboxes'][number];
  const mailbox = (address: string, change: Partial<Mailbox> = {}, massSend = true): Mailbox => ({
    address, actions: ['send', 'mass-send'], holdSingleMs: 0, holdMassMs: 0, approvalOverRecipients: null,
    senders: [{ key: '35833684', kind: 'organisation', label: 'Kommunen', answersTo: address, mapped: true }],
    channels: [{ id: 'ngdp', name: 'Digital Post', available: true, reason: null, replyable: true, massSend, contactPoints: true }], ...change,
  });
  const me = { mailboxes: [mailbox('enkelt@kommune.example', { actions: ['send'] }), mailbox('uden@kommune.example', {}, false), mailbox('Sikkerpost@kommune.example')] };

  it('is a mailbox with the right, a sender and Digital Post', () => {
    assert.deepEqual(massMailboxes(me), ['Sikkerpost@kommune.example']);
    assert.equal(massMailbox(me, 'sikkerpost@KOMMUNE.example')?.address, 'Sikkerpost@kommune.example');
    assert.equal(massMailbox(me, 'enkelt@kommune.example'), null);
    assert.equal(massMailbox(me, null)?.address, 'Sikkerpost@kommune.example');
  });
});
