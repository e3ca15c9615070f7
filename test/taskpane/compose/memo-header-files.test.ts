import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyMemoHeader, MEMO_HEADER_FILE, writeMemoHeaderJson } from '../../../src/domain/memo-header-json.ts';
import { toBase64 } from '../../../src/taskpane/compose/base64.ts';
import { memoHeaderFiles } from '../../../src/taskpane/compose/memo-header-files.ts';
import { withContactPoints } from '../../../src/taskpane/compose/short-addresses.ts';
import { OutlookFailure, type FileContent, type ItemAttachment } from '../../../src/taskpane/office/outlook.ts';

/** The files of a draft, and what Outlook refuses to do with them. */
function draftWith(texts: readonly (string | null)[]) {
  const held = new Map<string, string | null>(texts.map((text, n) => [`f${String(n)}`, text]));
  const refuses = new Set<'add' | 'remove'>();
  const done: string[] = [];
  let next = held.size;
  const attachments = (): readonly ItemAttachment[] => [...held.keys()].map((id) => ({ id, name: MEMO_HEADER_FILE, bytes: 9, isInline: false, kind: 'file' }));
  const files = memoHeaderFiles({
    readAgain: async () => ({ kind: 'draft', from: null, to: [], cc: [], bcc: [], subject: '', attachments: attachments() }),
    outlook: {
      fileContent: async (id): Promise<FileContent> => {
        const text = held.get(id) ?? null;
        return text === null ? { kind: 'unreadable' } : { kind: 'content', base64: toBase64(text) };
      },
      addFile: async ({ base64 }) => {
        if (refuses.has('add')) throw new OutlookFailure('addFile', 'full');
        done.push('add');
        held.set(`f${String(next)}`, Buffer.from(base64, 'base64').toString());
        next += 1;
      },
      removeFile: async (id) => {
        if (refuses.has('remove')) throw new OutlookFailure('removeFile', 'kept');
        done.push('remove');
        held.delete(id);
      },
    },
  });
  return { files, held, refuses, done, attachments };
}

const about = (caseId: string) => ({ ...emptyMemoHeader, caseId });
const fileAbout = (caseId: string): string => writeMemoHeaderJson(about(caseId)) ?? '';

describe('the MemoHeader.json of a draft', () => {
  it('is put in before the old one is taken out', async () => {
    const draft = draftWith([fileAbout('1')]);
    await draft.files.write(() => about('2'));
    assert.deepEqual(draft.done, ['add', 'remove']);
    assert.deepEqual([...draft.held.values()], [fileAbout('2')]);
  });

  it('stays as it was where Outlook takes no new one', async () => {
    const draft = draftWith([fileAbout('1')]);
    draft.refuses.add('add');
    await assert.rejects(draft.files.write(() => about('2')), OutlookFailure);
    assert.deepEqual(await draft.files.read(draft.attachments()), { header: about('1'), differ: false });
  });

  it('is two that differ where Outlook keeps the old one, and one again at the next try', async () => {
    const draft = draftWith([fileAbout('1')]);
    draft.refuses.add('remove');
    await assert.rejects(draft.files.write(() => about('2')), OutlookFailure);
    assert.deepEqual(await draft.files.read(draft.attachments()), { header: about('2'), differ: true });
    draft.refuses.clear();
    await draft.files.write((before) => ({ ...(before ?? emptyMemoHeader), attentionPerson: 'Lone' }));
    assert.deepEqual(await draft.files.read(draft.attachments()), { header: { ...about('2'), attentionPerson: 'Lone' }, differ: false });
  });

  it('is left to whoever put two different ones in', async () => {
    const draft = draftWith([fileAbout('1'), fileAbout('2')]);
    assert.equal((await draft.files.read(draft.attachments())).differ, true);
    await assert.rejects(draft.files.write(() => about('3')), OutlookFailure);
    assert.deepEqual(draft.done, []);
    assert.equal((await draftWith([fileAbout('1'), fileAbout('1')]).files.read(draft.attachments())).differ, false);
  });

  it('is read again when it could not be read', async () => {
    const draft = draftWith([null]);
    assert.equal((await draft.files.read(draft.attachments())).header, null);
    draft.held.set('f0', fileAbout('1'));
    assert.deepEqual((await draft.files.read(draft.attachments())).header, about('1'));
  });

  it('goes where there is nothing to carry, and is not written again where nothing changes', async () => {
    const draft = draftWith([fileAbout('1')]);
    await draft.files.write(() => about('1'));
    assert.deepEqual(draft.done, []);
    await draft.files.write(() => emptyMemoHeader);
    assert.equal(draft.held.size, 0);
  });

  it('keeps what was written meanwhile when contact points are put in', () => {
    const points = { senderContactPoint: 'cp-1', recipientContactPoints: [] };
    assert.deepEqual(withContactPoints(about('1'), { ...about('of before'), ...points }), { ...about('1'), ...points });
  });
});
