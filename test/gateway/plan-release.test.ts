import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { approverAddresses, isSamePerson, type Organisation } from '../../src/domain/organisation.ts';
import { approvalObstacle, type ApprovingPerson } from '../../src/gateway/acts/approve-submission.ts';
import { dueAtOf, planRelease, type ReleaseAsked } from '../../src/gateway/acts/hold-submission.ts';
import { settingsSchema } from '../../src/gateway/config.ts';
import type { ActedOn } from '../../src/gateway/store/holds.ts';

const now = new Date('2026-11-25T10:00:00Z');
const CHIEF = 'chef@kommune.example';
const WRITER = 'sikkerpost@kommune.example';
const GUID = '0b9c1f0e-3c52-4d7a-9a55-1c5a3b7e1002';
const organisation: Organisation = {
  name: 'Eksempel Kommune', cvrNumbers: ['35833684'], mailDomains: ['kommune.example', 'kommune.test'], smtpOriginatorOrgs: [],
  mainMailbox: WRITER, watchMailbox: WRITER, helpContact: WRITER, contactPoints: [], approvers: [CHIEF, WRITER],
  secureMailboxes: [
    { address: WRITER, channels: ['ngdp'], senders: ['35833684'] },
    { address: 'straks@kommune.example', channels: ['ngdp'], senders: ['35833684'], holdSingleMs: 0, holdMassMs: 60_000 },
  ],
};
const settings = settingsSchema.parse({ DATABASE_URL: 'postgres://x', ORGANISATIONS_FILE: 'x' });
const parts = { settings, now: () => now };

function asked(more: { readonly mailbox?: string; readonly sender?: string; readonly mailFrom?: string } & Partial<ReleaseAsked> = {}): ReleaseAsked {
  const { mailbox = WRITER, sender = null, mailFrom = mailbox, ...question } = more;
  const author = {
    organisation, mailbox, messageId: null, subject: '', sender, sendAt: { own: [], deferred: [] }, replaces: null, guard: { approvals: '', draft: null }, letterSeen: '',
  };
  const submission = { id: 1, receivedAt: now, mailFrom, recipients: [], rawBlob: 1, rawBytes: 1, attempts: 1 };
  return { submission, author, digital: true, mass: false, recipients: 1, ...question };
}

describe('the plan for a mail that may go', () => {
  it('is the wait of its mailbox, else the gateway’s: two minutes, ten for a mass send', () => {
    const due = (question: ReleaseAsked) => dueAtOf(planRelease(parts, question), now);
    assert.deepEqual(due(asked()), new Date('2026-11-25T10:02:00Z'));
    assert.deepEqual(due(asked({ mass: true, recipients: 500 })), new Date('2026-11-25T10:10:00Z'));
    assert.deepEqual(due(asked({ mailbox: 'straks@kommune.example' })), now);
    assert.deepEqual(due(asked({ mailbox: 'straks@kommune.example', mass: true })), new Date('2026-11-25T10:01:00Z'));
    assert.deepEqual(due(asked({ digital: false })), now);
  });

  it('is an approval for a mass send over the number, by anyone but those who wrote it', () => {
    const approvers = (question: ReleaseAsked) => {
      const plan = planRelease(parts, { ...question, mass: true, recipients: 501 });
      return plan.kind === 'approval' ? plan.approvers : plan.kind === 'refused' ? plan.problem.code : plan.kind;
    };
    assert.deepEqual(approvers(asked()), [CHIEF]);
    assert.deepEqual(approvers(asked({ mailbox: 'straks@kommune.example' })), [CHIEF, WRITER]);
    for (const sender of [CHIEF, 'Chef@Kommune.Example', 'chef+x@kommune.test']) assert.equal(approvers(asked({ sender })), 'approval-nobody');
    assert.equal(approvers(asked({ mailFrom: CHIEF })), 'approval-nobody');
    assert.equal(dueAtOf(planRelease(parts, asked({ mass: true, recipients: 501 })), now), 'infinity');
    const known = planRelease(parts, { ...asked(), author: { ...asked().author, organisation: { ...organisation, approvers: [GUID] } }, mass: true, recipients: 501 });
    assert.deepEqual([known.kind, approverAddresses([GUID, CHIEF])], ['approval', [CHIEF]]);
    const off = { settings: { ...settings, MASS_APPROVAL_OVER_RECIPIENTS: 0 }, now: () => now };
    assert.equal(planRelease(off, asked({ mass: true, recipients: 100_000 })).kind, 'goes');
  });
});

describe('a word of approval', () => {
  const pending: ActedOn = {
    id: 1, state: 'expanded', organisationCvr: '35833684', fromMailbox: WRITER, mailFrom: 'konvolut@kommune.example', recipients: [],
    messageId: null, subject: '', writtenBy: 'lønsystem', mass: true, approval: 'pending', approvalBy: null, approvalAt: null, sendAt: null,
    contentSha256: 'ab'.repeat(32), stoppedAt: null, stoppedBy: null, receivedAt: now, openDeliveries: 600, contentDeletedAt: null,
  };
  const people = { ...organisation, approvers: [CHIEF, WRITER, 'konvolut@kommune.example', 'skriver@kommune.example', GUID] };
  const obstacle = (by: string, more: { readonly mail?: Partial<ActedOn>; readonly client?: string; readonly contentSha256?: string; readonly person?: ApprovingPerson } = {}) =>
    approvalObstacle({ ...pending, ...more.mail }, people, { by, client: more.client ?? null, person: more.person ?? null, contentSha256: more.contentSha256 ?? 'AB'.repeat(32) })?.kind ?? null;

  it('counts from an approver who did not write the mail', () => {
    assert.equal(obstacle(CHIEF), null);
    assert.equal(obstacle('CHEF@kommune.example', { client: 'godkender' }), null);
  });

  it('is nothing from its writer: the mailbox in From, in MAIL FROM, in Sender, or the program', () => {
    for (const by of [WRITER, 'konvolut@kommune.example', 'sikkerpost@kommune.test']) assert.equal(obstacle(by), 'self', by);
    assert.equal(obstacle('skriver@kommune.example', { mail: { writtenBy: 'skriver@kommune.example' } }), 'self');
    assert.equal(obstacle(CHIEF, { client: 'lønsystem' }), 'self');
  });

  it('counts from a person who is listed by object id, whatever address the person has now', () => {
    const person = { objectId: GUID, mailboxes: [] };
    assert.equal(obstacle('nyt.navn@kommune.example', { person }), null);
    assert.equal(obstacle('nyt.navn@kommune.example', { person: { ...person, objectId: GUID.replace('4d7a', '4d7b') } }), 'not-approver');
    assert.equal(obstacle(WRITER, { person }), 'self');
  });

  it('is nothing from somebody who uses the mailbox of a mail that nobody can see who wrote', () => {
    const [mine, others] = [{ objectId: GUID, mailboxes: [WRITER] }, { objectId: GUID, mailboxes: ['anden@kommune.example'] }];
    assert.equal(obstacle(CHIEF, { mail: { writtenBy: null }, person: mine }), 'perhaps-self');
    assert.equal(obstacle(CHIEF, { mail: { writtenBy: null }, person: others }), null);
    assert.equal(obstacle(CHIEF, { person: mine }), null);
    assert.equal(obstacle(CHIEF, { mail: { writtenBy: null } }), null);
  });

  it('is nothing from anyone else, who hears no more than that', () => {
    assert.equal(obstacle('nogen@kommune.example'), 'not-approver');
    assert.equal(obstacle('nogen@kommune.example', { mail: { approval: 'approved' } }), 'not-approver');
  });

  it('is nothing about another content, a mail that was stopped, or one that needs none', () => {
    assert.equal(obstacle(CHIEF, { contentSha256: 'cd'.repeat(32) }), 'changed');
    assert.equal(obstacle(CHIEF, { mail: { contentSha256: null } }), 'changed');
    assert.equal(obstacle(CHIEF, { mail: { stoppedAt: now } }), 'stopped');
    assert.equal(obstacle(CHIEF, { mail: { approval: null } }), 'not-pending');
    assert.equal(obstacle(CHIEF, { mail: { approval: 'approved' } }), 'already-approved');
    assert.equal(obstacle(CHIEF, { mail: { approval: 'rejected', stoppedAt: now } }), 'already-rejected');
  });
});

describe('two addresses', () => {
  it('are one person’s when they differ in case, tag, or in the organisation’s domain only', () => {
    const same = (a: string, b: string) => isSamePerson(organisation, a, b);
    assert.ok(same('bo@kommune.example', 'BO@kommune.example'));
    assert.ok(same('bo+privat@kommune.example', 'bo@kommune.test'));
    assert.ok(!same('bo@kommune.example', 'ib@kommune.example'));
    assert.ok(!same('bo@kommune.example', 'bo@nabo.example'));
    assert.ok(!same('', '@kommune.example'));
  });
});
