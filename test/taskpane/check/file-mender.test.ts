import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ConvertAnswer, ConvertQuestion } from '../../../src/domain/gateway-api.ts';
import { FileMender } from '../../../src/taskpane/check/file-mender.ts';
import { said, type Finding } from '../../../src/taskpane/check/finding.ts';
import type { Mend, MendKind } from '../../../src/taskpane/check/mend.ts';
import { filesMended, nothingMended, type MenderState } from '../../../src/taskpane/check/mender-state.ts';
import type { Answer, NoAnswer } from '../../../src/taskpane/gateway/gateway.ts';
import { OutlookFailure, type Draft, type ItemAttachment } from '../../../src/taskpane/office/outlook.ts';
import { DraftOfFiles, madeOf } from './draft-of-files.ts';

const kinds: readonly (readonly [ending: RegExp, kind: MendKind])[] = [[/\.zip$/, 'unpack'], [/\.xlsm$/, 'remove-macros'], [/\.(?:eml|heic)$/, 'to-pdf']];
const shown = (attachment: ItemAttachment) => ({ attachment, shownName: attachment.name });
const card = (key: string, about: Finding['about'], mend: Mend): Finding => ({ key, grade: 'stop', about, text: said('check.type'), advice: null, quote: null, fileMends: [mend] });

/** What is wrong with files of these names: three at most, and of no such endings. */
function cardsOf({ attachments }: Draft): readonly Finding[] {
  const files = attachments.flatMap((attachment) => {
    const kind = kinds.find(([ending]) => ending.test(attachment.name))?.[1];
    const { id, name, bytes } = attachment;
    return kind ? [card(`file:${name}`, { kind: 'file', attachmentId: id, name, bytes }, { kind, name: null, parts: [[shown(attachment)]] })] : [];
  });
  const pdfs = attachments.filter(({ name }) => name.endsWith('.pdf'));
  return attachments.length > 3 && pdfs.length > 1 ? [...files, card('too-many', { kind: 'files' }, { kind: 'join', name: null, parts: [pdfs.map(shown)] })] : files;
}

function opened(...names: readonly string[]) {
  const draft = new DraftOfFiles(...names);
  const asked: string[] = [];
  const states: MenderState[] = [];
  const answers: (NoAnswer | null)[] = [];
  const world = {
    draft, asked, states, answers,
    convert: (question: ConvertQuestion): Promise<Answer<ConvertAnswer>> => Promise.resolve(madeOf(question)),
    get state(): MenderState { return states.at(-1) ?? nothingMended; },
    cards: async (): Promise<readonly Finding[]> => {
      const item = await draft.item();
      return item.kind === 'draft' ? cardsOf(item) : [];
    },
    press: async (key: string) => {
      const found = (await world.cards()).find((one) => one.key === key);
      const [mend] = found?.fileMends ?? [];
      assert.ok(found && mend, key);
      return await mender.mend(found, mend);
    },
  };
  const mender = new FileMender({
    outlook: draft,
    convert: async (question) => {
      asked.push(`${question.operation} ${question.files.map(({ name }) => name).join()}`);
      return await world.convert(question);
    },
    look: async () => await world.cards(),
    onDone: (answer) => answers.push(answer),
    onState: (state) => states.push(state),
  });
  return { ...world, mender, world };
}

describe('files of a draft are mended', () => {
  it('one at a press: the new one is there before the old one goes, and undone it is as it was', async () => {
    const { draft, mender, press, states } = opened('a.pdf', 'mail.eml', 'b.pdf');
    draft.before.removeFile = () => assert.ok(draft.files.some(({ name }) => name === 'mail.pdf'));
    assert.deepEqual(await press('file:mail.eml'), { n: 1, why: null });
    assert.deepEqual(draft.held, ['a.pdf: indhold af a.pdf', 'b.pdf: indhold af b.pdf', 'mail.pdf: pdf af indhold af mail.eml']);
    const last = states.at(-1);
    assert.deepEqual(last?.mended.map(({ from, to, originalIds }) => ({ from, to, files: originalIds.size })), [{ from: { list: ['mail.eml'] }, to: { list: ['mail.pdf'] }, files: 1 }]);
    assert.equal(last?.busy, null);
    assert.deepEqual(states.find(({ busy }) => busy)?.busy, { key: 'file:mail.eml', n: 1, total: 1 });
    delete draft.before.removeFile;
    assert.equal(await mender.undo(last?.mended[0]?.key ?? ''), true);
    assert.deepEqual(draft.held.toSorted(), ['a.pdf: indhold af a.pdf', 'b.pdf: indhold af b.pdf', 'mail.eml: indhold af mail.eml']);
    assert.deepEqual(states.at(-1)?.mended, []);
  });

  it('a name alone is put right without the gateway', async () => {
    const { draft, mender, asked } = opened('foto.pdf');
    const [file] = draft.files;
    assert.ok(file);
    await mender.mend({ key: 'x' }, { kind: 'rename', name: 'foto.png', parts: [[shown(file)]] });
    assert.deepEqual([draft.held, asked], [['foto.png: indhold af foto.pdf'], []]);
  });

  it('all at one press, with what comes of them, and the files joined last; undone it is as it was', async () => {
    const { draft, mender, asked, states } = opened('arkiv+b.eml+c.xlsm.zip', 'd.heic', 'e.pdf');
    draft.put('f.pdf', 'f');
    const before = draft.held.toSorted();
    const outcome = await mender.mendAll();
    // The archive was one file, whatever came of it, and two that were mended and then joined are two.
    assert.deepEqual([outcome.n, outcome.why, filesMended(states.at(-1)?.mended ?? [])], [4, null, 4]);
    assert.deepEqual(asked, ['unpack arkiv+b.eml+c.xlsm.zip', 'to-pdf d.heic', 'to-pdf b.eml', 'remove-macros c.xlsm', 'join e.pdf,f.pdf,d.pdf,b.pdf']);
    assert.deepEqual(draft.files.map(({ name }) => name), ['arkiv', 'c.xlsx', 'Bilag.pdf']);
    assert.deepEqual(states.at(-1)?.mended.flatMap(({ remarks }) => remarks), ['Makroerne er fjernet.']);
    const progress = states.flatMap(({ busy }) => (busy ? [`${String(busy.n)}/${String(busy.total)}`] : []));
    assert.deepEqual([...new Set(progress)], ['1/3', '2/5', '3/5', '4/5', '5/5']);
    assert.equal(await mender.undoAll(), true);
    assert.deepEqual(draft.held.toSorted(), before);
    assert.deepEqual(states.at(-1)?.mended, []);
  });

  it('of files that are joined the others are, where one cannot be: it stays, and why is said', async () => {
    const { draft, mender, asked, states } = opened('a.pdf', 'umulig.pdf', 'c.pdf', 'd.pdf', 'e.pdf');
    assert.deepEqual(await mender.mendAll(), { n: 4, why: null });
    assert.deepEqual(asked, ['join a.pdf,umulig.pdf,c.pdf,d.pdf,e.pdf', 'join a.pdf,c.pdf,d.pdf,e.pdf']);
    assert.deepEqual(draft.files.map(({ name }) => name), ['umulig.pdf', 'Bilag.pdf']);
    assert.deepEqual(states.at(-1)?.mended.flatMap(({ remarks }) => remarks), ['Filen er umulig.']);
    assert.equal(await mender.undoAll(), true);
    assert.deepEqual(draft.files.map(({ name }) => name).toSorted(), ['a.pdf', 'c.pdf', 'd.pdf', 'e.pdf', 'umulig.pdf']);
  });

  it('what cannot be is told on its card, and the others are mended all the same', async () => {
    const { draft, mender, states } = opened('umulig.eml', 'b.eml');
    const outcome = await mender.mendAll();
    assert.deepEqual([outcome.n, outcome.why?.parameters], [1, { reason: 'Filen er umulig.' }]);
    assert.deepEqual(draft.files.map(({ name }) => name), ['umulig.eml', 'b.pdf']);
    assert.deepEqual([...(states.at(-1)?.failures.keys() ?? [])], ['file:umulig.eml']);
  });

  it('the gateway goes away in the middle: what is mended stays, the rest is as it was, and nobody asks in vain', async () => {
    const { draft, mender, world, answers, asked, states, press } = opened('a.eml', 'b.eml', 'c.eml');
    world.convert = (question) => Promise.resolve(question.files[0]?.name === 'a.eml' ? madeOf(question) : { kind: 'away' });
    const { n, why } = await mender.mendAll();
    assert.deepEqual([n, why?.key, asked.length], [1, 'mend.cannot', 2]);
    assert.deepEqual(draft.held, ['b.eml: indhold af b.eml', 'c.eml: indhold af c.eml', 'a.pdf: pdf af indhold af a.eml']);
    assert.deepEqual(answers, [null, { kind: 'away' }]);
    world.convert = (question) => Promise.resolve(madeOf(question));
    await press('file:b.eml');
    assert.deepEqual([draft.files.map(({ name }) => name), states.at(-1)?.failures.size], [['c.eml', 'a.pdf', 'b.pdf'], 0]);
  });

  it('a file that is removed in Outlook meanwhile is not put back', async () => {
    const { draft, world, press } = opened('a.eml', 'b.pdf');
    world.convert = (question) => {
      draft.drop('a.eml');
      return Promise.resolve(madeOf(question));
    };
    assert.equal((await press('file:a.eml')).why?.key, 'mend.gone');
    assert.deepEqual(draft.held, ['b.pdf: indhold af b.pdf']);
  });

  it('two presses at once do it once', async () => {
    const { draft, press, mender, asked } = opened('a.eml', 'b.eml');
    await Promise.all([press('file:a.eml'), press('file:a.eml'), mender.mendAll(), mender.mendAll()]);
    assert.deepEqual([draft.files.map(({ name }) => name), asked], [['a.pdf', 'b.pdf'], ['to-pdf a.eml', 'to-pdf b.eml']]);
  });

  for (const call of ['addFile', 'removeFile', 'fileContent'] as const) {
    it(`Outlook fails at ${call}, at any time: the draft holds what it held`, async () => {
      for (let failing = 1; failing <= 4; failing += 1) {
        const { draft, mender } = opened('a.pdf', 'b.pdf', 'c.txt', 'd.pdf');
        const before = draft.held.toSorted();
        let calls = 0;
        draft.before[call] = () => {
          calls += 1;
          if (calls === failing) throw new Error('5001');
        };
        const parts = [draft.files.filter(({ name }) => name.endsWith('.pdf')).map(shown)];
        const { n } = await mender.mend({ key: 'too-many' }, { kind: 'join', name: null, parts });
        if (n === 0) assert.deepEqual(draft.held.toSorted(), before, `${call} ${String(failing)}`);
        else assert.deepEqual(draft.files.map(({ name }) => name), ['c.txt', 'Bilag.pdf']);
      }
    });
  }

  it('another draft is opened meanwhile: nothing is done to it, and nothing is kept', async () => {
    const { draft, mender, world, press, states } = opened('a.eml');
    world.convert = (question) => {
      mender.forget();
      draft.files = [];
      draft.put('andet.pdf', 'x');
      return Promise.resolve(madeOf(question));
    };
    await press('file:a.eml');
    assert.deepEqual([draft.held, states.at(-1)], [['andet.pdf: x'], nothingMended]);
  });

  it('a file that Outlook does not give is not mended, and a mail without room for old and new says so', async () => {
    const { draft, press } = opened('a.eml', 'b.eml');
    draft.fileContent = async () => await Promise.resolve({ kind: 'unreadable' });
    assert.deepEqual((await press('file:a.eml')).why?.parameters['reason'], said('mend.r.outlook'));
    const full = opened('a.eml');
    full.draft.before.addFile = () => {
      throw new OutlookFailure('addFileAttachmentFromBase64Async', 'AttachmentSizeExceeded');
    };
    assert.deepEqual((await full.press('file:a.eml')).why?.parameters['reason'], said('mend.r.room'));
    assert.deepEqual([draft.files.length, full.draft.held], [2, ['a.eml: indhold af a.eml']]);
  });

  it('all is undone but what was removed by hand since', async () => {
    const { draft, mender } = opened('a.eml', 'b.eml');
    await mender.mendAll();
    draft.drop('b.pdf');
    assert.equal(await mender.undoAll(), true);
    assert.deepEqual(draft.held, ['a.eml: indhold af a.eml']);
  });

  it('undone, a file has the very name that it had', async () => {
    const { draft, mender, press, states } = opened('a<1>?.eml');
    await press('file:a<1>?.eml');
    assert.deepEqual(draft.files.map(({ name }) => name), ['a-1--.pdf']);
    assert.equal(await mender.undo(states.at(-1)?.mended[0]?.key ?? ''), true);
    assert.deepEqual(draft.held, ['a<1>?.eml: indhold af a<1>?.eml']);
  });

  it('a name that stands already gets a number; what came of a file and was removed cannot be undone', async () => {
    const { draft, press, states, mender } = opened('a.eml', 'a.pdf');
    await press('file:a.eml');
    assert.deepEqual(draft.files.map(({ name }) => name), ['a.pdf', 'a (2).pdf']);
    const [mended] = states.at(-1)?.mended ?? [];
    const item = await draft.item();
    assert.ok(mended && item.kind === 'draft' && mended.holds(item));
    draft.drop('a (2).pdf');
    const later = await draft.item();
    assert.equal(later.kind === 'draft' && mended.holds(later), false);
    assert.equal(await mender.undo(mended.key), false);
    assert.deepEqual([draft.files.map(({ name }) => name), states.at(-1)?.undoFailed], [['a.pdf'], true]);
  });
});
