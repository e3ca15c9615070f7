import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { HoldWorld, type HandedMail } from './hold-world.ts';

const WRITER = 'mette@kommune.example';

describe('who wrote a mail', () => {
  let world: HoldWorld;
  before(async () => {
    world = await HoldWorld.start({});
  });
  after(() => world[Symbol.asyncDispose]());

  const writerOf = async (mail: HandedMail): Promise<string | null> => {
    await world.read(mail);
    const { rows } = await world.inner.database.query<{ writer: string | null }>('select written_by as writer from submission where id = $1', [mail.id]);
    return rows[0]?.writer ?? null;
  };

  it('is the person of its Sender header, also of a mail that may not go', async () => {
    assert.equal(await writerOf(await world.hand([ngdp(citizen(1))], { subject: 'For postkassen', sender: WRITER })), WRITER);
    const refused = await world.hand([ngdp(citizen(2))], { subject: 'Afvist', sender: WRITER, attachments: [{ filename: 'x.exe', content: 'MZ' }] });
    assert.equal(await writerOf(refused), WRITER);
    assert.equal(await world.state(refused.id), 'refused');
  });

  it('is not known of one that is sent as the mailbox', async () => {
    assert.equal(await writerOf(await world.hand([ngdp(citizen(1))], { subject: 'Som postkassen' })), null);
  });
});
