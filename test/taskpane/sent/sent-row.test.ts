import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SentSummary } from '../../../src/domain/gateway-api.ts';
import { messageOf, type KnownDetail } from '../../../src/taskpane/sent/sent-message.ts';
import { sentRow, shownRecipients, type RowFacts, type SentRow } from '../../../src/taskpane/sent/sent-row.ts';
import { counted, recipient, summary, words } from './sent-fixtures.ts';

const rights = { stop: true, resend: true };

function row(facts: Partial<SentSummary> = {}, more: Partial<RowFacts> = {}): SentRow {
  return sentRow(messageOf(summary('s1', facts)), { detail: null, rights, sentAgain: false, me: 'mette@kommune.example', ...more }, words);
}

const waiting = (count: number): { readonly detail: KnownDetail } => ({ detail: { statuses: { waiting: count }, recipients: [], next: null } });

describe('a message in the list', () => {
  it('says to whom and as whom', () => {
    assert.equal(row().toAndAs, '251248-xxxx · Jobcenter');
    assert.equal(row({ counts: counted({ delivered: 4 }) }).toAndAs, '4 modtagere · Jobcenter');
    assert.equal(row({ sentAs: ['Jobcenter', 'Borgerservice'], recipientCount: 2 }).toAndAs, '2 modtagere · Jobcenter, Borgerservice');
    assert.equal(row({ sentAs: [] }).toAndAs, '251248-xxxx');
  });

  it('names the only one as the mail does, and never where the mail holds the number alone', () => {
    const named = { toNames: ['Nancy Ann Test Berggren'] };
    assert.equal(row(named).toAndAs, 'Nancy Ann Test Berggren · Jobcenter');
    assert.equal(row({ toNames: [null] }).toAndAs, '251248-xxxx · Jobcenter');
    const detail = (name: string | null): { readonly detail: KnownDetail } => ({ detail: { statuses: {}, recipients: [recipient({ name })], next: null } });
    assert.equal(row({ resendOf: 's0', toNames: ['Max Test Lind'] }, detail('Nancy Ann Test Berggren')).toAndAs, 'Nancy Ann Test Berggren · Jobcenter');
    assert.equal(row(named, detail(null)).toAndAs, '251248-xxxx · Jobcenter');
    assert.equal(row({ ...named, counts: counted({ delivered: 2 }) }).toAndAs, '2 modtagere · Jobcenter');
  });

  it('shows recipients one by one, and of very many those alone who did not get it', () => {
    assert.equal(row().recipients, null);
    assert.equal(row({ counts: counted({ delivered: 3, failed: 1 }) }).recipients, 'Vis modtagere');
    assert.equal(row({ counts: counted({ delivered: 300 }) }).recipients, 'Vis modtagere');
    assert.equal(row({ counts: counted({ delivered: 297, failed: 3 }) }).recipients, 'Vis de 3, der fejlede');
    assert.equal(row({ counts: counted({ delivered: 299, failed: 1 }) }).recipients, 'Vis den, der fejlede');
  });

  it('is delivered once the list says so, though its recipient was asked for while it was under way', () => {
    const underWay: KnownDetail = { statuses: { 'handed-over': 1 }, recipients: [recipient({ outcome: 'pending', status: 'handed-over', settledAt: null })], next: null };
    const standing = (facts: Partial<SentSummary>): string => row(facts, { detail: underWay }).standing.text;
    assert.equal(standing({ counts: counted({ pending: 1 }) }), 'Undervejs. Kvitteringen mangler.');
    assert.match(standing({ counts: counted({ delivered: 1 }), settledAt: '2026-11-25T09:33:00.000Z' }), /^Leveret/);
  });

  it('has a board where it went to a list, which tells of those who did not get it', () => {
    const many = { mass: true, counts: counted({ delivered: 297, failed: 3 }) };
    assert.deepEqual([row(many).board, row(many).recipients], [true, null]);
    assert.equal(row({ mass: true, state: 'refused' }).board, false);
    assert.equal(row({ counts: many.counts }).board, false);
  });

  it('tells those of a list by their lines, for two may have the same birthday', () => {
    const failed = recipient({ position: 41, outcome: 'failed' });
    const detail: KnownDetail = { statuses: {}, recipients: [recipient(), failed], next: null };
    const names = (facts: Partial<SentSummary>) => shownRecipients(messageOf(summary('s1', facts)), detail, words).map(({ name }) => name);
    assert.deepEqual(names({ mass: true, counts: counted({ delivered: 299, failed: 1 }) }), ['251248-xxxx (linje 41)']);
    assert.deepEqual(names({ mass: true, counts: counted({ delivered: 1, failed: 1 }) }), ['251248-xxxx (linje 1)', '251248-xxxx (linje 41)']);
    assert.deepEqual(names({ counts: counted({ delivered: 1, failed: 1 }) }), ['251248-xxxx', '251248-xxxx']);
  });

  it('does not name the first recipient of the mail as that of a resend', () => {
    const resent = { resendOf: 's0', to: ['010101-xxxx', '251248-xxxx'] };
    assert.equal(row(resent).toAndAs, '1 modtager · Jobcenter');
    assert.equal(row(resent, { detail: { statuses: {}, recipients: [recipient()], next: null } }).toAndAs, '251248-xxxx · Jobcenter');
  });

  it('says who wrote what a colleague sent from the same mailbox', () => {
    assert.equal(row({ writtenBy: 'Mette@kommune.example' }).writtenBy, null);
    assert.equal(row({ writtenBy: null }).writtenBy, null);
    assert.equal(row({ writtenBy: 'vikar@kommune.example' }).writtenBy, 'Skrevet af vikar@kommune.example');
  });

  it('says when, relative today and yesterday alone', () => {
    assert.equal(row().time, '10.31');
    assert.equal(row({ sentAt: '2026-11-24T10:00:00.000Z' }).time, 'i går');
    assert.equal(row({ sentAt: '2026-11-20T10:00:00.000Z' }).time, '20. nov.');
  });

  it('has words for a message without a subject', () => {
    assert.equal(row({ subject: ' ' }).subject, '(uden emne)');
  });

  it('can be stopped while it is held, before it is read, and as long as something waits', () => {
    const counts = counted({ pending: 1 });
    assert.equal(row({ counts, heldUntil: '2026-11-25T09:46:00.000Z' }).stop, 'Stop');
    assert.equal(row({ counts, state: 'accepted' }).stop, 'Stop');
    assert.equal(row({ counts: counted({ delivered: 214, pending: 182 }) }, waiting(140)).stop, 'Stop de 140, der venter');
    assert.equal(row({ counts: counted({ delivered: 3, pending: 1 }) }, waiting(1)).stop, 'Stop den, der venter');
    assert.equal(row({ counts }, waiting(1)).stop, 'Stop');
  });

  it('cannot be stopped when all has left, when it is stopped, and without the right', () => {
    const counts = counted({ pending: 1 });
    assert.equal(row({ counts }, waiting(0)).stop, null);
    assert.equal(row().stop, null);
    assert.equal(row({ counts, stopped: { by: null, at: '2026-11-25T09:40:00.000Z' } }, waiting(1)).stop, null);
    assert.equal(row({ counts, heldUntil: '2026-11-25T09:46:00.000Z' }, { rights: { ...rights, stop: false } }).stop, null);
  });

  it('can be sent again to those who did not get it, once it is known who', () => {
    assert.equal(row({ counts: counted({ delivered: 3, failed: 1 }) }).again, 'Send igen til den, der fejlede');
    assert.equal(row({ counts: counted({ failed: 3 }) }).again, 'Send igen til de 3, der fejlede');
    assert.equal(row({ counts: counted({ failed: 1, pending: 1 }) }).again, null);
    assert.equal(row({ state: 'refused', counts: counted({ failed: 1 }) }).again, null);
    assert.equal(row({ counts: counted({ failed: 1 }) }, { sentAgain: true }).again, null);
    assert.equal(row({ counts: counted({ failed: 1 }) }, { rights: { ...rights, resend: false } }).again, null);
  });

  it('has a proof when it is known how it ended', () => {
    assert.equal(row().proof, true);
    assert.equal(row({ counts: counted({ pending: 1 }) }).proof, false);
    assert.equal(row({ counts: counted({ stopped: 1 }) }).proof, false);
    assert.equal(row({ counts: counted({ delivered: 101 }) }).proof, false);
  });

  it('shows a bar only while several are under way', () => {
    assert.equal(row({ counts: counted({ delivered: 100, pending: 100 }) }).progress, 0.5);
    assert.equal(row({ counts: counted({ delivered: 2 }) }).progress, null);
    assert.equal(row({ counts: counted({ pending: 1 }) }).progress, null);
    assert.equal(row({ counts: counted({ pending: 2 }), heldUntil: '2026-11-25T09:46:00.000Z' }).progress, null);
  });
});
