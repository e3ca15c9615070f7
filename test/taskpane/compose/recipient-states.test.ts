import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { RecipientCheck } from '../../../src/domain/gateway-api.ts';
import { displayNameFor, nameInDraft, showsNumber } from '../../../src/taskpane/compose/recipient-name.ts';
import { readRecipients } from '../../../src/taskpane/compose/read-recipients.ts';
import { recipientState, type RowState, type StateFacts } from '../../../src/taskpane/compose/recipient-states.ts';
import { check, COMPANY, DESK, draft, EKSEMPEL, found, NANCY, nancyAt, person } from './compose-world.ts';

const facts: StateFacts = { known: null, checking: false, away: false, nameForLater: false, guard: 'open', guardTrouble: null, guardStopsAll: false, canApprove: true, home: 'kommunen', refusal: [], cprIsSeen: false, isAnswer: false, mendable: true };

function stateOf(address: string, part: Partial<StateFacts> & { readonly check?: RecipientCheck } = {}, displayName = address): RowState {
  const [row] = readRecipients(draft({ to: [person(address, displayName)] }), { own: { domains: ['kommune.example'], guessed: false }, header: null });
  assert.ok(row);
  const { check: known, ...rest } = part;
  return recipientState(row, { ...facts, ...rest, known: known ? { check: known, checkedAt: '2026-11-26T08:00:00Z' } : null });
}
const nancy = (part: Partial<RecipientCheck>): RowState => stateOf(nancyAt(), { check: check(part) });
const notes = ({ notes: all }: RowState): readonly string[] => all.map((note) => (typeof note === 'string' ? note : note.key));
const company = (part: Partial<Extract<NonNullable<RecipientCheck['company']>, { kind: 'found' }>['company']>, reach: RecipientCheck['reach']['state'] = 'registered'): RowState =>
  stateOf(`${COMPANY}@${EKSEMPEL}.ngdp.digital-post.dk`, {
    check: check({
      person: null, reach: { state: reach, from: null },
      company: { kind: 'found', company: { cvr: COMPANY, name: 'Bergs Tømrer ApS', state: 'active', stateText: null, ceasedOn: null, address: [], phone: null, email: null, ...part } },
    }),
  });

describe('a row of Digital Post', () => {
  it('who can get it has a name, a masked number, and no button but the cross', () => {
    assert.deepEqual(nancy({}), {
      icon: 'ok', name: 'Nancy Ann Test Berggren', number: '251248-xxxx', status: { key: 'row.ok', texts: { channel: { key: 'channel.ngdp' } } },
      notes: [], grade: null, gets: true, fixes: [],
    });
    assert.deepEqual([company({}).name, company({}).number], ['Bergs Tømrer ApS', 'CVR 87654321']);
  });

  it('is the masked number where nobody knows the name', () => {
    const state = nancy({ person: null });
    assert.deepEqual([state.name, state.number, state.icon], ['251248-xxxx', null, 'ok']);
  });

  it('never shows a protected name, not even when the register or the draft gives it', () => {
    for (const protectedPerson of [found({ protected: true }), found({ nameState: 'protected', name: null }), found({ protected: true, state: 'dead' })]) {
      const state = stateOf(nancyAt(), { check: check({ person: protectedPerson }) }, 'Nancy Ann Test Berggren (Digital Post)');
      assert.doesNotMatch(JSON.stringify(state), /Nancy/);
      assert.deepEqual(state.name, { key: 'row.protected.name' });
    }
    const state = nancy({ person: found({ protected: true }) });
    assert.deepEqual([state.icon, notes(state), state.grade], ['protected', ['row.protected'], null]);
  });

  it('says of a name that could not be had just now that one can write all the same, and lets one ask again', () => {
    const known = stateOf(nancyAt(), { check: check({ person: { kind: 'unavailable', reason: 'away', text: '' } }), nameForLater: true });
    assert.deepEqual([known.name, known.status?.key, notes(known), known.grade, known.gets, known.fixes], ['251248-xxxx', 'row.ok', ['row.noName'], null, true, ['fetch', 'remove']]);
    const unknown = stateOf(nancyAt(), { nameForLater: true });
    assert.deepEqual([notes(unknown), unknown.gets, unknown.fixes], [['row.unknown', 'row.noName'], true, ['fetch', 'remove']]);
    const left = stateOf(nancyAt(), { check: check({ person: { kind: 'unavailable', reason: 'away', text: '' }, reach: { state: 'exempt', from: null } }), nameForLater: true });
    assert.deepEqual([notes(left), left.fixes], [['row.exempt', 'row.noName.left'], ['fetch', 'remove']]);
  });

  it('tells a name in the mail that is somebody else’s than the number’s', () => {
    const strange = stateOf(nancyAt(), { check: check({}) }, 'Kirsten Holm (Digital Post)');
    assert.deepEqual([strange.name, strange.grade, strange.icon, strange.fixes], ['Nancy Ann Test Berggren', 'look', 'look', ['name', 'remove']]);
    assert.deepEqual(strange.notes[0], { key: 'row.otherName', parameters: { name: 'Kirsten Holm' } });
    for (const own of ['Nancy Berggren (Digital Post)', 'BERGGREN, Nancy', '251248-xxxx (Digital Post)', nancyAt()]) {
      assert.equal(stateOf(nancyAt(), { check: check({}) }, own).grade, null, own);
    }
  });

  it('says who gets nothing, gently: it goes to the others', () => {
    const states: readonly (readonly [RowState, string])[] = [
      [nancy({ person: found({ state: 'dead', since: '2024-04-03' }) }), 'row.dead'],
      [nancy({ person: found({ state: 'dead' }) }), 'row.dead.undated'],
      [nancy({ reach: { state: 'not-registered', from: null } }), 'row.notRegistered'],
      [nancy({ reach: { state: 'exempt', from: null } }), 'row.exempt'],
      [nancy({ reach: { state: 'closed', from: null } }), 'row.closed'],
      [nancy({ person: { kind: 'not-found' }, reach: { state: 'not-registered', from: null } }), 'row.notFound'],
      [nancy({ person: { kind: 'p-number', cvr: COMPANY, name: 'Bergs Tømrer ApS' } }), 'row.pNumber'],
      [company({ state: 'ceased', ceasedOn: '2025-01-31' }, 'not-registered'), 'row.ceased'],
      [company({ state: 'ceased' }), 'row.ceased.undated'],
    ];
    for (const [state, note] of states) {
      assert.deepEqual([notes(state), state.grade, state.gets, state.icon, state.fixes.at(-1)], [[note], 'look', false, 'look', 'remove'], note);
      assert.equal(state.status, null, note);
    }
    assert.deepEqual(states[0]?.[0].notes, [{ key: 'row.dead', days: { date: '2024-04-03' }, texts: {} }]);
  });

  it('says who may not get it, and counts them all the same', () => {
    const states: readonly (readonly [RowState, string])[] = [
      [nancy({ person: found({ state: 'disappeared' }) }), 'row.gone'],
      [nancy({ reach: { state: 'awaiting', from: '2026-12-01' } }), 'row.awaiting'],
      [company({}, 'awaiting'), 'row.newCompany.undated'],
      [nancy({ person: found({ currentCpr: '0107729995' }) }), 'row.newNumber'],
    ];
    for (const [state, note] of states) assert.deepEqual([notes(state), state.grade, state.gets], [[note], 'look', true], note);
    assert.deepEqual(states[3]?.[0].fixes, ['new-number', 'remove']);
  });

  it('believes the network where a register does not know a number that is registered', () => {
    assert.deepEqual([nancy({ person: { kind: 'not-found' } }).grade, nancy({ person: { kind: 'not-found' } }).gets], [null, true]);
  });

  it('says where somebody lives abroad, or a company is in trouble, and warns of nothing', () => {
    assert.deepEqual([notes(nancy({ person: found({ state: 'emigrated', since: '2020-01-01' }) })), nancy({ person: found({ state: 'emigrated' }) }).grade], [['row.emigrated'], null]);
    assert.deepEqual([notes(company({ state: 'in-distress', stateText: 'Under konkurs' })), company({}).grade], [['Under konkurs'], null]);
  });

  it('is checking, or not checked, in words', () => {
    assert.deepEqual(stateOf(nancyAt(), { checking: true }).status, { key: 'row.checking' });
    for (const state of [stateOf(nancyAt()), nancy({ reach: { state: 'not-known', from: null } })]) {
      assert.deepEqual([notes(state), state.grade, state.gets, state.icon], [['row.unknown'], null, true, 'info']);
    }
    assert.equal(stateOf(nancyAt(), {}, 'Nancy Ann Test Berggren (Digital Post)').name, 'Nancy Ann Test Berggren');
  });

  it('says when it was looked at, while the gateway is away', () => {
    assert.deepEqual(stateOf(nancyAt(), { check: check(), away: true }).notes, [{ key: 'row.remembered', moments: { time: '2026-11-26T08:00:00Z' } }]);
  });

  it('asks to look at a number without a date, while nobody knows it', () => {
    assert.deepEqual(notes(stateOf(nancyAt().replace(NANCY, '1234567890'))), ['row.unknown', 'to.bad.date']);
    assert.deepEqual(notes(nancy({ shown: '123456-xxxx' })), []);
  });

  it('stops what the gateway refuses: a citizen’s contact point, another’s sender, a channel that the mailbox has not', () => {
    const citizenPoint = stateOf(`${NANCY}.${DESK}@${EKSEMPEL}.ngdp.digital-post.dk`, { check: check() });
    assert.deepEqual([notes(citizenPoint), citizenPoint.grade, citizenPoint.gets, citizenPoint.fixes], [['row.citizenPoint'], 'stop', false, ['address', 'remove']]);
    const refused = stateOf(nancyAt(), { check: check(), refusal: [{ key: 'addr.sender' }], isAnswer: true });
    assert.deepEqual([notes(refused), refused.grade, refused.name], [['addr.sender', 'row.fromReply'], 'stop', 'Nancy Ann Test Berggren']);
  });

  it('who stands twice is told so, once or twice as it will be sent', () => {
    const rows = readRecipients(draft({ to: [person(nancyAt()), person(nancyAt()), person(nancyAt({ reply: false }))] }), { own: { domains: [], guessed: false }, header: null });
    const states = rows.map((row) => recipientState(row, { ...facts, known: { check: check(), checkedAt: '' } }));
    assert.deepEqual(states.map((state) => [notes(state), state.grade, state.icon]), [[[], null, 'ok'], [['row.twice'], null, 'info'], [['row.twiceSent'], 'look', 'look']]);
  });
});

describe('a row that is no Digital Post', () => {
  it('is wrong in words, with what to do, and without the number', () => {
    const wrong = stateOf(`251248-9996@${EKSEMPEL}.ngdp.digital-post.dk`);
    assert.deepEqual([notes(wrong), wrong.grade, wrong.fixes, wrong.name], [['row.badAddress', 'addr.hyphen'], 'stop', ['address', 'remove'], `251248-xxxx@${EKSEMPEL}.ngdp.digital-post.dk`]);
    const bare = stateOf(NANCY);
    assert.deepEqual([notes(bare), bare.grade, bare.name], [['row.bareNumber'], 'stop', '251248-xxxx']);
    assert.deepEqual(stateOf(`masseforsendelse-@${EKSEMPEL}.ngdp.digital-post.dk`, { mendable: false }).fixes, ['remove']);
  });

  it('a colleague gets ordinary mail, and so does an outsider where no guard stands', () => {
    assert.deepEqual([stateOf('lone@kommune.example').status, stateOf('lone@kommune.example').grade], [{ key: 'row.internal' }, null]);
    assert.deepEqual([stateOf('ven@example.org').status, stateOf('ven@example.org').grade], [{ key: 'row.outside', parameters: { home: 'kommunen' } }, null]);
  });

  it('an outsider is stopped by the guard until approved, and passes where listed', () => {
    const stopped = stateOf('ven@example.org', { guard: 'needs-approval' });
    assert.deepEqual([notes(stopped), stopped.grade, stopped.gets, stopped.fixes, stopped.icon], [['row.guard'], 'stop', false, ['approve', 'remove'], 'guard']);
    for (const [guard, note] of [['approved', 'row.approved'], ['listed', 'row.whitelisted']] as const) {
      const state = stateOf('ven@example.org', { guard });
      assert.deepEqual([notes(state), state.grade, state.gets, state.fixes], [[note], null, true, []]);
    }
    assert.deepEqual(notes(stateOf('ven@example.org', { guard: 'unknown' })), ['row.unknown']);
  });

  it('an outsider who could not be approved says why, and has its button again; none where Outlook cannot carry an approval', () => {
    const approving = stateOf('ven@example.org', { guard: 'approving' });
    assert.deepEqual([approving.status, approving.grade, approving.gets, approving.fixes], [{ key: 'guard.approving' }, 'stop', false, []]);
    const failed = stateOf('ven@example.org', { guard: 'needs-approval', guardTrouble: { key: 'guard.away' } });
    assert.deepEqual([notes(failed), failed.fixes], [['row.guard', 'guard.away'], ['approve', 'remove']]);
    const all = stateOf('ven@example.org', { guard: 'needs-approval', guardStopsAll: true });
    assert.deepEqual(notes(all), ['row.guardAll']);
    const unable = stateOf('ven@example.org', { guard: 'needs-approval', canApprove: false });
    assert.deepEqual([notes(unable), unable.fixes], [['row.guard', 'guard.cannot'], ['remove']]);
  });

  it('an outsider beside CPR numbers in Til or Cc is stopped, also when approved', () => {
    for (const guard of ['open', 'listed', 'approved', 'needs-approval'] as const) {
      const state = stateOf('ven@example.org', { guard, cprIsSeen: true });
      assert.deepEqual([state.grade, state.fixes.includes('to-bcc'), notes(state).at(-1)], ['stop', true, 'row.seesCpr'], guard);
    }
    assert.equal(stateOf('lone@kommune.example', { cprIsSeen: true }).grade, null);
  });

  it('who cannot be read is left alone', () => {
    const state = stateOf('/o=ExchangeLabs/cn=lone', {}, 'Lone Holm');
    assert.deepEqual([state.name, state.status, state.grade, state.fixes], ['Lone Holm', { key: 'row.unreadable' }, null, []]);
  });

  it('shows no CPR number, whatever stands in the draft', () => {
    const cpr = fc.stringMatching(/^(0[1-9]|[12][0-9])(0[1-9]|1[0-2])[0-9]{2}$/).chain((date) => fc.stringMatching(/^[0-9]{4}$/).map((rest) => [date, rest] as const));
    const address = cpr.chain(([date, rest]) => fc.constantFrom(
      `${date}${rest}`, `${date}-${rest}`, `${date}${rest}@${EKSEMPEL}.ngdp.digital-post.dk`, `${date}-${rest}@${EKSEMPEL}.ngdp.digital-post.dk`, `${date}${rest}@digitalpost.digital-post.dk`, `${date}${rest}.x@${EKSEMPEL}.mitdk.digital-post.dk`,
    ).map((text) => ({ text, number: new RegExp(`${date}[- ]?${rest}`) })));
    fc.assert(fc.property(address, ({ text, number }) => {
      const { name, number: shown, notes: told, status } = stateOf(text);
      assert.doesNotMatch(JSON.stringify([name, shown, told, status]), number);
    }));
  });
});

describe('the display name', () => {
  it('is the name and the network, and the masked number of whoever has no name to show', () => {
    assert.equal(displayNameFor({ kind: 'cpr', number: NANCY }, 'ngdp', 'Nancy Ann Test Berggren'), 'Nancy Ann Test Berggren (Digital Post)');
    assert.equal(displayNameFor({ kind: 'cpr', number: NANCY }, 'mitdk', null), '251248-xxxx (mit.dk)');
    assert.equal(displayNameFor({ kind: 'cvr', number: COMPANY }, 'eboks', null), '87654321 (e-Boks)');
  });

  it('gives the name back, and nothing for a number or an address', () => {
    assert.equal(nameInDraft(person('x', 'Nancy Ann Test Berggren (Digital Post)')), 'Nancy Ann Test Berggren');
    for (const name of ['251248-xxxx (Digital Post)', NANCY, '251248-9996', nancyAt(), '', '87654321 (e-Boks)']) assert.equal(nameInDraft(person('x', name)), null, name);
  });

  it('is known to show the number, also with a hyphen', () => {
    assert.equal(showsNumber(person(nancyAt(), nancyAt()), { kind: 'cpr', number: NANCY }), true);
    assert.equal(showsNumber(person(nancyAt(), '251248-9996 Nancy'), { kind: 'cpr', number: NANCY }), true);
    assert.equal(showsNumber(person(nancyAt(), '251248-xxxx (Digital Post)'), { kind: 'cpr', number: NANCY }), false);
  });
});

describe('a display name that somebody wrote', () => {
  it('shows no CPR number, whoever it is of', () => {
    for (const address of ['lone@kommune.example', 'lone@andre.example', '']) {
      const state = stateOf(address, {}, 'Nancy 251248-9996');
      assert.deepEqual([state.name, JSON.stringify(state).includes('9996')], ['Nancy 251248-xxxx', false], address);
    }
  });
});
