import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp, OWN_CVR } from '../../journeys/citizens.ts';
import { until } from '../../sandbox/eventually.ts';
import { HoldWorld, type HandedMail } from '../hold-world.ts';
import { openDatabase, type Database } from '../../../src/gateway/store/database.ts';
import { forgetContent, forgetOwnLetters, forgetRecord, oldMails } from '../../../src/gateway/store/retention.ts';

const NOT_REGISTERED = '1509819996';
const ROUNDS = 5;
const BATCH = 2;
/** So little is kept that whatever is finished may go at once: what is not must stay all the same. */
const KEPT_MS = 0;

describe('forgetting beside the road', () => {
  let world: HoldWorld;
  let database: Database;
  before(async () => {
    world = await HoldWorld.start({
      NGDP_RECEIPT_POLL_MS: '50', MASS_CONTAINER_RECIPIENTS_MIN: '3', MASS_CONTAINER_MESSAGES_MAX: '5', FOLLOW_TIME_MS: '50', HOLD_SINGLE_MS: '0', HOLD_MASS_MS: '0',
    });
    database = openDatabase(world.inner.databaseUrl, { connectionsMax: 4, timeoutMs: 20_000, urgentTimeoutMs: 20_000 }, assert.ifError);
  });
  after(async () => {
    await database.close();
    await world[Symbol.asyncDispose]();
  });

  /** Two at the same time, in tiny steps, which the program itself never does: none may hold the other or the road. */
  const forget = async (stage: 'content' | 'record'): Promise<void> => {
    const before = new Date(Date.now() - KEPT_MS);
    const { ids } = await oldMails(database, stage, { before, after: null, limit: 1_000 });
    for (const id of ids) {
      if (stage === 'record') await forgetRecord(database, id, { before, batch: BATCH });
      else await forgetContent(database, id, { now: new Date(), before, blank: (problem) => problem });
    }
    await forgetOwnLetters(database, BATCH);
  };

  it('ends without a deadlock, and takes nothing that is still needed', async () => {
    const stopping = new AbortController();
    const errors: unknown[] = [];
    const again = async (stage: 'content' | 'record') => {
      while (!stopping.signal.aborted) {
        await forget(stage).catch((error: unknown) => errors.push(error));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    };
    const forgetting = (['content', 'content', 'record', 'record'] as const).map(again);
    const mass = (count: number) => `masseforsendelse-${count}@${OWN_CVR}.ngdp.digital-post.dk`;
    const list = (count: number) => [{ filename: 'masseforsendelse.txt', content: Array.from({ length: count }, (_, n) => citizen(n)).join('\n') }];
    const stopped: HandedMail[] = [];
    const sent: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const [single, failing, many, stop] = [`Enkelt ${round}`, `Fejler ${round}`, `Masse ${round}`, `Stoppes ${round}`];
      await world.hand([ngdp(citizen(20)), ngdp(citizen(21))], { subject: single });
      const failed = await world.hand([ngdp(NOT_REGISTERED)], { subject: failing });
      await world.hand([mass(15)], { subject: many, attachments: list(15) });
      const held = await world.hand([mass(15)], { subject: stop, attachments: list(15) });
      sent.push(single, many);
      stopped.push(held);
      // What came of it is told by the page: here it may be too late, already gone, or the mail of nobody.
      await Promise.all([world.stop(held), world.follow(await world.link('resend', failed), 'POST')]);
    }
    await until(async () => (await world.inner.number('select count(*) from submission where open_deliveries > 0 or state in (\'accepted\', \'converting\')')) === 0, 10_000, 'all ended');
    await until(async () => (await world.inner.number('select count(*) from submission')) === 0, 10_000, 'all forgotten');
    stopping.abort();
    await Promise.all(forgetting);
    assert.deepEqual(errors, []);
    for (const line of world.inner.logLines) assert.doesNotMatch(line, /40P01|"level":"(error|fatal)"/);
    assert.equal(await world.inner.number('select deadlocks from pg_stat_database where datname = current_database()'), 0);
    for (const subject of sent) assert.equal(await world.arrived({ subject }), subject.startsWith('Masse') ? 15 : 2, subject);
    for (const mail of stopped) assert.ok((await world.arrived(mail)) <= 15);
    for (const table of ['delivery', 'container', 'notice', 'own_letters_left']) assert.equal(await world.inner.number(`select count(*) from ${table}`), 0, table);
  });
});
