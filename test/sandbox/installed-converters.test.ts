import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { it } from 'node:test';
import { installedConverters } from '../../src/sandbox/installed-converters.ts';
import { removeFolder, temporaryFolder } from './outside-world.ts';

it('the sandbox finds a converter that can be run, in the first folder that has it, and is without where there is none', async () => {
  const [first, second] = [await temporaryFolder(), await temporaryFolder()];
  try {
    assert.deepEqual(await installedConverters([first, '/findes/ikke']), {});
    await writeFile(path.join(first, 'soffice'), 'not to be run', { mode: 0o644 });
    await writeFile(path.join(second, 'soffice'), '#!/bin/sh\n');
    await chmod(path.join(second, 'soffice'), 0o755);
    assert.deepEqual(await installedConverters([first, second]), { OFFICE_CONVERTER: path.join(second, 'soffice') });
  } finally {
    await removeFolder(first);
    await removeFolder(second);
  }
});
