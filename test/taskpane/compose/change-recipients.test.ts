import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  addNumbers, applyEdits, changedFields, isCprSeen, moveCprToBcc, removeRows, renameRow, replaceRow, setChannel, setRecipientContactPoint, setReplyable, setSender, undoOf,
  type RecipientEdit, type RecipientLists,
} from '../../../src/taskpane/compose/change-recipients.ts';
import { printGatewayAddress } from '../../../src/domain/gateway-address.ts';
import { mendedRecipient } from '../../../src/taskpane/compose/mend-address.ts';
import { isDigitalRow, readRecipients, type DigitalRow, type RecipientRow } from '../../../src/taskpane/compose/read-recipients.ts';
import { carriesPoints, shortAddresses } from '../../../src/taskpane/compose/short-addresses.ts';
import { emptyMemoHeader } from '../../../src/domain/memo-header-json.ts';
import { BYGGESAGER, COMPANY, DESK, EKSEMPEL, JOBCENTER, NANCY, nancyAt, person } from './compose-world.ts';

const facts = { own: { domains: ['kommune.example'], guessed: false }, header: null };
const lists = (part: Partial<RecipientLists> = {}): RecipientLists => ({ to: [], cc: [], bcc: [], ...part });
const rowsOf = (now: RecipientLists): readonly RecipientRow[] => readRecipients(now, facts);
const addresses = (now: RecipientLists): readonly string[] => [...now.to, ...now.cc, ...now.bcc].map(({ emailAddress }) => emailAddress);
const choice = { channel: 'ngdp', sender: { kind: 'contact-point', id: JOBCENTER }, replyable: true } as const;
const digital = (now: RecipientLists): readonly DigitalRow[] => rowsOf(now).filter(isDigitalRow);
const company = `${COMPANY}-reply.${DESK}@${JOBCENTER}.ngdp.digital-post.dk`;
const mass = `masseforsendelse-25@${JOBCENTER}.ngdp.digital-post.dk`;

const mixed = lists({
  to: [person(nancyAt(), 'Nancy Ann Test Berggren (Digital Post)'), person('lone@kommune.example')],
  cc: [person(company), person('ven@example.org')],
  bcc: [person(mass)],
});

describe('a change of the recipients', () => {
  it('adds numbers to Til with the chosen sender, channel and answers, and without the number in the display name', () => {
    const edits = addNumbers(mixed, [{ kind: 'cpr', number: '0107729995' }, { kind: 'cvr', number: '12345678' }], { choice, nameOf: ({ number }) => `(${number.slice(0, 6)})` });
    const after = applyEdits(mixed, edits);
    assert.deepEqual(after.to.slice(2), [
      { displayName: '(010772)', emailAddress: `0107729995-reply@${JOBCENTER}.ngdp.digital-post.dk` },
      { displayName: '(123456)', emailAddress: `12345678-reply@${JOBCENTER}.ngdp.digital-post.dk` },
    ]);
    assert.deepEqual(changedFields(mixed, after), ['to']);
  });

  it('sets and takes away -reply in every address, in every field, and in nothing else', () => {
    const off = applyEdits(mixed, setReplyable(mixed, rowsOf(mixed), false));
    assert.deepEqual(addresses(off), [nancyAt({ reply: false }), 'lone@kommune.example', company.replace('-reply', ''), 'ven@example.org', mass]);
    assert.deepEqual(applyEdits(off, setReplyable(off, rowsOf(off), true)), mixed);
  });

  it('gives every address another sender, that of a list too', () => {
    const after = applyEdits(mixed, setSender(mixed, rowsOf(mixed), { kind: 'cvr', cvr: EKSEMPEL }));
    assert.deepEqual(addresses(after).filter((address) => address.endsWith('digital-post.dk')).map((address) => address.split('@')[1]), Array(3).fill(`${EKSEMPEL}.ngdp.digital-post.dk`));
    assert.equal(addresses(after).length, 5);
  });

  it('moves to another channel, and leaves those who cannot be reached there, and a list', () => {
    const after = applyEdits(mixed, setChannel(mixed, rowsOf(mixed), {
      choice: { ...choice, channel: 'mitdk' }, canTake: ({ kind }) => kind === 'citizen', nameOf: () => 'Nancy Ann Test Berggren (mit.dk)',
    }));
    assert.deepEqual(after.to[0], { displayName: 'Nancy Ann Test Berggren (mit.dk)', emailAddress: nancyAt({ channel: 'mitdk' }) });
    assert.deepEqual(addresses(after).slice(2), [company, 'ven@example.org', mass]);
  });

  it('to e-Boks leaves out what e-Boks has no room for', () => {
    const after = applyEdits(mixed, setChannel(mixed, rowsOf(mixed), {
      choice: { ...choice, channel: 'eboks', sender: { kind: 'cvr', cvr: EKSEMPEL } }, canTake: () => true, nameOf: ({ address }) => address.recipient.number.slice(0, 6),
    }));
    assert.deepEqual([after.to[0]?.emailAddress, after.cc[0]?.emailAddress], [`${NANCY}@${EKSEMPEL}.eboks.digital-post.dk`, `${COMPANY}@${EKSEMPEL}.eboks.digital-post.dk`]);
  });

  it('sets and takes away the desk of a company, and never gives a citizen one', () => {
    const [nancy, desk] = digital(mixed);
    assert.ok(nancy && desk);
    assert.deepEqual(addresses(applyEdits(mixed, setRecipientContactPoint(mixed, desk, null)))[2], company.replace(`.${DESK}`, ''));
    assert.deepEqual(applyEdits(mixed, setRecipientContactPoint(mixed, desk, DESK)), mixed);
  });

  it('moves every CPR number to Bcc, and back again', () => {
    const edits = moveCprToBcc(mixed, rowsOf(mixed));
    const after = applyEdits(mixed, edits);
    assert.deepEqual(after.bcc.map(({ emailAddress }) => emailAddress), [mass, nancyAt()]);
    assert.deepEqual(addresses({ ...after, bcc: [] }).filter((address) => address.includes(NANCY)), []);
    assert.deepEqual(applyEdits(after, undoOf(edits)), mixed);
  });

  it('moves whoever shows a CPR number in a name to Bcc as well', () => {
    const named = { displayName: '010180-1234 Ole', emailAddress: 'ole@example.org' };
    const now = lists({ to: [named, person('ny@example.org')], cc: [{ ...named, emailAddress: 'kollega@kommune.example' }] });
    assert.deepEqual(rowsOf(now).map(isCprSeen), [true, false, true]);
    const after = applyEdits(now, moveCprToBcc(now, rowsOf(now)));
    assert.deepEqual([after.to.length, after.cc.length, after.bcc.length], [1, 0, 2]);
    assert.deepEqual(rowsOf(after).map(isCprSeen), [false, false, false]);
  });

  it('undone never brings back somebody who was taken out meanwhile, and touches nobody who came', () => {
    const edits = setReplyable(mixed, rowsOf(mixed), false);
    const after = applyEdits(mixed, edits);
    const changedByHand = { ...after, to: [person('ny@kommune.example'), ...after.to.slice(1)] };
    assert.deepEqual(applyEdits(changedByHand, undoOf(edits)), { ...changedByHand, cc: mixed.cc });
  });

  it('undone puts whoever was removed back once, where it stood', () => {
    const edits = removeRows(mixed, rowsOf(mixed).slice(0, 3));
    const after = applyEdits(mixed, edits);
    assert.equal(addresses(after).length, 2);
    assert.deepEqual(applyEdits(after, undoOf(edits)), mixed);
    assert.deepEqual(applyEdits(mixed, undoOf(edits)), mixed);
  });

  it('done and undone is nothing, whatever the lists', () => {
    const address = fc.oneof(
      fc.constantFrom(nancyAt(), nancyAt({ reply: false }), company, mass, 'lone@kommune.example', 'ven@example.org', '2512489996'),
      fc.stringMatching(/^[0-9]{10}(-reply)?@35833684\.(ngdp|mitdk)\.digital-post\.dk$/),
    );
    const list = fc.uniqueArray(address.map((text) => person(text)), { maxLength: 6, selector: ({ emailAddress }) => emailAddress });
    const changes: readonly ((now: RecipientLists) => readonly RecipientEdit[])[] = [
      (now) => setReplyable(now, rowsOf(now), true),
      (now) => setSender(now, rowsOf(now), { kind: 'contact-point', id: BYGGESAGER }),
      (now) => removeRows(now, rowsOf(now).filter((_, n) => n % 2 === 0)),
      (now) => moveCprToBcc(now, rowsOf(now).filter(({ field }) => field !== 'bcc')),
    ];
    fc.assert(fc.property(list, list, list, fc.constantFrom(...changes), (to, cc, bcc, change) => {
      // One person in one field: two alike are one after a change, and stay so.
      fc.pre(new Set([...to, ...cc, ...bcc].map(({ emailAddress }) => emailAddress.replace('-reply', '').split('@')[0])).size === to.length + cc.length + bcc.length);
      const now = { to, cc, bcc };
      const edits = change(now);
      const undone = applyEdits(applyEdits(now, edits), undoOf(edits));
      for (const field of ['to', 'cc', 'bcc'] as const) assert.deepEqual(undone[field].map(({ emailAddress }) => emailAddress), now[field].map(({ emailAddress }) => emailAddress));
    }));
  });
});

describe('an address that is mended', () => {
  const mended = (address: string): string | null => {
    const [row] = rowsOf(lists({ to: [person(address)] }));
    assert.ok(row);
    const becomes = mendedRecipient(row, choice);
    return becomes && printGatewayAddress(becomes.address);
  };

  it('becomes the one that was meant, as the draft is sent', () => {
    for (const text of [
      NANCY, '251248-9996', nancyAt({ sender: BYGGESAGER, channel: 'mitdk', reply: false }), `${NANCY}@${EKSEMPEL}.nemsms.digital-post.dk`,
      `251248-9996@${EKSEMPEL}.ngdp.digital-post.dk`, `${NANCY}@${EKSEMPEL}.ngdp.digita1-post.dk`, `${NANCY}.${DESK}@${JOBCENTER}.ngdp.digital-post.dk`, `${NANCY}-replay@digital-post.dk`,
    ]) assert.equal(mended(text), nancyAt(), text);
    assert.equal(mended(`${COMPANY}.${DESK}-reply@${EKSEMPEL}.ngdp.digital-post.dk`), `${COMPANY}-reply@${JOBCENTER}.ngdp.digital-post.dk`);
    assert.equal(mended(`${COMPANY}. ${DESK}@${EKSEMPEL}.ngdp.digital-post.dk`), company);
  });

  it('is left where nobody can tell whom it was meant for', () => {
    assert.equal(mended(`25124899@x@3583368.ngdp.digital-post.dk`.replace('25124899', '251248999')), null);
    assert.equal(mended(`masseforsendelse-@${EKSEMPEL}.ngdp.digital-post.dk`), null);
  });

  it('has a display name without the number', () => {
    const [row] = rowsOf(lists({ to: [person(NANCY)] }));
    assert.ok(row);
    assert.equal(mendedRecipient(row, choice)?.displayName, '251248-xxxx (Digital Post)');
  });

  it('leaves the rest of the draft alone', () => {
    const now = lists({ to: [person('2512489996'), person('lone@kommune.example')] });
    const [row] = rowsOf(now);
    const becomes = row && mendedRecipient(row, choice);
    assert.ok(row && becomes);
    assert.deepEqual(applyEdits(now, replaceRow(now, row, becomes)).to, [person(nancyAt(), '251248-xxxx (Digital Post)'), person('lone@kommune.example')]);
  });
});

describe('addresses that Outlook finds too long', () => {
  it('name the organisation, and MemoHeader.json carries the contact points; read together they are the same', () => {
    const now = lists();
    const added = applyEdits(now, addNumbers(now, [{ kind: 'cvr', number: COMPANY }], { choice, nameOf: ({ number }) => number }));
    const [row] = digital(added);
    assert.ok(row);
    const desk = setRecipientContactPoint(added, row, DESK).map(({ after }) => ({ before: null, after }));
    const withDesk = [...addNumbers(now, [{ kind: 'cpr', number: NANCY }], { choice, nameOf: ({ number }) => number.slice(0, 6) }), ...desk];
    const short = shortAddresses(withDesk, { cvr: EKSEMPEL, header: null });
    const after = applyEdits(now, short.edits);
    assert.ok(addresses(after).every((address) => address.length <= 64));
    assert.deepEqual(short.header, { ...emptyMemoHeader, senderContactPoint: JOBCENTER, recipientContactPoints: [{ cvr: COMPANY, contactPoint: DESK }] });
    assert.ok(carriesPoints(short.header));
    const long = readRecipients(applyEdits(now, withDesk), facts).filter(isDigitalRow);
    const read = readRecipients(after, { ...facts, header: short.header }).filter(isDigitalRow);
    assert.deepEqual(read.map(({ address }) => address), long.map(({ address }) => address));
  });

  it('keep their contact point when the display name alone changes', () => {
    const header = { ...emptyMemoHeader, senderContactPoint: JOBCENTER };
    const now = lists({ to: [person(`${NANCY}@${EKSEMPEL}.ngdp.digital-post.dk`)] });
    const [row] = rowsOf(now);
    assert.ok(row);
    assert.deepEqual(shortAddresses(renameRow(now, row, 'Nancy'), { cvr: EKSEMPEL, header }), { edits: renameRow(now, row, 'Nancy'), header });
  });

  it('forget the contact point when the organisation itself is chosen', () => {
    const header = { ...emptyMemoHeader, senderContactPoint: JOBCENTER };
    const now = lists({ to: [person(`${NANCY}@${EKSEMPEL}.ngdp.digital-post.dk`)] });
    const edits = setSender(now, readRecipients(now, { ...facts, header }), { kind: 'cvr', cvr: EKSEMPEL });
    assert.equal(shortAddresses(edits, { cvr: EKSEMPEL, header }).header.senderContactPoint, null);
  });
});
