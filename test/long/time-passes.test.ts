import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTransport } from 'nodemailer';
import { citizen, ngdp } from '../journeys/citizens.ts';
import { readNotice, type NoticeRead } from '../journeys/receipt-reading.ts';
import { letter } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { GatewayInWorld } from '../gateway/gateway-in-world.ts';

const FROM = 'sikkerpost@kommune.example';
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A gateway whose clock a test turns, with the outside that shows what came of it. */
class TurnedWorld implements AsyncDisposable {
  readonly #world: GatewayInWorld;
  readonly #clock: { aheadMs: number };

  private constructor(world: GatewayInWorld, clock: { aheadMs: number }) {
    this.#world = world;
    this.#clock = clock;
  }

  static async start(): Promise<TurnedWorld> {
    const clock = { aheadMs: 0 };
    const now = () => new Date(Date.now() + clock.aheadMs);
    return new TurnedWorld(await GatewayInWorld.start({ surroundings: { now, random: () => 0 } }), clock);
  }

  get ngdp() {
    return this.#world.ngdp;
  }

  /** So long after the start, by the gateway's clock. */
  turnTo(aheadMs: number): void {
    this.#clock.aheadMs = aheadMs;
  }

  /** Hands a mail over; its Message-ID. */
  async hand(subject: string, numbers: readonly string[]): Promise<string> {
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const to = numbers.map((number) => ngdp(number));
    const transport = createTransport({ host: '127.0.0.1', port: this.#world.smtpPort, ignoreTLS: true });
    await transport.sendMail({ envelope: { from: FROM, to }, raw: letter({ to, subject, messageId }) });
    transport.close();
    return messageId;
  }

  async notices(messageId?: string): Promise<readonly NoticeRead[]> {
    const notices: NoticeRead[] = [];
    for (const { id } of await this.#world.exchange.mailboxes.list(FROM)) {
      const mail = await this.#world.exchange.mailboxes.find(FROM, id);
      if (!mail) continue;
      const pieces: Uint8Array[] = [];
      for await (const piece of this.#world.exchange.bodies.read(mail.body)) pieces.push(piece);
      notices.push(await readNotice(Buffer.concat(pieces)));
    }
    return messageId === undefined ? notices : notices.filter(({ inReplyTo }) => inReplyTo === messageId);
  }

  async subjects(messageId: string): Promise<readonly string[]> {
    return (await this.notices(messageId)).map(({ subject }) => subject);
  }

  async labelsTo(number: string): Promise<readonly string[]> {
    const messages = await this.ngdp.messages.list('ngdp');
    return messages.filter(({ recipientID }) => recipientID === number).map(({ label }) => label);
  }

  /** Deliveries in a status. */
  async count(status: string): Promise<number> {
    return await this.#world.number(`select count(*) from delivery where status = '${status}'`);
  }

  /** Waits until the work that time alone brings about has been done twice more: once at least wholly after now. */
  async timeIsFollowed(): Promise<void> {
    // The chore that follows time ends by forgetting hand-overs, so one of long ago is gone when it has been round.
    for (let round = 0; round < 2; round++) {
      await this.#world.database.query(`insert into handover values (decode(md5(random()::text), 'hex'), '2000-01-01')`);
      await until(
        async () => (await this.#world.number(`select count(*) from handover where taken_at < '2001-01-01'`)) === 0,
        20_000, 'the chore that follows time',
      );
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#world[Symbol.asyncDispose]();
  }
}

describe('NgDP away for days', () => {
  it('warns the sender once after 4 hours, and delivers in order when NgDP is back after 4 days', async () => {
    await using world = await TurnedWorld.start();
    await world.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const number = citizen(0);
    const subjects = ['Første', 'Anden', 'Tredje', 'Fjerde', 'Femte'];
    const ids: string[] = [];
    for (const [n, subject] of subjects.entries()) {
      ids.push(await world.hand(subject, [number]));
      // The order of hand-over is what counts; each mail has been read before the next comes.
      await until(async () => (await world.count('waiting')) + (await world.count('sending')) === n + 1, 20_000, 'the delivery');
    }
    world.turnTo(3.9 * HOUR_MS);
    await world.timeIsFollowed();
    assert.deepEqual(await world.notices(), []);
    for (const aheadMs of [4.1 * HOUR_MS, DAY_MS, 4 * DAY_MS]) {
      world.turnTo(aheadMs);
      await until(async () => (await world.notices()).length >= ids.length, 20_000, 'a warning for each mail');
      await world.timeIsFollowed();
    }
    for (const [n, id] of ids.entries()) {
      assert.deepEqual(await world.subjects(id), [`Beskeden er ikke nået frem endnu: ${subjects[n]}`]);
    }
    await world.ngdp.settings.setFault({ mode: 'none' });
    world.turnTo(4 * DAY_MS + 2 * HOUR_MS);
    await until(async () => (await world.notices()).length >= 2 * ids.length, 60_000, 'the receipts');
    assert.deepEqual(await world.labelsTo(number), subjects);
    for (const [n, id] of ids.entries()) {
      assert.deepEqual((await world.subjects(id)).slice(1), [`Kvittering: ${subjects[n]} – 1 leveret`]);
    }
  });

  it('gives up after 5 days, tells every sender, and sends nothing when NgDP comes back then', async () => {
    await using world = await TurnedWorld.start();
    await world.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const numbers = [citizen(1), citizen(2)];
    const ids = [await world.hand('For sent', numbers), await world.hand('Også for sent', [citizen(3)])];
    await until(async () => (await world.count('waiting')) === 3, 20_000, 'three deliveries that wait');
    world.turnTo(4.9 * DAY_MS);
    await world.timeIsFollowed();
    assert.equal(await world.count('expired'), 0);
    world.turnTo(5 * DAY_MS + HOUR_MS);
    for (const [n, id] of ids.entries()) {
      await until(async () => (await world.subjects(id)).length === 2, 30_000, 'warning and receipt');
      const receipt = (await world.notices(id)).at(-1);
      assert.match(receipt?.subject ?? '', n === 0 ? /0 leveret, 2 fejlet$/ : /0 leveret, 1 fejlet$/);
      assert.match(receipt?.text ?? '', /Intet svar i 5 dage/);
      assert.ok(receipt?.copy?.recipients.every(({ status }) => status === 'expired'));
    }
    await world.ngdp.settings.setFault({ mode: 'none' });
    world.turnTo(5 * DAY_MS + 3 * HOUR_MS);
    const later = await world.hand('Den næste', [citizen(1)]);
    await until(async () => (await world.subjects(later)).length === 1, 30_000, 'the receipt of a later mail');
    assert.deepEqual((await world.ngdp.messages.list('ngdp')).map(({ label }) => label), ['Den næste']);
  });
});

describe('business receipts that stay away', () => {
  it('give the sender what is known at the deadline, and a second receipt when the rest has come', async () => {
    await using world = await TurnedWorld.start();
    const numbers = ['2512489996', '1509819996', '2911829996'];
    await world.ngdp.settings.setReceipts({ withhold: true });
    const id = await world.hand('Hos tre', numbers);
    await until(async () => (await world.count('handed-over')) === 3, 20_000, 'three messages handed over');
    const messages = await world.ngdp.messages.list('ngdp');
    const give = async (number: string, receiptStatus: string) => {
      const messageUUID = messages.find(({ recipientID }) => recipientID === number)?.messageUUID;
      const [system] = world.ngdp.systems;
      await world.ngdp.receipts.give('ngdp', system?.systemId ?? '', { messageUUID, receiptStatus });
    };
    await give('2512489996', 'COMPLETED');
    await until(async () => (await world.count('completed')) === 1, 20_000, 'the first receipt');
    world.turnTo(23 * HOUR_MS);
    await world.timeIsFollowed();
    assert.deepEqual(await world.notices(), []);
    for (const aheadMs of [25 * HOUR_MS, 3 * DAY_MS, 6 * DAY_MS]) {
      world.turnTo(aheadMs);
      await until(async () => (await world.notices()).length >= 1, 20_000, 'the receipt of what is known');
      await world.timeIsFollowed();
    }
    const [first, ...others] = await world.notices(id);
    assert.equal(others.length, 0);
    assert.equal(first?.subject, 'Kvittering: Hos tre – 1 leveret, 2 uden kvittering');
    assert.deepEqual(first?.copy?.counts, { delivered: 1, failed: 0, stopped: 0, pending: 2, all: 3 });
    await give('1509819996', 'INVALID');
    await until(async () => (await world.count('refused')) === 1, 20_000, 'the second receipt');
    await give('2911829996', 'COMPLETED');
    await until(async () => (await world.notices(id)).length === 2, 20_000, 'the second receipt mail');
    assert.equal((await world.notices(id)).at(-1)?.subject, 'Kvittering: Hos tre – 2 leveret, 1 fejlet');
  });

  it('are missed from the hand-over on, not from the day on which the mail came', async () => {
    await using world = await TurnedWorld.start();
    await world.ngdp.settings.setReceipts({ withhold: true });
    await world.ngdp.settings.setFault({ mode: 'status', status: 503 });
    const id = await world.hand('Sent frem', [citizen(4)]);
    await until(async () => (await world.count('waiting')) === 1, 20_000, 'a delivery that waits');
    world.turnTo(2 * DAY_MS);
    await world.ngdp.settings.setFault({ mode: 'none' });
    await until(async () => (await world.count('handed-over')) === 1, 20_000, 'the hand-over');
    await world.timeIsFollowed();
    const receipts = async () => (await world.subjects(id)).filter((subject) => subject.startsWith('Kvittering'));
    assert.deepEqual(await receipts(), []);
    world.turnTo(3 * DAY_MS + HOUR_MS);
    await until(async () => (await receipts()).length === 1, 20_000, 'the receipt of what is known');
  });
});
