import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createTransport } from 'nodemailer';
import { openDatabase } from '../../../src/gateway/store/database.ts';
import { addressKinds } from '../../../src/gateway/store/receipt-rows.ts';
import { GatewayInWorld } from '../gateway-in-world.ts';
import { citizen, ngdp } from '../../journeys/citizens.ts';
import { attachmentOf, readNotice, type NoticeRead } from '../../journeys/receipt-reading.ts';
import { letter } from '../../journeys/running-sandbox.ts';
import { until } from '../../sandbox/eventually.ts';

const MERGING = 'jobcenter@kommune.example';
const USUAL = 'sikkerpost@kommune.example';
const MAILS = 20;
const UNREGISTERED = '1509819996';
const DIGEST_MS = 15 * 60_000;

/** A mass send that has gone, written in one commit, as the gateway's own loops look at the tables too. */
async function massSend(world: GatewayInWorld, recipients: number): Promise<number> {
  return await world.number(
    `with sent as (
       insert into submission (received_at, mail_from, recipients, raw_blob, raw_bytes, state, due_at, organisation_cvr,
         from_mailbox, message_id, subject, letter, open_deliveries, mass)
       values (now() - interval '20 minutes', '${USUAL}', '{}', 0, 0, 'expanded', now(), '35833684',
         '${USUAL}', '<mass@kommune.example>', 'Varsling', '{"senders":{},"attachments":[],"mainSha256":null}', 1, true)
       returning id),
     rows as (
       insert into delivery (submission_id, position, channel, address, named_in_header, organisation_cvr, message_uuid, status,
         bulk, due_at, handed_over_at, settled_at, error_code)
       select sent.id, n, 'ngdp', lpad(n::text, 10, '0') || case when n % 2 = 1 then '-reply' else '' end || '@35833684.ngdp.digital-post.dk', true, '35833684', gen_random_uuid(),
         case when n % 100 = 0 then 'refused' when n % 100 = 1 then 'stopped' when n = 7 then 'handed-over' else 'completed' end,
         true, now(), now(), now(), case when n % 100 = 0 then 'recipient.not.registered' end
       from sent, generate_series(1, ${recipients}) n)
     select id from sent`,
  );
}

describe('receipts as the database has them', () => {
  const clock = { aheadMs: 0 };
  let world: GatewayInWorld;
  before(async () => {
    world = await GatewayInWorld.start({
      env: { FOLLOW_TIME_MS: '100', MASS_PROGRESS_MS: '1200000' },
      surroundings: { now: () => new Date(Date.now() + clock.aheadMs), random: () => 0 },
      organisations: (organisations) =>
        organisations.map((organisation) => ({
          ...organisation,
          secureMailboxes: organisation.secureMailboxes.map((mailbox) =>
            mailbox.address === MERGING ? { ...mailbox, receipts: 'digest' as const } : mailbox,
          ),
        })),
    });
  });
  after(() => world[Symbol.asyncDispose]());

  async function notices(mailbox: string): Promise<readonly NoticeRead[]> {
    const read: NoticeRead[] = [];
    for (const { id } of await world.exchange.mailboxes.list(mailbox)) {
      const mail = await world.exchange.mailboxes.find(mailbox, id);
      if (!mail) continue;
      const pieces: Uint8Array[] = [];
      for await (const piece of world.exchange.bodies.read(mail.body)) pieces.push(piece);
      read.push(await readNotice(Buffer.concat(pieces)));
    }
    return read;
  }

  async function noticeThat(begins: RegExp): Promise<NoticeRead> {
    let found: NoticeRead | undefined;
    const arrived = async () => {
      found = (await notices(USUAL)).find(({ subject }) => begins.test(subject));
      return found !== undefined;
    };
    await until(arrived, 20_000, String(begins));
    assert.ok(found);
    return found;
  }

  const textOf = (notice: NoticeRead | undefined, name: string) =>
    (notice && attachmentOf(notice.mail, name)?.toString('utf8')) ?? '';
  const state = (which: string) => world.number(`select count(*) from notice where ${which}`);

  it('of a mail merge come in one digest, also when Exchange lets go of it and the gateway starts anew', async () => {
    const transport = createTransport({ host: '127.0.0.1', port: world.smtpPort, ignoreTLS: true, pool: true, maxConnections: 4 });
    const recipients = Array.from({ length: MAILS }, (_, n) => (n === 13 ? UNREGISTERED : citizen(n)));
    await Promise.all(
      recipients.map((number, n) => {
        const to = [ngdp(number)];
        const raw = letter({ from: MERGING, to, subject: `Brev ${n}`, messageId: `<merge.${n}@kommune.example>` });
        return transport.sendMail({ envelope: { from: MERGING, to }, raw });
      }),
    );
    transport.close();
    await until(async () => (await state(`kind = 'receipt' and state = 'waiting'`)) === MAILS, 30_000, 'receipts of all');
    assert.deepEqual(await notices(MERGING), []);

    // Gathered, and its hand-over begun by a process that is no more: the next one sends the same.
    await world.stopGateway();
    await world.startGateway({
      env: { RELAY_PORT: '1', FOLLOW_TIME_MS: '100', DELIVERY_RETRY_FIRST_MS: '0' },
      surroundings: { now: () => new Date(Date.now() + DIGEST_MS + 1000), random: () => 0 },
    });
    await until(async () => (await state(`kind = 'digest' and attempts > 0`)) === 1, 20_000, 'a digest that is tried');
    await world.stopGateway();
    assert.equal(await state(`kind = 'receipt' and state = 'gathered'`), MAILS);

    clock.aheadMs = 10 * DIGEST_MS;
    await world.startGateway({
      env: { FOLLOW_TIME_MS: '100' },
      surroundings: { now: () => new Date(Date.now() + clock.aheadMs), random: () => 0 },
    });
    await until(async () => (await state(`kind = 'receipt' and state = 'sent'`)) === MAILS, 20_000, 'a digest that is sent');
    const [digest, ...more] = await notices(MERGING);
    assert.equal(more.length, 0);
    assert.equal(digest?.subject, `Kvitteringer for ${MAILS} mails – ${MAILS - 1} leveret, 1 fejlet`);
    const copies = JSON.parse(textOf(digest, 'NgDPKvittering.json')) as { subject: string; counts: { delivered: number } }[];
    assert.equal(new Set(copies.map(({ subject }) => subject)).size, MAILS);
    assert.equal(copies.reduce((sum, { counts }) => sum + counts.delivered, 0), MAILS - 1);
    const failed = textOf(digest, 'NgDPKvitteringsDetaljerMedFejl.txt').trim().split('\r\n');
    assert.equal(failed.length, 2);
    assert.match(failed[1] ?? '', /^150981-xxxx\t1\tDigital Post\t/);
    assert.ok(digest.text.indexOf('Brev 13') < digest.text.indexOf('Brev 0'));
    assert.ok(!digest.text.includes(UNREGISTERED));
  });

  it('of a mass send name exactly those who failed, and those who had left before it was stopped', async () => {
    const id = await massSend(world, 20_000);
    await world.database.query(
      `insert into notice (kind, organisation_cvr, submission_id, recipient, created_at, due_at)
       values ('receipt', '35833684', $1, $2, now(), now())`,
      [id, USUAL],
    );
    const receipt = await noticeThat(/^Kvittering/);
    assert.match(receipt.subject, /19599 leveret, 200 fejlet, 200 stoppet, 1 uden kvittering/);
    const { copy } = receipt;
    assert.ok(copy);
    assert.deepEqual(copy.counts, { delivered: 19_599, failed: 200, stopped: 200, pending: 1, all: 20_000 });
    assert.equal(copy.recipients.length, 200);
    const lines = textOf(receipt, 'NgDPKvitteringsDetaljerMedFejl.txt').trim().split('\r\n').slice(1);
    assert.deepEqual(lines.map((line) => Number(line.split('\t')[1])), Array.from({ length: 200 }, (_, n) => 100 * (n + 1)));
    assert.equal(textOf(receipt, 'NgDPKvitteringsDetaljerSendt.txt').trim().split('\r\n').length, 19_801);
    assert.ok(receipt.text.length < 20_000);
    // None of those who failed, whom alone the table names, could have answered.
    assert.match(receipt.text, /Nogle af modtagerne kan svare, og svar lander i sikkerpost@kommune\.example/);
  });

  it('of a mass send that takes long are preceded by one status', async () => {
    const status = await noticeThat(/^Status/);
    assert.equal(status.subject, 'Status på masseforsendelsen: Varsling – 19.599 af 20.000 leveret');
    assert.equal(await state(`kind = 'progress'`), 1);
  });

  it('know an answer at a contact point of the recipient’s from a message that cannot be answered', async () => {
    const id = await massSend(world, 2);
    const host = '35833684.ngdp.digital-post.dk';
    const [plain, answered] = [`12345678@${host}`, `87654321-reply.bdcc201c-600c-4254-92c4-bab15dc075b5@${host}`];
    await world.database.query(`update delivery set address = case when position = 1 then $2 else $3 end where submission_id = $1`, [id, plain, answered]);
    const database = openDatabase(world.databaseUrl, { connectionsMax: 1, timeoutMs: 10_000, urgentTimeoutMs: 10_000 }, () => undefined);
    try {
      assert.deepEqual([...await addressKinds(database, id)].sort(), [plain, answered]);
    } finally {
      await database.close();
    }
  });
});
