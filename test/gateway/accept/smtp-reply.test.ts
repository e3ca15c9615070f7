import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { problemOf } from '../../../src/domain/problem.ts';
import { ownTroubleReply, refusalReply, replyError } from '../../../src/gateway/accept/smtp-reply.ts';

describe('an answer at the door', () => {
  it('is one ASCII line of at most 512 octets, unless SMTPUTF8 was asked for, and holds no whole CPR number', () => {
    const problem = problemOf('address-malformed', {
      address: `1234567890@${'ø'.repeat(300)}.digital-post.dk`, reason: 'der må\r\n250 ikke være mellemrum', example: '12345678@35833684.ngdp.digital-post.dk',
    });
    const narrow = replyError(refusalReply(problem), false);
    assert.match(narrow.message, /^[\x20-\x7e]{1,490}$/);
    assert.doesNotMatch(narrow.message, /1234567890/);
    const wide = replyError({ code: 553, text: 'Rødgrød' }, true);
    assert.equal(wide.message, 'Rødgrød');
    assert.equal(replyError({ code: 553, text: 'Rødgrød på »Ærø«' }, false).message, 'Roedgroed paa "AEroe"'.replace('AE', 'Ae'));
    assert.equal(replyError({ code: 553, text: 'præcis én 漢' }, false).message, 'praecis en ?');
  });

  it('has the code of its Problem: addresses 553, sizes 552, forms 554, rights 557', () => {
    const codeOf = (problem: Parameters<typeof refusalReply>[0]): number => refusalReply(problem).code;
    assert.equal(codeOf(problemOf('citizen-contact-point', { address: 'a' })), 553);
    assert.equal(codeOf(problemOf('sender-unknown', { address: 'a', sender: 'b' })), 553);
    assert.equal(codeOf(problemOf('mail-too-large', { bytes: 2, max: 1 })), 552);
    assert.equal(codeOf(problemOf('line-too-long', { bytes: 2, max: 1 })), 554);
    assert.equal(codeOf(problemOf('too-many-received', { count: 51, max: 50 })), 554);
    assert.equal(codeOf(problemOf('mailbox-not-secure', { mailbox: 'a' })), 557);
    assert.equal(codeOf(problemOf('empty-envelope-sender', { address: 'a' })), 557);
  });

  it('to trouble of our own is 4xx: 452 when the disk is full, else 451', () => {
    assert.equal(ownTroubleReply(Object.assign(new Error('x'), { code: '53100' })).code, 452);
    for (const error of [new Error('x'), 'x', Object.assign(new Error('x'), { code: 'ECONNREFUSED' })]) {
      assert.equal(ownTroubleReply(error).code, 451);
    }
  });
});
