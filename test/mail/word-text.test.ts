import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { wordText } from '../../src/mail/word-text.ts';
import { zipOf } from './inspect-samples.ts';

const LIMITS = { bytesMax: 1_000_000, charactersMax: 10_000 };
const xml = (body: string) => `<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${body}</w:body></w:document>`;
const line = (...runs: readonly string[]) => `<w:p>${runs.map((text) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`).join('')}</w:p>`;
const word = (body: string, more: readonly { readonly name: string; readonly data: string }[] = []) => zipOf([{ name: '[Content_Types].xml', data: '<x/>' }, { name: 'word/document.xml', data: xml(body) }, ...more]);

describe('the text of a Word document', () => {
  it('is one line a paragraph, with what was broken into runs put together', () => {
    const body = line('Kære ', 'Han', 'ne &amp; Ole') + line('CPR: 251248', '-9996') + '<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>';
    assert.equal(wordText(word(body), LIMITS), 'Kære Hanne & Ole\nCPR: 251248-9996\na b\nc');
  });

  it('tells headers first, and nothing that was struck out', () => {
    const header = xml(line('Hanne Madsen'));
    const body = `<w:p><w:del><w:r><w:t>Hans</w:t></w:r></w:del><w:r><w:t>Nancy</w:t></w:r></w:p>`;
    assert.equal(wordText(word(body, [{ name: 'word/header1.xml', data: header }]), LIMITS), 'Hanne Madsen\n\n\nNancy');
  });

  it('is not told of what is no Word document, is broken, or is too large', () => {
    assert.equal(wordText(Buffer.from('PK'), LIMITS), null);
    assert.equal(wordText(zipOf([{ name: 'xl/workbook.xml', data: '<x/>' }]), LIMITS), null);
    assert.equal(wordText(zipOf([{ name: 'word/document.xml', data: '<w:document><w:p>' }]), LIMITS), null);
    assert.equal(wordText(word(line('x'.repeat(20_000))), LIMITS), null);
    assert.equal(wordText(word(line('x')), { ...LIMITS, bytesMax: 20 }), null);
  });
});
