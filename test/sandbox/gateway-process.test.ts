import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { GatewayProcess } from '../../src/sandbox/gateway-process.ts';
import { keptLog, removeFolder, temporaryFolder } from './outside-world.ts';

describe('the gateway as a process of the sandbox', () => {
  let folder: string;
  const chosen = { TEST_ADJUSTABLE: 'chosen', TEST_TIED: 'chosen', TEST_EMPTY: '', TEST_OTHER: 'chosen' };

  before(async () => {
    folder = await temporaryFolder();
    Object.assign(process.env, chosen);
  });
  after(async () => {
    for (const name of Object.keys(chosen)) Reflect.deleteProperty(process.env, name);
    await removeFolder(folder);
  });

  const programThat = async (text: string): Promise<string> => {
    const program = path.join(folder, 'program.mjs');
    await writeFile(program, text);
    return program;
  };

  it('gets the environment’s settings above the sandbox’s own, but never above those that tie the two together', async () => {
    const seen = path.join(folder, 'seen.json');
    const program = await programThat(`import { writeFileSync } from 'node:fs';
      writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env));
      console.log('ready http://localhost:11 smtp://localhost:12 push=https://localhost:13/ngdp/receipts');
      setInterval(() => undefined, 1000);`);
    const gateway = new GatewayProcess({ log: keptLog(), program });
    assert.deepEqual([gateway.isReady(), gateway.doors.httpPort], [false, 0]);
    await gateway.start({
      adjustable: { TEST_ADJUSTABLE: 'sandbox', TEST_EMPTY: 'sandbox', TEST_LEFT: 'sandbox' }, tied: { TEST_TIED: 'sandbox' },
    });
    try {
      assert.deepEqual(gateway.doors, { httpPort: 11, smtpPort: 12, pushUrl: 'https://localhost:13/ngdp/receipts' });
      assert.equal(gateway.isReady(), true);
      const env = JSON.parse(await readFile(seen, 'utf8')) as Record<string, string>;
      assert.deepEqual(
        [env['TEST_ADJUSTABLE'], env['TEST_TIED'], env['TEST_EMPTY'], env['TEST_LEFT'], env['TEST_OTHER']],
        ['chosen', 'sandbox', 'sandbox', 'sandbox', 'chosen'],
      );
    } finally {
      await gateway.stop();
    }
  });

  it('says that it did not start when it ends without a ready line', async () => {
    const gateway = new GatewayProcess({ log: keptLog(), program: await programThat('process.exit(3);') });
    await assert.rejects(gateway.start({ adjustable: {}, tied: {} }), /kom ikke i gang/);
    await gateway.stop();
  });
});
