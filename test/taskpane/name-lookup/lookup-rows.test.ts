import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Company, PersonAnswer, Reach } from '../../../src/domain/gateway-api.ts';
import { lookupRows, type LookupRow } from '../../../src/taskpane/name-lookup/lookup-rows.ts';
import { shownTime } from '../../../src/taskpane/parts/shown-time.ts';
import { lookup } from '../../../src/taskpane/texts/da.ts';
import { fillText } from '../../../src/taskpane/texts/fill-text.ts';

const words = {
  say: (key: keyof typeof lookup, parameters = {}) => fillText(lookup[key], parameters),
  time: shownTime('da-DK'),
};
const NANCY = '2512489996';
const registered: Reach = { state: 'registered', from: null };
const nancy = {
  kind: 'found', name: 'Nancy Ann Test Berggren', nameState: 'shown', protected: false, state: 'alive', since: null, currentCpr: null,
} as const satisfies PersonAnswer;
const dahl: Company = {
  cvr: '56781234', name: 'Tømrer Dahl ApS', state: 'active', stateText: null, ceasedOn: null, address: ['Vej 1'], phone: null, email: null,
};

function person(answer: PersonAnswer, reach: Reach | null = null): LookupRow {
  const [row] = lookupRows({ kind: 'person', cpr: NANCY, answer, reach }, words).rows;
  assert.ok(row);
  return row;
}

describe('a result in words', () => {
  it('names a person, masks the number, and says that Digital Post reaches them', () => {
    assert.deepEqual(person(nancy, registered), {
      key: NANCY, state: 'ok', title: 'Nancy Ann Test Berggren', number: '251248-xxxx', hidden: NANCY, lines: ['Tilmeldt Digital Post'],
      writeTo: { number: NANCY, name: 'Nancy Ann Test Berggren', label: 'Skriv til Nancy Ann Test Berggren' }, instead: null,
    });
  });

  it('never shows a protected name, though one should come', () => {
    for (const answer of [{ ...nancy, name: null, nameState: 'protected', protected: true }, { ...nancy, nameState: 'protected' }, { ...nancy, protected: true }] as const) {
      const row = person(answer, registered);
      assert.equal(row.title, 'Beskyttet navn');
      assert.equal(row.state, 'protected');
      assert.deepEqual(row.lines, ['Navne- og adressebeskyttet. Navnet vises ikke her.', 'Tilmeldt Digital Post']);
      assert.deepEqual(row.writeTo, { number: NANCY, name: null, label: 'Skriv til modtageren' });
      assert.doesNotMatch(JSON.stringify(row), /Nancy/);
    }
  });

  it('says what befell somebody, with the day where it is known', () => {
    assert.deepEqual(person({ ...nancy, state: 'dead', since: '2025-03-31' }).lines, ['Død 31. marts 2025']);
    assert.deepEqual(person({ ...nancy, state: 'dead' }).lines, ['Død']);
    assert.deepEqual(person({ ...nancy, state: 'emigrated', since: '2024-01-02' }, registered).lines, ['Udrejst 2. januar 2024', 'Tilmeldt Digital Post']);
    assert.deepEqual(person({ ...nancy, state: 'disappeared' }).lines, ['Registreret som forsvundet']);
    assert.deepEqual(person({ ...nancy, state: 'inactive' }).lines, ['Nummeret er ikke længere i brug']);
    for (const state of ['dead', 'emigrated', 'disappeared', 'inactive'] as const) assert.equal(person({ ...nancy, state }).state, 'look');
  });

  it('offers nobody to write to who is dead', () => {
    assert.equal(person({ ...nancy, state: 'dead' }).writeTo, null);
    assert.ok(person({ ...nancy, state: 'emigrated' }).writeTo);
  });

  it('offers the new number of somebody who has got one', () => {
    const row = person({ ...nancy, currentCpr: '2512489997' });
    assert.deepEqual(row.lines, ['Har fået nyt CPR-nummer']);
    assert.deepEqual(row.instead, { number: '2512489997', label: 'Slå det nye nummer op' });
    assert.equal(row.writeTo, null);
  });

  it('says so where the register gives no name', () => {
    const row = person({ ...nancy, name: null, nameState: 'not-delivered', protected: null });
    assert.deepEqual([row.title, row.number, row.state, row.lines], ['251248-xxxx', null, 'info', ['Registret oplyser ikke navnet.']]);
  });

  it('says that there is nobody, or that the register is away', () => {
    assert.deepEqual(person({ kind: 'not-found' }).lines, ['Der findes ingen med det nummer.']);
    assert.equal(person({ kind: 'not-found' }).writeTo, null);
    assert.deepEqual(person({ kind: 'unavailable', reason: 'away', text: 'x' }).lines, ['Registret svarer ikke. Prøv igen om lidt.']);
    assert.deepEqual(person({ kind: 'unavailable', reason: 'no-access', text: 'Adgangen mangler.' }).lines, ['Adgangen mangler.']);
  });

  it('writes to the company of a P number', () => {
    const row = person({ kind: 'p-number', cvr: '56781234', name: 'Tømrer Dahl ApS' }, registered);
    assert.deepEqual([row.title, row.number, row.state], ['Tømrer Dahl ApS', 'CVR 56781234', 'ok']);
    assert.equal(row.writeTo?.number, '56781234');
  });

  it('says of each how Digital Post stands', () => {
    const line = (reach: Reach): readonly string[] => person(nancy, reach).lines;
    assert.deepEqual(line({ state: 'not-registered', from: null }), ['Ikke tilmeldt Digital Post']);
    assert.deepEqual(line({ state: 'exempt', from: null }), ['Fritaget for Digital Post']);
    assert.deepEqual(line({ state: 'closed', from: null }), ['Postkassen i Digital Post er lukket']);
    assert.deepEqual(line({ state: 'awaiting', from: '2026-12-07' }), ['Kan få Digital Post fra 7. december 2026']);
    assert.deepEqual(line({ state: 'awaiting', from: null }), ['Kan endnu ikke få Digital Post']);
    assert.deepEqual(line({ state: 'not-known', from: null }), []);
    assert.equal(person(nancy, { state: 'exempt', from: null }).state, 'look');
  });

  it('shows a company by its CVR number, and no address', () => {
    const { rows } = lookupRows({ kind: 'company', cvr: '56781234', answer: { kind: 'found', company: dahl }, reach: registered }, words);
    assert.deepEqual([rows[0]?.title, rows[0]?.number, rows[0]?.hidden, rows[0]?.lines], ['Tømrer Dahl ApS', 'CVR 56781234', null, ['Tilmeldt Digital Post']]);
    assert.doesNotMatch(JSON.stringify(rows), /Vej 1/);
  });

  it('says that a company has ceased, and offers no way to write to it', () => {
    const company: Company = { ...dahl, state: 'ceased', stateText: 'Ophørt', ceasedOn: '2025-03-31' };
    const { rows } = lookupRows({ kind: 'company', cvr: dahl.cvr, answer: { kind: 'found', company }, reach: null }, words);
    assert.deepEqual([rows[0]?.state, rows[0]?.lines, rows[0]?.writeTo], ['look', ['Ophørt 31. marts 2025'], null]);
  });

  it('lists the companies of a search, and says when there are more', () => {
    const found = { kind: 'companies', name: 'Dahl', companies: [dahl, { ...dahl, cvr: '11111111' }], more: true, reaches: new Map([[dahl.cvr, registered]]) } as const;
    const { above, rows } = lookupRows(found, words);
    assert.equal(above, 'Kun de første 2 virksomheder vises. Skriv mere af navnet.');
    assert.deepEqual(rows.map(({ lines }) => lines), [['Tilmeldt Digital Post'], []]);
    assert.equal(lookupRows({ ...found, companies: [], more: false }, words).above, 'Ingen aktiv virksomhed hedder »Dahl«.');
  });
});
