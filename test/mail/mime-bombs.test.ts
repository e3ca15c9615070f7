import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { MailUnreadable } from '../../src/mail/mail-unreadable.ts';
import { bombs, mixed } from './bombs.ts';
import { readMail } from './mail-fixtures.ts';

describe('a mail made to hurt', () => {
  for (const { name, mail, code } of bombs) {
    it(`of ${name} is ${code === null ? 'read' : `refused as ${code}`}`, async () => {
      const bytes = Buffer.from(mail());
      const outcome = await readMail(bytes).catch((error: unknown) => error);
      if (code === null) assert.ok(!(outcome instanceof Error), String(outcome));
      else assert.ok(outcome instanceof MailUnreadable && outcome.code === code, String(outcome));
    });
  }
});

describe('a large mail', () => {
  it('streams by with flat memory', async () => {
    const line = `${'QUJD'.repeat(19)}\r\n`;
    const block = Buffer.from(line.repeat(3000));
    const head = Buffer.from(`${mixed}--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n`);
    async function* raw() {
      yield head;
      for (let at = 0; at < 290; at += 1) yield block;
    }
    let bytes = 0;
    const { parseMail } = await import('../../src/mail/parse-mail.ts');
    const before = process.memoryUsage().rss;
    let most = before;
    const sink = {
      open: () => ({
        write: (piece: Uint8Array) => {
          bytes += piece.length;
          most = Math.max(most, process.memoryUsage().rss);
        },
        end: () => null,
      }),
    };
    await parseMail(raw(), sink);
    assert.equal(bytes, 290 * 3000 * 57);
    assert.ok(most - before < 64_000_000, `${most - before} bytes more`);
  });
});
