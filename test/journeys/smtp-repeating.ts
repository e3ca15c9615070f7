import assert from 'node:assert/strict';
import { letter, type RunningSandbox, type SmtpWire } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handOver } from './smtp-hand-over.ts';

export const FROM = 'sikkerpost@kommune.example';
export const PATIENCE_MS = 90_000;

export const to = (number: string): string => `${number}@35833684.ngdp.digital-post.dk`;

/** Hands mails over to a sandbox again and again, each time on a line of its own, as Exchange does. */
export class Repeating {
  readonly #sandbox: RunningSandbox;

  constructor(sandbox: RunningSandbox) {
    this.#sandbox = sandbox;
  }

  async line(): Promise<SmtpWire> {
    const wire = await this.#sandbox.wire();
    await wire.say('EHLO exchange.kommune.example');
    return wire;
  }

  /** The answer to the whole of a hand-over. */
  async give(raw: string, recipients: readonly string[], from = FROM): Promise<number> {
    const wire = await this.line();
    const { data } = await handOver(wire, { mailFrom: from, to: recipients, raw });
    wire.vanish();
    return data;
  }

  /** Waits until a mail given now is through, and each of these has come; whatever was given before is through too. */
  async settled(labels: readonly string[]): Promise<void> {
    const end = `Sidst ${crypto.randomUUID()}`;
    assert.equal(await this.give(letter({ to: [to('1234567890')], subject: end }), [to('1234567890')]), 250);
    await until(async () => (await this.#sandbox.mailbox(FROM)).some(({ subject }) => subject.includes(end)), PATIENCE_MS, end);
    await until(async () => {
      const seen = await this.labels();
      return labels.every((label) => seen.has(label));
    }, PATIENCE_MS, 'every mail');
  }

  /** How many messages have come under each label. */
  async labels(): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { label } of await this.#sandbox.messages()) counts.set(label, (counts.get(label) ?? 0) + 1);
    return counts;
  }
}
