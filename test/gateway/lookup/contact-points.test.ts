import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { contactPointsOf } from '../../../src/gateway/lookup/contact-points.ts';
import type { ContactRegistry } from '../../../src/gateway/lookup/contact-registry.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openTestDatabase } from '../api/api-in-process.ts';
import { testKeys } from '../test-keys.ts';
import { fakeRegistry, pageFor } from './fake-registry.ts';

const SAMPLES = new URL('../../../../shared/data/memo/samples/', import.meta.url);
const keys = testKeys();

/** A registry with one company. */
const registryOf = (cvr: string, points: readonly object[]) =>
  fakeRegistry(({ path }) =>
    path.startsWith('organisations/?')
      ? pageFor(path, 'organisations', [{ id: 'a-b', cvrNumber: cvr }, { id: 'other', cvrNumber: '11111111' }])
      : pageFor(path, 'contactPoints', path.startsWith('organisations/a-b/contact-points/') ? points : [{ id: 'x', name: 'en andens' }]));

describe('the contact points of a company', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  let asked = 0;
  before(async () => {
    database = await openTestDatabase(open);
  });
  after(() => open.disposeAsync());

  /** Each test asks for another organisation, so that none remembers for another. */
  const ask = (registry: ContactRegistry, cvr = '87654321', memory: { readonly scope?: string; readonly now?: () => Date } = {}) => {
    asked += 1;
    const { scope = `scope ${asked}`, now = () => new Date() } = memory;
    return contactPointsOf({ database, keys, now }, { registry, channel: 'ngdp', scope, memoryMs: 60_000 }, cvr);
  };

  it('have their limits in bytes and files, and their ids in lower case', async () => {
    const registry = registryOf('87654321', [
      { id: '7C3F0A52-0000-4000-8000-00000000000A', name: 'Lille', description: 'Små', memoSizeThresholdMB: 0.1, allowedNumberOfAttachments: 2 },
      { id: 'uden-graenser', name: 'Uden', visible: false },
      { id: 7, name: 'uden id' },
    ]);
    assert.deepEqual(await ask(registry), [
      { id: '7c3f0a52-0000-4000-8000-00000000000a', name: 'Lille', description: 'Små', memoBytesMax: 100_000, attachmentsMax: 2, shown: true },
      { id: 'uden-graenser', name: 'Uden', description: null, memoBytesMax: null, attachmentsMax: null, shown: false },
    ]);
  });

  it('are read out of real answers', async (test) => {
    if (!existsSync(SAMPLES)) return test.skip('the samples are not here');
    const limits = async (file: string) => {
      const { contactPoints } = JSON.parse(readFileSync(new URL(file, SAMPLES), 'utf8')) as { contactPoints: object[] };
      const points = (await ask(registryOf('87654321', contactPoints))) ?? [];
      return points.map(({ memoBytesMax, attachmentsMax }) => `${memoBytesMax}/${attachmentsMax}`);
    };
    assert.deepEqual(await limits('contact-points-1.json'), ['10000000/99']);
    const twelve = await limits('contact-points-12.json');
    assert.equal(twelve.length, 12);
    for (const known of ['95500000/10', '95000000/11', '99500000/11']) assert.ok(twelve.includes(known), known);
  });

  it('are all pages of them, and none of another company', async () => {
    const points = Array.from({ length: 230 }, (_, n) => ({ id: `p${n}`, name: `Punkt ${n}` }));
    const found = await ask(registryOf('87654321', points));
    assert.deepEqual(found?.map(({ id }) => id), points.map(({ id }) => id));
    assert.deepEqual(await ask(registryOf('12345678', points)), []);
  });

  it('are not known when the registry does not answer whole, and that is not remembered', async () => {
    const scope = 'away and back';
    assert.equal(await ask(fakeRegistry(() => { throw new Error('gone'); }), '87654321', { scope }), null);
    const registry = registryOf('87654321', [{ id: 'p', name: 'Punkt' }]);
    assert.equal((await ask(registry, '87654321', { scope }))?.length, 1);
  });

  it('are remembered for their time, sealed and without the number in clear', async () => {
    const scope = 'remembered';
    const registry = registryOf('87654321', [{ id: 'p', name: 'Et navn i klar tekst' }]);
    let at = Date.now();
    const now = () => new Date(at);
    const first = await ask(registry, '87654321', { scope, now });
    assert.equal(registry.calls.length, 2);
    assert.deepEqual(await ask(registry, '87654321', { scope, now }), first);
    assert.equal(registry.calls.length, 2);
    const { rows } = await database.query<{ text: string }>({ text: `select encode(key, 'escape') || encode(sealed, 'escape') as text from register_answer` });
    assert.ok(rows.length > 0);
    for (const { text } of rows) assert.doesNotMatch(text, /87654321|klar tekst/);
    at += 61_000;
    await ask(registry, '87654321', { scope, now });
    assert.equal(registry.calls.length, 4);
  });
});
