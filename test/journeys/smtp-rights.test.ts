import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { letter, RunningSandbox, type SmtpWire } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handOver, type HandOverAnswers } from './smtp-hand-over.ts';

const JOBCENTER = 'dfebd0ca-e211-47e4-af3a-f0d3344f018e';
const BORGERSERVICE = '163710ae-5078-350c-0000-000000000440';
const BYGGESAGER = '5b0a1c52-7d0e-4c39-9a6e-2f3f7c1d8e90';
const CVR = '35833684';
const PATIENCE_MS = 60_000;

describe('who may send Digital Post', () => {
  let sandbox: RunningSandbox;
  let wire: SmtpWire;

  before(async () => {
    sandbox = await RunningSandbox.start();
    wire = await sandbox.wire();
    await wire.say('EHLO exchange.kommune.example');
  });
  after(async () => {
    wire.vanish();
    await sandbox[Symbol.asyncDispose]();
  });

  let citizens = 0;
  /** A registered citizen whom no other mail of this file goes to. */
  const citizen = (): string => `${String((citizens += 1) % 28 + 1).padStart(2, '0')}0101${String(1000 + citizens)}`;

  async function send(given: {
    readonly from: string; readonly mailFrom?: string; readonly sender?: string; readonly headers?: readonly string[];
    readonly raw?: (to: string) => string;
  }): Promise<HandOverAnswers & { readonly number: string }> {
    const number = citizen();
    const to = `${number}@${given.sender ?? JOBCENTER}.ngdp.digital-post.dk`;
    const raw = given.raw?.(to) ??
      letter({ from: given.from, to: [to], subject: `Til ${number.slice(6)}`, headers: given.headers ?? [] });
    const mailFrom = given.mailFrom ?? /[^<\s]+@[^>\s]+/.exec(given.from)?.[0] ?? '';
    return { ...(await handOver(wire, { mailFrom, to: [to], raw })), number };
  }

  const isTaken = ({ data }: HandOverAnswers): boolean => data === 250;
  const isRefused = ({ mail, recipients, data }: HandOverAnswers): boolean =>
    [mail, ...recipients, data].some((code) => code >= 500 && code < 600) && data !== 250;

  it('ten mailboxes as ten senders: every rightful pair is delivered, every other refused at the door (T2)', async () => {
    const mailboxes = [
      'sikkerpost@kommune.example', 'jobcenter@kommune.example', 'borgerservice@kommune.example', 'hr@kommune.example',
      'sagsbehandler@kommune.example', 'arkiv@kommune.example', 'sikkerpost@kommune.test', 'jobcenter@evil-kommune.example',
      'sikkerpost@nabo.example', 'sikkerpost@fremmed.example',
    ];
    const senders = [
      CVR, JOBCENTER, BORGERSERVICE, BYGGESAGER, JOBCENTER.toUpperCase(), '97281536', '12345678',
      'bdcc201c-600c-4254-92c4-bab15dc075b5', '00000000-0000-0000-0000-000000000000', `${JOBCENTER.slice(0, -1)}f`,
    ];
    const rightful = new Set([
      ...[CVR, JOBCENTER, BORGERSERVICE, BYGGESAGER, JOBCENTER.toUpperCase()].map((sender) => `sikkerpost@kommune.example ${sender}`),
      ...[CVR, JOBCENTER, JOBCENTER.toUpperCase()].map((sender) => `jobcenter@kommune.example ${sender}`),
      ...[CVR, BORGERSERVICE].map((sender) => `borgerservice@kommune.example ${sender}`),
      'sikkerpost@nabo.example 97281536',
    ]);
    const expected = new Map<string, string>();
    for (const from of mailboxes) {
      for (const sender of senders) {
        const answers = await send({ from, sender });
        const pair = `${from} ${sender}`;
        assert.equal(isTaken(answers), rightful.has(pair), `${pair}: ${answers.text}`);
        if (!isTaken(answers)) assert.ok(isRefused(answers), pair);
        else expected.set(answers.number, pair);
      }
    }
    assert.equal(expected.size, 11);
    await until(async () => (await sandbox.messages()).length >= 11, PATIENCE_MS, 'the rightful messages');
    const messages = await sandbox.messages();
    assert.deepEqual(messages.map(({ recipientID }) => recipientID).toSorted(), [...expected.keys()].toSorted());
    for (const { recipientID, senderID } of messages) {
      assert.equal(senderID, expected.get(recipientID)?.startsWith('sikkerpost@nabo') ? '97281536' : CVR);
    }
  });

  it('a mailbox that is not connected, or not secure, is told so in words', async () => {
    assert.match((await send({ from: 'hr@kommune.example', sender: CVR })).text, /^5\d\d 5\.\S+ .*hr@kommune\.example.*(koblet|ikke)/);
    assert.match((await send({ from: 'sagsbehandler@kommune.example', sender: CVR })).text, /sagsbehandler@kommune\.example er ikke en sikker postkasse/);
    assert.match((await send({ from: 'jobcenter@kommune.example', sender: BYGGESAGER })).text, /sikkerpost@kommune\.example/);
  });

  const head = (to: string): string => `To: ${to}\r\nMessage-ID: <${crypto.randomUUID()}@kommune.example>\r\n\r\nTekst\r\n`;
  const withFrom = (...lines: readonly string[]) => ({
    from: 'jobcenter@kommune.example', raw: (to: string) => `${lines.join('\r\n')}\r\nSubject: Brev\r\n${head(to)}`,
  });
  const RIGHT = 'jobcenter@kommune.example';

  const taken = {
    'From with a display name': withFrom(`From: Jobcenter <${RIGHT}>`),
    'From in other letter case': withFrom('from: JobCenter@Kommune.EXAMPLE'),
    'a folded From': withFrom(`From: "Jobcenter,\r\n afdeling 2"\r\n <${RIGHT}>`),
    'an encoded display name': withFrom(`From: =?utf-8?q?J=C3=B8bcenter?= <${RIGHT}>`),
    'Send on Behalf: MAIL FROM and Sender are a colleague': {
      ...withFrom(`From: Jobcenter <${RIGHT}>`, 'Sender: sagsbehandler@kommune.example'), mailFrom: 'sagsbehandler@kommune.example',
    },
    'a Reply-To elsewhere': withFrom(`From: ${RIGHT}`, 'Reply-To: nogen@fremmed.example'),
  };
  const refused = {
    'two From headers': withFrom(`From: ${RIGHT}`, 'From: nogen@fremmed.example'),
    'two equal From headers': withFrom(`From: ${RIGHT}`, `From: ${RIGHT}`),
    'two addresses in From': withFrom(`From: ${RIGHT}, sikkerpost@kommune.example`),
    'two addresses in From with a Sender among them': withFrom(`From: ${RIGHT}, sikkerpost@kommune.example`, `Sender: ${RIGHT}`),
    'no From': withFrom(`Sender: ${RIGHT}`),
    'an empty From': withFrom('From:'),
    'a From without an address': withFrom('From: Jobcenter'),
    'a group in From': withFrom(`From: Afdeling: ${RIGHT};`),
    'an empty group in From': withFrom('From: Afdeling:;', `Sender: ${RIGHT}`),
    'a right address only as display name': withFrom(`From: "${RIGHT}" <sagsbehandler@kommune.example>`),
    'a right address before a wrong one, unquoted': withFrom(`From: ${RIGHT} <sagsbehandler@kommune.example>`),
    'two addresses in brackets': withFrom(`From: <${RIGHT}> <sagsbehandler@kommune.example>`),
    'a right address in a comment': withFrom(`From: sagsbehandler@kommune.example (${RIGHT})`),
    'a comment within the address': withFrom('From: jobcenter(x)@kommune.example'),
    'an encoded word as address': withFrom('From: =?utf-8?q?jobcenter=40kommune=2Eexample?='),
    'a source route in From': withFrom(`From: <@fremmed.example:${RIGHT}>`),
    'a right Sender': withFrom('From: sagsbehandler@kommune.example', `Sender: ${RIGHT}`),
    'a right Reply-To': withFrom('From: sagsbehandler@kommune.example', `Reply-To: ${RIGHT}`),
    'a right Resent-From': withFrom('From: sagsbehandler@kommune.example', `Resent-From: ${RIGHT}`),
    'a blank before the colon of a second From': withFrom(`From: ${RIGHT}`, 'From : nogen@fremmed.example'),
    'a bare CR that hides a second From': withFrom(`From: ${RIGHT}`, 'X-A: b\rFrom: nogen@fremmed.example'),
    'NUL in From': withFrom('From: jobcenter\0@kommune.example'),
    'a From after a line that is no field': withFrom('X-A: b', 'ingen kolon her', `From: ${RIGHT}`),
    'MAIL FROM of another organisation': { ...withFrom(`From: ${RIGHT}`), mailFrom: 'sikkerpost@nabo.example' },
    'MAIL FROM from outside': { ...withFrom(`From: ${RIGHT}`), mailFrom: 'nogen@fremmed.example' },
    'MAIL FROM of a domain below ours': { ...withFrom(`From: ${RIGHT}`), mailFrom: 'x@sub.kommune.example' },
    'MAIL FROM empty': { ...withFrom(`From: ${RIGHT}`), mailFrom: '' },
    'a From of a domain that only ends like ours': withFrom('From: jobcenter@evil-kommune.example'),
    'a look-alike of our domain in From': withFrom('From: jobcenter@kommun\u0435.example'),
    'the neighbour as From': withFrom('From: sikkerpost@nabo.example'),
  };

  for (const [name, mail] of Object.entries(taken)) {
    it(`taken: ${name}`, async () => {
      const answers = await send(mail);
      assert.ok(isTaken(answers), answers.text);
      await until(async () => (await sandbox.messages()).some(({ recipientID }) => recipientID === answers.number), PATIENCE_MS, name);
    });
  }
  for (const [name, mail] of Object.entries(refused)) {
    it(`refused: ${name}`, async () => {
      const answers = await send(mail);
      assert.ok(isRefused(answers), `${name}: ${answers.text}`);
    });
  }

  it('of all that was refused nothing ever reached a network or a mailbox', async () => {
    const last = await send({ from: 'jobcenter@kommune.example' });
    assert.ok(isTaken(last));
    await until(async () => (await sandbox.messages()).some(({ recipientID }) => recipientID === last.number), PATIENCE_MS, 'the last message');
    assert.equal((await sandbox.messages()).length, 11 + Object.keys(taken).length + 1);
    for (const stranger of ['nogen@fremmed.example', 'hr@kommune.example', 'sagsbehandler@kommune.example', 'jobcenter@evil-kommune.example']) {
      assert.deepEqual(await sandbox.mailbox(stranger), [], stranger);
    }
  });

  it('an empty MAIL FROM to Digital Post is 5xx at RCPT and never answered with a mail', async () => {
    const answers = await send({ from: RIGHT, mailFrom: '' });
    assert.deepEqual([answers.mail, answers.data], [250, 0]);
    assert.match(String(answers.recipients[0]), /^5\d\d$/);
    assert.match(answers.text, /MAIL FROM/);
  });
});
