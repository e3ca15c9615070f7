import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { hasDueWork } from '../../../src/gateway/store/due-work.ts';
import { citizen, ngdp, OWN_CVR } from '../../journeys/citizens.ts';
import { HoldWorld, SIKKERPOST, type HandedMail } from '../hold-world.ts';

const HOUR_MS = 3_600_000;

describe('the look for what is due', () => {
  let world: HoldWorld;
  let mail: HandedMail;
  before(async () => {
    world = await HoldWorld.start({});
    mail = await world.hand([ngdp(citizen(1))], { subject: 'Færdig' });
    await world.untilStatus(mail, 'completed', 1);
    await world.notice(SIKKERPOST, mail, /Kvittering/);
    await world.inner.stopGateway();
  });
  after(() => world[Symbol.asyncDispose]());

  const look = async (aheadMs = 0, question: { readonly organisationCvrs?: readonly string[]; readonly digestMailboxes?: readonly string[] } = {}): Promise<boolean> =>
    await hasDueWork(world.inner.database, { now: new Date(Date.now() + aheadMs), organisationCvrs: [OWN_CVR], digestMailboxes: [], ...question });
  /** Changes rows, looks now, before and after their time, and changes them back. */
  const whileWaiting = async (table: string, waits: string, test: () => Promise<void>): Promise<void> => {
    await world.inner.database.query(`update ${table} set ${waits}, due_at = now() + interval '10 minutes'`);
    assert.equal(await look(), false, `${table} is not due`);
    assert.equal(await look(HOUR_MS), true, `${table} is due`);
    await test();
  };

  it('finds nothing where all is done', async () => {
    assert.equal(await look(), false);
    assert.equal(await look(1000 * HOUR_MS), false);
  });

  it('finds a mail to be read', async () => {
    await whileWaiting('submission', `state = 'accepted'`, async () => {
      await world.inner.database.query(`update submission set state = 'converting'`);
      assert.equal(await look(HOUR_MS), false, 'somebody reads it');
    });
    await world.inner.database.query(`update submission set state = 'expanded'`);
  });

  it('finds a message of an organisation that is set up here', async () => {
    await whileWaiting('delivery', `status = 'waiting'`, async () => {
      assert.equal(await look(HOUR_MS, { organisationCvrs: ['12121212'] }), false);
      await world.inner.database.query(`update delivery set due_at = 'infinity'`);
      assert.equal(await look(HOUR_MS), false, 'held');
      await world.inner.database.query(`update delivery set due_at = now(), channel = 'mail'`);
      assert.equal(await look(HOUR_MS), true, 'ordinary mail');
    });
    await world.inner.database.query(`update delivery set status = 'completed', channel = 'ngdp'`);
  });

  it('finds a mail from the gateway, but no receipt that waits to be gathered', async () => {
    await whileWaiting('notice', `state = 'waiting'`, async () => {
      assert.equal(await look(HOUR_MS, { digestMailboxes: [SIKKERPOST] }), false);
    });
    await world.inner.database.query(`update notice set state = 'sent'`);
  });

  it('finds a container', async () => {
    await world.inner.database.query(
      `insert into container (id, submission_id, channel, organisation_cvr, messages, due_at) values (gen_random_uuid(), ${mail.id}, 'ngdp', '${OWN_CVR}', 1, now())`,
    );
    await whileWaiting('container', `status = 'unknown'`, () => Promise.resolve());
    await world.inner.database.query('delete from container');
    assert.equal(await look(HOUR_MS), false);
  });
});
