import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { letter, SmtpWire } from '../../journeys/running-sandbox.ts';
import { removeFolder, temporaryFolder } from '../../sandbox/outside-world.ts';
import { GatewayInWorld } from '../gateway-in-world.ts';
import { makeClientAuthority, type ClientCertificate } from './client-certificates.ts';

const EKSEMPEL = 'sikkerpost@kommune.example';
const NABO = 'sikkerpost@nabo.example';
const CITIZEN = '1234567890@35833684.ngdp.digital-post.dk';
const OUTSIDE = 'nogen@andetsteds.example';

/** The answers to a hand-over over STARTTLS; what was not asked any more is 0. */
interface Answers {
  readonly mail: number;
  readonly recipient: number;
  readonly data: number;
  readonly texts: string;
}

describe('a door that demands client certificates', () => {
  let world: GatewayInWorld;
  let folder: string;
  const certificates = {} as Record<
    'eksempel' | 'nabo' | 'unlisted' | 'expired' | 'notYet' | 'foreign' | 'forged', ClientCertificate
  >;

  before(async () => {
    folder = await temporaryFolder();
    const authority = await makeClientAuthority('Exchange CA');
    const [namesake, other] = [await makeClientAuthority('Exchange CA'), await makeClientAuthority('En anden CA')];
    const day = 86_400_000;
    const ago = (days: number): Date => new Date(Date.now() - days * day);
    Object.assign(certificates, {
      eksempel: await authority.issue('mail.kommune.example'),
      nabo: await authority.issue('mail.nabo.example'),
      unlisted: await authority.issue('mail.kommune.example'),
      expired: await authority.issue('mail.kommune.example', { notBefore: ago(400), notAfter: ago(1) }),
      notYet: await authority.issue('mail.kommune.example', { notBefore: ago(-1), notAfter: ago(-400) }),
      foreign: await other.issue('mail.kommune.example'),
      forged: await namesake.issue('mail.kommune.example'),
    });
    const file = path.join(folder, 'exchange-ca.pem');
    await writeFile(file, authority.pem);
    const { eksempel, expired, notYet, foreign, forged, nabo } = certificates;
    const listed = [eksempel, expired, notYet, foreign, forged].map(({ fingerprint }) => fingerprint);
    world = await GatewayInWorld.start({
      env: { ROLES: 'accept', SMTP_CLIENT_CERTIFICATES: 'required', SMTP_CLIENT_CA_FILE: file },
      organisations: (all) => all.map((organisation) => ({
        ...organisation,
        // As an administrator copies them: with colons, upper case.
        smtpClientCertificates: organisation.cvrNumbers[0] === '35833684'
          ? listed.map((one) => (one.toUpperCase().match(/../g) ?? []).join(':'))
          : [nabo.fingerprint],
      })),
    });
  });

  after(async () => {
    await world[Symbol.asyncDispose]();
    await removeFolder(folder);
  });

  const given = (mailFrom: string, from: string, to: string) => ({ mailFrom, from, to });
  const refused = {
    'without a certificate': ['none', given(EKSEMPEL, EKSEMPEL, CITIZEN)],
    'with a listed certificate of another authority': ['foreign', given(EKSEMPEL, EKSEMPEL, CITIZEN)],
    'with a certificate of the right authority that nobody has listed': ['unlisted', given(EKSEMPEL, EKSEMPEL, CITIZEN)],
    'with a listed certificate that has expired': ['expired', given(EKSEMPEL, EKSEMPEL, CITIZEN)],
    'with a listed certificate that is not valid yet': ['notYet', given(EKSEMPEL, EKSEMPEL, CITIZEN)],
    'with another organisation’s certificate': ['nabo', given(EKSEMPEL, EKSEMPEL, CITIZEN)],
    'with another organisation’s certificate, to an ordinary recipient': ['nabo', given(EKSEMPEL, EKSEMPEL, OUTSIDE)],
    'with the tenants crossed the other way': ['eksempel', given(NABO, NABO, '1234567890@97281536.ngdp.digital-post.dk')],
    'as a stranger with a right certificate': ['eksempel', given('x@fremmed.example', EKSEMPEL, CITIZEN)],
  } as const;
  for (const [name, [which, mail]] of Object.entries(refused)) {
    it(`refuses a hand-over ${name} at MAIL`, async () => {
      const answers = await handOverTls(world.smtpPort, which === 'none' ? null : certificates[which], mail);
      assert.match(String(answers.mail), /^5\d\d$/);
      assert.equal(answers.data, 0);
      await nothingIsStored();
    });
  }

  it('refuses a hand-over without TLS at MAIL, and says that a certificate is missing', async () => {
    const wire = await SmtpWire.open(world.smtpPort);
    await wire.say('EHLO x');
    const answer = await wire.say(`MAIL FROM:<${EKSEMPEL}>`);
    assert.match(answer.text, /^557 5\.7\.1 .*klientcertifikat/);
    assert.equal((await wire.say(`RCPT TO:<${OUTSIDE}>`)).code, 503);
    wire.vanish();
    await nothingIsStored();
  });

  it('refuses or cuts a client with a listed certificate whose signature an authority of the same name made', async () => {
    const answers = await handOverTls(world.smtpPort, certificates.forged, given(EKSEMPEL, EKSEMPEL, CITIZEN));
    assert.match(String(answers.mail), /^(5\d\d|0)$/);
    assert.equal(answers.data, 0);
    await nothingIsStored();
  });

  it('refuses a From of another organisation than the certificate’s, also when MAIL FROM is right or empty', async () => {
    for (const mailFrom of [EKSEMPEL, '']) {
      const answers = await handOverTls(world.smtpPort, certificates.eksempel, given(mailFrom, NABO, OUTSIDE));
      assert.match(String(answers.data), /^5\d\d$/);
    }
    await nothingIsStored();
  });

  it('offers no AUTH, before TLS or under it', async () => {
    const wire = await SmtpWire.open(world.smtpPort);
    assert.doesNotMatch((await wire.say('EHLO x')).text, /AUTH/);
    assert.match(String((await wire.say('AUTH PLAIN AGEAYg==')).code), /^5/);
    wire.vanish();
    const { texts } = await handOverTls(world.smtpPort, null, given(EKSEMPEL, EKSEMPEL, CITIZEN));
    assert.doesNotMatch(texts, /AUTH/);
  });

  it('takes the mail of each organisation with its own certificate, and a session taken up again stays whose it was', async () => {
    const own = await handOverTls(world.smtpPort, certificates.eksempel, given(EKSEMPEL, EKSEMPEL, CITIZEN));
    assert.deepEqual([own.mail, own.recipient, own.data], [250, 250, 250], own.texts);
    const neighbour = await handOverTls(
      world.smtpPort, certificates.nabo, given(NABO, NABO, '1234567890@97281536.ngdp.digital-post.dk'),
    );
    assert.deepEqual([neighbour.mail, neighbour.recipient, neighbour.data], [250, 250, 250], neighbour.texts);
    const sessions: Buffer[] = [];
    await handOverTls(world.smtpPort, certificates.nabo, given(NABO, NABO, OUTSIDE), {
      onSession: (session) => void sessions.push(session),
    });
    for (const session of sessions) {
      const crossed = await handOverTls(world.smtpPort, certificates.eksempel, given(EKSEMPEL, NABO, OUTSIDE), { session });
      assert.notEqual(crossed.data, 250);
    }
    const { rows } = await world.database.query('select mail_from, peer_cvr from submission order by id');
    assert.deepEqual(rows, [
      { mail_from: EKSEMPEL, peer_cvr: '35833684' }, { mail_from: NABO, peer_cvr: '97281536' },
      { mail_from: NABO, peer_cvr: '97281536' },
    ]);
  });

  async function nothingIsStored(): Promise<void> {
    for (const table of ['submission', 'blob_chunk', 'upload']) {
      assert.equal(await world.number(`select count(*) from ${table}`), 0, table);
    }
  }
});

async function handOverTls(
  port: number,
  certificate: ClientCertificate | null,
  given: { readonly mailFrom: string; readonly from: string; readonly to: string },
  options: ConnectionOptions & { readonly onSession?: (session: Buffer) => void } = {},
): Promise<Answers> {
  const wire = await SmtpWire.open(port);
  await wire.say('EHLO exchange');
  await wire.say('STARTTLS');
  wire.socket.removeAllListeners('data');
  const tls = connectTls({
    socket: wire.socket, rejectUnauthorized: false, ...options,
    ...(certificate && { cert: certificate.cert, key: certificate.key }),
  });
  if (options.onSession) tls.on('session', options.onSession);
  const line = lineOver(tls);
  const texts: string[] = [];
  const say = async (text: string): Promise<number> => {
    tls.write(`${text}\r\n`);
    const said = await line();
    texts.push(said);
    return Number(/^(\d{3})[^\n]*\n?$/m.exec(said.trim().split('\n').at(-1) ?? '')?.[1] ?? 0);
  };
  await say('EHLO exchange');
  const mail = await say(`MAIL FROM:<${given.mailFrom}>`);
  const recipient = mail === 250 ? await say(`RCPT TO:<${given.to}>`) : 0;
  let data = 0;
  if (recipient === 250 && (await say('DATA')) === 354) {
    data = await say(`${letter({ from: given.from, to: [given.to], subject: 'Brev' })}\r\n.`);
  }
  tls.destroy();
  wire.socket.destroy();
  return { mail, recipient, data, texts: texts.join('') };
}

/** Reads one whole answer at a time; "" when the line is cut. */
function lineOver(tls: TLSSocket): () => Promise<string> {
  let text = '';
  let over = false;
  let ring = (): void => undefined;
  tls.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    ring();
  });
  for (const event of ['end', 'close', 'error']) {
    tls.on(event, () => {
      over = true;
      ring();
    });
  }
  return async () => {
    for (;;) {
      const whole = /^(?:\d{3}-[^\n]*\n)*\d{3}(?: [^\n]*)?\n/.exec(text)?.[0];
      if (whole) {
        text = text.slice(whole.length);
        return whole;
      }
      if (over) return '';
      await new Promise<void>((resolve) => (ring = resolve));
    }
  };
}
