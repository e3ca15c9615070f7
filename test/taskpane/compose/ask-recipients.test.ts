import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CheckQuestion, RecipientCheck } from '../../../src/domain/gateway-api.ts';
import { askAboutRecipients, isForLater, isNameForLater, pauseBeforeMs, type AskingParts, type CheckTold } from '../../../src/taskpane/compose/ask-recipients.ts';
import type { NoAnswer } from '../../../src/taskpane/gateway/gateway.ts';
import { check, me, NANCY } from './compose-world.ts';

const MAX = '0107729995';
const checkedAt = '2026-11-26T08:00:00Z';
const away: RecipientCheck['person'] = { kind: 'unavailable', reason: 'away', text: 'CPR svarer ikke.' };

/** A gateway that answers each number so, a failure wherever one of them is in the question. */
function world(answerOf: (number: string, question: CheckQuestion) => Promise<NoAnswer | Partial<RecipientCheck>> | NoAnswer | Partial<RecipientCheck>, part: Partial<AskingParts> = {}) {
  const told = new Map<string, CheckTold>();
  const questions: CheckQuestion[] = [];
  const kept: string[] = [];
  const noted: string[] = [];
  const parts: AskingParts = {
    me: me(), mailbox: 'jobcenter@kommune.example', caseId: '',
    gateway: {
      check: async (question) => {
        questions.push(question);
        const answers = await Promise.all(question.numbers.map(async (number) => await answerOf(number, question)));
        const failed = answers.find((one): one is NoAnswer => 'kind' in one);
        return failed ?? { kind: 'answer', value: { recipients: answers.map((one, position) => check({ ...(one as Partial<RecipientCheck>), position })), checkedAt } };
      },
    },
    remembered: {
      check: async () => await Promise.resolve(null),
      keepCheck: async (_scope, number) => void (await Promise.resolve(kept.push(number))),
      keepEarlier: async () => await Promise.resolve(),
    },
    noteAnswer: ({ kind }) => void noted.push(kind),
    tell: ({ number }, one) => void told.set(number, one),
    ...part,
  };
  const ask = async (...numbers: readonly string[]): Promise<void> => await askAboutRecipients(parts, numbers.map((number) => ({ number, channel: 'ngdp' })));
  return { ask, told, questions, kept, noted };
}
const reachOf = (told: CheckTold | undefined): string => (told === undefined ? 'nothing' : 'kind' in told ? told.kind : told.check.reach.state);

describe('asking about recipients', () => {
  it('tells each, and keeps it for a day', async () => {
    const { ask, told, kept, questions } = world(() => ({}));
    await ask(NANCY, MAX);
    assert.deepEqual([[...told.keys()], kept, questions.length], [[NANCY, MAX], [NANCY, MAX], 1]);
  });

  it('a name that the register does not give just now is asked for later, and is not kept as one that nobody has', async () => {
    const { ask, told, kept, noted } = world((number) => (number === MAX ? { person: away } : {}));
    await ask(NANCY, MAX);
    const ofMax = told.get(MAX);
    assert.ok(ofMax);
    assert.deepEqual([reachOf(ofMax), isNameForLater(ofMax), isForLater(ofMax)], ['registered', true, true]);
    assert.deepEqual([kept, noted], [[NANCY], []]);
    for (const reason of ['no-access', 'retired', 'limit'] as const) {
      const other = world(() => ({ person: { kind: 'unavailable', reason, text: '' } }));
      await other.ask(NANCY);
      assert.deepEqual([isForLater(other.told.get(NANCY) ?? { kind: 'unanswered' }), other.kept], [false, []], `${reason}: asking again would not help`);
    }
  });

  it('what is unavailable is asked for later, with the name where that was asked for; where the gateway is away, when it is back', async () => {
    const busy = world(() => ({ kind: 'unavailable', text: '' }));
    await busy.ask(NANCY);
    assert.deepEqual(busy.told.get(NANCY), { kind: 'later', named: true });
    const unnamed = world(() => ({ kind: 'unavailable', text: '' }), { me: me({ cprAccess: null }) });
    await unnamed.ask(NANCY);
    assert.deepEqual(unnamed.told.get(NANCY), { kind: 'later', named: false });
    for (const kind of ['away', 'log-on-needed'] as const) {
      const { ask, told } = world(() => ({ kind }));
      await ask(NANCY);
      assert.deepEqual(told.get(NANCY), { kind: 'unanswered' });
      assert.equal(isForLater({ kind: 'unanswered' }), false);
    }
  });

  it('one that fails does not block the others of its question', async () => {
    for (const failure of [{ kind: 'fault' }, { kind: 'refused', code: '400', text: '' }] as const) {
      const numbers = Array.from({ length: 19 }, (_, n) => String(1_000_000_000 + n));
      const { ask, told, questions } = world((number) => (number === NANCY ? failure : {}));
      await ask(...numbers.slice(0, 7), NANCY, ...numbers.slice(7));
      assert.deepEqual(numbers.map((number) => reachOf(told.get(number))), numbers.map(() => 'registered'), failure.kind);
      assert.notEqual(reachOf(told.get(NANCY)), 'registered');
      assert.ok(questions.length <= 18, `${String(questions.length)} questions`);
    }
  });

  it('where all fail, the gateway is not asked about each', async () => {
    const numbers = Array.from({ length: 100 }, (_, n) => String(1_000_000_000 + n));
    const { ask, told, questions } = world(() => ({ kind: 'fault' }), { me: me({ cprAccess: null }) });
    await ask(...numbers);
    assert.ok(questions.length <= 17);
    assert.deepEqual([told.size, [...new Set([...told.values()].map(reachOf))]], [100, ['later']]);
  });

  it('one whose answer is long in coming does not hold the others up', async () => {
    let release: (value: NoAnswer) => void = () => undefined;
    const never = new Promise<NoAnswer>((resolve) => (release = resolve));
    const numbers = Array.from({ length: 41 }, (_, n) => String(1_000_000_000 + n));
    const slow = world((number) => (number === numbers[0] ? never : {}));
    const asking = slow.ask(...numbers);
    await new Promise((resume) => setImmediate(resume));
    assert.deepEqual([slow.told.has(numbers[0] ?? ''), slow.told.has(numbers[20] ?? ''), slow.told.has(numbers[40] ?? '')], [false, true, true]);
    release({ kind: 'away' });
    await asking;
    assert.equal(reachOf(slow.told.get(numbers[0] ?? '')), 'unanswered');
  });

  it('without the names where too many were looked up: whether somebody can be reached is worth more', async () => {
    const { ask, told, questions } = world((_number, { names }) => (names ? { kind: 'too-many', retryAt: new Date(0) } : { person: null }));
    await ask(NANCY);
    assert.deepEqual([reachOf(told.get(NANCY)), questions.map(({ names }) => names === true)], ['registered', [true, false]]);
  });

  it('nobody is asked about before it is known who asks', async () => {
    const { ask, told, questions } = world(() => ({}), { me: null });
    await ask(NANCY);
    assert.deepEqual([told.get(NANCY), questions], [{ kind: 'unanswered' }, []]);
  });

  it('asks again after pauses that grow, to a limit', () => {
    const pauses = Array.from({ length: 12 }, (_, n) => pauseBeforeMs(n));
    assert.deepEqual(pauses, pauses.toSorted((a, b) => a - b));
    assert.ok((pauses[0] ?? 0) < (pauses[1] ?? 0) && pauses.at(-1) === pauses.at(-2));
  });
});
