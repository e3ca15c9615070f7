import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { stopInside } from '../../src/gateway/acts/stop-submission.ts';
import { openDatabase } from '../../src/gateway/store/database.ts';
import { citizen, ngdp, OWN_CVR } from '../journeys/citizens.ts';
import { until } from '../sandbox/eventually.ts';
import { HoldWorld, type HandedMail } from './hold-world.ts';

const MASS_RECIPIENTS = 150;
const PATIENCE_MS = 20_000;

describe('a stop after an answer was lost', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({
      NGDP_RECEIPT_POLL_MS: '200', DELIVERY_RETRY_FIRST_MS: '300', DELIVERY_RETRY_MAX_MS: '600', MASS_CONTAINER_MESSAGES_MAX: '100',
    });
  });
  after(() => world[Symbol.asyncDispose]());

  const settle = async (mail: HandedMail, count: number) => {
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
    await world.inner.ngdp.settings.setReceipts({ withhold: false });
    assert.equal(await world.arrived(mail), count);
  };
  const mass = async (subject: string): Promise<HandedMail> => {
    const content = Array.from({ length: MASS_RECIPIENTS }, (_, n) => citizen(n)).join('\r\n');
    const to = [`masseforsendelse-${MASS_RECIPIENTS}@${OWN_CVR}.ngdp.digital-post.dk`];
    return await world.hand(to, { subject, attachments: [{ filename: 'masseforsendelse.txt', content }] });
  };
  const triedAfterIt = async (mail: HandedMail, messages: number) => {
    const { id } = mail;
    // Two containers that try by turns are seldom both at rest: what is tried again has lost its first answer.
    const lost = `select count(*) from delivery where submission_id = ${id} and (status = 'unknown' or (status = 'sending' and attempts > 1))`;
    await until(async () => (await world.inner.number(lost)) === messages, PATIENCE_MS, 'a lost answer for each');
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const attempts = async () => await world.inner.number(`select min(attempts) from delivery where submission_id = ${id}`);
    const before = await attempts();
    await until(async () => (await attempts()) > before + 1, PATIENCE_MS, 'a busy network');
  };
  // Asked in one look: a container is claimed once more after the stop, and only then seen not to go. "Stopped" would stay.
  const untilUnknown = (mail: HandedMail, messages: number) => until(async () => {
    const counts = await world.counts(mail);
    assert.equal(counts['stopped'], undefined);
    return counts['unknown'] === messages;
  }, PATIENCE_MS, 'nothing in the air');

  it('does not say of a message that it was held back because the network was busy the second time', async () => {
    await world.inner.ngdp.settings.setReceipts({ withhold: true });
    await world.inner.ngdp.settings.setFault({ mode: 'reset' });
    const mail = await world.hand([ngdp(citizen(0))], { subject: 'Tabt, så optaget' });
    await triedAfterIt(mail, 1);
    await world.stop(mail);
    await untilUnknown(mail, 1);
    await settle(mail, 1);
  });

  it('does not say it of the messages of a container either', async () => {
    await world.inner.ngdp.settings.setReceipts({ withhold: true });
    await world.inner.ngdp.settings.setFault({ mode: 'reset' });
    const mail = await mass('Pakke tabt, så optaget');
    await triedAfterIt(mail, MASS_RECIPIENTS);
    await world.stop(mail);
    await untilUnknown(mail, MASS_RECIPIENTS);
    await settle(mail, MASS_RECIPIENTS);
  });

  it('is told once, also where two containers of the mail end at the same time and each stops what is left', async () => {
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const mail = await mass('Optagne pakker');
    await until(async () => (await world.counts(mail))['waiting'] === MASS_RECIPIENTS, PATIENCE_MS, 'two busy answers');
    await world.stop(mail);
    await world.untilStatus(mail, 'stopped', MASS_RECIPIENTS);
    const database = openDatabase(world.inner.databaseUrl, { connectionsMax: 1, timeoutMs: PATIENCE_MS, urgentTimeoutMs: PATIENCE_MS }, assert.ifError);
    const again = { submissionId: mail.id, by: '', now: world.now(), notice: null };
    const counts = await database.transaction((connection) => stopInside(connection, again));
    await database.close();
    assert.deepEqual(counts, { left: 0, inTheAir: 0, stopped: MASS_RECIPIENTS });
    assert.equal(await world.inner.number(`select count(*) from notice where kind = 'receipt' and submission_id = ${mail.id}`), 1);
    await settle(mail, 0);
  });
});
