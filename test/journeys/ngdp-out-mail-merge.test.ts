import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import MailComposer from 'nodemailer/lib/mail-composer';
import { GatewayInWorld } from '../gateway/gateway-in-world.ts';
import { citizen, ngdp } from './citizens.ts';
import { attachmentOf, readNotice, type MachineCopy, type NoticeRead } from './receipt-reading.ts';
import { SmtpWire } from './running-sandbox.ts';
import { until } from '../sandbox/eventually.ts';
import { handOver } from './smtp-hand-over.ts';

const SIKKERPOST = 'sikkerpost@kommune.example';
const GATHERING = 'borgerservice@kommune.example';
const CONNECTIONS = 4;
const PATIENCE_MS = 150_000;
const noticesByKey = new Map<string, NoticeRead>();

/** One letter of a merge: the same subject and minute for all, as Word makes them, and a text of each recipient's own. */
interface MergedMail {
  readonly messageId: string;
  readonly number: string;
}

function mergeTo(count: number, from: number): readonly MergedMail[] {
  return Array.from({ length: count }, (_, n) => ({ messageId: `<${crypto.randomUUID()}@kommune.example>`, number: citizen(from + n) }));
}

async function rawOf({ messageId, number }: MergedMail, from: string, subject: string): Promise<Buffer> {
  const composer = new MailComposer({
    from, to: ngdp(number), subject, messageId, newline: 'win', date: new Date('2026-11-25T09:30:00+01:00'),
    headers: { 'X-Mailer': 'Microsoft Outlook 16.0', 'Content-Language': 'da' },
    html: `<html><body lang="DA"><p class="MsoNormal">Kære borger nr. ${number.slice(-4)}</p><p>Din tid er ændret.</p></body></html>`,
    text: `Kære borger nr. ${number.slice(-4)}\n\nDin tid er ændret.\n`,
  });
  return await composer.compile().build();
}

/** Hands the letters over as Exchange does: on a few connections that are kept open. Every answer to a letter. */
async function handMerge(world: GatewayInWorld, mails: readonly MergedMail[], mail: { readonly from: string; readonly subject: string }): Promise<readonly number[]> {
  const waiting = mails.values();
  const answers: number[] = [];
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    const wire = await SmtpWire.open(world.smtpPort);
    await wire.say('EHLO exchange.kommune.example');
    for (const one of waiting) {
      const { data } = await handOver(wire, { mailFrom: mail.from, to: [ngdp(one.number)], raw: await rawOf(one, mail.from, mail.subject) });
      answers.push(data);
    }
    await wire.say('QUIT');
    wire.vanish();
  }));
  return answers;
}

/** All mails from the gateway in a mailbox. */
async function noticesIn(world: GatewayInWorld, mailbox: string): Promise<readonly NoticeRead[]> {
  const notices: NoticeRead[] = [];
  for (const { id } of await world.exchange.mailboxes.list(mailbox)) {
    const key = `${world.folder} ${mailbox} ${id}`;
    const notice = noticesByKey.get(key) ?? (await readFrom(world, mailbox, id));
    noticesByKey.set(key, notice);
    notices.push(notice);
  }
  return notices;
}

async function readFrom(world: GatewayInWorld, mailbox: string, id: string): Promise<NoticeRead> {
  const mail = await world.exchange.mailboxes.find(mailbox, id);
  assert.ok(mail);
  const pieces: Uint8Array[] = [];
  for await (const piece of world.exchange.bodies.read(mail.body)) pieces.push(piece);
  return await readNotice(Buffer.concat(pieces));
}

async function arrivedUnder(world: GatewayInWorld, subject: string): Promise<readonly string[]> {
  return (await world.ngdp.messages.list('ngdp')).filter(({ label }) => label === subject).map(({ recipientID }) => recipientID);
}

describe('a mail merge from Word', () => {
  let world: GatewayInWorld;
  before(async () => {
    world = await GatewayInWorld.start({
      env: { RECEIPT_DIGEST_MS: '3000', FOLLOW_TIME_MS: '500' },
      organisations: (organisations) => organisations.map((organisation) => ({
        ...organisation,
        secureMailboxes: organisation.secureMailboxes.map((mailbox) =>
          mailbox.address === GATHERING ? { ...mailbox, receipts: 'digest' as const } : mailbox),
      })),
    });
  });
  after(() => world[Symbol.asyncDispose]());

  it('of five hundred letters over four connections arrives once each, with one receipt for each', async (t) => {
    const mails = mergeTo(500, 0);
    const begin = performance.now();
    const answers = await handMerge(world, mails, { from: SIKKERPOST, subject: 'Din tid er ændret' });
    t.diagnostic(`500 taken in ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    assert.deepEqual(answers, mails.map(() => 250));
    const settled = async () => (await world.number(`select count(*) from notice where state = 'sent' and kind = 'receipt' and recipient = '${SIKKERPOST}'`)) === mails.length;
    await until(settled, PATIENCE_MS, '500 receipts');
    t.diagnostic(`500 receipts after ${((performance.now() - begin) / 1000).toFixed(1)} s`);
    const arrived = await arrivedUnder(world, 'Din tid er ændret');
    assert.equal(arrived.length, mails.length);
    assert.deepEqual(new Set(arrived), new Set(mails.map(({ number }) => number)));
    const notices = await noticesIn(world, SIKKERPOST);
    assert.deepEqual(notices.map(({ inReplyTo }) => inReplyTo).sort(), mails.map(({ messageId }) => messageId).sort());
    assert.deepEqual(new Set(notices.map(({ subject }) => subject)), new Set(['Kvittering: Din tid er ændret – 1 leveret']));
  });

  it('from a mailbox that gathers its receipts gives a few mails, which together name every letter once', async (t) => {
    const mails = mergeTo(200, 600);
    const answers = await handMerge(world, mails, { from: GATHERING, subject: 'Samlet kvittering' });
    assert.deepEqual(answers, mails.map(() => 250));
    const gathered = async () => (await noticesIn(world, GATHERING)).flatMap(copiesIn);
    await until(async () => (await gathered()).length >= mails.length, PATIENCE_MS, 'all letters in a digest');
    const digests = await noticesIn(world, GATHERING);
    t.diagnostic(`${digests.length} mails for 200 letters: ${digests.map(({ subject }) => subject).join('; ')}`);
    assert.ok(digests.length <= 20, `${digests.length} digests`);
    for (const { subject } of digests) assert.match(subject, /^Kvitteringer for \d+ mails? – \d+ leveret$/);
    assert.deepEqual((await gathered()).map(({ messageId }) => messageId).sort(), mails.map(({ messageId }) => messageId).sort());
    assert.deepEqual(new Set(await arrivedUnder(world, 'Samlet kvittering')), new Set(mails.map(({ number }) => number)));
    assert.equal((await arrivedUnder(world, 'Samlet kvittering')).length, mails.length);
    assert.equal(await world.number(`select count(*) from notice where recipient = '${GATHERING}' and kind = 'receipt' and state <> 'gathered' and state <> 'sent'`), 0);
  });
});

/** The machine copies in a digest: an array of what single receipts hold. */
function copiesIn({ mail }: NoticeRead): readonly MachineCopy[] {
  const json = attachmentOf(mail, 'NgDPKvittering.json');
  return json === null ? [] : (JSON.parse(json.toString('utf8')) as readonly MachineCopy[]);
}
