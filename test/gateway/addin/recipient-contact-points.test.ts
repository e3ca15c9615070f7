import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SingleAddress } from '../../../src/domain/gateway-address.ts';
import { limitedPoints, pointCountProblems, pointSizeProblems } from '../../../src/gateway/addin/recipient-contact-points.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openTestDatabase } from '../api/api-in-process.ts';
import { askingParts, type AskingOptions, type AskingParts } from '../asking-parts.ts';
import { pageFor, type RegistryCall } from '../lookup/fake-registry.ts';

const LILLE = '7c3f0a52-0000-4000-8000-00000000000a';
const FRI = '7c3f0a52-0000-4000-8000-00000000000b';

const address = (recipientContactPoint: string | null, more: Partial<SingleAddress> = {}): SingleAddress => ({
  kind: 'single', channel: 'ngdp', recipient: { kind: 'cvr', number: '87654321' }, replyable: false, recipientContactPoint,
  sender: { kind: 'cvr', cvr: '35833684' }, ...more,
});

const registry = ({ path }: RegistryCall) =>
  path.startsWith('organisations/?')
    ? pageFor(path, 'organisations', [{ id: 'o', cvrNumber: '87654321' }])
    : pageFor(path, 'contactPoints', [
      { id: LILLE, name: 'Lille postkasse', memoSizeThresholdMB: 0.1, allowedNumberOfAttachments: 2 },
      { id: FRI, name: 'Uden grænser', memoSizeThresholdMB: null },
    ]);

describe('the limits of the contact points that a mail is addressed to', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  before(async () => {
    database = await openTestDatabase(open);
  });
  after(() => open.disposeAsync());

  const partsOf = (options: AskingOptions = {}) => askingParts(database, { registry, ...options });
  const pointsOf = (parts: AskingParts, ...addresses: readonly SingleAddress[]) => {
    const [organisation] = parts.directory.organisations;
    if (!organisation) throw new Error('no organisation');
    return limitedPoints(parts, organisation, addresses);
  };

  it('stop what is over them, once for each contact point, and nothing else', async () => {
    const points = await pointsOf(partsOf(), address(null), address(LILLE), address(LILLE), address(FRI), address('7c3f0a52-0000-4000-8000-0000000000ff'));
    assert.deepEqual(points.map(({ n }) => n), [1, 2, 3]);
    assert.deepEqual(pointCountProblems(points, 2), []);
    const [many, ...more] = pointCountProblems(points, 3);
    assert.deepEqual(many, {
      code: 'contact-point-too-many-attachments', parameters: { contactPoint: 'Lille postkasse', count: 3, max: 2, channel: 'Digital Post' },
    });
    assert.deepEqual(more, []);
    assert.deepEqual(pointSizeProblems(points, [999_999, 100_000, 100_000, 999_999, 999_999]), []);
    const large = pointSizeProblems(points, [0, 100_000, 100_001, 0, 0]);
    assert.deepEqual(large.map(({ code, parameters }) => [code, parameters['bytes']]), [['contact-point-too-large', 100_001]]);
  });

  it('are asked for once for a company, and for no mail that names no contact point', async () => {
    const parts = partsOf();
    await pointsOf(parts, address(null), address(LILLE, { recipient: { kind: 'cpr', number: '2512489996' } }), address(LILLE, { channel: 'eboks' }),
      address(LILLE, { channel: 'mitdk' }));
    assert.equal(parts.registryCalls.length, 0);
    await pointsOf(parts, address(LILLE), address(FRI));
    await pointsOf(parts, address(LILLE));
    assert.equal(parts.registryCalls.length, 2);
    const withMitdk = partsOf({ settings: { MITDK_CONTACT_STRUCTURE: 'on' } });
    assert.equal((await pointsOf(withMitdk, address(LILLE, { channel: 'mitdk' }))).length, 1);
  });

  it('never stop a mail when nobody can say what they are: away, silent, or not connected', async () => {
    const away = partsOf({ registry: () => { throw new Error('gone'); } });
    assert.deepEqual(await pointsOf(away, address(LILLE)), []);
    assert.match(away.logLines.join('\n'), /contact-points-unknown/);
    assert.deepEqual(await pointsOf({ ...partsOf(), network: () => null }, address(LILLE)), []);
    const silent = { ...partsOf({ settings: { CONTACT_POINTS_WAIT_MS: '50' } }), network: () => ({
      call: () => new Promise<never>(() => undefined), close: () => Promise.resolve(),
    }) };
    assert.deepEqual(await pointsOf(silent, address(LILLE)), []);
    assert.match(silent.logLines.join('\n'), /contact-points-unknown/);
  });
});
