import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { PersonAnswer } from '../../../src/domain/gateway-api.ts';
import { personAnswers } from '../../../src/gateway/addin/ask-registers.ts';
import { lookUpPerson } from '../../../src/gateway/addin/look-up-names.ts';
import type { Registers } from '../../../src/gateway/lookup/registers.ts';
import type { Database } from '../../../src/gateway/store/database.ts';
import { openTestDatabase } from '../api/api-in-process.ts';
import { askingParts, newCaller, somebody } from '../asking-parts.ts';

const away: PersonAnswer = { kind: 'unavailable', reason: 'away', text: 'CVR svarer ikke lige nu. Prøv igen om lidt.' };
const unit = { cvr: '87654321', name: 'Afdelingen' };
/** Ten digits that are no date, and two that are. */
const DATELESS = '1019601052';
const DATE = '1007256945';

describe('ten digits that may be a P number', () => {
  const open = new AsyncDisposableStack();
  let database: Database;
  before(async () => {
    database = await openTestDatabase(open);
  });
  after(() => open.disposeAsync());

  const answering = (person: PersonAnswer, productionUnit: Registers['productionUnit']) => {
    const parts = askingParts(database, {
      registers: { persons: (_, numbers) => Promise.resolve(numbers.map(() => person)), productionUnit },
      settings: { LOOKUP_DEADLINE_MS: '300', LOOKUP_NOT_FOUND_ALARM: '1' },
    });
    const [organisation] = parts.organisations();
    assert.ok(organisation);
    return { parts, ask: async (...numbers: readonly string[]) => await personAnswers(parts, organisation, numbers) };
  };

  it('are nobody’s only when both registers have said so', async () => {
    for (const number of [DATELESS, DATE]) {
      const cases: readonly (readonly [PersonAnswer, Awaited<ReturnType<Registers['productionUnit']>>, PersonAnswer])[] = [
        [{ kind: 'not-found' }, null, { kind: 'not-found' }], [{ kind: 'not-found' }, unit, { kind: 'p-number', ...unit }],
        [{ kind: 'not-found' }, away, away], [somebody, away, somebody],
        [{ ...away, text: 'CPR svarer ikke.' }, away, { ...away, text: 'CPR svarer ikke.' }],
      ];
      for (const [person, told, expected] of cases) {
        assert.deepEqual(await answering(person, () => Promise.resolve(told)).ask(number), [expected], JSON.stringify([number, person, told]));
      }
    }
  });

  it('are asked about again when CVR was away, and nobody is suspected of guessing', async () => {
    let told: Awaited<ReturnType<Registers['productionUnit']>> = away;
    const { parts, ask } = answering({ kind: 'not-found' }, () => Promise.resolve(told));
    const caller = newCaller();
    for (let n = 0; n < 3; n++) {
      const outcome = await lookUpPerson(parts, caller, { cpr: DATE, purpose: 'Sag 1' }, new AbortController().signal);
      assert.deepEqual(outcome, { kind: 'answer', answer: away });
    }
    const { rows } = await database.query<{ outcome: string }>({ text: 'select outcome from audit where actor = $1', values: [caller.id] });
    assert.deepEqual(rows.map(({ outcome }) => outcome), ['unavailable', 'unavailable', 'unavailable']);
    told = unit;
    assert.deepEqual(await ask(DATE), [{ kind: 'p-number', ...unit }]);
  });

  it('are asked about at both registers at the same time when they are no date', async () => {
    const both = Promise.withResolvers<void>();
    let asked = 0;
    const meet = async () => {
      asked += 1;
      if (asked === 2) both.resolve();
      await both.promise;
    };
    const parts = askingParts(database, {
      registers: {
        persons: async () => (await meet(), [{ kind: 'not-found' }]),
        productionUnit: async () => (await meet(), unit),
      },
    });
    const [organisation] = parts.organisations();
    assert.ok(organisation);
    assert.deepEqual(await personAnswers(parts, organisation, [DATELESS]), [{ kind: 'p-number', ...unit }]);
  });

  it('have one deadline for both registers, and whoever asked may go', async () => {
    const until = (signal?: AbortSignal) => new Promise<typeof away>((resolve) => signal?.addEventListener('abort', () => resolve(away)));
    const { ask } = answering({ kind: 'not-found' }, (_organisation, _number, signal) => until(signal));
    assert.deepEqual(await ask(DATE), [away]);
    const gone = new AbortController();
    const parts = askingParts(database, { registers: { persons: async (_, numbers, signal) => (await until(signal), numbers.map(() => away)) } });
    const [organisation] = parts.organisations();
    assert.ok(organisation);
    const asking = personAnswers(parts, organisation, ['0107729995', '0107729996'], gone.signal);
    setTimeout(() => gone.abort(), 20);
    assert.deepEqual(await asking, [away, away]);
  });
});
