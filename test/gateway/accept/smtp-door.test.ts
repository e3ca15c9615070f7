import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, it } from 'node:test';
import { connect as connectTls } from 'node:tls';
import { problemOf } from '../../../src/domain/problem.ts';
import { BLOB_CHUNK_BYTES } from '../../../src/gateway/store/blobs.ts';
import { SmtpWire } from '../../journeys/running-sandbox.ts';
import { until } from '../../sandbox/eventually.ts';
import { handOver } from '../../journeys/smtp-hand-over.ts';
import { openFakeDoor, type FakeDoor } from './door-with-fake-store.ts';

const FROM = 'sikkerpost@kommune.example';
const TO = 'nogen@andetsteds.example';
const HEADER = `From: ${FROM}\r\nTo: ${TO}\r\nSubject: Brev\r\n\r\n`;
const PATIENCE_MS = 20_000;

/** A line that has said EHLO. */
async function lineTo({ port }: FakeDoor): Promise<SmtpWire> {
  const wire = await SmtpWire.open(port);
  await wire.say('EHLO exchange.kommune.example');
  return wire;
}

describe('the greeting', () => {
  it('offers exactly the extensions of the contract, and no AUTH', async () => {
    await using door = await openFakeDoor();
    const wire = await SmtpWire.open(door.port);
    const { code, text } = await wire.say('EHLO exchange.kommune.example');
    assert.equal(code, 250);
    const keywords = text.trim().split('\r\n').slice(1).map((line) => line.slice(4));
    assert.deepEqual(keywords.toSorted(), [
      '8BITMIME', 'ENHANCEDSTATUSCODES', 'PIPELINING', 'SIZE 157286400', 'SMTPUTF8', 'STARTTLS',
    ]);
    wire.vanish();
  });

  it('answers HELO, NOOP, RSET, VRFY and QUIT, and refuses AUTH, EXPN, BDAT and what no one knows', async () => {
    await using door = await openFakeDoor();
    const wire = await SmtpWire.open(door.port);
    assert.equal((await wire.say('HELO gammel')).code, 250);
    assert.equal((await wire.say('NOOP')).code, 250);
    assert.equal((await wire.say('RSET')).code, 250);
    assert.equal((await wire.say('VRFY <nogen@kommune.example>')).code, 252);
    for (const command of ['AUTH LOGIN', 'EXPN alle', 'BDAT 10 LAST', 'HVAD']) {
      assert.match(String((await wire.say(command)).code), /^5\d\d$/, command);
    }
    assert.equal((await wire.say('QUIT')).code, 221);
    wire.vanish();
  });

  it('takes commands in the right order only', async () => {
    await using door = await openFakeDoor();
    const wire = await SmtpWire.open(door.port);
    assert.equal((await wire.say(`MAIL FROM:<${FROM}>`)).code, 503);
    await wire.say('EHLO x');
    assert.equal((await wire.say(`RCPT TO:<${TO}>`)).code, 503);
    assert.equal((await wire.say('DATA')).code, 503);
    await wire.say(`MAIL FROM:<${FROM}>`);
    assert.equal((await wire.say(`MAIL FROM:<${FROM}>`)).code, 503);
    assert.equal((await wire.say('DATA')).code, 503);
    assert.deepEqual(door.store.mails, []);
    wire.vanish();
  });
});

describe('a mail that is taken', () => {
  it('is stored with its envelope, byte for byte, dots at line starts as the author wrote them', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    const raw = `${HEADER}.et punktum\r\n..to\r\n...tre\r\n\u0000 \u00ff r\u00f8dgr\u00f8d\r\n`;
    const answers = await handOver(wire, { mailFrom: FROM, to: [TO, 'to@andetsteds.example'], raw });
    assert.deepEqual([answers.mail, ...answers.recipients, answers.data], [250, 250, 250, 250]);
    const [mail] = door.store.mails;
    assert.equal(mail?.raw.toString(), raw);
    assert.equal(mail?.mailFrom, FROM);
    assert.deepEqual(mail?.recipients, [TO, 'to@andetsteds.example']);
    wire.vanish();
  });

  it('is stored whole whatever its size around the size of a piece', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    for (const size of [0, 1, BLOB_CHUNK_BYTES - 1, BLOB_CHUNK_BYTES, BLOB_CHUNK_BYTES + 1, 2 * BLOB_CHUNK_BYTES, 3_000_001]) {
      const line = `${'x'.repeat(998)}\r\n`;
      const body = size < 1000 ? 'y'.repeat(size) : line.repeat(Math.ceil(size / 1000)).slice(0, size - HEADER.length - 2);
      const raw = `${HEADER}${body}\r\n`;
      assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw })).data, 250, String(size));
      assert.equal(door.store.mails.at(-1)?.raw.equals(Buffer.from(raw)), true, String(size));
    }
    assert.equal(door.store.uploads.size, 0);
    wire.vanish();
  });

  it('is stored before 250 is said: while the store is slow no answer comes', async () => {
    await using door = await openFakeDoor();
    let release = (): void => undefined;
    door.store.gate = new Promise((resolve) => (release = resolve));
    const wire = await lineTo(door);
    await wire.toData(FROM, [TO]);
    let answered = false;
    const answer = wire.say(`${HEADER}Tekst\r\n.`).then((said) => {
      answered = true;
      return said;
    });
    const other = await lineTo(door);
    assert.equal((await other.say('NOOP')).code, 250);
    assert.equal(answered, false);
    assert.equal(door.store.mails.length, 0);
    release();
    assert.equal((await answer).code, 250);
    assert.equal(door.store.mails.length, 1);
    wire.vanish();
    other.vanish();
  });

  it('is asked for again with 451 when the store fails, with 452 when it is full, and the line lives on', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    const large = HEADER + `${'z'.repeat(990)}\r\n`.repeat(4_000);
    for (const raw of [`${HEADER}Tekst\r\n`, large]) {
      door.store.failure = new Error('connect ECONNREFUSED');
      assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw })).data, 451);
      door.store.failure = Object.assign(new Error('could not extend file'), { code: '53100' });
      assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw })).data, 452);
      door.store.failure = null;
      assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw })).data, 250);
    }
    assert.equal(door.store.mails.length, 2);
    wire.vanish();
  });
});

describe('the limits', () => {
  it('refuse a size announced over the limit at MAIL with 552, also the real limit of 150 MB', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    assert.equal((await wire.say(`MAIL FROM:<${FROM}> SIZE=157286401`)).code, 552);
    assert.equal((await wire.say(`MAIL FROM:<${FROM}> SIZE=99999999999999999999`)).code, 552);
    assert.equal((await wire.say(`MAIL FROM:<${FROM}> SIZE=-1`)).code, 501);
    assert.equal((await wire.say(`MAIL FROM:<${FROM}> SIZE=157286400`)).code, 250);
    wire.vanish();
  });

  it('refuse a mail that passes the size unannounced with 552, keep nothing of it, and take the next on the same line', async () => {
    await using door = await openFakeDoor({ SMTP_SIZE_MAX_BYTES: '3000000' });
    const wire = await lineTo(door);
    const fits = HEADER + 'a'.repeat(998).concat('\r\n').repeat(2_990);
    const passes = HEADER + 'a'.repeat(998).concat('\r\n').repeat(3_001);
    const refused = await handOver(wire, { mailFrom: FROM, to: [TO], raw: passes });
    assert.equal(refused.data, 552);
    assert.match(refused.text, /^552 5\.\S+ .*3,1 MB.*3,0 MB/);
    assert.equal(door.store.uploads.size, 0);
    assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw: fits })).data, 250);
    assert.equal(door.store.mails.length, 1);
    wire.vanish();
  });

  it('cut a mail that goes on far beyond the size with 421, and keep nothing of it', async () => {
    await using door = await openFakeDoor({ SMTP_SIZE_MAX_BYTES: '2000000', SMTP_DISCARD_MAX_BYTES: '1000000' });
    const wire = await lineTo(door);
    await wire.toData(FROM, [TO]);
    wire.socket.write(HEADER);
    const piece = Buffer.from(`${'a'.repeat(998)}\r\n`.repeat(100));
    for (let sent = 0; sent < 200 && !wire.socket.destroyed; sent++) {
      if (!wire.socket.write(piece)) await Promise.race([new Promise((resolve) => wire.socket.once('drain', resolve)), pause(200)]);
    }
    assert.equal((await wire.reply()).code, 421);
    await until(() => door.store.uploads.size === 0, PATIENCE_MS, 'the pieces are gone');
    assert.deepEqual(door.store.mails, []);
    assert.ok(door.store.uploadedBytesMax <= 2_000_000);
    wire.vanish();
  });

  it('give 452 to the recipients over the limit, and the mail goes to those before', async () => {
    await using door = await openFakeDoor({ SMTP_RECIPIENTS_MAX: '100' });
    const wire = await lineTo(door);
    const to = Array.from({ length: 103 }, (_, n) => `nr${n}@andetsteds.example`);
    const answers = await handOver(wire, { mailFrom: FROM, to, raw: `${HEADER}Tekst\r\n` });
    assert.deepEqual(answers.recipients, [...Array<number>(100).fill(250), 452, 452, 452]);
    assert.equal(answers.data, 250);
    assert.deepEqual(door.store.mails[0]?.recipients, to.slice(0, 100));
    wire.vanish();
  });

  it('refuse a line over the limit in a mail, in one piece or many, and take one of just the limit', async () => {
    await using door = await openFakeDoor({ SMTP_LINE_MAX_BYTES: '5000' });
    const wire = await lineTo(door);
    // The CR of the line's end counts; so do the bytes of a last line.
    assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw: `${HEADER}${'x'.repeat(4_999)}\r\n` })).data, 250);
    const tooLong = await handOver(wire, { mailFrom: FROM, to: [TO], raw: `${HEADER}${'x'.repeat(5_001)}\r\nmere\r\n` });
    assert.equal(tooLong.data, 554);
    await wire.toData(FROM, [TO]);
    wire.socket.write(HEADER);
    for (let piece = 0; piece < 6; piece++) {
      wire.socket.write('y'.repeat(1_000));
      await pause(5);
    }
    assert.equal((await wire.say('\r\n.')).code, 554);
    assert.equal(door.store.mails.length, 1);
    assert.deepEqual(door.refusals, ['line-too-long', 'line-too-long']);
    wire.vanish();
  });

  it('refuse a header over the limit, ended or not', async () => {
    await using door = await openFakeDoor({ SMTP_HEADER_MAX_BYTES: '20000' });
    const wire = await lineTo(door);
    const field = `X-Fyld: ${'f'.repeat(80)}\r\n`;
    for (const raw of [`${field.repeat(300)}${HEADER}Tekst\r\n`, field.repeat(300), field.repeat(30_000)]) {
      assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw })).data, 554);
    }
    assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw: `${field.repeat(200)}${HEADER}Tekst\r\n` })).data, 250);
    assert.deepEqual(door.refusals, Array(3).fill('header-too-long'));
    assert.equal(door.store.uploads.size, 0);
    wire.vanish();
  });

  it('cut a client whose command line does not end, with 421 or 5xx', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    wire.socket.write(`MAIL FROM:<${'a'.repeat(200_000)}`);
    assert.match(String((await wire.reply()).code), /^(421|5\d\d)$/);
    wire.vanish();
  });

  it('hold for the number of connections: one more gets 421, and a free place is used again', async () => {
    await using door = await openFakeDoor({ SMTP_CONNECTIONS_MAX: '5' });
    const lines = await Promise.all(Array.from({ length: 5 }, () => lineTo(door)));
    const sixth = await SmtpWire.open(door.port);
    assert.equal((await sixth.say('EHLO sjette')).code, 0);
    lines[0]?.vanish();
    await until(async () => {
      const wire = await SmtpWire.open(door.port);
      const { code } = await wire.say('EHLO syvende');
      wire.vanish();
      return code === 250;
    }, PATIENCE_MS, 'a place is free again');
    for (const wire of lines) wire.vanish();
  });

  it('close a line that says nothing for the idle time with 421', async () => {
    await using door = await openFakeDoor({ SMTP_IDLE_TIMEOUT_MS: '300' });
    const silent = await lineTo(door);
    assert.equal((await silent.reply()).code, 421);
    const inData = await lineTo(door);
    await inData.toData(FROM, [TO]);
    inData.socket.write(`${HEADER}Halvdelen`);
    assert.equal((await inData.reply()).code, 421);
    silent.vanish();
    inData.vanish();
    assert.deepEqual(door.store.mails, []);
  });
});

describe('where commands end and mails end', () => {
  const next = `MAIL FROM:<smugler@kommune.example>\r\nRCPT TO:<offer@andetsteds.example>\r\nDATA\r\n${HEADER}Smuglet\r\n`;
  const falseEnds = {
    'LF . LF': '\n.\n',
    'LF . CRLF': '\n.\r\n',
    'CRLF . LF': '\r\n.\n',
    'CR . CR': '\r.\r',
    'CR . CRLF': '\r.\r\n',
    'CRLF . CR': '\r\n.\r',
    'CRLF . NUL CRLF': '\r\n.\0\r\n',
    'CRLF NUL . CRLF': '\r\n\0.\r\n',
  };

  for (const [name, end] of Object.entries(falseEnds)) {
    it(`a mail with ${name} in it is one mail, in one piece, cut at the dot, or a byte at a time`, async () => {
      await using door = await openFakeDoor();
      for (const cuts of ['none', 'dot', 'bytes'] as const) {
        const wire = await lineTo(door);
        await wire.toData(FROM, [TO]);
        const before = `${HEADER}Tekst`;
        const bytes = Buffer.from(`${before}${end}${next}.\r\n`, 'latin1');
        const dot = before.length + end.indexOf('.');
        const places = cuts === 'none' ? [] : cuts === 'dot' ? [dot, dot + 1] : [...bytes.keys()].slice(1);
        for (const [n, from] of [0, ...places].entries()) {
          wire.socket.write(bytes.subarray(from, places[n]));
          if (cuts !== 'none') await new Promise((resolve) => setImmediate(resolve));
        }
        const { code } = await wire.reply();
        assert.match(String(code), /^(250|5\d\d)$/);
        assert.ok(door.store.mails.every(({ mailFrom }) => mailFrom === FROM), cuts);
        // The line is in step: its next answer belongs to the next command.
        assert.match((await wire.say('NOOP')).text, /^250 2\.0\.0 OK/);
        wire.vanish();
      }
      assert.ok(door.store.mails.length <= 3);
      for (const { raw } of door.store.mails) assert.match(raw.toString('latin1'), /Smuglet\r\n$/);
    });
  }

  it('a bare LF inside a command does not make a second command of the rest', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    wire.socket.write(`MAIL FROM:<${FROM}>\nRCPT TO:<offer@andetsteds.example>\r\n`);
    // Either the whole is refused, or each line is answered as a command of its own; never is a line answered twice.
    const first = await wire.reply();
    if (first.code === 250) assert.equal((await wire.reply()).code, 250);
    assert.match((await wire.say('NOOP')).text, /^250 2\.0\.0 OK/);
    assert.deepEqual(door.store.mails, []);
    wire.vanish();
  });

  it('NUL, CR and other control signs in an address are 5xx', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    for (const sign of ['\0', '\r', '\t', '\x7f', '\x1b']) {
      assert.match(String((await wire.say(`MAIL FROM:<sikker${sign}post@kommune.example>`)).code), /^5/, JSON.stringify(sign));
    }
    await wire.say(`MAIL FROM:<${FROM}>`);
    for (const sign of ['\0', '\r', '\x7f']) {
      assert.match(String((await wire.say(`RCPT TO:<no${sign}gen@andetsteds.example>`)).code), /^5/, JSON.stringify(sign));
    }
    wire.vanish();
  });

  it('commands pipelined in clear text behind STARTTLS are never carried out', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    wire.socket.write(`STARTTLS\r\nMAIL FROM:<smugler@kommune.example>\r\nRCPT TO:<offer@andetsteds.example>\r\n`);
    assert.equal((await wire.reply()).code, 220);
    wire.socket.removeAllListeners('data');
    const tls = connectTls({ socket: wire.socket, rejectUnauthorized: false });
    const said = await new Promise<string>((resolve) => {
      let text = '';
      tls.on('secureConnect', () => tls.write('EHLO x\r\nRCPT TO:<offer@andetsteds.example>\r\nQUIT\r\n'));
      tls.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
      tls.on('end', () => resolve(text)).on('close', () => resolve(text)).on('error', () => resolve(text));
    });
    // Either the line is cut, or the first thing that is answered under TLS is EHLO, and no MAIL has been given.
    if (said !== '') assert.match(said, /^250-[^\n]*\n(250-[^\n]*\n)*250 [^\n]*\n503 /);
    assert.deepEqual(door.store.mails, []);
    tls.destroy();
    wire.socket.destroy();
  });

  it('pipelined commands and a pipelined mail are answered one for one', async () => {
    await using door = await openFakeDoor();
    const wire = await lineTo(door);
    wire.socket.write(
      `MAIL FROM:<${FROM}>\r\nRCPT TO:<${TO}>\r\nRCPT TO:<to@andetsteds.example>\r\nDATA\r\n${HEADER}Et\r\n.\r\n` +
      `MAIL FROM:<${FROM}>\r\nRCPT TO:<${TO}>\r\nDATA\r\n${HEADER}To\r\n.\r\nQUIT\r\n`,
    );
    const codes: number[] = [];
    for (let n = 0; n < 10; n++) codes.push((await wire.reply()).code);
    assert.deepEqual(codes, [250, 250, 250, 354, 250, 250, 250, 354, 250, 221]);
    assert.deepEqual(door.store.mails.map(({ raw }) => raw.toString().slice(-4, -2)), ['Et', 'To']);
    wire.vanish();
  });
});

describe('lines that are cut', () => {
  it('leave nothing behind, however far the mail had come', async () => {
    await using door = await openFakeDoor();
    const body = `${'a'.repeat(998)}\r\n`;
    for (const part of ['', 'From: ', HEADER, HEADER + body, HEADER + body.repeat(1_200), HEADER + body.repeat(5_000), `${HEADER}Tekst\r\n.`]) {
      const wire = await lineTo(door);
      await wire.toData(FROM, [TO]);
      const flushed = new Promise<void>((resolve) => void wire.socket.write(part, () => resolve()));
      await flushed;
      if (part.length > 2_000_000) await until(() => door.store.uploads.size > 0, PATIENCE_MS, 'a piece is stored');
      wire.vanish();
    }
    await until(() => door.store.uploads.size === 0, PATIENCE_MS, 'the pieces are gone');
    const wire = await lineTo(door);
    assert.equal((await handOver(wire, { mailFrom: FROM, to: [TO], raw: `${HEADER}Hel\r\n` })).data, 250);
    assert.deepEqual(door.store.mails.map(({ raw }) => raw.toString()), [`${HEADER}Hel\r\n`]);
    assert.ok(door.store.uploads.size === 0);
    wire.vanish();
  });

  it('and mails that a rule refuses leave nothing, and the rule is asked once about a header in small pieces', async () => {
    let asked = 0;
    await using door = await openFakeDoor({}, {
      refuseHeader: (_, header) => {
        asked += 1;
        return header.subject === 'Nej' ? problemOf('from-ambiguous', { addresses: [] }) : null;
      },
    });
    const wire = await lineTo(door);
    for (const subject of ['Nej', 'Ja']) {
      await wire.toData(FROM, [TO]);
      for (const byte of `From: ${FROM}\r\nSubject: ${subject}\r\n\r\nTekst\r\n`) {
        wire.socket.write(byte);
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert.equal((await wire.say('.')).code, subject === 'Ja' ? 250 : 557);
    }
    assert.equal(asked, 2);
    assert.equal(door.store.mails.length, 1);
    wire.vanish();
  });

  it('are not waited for: the door closes while clients stay in the middle of a mail', async () => {
    const door = await openFakeDoor();
    const lines = await Promise.all(Array.from({ length: 20 }, () => lineTo(door)));
    await lines[0]?.toData(FROM, [TO]);
    await door.door.close();
    for (const wire of lines) wire.vanish();
  });
});
