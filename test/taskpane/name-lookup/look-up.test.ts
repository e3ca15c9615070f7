import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Company, PersonAnswer, RecipientCheck } from '../../../src/domain/gateway-api.ts';
import type { RememberedCheck } from '../../../src/taskpane/memory/remembered.ts';
import { lookUp, type Found, type LookUpParts } from '../../../src/taskpane/name-lookup/look-up.ts';

const NANCY = '2512489996';
const scope = { channel: 'ngdp', mailbox: 'jobcenter@kommune.example' } as const;
const nancy: PersonAnswer = {
  kind: 'found', name: 'Nancy Ann Test Berggren', nameState: 'shown', protected: false, state: 'alive', since: null, currentCpr: null,
};

function company(cvr: string): Company {
  return { cvr, name: `Firma ${cvr}`, state: 'active', stateText: null, ceasedOn: null, address: [], phone: null, email: null };
}

interface Told extends LookUpParts {
  readonly calls: unknown[];
  readonly kept: Map<string, RememberedCheck>;
}

function parts(answers: Partial<LookUpParts['gateway']> = {}, known: ReadonlyMap<string, RememberedCheck> = new Map()): Told {
  const calls: unknown[] = [];
  const kept = new Map(known);
  return {
    calls, kept, scope,
    gateway: {
      async person(question) {
        calls.push(['person', question]);
        return { kind: 'answer', value: nancy };
      },
      async company(question) {
        calls.push(['company', question]);
        return { kind: 'answer', value: { kind: 'found', company: company(question.cvr) } };
      },
      async companies(question) {
        calls.push(['companies', question]);
        return { kind: 'answer', value: { companies: [company('11111111'), company('22222222')], more: true } };
      },
      async check(question) {
        calls.push(['check', question]);
        const recipients = question.numbers.map((_, position): RecipientCheck => (
          { position, shown: '', reach: { state: 'registered', from: null }, person: null, company: null, sameAs: null }
        ));
        return { kind: 'answer', value: { recipients, checkedAt: '2026-11-25T09:00:00.000Z' } };
      },
      ...answers,
    },
    remembered: {
      check: async (_scope, number) => kept.get(number) ?? null,
      async keepCheck(_scope, number, check) {
        kept.set(number, check);
      },
    },
  };
}

async function told(of: LookUpParts, query: Parameters<typeof lookUp>[1]['query'], purpose = '2026-004512') {
  const all: Found[] = [];
  const failed = await lookUp(of, { query, purpose }, (found) => all.push(found));
  return { all, failed };
}

describe('a look-up', () => {
  it('tells the name before it is known whether Digital Post reaches them', async () => {
    const of = parts();
    const { all, failed } = await told(of, { kind: 'cpr', number: NANCY });
    assert.equal(failed, null);
    assert.deepEqual(all, [
      { kind: 'person', cpr: NANCY, answer: nancy, reach: null },
      { kind: 'person', cpr: NANCY, answer: nancy, reach: { state: 'registered', from: null } },
    ]);
    assert.deepEqual(of.calls, [
      ['person', { cpr: NANCY, purpose: '2026-004512' }],
      ['check', { ...scope, numbers: [NANCY], purpose: '2026-004512' }],
    ]);
  });

  it('leaves what it learnt to Skriv, name and all', async () => {
    const of = parts();
    await told(of, { kind: 'cpr', number: NANCY });
    const known = of.kept.get(NANCY);
    assert.deepEqual(known?.check.person, nancy);
    assert.equal(known.checkedAt, '2026-11-25T09:00:00.000Z');
  });

  it('asks nobody who can be reached when it is remembered', async () => {
    const check: RecipientCheck = { position: 0, shown: '', reach: { state: 'exempt', from: null }, person: null, company: null, sameAs: null };
    const of = parts({}, new Map([[NANCY, { check, checkedAt: '2026-11-25T08:00:00.000Z' }]]));
    const { all } = await told(of, { kind: 'cpr', number: NANCY });
    assert.deepEqual(all.at(-1), { kind: 'person', cpr: NANCY, answer: nancy, reach: { state: 'exempt', from: null } });
    assert.equal(of.calls.length, 1);
  });

  it('does not ask for the dead, for numbers that are another now, and for what there is not', async () => {
    const answers: readonly PersonAnswer[] = [
      { ...nancy, state: 'dead' }, { ...nancy, currentCpr: '2512489997' }, { kind: 'not-found' }, { kind: 'unavailable', reason: 'away', text: '' },
    ];
    for (const value of answers) {
      const of = parts({ person: async () => ({ kind: 'answer', value }) });
      const { all } = await told(of, { kind: 'cpr', number: NANCY });
      assert.equal(all.length, 1);
      assert.deepEqual(of.calls, []);
    }
  });

  it('asks for the company of a P number', async () => {
    const of = parts({ person: async () => ({ kind: 'answer', value: { kind: 'p-number', cvr: '11111111', name: 'Firma' } }) });
    const { all } = await told(of, { kind: 'cpr', number: '1003388394' });
    assert.deepEqual(of.calls, [['check', { ...scope, numbers: ['11111111'], purpose: '2026-004512' }]]);
    assert.deepEqual(all.at(-1), {
      kind: 'person', cpr: '1003388394', answer: { kind: 'p-number', cvr: '11111111', name: 'Firma' }, reach: { state: 'registered', from: null },
    });
  });

  it('needs no case for a company', async () => {
    const of = parts();
    await told(of, { kind: 'cvr', number: '12345678' }, '');
    assert.deepEqual(of.calls, [['company', { cvr: '12345678' }], ['check', { ...scope, numbers: ['12345678'] }]]);
  });

  it('asks about all companies of a search at once', async () => {
    const of = parts();
    const { all } = await told(of, { kind: 'name', name: 'Firma' }, '');
    assert.deepEqual(of.calls, [['companies', { name: 'Firma', max: 10 }], ['check', { ...scope, numbers: ['11111111', '22222222'] }]]);
    const last = all.at(-1);
    assert.equal(last?.kind === 'companies' && last.reaches.size, 2);
  });

  it('gives back why there is no answer, and tells nothing', async () => {
    const of = parts({ person: async () => ({ kind: 'too-many', retryAt: new Date(0) }) });
    const { all, failed } = await told(of, { kind: 'cpr', number: NANCY });
    assert.deepEqual([all, failed], [[], { kind: 'too-many', retryAt: new Date(0) }]);
  });

  it('shows the name though nobody can say who is reached', async () => {
    const of = parts({ check: async () => ({ kind: 'away' }) });
    const { all, failed } = await told(of, { kind: 'cpr', number: NANCY });
    assert.equal(all.length, 1);
    assert.deepEqual(failed, { kind: 'away' });
  });

  it('asks about nobody without a mailbox to send from', async () => {
    const of = parts();
    await told({ ...of, scope: null }, { kind: 'cpr', number: NANCY });
    assert.equal(of.calls.length, 1);
  });
});
