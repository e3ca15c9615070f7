import assert from 'node:assert/strict';
import { rename, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { openSecretKeys } from '../../../src/gateway/store/secret-keys.ts';
import { removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';
import { newKeyLine, testKeys } from '../test-keys.ts';

const PURPOSE = 'prøve';

describe('the gateway’s keys', () => {
  let folder: string;
  before(async () => void (folder = await temporaryFolder()));
  after(() => removeFolder(folder));

  /** Writes the file as an administrator does: whole, under another name, and moved into place. */
  const write = async (name: string, content: string) => {
    const file = path.join(folder, name);
    await writeFile(`${file}.new`, content);
    await rename(`${file}.new`, file);
    return file;
  };

  it('open what they sealed, for the same purpose alone', () => {
    const keys = testKeys();
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }).map((text) => text.toWellFormed()), (text) => {
      const sealed = keys.seal(PURPOSE, text);
      assert.equal(keys.unseal(PURPOSE, sealed), text);
      assert.equal(keys.unseal('andet', sealed), null);
    }));
  });

  it('seal the same text differently each time, and hash it alike', () => {
    const keys = testKeys();
    assert.notDeepEqual(keys.seal(PURPOSE, '2512489996'), keys.seal(PURPOSE, '2512489996'));
    assert.deepEqual(keys.hash(PURPOSE, '2512489996'), keys.hash(PURPOSE, '2512489996'));
    assert.notDeepEqual(keys.hash(PURPOSE, '2512489996'), keys.hash('andet', '2512489996'));
  });

  it('find a changed byte wherever it is', () => {
    const keys = testKeys();
    const sealed = keys.seal(PURPOSE, 'en tekst');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.equal(keys.unseal(PURPOSE, changed), null, `byte ${at}`);
    }
    assert.equal(keys.unseal(PURPOSE, Buffer.alloc(0)), null);
  });

  it('are taken from the file anew while the gateway runs; the old lines still open', async () => {
    const oldLine = newKeyLine('gammel');
    let clock = 0;
    const file = await write('rotated', oldLine);
    const keys = openSecretKeys(file, () => clock);
    const sealed = keys.seal(PURPOSE, 'før');
    const hash = keys.hash(PURPOSE, '2512489996');

    await write('rotated', newKeyLine('ny') + oldLine);
    clock += 60_000;
    assert.notDeepEqual(keys.hash(PURPOSE, '2512489996'), hash);
    assert.deepEqual(keys.hashes(PURPOSE, '2512489996')[1], hash);
    assert.equal(keys.unseal(PURPOSE, sealed), 'før');
    assert.equal(openSecretKeys(await write('alone', oldLine)).unseal(PURPOSE, keys.seal(PURPOSE, 'efter')), null);
  });

  it('stay as they were when the file becomes wrong, and follow when it is mended', async () => {
    let clock = 0;
    const file = await write('mended', newKeyLine());
    const keys = openSecretKeys(file, () => clock);
    const hash = keys.hash(PURPOSE, 'x');
    await write('mended', 'ikke en nøgle');
    clock += 60_000;
    assert.deepEqual(keys.hash(PURPOSE, 'x'), hash);
    await write('mended', newKeyLine('mendet'));
    await utimes(file, 1, 1);
    clock += 60_000;
    assert.notDeepEqual(keys.hash(PURPOSE, 'x'), hash);
  });

  it('are refused in a sentence when the file has none, or short ones', async () => {
    for (const content of ['', '# kun en note\n', 'kort YWJj\n', `tre ord her\n`]) {
      const file = await write('wrong', content);
      assert.throws(() => openSecretKeys(file), /nøgle|32/);
    }
  });
});
