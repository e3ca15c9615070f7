import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkQuestion } from '../../../src/domain/gateway-api.ts';
import { checkQuestions } from '../../../src/taskpane/compose/check-questions.ts';
import { COMPANY, me, NANCY } from './compose-world.ts';

const wanted = { me: me(), mailbox: 'jobcenter@kommune.example', channel: 'ngdp', numbers: [NANCY, COMPANY], caseId: '' } as const;

describe('the questions about recipients', () => {
  it('ask for names, with a purpose that says nothing of the letter', () => {
    assert.deepEqual(checkQuestions(wanted), [
      { channel: 'ngdp', mailbox: 'jobcenter@kommune.example', numbers: [NANCY, COMPANY], names: true, purpose: 'Digital Post til modtageren' },
    ]);
    assert.equal(checkQuestions({ ...wanted, caseId: '2026-004512' })[0]?.purpose, 'Digital Post til modtageren, sag 2026-004512');
  });

  it('ask for no name without the right to it', () => {
    const withoutCpr = { ...wanted, me: me({ cprAccess: null, may: ['send', 'lookup-cvr'] }) };
    assert.deepEqual(checkQuestions(withoutCpr).map(({ numbers, names }) => [numbers, names]), [[[COMPANY], true], [[NANCY], undefined]]);
    assert.deepEqual(checkQuestions({ ...wanted, me: me({ may: ['send'] }) }).map(({ numbers, names }) => [numbers, names]), [[[NANCY, COMPANY], undefined]]);
  });

  it('are as few as the gateway’s limits allow, and keep the contract', () => {
    const numbers = Array.from({ length: 45 }, (_, n) => String(1_000_000_000 + n));
    const questions = checkQuestions({ ...wanted, numbers, caseId: `251248-9996 ${'x'.repeat(300)}` });
    assert.deepEqual(questions.map((question) => question.numbers.length), [20, 20, 5]);
    assert.deepEqual(questions.flatMap((question) => question.numbers), numbers);
    for (const question of questions) {
      assert.ok(checkQuestion.safeParse(question).success);
      assert.doesNotMatch(question.purpose ?? '', /9996/);
    }
  });
});
