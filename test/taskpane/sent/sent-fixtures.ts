import type { SentEvent, SentRecipient, SentSubmission, SentSummary } from '../../../src/domain/gateway-api.ts';
import { shownTime } from '../../../src/taskpane/parts/shown-time.ts';
import type { SentWords } from '../../../src/taskpane/sent/sent-words.ts';
import { sent } from '../../../src/taskpane/texts/da.ts';
import { fillText } from '../../../src/taskpane/texts/fill-text.ts';

export const now = new Date('2026-11-25T09:44:00Z');

export const words: SentWords = {
  say: (key, parameters = {}) => fillText(sent[key], parameters),
  time: shownTime('da-DK', 'Europe/Copenhagen'),
  now,
  contact: 'Servicedesk, 70 10 20 30',
};

type Counts = SentSummary['counts'];

export function counted(counts: Partial<Omit<Counts, 'all'>>): Counts {
  const all = { delivered: 0, failed: 0, stopped: 0, pending: 0, ...counts };
  return { ...all, all: all.delivered + all.failed + all.stopped + all.pending };
}

/** A message as the gateway tells of it; delivered to one, where nothing else is said. */
export function summary(id: string, facts: Partial<SentSummary> = {}): SentSummary {
  const counts = facts.counts ?? counted({ delivered: 1 });
  return {
    id, state: 'expanded', done: counts.pending === 0, sentAt: '2026-11-25T09:31:00.000Z', from: 'jobcenter@kommune.example',
    subject: 'Indkaldelse til samtale', messageId: `<${id}@kommune.example>`, mass: false, writtenBy: 'mette@kommune.example',
    recipientCount: counts.all, counts, to: ['251248-xxxx'], sentAs: ['Jobcenter'], heldUntil: null, approval: null, stopped: null,
    resendOf: null, problems: [], ...facts,
  };
}

export function recipient(facts: Partial<SentRecipient> = {}): SentRecipient {
  return {
    position: 1, recipient: '251248-xxxx', channel: 'ngdp', outcome: 'delivered', status: 'completed', messageUUID: null,
    handedOverAt: '2026-11-25T09:32:00.000Z', settledAt: '2026-11-25T09:33:00.000Z', errorCode: null, errorText: null, ...facts,
  };
}

export function submission(id: string, facts: Partial<SentSubmission> = {}): SentSubmission {
  return { ...summary(id, facts), letterSha256: null, contentSha256: null, statuses: {}, recipients: [recipient()], next: null, ...facts };
}

export function event(id: string, facts: Partial<SentEvent> = {}): SentEvent {
  const counts = facts.counts ?? counted({ delivered: 1 });
  return { id, state: 'expanded', done: counts.pending === 0, heldUntil: null, approval: null, stopped: false, counts, recipients: null, ...facts };
}
