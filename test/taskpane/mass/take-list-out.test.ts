import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { putList } from '../../../src/taskpane/mass/put-list.ts';
import { takeListOut } from '../../../src/taskpane/mass/take-list-out.ts';
import { addressesOf, citizen, company, filesOf, list, massOf, world, type World } from './mail-world.ts';

const colleague = { displayName: 'Kollega', emailAddress: 'kollega@kommune.example' };

/** A mail with the list, and beside it a file for everybody and a colleague. */
async function withList(each: Parameters<typeof putList>[1]['each'] = { kind: 'same' }): Promise<World> {
  const made = await world();
  made.outlook.mail.files = [made.outlook.file('Takster.pdf')];
  made.outlook.mail.cc = [colleague];
  assert.deepEqual(await putList(made.parts, { ...list, each }), { kind: 'written' });
  return made;
}

const split = {
  kind: 'split', letters: [{ number: citizen.number, base64: 'bjE=' }, { number: company.number, base64: 'bjI=' }], onLetter: () => undefined,
} as const;

/** What a mail holds, whatever the ids and the order of its files. */
const heldBy = ({ outlook: { mail } }: World) =>
  ({ to: mail.to, cc: mail.cc, headers: mail.headers, files: mail.files.map(({ name, content }) => `${name} ${content}`).sort() });

describe('a list that is taken out', () => {
  it('takes its letter, its address and the field with it, and nothing else', async () => {
    const { outlook, parts } = await withList();
    assert.equal((await takeListOut(parts.outlook)).kind, 'taken');
    assert.deepEqual([filesOf(outlook), addressesOf(outlook), outlook.mail.headers], [['Takster.pdf'], [colleague.emailAddress], {}]);
  });

  it('takes the letters of its recipients along, split or attached by hand, for they would go to everybody', async () => {
    const { outlook, parts } = await withList(split);
    const taken = await takeListOut(parts.outlook);
    assert.deepEqual([taken.kind === 'taken' && taken.letters, filesOf(outlook), addressesOf(outlook)], [2, ['Takster.pdf'], [colleague.emailAddress]]);
  });

  it('leaves a body.pdf of the writer’s own', async () => {
    const { outlook, parts } = await world();
    outlook.mail.files = [outlook.file('body.pdf', { content: 'b3du' })];
    await putList(parts, list);
    await takeListOut(parts.outlook);
    assert.deepEqual(filesOf(outlook), ['body.pdf']);
  });

  for (const [name, each] of [['a letter to all', { kind: 'same' }], ['a letter each', split], ['columns', { kind: 'merge', columns: Buffer.from('Nummer;Navn') }]] as const) {
    it(`comes back as it was, with ${name}`, async () => {
      const made = await withList(each);
      const before = structuredClone(heldBy(made));
      const taken = await takeListOut(made.parts.outlook);
      assert.ok(taken.kind === 'taken' && taken.putBack !== null);
      assert.deepEqual(await taken.putBack(), { kind: 'written' });
      assert.deepEqual(heldBy(made), before);
    });
  }

  it('does not come back beside another list that has been put in meanwhile', async () => {
    const { outlook, parts } = await withList(split);
    const taken = await takeListOut(parts.outlook);
    assert.equal((await putList(parts, { ...list, recipients: [company] })).kind, 'written');
    const before = structuredClone(outlook.mail);
    assert.ok(taken.kind === 'taken' && taken.putBack !== null);
    assert.deepEqual(await taken.putBack(), { kind: 'failed', why: { kind: 'outlook' } });
    assert.deepEqual(outlook.mail, before);
  });

  it('is gone where a file of it cannot be read, and no way back is offered', async () => {
    const { outlook, parts } = await withList();
    outlook.mail.files = outlook.mail.files.map((file) => (file.name === 'masseforsendelse.txt' ? { ...file, format: 'url' } : file));
    const taken = await takeListOut(parts.outlook);
    assert.deepEqual([taken.kind === 'taken' && taken.putBack, filesOf(outlook), addressesOf(outlook)], [null, ['Takster.pdf'], [colleague.emailAddress]]);
  });

  it('keeps its address as long as its files are there, and goes when it is asked again', async () => {
    const { outlook, parts } = await withList(split);
    outlook.trouble('removeAttachmentAsync', { error: 'GenericError' });
    assert.equal((await takeListOut(parts.outlook)).kind, 'failed');
    assert.deepEqual(addressesOf(outlook), [massOf(2), colleague.emailAddress]);
    assert.equal((await takeListOut(parts.outlook)).kind, 'taken');
    assert.deepEqual(filesOf(outlook), ['Takster.pdf']);
  });
});
