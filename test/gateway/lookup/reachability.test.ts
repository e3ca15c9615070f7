import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { reachOf, reachOfContact, type Contact } from '../../../src/gateway/lookup/reachability.ts';
import { fakeRegistry, pageFor, type RegistryCall } from './fake-registry.ts';

const contact = (number: string, publicRegistrationStatus: string, registrationStatus = 'AUTOMATIC_REGISTRATION'): Contact => ({
  [number.length === 10 ? 'cprNumber' : 'cvrNumber']: number,
  createdDate: '2026-11-01T10:00:00Z',
  mailboxSubscription: { registrationStatus, publicRegistrationStatus, startTime: '2026-11-20T23:30:00Z' },
});
const numbersOf = ({ query }: RegistryCall) => Object.values(query ?? {}).flat();
const cpr = fc.stringMatching(/^[0-9]{10}$/);
const cvr = fc.stringMatching(/^[0-9]{8}$/);

describe('what a contact says', () => {
  it('is the public status; the inner one says why not yet', () => {
    assert.equal(reachOfContact(contact('2512489996', 'REGISTERED')).state, 'registered');
    assert.equal(reachOfContact(contact('2512489996', 'EXEMPT', 'EXEMPT_OTHER_REASON')).state, 'exempt');
    assert.equal(reachOfContact(contact('2512489996', 'CLOSED')).state, 'closed');
    for (const inner of ['BEFORE_UNCONFIRMED_REGISTRATION', 'UNCONFIRMED_REGISTRATION', 'CREATED_AWAITING_REGISTRATION']) {
      assert.deepEqual(reachOfContact(contact('2512489996', 'UNKNOWN', inner)), { state: 'awaiting', from: null });
    }
    assert.equal(reachOfContact(contact('2512489996', 'REGISTERED', 'UNCONFIRMED_REGISTRATION')).state, 'registered');
    assert.equal(reachOfContact(contact('2512489996', 'UNKNOWN')).state, 'not-registered');
    assert.equal(reachOfContact({ cprNumber: '2512489996' }).state, 'not-registered');
    assert.equal(reachOfContact({ cprNumber: '2512489996', mailboxSubscription: null }).state, 'not-registered');
  });

  it('of a new company names the Danish day, twelve days after its start', () => {
    const young = contact('30303030', 'UNKNOWN', 'UNCONFIRMED_REGISTRATION');
    assert.deepEqual(reachOfContact(young), { state: 'awaiting', from: '2026-12-03' });
    const { mailboxSubscription: _none, ...created } = young;
    const undated = { ...created, mailboxSubscription: { registrationStatus: 'UNCONFIRMED_REGISTRATION' } };
    assert.equal(reachOfContact(undated).from, '2026-11-13');
    assert.equal(reachOfContact({ ...undated, createdDate: 'i går' }).from, null);
  });

  it('of the registry’s own sample is registered', (test) => {
    const sample = new URL('../../../../shared/data/memo/samples/contacts-response.json', import.meta.url);
    if (!existsSync(sample)) return test.skip('the samples are not here');
    const { contacts } = JSON.parse(readFileSync(sample, 'utf8')) as { contacts: Contact[] };
    assert.deepEqual(contacts.map(reachOfContact), [{ state: 'registered', from: null }]);
  });
});

describe('reach of many numbers', () => {
  it('goes by number and in the order asked, with the numbers in bodies of a hundred at most and in no path', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(cpr, cvr), { maxLength: 350 }), async (numbers) => {
        const isKnown = (number: string) => Number(number.slice(-1)) % 2 === 0;
        const registry = fakeRegistry((call) =>
          pageFor(call.path, 'contacts', numbersOf(call).filter(isKnown).map((number) => contact(number, 'REGISTERED'))));
        const reaches = await reachOf(registry, numbers);
        assert.deepEqual(reaches.map(({ state }) => state), numbers.map((number) => (isKnown(number) ? 'registered' : 'not-registered')));
        const asked = registry.calls.flatMap(numbersOf);
        assert.equal(new Set(asked).size, new Set(numbers).size);
        assert.equal(asked.length, new Set(asked).size);
        for (const { path, query } of registry.calls) {
          assert.match(path, /^contacts\/\?isBulkLookup=true&page=0&size=\d{1,3}$/);
          const [[field, some] = ['', []], ...others] = Object.entries(query ?? {});
          assert.equal(others.length, 0);
          assert.ok(some.length >= 1 && some.length <= 100);
          assert.ok(some.every((number) => number.length === (field === 'cprNumber' ? 10 : 8)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('reads every page, and believes nothing when one does not come', async () => {
    const numbers = Array.from({ length: 90 }, (_, n) => String(1_000_000_000 + n));
    const many = numbers.flatMap((number) => [contact(number, 'CLOSED'), contact(number, 'REGISTERED')]);
    const whole = fakeRegistry(({ path }) => pageFor(path, 'contacts', many));
    assert.ok((await reachOf(whole, numbers)).every(({ state }) => state === 'registered'));
    assert.equal(whole.calls.length, 2);
    const cut = fakeRegistry(({ path }) => (path.includes('page=1') ? 'no JSON' : pageFor(path, 'contacts', many)));
    assert.ok((await reachOf(cut, numbers)).every(({ state }) => state === 'not-known'));
  });

  it('is not known for whatever goes wrong, and never an error', async () => {
    const broken = [
      fakeRegistry(() => { throw new Error('ECONNRESET'); }),
      fakeRegistry(() => ({ contacts: [] }), 503),
      fakeRegistry(() => ({ contacts: [] }), 403),
      ...['', 'null', '[]', '{}', '{"contacts":{}}', '<html>'].map((body) => fakeRegistry(() => body)),
      // A registry that passes over the body and gives everybody.
      fakeRegistry(() => ({ contacts: [contact('0101019999', 'REGISTERED')], totalPages: 60_000 })),
    ];
    for (const registry of broken) {
      assert.deepEqual(await reachOf(registry, ['2512489996']), [{ state: 'not-known', from: null }]);
    }
  });

  it('takes no word about numbers that were not asked about', async () => {
    const registry = fakeRegistry(() => ({ totalPages: 1, contacts: [contact('0101019999', 'REGISTERED'), null, 7, {}] }));
    assert.deepEqual(await reachOf(registry, ['2512489996']), [{ state: 'not-registered', from: null }]);
  });

  it('stops asking when nobody waits any more', async () => {
    const gone = new AbortController();
    const registry = fakeRegistry((call) => {
      gone.abort();
      return pageFor(call.path, 'contacts', []);
    });
    const numbers = Array.from({ length: 300 }, (_, n) => String(1_000_000_000 + n));
    const reaches = await reachOf(registry, numbers, gone.signal);
    assert.equal(registry.calls.length, 1);
    assert.deepEqual(reaches.map(({ state }) => state).filter((state) => state === 'not-known').length, 200);
  });
});
