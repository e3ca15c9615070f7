import { describe, it } from 'node:test';
import assert from 'node:assert/strict';
import { looksLikeMemoHeader } from '../../../src/domain/memo-header-file.ts';
import { noticeHtml, noticeText } from '../../../src/gateway/notify/notice-page.ts';
import { progressMail } from '../../../src/gateway/notify/progress-notice.ts';
import { errorFile, leftFile } from '../../../src/gateway/notify/receipt-files.ts';
import { receiptLine } from '../../../src/gateway/notify/receipt-line.ts';
import { receiptMail, type ReceiptQuestion } from '../../../src/gateway/notify/receipt-notice.ts';
import { digestMail } from '../../../src/gateway/notify/digest-notice.ts';
import type { DeliveryRow } from '../../../src/gateway/store/deliveries.ts';

const look = { numbers: 'masked', expiryDays: 5 } as const;
const at = new Date('2026-11-25T08:31:00Z');

function row(position: number, change: Partial<DeliveryRow> = {}): DeliveryRow {
  return {
    position,
    channel: 'ngdp',
    address: `2512489${String(position).padStart(3, '0')}@35833684.ngdp.digital-post.dk`,
    namedInHeader: true,
    messageUuid: `00000000-0000-4000-8000-${String(position).padStart(12, '0')}`,
    status: 'completed',
    handedOverAt: at,
    settledAt: at,
    errorCode: null,
    errorMessage: null,
    ...change,
  };
}

const failed = { status: 'refused', errorCode: 'recipient.not.registered' } as const;

function question(rows: readonly DeliveryRow[], change: Partial<ReceiptQuestion> = {}): ReceiptQuestion {
  const lines = rows.map((one) => receiptLine(one, look));
  const count = (outcome: string) => lines.filter((line) => line.outcome === outcome).length;
  return {
    subject: 'Varsling om møde',
    messageId: '<1@kommune.example>',
    fromMailbox: 'jobcenter@kommune.example',
    receivedAt: at,
    mass: true,
    counts: {
      delivered: count('delivered'), failed: count('failed'), stopped: count('stopped'), pending: count('pending'), all: rows.length,
    },
    listed: 'all',
    lines,
    tableRowsMax: 100,
    senderLabels: ['Jobcenter'],
    answers: null,
    letter: { sha256: null, remarks: [] },
    resendUrl: null,
    detailFiles: [],
    helpContact: 'hjaelp@kommune.example',
    ...change,
  };
}

interface Copy {
  readonly counts: Readonly<Record<string, number>>;
  readonly recipientsListed: string;
  readonly recipientsLeftOut: number;
  readonly recipients: readonly { readonly position: number; readonly outcome: string }[];
}

function copyOf(mail: ReturnType<typeof receiptMail>): Copy {
  return JSON.parse(Buffer.from(mail.files[0]?.bytes ?? []).toString()) as Copy;
}

async function* pagesOf(...pages: readonly (readonly DeliveryRow[])[]): AsyncGenerator<readonly DeliveryRow[]> {
  yield* pages;
}

describe('the machine copy of a receipt', () => {
  it('is no MemoHeader file, so that the receipt may be forwarded; with whole numbers it is kept as one', () => {
    const rows = [row(1), row(3, { ...failed, address: '2512489996@35833684.ngdp.digital-post.dk' })];
    const copyIn = (numbers: 'masked' | 'full') => Buffer.from(receiptMail(question([], { lines: rows.map((one) => receiptLine(one, { ...look, numbers })) })).files[0]?.bytes ?? []).toString();
    assert.match(copyIn('full'), /2512489996/);
    assert.deepEqual([looksLikeMemoHeader(copyIn('masked')), looksLikeMemoHeader(copyIn('full'))], [false, true]);
  });
});

describe('the receipt of a mass send', () => {
  it('names everyone with their line where they are few', () => {
    const mail = receiptMail(question([row(1), row(3, failed)]));
    assert.equal(mail.subject, 'Kvittering: Varsling om møde – 1 leveret, 1 fejlet');
    const text = noticeText(mail.page);
    assert.match(text, /Du sendte masseforsendelsen »Varsling om møde« som Jobcenter 25\. november 2026 kl\. 09\.31/);
    assert.match(text, /251248-xxxx \(linje 3\) · Ikke leveret: [\s\S]*251248-xxxx \(linje 1\) · Leveret/);
    assert.deepEqual(copyOf(mail).recipients.map(({ position }) => position), [1, 3]);
  });

  it('names only those who failed where they are many, and everyone is counted', () => {
    const rows = Array.from({ length: 120 }, (_, n) => row(n + 1, n % 40 === 0 ? failed : {}));
    const mail = receiptMail(question(rows));
    const text = noticeText(mail.page);
    assert.equal(text.match(/251248-xxxx/g)?.length, 3);
    assert.match(text, /Her er de modtagere, der ikke fik beskeden\./);
    assert.match(mail.subject, /117 leveret, 3 fejlet/);
    assert.equal(copyOf(mail).recipients.length, 120);
  });

  it('of a hundred thousand holds the failed ones alone, the first of them in the table', () => {
    const lines = Array.from({ length: 150 }, (_, n) => receiptLine(row(n + 1, failed), look));
    const counts = { delivered: 99_500, failed: 500, stopped: 0, pending: 0, all: 100_000 };
    const mail = receiptMail(question([], { lines, counts, listed: 'failed' }));
    assert.match(mail.subject, /99500 leveret, 500 fejlet/);
    assert.match(noticeText(mail.page), /Her er de første 100 af de 500, der ikke fik beskeden/);
    assert.equal(noticeText(mail.page).match(/linje \d+\)/g)?.length, 100);
    const copy = copyOf(mail);
    assert.deepEqual([copy.recipientsListed, copy.recipientsLeftOut, copy.recipients.length], ['failed', 350, 150]);
    assert.equal(copy.counts['all'], 100_000);
  });

  it('without a failure has no table', () => {
    const counts = { delivered: 100_000, failed: 0, stopped: 0, pending: 0, all: 100_000 };
    const mail = receiptMail(question([], { counts, listed: 'failed' }));
    assert.doesNotMatch(noticeHtml(mail.page), /<table/);
    assert.equal(mail.page.heading, 'Din besked er leveret');
  });

  it('tells the stopped apart from the failed', () => {
    const rows = [row(1), row(2, failed), row(3, { status: 'stopped', handedOverAt: null })];
    const mail = receiptMail(question(rows));
    assert.match(mail.subject, /1 leveret, 1 fejlet, 1 stoppet$/);
    assert.equal(mail.page.heading, 'Din besked er stoppet: 2 nåede at blive sendt');
    assert.match(noticeText(mail.page), /2 var sendt forinden, og 1 får den ikke\.[\s\S]*Stoppet, ikke sendt/);
    assert.deepEqual(copyOf(mail).recipients.map(({ outcome }) => outcome), ['delivered', 'failed', 'stopped']);
  });

  it('of which nothing left says so', () => {
    const mail = receiptMail(question([row(1, { status: 'stopped' }), row(2, { status: 'stopped' })]));
    assert.equal(mail.subject, 'Kvittering: Varsling om møde – 0 leveret, 2 stoppet');
    assert.equal(mail.page.heading, 'Din besked er stoppet, og ingen har fået den');
  });

  it('carries the link that sends again to those who failed, and the remarks of the letter', () => {
    const url = 'https://post.kommune.example/api/links/abc?x=1&y="2"';
    const letter = { sha256: null, remarks: ['Beskeden er sendt i organisationens navn.'] };
    const { page } = receiptMail(question([row(1), row(2, failed)], { resendUrl: url, letter }));
    assert.ok(noticeText(page).includes(`Send igen kun til de fejlede:\n${url}`));
    assert.ok(noticeHtml(page).includes('<a href="https://post.kommune.example/api/links/abc?x=1&amp;y=&quot;2&quot;">Send igen kun til de fejlede</a>'));
    assert.ok(noticeText(page).includes('Beskeden er sendt i organisationens navn.'));
    assert.doesNotMatch(noticeText(receiptMail(question([row(1, { status: 'stopped' })], { resendUrl: url })).page), /Send igen/);
  });
});

describe('the receipt of a message', () => {
  const lead = (answers: ReceiptQuestion['answers']) =>
    noticeText(receiptMail(question([row(1), row(2)], { mass: false, answers })).page).split('\n').find((line) => line.startsWith('Du sendte'));

  it('says whether all can answer, some, or nobody, and where answers land', () => {
    const mailboxes = ['jobcenter@kommune.example', 'sikkerpost@kommune.example'];
    assert.match(lead({ from: 'all', mailboxes: mailboxes.slice(0, 1) }) ?? '', / Modtagerne kan svare, og svar lander i jobcenter@kommune\.example\.$/);
    assert.match(lead({ from: 'some', mailboxes }) ?? '', / Nogle af modtagerne kan svare, og svar lander i jobcenter@kommune\.example og sikkerpost@kommune\.example\.$/);
    assert.match(lead(null) ?? '', / Modtagerne kan ikke svare\.$/);
  });
});

describe('the file of details', () => {
  it('has a line for each row of every page under its heading, with BOM, CRLF and tabs', async () => {
    const pages = pagesOf([row(2, failed), row(5, { ...failed, errorCode: 'x\t\r\ny' })], [row(9, { status: 'expired' })]);
    const file = await errorFile([{ subject: 'Varsling', pages }], look);
    assert.equal(file.name, 'NgDPKvitteringsDetaljerMedFejl.txt');
    const lines = Buffer.from(file.bytes).toString().split('\r\n');
    assert.equal(lines[0], '\ufeffModtager\tLinje\tKanal\tTidspunkt\tFejlkode\tFejltekst\tMeMo-id');
    assert.equal(lines.at(-1), '');
    const cells = lines.slice(1, -1).map((line) => line.split('\t'));
    assert.deepEqual(cells.map((row) => row[1]), ['2', '5', '9']);
    assert.ok(cells.every((row) => row.length === 7 && row[0] === '251248-xxxx'));
    assert.equal(cells[2]?.[5], 'Intet svar i 5 dage.');
    assert.match(cells[0]?.[3] ?? '', /^25-11-2026 09:31:00$/);
  });

  it('names the mail in a last column where it tells of several', async () => {
    const mails = ['Om 2512489996', 'Brev 2'].map((subject) => ({ subject, pages: pagesOf([row(1, failed)]) }));
    const lines = Buffer.from((await errorFile(mails, look)).bytes).toString().trim().split('\r\n');
    assert.deepEqual(lines.map((line) => line.split('\t')[7]), ['Emne', 'Om 251248-xxxx', 'Brev 2']);
  });

  it('of those who had left names each with its status', async () => {
    const file = await leftFile({ subject: '', pages: pagesOf([row(1), row(2, { status: 'handed-over', settledAt: null })]) }, look);
    const text = Buffer.from(file.bytes).toString();
    assert.match(text, /^\ufeffModtager\tLinje\tKanal\tTidspunkt\tStatus\tMeMo-id\r\n/);
    assert.match(text, /\t1\tDigital Post\t[^\t]*\tLeveret\t.*\r\n.*\t2\tDigital Post\t.*Undervejs/);
  });
});

describe('a status of a mass send', () => {
  it('tells how far it is, in numbers as Danes write them', () => {
    const counts = { delivered: 4211, failed: 12, stopped: 0, pending: 5777, all: 10_000 };
    const mail = progressMail({ subject: 'Varsling til 2512489996', receivedAt: at, counts, helpContact: 'h@x.example' });
    assert.equal(mail.subject, 'Status på masseforsendelsen: Varsling til 251248-xxxx – 4.211 af 10.000 leveret');
    assert.match(noticeText(mail.page), /- 12 fejlet\n- 5\.777 undervejs/);
  });
});

describe('a digest of receipts', () => {
  const receipts = [
    question([row(1)], { mass: false, subject: 'Brev 1', answers: { from: 'all', mailboxes: ['jobcenter@kommune.example'] } }),
    question([row(1, failed)], { mass: false, subject: 'Brev 2' }),
    question([row(1), row(2, failed)], { subject: 'Varsling' }),
  ];
  const mail = digestMail({ receipts, detailFiles: [], helpContact: 'h@x.example' });

  it('has one subject for all', () => {
    assert.equal(mail.subject, 'Kvitteringer for 3 mails – 2 leveret, 2 fejlet');
  });

  it('has a row for each recipient, failures first, and a mass send in figures', () => {
    const lines = noticeText(mail.page).split('\n').filter((line) => line.includes(' · '));
    assert.deepEqual(lines.map((line) => line.split(' · ')[0]), ['Brev 2', 'Varsling', 'Brev 1', 'Varsling']);
    assert.match(lines[3] ?? '', /Masseforsendelse, 2 modtagere · 1 leveret, 1 fejlet/);
  });

  it('has one array of machine copies', () => {
    const copies = JSON.parse(Buffer.from(mail.files[0]?.bytes ?? []).toString()) as { subject: string }[];
    assert.deepEqual(copies.map(({ subject }) => subject), ['Brev 1', 'Brev 2', 'Varsling']);
    assert.equal(mail.files[0]?.name, 'NgDPKvittering.json');
  });
});
