import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { uaStamp } from '../../src/pdf/ua-stamp.ts';
import { htmlLetter } from './letters.ts';

describe('the PDF/UA stamp', () => {
  it('is refused to a file whose layout it does not know, and to one that has it', () => {
    for (const bytes of ['', '%PDF-1.7\n', '%PDF-1.7\n1 0 obj\n<<\n  /Type /Metadata\n>>\nendobj\n\nxref\n0 1\ntrailer\n<<\n>>\n']) {
      assert.throws(() => uaStamp(Buffer.from(bytes)), /unknown PDF layout/u);
    }
    const { pdf } = htmlLetter('<p>x</p>');
    assert.throws(() => uaStamp(pdf), /stamped already/u);
  });
});
