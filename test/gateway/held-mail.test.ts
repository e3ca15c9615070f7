import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { until } from '../sandbox/eventually.ts';
import { DAY_MS, HoldWorld, linksIn, MINUTE_MS, SIKKERPOST } from './hold-world.ts';

const COLLEAGUE = 'sagsbehandler@kommune.example';

describe('a mail that is held', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({ HOLD_SINGLE_MS: String(2 * MINUTE_MS) }, (organisation) => ({
      ...organisation,
      secureMailboxes: organisation.secureMailboxes.map((mailbox) =>
        mailbox.address === 'jobcenter@kommune.example' ? { ...mailbox, holdSingleMs: 0 } : mailbox,
      ),
    }));
  });
  after(() => world[Symbol.asyncDispose]());

  it('leaves after its wait, colleagues included, and not before; its sender is told once how long', async () => {
    const mail = await world.hand([ngdp(citizen(0)), COLLEAGUE], { subject: 'Venter lidt' });
    assert.equal(await world.read(mail), 'expanded');
    const held = await world.notice(SIKKERPOST, mail, /^Din besked venter: Venter lidt$/);
    assert.match(held.text, /venter til kl\. \d\d\.\d\d/);
    assert.equal(linksIn(held).length, 1);
    world.turnBy(1.9 * MINUTE_MS);
    await world.timeIsFollowed();
    assert.deepEqual(await world.counts(mail), { waiting: 2 });
    world.turnBy(0.2 * MINUTE_MS);
    await world.untilStatus(mail, 'completed', 2);
    await world.notice(SIKKERPOST, mail, /^Kvittering: .* 2 leveret$/);
    assert.equal((await world.notices(SIKKERPOST, mail)).length, 2);
  });

  it('is not held in a mailbox without a wait, nor when it is ordinary mail', async () => {
    const single = await world.hand([ngdp(citizen(1))], { subject: 'Uden ventetid', from: 'jobcenter@kommune.example' });
    await world.untilStatus(single, 'completed', 1);
    const ordinary = await world.hand([COLLEAGUE], {
      subject: 'Til en kollega', headers: { 'Deferred-Delivery': 'Fri, 1 Jan 2100 08:00:00 +0100' },
    });
    await world.untilStatus(ordinary, 'completed', 1);
    assert.deepEqual(await world.notices('jobcenter@kommune.example', ordinary), []);
  });

  it('is stopped by the press of a button, never by a look at its page, and once is enough', async () => {
    const mail = await world.hand([ngdp(citizen(2)), ngdp(citizen(3)), COLLEAGUE], { subject: 'Fortrudt 251248-9996' });
    const [link = ''] = linksIn(await world.notice(SIKKERPOST, mail, /^Din besked venter/));
    for (const method of ['GET', 'HEAD', 'GET'] as const) assert.equal((await world.follow(link, method)).status, 200);
    assert.deepEqual(await world.counts(mail), { waiting: 3 });
    const page = await world.follow(link);
    assert.match(page.html, /Stop beskeden\?[\s\S]*Fortrudt 251248-xxxx/);
    assert.doesNotMatch(page.html, /9996/);
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'.*form-action 'self'/);
    const pressed = await world.follow(link, 'POST');
    assert.equal(pressed.status, 200);
    assert.match(pressed.html, /Beskeden er stoppet[\s\S]*Ingen har fået den/);
    assert.deepEqual(await world.counts(mail), { stopped: 3 });
    const again = await world.follow(link, 'POST');
    assert.match(again.html, /allerede stoppet/);
    assert.equal((await world.follow(link)).hasButton, false);
    world.turnBy(10 * MINUTE_MS);
    const receipt = await world.notice(SIKKERPOST, mail, /stoppet|Kvittering/i);
    assert.ok(receipt.copy?.recipients.every(({ status }) => status === 'stopped'));
    assert.equal(await world.arrived({ subject: 'Fortrudt 251248-xxxx' }), 0);
  });

  it('has left when its wait is over: the stop says plainly that it is too late', async () => {
    const mail = await world.hand([ngdp(citizen(4))], { subject: 'For sent' });
    const [link = ''] = linksIn(await world.notice(SIKKERPOST, mail, /^Din besked venter/));
    world.turnBy(3 * MINUTE_MS);
    await world.untilStatus(mail, 'completed', 1);
    const looked = await world.follow(link);
    assert.equal(looked.status, 409);
    assert.equal(looked.hasButton, false);
    const pressed = await world.follow(link, 'POST');
    assert.equal(pressed.status, 409);
    assert.match(pressed.html, /For sent[\s\S]*allerede afleveret[\s\S]*1 modtager har fået den/);
    assert.deepEqual(await world.counts(mail), { completed: 1 });
  });

  it('waits for the time that its sender chose, and holds nobody up meanwhile', async () => {
    const inThree = new Date(world.now().getTime() + 3 * DAY_MS);
    const later = await world.hand([ngdp(citizen(5))], {
      subject: 'Om tre dage', headers: { 'X-Postbro-Send-At': inThree.toISOString() },
    });
    const held = await world.notice(SIKKERPOST, later, /^Din besked venter/);
    assert.match(held.text, /venter til \d+\. \S+ \d{4} kl\. /);
    const next = await world.hand([ngdp(citizen(5))], { subject: 'I dag', from: 'jobcenter@kommune.example' });
    await world.untilStatus(next, 'completed', 1);
    world.turnBy(2.9 * DAY_MS);
    await world.timeIsFollowed();
    assert.deepEqual(await world.counts(later), { waiting: 1 });
    const [link = ''] = linksIn(held);
    assert.equal((await world.follow(link)).hasButton, true);
    world.turnBy(0.2 * DAY_MS);
    await world.untilStatus(later, 'completed', 1);
    await world.notice(SIKKERPOST, later, /^Kvittering/);
    assert.equal((await world.notices(SIKKERPOST, later)).length, 2);
  });

  it('that names no time that can be read is refused', async () => {
    const mail = await world.hand([ngdp(citizen(6))], { subject: 'Engang', headers: { 'Deferred-Delivery': 'i overmorgen' } });
    assert.equal(await world.read(mail), 'refused');
    await world.notice(SIKKERPOST, mail, /^Beskeden er ikke sendt: sendetidspunktet kan ikke læses/);
  });

  it('warns and expires by the time of its release', async () => {
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const at = new Date(world.now().getTime() + 6 * DAY_MS);
    const mail = await world.hand([ngdp(citizen(7))], { subject: 'Senere nede', headers: { 'X-Postbro-Send-At': at.toISOString() } });
    await world.notice(SIKKERPOST, mail, /^Din besked venter/);
    world.turnBy(6 * DAY_MS + MINUTE_MS);
    await until(async () => (await world.inner.number(`select max(attempts) from delivery where submission_id = ${mail.id}`)) > 0, 20_000, 'a try');
    await world.timeIsFollowed();
    assert.equal((await world.notices(SIKKERPOST, mail)).length, 1);
    world.turnBy(4 * 60 * MINUTE_MS);
    await world.notice(SIKKERPOST, mail, /ikke nået frem endnu/);
    world.turnBy(4.5 * DAY_MS);
    await world.timeIsFollowed();
    assert.equal((await world.counts(mail))['expired'], undefined);
    world.turnBy(0.5 * DAY_MS);
    await world.untilStatus(mail, 'expired', 1);
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
  });

  it('gives way to a newer version of itself, by Message-ID or by the header that names it', async () => {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const first = await world.hand([ngdp(citizen(8))], { subject: 'Udgave', messageId, text: 'Et' });
    const [link = ''] = linksIn(await world.notice(SIKKERPOST, first, /^Din besked venter/));
    const second = await world.hand([ngdp(citizen(8))], { subject: 'Udgave', messageId, text: 'To' });
    await world.read(second);
    assert.deepEqual([await world.counts(first), await world.counts(second)], [{ stopped: 1 }, { waiting: 1 }]);
    await world.notice(SIKKERPOST, first, /^Den første udgave er stoppet/);
    assert.match((await world.follow(link, 'POST')).html, /allerede stoppet/);
    const third = await world.hand([ngdp(citizen(9))], {
      subject: 'Udgave', text: 'Tre', headers: { 'X-Postbro-Replaces': `s${second.id}` },
    });
    await world.read(third);
    assert.deepEqual([await world.counts(second), await world.counts(third)], [{ stopped: 1 }, { waiting: 1 }]);
    world.turnBy(3 * MINUTE_MS);
    await world.untilStatus(third, 'completed', 1);
    assert.equal(await world.arrived(third), 1);
  });

  it('gives way also when both versions are read at the same moment: the last one handed over goes', async () => {
    for (let round = 0; round < 5; round++) {
      const messageId = `<${crypto.randomUUID()}@kommune.example>`;
      const subject = `Samtidig ${round}`;
      await Promise.all(['Et', 'To'].map((text) => world.hand([ngdp(citizen(20 + round))], { subject, messageId, text })));
      const id = await world.inner.number('select max(id) from submission');
      const first = { id: id - 1, messageId, subject };
      const last = { ...first, id };
      await world.read(first);
      await world.read(last);
      assert.deepEqual([await world.counts(first), await world.counts(last)], [{ stopped: 1 }, { waiting: 1 }]);
    }
  });

  it('keeps its place beside the same mail to others, and beside another mailbox that names it', async () => {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const [mine, other] = [citizen(10), citizen(11)];
    const first = await world.hand([ngdp(mine)], { subject: 'Delt', messageId });
    await world.read(first);
    const split = await world.hand([ngdp(other)], { subject: 'Delt', messageId, text: 'Anden skabelon' });
    await world.read(split);
    const foreign = await world.hand([ngdp(mine)], {
      subject: 'Fremmed', from: 'borgerservice@kommune.example', headers: { 'X-Postbro-Replaces': messageId },
    });
    await world.read(foreign);
    assert.deepEqual([await world.counts(first), await world.counts(split)], [{ waiting: 1 }, { waiting: 1 }]);
    world.turnBy(3 * MINUTE_MS);
    await world.untilStatus(first, 'completed', 1);
    await world.untilStatus(split, 'completed', 1);
  });

  it('has links that nobody else can make', async () => {
    const mail = await world.hand([ngdp(citizen(12))], { subject: 'Forfalsket' });
    const [link = ''] = linksIn(await world.notice(SIKKERPOST, mail, /^Din besked venter/));
    const [payload = '', mark = ''] = (link.split('/').at(-1) ?? '').split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as unknown[];
    const forged = Buffer.from(JSON.stringify([claims[0], mail.id - 1, ...claims.slice(2)])).toString('base64url');
    for (const token of [`${forged}.${mark}`, payload, 'x', `${payload}.${'A'.repeat(43)}`, '%00', '..%2f..%2fetc']) {
      for (const method of ['GET', 'POST'] as const) {
        const page = await world.follow(`https://post.kommune.example/api/links/${token}`, method);
        assert.equal(page.status, 404, token);
        assert.match(page.html, /Linket virker ikke/);
      }
    }
    assert.deepEqual(await world.counts(mail), { waiting: 1 });
    world.turnBy(8 * DAY_MS);
    const late = await world.follow(link, 'POST');
    assert.equal(late.status, 410);
    assert.match(late.html, /udløbet/);
  });
});
