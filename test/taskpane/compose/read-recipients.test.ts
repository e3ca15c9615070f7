import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { emptyMemoHeader } from '../../../src/domain/memo-header-json.ts';
import { isDigitalRow, readRecipients, type RecipientRow } from '../../../src/taskpane/compose/read-recipients.ts';
import { COMPANY, DESK, draft, EKSEMPEL, JOBCENTER, NANCY, nancyAt, person } from './compose-world.ts';

const facts = { own: { domains: ['kommune.example', 'kommune.test'], guessed: false }, header: null };
const rowOf = (address: string, name = address): RecipientRow => {
  const [row] = readRecipients(draft({ to: [person(address, name)] }), facts);
  assert.ok(row);
  return row;
};

describe('the recipients of a draft', () => {
  it('stand in the order of Til, Cc, Bcc, each as what it is', () => {
    const rows = readRecipients(draft({
      to: [person(nancyAt()), person('lone@kommune.example')],
      cc: [person(`${COMPANY}.${DESK}@${EKSEMPEL}.ngdp.digital-post.dk`), person('ven@example.org')],
      bcc: [person(`masseforsendelse-25@${EKSEMPEL}.ngdp.digital-post.dk`), person('2512489996')],
    }), facts);
    assert.deepEqual(rows.map(({ kind, field }) => `${field} ${kind}`), [
      'to citizen', 'to colleague', 'cc company', 'cc outsider', 'bcc mass', 'bcc bare-number',
    ]);
  });

  it('tell channel, number, answers and both contact points', () => {
    const row = rowOf(`${COMPANY}-reply.${DESK.toUpperCase()}@${JOBCENTER}.mitdk.digital-post.dk`);
    assert.ok(isDigitalRow(row));
    assert.deepEqual(row.address, {
      kind: 'single', channel: 'mitdk', recipient: { kind: 'cvr', number: COMPANY }, replyable: true, recipientContactPoint: DESK,
      sender: { kind: 'contact-point', id: JOBCENTER },
    });
  });

  it('are colleagues in every mail domain of the organisation, and outsiders where one merely looks so', () => {
    assert.equal(rowOf('lone@Kommune.TEST').kind, 'colleague');
    assert.equal(rowOf('lone@evil-kommune.example').kind, 'outsider');
    assert.equal(rowOf('lone@nabo.example').kind, 'outsider');
  });

  it('are never ordinary mail under digital-post.dk or what looks like it', () => {
    for (const address of ['2512489996@35833684.ngdp.digita1-post.dk', '2512489996@35833684.ngdp.digitаl-post.dk', '2512489996@digital-post.dk.', '25124899@3583368.ngdp.digital-post.dk']) {
      assert.notEqual(rowOf(address).kind, 'outsider', address);
    }
  });

  it('tell why an address is wrong', () => {
    const reasons: Readonly<Record<string, string>> = {
      [`251248999@${EKSEMPEL}.ngdp.digital-post.dk`]: 'digits',
      [`251248-9996@${EKSEMPEL}.ngdp.digital-post.dk`]: 'hyphen',
      [`${COMPANY}.${DESK}-reply@${EKSEMPEL}.ngdp.digital-post.dk`]: 'reply',
      [`${COMPANY}.bdcc201c@${EKSEMPEL}.ngdp.digital-post.dk`]: 'point',
      [`${NANCY}@3583368.ngdp.digital-post.dk`]: 'sender',
      [`${NANCY}@${EKSEMPEL}.nemsms.digital-post.dk`]: 'channel',
      [`masseforsendelse-@${EKSEMPEL}.ngdp.digital-post.dk`]: 'count',
      [`masseforsendelse-5@${EKSEMPEL}.mitdk.digital-post.dk`]: 'massMitdk',
      [`masseforsendelse-5-reply@${EKSEMPEL}.ngdp.digital-post.dk`]: 'massReply',
      [`${NANCY}.${DESK}@${EKSEMPEL}.ngdp.digital-post.dk`]: 'citizenPoint',
    };
    for (const [address, reason] of Object.entries(reasons)) {
      const row = rowOf(address);
      assert.equal(row.kind, 'malformed', address);
      assert.equal(row.kind === 'malformed' && row.reason, reason, address);
    }
  });

  it('are a bare number however it is written, also where Outlook has it as a name alone', () => {
    for (const [address, name] of [['2512489996', '2512489996'], ['251248-9996', '251248-9996'], ['', '251248 9996'], ['12345678', '12345678']] as const) {
      assert.equal(rowOf(address, name).kind, 'bare-number', name);
    }
  });

  it('cannot be read without an address, or with one of Exchange’s own', () => {
    assert.equal(rowOf('', 'Lone Holm').kind, 'unreadable');
    assert.equal(rowOf('/o=ExchangeLabs/ou=x/cn=Recipients/cn=lone', 'Lone Holm').kind, 'unreadable');
  });

  it('who stand twice are told apart by whether the gateway sends once or twice', () => {
    const rows = readRecipients(draft({
      to: [person(nancyAt()), person(nancyAt().toUpperCase()), person(nancyAt({ reply: false })), person(`${COMPANY}@${EKSEMPEL}.ngdp.digital-post.dk`), person(`${COMPANY}.${DESK}@${EKSEMPEL}.ngdp.digital-post.dk`)],
    }), facts);
    assert.deepEqual(rows.map((row) => isDigitalRow(row) && row.twice), [null, 'same', 'other', null, null]);
    assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
  });

  it('cannot stand beside a list', () => {
    const rows = readRecipients(draft({ to: [person(nancyAt()), person(`masseforsendelse-25@${EKSEMPEL}.ngdp.digital-post.dk`)] }), facts);
    assert.deepEqual(rows.map((row) => isDigitalRow(row) && row.massNotAlone), [true, false]);
  });

  it('keep their key when sender, channel or answers change', () => {
    const keys = [nancyAt(), nancyAt({ reply: false }), nancyAt({ sender: EKSEMPEL }), nancyAt({ channel: 'mitdk' })].map((address) => rowOf(address).key);
    assert.equal(new Set(keys).size, 1);
  });

  it('have the contact points that MemoHeader.json carries', () => {
    const header = { ...emptyMemoHeader, senderContactPoint: JOBCENTER, recipientContactPoints: [{ cvr: COMPANY, contactPoint: DESK }] };
    const [row] = readRecipients(draft({ to: [person(`${COMPANY}@${EKSEMPEL}.ngdp.digital-post.dk`)] }), { ...facts, header });
    assert.ok(row && isDigitalRow(row));
    assert.deepEqual([row.address.sender, row.address.recipientContactPoint], [{ kind: 'contact-point', id: JOBCENTER }, DESK]);
  });

  it('whatever text stands there, one row each with a key of its own', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^\d{6,12}(-reply)?(\.[0-9a-f-]{0,40})?@[0-9a-z-]{0,20}\.(ngdp|mitdk)\.digital-post\.dk$/));
    fc.assert(fc.property(fc.array(fc.tuple(text, fc.string())), (pairs) => {
      const rows = readRecipients(draft({ to: pairs.map(([address, name]) => person(address, name)) }), facts);
      assert.equal(rows.length, pairs.length);
      assert.equal(new Set(rows.map(({ key }) => key)).size, rows.length);
    }));
  });
});
