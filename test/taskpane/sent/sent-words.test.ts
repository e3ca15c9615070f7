import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SentRecipient, SentSummary } from '../../../src/domain/gateway-api.ts';
import { messageOf, type KnownDetail } from '../../../src/taskpane/sent/sent-message.ts';
import { messageStanding, recipientStanding } from '../../../src/taskpane/sent/sent-words.ts';
import { counted, recipient, summary, words } from './sent-fixtures.ts';

const text = (facts: Partial<SentSummary>, detail: KnownDetail | null = null): string => messageStanding(messageOf(summary('s1', facts)), detail, words).text;
const detailOf = (statuses: Record<string, number>, ...recipients: SentRecipient[]): KnownDetail => ({ statuses, recipients, next: null });
const sentAt = new Date('2026-11-25T09:31:00Z');
const of = (facts: Partial<SentRecipient>): string => recipientStanding(recipient(facts), sentAt, words).text;

describe('how a message stands, in words', () => {
  it('waits until it has been read', () => {
    assert.equal(text({ state: 'accepted', counts: counted({ pending: 1 }) }), 'Venter på at blive sendt');
    assert.equal(text({ state: 'converting', counts: counted({ pending: 1 }) }), 'Venter på at blive sendt');
  });

  it('says why it was refused, and what to do, in the words of the gateway', () => {
    const problems = [
      { type: '', code: 'a', title: 'Beskeden er ikke sendt: 12 vedhæftninger (højst 10)', detail: 'Fjern 2.', parameters: {} },
      { type: '', code: 'b', title: 'Beskeden er ikke sendt: filtypen .exe', detail: 'Gem som PDF.', parameters: {} },
    ];
    const standing = messageStanding(messageOf(summary('s1', { state: 'refused', problems })), null, words);
    assert.deepEqual(standing, {
      state: 'stop', text: 'Beskeden er ikke sendt: 12 vedhæftninger (højst 10). Beskeden er ikke sendt: filtypen .exe', more: 'Fjern 2. Gem som PDF.',
    });
  });

  it('takes a fault of ours on us', () => {
    assert.equal(text({ state: 'parked' }), 'Standset på grund af en fejl hos os. Servicedesk, 70 10 20 30 har fået besked.');
  });

  it('says when a held one will go, also on another day', () => {
    const counts = counted({ pending: 1 });
    assert.equal(text({ counts, heldUntil: '2026-11-25T09:46:00.000Z' }), 'Sendes kl. 10.46');
    assert.equal(text({ counts, heldUntil: '2026-11-26T07:00:00.000Z' }), 'Sendes 26. nov. 08.00');
    assert.equal(text({ counts, approval: { state: 'pending', by: null, at: null } }), 'Venter på godkendelse');
  });

  it('says who said no', () => {
    const counts = counted({ stopped: 3 });
    assert.equal(text({ counts, approval: { state: 'rejected', by: 'bo@kommune.example', at: null } }), 'Afvist af bo@kommune.example. Ingen har fået den.');
  });

  it('says who got it of what was stopped, and what was on its way', () => {
    const stopped = { by: null, at: '2026-11-25T09:32:00.000Z' };
    assert.equal(text({ stopped, counts: counted({ stopped: 4 }) }), 'Stoppet. Ingen har fået den.');
    assert.equal(text({ stopped, counts: counted({ stopped: 3, delivered: 1 }) }), 'Stoppet. 1 har fået den, 3 får den ikke.');
    const standing = messageStanding(messageOf(summary('s1', { stopped, counts: counted({ stopped: 3, delivered: 1, pending: 2 }) })), null, words);
    assert.equal(standing.more, '2 var på vej. Kvitteringen siger, hvad der blev af dem.');
  });

  it('counts those who got it and those who did not', () => {
    assert.equal(text({ counts: counted({ delivered: 4 }) }), 'Leveret til alle 4');
    assert.equal(text({ counts: counted({ delivered: 3, failed: 1 }) }), 'Leveret til 3 af 4, 1 fejlede');
    assert.equal(text({ counts: counted({ failed: 4 }) }), 'Ikke leveret til nogen af de 4');
    assert.equal(text({ counts: counted({ delivered: 214, pending: 182 }) }), 'Leveret til 214 af 396');
    assert.equal(text({ counts: counted({ delivered: 2, failed: 1, pending: 1 }) }), 'Leveret til 2 af 4, 1 fejlede');
  });

  it('says whether several have left before any is delivered', () => {
    const counts = counted({ pending: 4 });
    assert.equal(text({ counts }), 'På vej');
    assert.equal(text({ counts, sentAt: '2026-11-25T09:43:00.000Z' }, detailOf({ waiting: 4 })), 'Venter på at blive sendt');
    assert.equal(text({ counts }, detailOf({ waiting: 4 })), 'Digital Post svarer ikke. Vi prøver igen af os selv.');
    assert.equal(text({ counts }, detailOf({ waiting: 3, 'handed-over': 1 })), 'Undervejs. Kvitteringen mangler.');
  });

  it('says of the only recipient all that is known', () => {
    assert.equal(text({}), 'Leveret');
    assert.equal(text({ settledAt: '2026-11-25T09:33:00.000Z' }), 'Leveret 10.33');
    assert.equal(text({ settledAt: null }), 'Leveret');
    assert.equal(text({}, detailOf({}, recipient())), 'Leveret 10.33');
    assert.equal(text({ counts: counted({ failed: 1 }) }), 'Ikke leveret');
    const failed = recipient({ outcome: 'failed', status: 'refused', errorCode: 'recipient.exempt' });
    assert.equal(text({ counts: counted({ failed: 1 }) }, detailOf({}, failed)), 'Ikke leveret: fritaget');
  });
});

describe('how a recipient stands, in words', () => {
  it('says when it was delivered, with the day where it was another', () => {
    assert.equal(of({}), 'Leveret 10.33');
    assert.equal(of({ settledAt: '2026-11-24T13:02:00.000Z' }), 'Leveret 24. nov. 14.02');
    assert.equal(of({ settledAt: null }), 'Leveret');
  });

  it('has a short word for what often goes wrong, and the sentence of the gateway for the rest', () => {
    const failed = (facts: Partial<SentRecipient>): string => of({ outcome: 'failed', status: 'refused', ...facts });
    assert.equal(failed({ errorCode: 'recipient.not.registered' }), 'Ikke leveret: ikke tilmeldt');
    assert.equal(failed({ errorCode: 'recipient.exempt' }), 'Ikke leveret: fritaget');
    assert.equal(failed({ errorCode: 'recipient.deceased' }), 'Ikke leveret: død');
    assert.equal(failed({ errorCode: 'recipient.closed' }), 'Ikke leveret: ophørt');
    assert.equal(failed({ errorCode: 'recipient.unknown' }), 'Ikke leveret: nummeret findes ikke');
    assert.equal(failed({ errorCode: 'x', errorText: 'En af vedhæftningerne er tom.' }), 'Ikke leveret: En af vedhæftningerne er tom');
    assert.equal(failed({ errorText: null }), 'Ikke leveret');
    assert.equal(failed({ status: 'expired' }), 'Ikke leveret: Digital Post svarede ikke i 5 dage');
    assert.match(failed({ status: 'parked' }), /^Standset på grund af en fejl hos os/);
  });

  it('says that a receipt is missing, and for how long when it is overdue', () => {
    const pending = (facts: Partial<SentRecipient>): string => of({ outcome: 'pending', status: 'handed-over', settledAt: null, ...facts });
    assert.equal(pending({}), 'Undervejs. Kvitteringen mangler.');
    assert.equal(pending({ handedOverAt: '2026-11-24T08:00:00.000Z' }), 'Ingen kvittering efter 25 timer. Vi spørger igen.');
    assert.equal(pending({ status: 'unknown', handedOverAt: null }), 'Undervejs. Kvitteringen mangler.');
    assert.equal(of({ outcome: 'stopped', status: 'stopped' }), 'Stoppet');
  });
});
