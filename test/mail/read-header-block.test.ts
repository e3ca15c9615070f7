import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readHeaderBlock } from '../../src/mail/read-header-block.ts';
import { corpusFolder, filesBelow, lines, readMail } from './mail-fixtures.ts';

const read = (...all: readonly string[]) => readHeaderBlock(Buffer.from(lines(...all, '', 'From: krop@x.dk')));

describe('the one mailbox in From', () => {
  for (const from of [
    'jobcenter@kommune.example', 'Jobcenter <JOBCENTER@Kommune.Example>', '"Job, center" <jobcenter@kommune.example>',
    '=?utf-8?Q?J=C3=B8b?= <jobcenter@kommune.example>', 'jobcenter@kommune.example (Jobcenter (nord))', '"jobcenter"@kommune.example',
    '"anden@nabo.example" <jobcenter@kommune.example>', 'Jobcenter\r\n <jobcenter@kommune.example>', 'jobcenter@kommune.example <jobcenter@kommune.example>',
    '(a) Job (b) <jobcenter@kommune.example> (c)', '=?utf-8?Q?=3Canden=40nabo.example=3E?= <jobcenter@kommune.example>', '<jobcenter@kommune.example>',
  ]) {
    it(`is found in ${JSON.stringify(from)}`, () => {
      assert.deepEqual(read(`From: ${from}`).from, { headerCount: 1, addresses: ['jobcenter@kommune.example'], ambiguous: false });
    });
  }
});

describe('a From that gives no right', () => {
  for (const from of [
    'a@x.dk, jobcenter@kommune.example', 'a@x.dk jobcenter@kommune.example', '<a@x.dk> <jobcenter@kommune.example>', 'a@x.dk <jobcenter@kommune.example>',
    'Gruppe: jobcenter@kommune.example;', '<@a.dk,@b.dk:jobcenter@kommune.example>', '=?utf-8?Q?jobcenter=40kommune.example?=', '<=?utf-8?Q?jobcenter?=@kommune.example>',
    'jobcenter@kommune.example\0', '<jobcenter@kommune.example', '"jobcenter@kommune.example', 'jobcenter@kommune.example>, x', 'jobcenter(x)@kommune.example',
    'job center@kommune.example', 'jobcenter@kommune.example@x.dk', 'Jobcenter', '', '<>', '(jobcenter@kommune.example', 'jobcenter @ kommune.example',
    '<jobcenter@kommune.example> Jobcenter', 'jobcenter@kommune.example;', '<<jobcenter@kommune.example>>', 'x'.repeat(10) + ', '.repeat(20_000) + 'a@b.dk',
  ]) {
    it(`is ${JSON.stringify(from.slice(0, 60))}`, () => {
      const { headerCount, addresses, ambiguous } = read(`From: ${from}`).from;
      assert.ok(headerCount !== 1 || addresses.length !== 1 || ambiguous);
    });
  }

  it('stands twice, or under an odd name', () => {
    assert.equal(read('From: a@x.dk', 'from: b@x.dk').from.headerCount, 2);
    assert.equal(read('From: a@x.dk', 'From : b@x.dk').from.headerCount, 2);
    assert.equal(read('From : a@x.dk').malformed, true);
    assert.equal(read('From: a@x.dk', 'F\0rom: b@x.dk').malformed, true);
    assert.equal(read('Subject: x\rFrom: b@x.dk', 'From: a@x.dk').malformed, true);
    assert.equal(read('From: a@x.dk', '\uFEFFFrom: b@x.dk').malformed, true);
    assert.equal(read('Subject: x').from.headerCount, 0);
  });
});

describe('the header block', () => {
  it('counts and reads what the door asks for', () => {
    const block = read('Received: a', ' from b', 'received: c', 'From: a@x.dk', 'Sender: S <s@x.dk>', 'Message-ID: <1@x>', 'Auto-Submitted: Auto-Replied; x', 'Precedence: Bulk', 'List-Id: <l.x>');
    assert.deepEqual([block.receivedCount, block.sender.addresses, block.messageId, block.autoSubmitted, block.precedence, block.isFromList, block.malformed], [2, ['s@x.dk'], '<1@x>', 'auto-replied', 'bulk', true, false]);
    assert.deepEqual([read('From: a@x.dk').messageId, read('From: a@x.dk').autoSubmitted], [null, null]);
  });

  it('sees the same addresses in From as the parser does', async (t) => {
    const folder = corpusFolder('mime4j');
    if (folder === null) return t.skip('the corpora are not on this machine');
    for (const path of filesBelow(folder).filter((name) => name.endsWith('.msg') && !name.includes('very-very'))) {
      const bytes = readFileSync(path);
      const mail = await readMail(bytes);
      const block = readHeaderBlock(bytes);
      assert.deepEqual(block.from.addresses, mail.from.addresses.map((each) => each.address.toLowerCase()), path);
      assert.equal(block.from.headerCount, mail.from.headerCount);
    }
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: fc.constantFrom(...'<>@,;:"()\\ a=?\r\n\0'), maxLength: 60 }), (bytes, from) => {
      readHeaderBlock(bytes);
      assert.ok(readHeaderBlock(Buffer.from(`From: ${from}\r\n\r\n`)).from.headerCount <= 61);
    }));
  });
});

describe('the address syntax cases of isemail', () => {
  it('are read as written where they are plain', (t) => {
    const folder = corpusFolder('isemail/test');
    if (folder === null) return t.skip('the corpora are not on this machine');
    const cases = readFileSync(`${folder}/tests.xml`, 'utf8').matchAll(/<address>([^<]*)<\/address>[^]*?<diagnosis>([^<]*)<\/diagnosis>/g);
    let plain = 0;
    for (const [, address = '', diagnosis] of cases) {
      if (diagnosis !== 'ISEMAIL_VALID' || !/^[\w.+-]+@[\w.-]+$/.test(address)) continue;
      assert.deepEqual(read(`From: ${address}`).from, { headerCount: 1, addresses: [address.toLowerCase()], ambiguous: false });
      plain += 1;
    }
    assert.ok(plain > 5);
  });
});
