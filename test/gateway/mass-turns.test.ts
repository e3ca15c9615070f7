import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { writeMergeColumns } from '../../src/domain/merge-columns.ts';
import { citizen, ngdp, OWN_CVR } from '../journeys/citizens.ts';
import { letter, SmtpWire } from '../journeys/running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handOver } from '../journeys/smtp-hand-over.ts';
import { GatewayInWorld } from './gateway-in-world.ts';

const MAILBOX = 'sikkerpost@kommune.example';
const PATIENCE_MS = 60_000;
const LETTERS = 300;
const MASS_SENDS = 6;

/** A mass send whose letters are filled in. */
function merge(n: number): { readonly to: readonly string[]; readonly raw: string } {
  const numbers = Array.from({ length: LETTERS }, (_, line) => citizen(line));
  const part = (name: string, content: Uint8Array | string): readonly string[] => [
    '--x', `Content-Type: application/octet-stream; name=${name}`, `Content-Disposition: attachment; filename=${name}`,
    'Content-Transfer-Encoding: base64', '', Buffer.from(content as string).toString('base64').replaceAll(/.{76}/g, '$&\r\n'),
  ];
  const raw = [
    `From: ${MAILBOX}`, `Subject: Flettet ${String(n)}`, `Message-ID: <${crypto.randomUUID()}@example>`, 'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x', '', '--x', 'Content-Type: text/plain', '', 'Kære {Navn}',
    ...part('masseforsendelse.txt', numbers.join('\r\n')),
    ...part('masseforsendelse.csv', writeMergeColumns(['Nummer', 'Navn'], numbers.map((number, line) => [number, `Nr. ${String(line)}`]))),
    '--x--', '',
  ].join('\r\n');
  return { to: [`MASSEFORSENDELSE-${String(LETTERS)}@${OWN_CVR}.ngdp.digital-post.dk`], raw };
}

describe('while more mass sends than there are slots wait to have their letters filled in', () => {
  it('a single letter that came after them all is read before any of them is done, and no more of them are read than may', async () => {
    await using world = await GatewayInWorld.start({ env: { ROLES: 'accept', CONVERT_CONCURRENCY: '4', MASS_CONVERT_CONCURRENCY: '2', MASS_MERGE_BATCH_LETTERS: '1' } });
    const wire = await SmtpWire.open(world.smtpPort);
    await wire.say('EHLO exchange.example');
    const to = [ngdp(citizen(3000))];
    const mails = [...Array.from({ length: MASS_SENDS }, (_, n) => merge(n)), { to, raw: letter({ from: MAILBOX, to, subject: 'Et brev' }) }];
    for (const mail of mails) {
      const { data, text } = await handOver(wire, { mailFrom: MAILBOX, ...mail });
      assert.equal(data, 250, text);
    }
    wire.vanish();
    await world.stopGateway();
    await world.startGateway({ env: { ROLES: 'accept,work' } });
    const filling = () => new Set(world.logLines.flatMap((line) => /"id":"(s\d+)","state":"filling-letters"/.exec(line)?.[1] ?? []));
    await until(async () => filling().size > 0, PATIENCE_MS, 'letters that are filled in');
    await until(async () => (await world.number(`select count(*) from submission where state = 'expanded' and subject = 'Et brev'`)) === 1, PATIENCE_MS, 'the single letter');
    assert.equal(await world.number(`select count(*) from submission where state = 'expanded' and is_mass_send(recipients)`), 0);
    assert.equal(await world.number(`select count(*) from submission where state = 'converting' and is_mass_send(recipients)`), 2);
    assert.ok(filling().size <= 2, [...filling()].join());
  });
});
