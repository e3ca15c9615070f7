import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { lostOf, stillLost, withMoreLost, type LostEdit } from '../../../src/taskpane/compose/lost-recipients.ts';
import { rowOfNotTaken } from '../../../src/taskpane/compose/not-taken.ts';
import type { MailRecipient, RecipientField } from '../../../src/taskpane/office/outlook.ts';
import { COMPANY, EKSEMPEL, NANCY, nancyAt, person } from './compose-world.ts';

const facts = { own: { domains: ['kommune.example'], guessed: false }, header: null };
const lost = (recipient: MailRecipient, field: RecipientField = 'to'): LostEdit => ({ before: null, after: { field, recipient, at: 0 } });

describe('who is lost by what Outlook did not do', () => {
  it('stands in a row, of whatever kind, with how to put it in again', () => {
    const cases = [
      [person(nancyAt(), 'Nancy Ann Test Berggren (Digital Post)'), 'citizen', 'Nancy Ann Test Berggren', '251248-xxxx'],
      [person(nancyAt()), 'citizen', '251248-xxxx', null],
      [person(`${COMPANY}@${EKSEMPEL}.ngdp.digital-post.dk`, 'Bergs Tømrer ApS (Digital Post)'), 'company', 'Bergs Tømrer ApS', `CVR ${COMPANY}`],
      [person('lone@kommune.example', 'Lone Holm'), 'colleague', 'Lone Holm', null],
      [person('ven@example.org', 'Ven'), 'outsider', 'Ven', null],
      [person(`12@${EKSEMPEL}.ngdp.digital-post.dk`), 'malformed', `12@${EKSEMPEL}.ngdp.digital-post.dk`, null],
    ] as const;
    for (const [recipient, kind, name, number] of cases) {
      const [shown, ...more] = rowOfNotTaken(lost(recipient, 'cc'), facts);
      assert.ok(shown);
      assert.deepEqual([shown.row.kind, shown.row.field, shown.state.name, more.length], [kind, 'cc', name, 0]);
      if (kind !== 'outsider') assert.equal(shown.state.number, number, kind);
      assert.deepEqual([shown.state.notes, shown.state.grade, shown.state.gets, shown.state.fixes], [[{ key: 'row.notTaken' }], 'look', false, ['again', 'remove']]);
      assert.doesNotMatch(JSON.stringify(shown.state), new RegExp(NANCY));
    }
  });

  it('is nobody who was to be changed and is there as before', () => {
    const before = { field: 'to', recipient: person(nancyAt()), at: 0 } as const;
    assert.deepEqual(lostOf([{ before, after: { ...before, recipient: person(nancyAt({ reply: false })) } }, { before, after: null }, lost(person('lone@kommune.example'))]), [lost(person('lone@kommune.example'))]);
  });

  it('stands there once, and no longer when it is in the mail after all', () => {
    const lone = lost(person('lone@kommune.example'));
    const again = lost(person('Lone@kommune.example'));
    const friend = lost(person('ven@example.org'));
    assert.deepEqual(withMoreLost([lone, friend], [again]), [friend, again]);
    assert.deepEqual(stillLost([lone, friend], { to: [], cc: [person('LONE@kommune.example')], bcc: [] }), [friend]);
  });
});
