import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { filesOfDraft, filesToRead } from '../../../src/taskpane/check/file-of-draft.ts';
import type { ItemAttachment } from '../../../src/taskpane/office/outlook.ts';

const file = (name: string): ItemAttachment => ({ id: name, name, bytes: 1_000, isInline: false, kind: 'file' });

describe('the files of a draft that are looked into', () => {
  const read = (isMassSend: boolean, ...names: readonly string[]): readonly string[] =>
    filesToRead(filesOfDraft(names.map(file), isMassSend, () => null), isMassSend).map(({ name }) => name);

  it('are the message itself and its attachments, and not what is for machines', () => {
    assert.deepEqual(read(false, 'body.pdf', 'bilag.pdf', 'MemoHeader.json'), ['body.pdf', 'bilag.pdf']);
  });

  it('are of a mass send the list, the letter to all and the attachments, and not the letters of each', () => {
    assert.deepEqual(read(true, 'masseforsendelse.txt', 'Body.pdf', '2512489996.pdf', 'bilag.pdf'), ['masseforsendelse.txt', 'Body.pdf', 'bilag.pdf']);
  });
});
