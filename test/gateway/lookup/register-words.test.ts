import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { addressLines } from '../../../src/gateway/lookup/company-address.ts';
import { companyStateOf } from '../../../src/gateway/lookup/company-state.ts';
import { danishDateIn } from '../../../src/gateway/lookup/danish-date.ts';
import { mayBePNumber } from '../../../src/gateway/lookup/p-number.ts';
import { nameOf, personAnswerOf, stateOfStatus, type CprAccess, type RegisterPerson } from '../../../src/gateway/lookup/person-of-register.ts';
import { readSoap } from '../../../src/gateway/lookup/read-soap.ts';
import { recorded, SKIP_RECORDED } from './register-stand-in.ts';

const TODAY = '2026-11-25';
const life = { status: 'NORMAL', startedOn: '1999-11-15', endedOn: null, isTold: true };

describe('a company’s state', () => {
  it('is active with an open life and NORMAL or Aktiv in any letters', () => {
    for (const status of ['NORMAL', 'normal', 'Aktiv', 'AKTIV', 'aktiv']) {
      assert.deepEqual(companyStateOf({ ...life, status }, TODAY), { state: 'active', stateText: null, ceasedOn: null });
    }
  });

  it('is ceased when its life has ended, whatever the status says', () => {
    assert.deepEqual(companyStateOf({ ...life, endedOn: '2024-12-31' }, TODAY), { state: 'ceased', stateText: 'Ophørt', ceasedOn: '2024-12-31' });
    assert.deepEqual(companyStateOf({ ...life, status: 'OPLØSTEFTERKONKURS', endedOn: '2024-12-31' }, TODAY),
      { state: 'ceased', stateText: 'Opløst efter konkurs', ceasedOn: '2024-12-31' });
    assert.equal(companyStateOf({ ...life, endedOn: TODAY }, TODAY).state, 'ceased');
    assert.equal(companyStateOf({ ...life, endedOn: '2027-01-01' }, TODAY).state, 'active');
  });

  it('is in distress with the words of the status while it lives', () => {
    assert.deepEqual(companyStateOf({ ...life, status: 'UNDERKONKURS' }, TODAY), { state: 'in-distress', stateText: 'Under konkurs', ceasedOn: null });
    assert.deepEqual(companyStateOf({ ...life, status: 'Under konkurs' }, TODAY).stateText, 'Under konkurs');
    assert.deepEqual(companyStateOf({ ...life, status: 'Noget nyt' }, TODAY), { state: 'in-distress', stateText: 'Noget nyt', ceasedOn: null });
    assert.equal(companyStateOf({ ...life, isTold: false }, TODAY).state, 'in-distress');
    assert.equal(companyStateOf({ ...life, status: null }, TODAY).state, 'in-distress');
  });

  it('is not started in the future', () => {
    assert.equal(companyStateOf({ ...life, status: 'FREMTID' }, TODAY).state, 'not-started');
    assert.equal(companyStateOf({ ...life, startedOn: '2027-01-01' }, TODAY).state, 'not-started');
  });

  it('is known for every status that Virk has', { skip: SKIP_RECORDED }, () => {
    const rows = recorded('cvr-sammensat-status.csv').trim().split('\n').slice(1).map((row) => row.split(','));
    assert.equal(rows.length, 20);
    for (const [code = '', , group = '', strict = ''] of rows) {
      const { state, stateText } = companyStateOf({ ...life, status: code }, TODAY);
      assert.equal(state === 'active', strict === 'yes', code);
      assert.equal(state === 'ceased', group === 'ophørt', code);
      if (state !== 'active') assert.match(stateText ?? '', /^[A-ZÆØÅ][a-zæøå ]+$/, code);
    }
  });
});

describe('a Danish date', () => {
  it('is read out of each way in which registers write times', () => {
    assert.equal(danishDateIn('1948-12-25T00:00:00.000000+01:00'), '1948-12-25');
    assert.equal(danishDateIn('2024-06-01T00:00:00.000000+02:00'), '2024-06-01');
    assert.equal(danishDateIn('2025-02-28T23:00:00Z'), '2025-03-01');
    assert.equal(danishDateIn('2024-05-31T22:00:00.000000Z'), '2024-06-01');
    assert.equal(danishDateIn('2025-03-01'), '2025-03-01');
    assert.equal(danishDateIn('2025-03-01+01:00'), '2025-03-01');
    assert.equal(danishDateIn('2025-03-01T00:00:00'), '2025-03-01');
  });

  it('is null for what is none', () => {
    for (const text of ['', null, undefined, '2025-02-30', '2025-13-01', 'i går', '20250301', '2025-03-01T99:99:99Z']) assert.equal(danishDateIn(text), null);
  });
});

describe('a P number', () => {
  it('goes to CVR when it may be one, but in the clear only when it cannot be a CPR number', () => {
    const clear = (digits: string) => mayBePNumber(digits, { isInTheClear: true });
    const safe = (digits: string) => mayBePNumber(digits, { isInTheClear: false });
    assert.deepEqual([safe('1007256945'), clear('1007256945')], [true, false], 'the tenth of July');
    assert.deepEqual([safe('1019601052'), clear('1019601052')], [true, true], 'month 19');
    assert.deepEqual([safe('2512489996'), clear('2512489996')], [false, false], 'begins with 2');
    assert.deepEqual([clear('1002290001'), safe('101960105'), safe('10196010521')], [false, false, false]);
  });

  it('is never a number with a real date where others can read along', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2036-12-31'), noInvalidDate: true }), fc.nat(9_999), (date, serial) => {
      const [year = '', month = '', day = ''] = date.toISOString().slice(0, 10).split('-');
      return !mayBePNumber(`${day}${month}${year.slice(2)}${String(serial).padStart(4, '0')}`, { isInTheClear: true });
    }));
  });
});

describe('what is told of a person', () => {
  const person: RegisterPerson = { state: 'alive', since: null, name: 'Hans Hansen', protected: false, currentCpr: '2512489996' };
  const shown = (changes: Partial<RegisterPerson>, access: CprAccess) => {
    const answer = personAnswerOf({ ...person, ...changes }, '2512489996', access);
    assert.ok(answer.kind === 'found');
    return [answer.name, answer.nameState, answer.protected];
  };

  it('never is a protected name, with any access', () => {
    for (const access of ['authority', 'public-sender', 'company'] as const) {
      assert.deepEqual(shown({ protected: true }, access), [null, 'protected', true]);
      assert.deepEqual(shown({ protected: true, name: null }, access), [null, 'protected', true]);
    }
  });

  it('is a name that an authority may see, or none where the answer does not say whether it may', () => {
    assert.deepEqual(shown({}, 'authority'), ['Hans Hansen', 'shown', false]);
    assert.deepEqual(shown({ protected: null }, 'authority'), [null, 'not-delivered', null]);
    assert.deepEqual(shown({ name: null }, 'authority'), [null, 'not-delivered', false]);
  });

  it('is that nobody can tell why a name is missing, for those who get no protected names', () => {
    for (const access of ['public-sender', 'company'] as const) {
      assert.deepEqual(shown({}, access), ['Hans Hansen', 'shown', false]);
      assert.deepEqual(shown({ protected: null }, access), ['Hans Hansen', 'shown', false]);
      assert.deepEqual(shown({ name: null }, access), [null, 'not-delivered', null]);
    }
  });

  it('is a state by CPR’s words', () => {
    assert.deepEqual(
      ['doed', 'udrejst', 'forsvundet', 'annulleret', 'nedlagt_person', 'bopael_i_danmark', 'ej_bopael', 'bopael_i_groenland_hoej_vejkode', null].map(stateOfStatus),
      ['dead', 'emigrated', 'disappeared', 'inactive', 'inactive', 'alive', 'alive', 'alive', 'alive'],
    );
  });

  it('is the addressing name, else the parts of the name', () => {
    assert.equal(nameOf({ adresseringsnavn: ' Hans  Hansen ', fornavne: 'Hans Peter' }), 'Hans Hansen');
    assert.equal(nameOf({ adresseringsnavn: '', fornavne: 'Hans', mellemnavn: null, efternavn: 'Hansen' }), 'Hans Hansen');
    assert.equal(nameOf({ adresseringsnavn: null }), null);
  });
});

describe('a SOAP answer', () => {
  const envelope = (body: string, head = '') => `${head}<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`;

  it('is read by path, with the five entities of XML and CDATA', () => {
    const texts = readSoap(envelope('<a xmlns="x"><b>1 &lt; 2 &#38;</b><b>igen</b><c><![CDATA[<3>]]></c></a>'));
    assert.equal(texts.get('Body/a/b'), '1 < 2 &');
    assert.equal(texts.get('Body/a/c'), '<3>');
  });

  it('is refused with a DOCTYPE, with other entities, unfinished, too deep, or as something else', () => {
    const bad = [
      envelope('<a>&x;</a>', '<!DOCTYPE s [<!ENTITY x "y">]>'), envelope('<a>&x;</a>'), envelope('<a>'), '', 'ikke XML', '<html></html>',
      envelope('<a>'.repeat(40) + '</a>'.repeat(40)), envelope('<a/>'.repeat(30_000)),
    ];
    for (const xml of bad) assert.throws(() => readSoap(xml), Error, xml.slice(0, 80));
  });

  it('never gives anything but texts or an error, whatever comes', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (noise) => {
      try {
        return readSoap(envelope(noise)).size >= 1;
      } catch {
        return true;
      }
    }));
  });
});

describe('an address', () => {
  it('stands in the lines of a letter', () => {
    const none = { careOf: null, road: null, house: null, floor: null, door: null, place: null, postBox: null, postCode: null, town: null, freeText: null };
    assert.deepEqual(addressLines(none), []);
    assert.deepEqual(
      addressLines({ ...none, careOf: 'Adv. Stakemann', road: 'Toldbodgade', house: '51B', floor: '4', door: 'tv', place: 'Nyhavn', postCode: 1253, town: 'København K' }),
      ['c/o Adv. Stakemann', 'Toldbodgade 51B, 4. tv', 'Nyhavn', '1253 København K'],
    );
    assert.deepEqual(addressLines({ ...none, freeText: '1 High Street\nLondon' }), ['1 High Street', 'London']);
    assert.deepEqual(addressLines({ ...none, road: 'Torvet', house: 1, floor: 'st', postBox: 12, postCode: '0999', town: 'By' }), ['Torvet 1, st', 'Postboks 12', '0999 By']);
  });
});
