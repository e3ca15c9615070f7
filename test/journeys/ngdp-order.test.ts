import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { citizen, citizens, ngdp, OWN_CVR } from './citizens.ts';
import { letter, RunningSandbox } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { arrivals, send } from './sent-mail.ts';

const FROM = 'sikkerpost@kommune.example';

describe('messages to NgDP', () => {
  let sandbox: RunningSandbox;
  before(async () => {
    sandbox = await RunningSandbox.start();
  });
  after(async () => {
    await sandbox[Symbol.asyncDispose]();
  });

  async function hand(subject: string, to: readonly string[], text?: string): Promise<void> {
    const raw = letter({ to, subject, ...(text !== undefined && { text }) });
    assert.equal((await sandbox.submit(raw, FROM, to)).code, 250);
  }

  const labelsTo = async (number: string) =>
    (await sandbox.messages()).filter(({ recipientID }) => recipientID === number).map(({ label }) => label);

  it('reach one citizen in the order in which their mails were handed over', async () => {
    const number = citizen(700);
    const subjects = Array.from({ length: 20 }, (_, n) => `Nummer ${n + 1}`);
    // Every fourth takes long to set, so that a mail behind it could easily be ready first.
    for (const [n, subject] of subjects.entries()) {
      await hand(subject, [ngdp(number)], n % 4 === 0 ? 'En lang linje med ord i. '.repeat(8000) : 'Kort.');
    }
    await until(async () => (await labelsTo(number)).length === 20, 60_000, 'twenty messages');
    assert.deepEqual(await labelsTo(number), subjects);
  });

  it('keep that order while NgDP answers 503 for some time', async () => {
    const number = citizen(701);
    const subjects = Array.from({ length: 20 }, (_, n) => `Efter pause ${n + 1}`);
    await sandbox.fault('status', { status: 503, count: 3 });
    for (const subject of subjects) await hand(subject, [ngdp(number)]);
    await until(async () => (await labelsTo(number)).length === 20, 60_000, 'twenty messages');
    assert.deepEqual(await labelsTo(number), subjects);
  });

  it('overtake a bulk mail when they are single ones, and ordinary mail waits for neither', async (t) => {
    // NgDP takes 3 s a message: 200 of them keep the bulk slots busy for about half a minute.
    await sandbox.fault('slow');
    const bulk = citizens(200, 1000);
    const numbers = new Set(bulk.map((address) => address.split('@')[0]));
    const bulkArrived = async () => (await sandbox.messages()).filter(({ recipientID }) => numbers.has(recipientID)).length;
    await hand('Til mange', bulk);
    await until(async () => (await bulkArrived()) > 0, 60_000, 'the first of the bulk');
    const started = performance.now();
    await hand('Til én', [ngdp(citizen(702))]);
    await hand('Til en kollega', ['sagsbehandler@kommune.example']);
    const mails = async () => (await sandbox.mailbox('sagsbehandler@kommune.example')).map(({ subject }) => subject);
    await until(async () => (await mails()).includes('Til en kollega'), 10_000, 'the ordinary mail');
    const ordinaryMs = Math.round(performance.now() - started);
    await until(async () => (await labelsTo(citizen(702))).length === 1, 15_000, 'the single message');
    const behind = 200 - (await bulkArrived());
    t.diagnostic(`mail after ${ordinaryMs} ms, single after ${Math.round(performance.now() - started)} ms, ${behind} of the bulk still to come`);
    assert.ok(behind > 20, `only ${behind} of the bulk were overtaken`);
    await sandbox.fault('none');
    await until(async () => (await bulkArrived()) === 200, 60_000, 'the bulk');
  });

  it('overtake a mass send, and mit.dk does not notice it, while NgDP takes three seconds for each call (T33)', async () => {
    await sandbox.fault('slow');
    const numbers = Array.from({ length: 3_000 }, (_, n) => citizen(2_000 + n));
    const mass = await send(sandbox, [`masseforsendelse-3000@${OWN_CVR}.ngdp.digital-post.dk`], {
      subject: 'Til tre tusind', attachments: [{ filename: 'masseforsendelse.txt', content: numbers.join('\n') }],
    });
    await until(async () => (await arrivals(sandbox, mass)).length > 0, 60_000, 'the first of the mass send');
    const started = performance.now();
    const single = await send(sandbox, [ngdp(citizen(703))], { subject: 'Til én imens' });
    const other = await send(sandbox, [`${citizen(703)}@${OWN_CVR}.mitdk.digital-post.dk`], { subject: 'Til mit.dk imens' });
    await until(async () => (await arrivals(sandbox, other, 'mitdk')).length === 1, 30_000, 'the message to mit.dk');
    await until(async () => (await arrivals(sandbox, single)).length === 1, 30_000, 'the single message');
    assert.ok((await arrivals(sandbox, mass)).length < 3_000, `not overtaken in ${Math.round(performance.now() - started)} ms`);
    await sandbox.fault('none');
    await until(async () => (await arrivals(sandbox, mass)).length === 3_000, 60_000, 'the whole mass send');
  });
});
