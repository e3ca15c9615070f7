import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { readLetterMark } from '../../../src/domain/letter-mark.ts';
import { readMassSendList } from '../../../src/domain/mass-send-list.ts';
import { LetterReader } from '../../../src/taskpane/mass/letter-now.ts';
import { mendAddress, mendLetter, mendLists, putList } from '../../../src/taskpane/mass/put-list.ts';
import { takeListOut } from '../../../src/taskpane/mass/take-list-out.ts';
import { draftNow } from '../../../src/taskpane/mass/write-mass.ts';
import { addressesOf, citizen, company, contentOf, filesOf, list, massOf, sender, third, world } from './mail-world.ts';

describe('a list that is put into the mail', () => {
  it('is a file that the gateway reads, the address of as many, and the letter with what it was made of', async () => {
    const { outlook, parts } = await world();
    outlook.mail.to = [{ displayName: 'Kollega', emailAddress: 'kollega@kommune.example' }];
    assert.deepEqual(await putList(parts, list), { kind: 'written' });
    assert.deepEqual(filesOf(outlook), ['body.pdf', 'masseforsendelse.txt']);
    const read = readMassSendList(contentOf(outlook, 'masseforsendelse.txt'), 2);
    assert.deepEqual(read.kind === 'list' && read.recipients.map(({ id }) => id), list.recipients);
    assert.deepEqual(outlook.mail.to, [{ displayName: 'Kollega', emailAddress: 'kollega@kommune.example' }, { displayName: '2 modtagere (Digital Post)', emailAddress: massOf(2) }]);
    const mark = readLetterMark(outlook.mail.headers['X-Postbro-Letter'] ?? '');
    assert.equal(mark?.pdfSha256, createHash('sha256').update(contentOf(outlook, 'body.pdf')).digest('hex'));
  });

  it('takes the place of citizens who stood in the mail and are on it, in every field; others stay', async () => {
    const { outlook, parts } = await world();
    const other = '0202020202@35833684.ngdp.digital-post.dk';
    outlook.mail.to = [{ displayName: 'Nancy', emailAddress: '2512489996-reply@35833684.ngdp.digital-post.dk' }];
    outlook.mail.bcc = [{ displayName: 'Nancy', emailAddress: '2512489996@35833684.ngdp.digital-post.dk' }, { displayName: 'Bo', emailAddress: other }];
    // Bo is not on the list: the gateway would refuse the mail, and so it is not said to be done.
    assert.equal((await putList(parts, { ...list, leaving: [citizen] })).kind, 'failed');
    assert.deepEqual(addressesOf(outlook), [massOf(2), other]);
  });

  it('a second time changes nothing, and another list takes the place of the first with its address', async () => {
    const { outlook, parts } = await world();
    await putList(parts, list);
    const before = structuredClone(outlook.mail);
    assert.deepEqual(await putList(parts, list), { kind: 'written' });
    assert.deepEqual(outlook.mail, before);
    assert.deepEqual(await putList(parts, { ...list, recipients: [citizen, company, third] }), { kind: 'written' });
    assert.deepEqual(addressesOf(outlook), [massOf(3)]);
    assert.deepEqual(filesOf(outlook), ['body.pdf', 'masseforsendelse.txt']);
    assert.equal(readMassSendList(contentOf(outlook, 'masseforsendelse.txt'), 3).kind, 'list');
  });

  it('brings the columns for letters that are filled in, instead of a letter, and takes each out again when it is the other', async () => {
    const { outlook, parts, gateway } = await world();
    const merge = { kind: 'merge', columns: Buffer.from('Nummer;Navn') } as const;
    assert.deepEqual(await putList(parts, { ...list, each: merge }), { kind: 'written' });
    assert.deepEqual([filesOf(outlook), gateway.rendered], [['masseforsendelse.csv', 'masseforsendelse.txt'], 0]);
    assert.equal(contentOf(outlook, 'masseforsendelse.csv').toString(), 'Nummer;Navn');
    assert.deepEqual(await putList(parts, list), { kind: 'written' });
    assert.deepEqual(filesOf(outlook), ['body.pdf', 'masseforsendelse.txt']);
    assert.deepEqual(await putList(parts, { ...list, each: merge }), { kind: 'written' });
    assert.deepEqual(filesOf(outlook), ['masseforsendelse.csv', 'masseforsendelse.txt']);
    assert.equal((await takeListOut(parts.outlook)).kind, 'taken');
    assert.deepEqual(filesOf(outlook), []);
  });

  it('has no letter of its own where there is a file for each', async () => {
    const { outlook, parts } = await world();
    outlook.mail.files = [outlook.file('2512489996.pdf', { content: 'YQ==' }), outlook.file('87654321.pdf', { content: 'YQ==' })];
    assert.deepEqual(await putList(parts, { ...list, each: { kind: 'files' } }), { kind: 'written' });
    assert.deepEqual(filesOf(outlook), ['2512489996.pdf', '87654321.pdf', 'masseforsendelse.txt']);
  });

  it('brings each one’s own letter, and in the place of those of another list; a second time changes nothing', async () => {
    const { outlook, parts } = await world();
    const told: number[] = [];
    const split = (...letters: readonly (readonly [string, string])[]) =>
      ({ kind: 'split', letters: letters.map(([number, base64]) => ({ number, base64 })), onLetter: (done: number) => void told.push(done) }) as const;
    outlook.mail.files = [outlook.file('0101010101.pdf', { content: 'YQ==' }), outlook.file('251248-9996.pdf', { content: 'YQ==' }), outlook.file('bilag.pdf', { content: 'YQ==' })];
    const each = split([citizen.number, 'bjE='], [company.number, 'bjI=']);
    assert.deepEqual(await putList(parts, { ...list, each }), { kind: 'written' });
    assert.deepEqual([filesOf(outlook), told], [['2512489996.pdf', '87654321.pdf', 'bilag.pdf', 'masseforsendelse.txt'], [1, 2]]);
    assert.deepEqual([contentOf(outlook, '2512489996.pdf').toString(), contentOf(outlook, '87654321.pdf').toString()], ['n1', 'n2']);
    const before = structuredClone(outlook.mail);
    assert.deepEqual(await putList(parts, { ...list, each }), { kind: 'written' });
    assert.deepEqual(outlook.mail, before);
    assert.deepEqual(await putList(parts, { ...list, each: split([citizen.number, 'bjM='], [company.number, 'bjI=']) }), { kind: 'written' });
    assert.deepEqual([contentOf(outlook, '2512489996.pdf').toString(), filesOf(outlook).length], ['n3', 4]);
  });

  it('has no list while the letters come, so that half of them are sent to nobody', async () => {
    const { outlook, parts } = await world();
    const each = { kind: 'split', letters: [{ number: citizen.number, base64: 'bjE=' }, { number: company.number, base64: 'bjI=' }], onLetter: () => undefined } as const;
    await putList(parts, list);
    outlook.trouble('addFileAttachmentFromBase64Async', { error: 'GenericError' });
    assert.equal((await putList(parts, { ...list, each })).kind, 'failed');
    assert.deepEqual([filesOf(outlook).includes('masseforsendelse.txt'), addressesOf(outlook)], [false, [massOf(2)]]);
    outlook.trouble('addFileAttachmentFromBase64Async');
    assert.deepEqual(await putList(parts, { ...list, each }), { kind: 'written' });
    assert.deepEqual(filesOf(outlook), ['2512489996.pdf', '87654321.pdf', 'masseforsendelse.txt']);
  });

  it('leaves a body.pdf of the writer’s own alone, and asks nobody for another letter', async () => {
    const { outlook, parts, gateway } = await world();
    outlook.mail.files = [outlook.file('body.pdf', { content: 'b3du' })];
    assert.deepEqual(await putList(parts, list), { kind: 'written' });
    assert.deepEqual(filesOf(outlook), ['body.pdf', 'masseforsendelse.txt']);
    assert.equal(contentOf(outlook, 'body.pdf').toString(), 'own');
    assert.equal(gateway.rendered, 0);
    await takeListOut(parts.outlook);
    assert.deepEqual(filesOf(outlook), ['body.pdf']);
  });

  it('whose text shows a picture that cannot be told apart is left to the gateway to make a letter of', async () => {
    const { outlook, parts, gateway } = await world();
    outlook.mail.body = '<p><img src="cid:logo.png@01DC"></p>';
    assert.deepEqual(await putList(parts, list), { kind: 'written' });
    assert.deepEqual([filesOf(outlook), gateway.rendered], [['masseforsendelse.txt'], 0]);
    outlook.mail.files.push(outlook.file('logo.png', { isInline: true }));
    assert.deepEqual(await putList(parts, list), { kind: 'written' });
    assert.deepEqual([filesOf(outlook), gateway.rendered], [['body.pdf', 'logo.png', 'masseforsendelse.txt'], 1]);
  });

  it('changes nothing where the gateway does not answer', async () => {
    const { outlook, parts, gateway } = await world();
    gateway.answer = 'away';
    const before = structuredClone(outlook.mail);
    assert.deepEqual(await putList(parts, list), { kind: 'failed', why: { kind: 'away' } });
    assert.deepEqual(outlook.mail, before);
  });
});

describe('what fails half-way', () => {
  const failing = ['to.setAsync', 'addFileAttachmentFromBase64Async', 'removeAttachmentAsync', 'internetHeaders.setAsync'];

  it('is told, never leaves a list without its address, and is whole once it is done again', async () => {
    for (const call of failing) {
      for (const first of [[], [citizen, company, third]]) {
        const { outlook, parts } = await world();
        if (first.length > 0) await putList(parts, { ...list, recipients: first });
        outlook.mail.body = '<p>Kære alle</p>';
        outlook.trouble(call, { error: 'GenericError' }, { error: 'GenericError' });
        const done = await putList(parts, list);
        if (done.kind === 'failed') assert.deepEqual(done.why, { kind: 'outlook' }, call);
        assert.ok(!filesOf(outlook).includes('masseforsendelse.txt') || addressesOf(outlook).some((one) => one.startsWith('masseforsendelse-')), call);
        outlook.trouble(call);
        assert.deepEqual(await putList(parts, list), { kind: 'written' }, call);
        assert.deepEqual([filesOf(outlook), addressesOf(outlook)], [['body.pdf', 'masseforsendelse.txt'], [massOf(2)]], call);
      }
    }
  });

  it('is told where Outlook drops the address, and no file is attached', async () => {
    const dropping = await world();
    dropping.outlook.habits.addressKept = 10;
    assert.equal((await putList(dropping.parts, list)).kind, 'failed');
    assert.deepEqual(filesOf(dropping.outlook), []);
  });
});

describe('what is mended', () => {
  it('is the address, by the list that was put there by hand', async () => {
    const { outlook, parts } = await world();
    await putList(parts, list);
    outlook.mail.files = [outlook.file('masseforsendelse.txt', { content: Buffer.from('251248-9996\n').toString('base64') })];
    assert.deepEqual(await mendAddress(parts, null), { kind: 'written' });
    assert.deepEqual(outlook.mail.to, [{ displayName: '1 modtagere (Digital Post)', emailAddress: massOf(1) }]);
  });

  it('is an address that somebody has taken out, from the usual sender; from nobody where none is known', async () => {
    const { outlook, parts } = await world();
    await putList(parts, list);
    outlook.mail.to = [];
    assert.equal((await mendAddress(parts, null)).kind, 'failed');
    assert.deepEqual(await mendAddress(parts, sender), { kind: 'written' });
    assert.deepEqual(addressesOf(outlook), [massOf(2)]);
  });

  it('is an address that is written wrong before its @, from the sender that it names', async () => {
    for (const wrong of ['masseforsendelse-02@dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk', 'masseforsendelse-2-reply@DFEBD0CA-E211-47E4-AF3A-F0D3344F018E.mitdk.digital-post.dk']) {
      const { outlook, parts } = await world();
      await putList(parts, list);
      outlook.mail.to = [{ displayName: '', emailAddress: wrong }];
      assert.deepEqual(await mendAddress(parts, sender), { kind: 'written' });
      assert.deepEqual(addressesOf(outlook), ['masseforsendelse-2@dfebd0ca-e211-47e4-af3a-f0d3344f018e.ngdp.digital-post.dk']);
    }
  });

  it('is not the address, where the list cannot be used', async () => {
    const { outlook, parts } = await world();
    await putList(parts, list);
    outlook.mail.files = [outlook.file('masseforsendelse.txt', { content: Buffer.from('Hansen\n').toString('base64') })];
    assert.equal((await mendAddress(parts, sender)).kind, 'failed');
    assert.deepEqual(addressesOf(outlook), [massOf(2)]);
  });

  it('is the letter, when the mail has been written on', async () => {
    const { outlook, parts } = await world();
    await putList(parts, list);
    const now = async () => await new LetterReader(parts.outlook).now(await draftNow(parts.outlook), { subject: outlook.mail.subject, ...parts.textOf(outlook.mail.body) });
    const first = await now();
    assert.equal(first.mark?.sourceSha256, first.sourceSha256);
    outlook.mail.body = '<p>Kære alle</p>';
    const second = await now();
    assert.notEqual(second.mark?.sourceSha256, second.sourceSha256);
    assert.deepEqual(await mendLetter(parts), { kind: 'written' });
    const third = await now();
    assert.deepEqual([third.mark?.sourceSha256, third.mark?.pdfSha256], [third.sourceSha256, third.pdfSha256]);
    assert.match(contentOf(outlook, 'body.pdf').toString(), /Kære alle/);
    assert.deepEqual(filesOf(outlook), ['body.pdf', 'masseforsendelse.txt']);
  });

  it('are two lists, of which one stays', async () => {
    const { outlook, parts } = await world();
    outlook.mail.files = [outlook.file('masseforsendelse.txt'), outlook.file('masseforsendelse (1).txt'), outlook.file('Takster.pdf')];
    assert.deepEqual(await mendLists(parts, outlook.mail.files[1]?.id ?? ''), { kind: 'written' });
    assert.deepEqual(filesOf(outlook), ['Takster.pdf', 'masseforsendelse (1).txt']);
  });
});
