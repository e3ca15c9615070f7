import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { createTransport } from 'nodemailer';
import { DAY_MS, HoldWorld, linksIn, MINUTE_MS, SIKKERPOST, type HandedMail } from '../gateway/hold-world.ts';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { letter } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';

const HOUR_MS = 60 * MINUTE_MS;
const PATIENCE_MS = 60_000;
/** The one mailbox whose mails wait two minutes before they go. */
const HOLDING = 'jobcenter@kommune.example';

/** T34: the gateway's clock alone is wrong, or jumps; those of the world around it go on. */
describe('a clock that is wrong, or jumps', () => {
  let world: HoldWorld;
  let clock: { aheadMs: number };
  let next = 0;
  /** Citizens that no other test writes to. */
  const someone = () => ngdp(citizen(next++));

  before(async () => {
    world = await HoldWorld.start({ API_REQUESTS_PER_MINUTE: '1000' }, (organisation) => ({
      ...organisation,
      secureMailboxes: organisation.secureMailboxes.map((mailbox) =>
        mailbox.address === HOLDING ? { ...mailbox, holdSingleMs: 2 * MINUTE_MS } : mailbox),
    }));
    clock = { aheadMs: 0 };
  });
  after(() => world[Symbol.asyncDispose]());

  /** So far from the right time. */
  function turnTo(aheadMs: number): void {
    world.turnBy(aheadMs - clock.aheadMs);
    clock = { aheadMs };
  }

  /** So that the gateway's clock shows this. */
  const turnToMoment = (moment: string) => turnTo(new Date(moment).getTime() - Date.now());

  afterEach(async () => {
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
    turnTo(0);
    await until(async () => (await inHand()) === 0, PATIENCE_MS, 'no lease that is left over');
    const doubled = await world.inner.database.query('select 1 from delivery where status = $1 group by submission_id, position having count(*) > 1', ['completed']);
    assert.equal(doubled.rowCount, 0);
    assert.deepEqual(world.inner.logLines.filter((line) => /work-freed|chore-failed/.test(line)), [], 'no lease was taken away, no chore failed');
  });

  /** Rows that a process has claimed. */
  const inHand = () => world.inner.number(`select
    (select count(*) from submission where state = 'converting') + (select count(*) from container where status = 'sending')
    + (select count(*) from delivery where status = 'sending') + (select count(*) from notice where state = 'sending')`);

  const subjectsOf = async (mail: HandedMail, mailbox = SIKKERPOST) => (await world.notices(mailbox, mail)).map(({ subject }) => subject);

  /** Has arrived once, and its sender has the one receipt. */
  async function arrivedOnce(mail: HandedMail, mailbox = SIKKERPOST): Promise<void> {
    await world.untilStatus(mail, 'completed', 1);
    await world.notice(mailbox, mail, /^Kvittering/);
    assert.equal(await world.arrived(mail), 1, mail.subject);
    assert.equal((await subjectsOf(mail, mailbox)).filter((subject) => subject.startsWith('Kvittering')).length, 1);
  }

  for (const [name, aheadMs] of [['two hours behind', -2 * HOUR_MS], ['400 days ahead', 400 * DAY_MS]] as const) {
    it(`sends as ever when it is ${name}`, async () => {
      turnTo(aheadMs);
      await arrivedOnce(await world.hand([someone()], { subject: `Med et ur, der er ${name}` }));
      const mass = await world.hand(['masseforsendelse-120@35833684.ngdp.digital-post.dk'], {
        subject: `Pakker: ${name}`, attachments: [{ filename: 'masseforsendelse.txt', content: Array.from({ length: 120 }, () => citizen(next++)).join('\n') }],
      });
      await world.untilStatus(mass, 'completed', 120);
      assert.equal(await world.arrived(mass), 120);
    });
  }

  for (const [name, fromMs, toMs] of [['back by two hours', 2 * HOUR_MS, 0], ['back by 400 days', 400 * DAY_MS, 0], ['ahead by two hours', 0, 2 * HOUR_MS]] as const) {
    it(`brings what waited for another try when it jumps ${name}, soon, and once`, async () => {
      turnTo(fromMs);
      await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
      const mails: HandedMail[] = [];
      for (let n = 0; n < 3; n++) mails.push(await world.hand([someone()], { subject: `Venter ${name} ${n}` }));
      for (const mail of mails) {
        await until(async () => (await world.inner.number(`select max(attempts) from delivery where submission_id = ${mail.id}`)) > 0, PATIENCE_MS, 'a try');
      }
      turnTo(toMs);
      await world.inner.ngdp.settings.setFault({ mode: 'none' });
      for (const mail of mails) await arrivedOnce(mail);
    });
  }

  for (const [name, fromMs, toMs] of [['back', 400 * DAY_MS, -2 * HOUR_MS], ['ahead', 0, 400 * DAY_MS]] as const) {
    it(`loses and doubles nothing that is being handed over while it jumps ${name}`, async () => {
      turnTo(fromMs);
      await world.inner.ngdp.settings.setFault({ mode: 'slow' });
      const mail = await world.hand([someone()], { subject: `Undervejs, mens uret springer ${name}` });
      await world.untilStatus(mail, 'sending', 1);
      turnTo(toMs);
      await arrivedOnce(mail);
    });
  }

  it('tells the sender of what it gave up because the clock jumped past five days, and sends none of that later', async () => {
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const mail = await world.hand([someone()], { subject: 'Opgivet af uret' });
    await until(async () => (await world.inner.number(`select max(attempts) from delivery where submission_id = ${mail.id}`)) > 0, PATIENCE_MS, 'a try');
    turnTo(400 * DAY_MS);
    await world.untilStatus(mail, 'expired', 1);
    const receipt = await world.notice(SIKKERPOST, mail, /^Kvittering: .* 0 leveret, 1 fejlet$/);
    assert.equal(receipt.copy?.recipients[0]?.status, 'expired');
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
    turnTo(0);
    await world.timeIsFollowed();
    assert.equal(await world.arrived(mail), 0);
  });

  it('reads at once what was taken in and not read while it was 400 days ahead', async () => {
    turnTo(400 * DAY_MS);
    await world.inner.stopGateway();
    const surroundings = { now: () => world.now(), random: () => 0 };
    await world.inner.startGateway({ env: { ROLES: 'accept' }, surroundings });
    const mail = await world.hand([someone()], { subject: 'Ulæst, da uret blev stillet' });
    assert.equal(await world.state(mail.id), 'accepted');
    await world.inner.stopGateway();
    turnTo(0);
    await world.inner.startGateway({ surroundings });
    await arrivedOnce(mail);
  });

  it('remembers what it has taken, from mail servers and programs, though it was 400 days ahead for a while', async () => {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const to = someone();
    const raw = letter({ to: [to], subject: 'Kun én gang', messageId });
    const hand = async () => {
      const transport = createTransport({ host: '127.0.0.1', port: world.inner.smtpPort, ignoreTLS: true });
      await transport.sendMail({ envelope: { from: SIKKERPOST, to: [to] }, raw });
      transport.close();
      const id = await world.inner.number('select max(id) from submission');
      return await world.read({ id, messageId, subject: 'Kun én gang' });
    };
    const asked = { from: SIKKERPOST, to: [someone()], subject: 'Fra et program', text: 'Kære borger' };
    assert.equal(await hand(), 'expanded');
    const first = await callApi(asked, 'nøgle-1');
    for (const aheadMs of [400 * DAY_MS, 0, -2 * HOUR_MS, 0]) {
      turnTo(aheadMs);
      await world.timeIsFollowed();
      assert.equal(await hand(), 'skipped', `${aheadMs}`);
      assert.deepEqual(await callApi(asked, 'nøgle-1'), first);
    }
    await until(async () => (await world.arrived({ subject: 'Fra et program' })) === 1, PATIENCE_MS, 'the message of the program');
    assert.equal(await world.arrived({ subject: 'Kun én gang' }), 1);
    assert.equal(await world.inner.number(`select count(*) from submission where subject = 'Fra et program'`), 1);
  });

  /** Hands a message over as a program does, logged on anew, for its token may have ended. */
  async function callApi(body: object, key: string): Promise<unknown> {
    const http = `http://127.0.0.1:${world.inner.gateway?.httpPort ?? 0}`;
    const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'fagsystem', client_secret: 'kun-til-oevelse' });
    const { access_token: token } = (await (await fetch(`${http}/api/token`, { method: 'POST', body: form })).json()) as { access_token: string };
    const response = await fetch(`${http}/api/messages`, {
      method: 'POST', body: JSON.stringify(body),
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': encodeURIComponent(key) },
    });
    assert.equal(response.status, 202);
    return await response.json();
  }

  it('holds for two minutes what came while it was 400 days ahead, and not for 400 days', async () => {
    turnTo(400 * DAY_MS);
    const mail = await world.hand([someone()], { subject: 'Holdt af et forkert ur', from: HOLDING });
    await world.notice(HOLDING, mail, /^Din besked venter/);
    turnTo(0);
    await world.timeIsFollowed();
    assert.deepEqual(await world.counts(mail), { waiting: 1 });
    assert.equal(await world.inner.number(`select count(*) from submission where id = ${mail.id} and release_at < now() + interval '11 minutes'`), 1);
    turnTo(11 * MINUTE_MS);
    await arrivedOnce(mail, HOLDING);
  });

  it('keeps the time that a sender chose, whatever the clock did meanwhile', async () => {
    const at = Date.now() + 3 * DAY_MS;
    const mail = await world.hand([someone()], { subject: 'Om tre dage', headers: { 'X-Postbro-Send-At': new Date(at).toISOString() } });
    assert.equal(await world.read(mail), 'expanded');
    for (const aheadMs of [-2 * HOUR_MS, 2 * DAY_MS, -400 * DAY_MS, 3 * DAY_MS - MINUTE_MS]) {
      turnTo(aheadMs);
      await world.timeIsFollowed();
      assert.deepEqual(await world.counts(mail), { waiting: 1 }, `${aheadMs / HOUR_MS} hours`);
    }
    turnTo(3 * DAY_MS + 1000);
    await arrivedOnce(mail);
  });

  it('lets links end by its time: for good when it is right, and only for as long as it is ahead', async () => {
    const mail = await world.hand([someone()], { subject: 'Med et link', headers: { 'X-Postbro-Send-At': new Date(Date.now() + 20 * DAY_MS).toISOString() } });
    const [stop = ''] = linksIn(await world.notice(SIKKERPOST, mail, /^Din besked venter/));
    const short = await world.link('stop', mail);
    for (const [aheadMs, shortWorks, stopWorks] of [
      [-2 * HOUR_MS, true, true], [0.9 * DAY_MS, true, true], [1.1 * DAY_MS, false, true], [19.9 * DAY_MS, false, true], [0, true, true],
    ] as const) {
      turnTo(aheadMs);
      assert.equal((await world.follow(short)).hasButton, shortWorks, `a day's link at ${aheadMs / DAY_MS} days`);
      assert.equal((await world.follow(stop)).hasButton, stopWorks, `the link of the notice at ${aheadMs / DAY_MS} days`);
    }
    const pressed = await world.follow(stop, 'POST');
    assert.equal(pressed.status, 200);
    assert.deepEqual(await world.counts(mail), { stopped: 1 });
  });

  /** When a mail goes that asks for a Danish time: waits a second before, and has gone a second after. */
  async function goesAt(mail: HandedMail, moment: string): Promise<void> {
    assert.equal(await world.read(mail), 'expanded', mail.subject);
    turnToMoment(new Date(new Date(moment).getTime() - 5_000).toISOString());
    // A second look would come too late: the gateway's clock goes on.
    assert.deepEqual(await world.counts(mail), { waiting: 1 }, mail.subject);
    turnToMoment(new Date(new Date(moment).getTime() + 1_000).toISOString());
    await arrivedOnce(mail);
    const { rows } = await world.inner.database.query<{ at: Date }>('select release_at as at from submission where id = $1', [mail.id]);
    assert.equal(rows[0]?.at.toISOString(), new Date(moment).toISOString());
  }

  for (const [night, gap] of [['2026-03-28', '2026-03-29'], ['2027-03-27', '2027-03-28']] as const) {
    it(`knows the night of ${gap}, in which the hour from two to three is left out`, async () => {
      turnToMoment(`${night}T20:00:00Z`);
      const inGap = await world.hand([someone()], { subject: `I springet ${gap}`, headers: { 'X-Postbro-Send-At': `${gap}T02:30` } });
      assert.equal(await world.read(inGap), 'refused');
      await world.notice(SIKKERPOST, inGap, /^Beskeden er ikke sendt: sendetidspunktet kan ikke læses/);
      const earlier = await world.hand([someone()], { subject: `Før springet ${gap}`, headers: { 'X-Postbro-Send-At': `${gap}T01:30` } });
      const later = await world.hand([someone()], { subject: `Efter springet ${gap}`, headers: { 'X-Postbro-Send-At': `${gap} 03:00` } });
      assert.match((await world.notice(SIKKERPOST, later, /^Din besked venter/)).text, /kl\. 03\.00/);
      await goesAt(earlier, `${gap}T00:30:00Z`);
      await goesAt(later, `${gap}T01:00:00Z`);
    });
  }

  for (const [night, twice] of [['2026-10-24', '2026-10-25'], ['2027-10-30', '2027-10-31']] as const) {
    it(`knows the night of ${twice}, in which the hour from two to three comes twice: without a zone it is the second`, async () => {
      turnToMoment(`${night}T20:00:00Z`);
      const at = (time: string) => ({ subject: `Kl. ${time} den ${twice}`, headers: { 'X-Postbro-Send-At': `${twice}T${time}` } });
      const first = await world.hand([someone()], at('02:30+02:00'));
      const second = await world.hand([someone()], at('02:30'));
      const last = await world.hand([someone()], at('03:00'));
      assert.match((await world.notice(SIKKERPOST, second, /^Din besked venter/)).text, /kl\. 02\.30/);
      await goesAt(first, `${twice}T00:30:00Z`);
      assert.deepEqual(await world.counts(second), { waiting: 1 });
      await goesAt(second, `${twice}T01:30:00Z`);
      await goesAt(last, `${twice}T02:00:00Z`);
    });
  }

  it('knows 29 February 2028, and that 2029 has none', async () => {
    turnToMoment('2028-02-28T20:00:00Z');
    const none = await world.hand([someone()], { subject: 'Ingen skuddag', headers: { 'X-Postbro-Send-At': '2029-02-29T08:00' } });
    assert.equal(await world.read(none), 'refused');
    const leap = await world.hand([someone()], { subject: 'På skuddagen', headers: { 'X-Postbro-Send-At': '2028-02-29T08:00' } });
    assert.match((await world.notice(SIKKERPOST, leap, /^Din besked venter/)).text, /29\. februar 2028 kl\. 08\.00/);
    await goesAt(leap, '2028-02-29T07:00:00Z');
    turnToMoment('2028-02-29T22:59:00Z');
    await arrivedOnce(await world.hand([someone()], { subject: 'Skrevet på skuddagen' }));
    const held = await world.hand([someone()], { subject: 'Holdt over midnat', from: HOLDING });
    assert.match((await world.notice(HOLDING, held, /^Din besked venter/)).text, /kl\. 00\.0\d/);
    turnToMoment('2028-02-29T23:03:00Z');
    await arrivedOnce(held, HOLDING);
    turnToMoment('2029-02-28T23:30:00Z');
    await arrivedOnce(await world.hand([someone()], { subject: 'Et år efter' }));
  });
});
