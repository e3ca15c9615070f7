import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp, OWN_CVR } from '../../journeys/citizens.ts';
import { until } from '../../sandbox/eventually.ts';
import { pdfOf } from '../../mail/inspect-samples.ts';
import { HoldWorld, linksIn, SIKKERPOST, type HandedMail } from '../hold-world.ts';

const NOT_REGISTERED = '1509819996';
const MARK = 'Xylofonmarkering';
const pdfSaying = (text: string) => pdfOf({ objects: [`<< /Said (${text}) >>`] });
const MARKED = {
  subject: `${MARK}emne`,
  from: `"${MARK}navn" <${SIKKERPOST}>`,
  text: `Kære ${MARK}borger\n`,
  attachments: [{ filename: `${MARK}bilag.pdf`, content: pdfSaying(MARK) }],
};
const mass = (count: number) => `masseforsendelse-${count}@${OWN_CVR}.ngdp.digital-post.dk`;
const CONTENT_DAYS = 31;
const RECORD_DAYS = 190;

describe('forgetting by age', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({
      RETENTION_POLL_MS: '100', FILES_POLL_MS: '100', MASS_CONTAINER_RECIPIENTS_MIN: '3', NGDP_RECEIPT_POLL_MS: '200',
      // What waits longer than the gateway ever waits is taken for a clock that was turned, and goes at once.
      DELIVERY_RETRY_MAX_MS: '60000',
    });
  });
  after(() => world[Symbol.asyncDispose]());

  /** Makes everything that was written about a mail so many days older. */
  const age = async ({ id }: HandedMail, days: number): Promise<void> => {
    const by = `interval '${days} days'`;
    for (const statement of [
      `update delivery set settled_at = settled_at - ${by}, handed_over_at = handed_over_at - ${by} where submission_id = ${id}`,
      `update notice set created_at = created_at - ${by}, due_at = due_at - ${by} where submission_id = ${id}`,
      `update receipt set received_at = received_at - ${by} where delivery_id in (select id from delivery where submission_id = ${id})`,
      `update submission set received_at = received_at - ${by} where id = ${id}`,
    ]) await world.inner.database.query(statement);
  };
  const contentIsGone = (mail: HandedMail) => world.inner.number(`select count(*) from submission where id = ${mail.id} and content_deleted_at is not null`).then((n) => n === 1);
  const untilContentIsGone = (mail: HandedMail) => until(() => contentIsGone(mail), 20_000, `the content of mail ${mail.id} deleted`);
  const recordIsGone = (mail: HandedMail) => world.inner.number(`select count(*) from submission where id = ${mail.id}`).then((n) => n === 0);
  const blobsOf = (mail: HandedMail) =>
    world.inner.number(`select count(*) from blob_chunk where blob_id in (select raw_blob from submission where id = ${mail.id})`);
  /** Two whole turns of the chore. */
  const aTurn = async (): Promise<void> => {
    for (let round = 0; round < 2; round++) {
      await world.inner.database.query(`insert into alarm values ('probe', '2000-01-01') on conflict do nothing`);
      await until(async () => (await world.inner.number(`select count(*) from alarm where key = 'probe'`)) === 0, 20_000, 'a turn');
    }
  };
  /** Every row of every table in which a text stands, as text or as bytes. */
  const tablesWith = async (text: string): Promise<readonly string[]> => {
    const { rows: tables } = await world.inner.database.query<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'postbro'`,
    );
    const hex = Buffer.from(text).toString('hex');
    const found = await Promise.all(tables.map(async ({ name }) => {
      const { rows } = await world.inner.database.query<{ row: string }>(`select row_to_json(t)::text as row from ${name} t`);
      return rows.some(({ row }) => row.includes(text) || row.includes(hex)) ? [name] : [];
    }));
    return found.flat();
  };
  /** Waits until the receipt of a mail has been sent. */
  const untilTold = ({ id }: HandedMail) =>
    until(async () => (await world.inner.number(`select count(*) from notice where submission_id = ${id} and state = 'sent'`)) > 0
      && (await world.inner.number(`select count(*) from notice where submission_id = ${id} and state <> 'sent'`)) === 0, 20_000, 'told');

  it('leaves nothing of a mail’s words and files in any table, while who got it when stays, and then not even that', async () => {
    const single = await world.hand([ngdp(citizen(1)), 'ven@example.org'], { ...MARKED, to: `"${MARK} Berggren (Digital Post)" <${ngdp(citizen(1))}>` });
    const refused = await world.hand([ngdp(citizen(2))], { ...MARKED, attachments: [{ filename: `${MARK}.exe`, content: 'MZ' }] });
    const owns = [citizen(3), citizen(4)];
    const letters = await world.hand([mass(2)], {
      ...MARKED,
      attachments: [
        { filename: 'masseforsendelse.txt', content: owns.join('\n') },
        ...owns.map((number) => ({ filename: `${number}.pdf`, content: pdfSaying(`${MARK} ${number}`) })),
      ],
    });
    await world.untilStatus(single, 'completed', 2);
    await world.untilStatus(letters, 'completed', 2);
    assert.equal(await world.read(refused), 'refused');
    const mails = [single, refused, letters];
    for (const mail of mails) await untilTold(mail);
    assert.deepEqual([...await tablesWith(MARK)].sort(), ['blob_chunk', 'delivery', 'submission']);
    await aTurn();
    assert.equal(await contentIsGone(single), false, 'not before its time');

    for (const mail of mails) await age(mail, CONTENT_DAYS);
    for (const mail of mails) await untilContentIsGone(mail);
    await until(async () => (await world.inner.number('select count(*) from own_letters_left')) === 0, 20_000, 'letters deleted');
    // What a mail brought and its letter did not need goes with all that was left half-done.
    await world.inner.database.query(`update upload set created_at = '2000-01-01'`);
    await until(async () => (await world.inner.number('select count(*) from upload')) === 0, 20_000, 'leftovers deleted');
    assert.deepEqual(await tablesWith(MARK), []);
    assert.equal(await world.inner.number('select count(*) from blob_chunk'), 0);
    assert.deepEqual(await world.counts(single), { completed: 2 });
    assert.equal(await world.inner.number(`select count(*) from submission where id = ${letters.id} and letter->>'mainSha256' is null and content_sha256 is not null`), 1);
    const { rows: [row] } = await world.inner.database.query<{ problems: readonly { code: string }[] }>(`select problems from submission where id = ${refused.id}`);
    assert.equal(row?.problems[0]?.code, 'file-type-not-allowed');
    assert.ok((await tablesWith(citizen(1))).includes('delivery'));

    for (const mail of mails) await age(mail, RECORD_DAYS);
    for (const mail of mails) await until(() => recordIsGone(mail), 20_000, 'the record deleted');
    for (const number of [citizen(1), citizen(2), ...owns]) assert.deepEqual(await tablesWith(number), [], 'a number that stayed');
    assert.equal(await world.inner.number('select count(*) from delivery'), 0);
  });

  it('keeps what is not finished, however old it is, and what was finished a short while ago', async () => {
    const held = await world.hand([ngdp(citizen(5))], { subject: 'Venter på sin tid' });
    await world.untilStatus(held, 'completed', 1);
    await untilTold(held);
    await world.inner.database.query(`update submission set received_at = received_at - interval '300 days' where id = ${held.id}`);
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const waiting = await world.hand([ngdp(citizen(6))], { subject: 'Kan ikke komme frem' });
    await world.read(waiting);
    // As if it had been held until now, so that it is not given up.
    await world.inner.database.query(`update submission set release_at = now() where id = ${waiting.id}`);
    await age(waiting, 400);
    await aTurn();
    assert.equal(await contentIsGone(held), false);
    assert.equal(await contentIsGone(waiting), false);
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
    await world.untilStatus(waiting, 'completed', 1);
    await age(held, CONTENT_DAYS);
    await untilContentIsGone(held);
  });

  it('waits for the mail that tries the failed ones again, which has the same letter, and says afterwards why it cannot be sent', async () => {
    const first = await world.hand([ngdp(NOT_REGISTERED)], { subject: 'Sendes igen' });
    const link = linksIn(await world.notice(SIKKERPOST, first, /fejlet/)).at(-1) ?? '';
    assert.match((await world.follow(link, 'POST')).html, /er sendt igen/);
    const again = { ...first, id: await world.inner.number(`select id from submission where resend_of = ${first.id}`) };
    await world.untilStatus(again, 'refused', 1);
    await untilTold(again);
    await age(first, CONTENT_DAYS);
    await aTurn();
    assert.equal(await contentIsGone(first), false);
    assert.ok((await blobsOf(first)) > 0);
    await age(again, CONTENT_DAYS);
    await untilContentIsGone(again);
    await untilContentIsGone(first);
    assert.equal(await blobsOf(first), 0);
    const page = await world.follow(await world.link('resend', again));
    assert.equal(page.status, 410);
    assert.match(page.html, /slettet/);
    assert.ok(!page.hasButton);
    for (const mail of [first, again]) await age(mail, RECORD_DAYS);
    await until(() => recordIsGone(first), 20_000, 'the first one deleted too');
  });

  it('gives a notice up that could not be sent in all that time', async () => {
    const mail = await world.hand([ngdp(citizen(7))], { subject: 'Kvittering til ingen' });
    await world.untilStatus(mail, 'completed', 1);
    await untilTold(mail);
    await world.inner.database.query(
      `update notice set state = 'waiting', due_at = now() + interval '20 seconds', created_at = created_at - interval '60 days' where submission_id = ${mail.id}`,
    );
    await world.inner.database.query(`update submission set received_at = received_at - interval '40 days' where id = ${mail.id}`);
    await world.inner.database.query(`update delivery set settled_at = settled_at - interval '40 days', handed_over_at = handed_over_at - interval '40 days' where submission_id = ${mail.id}`);
    await untilContentIsGone(mail);
    assert.equal(await world.inner.number(`select count(*) from notice where submission_id = ${mail.id} and state = 'refused'`), 1);
  });

  it('deletes a mass send that was stopped after the answer for its container was lost, however its messages ended', async () => {
    const { settings } = world.inner.ngdp;
    await settings.setReceipts({ withhold: true });
    await settings.setFault({ mode: 'reset' });
    const content = [citizen(11), citizen(12), citizen(13)].join('\n');
    const lost = async (subject: string): Promise<HandedMail> => {
      const mail = await world.hand([mass(3)], { subject, attachments: [{ filename: 'masseforsendelse.txt', content }] });
      await world.untilStatus(mail, 'unknown', 3);
      await world.stop(mail);
      await until(async () => (await world.counts(mail))['unknown'] === 3, 20_000, 'nothing in the air');
      return mail;
    };
    const open = (mail: HandedMail) => world.inner.number(`select count(*) from container where submission_id = ${mail.id} and status <> 'done'`);
    const [late, receipted] = [await lost('Opgivet, og så kom kvitteringen'), await lost('Kvitteringen kom')];
    await world.inner.database.query(`update submission set received_at = received_at - interval '6 days' where id = ${late.id}`);
    await world.untilStatus(late, 'expired', 3);
    assert.equal(await open(receipted), 1);
    await aTurn();
    await settings.setFault({ mode: 'none' });
    await settings.setReceipts({ withhold: false });
    for (const mail of [late, receipted]) {
      await world.untilStatus(mail, 'completed', 3);
      await until(async () => (await open(mail)) === 0, 20_000, 'the container ended');
      await untilTold(mail);
      await age(mail, CONTENT_DAYS);
      await untilContentIsGone(mail);
      await age(mail, RECORD_DAYS);
      await until(() => recordIsGone(mail), 20_000, 'the record deleted');
    }
  });

  it('forgets what a mail carried for the recipient’s system, and approvals of Mail Guard', async () => {
    const attachments = [{ filename: 'MemoHeader.json', content: '{"version": 1, "contentData": {"caseId": "sag-til-sletning"}}' }];
    const mail = await world.hand([ngdp(citizen(9))], { subject: 'Med sagsnummer', attachments });
    await world.untilStatus(mail, 'completed', 1);
    await untilTold(mail);
    const carried = () => world.inner.number(`select count(*) from submission where letter::text like '%sag-til-sletning%'`);
    assert.equal(await carried(), 1);
    const approval = (draft: string, ago: string) => world.inner.database.query(
      `insert into guard_approval (organisation_cvr, mailbox, draft, addresses, approved_by, created_at, expires_at)
       values ('35833684', 'a@kommune.example', $1, '{ven@example.org}', 'x', now() - $2::interval, now() - $2::interval)`, [draft, ago],
    );
    await approval('gammel', '200 days');
    await approval('ny', '1 day');
    await age(mail, CONTENT_DAYS);
    await untilContentIsGone(mail);
    assert.equal(await carried(), 0);
    await until(async () => (await world.inner.number(`select count(*) from guard_approval where draft = 'gammel'`)) === 0, 20_000, 'the old approval deleted');
    assert.equal(await world.inner.number(`select count(*) from guard_approval where draft = 'ny'`), 1);
  });

  it('goes by the clock that is behind: one that runs ahead deletes nothing', async () => {
    const mail = await world.hand([ngdp(citizen(8))], { subject: 'Uret går forkert' });
    await world.untilStatus(mail, 'completed', 1);
    await untilTold(mail);
    world.turnBy(400 * 86_400_000);
    await aTurn();
    assert.equal(await contentIsGone(mail), false);
    world.turnBy(-400 * 86_400_000);
  });
});
