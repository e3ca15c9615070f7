import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { RunningPostgres } from '../../src/sandbox/postgres.ts';
import { startTestPostgres } from '../sandbox/test-postgres.ts';
import { keptLog, removeFolder, temporaryFolder } from '../sandbox/outside-world.ts';
import { letter, RunningSandbox, type SmtpWire } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { dotStuffed, handOver } from './smtp-hand-over.ts';

const FROM = 'sikkerpost@kommune.example';
const PATIENCE_MS = 60_000;
const SIZE_MAX_BYTES = 20_000_000;
const GROWTH_MAX_BYTES = 20_000_000;

describe('a door under strain', () => {
  let folder: string;
  let postgres: RunningPostgres;
  let database: pg.Pool;
  let sandbox: RunningSandbox;
  let gateway = 0;

  before(async () => {
    folder = await temporaryFolder();
    postgres = await startTestPostgres({ dataDir: folder, log: keptLog() });
    database = new pg.Pool({ connectionString: postgres.url, options: '-c search_path=postbro', max: 2 });
    database.on('error', () => undefined);
    sandbox = await RunningSandbox.start({
      DATABASE_URL: postgres.url, SMTP_SIZE_MAX_BYTES: String(SIZE_MAX_BYTES), SMTP_RECIPIENTS_MAX: '100',
    });
    for (const pid of await sandbox.processes()) {
      const command = await readFile(`/proc/${pid}/cmdline`, 'latin1').catch(() => '');
      if (command.includes('gateway/main.ts')) gateway = pid;
    }
  });
  after(async () => {
    await sandbox[Symbol.asyncDispose]();
    await database.end();
    await postgres.stop();
    await removeFolder(folder);
  });

  async function line(): Promise<SmtpWire> {
    const wire = await sandbox.wire();
    await wire.say('EHLO exchange.kommune.example');
    return wire;
  }

  /** Bytes that belong to no mail: uploads that go on, or were left. */
  async function leftBehind(): Promise<{ readonly uploads: number; readonly chunks: number }> {
    const { rows } = await database.query<{ uploads: string; chunks: string }>(
      `select (select count(*) from upload) as uploads,
         (select count(*) from blob_chunk where blob_id not in (select raw_blob from submission)
            and blob_id not in (select (letter->'main'->>'blob')::bigint from submission where letter is not null)) as chunks`,
    );
    return { uploads: Number(rows[0]?.uploads), chunks: Number(rows[0]?.chunks) };
  }

  async function nothingIsLeft(): Promise<void> {
    await until(async () => (await leftBehind()).uploads === 0, PATIENCE_MS, 'no upload is open');
    assert.deepEqual(await leftBehind(), { uploads: 0, chunks: 0 });
  }

  async function mailPasses(subject: string): Promise<void> {
    const wire = await line();
    const to = 'nogen@andetsteds.example';
    assert.equal((await handOver(wire, { mailFrom: FROM, to: [to], raw: letter({ to: [to], subject }) })).data, 250);
    wire.vanish();
    await until(async () => (await sandbox.mailbox(to)).some((row) => row.subject === subject), PATIENCE_MS, subject);
  }

  const submissions = async (): Promise<number> =>
    Number((await database.query<{ n: string }>('select count(*) as n from submission')).rows[0]?.n);

  async function residentBytes(): Promise<number> {
    const status = await readFile(`/proc/${gateway}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024;
  }

  it('lines cut in the middle of a mail, also of one of 5 MB, leave no row and no mail', async () => {
    const before = await submissions();
    const body = letter({ to: ['nogen@andetsteds.example'], subject: 'Afbrudt', text: `${'a'.repeat(998)}\r\n`.repeat(5_000) });
    await Promise.all(Array.from({ length: 20 }, async (_, n) => {
      const wire = await line();
      await wire.toData(FROM, ['nogen@andetsteds.example']);
      const sent = n % 4 === 0 ? body : body.slice(0, n * 200_000 + 100);
      await new Promise<void>((resolve) => void wire.socket.write(sent, () => resolve()));
      if (n % 2 === 0) wire.vanish();
      else wire.socket.end();
    }));
    await mailPasses('Efter de afbrudte');
    await nothingIsLeft();
    assert.equal(await submissions(), before + 1);
  });

  it('200 clients at once are all served, while ten give a byte now and then', async () => {
    const slow = await Promise.all(Array.from({ length: 10 }, line));
    await Promise.all(slow.map((wire, n) => wire.toData(FROM, [`langsom${n}@andetsteds.example`])));
    const drip = setInterval(() => {
      for (const wire of slow) wire.socket.write('X');
    }, 100);
    const lines = await Promise.all(Array.from({ length: 200 }, line));
    const answers = await Promise.all(lines.map((wire, n) => handOver(wire, {
      mailFrom: FROM, to: [`klient${n}@andetsteds.example`],
      raw: letter({ to: [`klient${n}@andetsteds.example`], subject: `Klient ${n}` }),
    })));
    clearInterval(drip);
    assert.ok(answers.every(({ data }) => data === 250));
    for (const wire of [...lines, ...slow]) wire.vanish();
    await until(async () => {
      const boxes = await sandbox.get<{ address: string }[]>('/sandbox/mailboxes');
      return boxes.filter(({ address }) => address.startsWith('klient')).length === 200;
    }, PATIENCE_MS, 'every mail');
    assert.deepEqual((await sandbox.mailbox('langsom0@andetsteds.example')), []);
    await nothingIsLeft();
  });

  it('a mail that passes the size unannounced gets 552 after its end, is never held in memory, and leaves no row', async () => {
    await mailPasses('Opvarmning');
    const wire = await line();
    assert.equal((await wire.say(`MAIL FROM:<${FROM}> SIZE=${SIZE_MAX_BYTES + 1}`)).code, 552);
    const piece = Buffer.from(`${'a'.repeat(998)}\r\n`.repeat(1_000));
    const growthOver150MB = async (): Promise<number> => {
      await wire.toData(FROM, ['nogen@andetsteds.example']);
      wire.socket.write(letter({ to: ['nogen@andetsteds.example'], subject: 'For stor', text: '' }));
      const before = await residentBytes();
      let most = before;
      for (let megabyte = 0; megabyte < 150; megabyte++) {
        if (!wire.socket.write(piece)) await new Promise((resolve) => wire.socket.once('drain', resolve));
        most = Math.max(most, await residentBytes());
      }
      const answer = await wire.say('.');
      assert.match(answer.text, /^552 5\.\S+ .*MB/);
      return most - before;
    };
    // The first mail grows by what the collector lets stand between two rounds; a second one finds that room again.
    const first = await growthOver150MB();
    assert.ok(first < 100_000_000, `grew by ${first} bytes for a first mail of 150 MB`);
    const second = await growthOver150MB();
    assert.ok(second < 45_000_000, `grew by ${second} bytes for a second mail of 150 MB`);
    assert.equal((await wire.say('NOOP')).code, 250);
    wire.vanish();
    await nothingIsLeft();
  });

  it('a line of 5 MB, as a command or in a mail, is 421 or 5xx, and memory does not grow by 20 MB', async () => {
    const long = Buffer.alloc(5_000_000, 'x');
    const attack = async (place: 'command' | 'data'): Promise<void> => {
      const wire = await line();
      if (place === 'data') await wire.toData(FROM, ['nogen@andetsteds.example']);
      if (place === 'data') wire.socket.write(letter({ to: ['nogen@andetsteds.example'], subject: 'Lang linje', text: '' }));
      wire.socket.write(long);
      wire.socket.write(place === 'data' ? '\r\n.\r\n' : '\r\n');
      assert.match(String((await wire.reply()).code), place === 'data' ? /^(421|5\d\d)$/ : /^(0|421|5\d\d)$/);
      wire.vanish();
    };
    // The first ones warm buffers up; what counts is that more of them do not add to it.
    for (let n = 0; n < 12; n++) for (const place of ['command', 'data'] as const) await attack(place);
    const before = await residentBytes();
    for (let n = 0; n < 10; n++) for (const place of ['command', 'data'] as const) await attack(place);
    const growth = (await residentBytes()) - before;
    assert.ok(growth < GROWTH_MAX_BYTES, `grew by ${growth} bytes`);
    await nothingIsLeft();
    await mailPasses('Efter de lange linjer');
  });

  it('false ends of data end no mail on the way out either: one mail, and the smuggled one reaches nobody (T4)', async () => {
    const next = 'MAIL FROM:<sikkerpost@kommune.example>\r\nRCPT TO:<offer@andetsteds.example>\r\nDATA\r\n' +
      letter({ to: ['offer@andetsteds.example'], subject: 'Smuglet' });
    const ends = ['\n.\n', '\n.\r\n', '\r\n.\n', '\r.\r', '\r.\r\n', '\r\n.\r', '\r\n.\0\r\n'];
    const codes: number[] = [];
    for (const [n, end] of ends.entries()) {
      for (const way of ['whole', 'halves', 'thirds'] as const) {
        const to = `smugler${n}${way}@andetsteds.example`;
        const wire = await line();
        await wire.toData(FROM, [to]);
        const start = letter({ to: [to], subject: 'Rigtig', text: 'Tekst' });
        const bytes = Buffer.from(`${start}${end}${next}\r\n.\r\n`, 'latin1');
        const cuts = { whole: [], halves: [start.length + end.indexOf('.')], thirds: [start.length + 1, start.length + end.length] }[way];
        for (const [m, from] of [0, ...cuts].entries()) {
          wire.socket.write(bytes.subarray(from, cuts[m]));
          if (cuts.length > 0) await pause(10);
        }
        const { code } = await wire.reply();
        codes.push(code);
        assert.match(String(code), /^(250|5\d\d)$/, JSON.stringify(end));
        assert.match((await wire.say('NOOP')).text, /^250 2\.0\.0 OK/, JSON.stringify(end));
        wire.vanish();
        if (code === 250) await until(async () => (await sandbox.mailbox(to)).length === 1, PATIENCE_MS, to);
      }
    }
    await mailPasses('Efter smuglerne');
    assert.equal(codes.length, 21);
    assert.deepEqual(await sandbox.mailbox('offer@andetsteds.example'), []);
    const boxes = await sandbox.get<{ address: string }[]>('/sandbox/mailboxes');
    for (const { address } of boxes.filter((box) => box.address.startsWith('smugler'))) {
      assert.equal((await sandbox.mailbox(address)).length, 1, address);
    }
  });

  it('a mail with NUL and 8-bit signs in its header is taken or refused, read by no one as another’s, and passed on as it came', async () => {
    const to = 'otte@andetsteds.example';
    const wire = await line();
    const latin = Buffer.from(`From: ${FROM}\r\nTo: ${to}\r\nSubject: R\u00f8dgr\u00f8d\r\nMessage-ID: <otte.1@kommune.example>\r\nX-\u00c6: \u00f8\r\n\r\nTekst\r\n`, 'latin1');
    const nul = Buffer.from(`From: ${FROM}\r\nTo: ${to}\r\nSubject: Nul\0her\r\nMessage-ID: <otte.2@kommune.example>\r\n\r\nTekst\0\r\n`, 'latin1');
    const utf8 = Buffer.from(`From: ${FROM}\r\nTo: ${to}\r\nSubject: R\u00f8dgr\u00f8d\r\nMessage-ID: <otte.3@kommune.example>\r\n\r\nTekst\r\n`);
    let taken = 0;
    for (const raw of [latin, nul, utf8]) {
      const { data } = await handOver(wire, { mailFrom: FROM, to: [to], raw });
      assert.match(String(data), /^(250|5\d\d)$/);
      if (data === 250) taken += 1;
    }
    assert.ok(taken >= 1);
    await until(async () => (await sandbox.mailbox(to)).length === taken, PATIENCE_MS, 'what was taken');
    assert.equal((await handOver(wire, { mailFrom: FROM, to: [to], raw: utf8 })).data, 250);
    wire.vanish();
    await mailPasses('Efter de otte');
    const bytes = await Promise.all((await sandbox.mailbox(to)).map(({ id }) => sandbox.mail(to, id)));
    assert.ok(bytes.some((mail) => mail.includes(dotStuffed('Subject: R\u00f8dgr\u00f8d'))));
    assert.equal(bytes.length, taken);
  });
});
