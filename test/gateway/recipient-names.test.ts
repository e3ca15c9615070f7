import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp, OWN_CVR } from '../journeys/citizens.ts';
import { HoldWorld, linksIn, SIKKERPOST, type HandedMail } from './hold-world.ts';

const NOT_REGISTERED = '1509819996';
const PROTECTED = '1111111118';

describe('the names that a mail gives its recipients', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({});
  });
  after(() => world[Symbol.asyncDispose]());

  const namesOf = async (id: number): Promise<Readonly<Record<string, string | null>>> => {
    const { rows } = await world.inner.database.query<{ address: string; name: string | null }>(
      'select address, recipient_name as name from delivery where submission_id = $1', [id],
    );
    return Object.fromEntries(rows.map(({ address, name }) => [address.replace(/@.*digital-post\.dk$/, ''), name]));
  };
  const settled = async (mail: HandedMail): Promise<void> => {
    await world.notice(SIKKERPOST, mail, /leveret/);
  };

  it('are kept with the deliveries of To and Cc; hidden ones, numbers and ordinary mail have none; sent again, they go along', async () => {
    const to = [
      { name: 'Nancy Ann Test Berggren (Digital Post)', address: ngdp(citizen(1)) },
      { name: '111111-xxxx (Digital Post)', address: ngdp(PROTECTED) },
      { name: `Tove ${NOT_REGISTERED}`, address: ngdp(citizen(2)) },
      { name: 'En ven', address: 'ven@example.org' },
    ];
    const cc = [{ name: 'Tove Test Lund (Digital Post)', address: ngdp(NOT_REGISTERED).toUpperCase() }];
    const mail = await world.hand([...to.map(({ address }) => address), ngdp(NOT_REGISTERED), ngdp(citizen(3))], { subject: 'Til flere', to, cc });
    await settled(mail);
    assert.deepEqual(await namesOf(mail.id), {
      [citizen(1)]: 'Nancy Ann Test Berggren', [PROTECTED]: null, [citizen(2)]: null, 'ven@example.org': null,
      [NOT_REGISTERED]: 'Tove Test Lund', [citizen(3)]: null,
    });
    await world.follow(linksIn(await world.notice(SIKKERPOST, mail, /fejlet/)).at(-1) ?? '', 'POST');
    const again = await world.inner.number(`select id from submission where resend_of = ${mail.id}`);
    assert.deepEqual(await namesOf(again), { [NOT_REGISTERED]: 'Tove Test Lund' });
  });

  it('are not taken from the address of a mass send', async () => {
    const address = `masseforsendelse-2@${OWN_CVR}.ngdp.digital-post.dk`;
    const mail = await world.hand([address], {
      subject: 'Til mange', to: { name: 'Alle i byen', address },
      attachments: [{ filename: 'masseforsendelse.txt', content: [citizen(4), citizen(5)].join('\n') }],
    });
    await settled(mail);
    assert.deepEqual(await namesOf(mail.id), { [citizen(4)]: null, [citizen(5)]: null });
  });
});
