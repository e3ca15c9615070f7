import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SplitAnswer, SplitQuestion } from '../../../src/domain/gateway-api.ts';
import type { Answer, NoAnswer } from '../../../src/taskpane/gateway/gateway.ts';
import { LetterSplit, roomFaults, type FoundLetters, type SplitSource, type SplitState } from '../../../src/taskpane/mass/letter-split.ts';
import type { ItemAttachment } from '../../../src/taskpane/office/outlook.ts';

const numberAt = (n: number): string => String(2_512_480_000 + n);
const terms = { title: 'Plads', bodyBytesMax: 1_000_000 };
const source = (name = 'alle.pdf', bytes = 9): SplitSource => ({ name, bytes, content: async () => await Promise.resolve('UERG') });
const file = (name: string, bytes = 9, more: Partial<ItemAttachment> = {}): ItemAttachment => ({ id: name, name, bytes, isInline: false, kind: 'file', ...more });

/** What a gateway says of one page each, and the letters that it makes. */
function answerTo({ numbers, make }: SplitQuestion, letterBytes = 3): SplitAnswer {
  const places = numbers.map((_, n) => n);
  const made = make ? places.slice(make.from, make.from + make.count) : [];
  return {
    letters: places.map((n) => ({ position: n + 1, firstPage: n + 1, pages: 1 })), faults: [], tagged: true,
    files: made.map((n) => ({ position: n + 1, content: `pdf${String(n)}`, bytes: letterBytes })),
  };
}

interface World {
  readonly split: LetterSplit;
  readonly asked: SplitQuestion[];
  readonly noted: NoAnswer[];
  readonly states: string[];
}

function open(count: number, reply: (question: SplitQuestion) => Answer<SplitAnswer> | Promise<Answer<SplitAnswer>> = (question) => ({ kind: 'answer', value: answerTo(question) })): World {
  const asked: SplitQuestion[] = [];
  const noted: NoAnswer[] = [];
  const states: string[] = [];
  const split = new LetterSplit({
    numbers: Array.from({ length: count }, (_, n) => numberAt(n)), note: (answer) => noted.push(answer),
    gateway: { splitLetters: async (question) => {
      asked.push(question);
      return await reply(question);
    } },
  });
  split.onChange(() => {
    const state = split.state();
    states.push(state.kind === 'found' ? state.made.kind : state.kind);
  });
  return { split, asked, noted, states };
}

const foundIn = (state: SplitState): FoundLetters => {
  assert.ok(state.kind === 'found', state.kind);
  return state;
};

describe('one PDF that is split for a list', () => {
  it('is asked about first, and then made, a hundred letters in a call, each in its recipient’s place', async () => {
    const { split, asked, states } = open(250);
    await split.take(source(), terms);
    assert.deepEqual(asked.map(({ make }) => make?.from), [undefined, 0, 100, 200]);
    assert.deepEqual([asked[0]?.title, asked[0]?.file, asked[0]?.numbers.length], ['Plads', { name: 'alle.pdf', content: 'UERG' }, 250]);
    assert.deepEqual(states, ['reading', 'making', 'making', 'making', 'made']);
    const { made, letters } = foundIn(split.state());
    assert.ok(made.kind === 'made');
    assert.deepEqual([made.pdfs.length, made.pdfs[249], made.bytes, letters[1]], [250, 'pdf249', 750, { place: 1, firstPage: 2, pages: 1 }]);
  });

  it('is not made where anything is in doubt', async () => {
    const fault = { kind: 'not-listed' as const, page: 1, pages: 1, numbers: ['010101-xxxx'] };
    const letters = [{ position: 0, firstPage: 1, pages: 1 }, { position: 2, firstPage: 2, pages: 3 }];
    const { split, asked } = open(2, (question) => ({ kind: 'answer', value: { ...answerTo(question), letters, faults: [fault] } }));
    await split.take(source(), terms);
    const { made, faults, letters: found } = foundIn(split.state());
    assert.deepEqual([made, faults, asked.length], [{ kind: 'doubt' }, [fault], 1]);
    assert.deepEqual(found, [{ place: 1, firstPage: 2, pages: 3 }], 'those of nobody on the list are nobody’s');
  });

  it('is a fault where the gateway sees no doubt, and there is not one letter for each', async () => {
    const unpaired = (question: SplitQuestion): SplitAnswer => ({ ...answerTo(question), letters: [1, 1].map((position) => ({ position, firstPage: 1, pages: 1 })) });
    for (const reply of [unpaired, (question: SplitQuestion) => ({ ...answerTo(question), files: [] })]) {
      const { split, noted } = open(2, (question) => ({ kind: 'answer', value: reply(question) }));
      await split.take(source(), terms);
      assert.deepEqual([split.state(), noted], [{ kind: 'failed', name: 'alle.pdf', why: { kind: 'fault' } }, [{ kind: 'fault' }]]);
    }
  });

  it('is not asked about where it is larger than a question may be, or cannot be read, and says why there is no answer', async () => {
    const { split, asked } = open(2);
    await split.take(source('stor.pdf', 800_000), terms);
    const state = split.state();
    assert.ok(state.kind === 'failed' && state.why.kind === 'too-large' && state.why.max < 750_000 && state.why.max > 740_000);
    await split.take({ name: 'x.pdf', bytes: 9, content: async () => await Promise.resolve(null) }, terms);
    assert.deepEqual([split.state(), asked.length], [{ kind: 'failed', name: 'x.pdf', why: { kind: 'unreadable' } }, 0]);
    const away = open(2, () => ({ kind: 'away' }));
    await away.split.take(source(), terms);
    assert.deepEqual([away.split.state(), away.noted], [{ kind: 'failed', name: 'alle.pdf', why: { kind: 'away' } }, [{ kind: 'away' }]]);
  });

  it('stops when its letters are more than a mail has room for', async () => {
    const many = open(499);
    await many.split.take(source(), terms);
    assert.deepEqual([foundIn(many.split.state()).made.kind, many.asked.length], ['too-many', 1]);
    const big = open(300, (question) => ({ kind: 'answer', value: answerTo(question, 200_000) }));
    await big.split.take(source(), terms);
    assert.deepEqual([foundIn(big.split.state()).made.kind, big.asked.length], ['too-big', 3]);
  });

  it('comes to nothing when another is taken meanwhile', async () => {
    let answer: (value: Answer<SplitAnswer>) => void = () => undefined;
    const { split } = open(1, async (question) => await (question.file.name === 'første.pdf' && question.make === undefined
      ? new Promise<Answer<SplitAnswer>>((resolve) => void (answer = resolve)) : Promise.resolve({ kind: 'answer' as const, value: answerTo(question) })));
    const first = split.take(source('første.pdf'), terms);
    await new Promise((resume) => setImmediate(resume));
    await split.take(source('anden.pdf'), terms);
    answer({ kind: 'away' });
    await first;
    assert.equal(foundIn(split.state()).name, 'anden.pdf');
  });
});

describe('the room in a mail', () => {
  const found = (letters: number, made: FoundLetters['made']): FoundLetters => ({
    kind: 'found', name: 'Alle.pdf', faults: [], tagged: true, made, letters: Array.from({ length: letters }, (_, place) => ({ place, firstPage: place + 1, pages: 1 })),
  });
  const made = (bytes: number) => ({ kind: 'made', pdfs: [], bytes }) as const;

  it('is what its other files leave; letters and list of before make room', () => {
    assert.deepEqual(roomFaults(found(2, made(100)), { attachments: [file('87654321.pdf', 25_000_000), file('masseforsendelse.txt')] }), []);
    assert.deepEqual(roomFaults(found(498, made(100)), { attachments: [] }), []);
    assert.deepEqual(roomFaults(found(498, made(100)), { attachments: [file('bilag.pdf')] }), [{ code: 'too-many', max: 497 }]);
    assert.deepEqual(roomFaults(found(2, made(1_000_000)), { attachments: [file('bilag.pdf', 24_500_000)] }), [{ code: 'too-big', max: 500_000 }]);
  });

  it('is none while everybody’s letters lie in it for everybody', () => {
    const whole = file('alle.PDF');
    assert.deepEqual(roomFaults(found(2, made(9)), { attachments: [whole] }), [{ code: 'in-mail', file: whole }]);
  });
});
