import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { APPROVAL_HEADER, DRAFT_HEADER } from '../../../src/taskpane/compose/approval-header.ts';
import { approvalTrouble, approveOutsiders, withdrawApproval, type ApprovalParts } from '../../../src/taskpane/compose/approve-outsiders.ts';
import type { NoAnswer } from '../../../src/taskpane/gateway/gateway.ts';
import { OutlookFailure } from '../../../src/taskpane/office/outlook.ts';
import { compose } from '../../../src/taskpane/texts/da.ts';

const expiresAt = '2026-12-26T08:00:00Z';
const wanted = { mailbox: 'jobcenter@kommune.example', addresses: ['ven@example.org'], before: [] };

/** A draft in memory beside a gateway that approves, or says why not. */
function world(answer: NoAnswer | null = null) {
  const headers: Record<string, string> = {};
  const asked: (readonly string[])[] = [];
  const withdrawn: string[] = [];
  const parts: ApprovalParts = {
    outlook: {
      headers: async () => await Promise.resolve({ ...headers }),
      setHeaders: async (some) => void Object.assign(await Promise.resolve(headers), some),
      removeHeaders: async (names) => {
        for (const name of await Promise.resolve(names)) delete headers[name];
      },
    },
    gateway: {
      guardApprove: async ({ addresses }) => {
        asked.push(addresses);
        return await Promise.resolve(answer ?? { kind: 'answer', value: { approval: `a${String(asked.length)}`, addresses: [...addresses], expiresAt } });
      },
      guardWithdraw: async (approval) => {
        withdrawn.push(approval);
        return await Promise.resolve({ kind: 'answer', value: true });
      },
    },
  };
  return { headers, asked, withdrawn, parts };
}
const outlookFails = async (): Promise<never> => await Promise.reject(new OutlookFailure('internetHeaders.setAsync', 'InternalServerError'));

describe('approving an outsider', () => {
  it('writes the approval into the draft, beside those that are there, and takes it out again', async () => {
    const { parts, headers, withdrawn } = world();
    assert.deepEqual(await approveOutsiders(parts, wanted), { kind: 'approved', approval: 'a1', expiresAt });
    assert.match(headers[DRAFT_HEADER] ?? '', /^[0-9a-f]{32}$/);
    const draft = headers[DRAFT_HEADER];
    await approveOutsiders(parts, { ...wanted, addresses: ['to@example.org'] });
    assert.deepEqual([headers[APPROVAL_HEADER], headers[DRAFT_HEADER]], ['a1 a2', draft]);
    assert.equal(await withdrawApproval(parts, 'a1'), null);
    assert.deepEqual([headers[APPROVAL_HEADER], withdrawn], ['a2', ['a1']]);
    assert.equal(await withdrawApproval(parts, 'a2'), null);
    assert.equal(APPROVAL_HEADER in headers, false);
  });

  it('is one approval of all where the header has no room for one more', async () => {
    const { parts, headers, asked } = world();
    headers[APPROVAL_HEADER] = Array.from({ length: 20 }, (_, n) => `b${String(n)}`).join(' ');
    assert.equal((await approveOutsiders(parts, { ...wanted, before: ['lone@example.org'] })).kind, 'approved');
    assert.deepEqual([asked.at(-1), headers[APPROVAL_HEADER]], [['lone@example.org', 'ven@example.org'], 'a2']);
  });

  it('says in words why not, and leaves the draft as it was', async () => {
    const cases: readonly (readonly [NoAnswer, keyof typeof compose])[] = [
      [{ kind: 'away' }, 'guard.away'], [{ kind: 'log-on-needed' }, 'guard.logOn'], [{ kind: 'too-many', retryAt: new Date(0) }, 'guard.tooMany'],
      [{ kind: 'refused', code: '409', text: 'Godkendelsen er udløbet.' }, 'guard.refused'], [{ kind: 'no-right', text: '' }, 'guard.fault'],
      [{ kind: 'unavailable', text: 'Databasen svarer ikke.' }, 'guard.refused'], [{ kind: 'fault' }, 'guard.fault'],
    ];
    for (const [answer, key] of cases) {
      const { parts, headers } = world(answer);
      const approved = await approveOutsiders(parts, wanted);
      assert.ok(approved.kind === 'failed');
      const trouble = approvalTrouble(approved.why);
      assert.deepEqual([trouble.key, headers], [key, {}]);
      assert.match(compose[key], /^Ikke godkendt: /);
      if (key === 'guard.refused') assert.notEqual(trouble.parameters?.['text'], '');
    }
  });

  it('says so where Outlook does not write, and where it does not take it back', async () => {
    const { parts, headers, withdrawn } = world();
    const broken = { ...parts, outlook: { ...parts.outlook, setHeaders: outlookFails, removeHeaders: outlookFails } };
    assert.deepEqual(await approveOutsiders(broken, wanted), { kind: 'failed', why: { kind: 'outlook' } });
    headers[APPROVAL_HEADER] = 'a1';
    assert.equal(await withdrawApproval(broken, 'a1'), 'outlook');
    assert.deepEqual([headers[APPROVAL_HEADER], withdrawn], ['a1', []], 'what the draft still has is not withdrawn');
  });
});
