import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, it } from 'node:test';
import { danishDay } from '../../src/domain/danish-local-time.ts';
import { emptyMemoHeader, writeMemoHeaderJson, type OutboundMemoHeader } from '../../src/domain/memo-header-json.ts';
import { zipOf } from '../mail/inspect-samples.ts';
import { citizen, ngdp, OWN_CVR } from './citizens.ts';
import { RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { arrivals, COMPANY_POINT, JOBCENTER_POINT, memoOf, refused, send, SIKKERPOST, told } from './sent-mail.ts';

const DAY_MS = 86_400_000;
const COMPANY = '87654321';
const OTHER_COMPANY = '12345678';
const COLLEAGUE = 'sagsbehandler@kommune.example';
const OUTSIDER = 'ven@example.org';
const BORGERSERVICE_POINT = '163710ae-5078-350c-0000-000000000440';
const judge = fileURLToPath(new URL('../../../shared/tools/judge/check-memo', import.meta.url));
const inTwoWeeks = danishDay(new Date(Date.now() + 14 * DAY_MS));

const everything: OutboundMemoHeader = {
  replyByDateTime: inTwoWeeks,
  caseId: '2026-004512',
  caseSystem: 'Sagssystemet',
  kle: { key: '32.30.04', version: 'November 2026', label: 'Boligstøtte' },
  form: { key: '48.45.05.05', version: 'Opgavenøglen v2.12', label: 'Boligstøtte' },
  attentionPerson: 'Kirsten & Søn, »Regnskab«',
  productionUnitNumber: '1234567890',
  globalLocationNumber: '5798000012345',
  senderContactPoint: JOBCENTER_POINT,
  recipientContactPoints: [{ cvr: COMPANY, contactPoint: COMPANY_POINT }],
};

function file(header: Partial<OutboundMemoHeader>, filename = 'MemoHeader.json') {
  return { filename, content: writeMemoHeaderJson({ ...emptyMemoHeader, ...header }) ?? '' };
}

describe('MemoHeader.json of a mail that is sent', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(() => sandbox[Symbol.asyncDispose]());

  const reply = (number: string, sender = OWN_CVR) => `${number}-reply@${sender}.ngdp.digital-post.dk`;

  /** The official XSD and the documented rules, by programs that are not ours. */
  async function judged(xml: string): Promise<void> {
    const folder = await mkdtemp(path.join(tmpdir(), 'postbro-judged-'));
    try {
      await writeFile(path.join(folder, 'memo.xml'), xml);
      const { status, stdout, stderr } = spawnSync(judge, [path.join(folder, 'memo.xml')], { encoding: 'utf8' });
      assert.equal(status, 0, `${stdout}${stderr}`);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  it('carries every field to a company that can answer, and the message is good MeMo', async (t) => {
    const mail = await send(sandbox, [reply(COMPANY)], { subject: 'Alt er udfyldt', attachments: [file(everything), { filename: 'bilag.txt', content: 'Bilag' }] });
    assert.match((await told(sandbox, mail)).text, /som Jobcenter .*svar lander i jobcenter@kommune\.example/s);
    const [row] = await arrivals(sandbox, mail);
    assert.ok(row);
    const { header, body, xml } = await memoOf(sandbox, row);
    assert.ok(header.replyByDateTime instanceof Date && danishDay(header.replyByDateTime) === inTwoWeeks);
    assert.deepEqual(header.contentData, {
      caseId: { caseId: '2026-004512', caseSystem: 'Sagssystemet' },
      kle: { subjectKey: '32.30.04', version: 'November 2026', label: 'Boligstøtte' },
      form: { taskKey: '48.45.05.05', version: 'Opgavenøglen v2.12', label: 'Boligstøtte' },
    });
    assert.deepEqual(header.recipient, {
      id: COMPANY, idType: 'CVR', contactPoint: { id: COMPANY_POINT },
      attention: {
        attentionPerson: { label: 'Kirsten & Søn, »Regnskab«' },
        productionUnit: { productionUnitNumber: '1234567890' },
        globalLocationNumber: { globalLocationNumber: '5798000012345' },
      },
    });
    assert.deepEqual(header.sender.contactPoint, { id: JOBCENTER_POINT, label: 'Jobcenter' });
    assert.equal(header.sender.id, OWN_CVR);
    assert.deepEqual(body?.additionalDocuments.map(({ label }) => label), ['bilag.txt']);
    if (!existsSync(judge)) return t.skip('the judges are not on this machine');
    await judged(xml);
  });

  it('says the least that MeMo demands where no more is known', async (t) => {
    const little = { caseId: '7', kle: { key: '32.30.04', version: null, label: null }, form: { key: '48.45.05.05', version: null, label: null } };
    const mail = await send(sandbox, [ngdp(citizen(1))], { subject: 'Kun numrene', attachments: [file(little)] });
    await told(sandbox, mail);
    const [row] = await arrivals(sandbox, mail);
    assert.ok(row);
    const { header, xml } = await memoOf(sandbox, row);
    assert.deepEqual(header.contentData, {
      caseId: { caseId: '7', caseSystem: 'Ikke angivet' },
      kle: { subjectKey: '32.30.04', version: 'Ikke angivet', label: '32.30.04' },
      form: { taskKey: '48.45.05.05', version: 'Ikke angivet', label: '48.45.05.05' },
    });
    if (!existsSync(judge)) return t.skip('the judges are not on this machine');
    await judged(xml);
  });

  it('gives each recipient what fits: a deadline to who can answer, a person to look for to companies, in every network', async () => {
    const to = [
      ngdp(citizen(2)), reply(citizen(3)), ngdp(OTHER_COMPANY, JOBCENTER_POINT), `${COMPANY}-reply@${OWN_CVR}.mitdk.digital-post.dk`,
      `${COMPANY}@${OWN_CVR}.eboks.digital-post.dk`, COLLEAGUE,
    ];
    const mail = await send(sandbox, to, { subject: 'Til hver sit', attachments: [file({ ...everything, senderContactPoint: BORGERSERVICE_POINT })] });
    assert.equal((await told(sandbox, mail)).copy?.counts.delivered, 6);
    const headerTo = async (number: string, channel = 'ngdp') => {
      const row = (await arrivals(sandbox, mail, channel)).find(({ recipientID }) => recipientID === number);
      assert.ok(row, `${channel} ${number}`);
      const { header } = await memoOf(sandbox, row, channel);
      assert.equal(header.contentData?.caseId?.caseId, '2026-004512');
      return header;
    };
    const silent = await headerTo(citizen(2));
    assert.deepEqual([silent.replyByDateTime, silent.recipient.attention, silent.recipient.contactPoint], [undefined, undefined, undefined]);
    const answering = await headerTo(citizen(3));
    assert.ok(answering.replyByDateTime instanceof Date);
    assert.equal(answering.sender.contactPoint?.id, BORGERSERVICE_POINT);
    const company = await headerTo(OTHER_COMPANY);
    assert.equal(company.recipient.attention?.attentionPerson?.label, everything.attentionPerson);
    assert.equal(company.recipient.contactPoint, undefined, 'the file names none for it');
    assert.equal(company.sender.contactPoint?.id, JOBCENTER_POINT, 'what the address names counts');
    const mitdk = await headerTo(COMPANY, 'mitdk');
    assert.deepEqual([mitdk.recipient.contactPoint?.id, mitdk.sender.contactPoint?.id], [COMPANY_POINT, BORGERSERVICE_POINT]);
    assert.ok(mitdk.replyByDateTime instanceof Date);
    const eboks = await headerTo(COMPANY, 'eboks');
    assert.deepEqual([eboks.replyByDateTime, eboks.recipient.contactPoint, eboks.sender.contactPoint], [undefined, undefined, undefined]);
    assert.equal(eboks.recipient.attention?.attentionPerson?.label, everything.attentionPerson);
    assert.equal(eboks.sender.label, 'Eksempel Kommune');
  });

  it('counts in a mass send, one by one and in containers, each company at its own contact point', async (t) => {
    const numbers = [COMPANY, OTHER_COMPANY, ...Array.from({ length: 148 }, (_none, n) => citizen(n + 10))];
    for (const count of [3, 150]) {
      const lines = { filename: 'masseforsendelse.txt', content: numbers.slice(0, count).join('\r\n') };
      const subject = `Til ${count} med oplysninger`;
      const mail = await send(sandbox, [`masseforsendelse-${count}@${OWN_CVR}.ngdp.digital-post.dk`], { subject, attachments: [lines, file(everything)] });
      assert.equal((await told(sandbox, mail)).copy?.counts.delivered, count);
      const rows = await arrivals(sandbox, mail);
      assert.equal(rows.every(({ container }) => (container !== null) === (count > 100)), true);
      for (const [number, contactPoint] of [[COMPANY, COMPANY_POINT], [OTHER_COMPANY, undefined], [citizen(10), undefined]] as const) {
        const row = rows.find(({ recipientID }) => recipientID === number);
        assert.ok(row);
        const { header, xml } = await memoOf(sandbox, row);
        assert.equal(header.recipient.contactPoint?.id, contactPoint, number);
        assert.equal(header.recipient.attention !== undefined, number.length === 8);
        assert.equal(header.contentData?.kle?.subjectKey, '32.30.04');
        assert.equal(header.sender.contactPoint?.id, JOBCENTER_POINT);
        assert.equal(header.replyByDateTime, undefined);
        if (number === COMPANY && existsSync(judge)) await judged(xml);
      }
    }
    if (!existsSync(judge)) return t.skip('the judges are not on this machine');
  });

  it('with something wrong in it brings the whole mail back, with each field and value', async () => {
    const wrong = {
      ...everything, replyByDateTime: '2020-01-01', kle: { key: '32.30', version: null, label: null },
      form: { key: '2512489996', version: null, label: null }, caseId: 'a'.repeat(257),
    };
    const mail = await send(sandbox, [reply(COMPANY), COLLEAGUE], { subject: 'Fire fejl', attachments: [file(wrong)] });
    const { text } = await refused(sandbox, mail, '4 ting skal rettes', 'Svarfristen »2020-01-01«', 'Vælg en dato fra i morgen', 'KLE-emnet »32.30«', '32.30.04', 'FORM-opgaven »251248-xxxx«', 'Sagsnummeret', '256 tegn', COLLEAGUE);
    assert.doesNotMatch(text, /2512489996/);
    assert.equal((await sandbox.mailbox(COLLEAGUE)).some(({ subject }) => subject === mail.subject), false);
    const today = await send(sandbox, [reply(COMPANY)], { subject: 'Svar i dag', attachments: [file({ replyByDateTime: danishDay(new Date()) })] });
    await refused(sandbox, today, 'svarfristen', 'fra i morgen');
    const later = await send(sandbox, [reply(COMPANY)], {
      subject: 'Sendes for sent', headers: { 'X-Postbro-Send-At': new Date(Date.now() + 30 * DAY_MS).toISOString() }, attachments: [file({ replyByDateTime: inTwoWeeks })],
    });
    await refused(sandbox, later, 'svarfristen', 'Beskeden sendes først, når fristen er udløbet');
  });

  it('gives no right to a contact point that the address would not give', async () => {
    const from = 'jobcenter@kommune.example';
    const foreign = await send(sandbox, [ngdp(COMPANY)], { from, subject: 'Som Borgerservice', attachments: [file({ senderContactPoint: BORGERSERVICE_POINT })] });
    await refused(sandbox, foreign, 'jobcenter@kommune.example må ikke sende som Borgerservice', 'borgerservice@kommune.example', SIKKERPOST);
    const mass = await send(sandbox, [`masseforsendelse-1@${OWN_CVR}.ngdp.digital-post.dk`], {
      from, subject: 'Mange som Borgerservice',
      attachments: [{ filename: 'masseforsendelse.txt', content: COMPANY }, file({ senderContactPoint: BORGERSERVICE_POINT })],
    });
    await refused(sandbox, mass, 'må ikke sende som Borgerservice');
    const gone = await send(sandbox, [ngdp(COMPANY)], { subject: 'Som ingen', attachments: [file({ senderContactPoint: COMPANY_POINT })] });
    await refused(sandbox, gone, `afsenderens kontaktpunkt »${COMPANY_POINT}«`, 'ikke et af organisationens');
  });

  it('that nothing can read is passed over, and the receipt says so; so is a list of companies that is too long', async () => {
    const unreadable = ['{', 'null', '{"version": 2, "contentData": {"kle": "1"}}', '{"contentData": []}', `{"version": 1, "contentData": {"caseId": "${'a'.repeat(1_000_001)}"}}`];
    for (const [n, content] of unreadable.entries()) {
      const filename = n === 1 ? 'MEMOHEADER (1).json' : 'MemoHeader.json';
      const mail = await send(sandbox, [ngdp(citizen(5))], { subject: `Ulæselig ${n}`, attachments: [{ filename, content }] });
      const { subject, text } = await told(sandbox, mail);
      assert.match(subject, /1 leveret/);
      assert.ok(text.includes(`»${filename}« kan ikke læses. Oplysningerne i den er ikke sendt med.`), text);
      const [row] = await arrivals(sandbox, mail);
      assert.ok(row);
      const { header, body } = await memoOf(sandbox, row);
      assert.deepEqual([header.contentData, body?.additionalDocuments.length], [undefined, 0]);
    }
  });

  it('that came with a received message is passed over in silence; beside it a file of the mail’s own counts', async () => {
    const received = { filename: 'MemoHeader.json', content: JSON.stringify({ version: 1, channel: 'ngdp', messageUUID: crypto.randomUUID(), contentData: { caseId: 'anden sag', kle: 'x' }, sender: { contactPoint: COMPANY_POINT } }) };
    const info = { filename: 'MemoHeaderInfo.json', content: JSON.stringify({ receivedAt: '2026-11-25T10:00:00Z', transmissionId: crypto.randomUUID(), files: [] }) };
    for (const own of [false, true]) {
      const mail = await send(sandbox, [ngdp(citizen(6))], { subject: `Svar på en besked ${String(own)}`, attachments: [received, info, ...(own ? [file({ caseId: 'vores sag' })] : [])] });
      assert.doesNotMatch((await told(sandbox, mail)).text, /MemoHeader/);
      const [row] = await arrivals(sandbox, mail);
      assert.ok(row);
      const { header } = await memoOf(sandbox, row);
      assert.equal(header.contentData?.caseId?.caseId, own ? 'vores sag' : undefined);
    }
  });

  it('twice stops the mail when the two say different things, and is one when they say the same', async () => {
    const first = file({ caseId: 'sag 1' });
    const two = await send(sandbox, [ngdp(citizen(7))], { subject: 'To udgaver', attachments: [first, file({ caseId: 'sag 2' }, 'MemoHeader (1).json')] });
    await refused(sandbox, two, 'flere udgaver af MemoHeader.json', '»MemoHeader.json« og »MemoHeader (1).json«');
    const same = await send(sandbox, [ngdp(citizen(7))], { subject: 'To ens', attachments: [first, { ...first, filename: 'MemoHeader - Kopi.json' }] });
    assert.match((await told(sandbox, same)).subject, /1 leveret/);
  });

  it('never leaves the organisation, under whatever name and in whatever pack', async () => {
    const { content } = file(everything);
    const names = ['MemoHeader.json', 'memoheader.JSON', 'MemoHeader (2).json', 'oplysninger.json', 'brev.txt'];
    const packs = [...names.map((filename) => ({ filename, content })), { filename: 'pakke.zip', content: zipOf([{ name: 'a/noter.txt', data: content }]) }];
    for (const [n, attachment] of packs.entries()) {
      const mail = await send(sandbox, [OUTSIDER, COLLEAGUE], { subject: `Ud af huset ${n}`, attachments: [attachment] });
      await refused(sandbox, mail, 'må ikke sendes til ven@example.org');
    }
    assert.deepEqual(await sandbox.mailbox(OUTSIDER), []);
    assert.equal((await sandbox.mailbox(COLLEAGUE)).some(({ subject }) => subject.startsWith('Ud af huset')), false);
  });

  it('means nothing in an ordinary mail to colleagues, who get it as it is', async () => {
    const wrong = { filename: 'MemoHeader.json', content: '{"version": 1, "contentData": {"kle": "x"}}' };
    await send(sandbox, [COLLEAGUE], { subject: 'Til en kollega', attachments: [wrong] });
    const arrived = async () => (await sandbox.mailbox(COLLEAGUE)).find(({ subject }) => subject === 'Til en kollega');
    await until(async () => (await arrived()) !== undefined, 30_000, 'the mail');
    const raw = await sandbox.mail(COLLEAGUE, (await arrived())?.id ?? '');
    assert.ok(raw.includes(Buffer.from(wrong.content).toString('base64')));
  });
});
