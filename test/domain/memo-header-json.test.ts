import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  deadlineFault, deadlineMoment, digitsFault, emptyMemoHeader, formFault, kleFault, memoHeaderFaults, memoTextFault,
  MEMO_HEADER_FILE, readMemoHeaderJson, writeMemoHeaderJson, type OutboundMemoHeader,
} from '../../src/domain/memo-header-json.ts';
import { isMemoHeaderFileName, looksLikeMemoHeader } from '../../src/domain/memo-header-file.ts';

const now = new Date('2026-11-25T10:00:00Z');
const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const COMPANY_DESK = 'bdcc201c-600c-4254-92c4-bab15dc075b5';

const everything: OutboundMemoHeader = {
  replyByDateTime: '2026-12-10',
  caseId: '2026-004512',
  caseSystem: 'Sagssystemet',
  kle: { key: '32.30.04', version: 'November 2026', label: 'Boligstøtte' },
  form: { key: '48.45.05.05', version: null, label: null },
  attentionPerson: 'Kirsten, Regnskab',
  productionUnitNumber: '1234567890',
  globalLocationNumber: '5798000012345',
  senderContactPoint: JOBCENTER,
  recipientContactPoints: [{ cvr: '87654321', contactPoint: COMPANY_DESK }],
};

function headerOf(file: unknown): OutboundMemoHeader {
  const read = readMemoHeaderJson(JSON.stringify(file));
  assert.equal(read.kind, 'outbound');
  return read.kind === 'outbound' ? read.header : emptyMemoHeader;
}

describe('the MemoHeader.json of a mail that is sent', () => {
  it('is read back as it was written, with every field filled', () => {
    const text = writeMemoHeaderJson(everything) ?? '';
    assert.deepEqual(readMemoHeaderJson(text), { kind: 'outbound', header: everything });
    assert.deepEqual(readMemoHeaderJson(`\ufeff${text}`), { kind: 'outbound', header: everything });
  });

  it('is read back as it was written, whatever the texts', () => {
    const text = fc.option(fc.string({ minLength: 1 }).map((value) => value.trim()).filter((value) => value !== ''), { nil: null });
    const classification = fc.option(
      fc.record({ key: text.filter((key) => key !== null), version: text, label: text }, { noNullPrototype: true }), { nil: null },
    );
    const header = fc.record({
      replyByDateTime: text, caseId: text, caseSystem: fc.constant(null), kle: classification, form: classification,
      attentionPerson: text, productionUnitNumber: text, globalLocationNumber: text,
      senderContactPoint: fc.constantFrom(null, JOBCENTER),
      recipientContactPoints: fc.array(fc.record({ cvr: fc.constantFrom('87654321', '12345678'), contactPoint: fc.constant(COMPANY_DESK) }, { noNullPrototype: true })),
    }, { noNullPrototype: true });
    fc.assert(fc.property(header, (value) => {
      const written = writeMemoHeaderJson(value);
      assert.deepEqual(written === null ? { kind: 'outbound', header: emptyMemoHeader } : readMemoHeaderJson(written), { kind: 'outbound', header: value });
    }));
  });

  it('is not written when there is nothing to carry', () => {
    assert.equal(writeMemoHeaderJson(emptyMemoHeader), null);
    assert.equal(writeMemoHeaderJson({ ...emptyMemoHeader, caseSystem: 'Sagssystemet' }), null);
  });

  it('has plain texts where nothing more is known', () => {
    const plain = { ...emptyMemoHeader, caseId: '2026-1', kle: { key: '32.30.04', version: null, label: null } };
    const file: unknown = JSON.parse(writeMemoHeaderJson(plain) ?? '');
    assert.deepEqual(file, { version: 1, contentData: { caseId: '2026-1', kle: '32.30.04' } });
  });

  it('may name things by the names of the XSD, by a text alone, and in any version 1', () => {
    const file = {
      version: '1.0',
      contentData: { caseId: { caseID: ' 7 ', caseSystem: 'S' }, form: { taskKey: '48.45.05.05' } },
      recipient: { attention: 'Kirsten' },
      sender: { contactPoint: { contactPointID: JOBCENTER.toUpperCase() } },
      recipients: [{ id: 87654321, contactPoint: { id: COMPANY_DESK } }, { id: '12345678' }],
      unknown: { to: 'us' },
    };
    const header = headerOf(file);
    assert.equal(header.caseId, '7');
    assert.equal(header.caseSystem, 'S');
    assert.equal(header.form?.key, '48.45.05.05');
    assert.equal(header.attentionPerson, 'Kirsten');
    assert.equal(header.senderContactPoint, JOBCENTER);
    assert.deepEqual(header.recipientContactPoints, everything.recipientContactPoints);
    assert.deepEqual(headerOf({}), emptyMemoHeader);
  });

  it('that came with a received message tells of that one', () => {
    assert.deepEqual(readMemoHeaderJson(JSON.stringify({ version: 1, messageUUID: 'a', contentData: { kle: 'wrong' } })), { kind: 'received' });
    assert.deepEqual(readMemoHeaderJson(JSON.stringify({ transmissionId: 'a', files: [] })), { kind: 'received' });
  });

  it('is unreadable when it is no JSON, another version, or of another shape', () => {
    const texts = [
      '', '{', 'null', '[]', '"a"', '{"version": 2}', '{"contentData": "a"}', '{"contentData": {"kle": true}}',
      '{"recipients": {}}', '{"recipients": [1]}', '{"recipients": [{"contactPoint": "a"}]}', '{"sender": []}', '{"replyByDateTime": {}}',
    ];
    for (const text of texts) assert.deepEqual(readMemoHeaderJson(text), { kind: 'unreadable' }, text);
  });

  it('never makes the reader throw', () => {
    const names = fc.constantFrom('version', 'replyByDateTime', 'contentData', 'caseId', 'kle', 'recipient', 'attention', 'sender', 'recipients', 'id', '__proto__');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 4 }, fc.string(), fc.integer(), fc.constant(null), fc.array(tie('value')), fc.dictionary(names, tie('value'))),
    }));
    fc.assert(fc.property(value, (json) => { readMemoHeaderJson(JSON.stringify(json)); }));
    fc.assert(fc.property(fc.string(), (text) => { readMemoHeaderJson(text); }));
  });

  it('is known as a MemoHeader file by its name, and by what is in it under any other', () => {
    assert.ok(isMemoHeaderFileName(MEMO_HEADER_FILE));
    const texts = [everything, { ...emptyMemoHeader, caseId: '2026-1' }, { ...emptyMemoHeader, replyByDateTime: '2026-12-10' }];
    for (const header of texts) {
      const text = writeMemoHeaderJson(header) ?? '';
      assert.ok(looksLikeMemoHeader(text), text);
      assert.ok(looksLikeMemoHeader(JSON.stringify({ file: JSON.parse(text) as unknown })));
      assert.ok(looksLikeMemoHeader(text.slice(0, -3)), 'cut');
    }
    assert.equal(looksLikeMemoHeader('{"version": 1, "name": "package"}'), false);
  });
});

describe('the checks that pane and gateway share', () => {
  it('a deadline is a date that exists, after today in Denmark', () => {
    assert.equal(deadlineFault('', now), null);
    assert.equal(deadlineFault('2026-11-26', now), null);
    assert.equal(deadlineFault('2026-11-25', now), 'past');
    assert.equal(deadlineFault('2026-11-25', new Date('2026-11-25T22:59:59Z')), 'past');
    assert.equal(deadlineFault('2026-11-26', new Date('2026-11-25T23:00:00Z')), 'past');
    assert.equal(deadlineFault('2026-11-25T23:59:59Z', now), null);
    assert.equal(deadlineFault('2026-02-30', now), 'no-date');
    for (const text of ['10.12.2026', 'i morgen', '2026-13-01', '2026-12-10T25:00:00Z', '20261-12-10']) {
      assert.equal(deadlineFault(text, now), 'no-date', text);
    }
  });

  it('a day lasts until its end in Denmark, summer and winter', () => {
    assert.equal(deadlineMoment('2026-12-10')?.toISOString(), '2026-12-10T22:59:59.000Z');
    assert.equal(deadlineMoment('2026-07-10')?.toISOString(), '2026-07-10T21:59:59.000Z');
    assert.equal(deadlineMoment('2026-12-10T12:00:00+01:00')?.toISOString(), '2026-12-10T11:00:00.000Z');
  });

  it('KLE is written as 32.30.04 and FORM as 48.45.05.05', () => {
    for (const text of ['', '32.30.04', '00.00.00']) assert.equal(kleFault(text), null);
    for (const text of ['32.30', '32.30.4', '32.30.04.', '32-30-04', '32.30.04 G01', '٣٢.٣٠.٠٤']) assert.equal(kleFault(text), 'wrong-form', text);
    for (const text of ['', '48.45.05.05']) assert.equal(formFault(text), null);
    for (const text of ['48.45.05', '48.45.05.05.01', 'x48.45.05.05']) assert.equal(formFault(text), 'wrong-form', text);
  });

  it('a text has at most 256 characters on one line', () => {
    assert.equal(memoTextFault('😀'.repeat(256)), null);
    assert.equal(memoTextFault('a'.repeat(257)), 'too-long');
    for (const text of ['a\nb', 'a\u0000', 'a\ud800', 'a\uffff']) assert.equal(memoTextFault(text), 'odd-signs');
  });

  it('a production unit has 10 digits, a location number 13', () => {
    assert.equal(digitsFault('1234567890', 10), null);
    assert.equal(digitsFault('123456789', 10), 'wrong-form');
    assert.equal(digitsFault('5798000012345', 13), null);
    assert.equal(digitsFault('579800001234x', 13), 'wrong-form');
  });

  it('find nothing in what is right, and everything in what is wrong', () => {
    assert.deepEqual(memoHeaderFaults(everything, now), []);
    const wrong: OutboundMemoHeader = {
      replyByDateTime: '2020-01-01',
      caseId: 'a'.repeat(257),
      caseSystem: 'a\tb',
      kle: { key: '32.30', version: 'a\nb', label: null },
      form: { key: '1', version: null, label: 'b'.repeat(257) },
      attentionPerson: 'a\rb',
      productionUnitNumber: '1',
      globalLocationNumber: '2',
      senderContactPoint: 'jobcenter',
      recipientContactPoints: [
        { cvr: '2512489996', contactPoint: COMPANY_DESK }, { cvr: '87654321', contactPoint: 'x' },
        { cvr: '12345678', contactPoint: COMPANY_DESK }, { cvr: '12345678', contactPoint: JOBCENTER },
      ],
    };
    assert.deepEqual(
      memoHeaderFaults(wrong, now).map(({ field, fault }) => `${field} ${fault}`),
      [
        'replyByDateTime past', 'caseId too-long', 'caseSystem odd-signs', 'attentionPerson odd-signs',
        'productionUnitNumber wrong-form', 'globalLocationNumber wrong-form', 'kle wrong-form', 'kle odd-signs',
        'form wrong-form', 'form too-long', 'senderContactPoint wrong-form', 'recipientContactPoint wrong-form',
        'recipientContactPoint wrong-form', 'recipientContactPoint twice',
      ],
    );
  });
});
