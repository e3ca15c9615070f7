import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { writeMergeColumns } from '../../../src/domain/merge-columns.ts';
import { GatewayInWorld } from '../gateway-in-world.ts';
import { letter, SmtpWire } from '../../journeys/running-sandbox.ts';
import { until } from '../../sandbox/eventually.ts';
import { handOver } from '../../journeys/smtp-hand-over.ts';
import { basic } from './api-in-process.ts';

const PATIENCE_MS = 20_000;
const FAGSYSTEM = basic('fagsystem', 'kun-til-oevelse');
const NABO = basic('nabo-fagsystem', 'kun-til-oevelse-3');
const NANCY = '2512489996';
const CVR = '35833684';
const TOVE = `1509819996@${CVR}.ngdp.digital-post.dk`;

interface Status {
  readonly state: string;
  readonly done: boolean;
  readonly heldUntil: string | null;
  readonly counts: { readonly delivered: number; readonly failed: number; readonly stopped: number; readonly pending: number; readonly all: number };
  readonly problems: readonly { readonly code: string }[];
  readonly stopped: { readonly by: string } | null;
  readonly messageId: string;
  readonly recipients: readonly { readonly outcome: string }[];
}

let world: GatewayInWorld;
before(async () => {
  world = await GatewayInWorld.start();
});
after(() => world[Symbol.asyncDispose]());

async function call(path: string, body?: unknown, authorization = FAGSYSTEM): Promise<{ status: number; json: Record<string, unknown> }> {
  const answer = await fetch(`http://127.0.0.1:${world.gateway?.httpPort}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

async function accepted(path: string, body: unknown): Promise<string> {
  const { status, json } = await call(path, body);
  assert.equal(status, 202, JSON.stringify(json));
  return String(json['href']);
}

const statusOf = async (href: string) => (await call(href)).json as unknown as Status;

async function whenDone(href: string): Promise<Status> {
  await until(async () => (await statusOf(href)).done, PATIENCE_MS, `${href} is done`);
  return await statusOf(href);
}

const message = (more: object) => ({ from: 'sikkerpost@kommune.example', subject: 'Afgørelse', text: 'Kære borger', ...more });

describe('a program, through to the end', () => {
  it('sends to a citizen, one who is not registered, and an outsider, each once, and reads what became of it', async () => {
    const to = [`${NANCY}@${CVR}.ngdp.digital-post.dk`, TOVE, 'nogen@andetsteds.example'];
    const href = await accepted('/api/messages', message({ to }));
    const status = await whenDone(href);
    assert.deepEqual(status.counts, { delivered: 2, failed: 1, stopped: 0, pending: 0, all: 3 });
    assert.equal((await world.exchange.mailboxes.list('nogen@andetsteds.example')).length, 1);
    const receipt = async () => (await world.exchange.mailboxes.list('sikkerpost@kommune.example')).at(-1);
    await until(async () => (await receipt())?.subject.startsWith('Kvittering: Afgørelse') ?? false, PATIENCE_MS, 'the receipt comes by mail too');

    const again = await call(`${href}/resend-failed`, {});
    assert.equal(again.status, 202, JSON.stringify(again.json));
    const twice = await call(`${href}/resend-failed`, {});
    assert.deepEqual([again.json['outcome'], twice.json['outcome'], twice.json['id']], ['sent', 'already-sent', again.json['id']]);
    const resent = await whenDone(String(again.json['href']));
    assert.deepEqual(resent.counts, { delivered: 0, failed: 1, stopped: 0, pending: 0, all: 1 });
  });

  it('is told of a fault in the content by status, with the catalogue’s code', async () => {
    const attachments = [{ filename: 'spil.exe', contentBase64: Buffer.from('MZ').toString('base64') }];
    const href = await accepted('/api/messages', message({ to: [`${NANCY}@${CVR}.ngdp.digital-post.dk`], attachments }));
    const status = await whenDone(href);
    assert.equal(status.state, 'refused');
    assert.deepEqual(status.problems.map(({ code }) => code), ['file-type-not-allowed']);
  });

  it('sends later, and takes it back before then', async () => {
    const sendAt = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}.000Z`;
    const href = await accepted('/api/messages', message({ to: [`${NANCY}@${CVR}.ngdp.digital-post.dk`], sendAt }));
    await until(async () => (await statusOf(href)).state === 'expanded', PATIENCE_MS, 'it is read');
    assert.equal((await statusOf(href)).heldUntil, sendAt);
    const stopped = await call(`${href}/stop`, {});
    assert.deepEqual([stopped.status, stopped.json['counts']], [200, { left: 0, inTheAir: 0, stopped: 1 }]);
    const status = await whenDone(href);
    assert.deepEqual([status.counts.failed, status.counts.stopped, status.stopped?.by], [0, 1, 'fagsystem']);
    assert.equal(status.recipients[0]?.outcome, 'stopped');
    assert.equal((await call(`${href}/stop`, {})).json['outcome'], 'already-stopped');
    assert.equal((await call(href, undefined, NABO)).status, 404);
  });

  it('sends to a list, and to each their own letter', async () => {
    const mass = { from: 'jobcenter@kommune.example', sender: 'dfebd0ca-e211-47e4-af3a-f0d3344f018e', subject: 'Til alle', text: 'Kære alle' };
    const href = await accepted('/api/mass-sends', { ...mass, recipients: [NANCY, '291182-9996', '1509819996'] });
    assert.deepEqual((await whenDone(href)).counts, { delivered: 2, failed: 1, stopped: 0, pending: 0, all: 3 });
    const columns = Buffer.from(writeMergeColumns(['Nummer', 'Navn'], [['2911829996', 'Kirsten'], [NANCY, 'Nancy']]));
    const filled = await accepted('/api/mass-sends', {
      ...mass, subject: 'Til {Navn}', text: 'Kære {Navn}', recipients: [NANCY, '291182-9996'], columnsBase64: columns.toString('base64'),
    });
    assert.equal((await whenDone(filled)).counts.delivered, 2);
    const titles = (await world.ngdp.messages.list('ngdp')).filter(({ label }) => /^Til [KN]/.test(label));
    assert.deepEqual(titles.map(({ recipientID, label }) => `${recipientID} ${label}`).toSorted(), [`${NANCY} Til Nancy`, '2911829996 Til Kirsten'].toSorted());
  });
});

describe('the right to send', () => {
  const own = ['sikkerpost', 'jobcenter', 'borgerservice', 'hr', 'sagsbehandler', 'SikkerPost'].map((name) => `${name}@kommune.example`);
  const strange = ['sikkerpost@nabo.example', 'nogen@andetsteds.example', 'sikkerpost@evil-kommune.example'];
  const senders = [
    CVR, '97281536', '12345678', 'dfebd0ca-e211-47e4-af3a-f0d3344f018e', '163710ae-5078-350c-0000-000000000440',
    '5b0a1c52-7d0e-4c39-9a6e-2f3f7c1d8e90', '00000000-0000-4000-8000-000000000000',
  ];
  const recipients = [
    ...senders.map((sender) => `${NANCY}-reply@${sender}.ngdp.digital-post.dk`),
    `${NANCY}@${CVR}.mitdk.digital-post.dk`, `${NANCY}@digital-post.dk`, `${NANCY}@97281536.eboks.digital-post.dk`,
    `masseforsendelse-2@${CVR}.ngdp.digital-post.dk`, `masseforsendelse-0@${CVR}.ngdp.digital-post.dk`,
    `${NANCY}.dfebd0ca-e211-47e4-af3a-f0d3344f018e@${CVR}.ngdp.digital-post.dk`,
    'noget@digital-post.dk', 'nogen@andetsteds.example',
  ];

  before(async () => {
    await world.stopGateway();
    await world.startGateway({ env: { ROLES: 'accept' } });
  });

  it('is the same as by SMTP, for every mailbox and recipient', async () => {
    const wire = await SmtpWire.open(world.smtpPort);
    await wire.say('EHLO program');
    let allowed = 0;
    for (const from of own) {
      for (const to of recipients) {
        const raw = letter({ from, to: [to], subject: 'Ret' });
        const answers = await handOver(wire, { mailFrom: from, to: [to], raw });
        const { status, json } = await call('/api/messages', { from, to: [to], subject: 'Ret', text: 'x' });
        assert.equal(status === 202, answers.data === 250, `${from} ${to}: ${answers.text} ${JSON.stringify(json)}`);
        if (status === 202) allowed += 1;
        else assert.ok([403, 422].includes(status), `${from} ${to}: ${status}`);
      }
    }
    wire.vanish();
    assert.ok(allowed > 20 && allowed < own.length * recipients.length);
  });

  it('never reaches another organisation’s mailboxes, nor those of strangers', async () => {
    for (const from of strange) {
      for (const to of recipients) {
        const { status } = await call('/api/messages', { from, to: [to], subject: 'Ret', text: 'x' });
        assert.ok(status === 403 || status === 422, `${from} ${to}: ${status}`);
      }
    }
    assert.equal((await call('/api/messages', { from: own[0], to: ['a@andre.example'], subject: 'Ret', text: 'x' }, NABO)).status, 403);
  });
});
