import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'node:test';
import { isPublicSender } from '../../../src/gateway/lookup/public-senders.ts';
import { removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';

describe('the list of public senders', () => {
  it('is read as lines or as CSV, and says nothing where there is no list', async () => {
    await using open = new AsyncDisposableStack();
    const folder = await temporaryFolder();
    open.defer(() => removeFolder(folder));
    const file = path.join(folder, 'liste.csv');
    const listed = async (content: string, cvr = '35833684') => {
      await writeFile(file, content, 'latin1');
      return await isPublicSender(file, cvr);
    };
    assert.equal(await listed('12345678\n35833684\n'), true);
    assert.equal(await listed('"Navn";"CVR-nr."\r\n"Ålborg";"DK-35 83 36 84"\r\n'), true);
    assert.equal(await listed('12345678\n3583368499\n'), false);
    assert.equal(await listed('Navn;CVR\n'), null);
    assert.equal(await isPublicSender(path.join(folder, 'absent'), '35833684'), null);
    assert.equal(await isPublicSender(null, '35833684'), null);
  });
});
