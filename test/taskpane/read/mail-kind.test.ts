import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mailKind } from '../../../src/taskpane/read/mail-kind.ts';
import { attached, mail } from './read-fixtures.ts';

const own = ['mette@kommune.example', 'jobcenter@kommune.example'];
const colleague = { displayName: 'Vera', emailAddress: 'vikar@kommune.example' };
const citizen = { address: '2512489996@35833684.ngdp.digital-post.dk', name: 'Nancy Ann Test Berggren (Digital Post)' };
const gateway = { address: 'digitalpost@kommune.example', name: 'Digital Post' };

describe('what a mail is to Digital Post', () => {
  it('was sent by me, where it went to such an address from a mailbox of mine', () => {
    assert.deepEqual(mailKind(mail(), own), { kind: 'sent' });
    assert.deepEqual(mailKind(mail({ from: { address: 'Jobcenter@Kommune.Example', name: '' } }), own), { kind: 'sent' });
    assert.deepEqual(mailKind(mail({ to: [colleague], cc: mail().to }), own), { kind: 'sent' });
  });

  it('was sent by me also where it carries a MemoHeader.json of mine', () => {
    assert.deepEqual(mailKind(mail({ attachments: [attached('MemoHeader.json')] }), own), { kind: 'sent' });
  });

  it('is ordinary to a colleague who got a copy', () => {
    assert.deepEqual(mailKind(mail({ from: { address: 'hr@kommune.example', name: '' } }), own), { kind: 'ordinary' });
    assert.deepEqual(mailKind(mail({ to: [colleague] }), own), { kind: 'ordinary' });
  });

  it('was received, where the gateway put its file into it', () => {
    const received = mail({ from: citizen, to: [colleague], attachments: [attached('brev.pdf'), attached('memoheader.JSON'), attached('MemoHeaderInfo.json')] });
    assert.deepEqual(mailKind(received, own), { kind: 'received', header: 'id of memoheader.JSON', info: 'id of MemoHeaderInfo.json' });
    const alone = mail({ from: citizen, to: [colleague], attachments: [attached('MemoHeader.json')] });
    assert.deepEqual(mailKind(alone, own), { kind: 'received', header: 'id of MemoHeader.json', info: null });
  });

  it('is ordinary where such a file came from elsewhere: nobody of the internet speaks for Digital Post', () => {
    for (const address of ['nancy@mail.example', 'digitalpost@kommune.example', '2512489996@35833684.ngdp.digital-post.dk.evil.example', '2512489996@35833684.ngdp.digita1-post.dk', '']) {
      assert.deepEqual(mailKind(mail({ from: { address, name: 'Digital Post' }, to: [colleague], attachments: [attached('MemoHeader.json')] }), own), { kind: 'ordinary' }, address);
    }
  });

  it('is ordinary where only a link to such a file is there', () => {
    const linked = mail({ from: citizen, to: [colleague], attachments: [attached('MemoHeader.json', { kind: 'link' })] });
    assert.deepEqual(mailKind(linked, own), { kind: 'ordinary' });
  });

  it('is a receipt by its subject and its file together', () => {
    const receipt = mail({ from: gateway, to: [colleague], subject: 'Kvittering: Møde – tirsdag – 3 leveret, 1 fejlet', attachments: [attached('NgDPKvittering.json')] });
    assert.deepEqual(mailKind(receipt, own), { kind: 'receipt', subject: 'Møde – tirsdag', copy: 'id of NgDPKvittering.json' });
    assert.deepEqual(mailKind({ ...receipt, attachments: [] }, own), { kind: 'ordinary' });
    assert.deepEqual(mailKind({ ...receipt, subject: 'SV: Kvittering: Møde – 3 leveret' }, own), { kind: 'ordinary' });
    assert.deepEqual(mailKind({ ...receipt, subject: 'Kvitteringer for 3 mails – 12 leveret' }, own), { kind: 'receipt', subject: null, copy: 'id of NgDPKvittering.json' });
  });
});
