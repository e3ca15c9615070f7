import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { after, before, describe, it } from 'node:test';
import { citizen, ngdp, OWN_CVR } from '../journeys/citizens.ts';
import { until } from '../sandbox/eventually.ts';
import { HoldWorld } from './hold-world.ts';
import { openTestCertificates } from './test-certificates.ts';

const RECIPIENTS = 1_000;

describe('certificates that are swapped while the gateway runs', () => {
  let world: HoldWorld;
  before(async () => {
    // One by one, so that there are a thousand calls.
    world = await HoldWorld.start({ FILES_POLL_MS: '50', MASS_CONTAINER_RECIPIENTS_MIN: '100000', NGDP_CALL_TIMEOUT_MS: '20000' });
  });
  after(() => world[Symbol.asyncDispose]());

  const logged = (text: string) => world.inner.logLines.filter((line) => line.includes(text)).length;
  const fingerprintOf = async (file: string) => new X509Certificate(await readFile(file)).fingerprint256;

  it('lose no message of a running send to a thousand, of which the last are sent with the new one', async () => {
    const { certificates, ngdp: network } = world.inner;
    const current = certificates.organisations.get(OWN_CVR);
    const renewed = certificates.renewed.get(OWN_CVR);
    const system = network.systems[0];
    assert.ok(current && renewed && system);
    const lines = Array.from({ length: RECIPIENTS }, (_, n) => citizen(n));
    const mail = await world.hand([`masseforsendelse-${RECIPIENTS}@${OWN_CVR}.ngdp.digital-post.dk`], {
      subject: 'Under skiftet', attachments: [{ filename: 'masseforsendelse.txt', content: lines.join('\n') }],
    });
    await until(async () => (await world.arrived(mail)) > RECIPIENTS / 10, 60_000, 'a send under way');
    // As an administrator does it: one file after the other, with time for a look in between.
    await copyFile(renewed.certificateFile, current.certificateFile);
    await until(async () => Promise.resolve(logged('"certificate-unfit"') > 0), 10_000, 'a certificate without its key');
    const before = await world.arrived(mail);
    await copyFile(renewed.keyFile, current.keyFile);
    await until(async () => Promise.resolve(logged('"certificate-renewed"') > 0), 10_000, 'the new one in use');
    assert.ok(before < RECIPIENTS, 'the send was over before the swap');
    await world.untilStatus(mail, 'completed', RECIPIENTS, 90_000);
    assert.equal(await world.arrived(mail), RECIPIENTS);
    assert.equal(await world.inner.number(`select count(*) from delivery where submission_id = ${mail.id} and attempts <> 1`), 0, 'tries that failed');
    assert.ok(system.certificates.has(await fingerprintOf(renewed.certificateFile)), 'NgDP has seen the new one');
  });

  it('are shown by the SMTP door to those who connect afterwards, while who is connected stays so', async () => {
    const { gateway } = world.inner.certificates;
    const made = await openTestCertificates(world.inner.folder);
    const door = await made.issue('smtp-ny');
    const shown = async () => await overStartTls(world.inner.smtpPort);
    const first = await shown();
    assert.equal(first.fingerprint, await fingerprintOf(gateway.certificateFile));
    await copyFile(door.certificateFile, gateway.certificateFile);
    await copyFile(door.keyFile, gateway.keyFile);
    await until(async () => Promise.resolve(world.inner.logLines.filter((line) => line.includes('"certificate-renewed"') && line.includes('"of":"smtp"')).length > 0), 10_000, 'renewed');
    const second = await shown();
    assert.equal(second.fingerprint, await fingerprintOf(door.certificateFile));
    assert.match(await first.say('NOOP'), /^250/);
    for (const { socket } of [first, second]) socket.destroy();
  });

  it('stay as they were while the files are half-written, and a mail goes meanwhile', async () => {
    const current = world.inner.certificates.organisations.get(OWN_CVR);
    assert.ok(current);
    const whole = await readFile(current.certificateFile, 'utf8');
    const unfit = logged('"certificate-unfit"');
    await writeFile(current.certificateFile, whole.slice(0, whole.length / 2));
    await until(async () => Promise.resolve(logged('"certificate-unfit"') > unfit), 10_000, 'noticed');
    await world.untilStatus(await world.hand([ngdp(citizen(1))], { subject: 'Halvt skrevet' }), 'completed', 1);
    await writeFile(current.certificateFile, whole);
  });
});

interface SecureConversation {
  readonly socket: TLSSocket;
  readonly fingerprint: string;
  say(line: string): Promise<string>;
}

/** Connects, changes to TLS, and tells which certificate was shown. */
async function overStartTls(port: number): Promise<SecureConversation> {
  const plain = connect(port, '127.0.0.1');
  const next = (socket: NodeJS.ReadableStream) => new Promise<string>((resolve) => socket.once('data', (data: Buffer) => resolve(data.toString())));
  await next(plain);
  plain.write('EHLO prøve.example\r\n');
  await next(plain);
  plain.write('STARTTLS\r\n');
  await next(plain);
  const socket = connectTls({ socket: plain, rejectUnauthorized: false });
  await new Promise((resolve) => socket.once('secureConnect', resolve));
  return {
    socket,
    fingerprint: socket.getPeerCertificate().fingerprint256,
    async say(line) {
      socket.write(`${line}\r\n`);
      return await next(socket);
    },
  };
}
