import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { after, before, describe, it } from 'node:test';
import { readMemo } from '../../src/memo/read-memo.ts';
import { calendar, outlookInvitation, tuesday } from '../mail/calendar-fixtures.ts';
import { OWN_CVR } from './citizens.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { arrivals, memoOf, refused, SIKKERPOST, told, type SentMail } from './sent-mail.ts';

const CITIZEN = `1234567890@${OWN_CVR}.ngdp.digital-post.dk`;
const COLLEAGUE = 'sagsbehandler@kommune.example';
const ROOM = 'lokale3@kommune.example';
const OUTSIDER = 'ven@example.org';
const PATIENCE_MS = 30_000;
const SERIES = calendar({ event: [...tuesday, 'RRULE:FREQ=WEEKLY;COUNT=3', 'EXDATE:20261208T090000Z'] });

interface Given {
  readonly subject: string;
  readonly to: readonly string[];
  /** Lines of the body's part, its header first. */
  readonly calendar: readonly string[];
  /** "" for a mail that is the calendar alone. */
  readonly text?: string;
  readonly kind?: 'alternative' | 'mixed';
}

describe('a meeting invitation', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  async function send(given: Given): Promise<SentMail & { readonly raw: string }> {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const to = given.to.filter((address) => address !== CITIZEN).join(', ');
    const head = [`From: Anna <${SIKKERPOST}>`, ...(to === '' ? [] : [`To: ${to}`]), `Subject: ${given.subject}`, `Message-ID: ${messageId}`, 'MIME-Version: 1.0'];
    const { text = 'Kære Bo, tag papirerne med.' } = given;
    const parts = text === ''
      ? given.calendar
      : [
        `Content-Type: multipart/${given.kind ?? 'alternative'}; boundary="_000_b"`, '', '--_000_b', 'Content-Type: text/plain; charset="utf-8"', '', text,
        '--_000_b', ...given.calendar, '--_000_b--', '',
      ];
    const raw = [...head, ...parts].join('\r\n');
    const answer = await sandbox.submit(raw, SIKKERPOST, given.to);
    assert.equal(answer.code, 250, answer.text);
    return { messageId, from: SIKKERPOST, subject: given.subject, raw };
  }

  async function letterOf(mail: SentMail) {
    const rows = await arrivals(sandbox, mail);
    const [row] = rows;
    assert.ok(row && rows.length === 1, `one message of ${mail.subject}`);
    const memo = await memoOf(sandbox, row);
    const files: { readonly name: string; readonly pieces: Buffer[] }[] = [];
    await readMemo((async function* () {
      yield Buffer.from(memo.xml);
    })(), ({ filename }) => {
      const file = { name: filename, pieces: [] as Buffer[] };
      files.push(file);
      return (bytes) => void file.pieces.push(Buffer.from(bytes));
    });
    const [main, ...others] = files;
    return { memo, main: Buffer.concat(main?.pieces ?? []), others: others.map(({ name }) => name) };
  }

  /** Null where pdftotext is not on this machine. */
  function textOf(pdf: Buffer): string | null {
    if (spawnSync('pdftotext', ['-v']).error) return null;
    return execFileSync('pdftotext', ['-', '-'], { input: pdf, stdio: ['pipe', 'pipe', 'ignore'] }).toString('utf8').replace(/\s+/g, ' ');
  }

  async function arrivedAt(address: string, subject: string): Promise<string> {
    const rows = async () => (await sandbox.mailbox(address)).filter((row) => row.subject === subject);
    await until(async () => (await rows()).length > 0, PATIENCE_MS, `${subject} at ${address}`);
    const all = await rows();
    assert.equal(all.length, 1, address);
    return (await sandbox.mail(address, all[0]?.id ?? '')).toString('latin1');
  }

  const part = (body: string, method = 'REQUEST') => [`Content-Type: text/calendar; charset="utf-8"; method=${method}`, 'Content-Transfer-Encoding: base64', '', base64(body)];

  it('reaches colleague, room and outsider byte for byte, and the citizen as a letter with an appointment', async (t) => {
    const mail = await send({ subject: 'Samtale om din sag', to: [CITIZEN, COLLEAGUE, ROOM, OUTSIDER], calendar: part(outlookInvitation) });
    assert.match((await told(sandbox, mail)).subject, /4 leveret/);
    for (const address of [COLLEAGUE, ROOM, OUTSIDER]) {
      assert.ok((await arrivedAt(address, mail.subject)).trimEnd().endsWith(Buffer.from(mail.raw).toString('latin1').trimEnd()), address);
    }
    const { memo, main, others } = await letterOf(mail);
    assert.deepEqual(others, []);
    assert.doesNotMatch(memo.xml, /\.ics|text\/calendar/);
    const [action, ...more] = memo.body?.mainDocument.actions ?? [];
    assert.deepEqual(more, []);
    assert.equal(action?.actionCode, 'AFTALE');
    const { reservationUUID, ...reservation } = action.reservation ?? { reservationUUID: '' };
    assert.match(reservationUUID, /^[\da-f]{8}-[\da-f]{4}-4/);
    assert.deepEqual(reservation, {
      description: 'Samtale om din sag. Kære Bo Vi ses til samtale, tag papirerne med.', abstract: 'Samtale om din sag',
      location: 'Rådhuset, lokale 3; 2. sal', startDateTime: new Date('2026-12-01T09:00:00Z'), endDateTime: new Date('2026-12-01T10:00:00Z'),
      organizerMail: 'anna@kommune.example', organizerName: 'Hansen, Anna (Jobcenter)',
    });
    const text = textOf(main);
    if (text === null) return t.skip('pdftotext is not on this machine');
    for (const words of ['Mødeindkaldelse: Samtale om din sag', 'tirsdag den 1. december 2026 kl. 10.00–11.00', 'Rådhuset, lokale 3; 2. sal', 'Hansen, Anna (Jobcenter)', 'Kære Bo, tag papirerne med.']) {
      assert.ok(text.includes(words), `«${words}» in ${text}`);
    }
  });

  it('that is cancelled, changed, or of a series says so; only what is held can be booked', async (t) => {
    const cancelled = await send({ subject: 'Aflyst: Samtale', to: [CITIZEN], calendar: part(calendar({ method: 'CANCEL', event: [...tuesday, 'STATUS:CANCELLED'] }), 'CANCEL') });
    const series = await send({ subject: 'Forløb', to: [CITIZEN], calendar: part(SERIES) });
    const answer = await send({ subject: 'Accepteret: Samtale', to: [CITIZEN], calendar: part(calendar({ method: 'REPLY', event: [...tuesday, 'ATTENDEE;CN=Per;PARTSTAT=DECLINED:mailto:per@kommune.example'] }), 'REPLY') });
    for (const mail of [cancelled, series, answer]) assert.match((await told(sandbox, mail)).subject, /^Kvittering: .* 1 leveret/);
    const letters = [await letterOf(cancelled), await letterOf(series), await letterOf(answer)];
    assert.deepEqual(letters.map(({ memo }) => memo.body?.mainDocument.actions?.length ?? 0), [0, 1, 0]);
    assert.deepEqual(letters.flatMap(({ others }) => others), []);
    const texts = letters.map(({ main }) => textOf(main));
    if (texts.includes(null)) return t.skip('pdftotext is not on this machine');
    const wanted = [['Aflyst: Samtale om din sag', 'Mødet er aflyst'], ['hver tirsdag til og med tirsdag den 15. december 2026', 'tirsdag den 8. december 2026'], ['Per har afslået mødeindkaldelsen']];
    wanted.forEach((all, n) => all.forEach((words) => assert.ok(texts[n]?.includes(words), `«${words}» in ${texts[n] ?? ''}`)));
  });

  it('that cannot be read: its text goes and the sender is told; without text it is refused, colleagues included', async () => {
    const broken = part('BEGIN:VCALENDAR\r\nvolapyk\r\n');
    const withText = await send({ subject: 'Ødelagt møde', to: [CITIZEN], calendar: broken });
    const notice = await told(sandbox, withText);
    assert.match(notice.subject, /1 leveret/);
    assert.match(notice.text, /Mødeindkaldelsen kunne ikke læses/);
    assert.deepEqual((await letterOf(withText)).others, []);
    const alone = await send({ subject: 'Tomt møde', to: [CITIZEN, COLLEAGUE], calendar: broken, text: '' });
    await refused(sandbox, alone, 'mødeindkaldelsen kan ikke læses');
    assert.deepEqual((await sandbox.mailbox(COLLEAGUE)).filter(({ subject }) => subject === alone.subject), []);
  });

  it('a calendar file that invites to nothing is a file like any other', async () => {
    const file = ['Content-Type: text/calendar; name=ferie.ics', 'Content-Disposition: attachment; filename=ferie.ics', '', calendar({ method: 'PUBLISH', event: tuesday })];
    await refused(sandbox, await send({ subject: 'Ferieplan', to: [CITIZEN], calendar: file, kind: 'mixed' }), 'ferie.ics');
  });

  it('of any kind passes to ordinary recipients alone, and nobody is told', async () => {
    const given: Readonly<Record<string, readonly string[]>> = {
      'Ud alternativ': ['Content-Type: text/calendar; method=COUNTER; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', calendar({ method: 'COUNTER', event: tuesday })],
      'Ud fil': ['Content-Type: application/ics; name="invite.ics"', 'Content-Disposition: attachment; filename="invite.ics"', '', calendar({ event: tuesday })],
      'Ud ødelagt': ['Content-Type: text/calendar; method=REQUEST', '', 'volapyk'],
      'Ud winmail': ['Content-Type: application/ms-tnef; name="winmail.dat"', 'Content-Transfer-Encoding: base64', '', base64('x'.repeat(300))],
    };
    for (const [subject, lines] of Object.entries(given)) {
      const mail = await send({ subject, to: [OUTSIDER, ROOM], calendar: lines, kind: subject === 'Ud alternativ' ? 'alternative' : 'mixed' });
      for (const address of [OUTSIDER, ROOM]) {
        assert.ok((await arrivedAt(address, subject)).trimEnd().endsWith(Buffer.from(mail.raw).toString('latin1').trimEnd()), `${subject} ${address}`);
      }
    }
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n');
}
