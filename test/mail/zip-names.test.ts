import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listZip } from '../../src/mail/zip-file.ts';
import { inspect, zipOf } from './inspect-samples.ts';

describe('the names of a zip', () => {
  it('are known in every reading that some program shows', () => {
    const [entry] = listZip(zipOf([{ name: 'a.txt', localName: 'b.txt', unicodeName: 'c.txt', unicodeNameFor: 'gammelt' }]))?.entries ?? [];
    assert.deepEqual([entry?.name, entry?.otherNames], ['a.txt', ['c.txt', 'b.txt']]);
  });

  it('are guarded in every reading', async () => {
    for (const file of [
      { name: 'a.txt', unicodeName: 'MemoHeader.json' },
      { name: 'a.txt', unicodeName: 'MemoHeader.json', unicodeNameFor: 'gammelt' },
      { name: 'MemoHeader.json', unicodeName: 'a.txt' },
      { name: 'a.txt', localName: 'MemoHeader.json' },
    ]) {
      const facts = await inspect('arkiv.zip', zipOf([{ ...file, data: '{}' }]));
      assert.equal(facts.memoHeaderPaths.length, 1, JSON.stringify(file));
    }
  });
});
