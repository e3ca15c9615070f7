import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { SentEvent, SentList, SentSubmission } from '../../../src/domain/gateway-api.ts';
import type { Answer, SentListener } from '../../../src/taskpane/gateway/gateway.ts';
import { DETAIL_AGAIN_MS, openSentBook, type SentBook, type SentBookParts } from '../../../src/taskpane/sent/sent-book.ts';
import { counted, event, now, recipient, submission, summary } from './sent-fixtures.ts';

type Calls = SentBookParts['gateway'];

interface Opened {
  readonly book: SentBook;
  readonly calls: string[];
  readonly noted: string[];
  tell(event: SentEvent): void;
  line(line: Parameters<SentListener['onLine']>[0]): void;
  clock: Date;
}

const page = (submissions: SentList['submissions'], more: Partial<SentList> = {}): Answer<SentList> =>
  ({ kind: 'answer', value: { submissions, next: null, counts: { all: submissions.length, failed: 0, open: 0, max: 100 }, ...more } });

/** A book over a gateway that answers as told; what is not told is away. */
function open(answers: Partial<Calls>): Opened {
  const calls: string[] = [];
  const noted: string[] = [];
  const logged = <Name extends keyof Calls>(name: Name, otherwise: Calls[Name]): Calls[Name] => {
    const call = (answers[name] ?? otherwise) as (...asked: unknown[]) => unknown;
    return ((...asked: unknown[]) => {
      const words = asked.flatMap((one) => (typeof one === 'object' && one !== null && 'filter' in one ? Object.values(one) : [one]));
      calls.push([name, ...words.filter((one) => typeof one === 'string' || typeof one === 'number')].join(' '));
      return call(...asked);
    }) as Calls[Name];
  };
  const away = async () => ({ kind: 'away' }) as const;
  const opened: Opened = {
    calls, noted, clock: now,
    tell: () => undefined,
    line: () => undefined,
    book: openSentBook({
      gateway: {
        sent: logged('sent', away), sentFrom: logged('sentFrom', away), submission: logged('submission', away), stop: logged('stop', away),
        resendFailed: logged('resendFailed', away), proof: logged('proof', away), failures: logged('failures', away),
        async followSent({ onEvent, onLine }) {
          opened.tell = onEvent;
          opened.line = onLine;
        },
      },
      now: () => opened.clock,
      note: ({ kind }) => noted.push(kind),
    }),
  };
  return opened;
}

/** Lets everything that waits for nothing but promises end. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

const ids = ({ book }: Opened): readonly string[] => book.state().messages.map(({ id }) => id);
const detailed = (of: SentSubmission) => async (): Promise<Answer<SentSubmission>> => ({ kind: 'answer', value: of });

describe('the book of my messages', () => {
  it('shows the newest, with how many each filter has, and when that was', async () => {
    const opened = open({ sent: async () => page([summary('s2'), summary('s1')], { next: 's1' }) });
    await opened.book.choose({ filter: 'all' });
    const { messages, counts, next, fetchedAt, stale, loading } = opened.book.state();
    assert.deepEqual([messages.length, counts?.all, next, fetchedAt, stale, loading], [2, 2, 's1', now, false, false]);
  });

  it('fetches the next page after the last, below what is shown', async () => {
    const opened = open({ sent: async (_of, after) => (after === null ? page([summary('s3')], { next: 's3' }) : page([summary('s2'), summary('s1')])) });
    await opened.book.choose({ filter: 'all' });
    await opened.book.more();
    assert.deepEqual(ids(opened), ['s3', 's2', 's1']);
    assert.equal(opened.book.state().next, null);
    assert.deepEqual(opened.calls, ['sent all mine', 'sent all mine s3']);
  });

  it('keeps what it knows, and says that it may be old, while the gateway is away', async () => {
    let answer = page([summary('s1')]);
    const opened = open({ sent: async () => answer });
    await opened.book.choose({ filter: 'all' });
    answer = { kind: 'away' };
    opened.clock = new Date('2026-11-25T10:00:00Z');
    await opened.book.reload();
    const { messages, fetchedAt, stale } = opened.book.state();
    assert.deepEqual([messages.length, fetchedAt, stale], [1, now, true]);
    assert.deepEqual(opened.noted, ['answer', 'away']);
  });

  it('begins anew where so much has come that there would be a hole', async () => {
    let answer = page([summary('s2'), summary('s1')]);
    const opened = open({ sent: async () => answer });
    await opened.book.choose({ filter: 'all' });
    answer = page([summary('s9'), summary('s8')], { next: 's8' });
    await opened.book.reload();
    assert.deepEqual(ids(opened), ['s9', 's8']);
    assert.equal(opened.book.state().next, 's8');
  });

  it('shows nothing of the filter before when another is chosen', async () => {
    const opened = open({ sent: async ({ filter }) => page(filter === 'all' ? [summary('s2'), summary('s1')] : [summary('s1')]) });
    await opened.book.choose({ filter: 'all' });
    await opened.book.choose({ filter: 'failed' });
    assert.deepEqual(ids(opened), ['s1']);
  });

  it('asks for the reason of the only failure, and for what waits, of nobody else', async () => {
    const rows = [summary('s4', { counts: counted({ failed: 1 }) }), summary('s3', { counts: counted({ pending: 1 }) }), summary('s2'), summary('s1', { counts: counted({ failed: 1, delivered: 1 }) })];
    const opened = open({
      sent: async () => page(rows),
      submission: async (id) => ({ kind: 'answer', value: submission(id, { ...rows.find((row) => row.id === id), statuses: { waiting: 1 } }) }),
    });
    await opened.book.choose({ filter: 'all' });
    assert.deepEqual(opened.calls, ['sent all mine', 'submission s4', 'submission s3']);
    assert.deepEqual(opened.book.state().details.get('s3')?.statuses, { waiting: 1 });
  });

  it('brings the counts up to date when a message has ended between the list and the question how it stands', async () => {
    let isDone = false;
    const rows = () => [summary('s1', { counts: counted(isDone ? { delivered: 1, failed: 1 } : { pending: 2 }) })];
    const opened = open({
      sent: async () => page(rows(), { counts: { all: 1, failed: isDone ? 1 : 0, open: isDone ? 0 : 1, max: 100 } } as Partial<SentList>),
      submission: async (id) => {
        isDone = true;
        return { kind: 'answer', value: submission(id, rows()[0]) };
      },
    });
    await opened.book.choose({ filter: 'all' });
    assert.equal(opened.book.state().messages[0]?.done, true);
    assert.deepEqual([opened.book.state().counts?.open, opened.book.state().counts?.failed], [0, 1]);
  });
});

describe('events', () => {
  it('change a row in its place', async () => {
    const opened = open({ sent: async () => page([summary('s2', { counts: counted({ pending: 1 }), heldUntil: '2026-11-25T09:46:00.000Z' }), summary('s1')]) });
    await opened.book.choose({ filter: 'all' });
    await opened.book.follow(new AbortController().signal);
    opened.tell(event('s2', { heldUntil: '2026-11-25T09:46:00.000Z', counts: counted({ pending: 1 }), done: false, approval: 'pending' }));
    assert.equal(opened.book.state().messages[0]?.approval?.state, 'pending');
    assert.deepEqual(ids(opened), ['s2', 's1']);
  });

  it('bring in a new message of mine', async () => {
    let rows = [summary('s1')];
    const opened = open({ sent: async () => page(rows) });
    await opened.book.choose({ filter: 'all' });
    await opened.book.follow(new AbortController().signal);
    rows = [summary('s2'), ...rows];
    opened.tell(event('s2'));
    await settle();
    assert.deepEqual(ids(opened), ['s2', 's1']);
  });

  it('of a colleague are asked about once for each state, not at each step', async () => {
    const opened = open({ sent: async () => page([summary('s1')]) });
    await opened.book.choose({ filter: 'all' });
    await opened.book.follow(new AbortController().signal);
    for (let done = 0; done < 50; done += 1) {
      opened.tell(event('s2', { counts: counted({ delivered: done, pending: 50 - done }), done: false }));
      await settle();
    }
    assert.deepEqual(opened.calls, ['sent all mine', 'sent all mine']);
  });

  it('of what is further down than the list reaches are passed over', async () => {
    const opened = open({ sent: async () => page([summary('s9')], { next: 's9' }) });
    await opened.book.choose({ filter: 'all' });
    await opened.book.follow(new AbortController().signal);
    opened.tell(event('s3'));
    await settle();
    assert.deepEqual(opened.calls, ['sent all mine']);
  });

  it('tell that the gateway is there again, and what happened meanwhile is asked for', async () => {
    let answer = page([summary('s1')]);
    const opened = open({ sent: async () => answer });
    await opened.book.choose({ filter: 'all' });
    await opened.book.follow(new AbortController().signal);
    answer = { kind: 'away' };
    await opened.book.reload();
    answer = page([summary('s2'), summary('s1', { subject: 'Ny' })]);
    opened.tell(event('s1'));
    await settle();
    assert.deepEqual([ids(opened), opened.book.state().stale], [['s2', 's1'], false]);
  });

  it('that end a message bring the counts up to date', async () => {
    const counts = counted({ pending: 1 });
    const opened = open({
      sent: async () => page([summary('s1', { counts })]),
      submission: detailed(submission('s1', { counts, statuses: { 'handed-over': 1 } })),
    });
    await opened.book.choose({ filter: 'all' });
    await opened.book.follow(new AbortController().signal);
    opened.calls.length = 0;
    opened.tell(event('s1', { counts: counted({ delivered: 1 }) }));
    await settle();
    assert.equal(opened.calls[0], 'sent all mine');
  });

  it('of a large mail do not ask how it stands more often than every five seconds', async () => {
    const counts = counted({ delivered: 100, pending: 900 });
    const large = submission('s1', { counts, statuses: { waiting: 500 } });
    const opened = open({ sent: async () => page([summary('s1', { counts })]), submission: detailed(large) });
    await opened.book.choose({ filter: 'all' });
    await opened.book.follow(new AbortController().signal);
    opened.calls.length = 0;
    opened.tell(event('s1', { counts, done: false }));
    await settle();
    assert.deepEqual(opened.calls, []);
    opened.clock = new Date(now.getTime() + DETAIL_AGAIN_MS);
    opened.tell(event('s1', { counts, done: false }));
    await settle();
    assert.deepEqual(opened.calls, ['submission s1']);
  });
});

describe('what a press does', () => {
  it('stops what is held, without a question, and counts it as ended', async () => {
    let isStopped = false;
    const facts = () => (isStopped ? { counts: counted({ stopped: 1 }), stopped: { by: null, at: now.toISOString() } } : { counts: counted({ pending: 1 }), heldUntil: '2026-11-25T09:46:00.000Z' });
    const opened = open({
      sent: async () => page([summary('s1', facts())], { counts: { all: 1, failed: 0, open: isStopped ? 0 : 1, max: 100 } } as Partial<SentList>),
      stop: async () => {
        isStopped = true;
        return { kind: 'answer', value: { id: 's1', outcome: 'stopped', counts: { left: 0, inTheAir: 0, stopped: 1 } } };
      },
      submission: async () => await detailed(submission('s1', facts()))(),
    });
    await opened.book.choose({ filter: 'all' });
    assert.equal(opened.book.state().counts?.open, 1);
    await opened.book.stop('s1');
    assert.equal(opened.book.state().messages[0]?.stopped, true);
    assert.equal(opened.book.state().counts?.open, 0);
    assert.equal(opened.book.state().notes.size, 0);
  });

  it('says when it was too late', async () => {
    const opened = open({
      sent: async () => page([summary('s1', { counts: counted({ pending: 1 }), heldUntil: '2026-11-25T09:46:00.000Z' })]),
      stop: async () => ({ kind: 'refused', code: 'state-conflict', text: 'Det er for sent: alt er sendt.' }),
      submission: detailed(submission('s1', { recipients: [recipient(), recipient({ position: 2, handedOverAt: '2026-11-25T09:40:00.000Z' })] })),
    });
    await opened.book.choose({ filter: 'all' });
    await opened.book.stop('s1');
    assert.deepEqual(opened.book.state().notes.get('s1'), { kind: 'too-late', at: new Date('2026-11-25T09:40:00.000Z') });
  });

  it('is done once, however often it is pressed meanwhile', async () => {
    const opened = open({
      sent: async () => page([summary('s1', { counts: counted({ failed: 2, delivered: 1 }) })]),
      resendFailed: async () => ({ kind: 'answer', value: { id: 's2', outcome: 'sent', href: '', resendOf: 's1' } }),
    });
    await opened.book.choose({ filter: 'all' });
    await Promise.all([opened.book.sendAgain('s1'), opened.book.sendAgain('s1')]);
    assert.deepEqual(opened.calls.filter((call) => call.startsWith('resend')), ['resendFailed s1']);
    assert.deepEqual(opened.book.state().notes.get('s1'), { kind: 'again', to: 2 });
  });

  it('leaves on the row why it could not be done, and tells the pane', async () => {
    const opened = open({ sent: async () => page([summary('s1')]), proof: async () => ({ kind: 'fault' }) });
    await opened.book.choose({ filter: 'all' });
    assert.equal(await opened.book.proof('s1'), null);
    assert.deepEqual(opened.book.state().notes.get('s1'), { kind: 'failed', answer: { kind: 'fault' } });
    assert.equal(opened.noted.at(-1), 'fault');
  });

  it('knows who did not get what stands on a board, as long as it stands, and fetches them as a file', async () => {
    const counts = counted({ delivered: 297, failed: 3 });
    const opened = open({
      sent: async () => page([summary('s1', { mass: true, counts })]), submission: async (id) => ({ kind: 'answer', value: submission(id, { mass: true, counts }) }),
      failures: async () => ({ kind: 'answer', value: new Blob(['Linje;Modtager']) }),
    });
    await opened.book.choose({ filter: 'all' });
    assert.equal(opened.calls.some((call) => call.startsWith('submission')), false);
    opened.book.showBoard('s1');
    assert.equal(opened.book.state().board, 's1');
    const leave = opened.book.attend('s1');
    await settle();
    assert.deepEqual([...opened.book.state().details.keys()], ['s1']);
    assert.equal(opened.calls.filter((call) => call.startsWith('submission')).length, 1);
    assert.equal((await opened.book.failures('s1'))?.size, 14);
    assert.equal(opened.book.state().notes.has('s1'), false);
    leave();
    assert.deepEqual([...opened.book.state().open], []);
  });

  it('shows the recipients, and those that follow', async () => {
    const opened = open({
      sent: async () => page([summary('s1', { counts: counted({ delivered: 150 }) })]),
      submission: async (id, after = null) => ({
        kind: 'answer', value: submission(id, { counts: counted({ delivered: 150 }), recipients: [recipient({ position: (after ?? 0) + 1 })], next: after === null ? 100 : null }),
      }),
    });
    await opened.book.choose({ filter: 'all' });
    await opened.book.toggleRecipients('s1');
    await opened.book.moreRecipients('s1');
    const { open: shown, details } = opened.book.state();
    assert.deepEqual([...shown], ['s1']);
    assert.deepEqual(details.get('s1')?.recipients.map(({ position }) => position), [1, 101]);
    assert.deepEqual(opened.calls, ['sent all mine', 'submission s1', 'submission s1 100']);
    await opened.book.toggleRecipients('s1');
    assert.equal(opened.book.state().open.size, 0);
  });
});

describe('the line of events', () => {
  it('says, when it is lost, that what is shown may be old, and asks anew when it is back', async () => {
    let rows = [summary('s1', { counts: counted({ pending: 1 }), heldUntil: '2026-11-25T09:50:00.000Z' })];
    const opened = open({ sent: async () => page(rows), submission: async (id) => ({ kind: 'answer', value: submission(id, rows[0]) }) });
    await opened.book.choose({});
    await opened.book.follow(new AbortController().signal);
    opened.line({ kind: 'away' });
    assert.equal(opened.book.state().stale, true);
    assert.equal(opened.noted.at(-1), 'away');
    rows = [summary('s2'), summary('s1')];
    opened.line({ kind: 'answer' });
    await settle();
    assert.deepEqual([ids(opened), opened.book.state().stale, opened.book.state().messages[1]?.counts.delivered], [['s2', 's1'], false, 1]);
  });

  it('is not lost where too many windows follow: the list is as fresh as it was asked for', async () => {
    const opened = open({ sent: async () => page([summary('s1')]) });
    await opened.book.choose({});
    await opened.book.follow(new AbortController().signal);
    opened.line({ kind: 'too-many', retryAt: now });
    assert.equal(opened.book.state().stale, false);
  });
});

describe('mine, and all of the mailboxes', () => {
  it('are asked for each by itself, and nothing of one stands among the other', async () => {
    const opened = open({ sent: async ({ whose }) => page(whose === 'mine' ? [summary('s2')] : [summary('s3'), summary('s2')]) });
    await opened.book.choose({});
    assert.deepEqual(ids(opened), ['s2']);
    await opened.book.choose({ whose: 'mailboxes' });
    assert.deepEqual(ids(opened), ['s3', 's2']);
    await opened.book.choose({ filter: 'open' });
    await opened.book.choose({ whose: 'mine' });
    assert.deepEqual(opened.calls, ['sent all mine', 'sent all mailboxes', 'sent open mailboxes', 'sent open mine']);
  });

  it('a colleague’s mail that an event told of is asked for again when all are shown', async () => {
    const opened = open({ sent: async ({ whose }) => page(whose === 'mine' ? [summary('s1')] : [summary('s1')]) });
    await opened.book.choose({});
    await opened.book.follow(new AbortController().signal);
    opened.tell(event('s2'));
    await settle();
    opened.tell(event('s2'));
    await settle();
    assert.equal(opened.calls.length, 2);
    await opened.book.choose({ whose: 'mailboxes' });
    opened.tell(event('s2'));
    await settle();
    assert.equal(opened.calls.length, 4);
  });
});

describe('what somebody asks to be shown', () => {
  it('is looked for in all of the mailboxes where it is not mine', async () => {
    const opened = open({ sent: async ({ whose }) => page(whose === 'mine' ? [summary('s1')] : [summary('s2'), summary('s1')]) });
    opened.book.want('<s2@kommune.example>');
    await opened.book.reload();
    assert.deepEqual([ids(opened), opened.book.state().whose], [['s2', 's1'], 'mailboxes']);
    opened.book.want('<s1@kommune.example>');
    await opened.book.choose({ whose: 'mine' });
    assert.equal(opened.book.state().whose, 'mine');
  });

  it('is known by its Message-ID as the gateway tells it, until it has been shown', () => {
    const { book } = open({});
    book.want('<2512489996@kommune.example>');
    assert.equal(book.state().wanted, '<251248-xxxx@kommune.example>');
    book.want(null);
    assert.equal(book.state().wanted, null);
  });
});

describe('a mail that is read in Outlook', () => {
  const mail = { mailbox: 'jobcenter@kommune.example', messageId: '<2512489996.s2@kommune.example>', sentAt: new Date('2026-11-25T09:31:00Z') };

  it('is found among what its mailbox sent at that time, though the gateway masks numbers in a Message-ID', async () => {
    const asked: Date[] = [];
    const opened = open({
      async sentFrom(_mailbox, since) {
        asked.push(since);
        return page([summary('s1'), summary('s2', { messageId: '<251248-xxxx.s2@kommune.example>' })]);
      },
      submission: detailed(submission('s2', { messageId: '<251248-xxxx.s2@kommune.example>' })),
    });
    await opened.book.find(mail);
    assert.deepEqual(ids(opened), ['s2']);
    assert.deepEqual(asked, [new Date('2026-11-25T09:21:00Z')]);
    assert.equal(opened.book.state().details.get('s2')?.recipients.length, 1);
  });

  it('is found when the gateway has taken it in, and nothing else comes with it', async () => {
    let answer = page([summary('s1')]);
    const opened = open({ sentFrom: async () => answer, submission: detailed(submission('s2', { messageId: '<251248-xxxx.s2@kommune.example>' })) });
    await opened.book.find(mail);
    await opened.book.follow(new AbortController().signal);
    answer = page([summary('s1'), summary('s2', { messageId: '<251248-xxxx.s2@kommune.example>' })]);
    opened.tell(event('s2'));
    await settle();
    assert.deepEqual(ids(opened), ['s2']);
    opened.tell(event('s3'));
    await settle();
    assert.deepEqual(ids(opened), ['s2']);
  });

  it('is not there where the gateway does not have it', async () => {
    const opened = open({ sentFrom: async () => page([summary('s1')]) });
    await opened.book.find(mail);
    assert.deepEqual([ids(opened), opened.book.state().stale], [[], false]);
  });
});
