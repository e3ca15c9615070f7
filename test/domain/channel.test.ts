import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { channels } from '../../src/domain/channel.ts';

describe('channels', () => {
  it('take ten attachments and 99.5 million bytes of MeMo where they carry MeMo', () => {
    for (const id of ['ngdp', 'mitdk', 'eboks'] as const) {
      assert.equal(channels[id].attachmentsMax, 10);
      assert.equal(channels[id].memoBytesMax, 99_500_000);
      assert.equal(channels[id].mailDomain, `${id}.digital-post.dk`);
    }
    assert.equal(channels['secure-mail'].mailDomain, null);
  });

  it('stand under their own id, with the names that people see', () => {
    for (const [id, channel] of Object.entries(channels)) assert.equal(channel.id, id);
    assert.deepEqual(Object.values(channels).map(({ name }) => name), ['Digital Post', 'mit.dk', 'e-Boks', 'Sikker mail']);
  });

  it('differ in mass sends, answers and file types', () => {
    assert.deepEqual(Object.values(channels).filter(({ massSend }) => massSend).map(({ id }) => id), ['ngdp']);
    assert.equal(channels.eboks.replyable, false);
    assert.equal(channels.eboks.checksFileTypes, false);
  });
});
