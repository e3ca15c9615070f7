import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyMemoHeader } from '../../../src/domain/memo-header-json.ts';
import { answersOf } from '../../../src/gateway/notify/answers.ts';

const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const BYGGESAGER = '5b0a1c52-7d0e-4c39-9a6e-2f3f7c1d8e90';
const mailboxes = { fromMailbox: 'borgerservice@kommune.example', mainMailbox: 'sikkerpost@kommune.example' };
const point = (id: string, name: string, mailbox: string | null) => ({ cvr: '35833684', label: name, contactPoint: { id, name, mailbox } });
const senders = {
  35833684: { cvr: '35833684', label: 'Eksempel Kommune', contactPoint: null },
  [JOBCENTER]: point(JOBCENTER, 'Jobcenter', 'jobcenter@kommune.example'),
  [BYGGESAGER]: point(BYGGESAGER, 'Byggesager', null),
};

function answers(...addresses: readonly string[]): ReturnType<typeof answersOf> {
  return answersOf(addresses, { senders }, mailboxes);
}

describe('who may answer, as the receipt says', () => {
  it('is nobody where no address says so, whatever colleagues get the mail too', () => {
    assert.equal(answers('1234567890@35833684.ngdp.digital-post.dk', '1234567890@digital-post.dk', 'kollega@kommune.example'), null);
  });

  it('is all where every message may be answered; colleagues are not counted', () => {
    assert.deepEqual(answers('1234567890-reply@35833684.ngdp.digital-post.dk', 'kollega@kommune.example'), {
      from: 'all', mailboxes: ['borgerservice@kommune.example'],
    });
  });

  it('is some where others get a message that cannot be answered', () => {
    assert.deepEqual(answers('1234567890@35833684.ngdp.digital-post.dk', '2512489996-reply@35833684.mitdk.digital-post.dk'), {
      from: 'some', mailboxes: ['borgerservice@kommune.example'],
    });
  });

  it('lands where the messages that may be answered come from, and at no other sender of the same mail', () => {
    assert.deepEqual(answers('1234567890-reply@35833684.ngdp.digital-post.dk', `1234567890@${JOBCENTER}.ngdp.digital-post.dk`), {
      from: 'some', mailboxes: ['borgerservice@kommune.example'],
    });
    assert.deepEqual(
      answers(`1234567890-reply@${JOBCENTER}.ngdp.digital-post.dk`, `2512489996-reply@${BYGGESAGER}.ngdp.digital-post.dk`)?.mailboxes,
      ['jobcenter@kommune.example', 'sikkerpost@kommune.example'],
    );
  });

  it('lands in the mailbox that wrote where the network knows no contact points', () => {
    const address = `1234567890-reply@${JOBCENTER}.mitdk.digital-post.dk`;
    assert.deepEqual(answersOf([address], { senders, contactPointsOff: ['mitdk'] }, mailboxes)?.mailboxes, ['borgerservice@kommune.example']);
  });

  it('lands with the contact point that MemoHeader.json names, and the address does not', () => {
    const memoHeader = { ...emptyMemoHeader, senderContactPoint: JOBCENTER };
    const lands = (address: string) => answersOf([address], { senders, memoHeader }, mailboxes)?.mailboxes;
    assert.deepEqual(lands('1234567890-reply@35833684.ngdp.digital-post.dk'), ['jobcenter@kommune.example']);
    assert.deepEqual(lands(`1234567890-reply@${BYGGESAGER}.ngdp.digital-post.dk`), ['sikkerpost@kommune.example']);
  });
});
