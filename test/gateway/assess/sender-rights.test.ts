import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeDirectory } from '../../../src/domain/organisation.ts';
import {
  authorProblem, recipientProblem, senderProblem, type Author, type Envelope, type SendingRules,
} from '../../../src/gateway/assess/sender-rights.ts';
import { ORGANISATIONS } from '../../../src/sandbox/world.ts';

const rules: SendingRules = {
  directory: makeDirectory(ORGANISATIONS.map(({ cvr, ...organisation }) => ({ ...organisation, cvrNumbers: [cvr], smtpOriginatorOrgs: [] }))),
  channels: ['ngdp'],
};
const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const BORGERSERVICE = '163710ae-5078-350c-0000-000000000440';
const BYGGESAGER = '5b0a1c52-7d0e-4c39-9a6e-2f3f7c1d8e90';
const MAILBOXES = [
  'sikkerpost@kommune.example', 'jobcenter@kommune.example', 'borgerservice@kommune.example', 'hr@kommune.example',
  'sagsbehandler@kommune.example', 'overvaagning@kommune.example', 'sikkerpost@kommune.test', 'jobcenter@evil-kommune.example',
  'sikkerpost@nabo.example', 'sikkerpost@fremmed.example',
];
const SENDERS = [
  '35833684', JOBCENTER, BORGERSERVICE, BYGGESAGER, JOBCENTER.toUpperCase(), '97281536', '12345678',
  'bdcc201c-600c-4254-92c4-bab15dc075b5', '00000000-0000-0000-0000-000000000000', `${JOBCENTER.slice(0, -1)}f`,
];
// Source: design.md, "The world in it".
const RIGHTFUL: Readonly<Record<string, readonly string[]>> = {
  'sikkerpost@kommune.example': ['35833684', JOBCENTER, BORGERSERVICE, BYGGESAGER, JOBCENTER.toUpperCase()],
  'jobcenter@kommune.example': ['35833684', JOBCENTER, JOBCENTER.toUpperCase()],
  'borgerservice@kommune.example': ['35833684', BORGERSERVICE],
  'sikkerpost@nabo.example': ['97281536'],
};

const plain = (from: string): Author => ({ fromHeaderCount: 1, fromAddresses: [from], originators: [], ambiguous: false });

/** The first Problem of a hand-over, in the door's order. */
function problemOfMail(envelope: Envelope, author: Author): string | null {
  const atDoor = senderProblem(rules, envelope) ??
    envelope.recipients.map((recipient) => recipientProblem(rules, envelope, recipient)).find((problem) => problem !== null);
  return (atDoor ?? authorProblem(rules, envelope, author))?.code ?? null;
}

describe('who may send as whom', () => {
  for (const mailbox of MAILBOXES) {
    it(`${mailbox} may send as ${RIGHTFUL[mailbox]?.length ?? 0} of ten senders and no other`, () => {
      for (const sender of SENDERS) {
        const envelope = { peerCvrs: null, mailFrom: mailbox, recipients: [`1234567890@${sender}.ngdp.digital-post.dk`] };
        const may = problemOfMail(envelope, plain(mailbox)) === null;
        assert.equal(may, RIGHTFUL[mailbox]?.includes(sender) ?? false, `${mailbox} as ${sender}`);
      }
    });
  }

  it('a caseworker of the same organisation may hand over for a mailbox (Send on Behalf), anybody else may not', () => {
    const to = [`1234567890@${JOBCENTER}.ngdp.digital-post.dk`];
    const by = (mailFrom: string) => problemOfMail({ peerCvrs: null, mailFrom, recipients: to }, plain('jobcenter@kommune.example'));
    assert.equal(by('sagsbehandler@kommune.example'), null);
    assert.equal(by('sagsbehandler@kommune.test'), null);
    assert.equal(by('SAGSBEHANDLER@KOMMUNE.EXAMPLE'), null);
    assert.equal(by('sikkerpost@nabo.example'), 'sender-unknown');
    assert.equal(by('nogen@fremmed.example'), 'envelope-foreign');
    assert.equal(by('sagsbehandler@sub.kommune.example'), 'envelope-foreign');
    assert.equal(by(''), 'empty-envelope-sender');
  });

  it('MAIL FROM of the neighbour gives no right to a From of ours, nor the other way, also for ordinary mail', () => {
    const ours = { peerCvrs: null, mailFrom: 'sikkerpost@kommune.example', recipients: ['nogen@andetsteds.example'] };
    assert.equal(problemOfMail(ours, plain('sikkerpost@nabo.example')), 'envelope-foreign');
    assert.equal(problemOfMail({ ...ours, mailFrom: 'sikkerpost@nabo.example' }, plain('sikkerpost@kommune.example')), 'envelope-foreign');
    assert.equal(problemOfMail(ours, plain('nogen@fremmed.example')), 'envelope-foreign');
  });

  it('two From headers, two addresses, none, or one that can be read in two ways give no right, not to ordinary mail either', () => {
    const from = 'sikkerpost@kommune.example';
    for (const recipient of ['1234567890@35833684.ngdp.digital-post.dk', 'nogen@andetsteds.example']) {
      const envelope = { peerCvrs: null, mailFrom: from, recipients: [recipient] };
      for (const author of [
        { ...plain(from), fromHeaderCount: 2, fromAddresses: [from, from] }, { ...plain(from), fromAddresses: [from, 'x@y.example'] },
        { ...plain(from), fromHeaderCount: 0, fromAddresses: [] }, { ...plain(from), ambiguous: true },
        { ...plain(from), fromAddresses: [''] }, { ...plain(from), fromHeaderCount: 2 },
      ]) assert.equal(problemOfMail(envelope, author), 'from-ambiguous', JSON.stringify(author));
    }
  });

  it('one recipient that the mailbox may not write as stops the mail, whatever the others are', () => {
    const recipients = ['nogen@andetsteds.example', `1234567890@${JOBCENTER}.ngdp.digital-post.dk`, `1234567890@${BYGGESAGER}.ngdp.digital-post.dk`];
    const envelope = { peerCvrs: null, mailFrom: 'jobcenter@kommune.example', recipients };
    const problem = authorProblem(rules, envelope, plain('jobcenter@kommune.example'));
    assert.equal(problem?.code, 'sender-not-allowed');
    assert.deepEqual(problem.parameters['allowedMailboxes'], ['sikkerpost@kommune.example']);
    assert.equal(problem.parameters['sender'], 'Byggesager');
  });

  it('a certificate of one organisation does not carry another’s mail, nor one of an organisation that is gone', () => {
    const envelope = { peerCvrs: ['97281536'], mailFrom: 'sikkerpost@kommune.example', recipients: [] };
    assert.equal(senderProblem(rules, envelope)?.code, 'envelope-foreign');
    assert.equal(senderProblem(rules, { ...envelope, peerCvrs: ['11111111'] })?.code, 'envelope-foreign');
    assert.equal(senderProblem(rules, { ...envelope, peerCvrs: ['35833684'] }), null);
    const fromNobody = { ...envelope, mailFrom: '' };
    assert.equal(authorProblem(rules, fromNobody, plain('sikkerpost@kommune.example'))?.code, 'envelope-foreign');
    assert.equal(authorProblem(rules, { ...fromNobody, peerCvrs: ['11111111'] }, plain('sikkerpost@kommune.example'))?.code, 'envelope-foreign');
  });

  it('channels that are not connected are told apart from wrong addresses', () => {
    const envelope = { peerCvrs: null, mailFrom: 'sikkerpost@kommune.example', recipients: [] };
    const codeOf = (address: string) => recipientProblem(rules, envelope, address)?.code ?? null;
    assert.equal(codeOf('1234567890@35833684.mitdk.digital-post.dk'), 'channel-not-available');
    assert.equal(codeOf('1234567890@digital-post.dk'), 'channel-not-available');
    assert.equal(codeOf('masseforsendelse-3@35833684.ngdp.digital-post.dk'), null);
    assert.equal(codeOf('123456789@35833684.ngdp.digital-post.dk'), 'address-malformed');
    assert.equal(codeOf(`1234567890.${JOBCENTER}@35833684.ngdp.digital-post.dk`), 'citizen-contact-point');
    assert.equal(codeOf(`87654321-reply.${JOBCENTER}@35833684.ngdp.digital-post.dk`), null);
    assert.equal(codeOf('nogen@andetsteds.example'), null);
  });

  it('over a certificate that several share, X-OriginatorOrg must name the tenant, once', () => {
    const shared: SendingRules = {
      ...rules,
      directory: makeDirectory(rules.directory.organisations.map((one) => ({ ...one, smtpOriginatorOrgs: ['kommune.example'] }))),
    };
    const envelope = { peerCvrs: ['35833684', '97281536'], mailFrom: 'sikkerpost@kommune.example', recipients: [] };
    const by = (originators: readonly string[], peerCvrs: readonly string[] | null = envelope.peerCvrs) =>
      authorProblem(shared, { ...envelope, peerCvrs }, { ...plain('sikkerpost@kommune.example'), originators })?.code ?? null;
    assert.equal(by(['kommune.example']), null);
    assert.equal(by([]), 'originator-foreign');
    assert.equal(by(['ond.example']), 'originator-foreign');
    assert.equal(by(['kommune.example', 'ond.example']), 'originator-foreign');
    assert.equal(by([], null), null);
  });
});
