import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp, OWN_CVR } from '../journeys/citizens.ts';
import { until } from '../sandbox/eventually.ts';
import { HoldWorld, type HandedMail } from './hold-world.ts';

const PATIENCE_MS = 30_000;
const MASS_RECIPIENTS = 120;

describe('a message that we cannot write', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({ NGDP_RECEIPT_POLL_MS: '200', DELIVERY_RETRY_FIRST_MS: '100', DELIVERY_RETRY_MAX_MS: '200' });
  });
  after(() => world[Symbol.asyncDispose]());

  /** Takes the letter's bytes away while NgDP is busy, so that every later try to write the message fails. */
  const spoil = async ({ id }: HandedMail) => {
    await until(async () => (await world.inner.number(`select count(*) from delivery where submission_id = ${id} and attempts > 0 and status = 'waiting'`)) > 0, PATIENCE_MS, 'a try');
    await world.inner.database.query(
      `delete from blob_chunk where blob_id = (select (letter -> 'main' ->> 'blob')::bigint from submission where id = $1)`, [id],
    );
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
  };
  const watchMails = async (id: number) =>
    await world.inner.number(`select count(*) from notice where kind = 'watch' and submission_id = ${id}`);

  it('is set aside after a few tries, its sender and the watch mailbox are told, and others go through', async () => {
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const mail = await world.hand([ngdp(citizen(1))], { subject: 'Kan ikke dannes' });
    await spoil(mail);
    await world.untilStatus(mail, 'parked', 1);
    assert.equal(await watchMails(mail.id), 1);
    assert.equal(await world.inner.number(`select count(*) from notice where kind = 'receipt' and submission_id = ${mail.id}`), 1);
    const next = await world.hand([ngdp(citizen(1))], { subject: 'Den næste' });
    await world.untilStatus(next, 'completed', 1);
  });

  it('in a container is not held against the others, and the watch mailbox is told once for the mail', async () => {
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const content = Array.from({ length: MASS_RECIPIENTS }, (_, n) => citizen(10 + n)).join('\r\n');
    const mail = await world.hand([`masseforsendelse-${MASS_RECIPIENTS}@${OWN_CVR}.ngdp.digital-post.dk`], {
      subject: 'Pakke, der ikke kan dannes', attachments: [{ filename: 'masseforsendelse.txt', content }],
    });
    await spoil(mail);
    await world.untilStatus(mail, 'parked', MASS_RECIPIENTS);
    assert.equal(await watchMails(mail.id), 1);
    assert.equal(await world.inner.number(`select open_deliveries from submission where id = ${mail.id}`), 0);
  });

  it('goes one by one out of a container that NgDP has a fault about, and arrives once', async () => {
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 500, count: 1 });
    const content = Array.from({ length: MASS_RECIPIENTS }, (_, n) => citizen(200 + n)).join('\r\n');
    const mail = await world.hand([`masseforsendelse-${MASS_RECIPIENTS}@${OWN_CVR}.ngdp.digital-post.dk`], {
      subject: 'Pakke, som NgDP fejler på', attachments: [{ filename: 'masseforsendelse.txt', content }],
    });
    await world.untilStatus(mail, 'completed', MASS_RECIPIENTS);
    assert.equal(await world.arrived(mail), MASS_RECIPIENTS);
  });
});
