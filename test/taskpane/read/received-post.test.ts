import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { readReceivedPost } from '../../../src/taskpane/read/received-post.ts';

const POINT = 'BDCC201C-600C-4254-92C4-BAB15DC075B5';

const header = {
  version: 1, channel: 'ngdp', messageUUID: '9ad0e5a1-5f60-4c31-9d43-9e1b1f7fd0ab', label: 'Svar på indkaldelse', reply: true,
  replyByDateTime: '2026-12-10', sender: { id: '2512489996', idType: 'CPR', label: 'Nancy Ann Test Berggren' },
  recipient: { id: '35833684', idType: 'CVR', contactPoint: { id: POINT, label: 'Jobcenter' } },
  contentData: { caseId: '2026-004512' }, replyData: [{ messageID: '1' }],
};
const info = { receivedAt: '2026-11-25T09:00:00Z', transmissionId: '1', memoVersion: '1.2', files: [], rule: { id: 'r1', name: 'Jobcenter til sag', action: 'move' } };

describe('what received post tells of itself', () => {
  it('is who sent it, to whom, what it answers, until when, and by which rule it came here', () => {
    assert.deepEqual(readReceivedPost(JSON.stringify(header), JSON.stringify(info)), {
      from: { name: 'Nancy Ann Test Berggren', number: { kind: 'cpr', number: '2512489996' } },
      to: { contactPoint: POINT.toLowerCase(), label: 'Jobcenter' },
      isAnswer: true, answerable: true, deadline: new Date('2026-12-10T22:59:59.000Z'), caseId: '2026-004512', rule: 'Jobcenter til sag',
    });
  });

  it('may come in the spellings of MeMo itself', () => {
    const post = readReceivedPost(JSON.stringify({
      messageUUID: '1', sender: { senderID: '12345678', label: ' ' }, recipient: { contactPoint: POINT }, contentData: { caseId: { caseID: 'a-1' } },
    }), null);
    assert.deepEqual(post, {
      from: { name: null, number: { kind: 'cvr', number: '12345678' } }, to: { contactPoint: POINT.toLowerCase(), label: null },
      isAnswer: false, answerable: true, deadline: null, caseId: 'a-1', rule: null,
    });
  });

  it('is not told where the file is one that the add-in wrote itself', () => {
    assert.equal(readReceivedPost(JSON.stringify({ version: 1, contentData: { caseId: '2026-004512' } }), null), null);
    assert.equal(readReceivedPost('{', null), null);
  });

  it('says that the sender cannot be answered', () => {
    assert.equal(readReceivedPost(JSON.stringify({ ...header, reply: false }), null)?.answerable, false);
  });

  it('leaves out what is not as expected, and never fails', () => {
    const any = fc.jsonValue();
    const broken = fc.record({ messageUUID: fc.constant('1'), sender: any, recipient: any, contentData: any, replyData: any, reply: any, replyByDateTime: any }, { requiredKeys: ['messageUUID'] });
    fc.assert(fc.property(broken, fc.option(any), (value, rule) => {
      assert.ok(readReceivedPost(JSON.stringify(value), rule === null ? null : JSON.stringify(rule)));
    }));
    fc.assert(fc.property(fc.string(), fc.string(), (one, other) => {
      readReceivedPost(one, other);
    }));
  });
});
