import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import type { MemoVersion } from '../../src/memo/memo.ts';
import { writeMemo } from '../../src/memo/write-memo.ts';
import { readMemo } from '../../src/memo/read-memo.ts';
import { anyMemo, asRead } from './memo-arbitrary.ts';
import { appointmentMemo, collect, inChunks } from './memo-examples.ts';

const data = new URL('../../../shared/data/memo/', import.meta.url);
const cores: Readonly<Record<MemoVersion, string>> = { '1.1': 'xsd-1.1/MeMo_core.xsd', '1.2': 'xsd-1.2/Version1.2/MeMo_core.xsd' };

describe('the official XSD', () => {
  for (const version of ['1.1', '1.2'] as const) {
    it(`takes what the writer writes as ${version}, with thousands of texts that read back identical`, async (t) => {
      if (!existsSync(data)) return t.skip('the official XSDs are not on this machine');
      const documents: string[] = [];
      let texts = 0;
      for (const memo of fc.sample(anyMemo(version), { numRuns: 250, seed: 20250301 })) {
        const xml = await collect(writeMemo(memo).chunks());
        const { header, body } = await readMemo(inChunks(xml));
        assert.deepEqual({ version, header, body }, asRead(memo));
        documents.push(xml.toString('utf8'));
        texts += countTexts(memo);
      }
      assert.ok(texts >= 10_000, `${texts} texts`);
      assert.deepEqual(await xsdErrors(version, documents), []);
    });
  }

  for (const version of ['1.1', '1.2'] as const) {
    it(`takes an appointment on the letter and on an attachment as ${version}`, async (t) => {
      if (!existsSync(data)) return t.skip('the official XSDs are not on this machine');
      const memo = appointmentMemo(version);
      const written = writeMemo(memo);
      const xml = await collect(written.chunks());
      assert.equal(xml.length, written.bytes);
      assert.deepEqual(await xsdErrors(version, [xml.toString('utf8')]), []);
    });
  }

  it('refuses n01 to n10 of the negative corpus, and takes r01 to r08', async (t) => {
    if (!existsSync(data)) return t.skip('the negative corpus is not on this machine');
    for (const name of readdirSync(new URL('negative/', data))) {
      const errors = await xsdErrors('1.2', [readFileSync(new URL(`negative/${name}`, data), 'utf8')]);
      assert.equal(errors.length > 0, name.startsWith('n'), `${name}: ${errors.join()}`);
    }
  });
});

/** The 1.2 core names its neighbours one folder up; preloaded files have no folders. */
async function xsdErrors(version: MemoVersion, documents: readonly string[]): Promise<readonly string[]> {
  const folder = new URL(version === '1.1' ? 'xsd-1.1/' : 'xsd-1.2/', data);
  const neighbours = readdirSync(folder).filter((name) => name.endsWith('.xsd') && name !== 'MeMo_core.xsd');
  const result = await validateXML({
    xml: documents.map((contents, index) => ({ fileName: `${index}.xml`, contents: contents.replace(/^\ufeff/, '') })),
    schema: [{ fileName: 'core.xsd', contents: readFileSync(new URL(cores[version], data), 'utf8').replaceAll('"../', '"') }],
    preload: neighbours.map((fileName) => ({ fileName, contents: readFileSync(new URL(fileName, folder), 'utf8') })),
    initialMemoryPages: 1024,
    maxMemoryPages: 16_384,
  });
  return result.errors.map((error) => error.rawMessage);
}

/** Texts of characters, not UUIDs, dates and the like, so that the count is of what can go wrong. */
function countTexts(value: unknown, key = ''): number {
  if (typeof value === 'string') return /UUID|Date|idType|messageType|language|url/.test(key) ? 0 : 1;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce((sum, [name, inner]) => sum + countTexts(inner, name), 0);
}
