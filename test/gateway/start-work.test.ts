import { after, before, describe, it } from 'node:test';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { HoldWorld } from './hold-world.ts';

const OTHER_CVR = '12121212';

describe('the loops that hand messages over', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({ DELIVERY_RETRY_FIRST_MS: '300', DELIVERY_RETRY_MAX_MS: '600' }, (organisation) => ({
      ...organisation,
      cvrNumbers: [...organisation.cvrNumbers, OTHER_CVR],
    }));
  });
  after(() => world[Symbol.asyncDispose]());

  it('also reach what was written while another CVR number of the organisation was its first', async () => {
    await world.inner.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const mail = await world.hand([ngdp(citizen(5))], { subject: 'Andet nummer' });
    await world.untilStatus(mail, 'waiting', 1);
    await world.inner.database.query(`update delivery set organisation_cvr = '${OTHER_CVR}' where submission_id = ${mail.id}`);
    await world.inner.ngdp.settings.setFault({ mode: 'none' });
    await world.untilStatus(mail, 'completed', 1);
  });
});
