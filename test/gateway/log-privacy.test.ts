import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { SMTPServer } from 'smtp-server';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { until } from '../sandbox/eventually.ts';
import { HoldWorld, SIKKERPOST, type HandedMail } from './hold-world.ts';

/** Stands in everything private that the road meets. */
const MARK = 'Kvintessens';
const CPR = '2512489996';
const SENDER = `${MARK}.fra@kommune.example`.toLowerCase();

/** A network and an Exchange that answer with words of a mail in whatever place there is for words. */
class TalkativeWorld implements AsyncDisposable {
  /** What the network does with a message. */
  status = 400;
  body = JSON.stringify({ code: `${MARK} i koden`, message: `${MARK} i teksten om ${CPR}` });
  receipts = JSON.stringify({ receipts: [] });
  readonly #network: Server;
  readonly #exchange: SMTPServer;
  /** Taken by Exchange. */
  mails = 0;

  private constructor(network: Server, exchange: SMTPServer) {
    this.#network = network;
    this.#exchange = exchange;
  }

  static async open(files: { readonly certificateFile: string; readonly keyFile: string }): Promise<TalkativeWorld> {
    const [cert, key] = await Promise.all([readFile(files.certificateFile), readFile(files.keyFile)]);
    const network = createServer({ cert, key }, (request, response) => {
      request.resume().on('end', () => {
        const isReceipts = request.url?.includes('receipts') === true;
        response.writeHead(isReceipts ? 200 : world.status, { 'content-type': 'application/json' });
        response.end(isReceipts ? world.receipts : world.body);
      });
    });
    const exchange = new SMTPServer({
      authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], logger: false,
      onRcptTo: ({ address }, _session, callback) =>
        callback(address.includes('nej') ? Object.assign(new Error(`${MARK} vil vi ikke have`), { responseCode: 550 }) : null),
      onData(stream, _session, callback) {
        stream.resume().on('end', () => {
          world.mails += 1;
          callback(null);
        });
      },
    });
    const world = new TalkativeWorld(network, exchange);
    await new Promise<void>((resolve) => network.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => exchange.listen(0, '127.0.0.1', () => resolve()));
    return world;
  }

  get env(): Readonly<Record<string, string>> {
    const { port } = this.#network.address() as AddressInfo;
    const relay = (this.#exchange.server.address() as AddressInfo).port;
    return { NGDP_URL: `https://localhost:${port}/`, RELAY_PORT: String(relay) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#network.closeAllConnections();
    await new Promise((resolve) => this.#network.close(resolve));
    await new Promise<void>((resolve) => this.#exchange.close(() => resolve()));
  }
}

describe('the technical log', () => {
  let world: HoldWorld;
  let outside: TalkativeWorld;
  before(async () => {
    world = await HoldWorld.start({ DELIVERY_RETRY_FIRST_MS: '50', DELIVERY_RETRY_MAX_MS: '100' }, (organisation) => ({
      ...organisation,
      mailboxGroup: null,
      secureMailboxes: organisation.secureMailboxes.flatMap((mailbox) =>
        mailbox.address === SIKKERPOST ? [mailbox, { ...mailbox, address: SENDER }] : [mailbox]),
    }));
    outside = await TalkativeWorld.open(world.inner.certificates.network);
  });
  after(async () => {
    await world[Symbol.asyncDispose]();
    await outside[Symbol.asyncDispose]();
  });

  const restart = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
    await world.inner.stopGateway();
    world.inner.logLines.length = 0;
    await world.inner.startGateway({ env: { ...outside.env, ...env } });
  };
  const hand = (to: readonly string[], more: Parameters<HoldWorld['hand']>[1] = { subject: `${MARK} emne, vedr. ${CPR}` }): Promise<HandedMail> =>
    world.hand(to, {
      from: `"${MARK} Navn" <${SENDER}>`, sender: `${MARK}@kommune.example`, replyTo: `${MARK}.oprindelig@example.org`, text: `${MARK}\n`,
      attachments: [{ filename: `${MARK}.txt`, content: MARK }], ...more,
    });
  /** One mail after another that goes wrong in each place where something can. */
  const everythingGoesWrong = async (): Promise<void> => {
    outside.status = 400;
    await world.untilStatus(await hand([ngdp(citizen(1))]), 'refused', 1);
    await world.untilStatus(await hand(['nej@example.org']), 'refused', 1);
    assert.equal(await world.read(await hand([ngdp(citizen(2))], { subject: `${MARK} afvist`, attachments: [{ filename: `${MARK}.exe`, content: 'MZ' }] })), 'refused');
    await assert.rejects(hand([`${MARK}.forkert.ngdp.digital-post.dk@digital-post.dk`]));
    await assert.rejects(hand([ngdp(CPR, '99999999')]));
    // One that cannot be made: its letter's bytes are gone.
    outside.status = 503;
    const spoilt = await hand([ngdp(citizen(3))]);
    await until(async () => (await world.inner.number(`select count(*) from delivery where submission_id = ${spoilt.id} and attempts > 0`)) > 0, 20_000, 'a try');
    await world.inner.database.query(`delete from blob_chunk where blob_id = (select (letter->'main'->>'blob')::bigint from submission where id = ${spoilt.id})`);
    // Until it is set aside the network stays busy: a try whose bytes were read before must not be refused instead.
    await world.untilStatus(spoilt, 'parked', 1);
    outside.status = 400;
    // Receipts that cannot be read, one that matches nothing, and one with a status of its own.
    outside.receipts = `{"receipts": "${MARK}" og ikke JSON`;
    await until(async () => Promise.resolve(world.inner.logLines.some((line) => line.includes('"chore-failed"'))), 20_000, 'a failed fetch');
    outside.receipts = JSON.stringify({ receipts: [
      { id: `${MARK}`, messageUUID: `${MARK}`, receiptStatus: MARK, errorCode: `${MARK} fejl`, errorMessage: MARK, transmissionId: MARK },
    ] });
    await until(async () => Promise.resolve(world.inner.logLines.some((line) => line.includes('"receipt-unmatched"'))), 20_000, 'a strange receipt');
    outside.receipts = JSON.stringify({ receipts: [] });
  };
  const metrics = async () => await (await fetch(`http://127.0.0.1:${world.inner.gateway?.httpPort ?? 0}/metrics`)).text();
  const withMark = (lines: readonly string[]) => lines.filter((line) => line.toLowerCase().includes(MARK.toLowerCase()));

  it('holds nothing of a mail, of its sender, or of what others write about it, and neither do the metrics', async () => {
    await restart();
    await everythingGoesWrong();
    assert.deepEqual(withMark(world.inner.logLines), []);
    assert.deepEqual(withMark((await metrics()).split('\n')), []);
    const all = world.inner.logLines.join('') + (await metrics());
    for (const number of [CPR, citizen(1), citizen(2), citizen(3)]) assert.ok(!all.includes(number), number);
    // What is of use stays: the states, the codes, and where an error came up.
    assert.match(all, /"state":"refused","reason":"unreadable-code"/);
    assert.match(all, /"state":"refused","reason":"smtp\.550"/);
    assert.match(all, /"hand-over-failed","reason":"Error: a file content announced/);
    assert.match(all, /"chore-failed","reason":"SyntaxError at /);
  });

  it('holds subjects, senders and the texts of others where the settings say so, CPR numbers masked', async () => {
    await restart({ LOG_SUBJECTS: 'on', LOG_SENDERS: 'on', LOG_ERROR_TEXTS: 'on' });
    await everythingGoesWrong();
    const all = world.inner.logLines.join('');
    assert.match(all, new RegExp(`"state":"expanded".*"subject":"${MARK} emne, vedr\\. 251248-xxxx","from":"${SENDER}"`));
    assert.match(all, new RegExp(`"state":"refused".*"errorText":"${MARK} i teksten om 251248-xxxx"`));
    assert.match(all, new RegExp(`"errorText":"[^"]*${MARK} vil vi ikke have`));
    assert.ok(!all.includes(CPR));
  });
});
