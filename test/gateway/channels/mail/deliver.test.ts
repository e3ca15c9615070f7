import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { LETTER_SEEN_FIELD } from '../../../../src/domain/letter-seen.ts';
import { LETTER_MARK_FIELD } from '../../../../src/domain/letter-mark.ts';
import { relayedBytes } from '../../../../src/gateway/channels/mail/deliver.ts';

describe('an ordinary mail that is passed on', () => {
  it('goes without what the add-in says to itself and to the gateway, folded or not, to a colleague as to an outsider', async () => {
    const fields = [LETTER_SEEN_FIELD, LETTER_MARK_FIELD, 'X-Postbro-Draft', 'X-Postbro-Approval'].map((name) => `${name}: 1abc\r\n 2def\r\n`).join('');
    const raw = `Subject: Takster\r\n${fields}X-Other: kept\r\n\r\nX-Postbro-Letter: of the text\r\n`;
    for (const outside of [true, false]) {
      const mail = { from: 'a@kommune.example', to: 'b@example.org', received: 'Received: from a', outside, raw: pieces(raw) };
      let relayed = '';
      for await (const piece of relayedBytes(mail)) relayed += Buffer.from(piece).toString();
      assert.equal(relayed, 'Received: from a\r\nSubject: Takster\r\nX-Other: kept\r\n\r\nX-Postbro-Letter: of the text\r\n');
    }
  });
});

async function* pieces(text: string): AsyncGenerator<Buffer> {
  for (let at = 0; at < text.length; at += 20) yield await Promise.resolve(Buffer.from(text.slice(at, at + 20)));
}
