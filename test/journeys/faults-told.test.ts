import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp } from './citizens.ts';
import { noticesOf } from './receipt-reading.ts';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const FROM = 'sikkerpost@kommune.example';

/** A mail with files, as Exchange hands it over. */
function withFiles(to: readonly string[], messageId: string, files: readonly (readonly [string, Buffer])[]): string {
  const parts = files.map(([name, bytes]) => [
    '--grænse', 'Content-Type: application/octet-stream', `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64', '', bytes.toString('base64'), '',
  ].join('\r\n').replace('grænse', 'b'));
  return [
    `From: ${FROM}`, `To: ${to.join(', ')}`, 'Subject: Med filer', `Message-ID: ${messageId}`, 'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain; charset=utf-8', '', 'Se filerne.', '',
    ...parts, '--b--', '',
  ].join('\r\n');
}

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');

/** Each way in which a mail that was taken does not arrive, as a mail to one citizen, and what its sender reads. */
const WAYS: readonly {
  readonly what: string; readonly number?: string; readonly files?: readonly (readonly [string, Buffer])[];
  readonly fault?: Readonly<Record<string, unknown>>; readonly told: RegExp;
}[] = [
  { what: 'a program attached', files: [['virus.exe', Buffer.from('MZ\x90')]], told: /^Beskeden er ikke sendt: .*exe/ },
  { what: 'an empty file attached', files: [['tom.pdf', Buffer.alloc(0)]], told: /^Beskeden er ikke sendt: .*tom\.pdf/ },
  { what: 'a file that is not what it says', files: [['billede.pdf', PNG]], told: /^Beskeden er ikke sendt: .*billede\.pdf/ },
  {
    what: 'twelve files attached', told: /^Beskeden er ikke sendt: 12 vedhæftninger/,
    files: Array.from({ length: 12 }, (_, n) => [`billede${n}.png`, PNG] as const),
  },
  { what: 'a body.pdf that is no PDF', files: [['body.pdf', Buffer.from('hej')]], told: /^Beskeden er ikke sendt: .*body\.pdf/ },
  { what: 'a winmail.dat that nobody can read', files: [['winmail.dat', Buffer.from('hej')]], told: /^Beskeden er ikke sendt: .*winmail\.dat/ },
  { what: 'a recipient who is not registered', number: '1509819996', told: /0 leveret, 1 fejlet$/ },
  { what: 'a recipient who is exempt', number: '3103979995', told: /0 leveret, 1 fejlet$/ },
  { what: 'a recipient who is dead', number: '0101851001', told: /0 leveret, 1 fejlet$/ },
  { what: 'a company that is closed', number: '56781234', told: /0 leveret, 1 fejlet$/ },
  { what: 'a message that NgDP refuses at once', fault: { mode: 'status', status: 400, count: 1 }, told: /0 leveret, 1 fejlet$/ },
];

describe('a mail that was taken and does not arrive', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  for (const [n, { what, number = citizen(3000 + n), files = [], fault, told }] of WAYS.entries()) {
    it(`is told to its sender exactly once: ${what}`, async () => {
      const messageId = `<${crypto.randomUUID()}@kommune.example>`;
      if (fault) await sandbox.post('/sandbox/ngdp/faults', fault);
      const to = [ngdp(number)];
      const raw = files.length > 0 ? withFiles(to, messageId, files) : letter({ to, subject: what, messageId });
      assert.equal((await sandbox.submit(raw, FROM, to)).code, 250);
      await until(async () => (await noticesOf(sandbox, FROM, messageId)).length > 0, 30_000, 'the sender is told');
      // The same mail again, as after a lost 250, brings no second one.
      assert.equal((await sandbox.submit(raw, FROM, to)).code, 250);
      const nextId = `<${crypto.randomUUID()}@kommune.example>`;
      const next = [ngdp(citizen(3100 + n))];
      await sandbox.submit(letter({ to: next, subject: 'Den næste', messageId: nextId }), FROM, next);
      await until(async () => (await noticesOf(sandbox, FROM, nextId)).length > 0, 30_000, 'the next receipt');
      const notices = await noticesOf(sandbox, FROM, messageId);
      assert.equal(notices.length, 1);
      assert.match(notices[0]?.subject ?? '', told);
    });
  }

  it('is answered at the door for each address that is refused, and only the others go', async () => {
    const good = ngdp(citizen(3200));
    const bad = ['123@35833684.ngdp.digital-post.dk', ngdp('2512489996', '97281536'), 'masseforsendelse-2@35833684.mitdk.digital-post.dk'];
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const wire = await sandbox.wire();
    await wire.say('EHLO exchange.kommune.example');
    await wire.say(`MAIL FROM:<${FROM}>`);
    assert.equal((await wire.say(`RCPT TO:<${good}>`)).code, 250);
    for (const address of bad) assert.equal(Math.floor((await wire.say(`RCPT TO:<${address}>`)).code / 100), 5);
    assert.equal((await wire.say('DATA')).code, 354);
    assert.equal((await wire.say(`${letter({ to: [good, ...bad], subject: 'Blandet', messageId })}\r\n.`)).code, 250);
    wire.vanish();
    await until(async () => (await noticesOf(sandbox, FROM, messageId)).length > 0, 30_000, 'the receipt');
    const [receipt, ...more] = await noticesOf(sandbox, FROM, messageId);
    assert.equal(more.length, 0);
    assert.deepEqual(receipt?.copy?.counts, { delivered: 1, failed: 0, stopped: 0, pending: 0, all: 1 });
  });
});
