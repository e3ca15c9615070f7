import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { addNumbers, editLists } from '../../../src/taskpane/compose/change-recipients.ts';
import { missingNumbers, readinessOf, rowOfComing, withComing, type Coming, type ReadinessFacts } from '../../../src/taskpane/compose/coming.ts';
import { readRecipients } from '../../../src/taskpane/compose/read-recipients.ts';
import type { Connection } from '../../../src/taskpane/pane-parts.ts';
import { draft, JOBCENTER, me, NANCY, nancyAt, person } from './compose-world.ts';

const choice = { channel: 'ngdp', sender: { kind: 'contact-point', id: JOBCENTER }, replyable: true } as const;
const nancy = { kind: 'cpr', number: NANCY } as const;
const max = { kind: 'cpr', number: '0107729995' } as const;
const coming = (part: Partial<Coming> = {}): Coming => ({ recipient: nancy, name: null, state: 'waiting', ...part });
const facts = (part: Partial<ReadinessFacts> = {}): ReadinessFacts => ({ me: me(), noRight: false, draft: draft(), connection: 'there', sendingAs: { choice, isRead: true }, ...part });

describe('somebody who was typed before it is known as whom one sends', () => {
  it('waits as long as that is being fetched, and is answered in words where it fails', () => {
    const without = (connection: Connection) => readinessOf(facts({ me: null, connection, sendingAs: { choice: null, isRead: false } }));
    assert.deepEqual(without('connecting'), { kind: 'waiting' });
    assert.deepEqual(without('away'), { kind: 'failed', why: { key: 'row.coming.away' } });
    for (const connection of ['log-on-needed', 'log-on-failed'] as const) assert.deepEqual(without(connection), { kind: 'failed', why: { key: 'row.coming.logOn' } });
    const mailbox = { mailbox: 'jobcenter@kommune.example' };
    assert.deepEqual(readinessOf(facts({ noRight: true, sendingAs: { choice: null, isRead: true } })), { kind: 'failed', why: { key: 'row.coming.noRight', parameters: mailbox } });
    assert.deepEqual(readinessOf(facts({ sendingAs: { choice: null, isRead: true } })), { kind: 'failed', why: { key: 'row.coming.noSender', parameters: mailbox } });
  });

  it('goes with what is remembered while the gateway is away, and not before the last choice is read', () => {
    assert.deepEqual(readinessOf(facts({ connection: 'away' })), { kind: 'ready', choice });
    assert.deepEqual(readinessOf(facts({ sendingAs: { choice, isRead: false } })), { kind: 'waiting' });
  });

  it('is a row that says so, with a masked number, and goes to nobody yet', () => {
    const waiting = rowOfComing(coming(), { kind: 'waiting' });
    assert.deepEqual([waiting.state.name, waiting.state.icon, waiting.state.notes, waiting.state.grade, waiting.state.gets, waiting.state.fixes], ['251248-xxxx', 'checking', [{ key: 'row.coming' }], null, false, []]);
    const named = rowOfComing(coming({ name: 'Nancy' }), { kind: 'failed', why: { key: 'row.coming.away' } });
    assert.deepEqual([named.state.name, named.state.number, named.state.notes, named.state.grade, named.state.fixes], ['Nancy', '251248-xxxx', [{ key: 'row.coming.away' }], 'look', ['remove']]);
    const failed = rowOfComing(coming({ state: 'failed' }), { kind: 'ready', choice });
    assert.deepEqual([failed.state.notes, failed.state.fixes], [[{ key: 'row.notDone' }], ['again', 'remove']]);
  });

  it('is kept once however often it is typed, and begun anew where it failed', () => {
    assert.deepEqual(withComing([coming({ state: 'given' })], [coming(), coming({ recipient: max })]), [coming({ state: 'given' }), coming({ recipient: max })]);
    assert.deepEqual(withComing([coming({ state: 'failed' })], [coming()]), [coming()]);
  });

  it('comes into the mail once, also where the same paste came in meanwhile under another name', () => {
    const now = { to: [person(nancyAt(), 'Nancy Ann Test Berggren (Digital Post)')], cc: [], bcc: [] };
    const rows = readRecipients(now, { own: { domains: ['kommune.example'], guessed: false }, header: null });
    const edits = addNumbers(now, missingNumbers(rows, [nancy, max]), { choice, nameOf: () => 'x (Digital Post)' });
    const { lists } = editLists(now, edits);
    assert.deepEqual(lists.to.map(({ emailAddress }) => emailAddress), [nancyAt(), nancyAt().replace(NANCY, max.number)]);
    assert.equal(readRecipients(lists, { own: { domains: [], guessed: false }, header: null }).filter((row) => 'twice' in row && row.twice !== null).length, 0);
  });
});
