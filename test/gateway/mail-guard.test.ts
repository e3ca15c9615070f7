import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import MailComposer from 'nodemailer/lib/mail-composer';
import { createTransport } from 'nodemailer';
import type { GuardApprovalAnswer, GuardCheckAnswer, MeAnswer } from '../../src/domain/gateway-api.ts';
import { until } from '../sandbox/eventually.ts';
import { DAY_MS, HoldWorld, type HandedMail } from './hold-world.ts';

const CASEWORKER = 'sagsbehandler@kommune.example';
const SIKKERPOST = 'sikkerpost@kommune.example';
const COLLEAGUE = 'arkiv@kommune.example';
const FRIEND = 'ven@example.org';
const OTHER_FRIEND = 'veninde@example.org';
const CITIZEN = '2512489996@35833684.ngdp.digital-post.dk';
const NOT_REGISTERED = '1509819996@35833684.ngdp.digital-post.dk';
const DRAFT = 'kladde-0123456789abcdef';
const PATIENCE_MS = 30_000;

/** What the doors of a world have in common for these tests. */
class Guarded {
  readonly world: HoldWorld;
  #subjects = 0;

  constructor(world: HoldWorld) {
    this.world = world;
  }

  /** A subject that no other mail has. */
  subject(): string {
    this.#subjects += 1;
    return `Mail ${this.#subjects}`;
  }

  /** Hands a mail over with what the add-in puts into its header, and waits until it has been read. */
  async send(
    to: readonly string[],
    { approval, draft = DRAFT, from = CASEWORKER, subject = this.subject(), ...more }: {
      readonly approval?: string; readonly draft?: string; readonly from?: string; readonly subject?: string; readonly messageId?: string; readonly bcc?: readonly string[];
    } = {},
  ): Promise<HandedMail> {
    const headers = approval === undefined ? {} : { 'X-Postbro-Approval': approval, 'X-Postbro-Draft': draft };
    const mail = await this.world.hand([...to, ...(more.bcc ?? [])], {
      from, subject, headers, text: 'Kære ven\n', to: [...to], ...(more.messageId !== undefined && { messageId: more.messageId }),
    });
    await this.world.read(mail);
    return mail;
  }

  /** The whole mails that an address has got under a subject. */
  async got(address: string, { subject }: { readonly subject: string }): Promise<readonly string[]> {
    const { exchange } = this.world.inner;
    const rows = (await exchange.mailboxes.list(address)).filter((row) => row.subject === subject);
    return await Promise.all(rows.map(async ({ id }) => {
      const mail = await exchange.mailboxes.find(address, id);
      const pieces: Uint8Array[] = [];
      if (mail) for await (const piece of exchange.bodies.read(mail.body)) pieces.push(piece);
      return Buffer.concat(pieces).toString('latin1');
    }));
  }

  async arrives(address: string, mail: HandedMail): Promise<string> {
    await until(async () => (await this.got(address, mail)).length > 0, PATIENCE_MS, `${mail.subject} to ${address}`);
    const [raw = '', ...more] = await this.got(address, mail);
    assert.equal(more.length, 0, `${mail.subject} to ${address} once`);
    return raw;
  }

  /** Nothing of the mail waits to be sent any more. */
  async settled({ id }: HandedMail): Promise<void> {
    await until(async () => (await this.world.inner.number(`select open_deliveries from submission where id = ${id}`)) === 0, PATIENCE_MS, `mail ${id} settled`);
    await until(async () => (await this.world.inner.number(`select count(*) from notice where submission_id = ${id} and state <> 'sent'`)) === 0, PATIENCE_MS, `told of mail ${id}`);
  }

  async call<Answer>(path: string, body: unknown, { as = CASEWORKER, status = 200 } = {}): Promise<Answer> {
    const answer = await fetch(`http://127.0.0.1:${this.world.inner.gateway?.httpPort}/api/v1${path}`, {
      headers: { ...(await this.world.inner.logOnAs(as)), 'content-type': 'application/json' },
      ...(body !== null && { method: 'POST', body: JSON.stringify(body) }),
    });
    assert.equal(answer.status, status, `${path}: ${answer.status}`);
    return (await answer.json()) as Answer;
  }

  async approve(addresses: readonly string[], { mailbox = CASEWORKER, draft = DRAFT, as = CASEWORKER } = {}): Promise<string> {
    return (await this.call<GuardApprovalAnswer>('/guard/approvals', { mailbox, draft, addresses }, { as })).approval;
  }

  async states(addresses: readonly string[], more: object = {}): Promise<readonly string[]> {
    const { addresses: shown } = await this.call<GuardCheckAnswer>('/guard/check', { mailbox: CASEWORKER, addresses, ...more });
    return shown.map(({ state }) => state);
  }
}

describe('Mail Guard', () => {
  const open = new AsyncDisposableStack();
  let guarded: Guarded;
  before(async () => {
    guarded = new Guarded(open.use(await HoldWorld.start({ MAIL_GUARD: 'on' })));
  });
  after(() => open.disposeAsync());

  it('stops a mail to an outsider who is neither listed nor approved, and tells the sender once how to approve', async () => {
    const mail = await guarded.send([FRIEND]);
    const notice = await guarded.world.notice(CASEWORKER, mail, /^Mailen til ven@example\.org er stoppet$/);
    assert.match(notice.text, /uden for kommunen og ikke godkendt/);
    assert.match(notice.text, /Godkend adressen i Digital Post/);
    assert.doesNotMatch(notice.text, /De andre/);
    assert.equal(notice.mail.attachments.some(({ filename }) => filename === 'Mailen.eml'), true);
    await guarded.settled(mail);
    assert.deepEqual(await guarded.got(FRIEND, mail), []);
    assert.equal((await guarded.world.notices(CASEWORKER, mail)).length, 1);
  });

  it('gives everybody else of the same mail theirs once, and the receipt says of each how it went', async () => {
    const mail = await guarded.send([FRIEND, COLLEAGUE, 'nogen@samarbejde.example', CITIZEN, NOT_REGISTERED], { from: SIKKERPOST, bcc: [OTHER_FRIEND] });
    await guarded.arrives(COLLEAGUE, mail);
    await guarded.arrives('nogen@samarbejde.example', mail);
    const stopped = await guarded.world.notice(SIKKERPOST, mail, /^Mailen til ven@example\.org og veninde@example\.org er stoppet$/);
    assert.match(stopped.text, /De andre har fået mailen/);
    const receipt = await guarded.world.notice(SIKKERPOST, mail, /^Kvittering/);
    await guarded.settled(mail);
    assert.equal(await guarded.world.arrived(mail), 2);
    assert.deepEqual(await guarded.got(FRIEND, mail), []);
    assert.deepEqual(await guarded.got(OTHER_FRIEND, mail), []);
    assert.equal((await guarded.world.notices(SIKKERPOST, mail)).length, 2);
    const lines = new Map(receipt.copy?.recipients.map((line) => [line.recipient, line]));
    assert.deepEqual([lines.get(FRIEND)?.outcome, lines.get(FRIEND)?.errorCode], ['failed', 'mail-guard']);
    assert.equal(lines.get(OTHER_FRIEND)?.errorCode, 'mail-guard');
    assert.deepEqual([lines.get(COLLEAGUE)?.outcome, lines.get('nogen@samarbejde.example')?.outcome], ['delivered', 'delivered']);
    assert.match(receipt.text, /Godkend ven@example\.org og veninde@example\.org i Digital Post/);
    assert.match(receipt.text, /på en anden måde til den ene/, 'the citizen who is not registered');
    // Sending again to the failed takes the citizen, and nobody whom Mail Guard stopped.
    const link = await guarded.world.link('resend', mail, SIKKERPOST);
    await guarded.world.follow(link, 'POST');
    const again = await guarded.world.inner.number(`select id from submission where resend_of = ${mail.id}`);
    assert.equal(await guarded.world.inner.number(`select count(*) from delivery where submission_id = ${again}`), 1);
  });

  it('holds for a program’s mailbox, in whatever spelling of the address, and is not taken in by look-alikes', async () => {
    for (const address of ['ven@samarbejde.example.evil.dk', 'ven@evil-samarbejde.example', 'VEN@Example.ORG', 'kollega@kommune.example.evil.dk', 'sikkerpost@nabo.example']) {
      const mail = await guarded.send([address], { from: 'hr@kommune.example' });
      await guarded.settled(mail);
      assert.deepEqual(await guarded.got(address, mail), [], address);
    }
    const listed = await guarded.send(['Nogen@SAMARBEJDE.example']);
    await guarded.arrives('nogen@samarbejde.example', listed);
  });

  it('lets an approved address through, takes the approval off, and asks again for one that was added', async () => {
    const approval = await guarded.approve([' Ven@EXAMPLE.org ']);
    assert.deepEqual(await guarded.states([FRIEND, OTHER_FRIEND, COLLEAGUE, 'a@samarbejde.example'], { draft: DRAFT, approval }), ['approved', 'needs-approval', 'internal', 'listed']);
    const mail = await guarded.send([FRIEND, OTHER_FRIEND, COLLEAGUE], { approval });
    for (const address of [FRIEND, COLLEAGUE]) {
      const raw = await guarded.arrives(address, mail);
      assert.doesNotMatch(raw, /x-postbro|kladde-/i);
      assert.match(raw, /Message-ID: /i);
    }
    await guarded.world.notice(CASEWORKER, mail, /^Mailen til veninde@example\.org er stoppet$/);
    await guarded.settled(mail);
    assert.deepEqual(await guarded.got(OTHER_FRIEND, mail), []);
    assert.equal((await guarded.world.notices(CASEWORKER, mail)).length, 1);
  });

  it('knows an approval again in no other mail', async () => {
    const draft = 'kladde-til-een-mail-01';
    const approval = await guarded.approve([FRIEND], { draft });
    const second = await guarded.approve([FRIEND, OTHER_FRIEND], { draft });
    const first = await guarded.send([FRIEND], { approval, draft });
    await guarded.arrives(FRIEND, first);
    for (const header of [approval, second, `${approval} ${second}`]) {
      const copied = await guarded.send([FRIEND], { approval: header, draft });
      await guarded.settled(copied);
      assert.deepEqual(await guarded.got(FRIEND, copied), []);
    }
    assert.deepEqual(await guarded.states([FRIEND], { draft, approval }), ['needs-approval']);
    // The same Message-ID with another content is another mail.
    const other = await guarded.send([FRIEND], { approval, draft, messageId: first.messageId });
    await guarded.settled(other);
    assert.deepEqual(await guarded.got(FRIEND, other), []);
  });

  it('is good for one of two mails that are read at the same time', async () => {
    const draft = 'kladde-paa-samme-tid-01';
    const approval = await guarded.approve([FRIEND], { draft });
    const mails = await Promise.all(Array.from({ length: 6 }, async () => {
      const subject = guarded.subject();
      const transport = createTransport({ host: '127.0.0.1', port: guarded.world.inner.smtpPort, ignoreTLS: true });
      await transport.sendMail({ from: CASEWORKER, to: FRIEND, subject, text: 'Kære ven', headers: { 'X-Postbro-Approval': approval, 'X-Postbro-Draft': draft } });
      transport.close();
      return { subject };
    }));
    const unread = () => guarded.world.inner.number(`select count(*) from submission where state in ('accepted', 'converting') or open_deliveries > 0`);
    await until(async () => (await unread()) === 0, PATIENCE_MS, 'all of them read and sent');
    const got = await Promise.all(mails.map((mail) => guarded.got(FRIEND, mail)));
    assert.equal(got.flat().length, 1);
  });

  it('is the same mail when it is handed over again, and when Exchange hands it over in parts', async () => {
    const draft = 'kladde-i-flere-dele-01';
    const approval = await guarded.approve([FRIEND, OTHER_FRIEND], { draft });
    const subject = guarded.subject();
    const composed = await new MailComposer({
      from: CASEWORKER, to: [FRIEND, OTHER_FRIEND], subject, text: 'Til begge\n', messageId: `<${crypto.randomUUID()}@kommune.example>`,
      headers: { 'X-Postbro-Approval': approval, 'X-Postbro-Draft': draft },
    }).compile().build();
    const parts = [[FRIEND], [OTHER_FRIEND], [FRIEND], [FRIEND, OTHER_FRIEND]];
    for (const to of parts) {
      const transport = createTransport({ host: '127.0.0.1', port: guarded.world.inner.smtpPort, ignoreTLS: true });
      await transport.sendMail({ envelope: { from: CASEWORKER, to }, raw: composed });
      transport.close();
    }
    const mail = { id: await guarded.world.inner.number('select max(id) from submission'), messageId: '', subject };
    await guarded.world.read(mail);
    await guarded.arrives(FRIEND, mail);
    await guarded.arrives(OTHER_FRIEND, mail);
  });

  it('goes when a mail that was stopped is handed over again, approved now; unapproved again it is told of once', async () => {
    const draft = 'kladde-godkendt-senere-1';
    const messageId = `<${crypto.randomUUID()}@kommune.example>`;
    const subject = guarded.subject();
    const date = new Date('2026-11-25T10:00:00Z');
    const raw = async (approval: string | null) => await new MailComposer({
      from: CASEWORKER, to: [FRIEND, COLLEAGUE], subject, text: 'Igen\n', messageId, date,
      ...(approval !== null && { headers: { 'X-Postbro-Approval': approval, 'X-Postbro-Draft': draft } }),
    }).compile().build();
    const hand = async (bytes: Buffer): Promise<HandedMail> => {
      const transport = createTransport({ host: '127.0.0.1', port: guarded.world.inner.smtpPort, ignoreTLS: true });
      await transport.sendMail({ envelope: { from: CASEWORKER, to: [FRIEND, COLLEAGUE] }, raw: bytes });
      transport.close();
      const mail = { id: await guarded.world.inner.number('select max(id) from submission'), messageId, subject };
      await guarded.world.read(mail);
      return mail;
    };
    const plain = await raw(null);
    await guarded.settled(await hand(plain));
    await guarded.settled(await hand(plain));
    assert.deepEqual(await guarded.got(FRIEND, { subject }), []);
    const mail = await hand(await raw(await guarded.approve([FRIEND], { draft })));
    await guarded.arrives(FRIEND, mail);
    assert.equal((await guarded.got(COLLEAGUE, mail)).length, 1);
    assert.equal((await guarded.world.notices(CASEWORKER, mail)).length, 1);
  });

  it('takes no approval that is withdrawn, forged, of another draft or mailbox, or that has run out', async () => {
    const draft = 'kladde-der-ikke-gaelder1';
    const stops = async (header: string, of: string, from = CASEWORKER) => {
      const mail = await guarded.send([FRIEND], { approval: header, draft: of, from });
      await guarded.settled(mail);
      assert.deepEqual(await guarded.got(FRIEND, mail), [], header);
    };
    const withdrawn = await guarded.approve([FRIEND], { draft });
    assert.deepEqual(await guarded.call('/guard/approvals/withdraw', { approval: withdrawn }), { withdrawn: true });
    assert.deepEqual(await guarded.call('/guard/approvals/withdraw', { approval: withdrawn }), { withdrawn: false });
    await stops(withdrawn, draft);
    const approval = await guarded.approve([FRIEND], { draft });
    const [id = '', mark = ''] = approval.split('.');
    await stops(`${id}.${mark.slice(0, -4)}AAAA`, draft);
    await stops(`g${Number(id.slice(1)) + 1}.${mark}`, draft);
    await stops(approval, 'en-helt-anden-kladde-01');
    await stops(approval, draft, SIKKERPOST);
    guarded.world.turnBy(31 * DAY_MS);
    try {
      await stops(approval, draft);
    } finally {
      guarded.world.turnBy(-31 * DAY_MS);
    }
    // Until then it was good all the while, for nobody had used it.
    const mail = await guarded.send([FRIEND], { approval, draft });
    await guarded.arrives(FRIEND, mail);
    assert.deepEqual(await guarded.call('/guard/approvals/withdraw', { approval }), { withdrawn: false });
  });

  it('keeps in the audit who approved whom, from which mailbox, and who took it back', async () => {
    const approval = await guarded.approve([FRIEND, OTHER_FRIEND], { draft: 'kladde-i-loggen-0123', mailbox: SIKKERPOST });
    await guarded.call('/guard/approvals/withdraw', { approval });
    const reference = approval.slice(0, approval.indexOf('.'));
    const { entries } = await guarded.call<{ readonly entries: readonly Record<string, unknown>[] }>('/audit/search', { purpose: 'tilsyn', actor: CASEWORKER }, { as: 'admin@kommune.example' });
    assert.deepEqual(
      entries.filter((entry) => entry['reference'] === reference).map(({ action, mailbox, subject, outcome }) => ({ action, mailbox, subject, outcome })),
      [
        { action: 'guard-withdraw', mailbox: SIKKERPOST, subject: null, outcome: 'withdrawn' },
        { action: 'guard-approve', mailbox: SIKKERPOST, subject: OTHER_FRIEND, outcome: 'approved' },
        { action: 'guard-approve', mailbox: SIKKERPOST, subject: FRIEND, outcome: 'approved' },
      ],
    );
  });

  it('lets nobody approve for a mailbox that is not theirs, nor for what is no address', async () => {
    const question = { draft: DRAFT, addresses: [FRIEND] };
    for (const mailbox of ['hr@kommune.example', 'sikkerpost@nabo.example', 'nogen@example.org']) {
      await guarded.call('/guard/approvals', { ...question, mailbox }, { status: 403 });
      await guarded.call('/guard/check', { mailbox, addresses: [FRIEND] }, { status: 403 });
    }
    for (const address of ['ven', CITIZEN]) await guarded.call('/guard/approvals', { ...question, mailbox: CASEWORKER, addresses: [address] }, { status: 400 });
    await guarded.call('/guard/approvals', { ...question, mailbox: CASEWORKER, draft: 'kort' }, { status: 400 });
    const approval = await guarded.approve([FRIEND], { mailbox: 'hr@kommune.example', as: 'hanne@kommune.example' });
    await guarded.call('/guard/approvals/withdraw', { approval }, { status: 403 });
    assert.deepEqual(await guarded.call('/guard/approvals/withdraw', { approval }, { as: 'nina@nabo.example' }), { withdrawn: false });
  });

  it('tells nobody of an automatic mail that it stopped but the watch mailbox, once a day', async () => {
    const sent: HandedMail[] = [];
    for (let n = 0; n < 2; n++) {
      const subject = guarded.subject();
      const transport = createTransport({ host: '127.0.0.1', port: guarded.world.inner.smtpPort, ignoreTLS: true });
      await transport.sendMail({
        envelope: { from: '', to: [FRIEND] },
        raw: await new MailComposer({ from: CASEWORKER, to: FRIEND, subject, text: 'Jeg er på ferie\n' }).compile().build(),
      });
      transport.close();
      const mail = { id: await guarded.world.inner.number('select max(id) from submission'), messageId: '', subject };
      await guarded.world.read(mail);
      sent.push(mail);
    }
    for (const mail of sent) {
      await guarded.settled(mail);
      assert.deepEqual(await guarded.got(FRIEND, mail), []);
    }
    const watched = async () => (await guarded.world.inner.exchange.mailboxes.list('overvaagning@kommune.example')).filter(({ subject }) => subject.includes('Mail Guard'));
    await until(async () => (await watched()).length > 0, PATIENCE_MS, 'the watch mailbox');
    assert.equal((await watched()).length, 1);
  });

  it('is told by “me”, with what the organisation is called', async () => {
    const me = await guarded.call<MeAnswer>('/me', null);
    assert.deepEqual(me.guard, { on: true, stopsWholeMail: false });
    assert.deepEqual([me.organisation.home, me.organisation.helpUrl], ['kommunen', null]);
  });

  it('says no address in the log', () => {
    assert.doesNotMatch(guarded.world.inner.logLines.join(''), /example\.org/);
  });
});

describe('Mail Guard that stops the whole mail', () => {
  const open = new AsyncDisposableStack();
  let guarded: Guarded;
  before(async () => {
    guarded = new Guarded(open.use(await HoldWorld.start({}, (organisation) => ({
      ...organisation, homeWord: 'regionen', mailGuard: { on: true, stops: 'mail', allowed: [] },
    }))));
  });
  after(() => open.disposeAsync());

  it('brings it back to the sender, and nobody gets it, in Digital Post neither', async () => {
    const mail = await guarded.send([FRIEND, COLLEAGUE, CITIZEN], { from: SIKKERPOST });
    const notice = await guarded.world.notice(SIKKERPOST, mail, /^Beskeden er ikke sendt: ven@example\.org er uden for regionen og ikke godkendt$/);
    assert.match(notice.text, /Godkend adressen i Digital Post, eller fjern den/);
    assert.match(notice.text, /Heller ikke .*arkiv@kommune\.example.* har fået mailen/s);
    await guarded.settled(mail);
    assert.deepEqual(await guarded.got(COLLEAGUE, mail), []);
    assert.equal(await guarded.world.arrived(mail), 0);
    const me = await guarded.call<MeAnswer>('/me', null);
    assert.deepEqual([me.guard, me.organisation.home], [{ on: true, stopsWholeMail: true }, 'regionen']);
  });

  it('does not spend an approval on a mail that did not go, whatever else was wrong with it', async () => {
    const approval = await guarded.approve([FRIEND]);
    const first = await guarded.send([FRIEND, OTHER_FRIEND], { approval });
    await guarded.world.notice(CASEWORKER, first, /veninde@example\.org/);
    const mail = await guarded.send([FRIEND], { approval });
    await guarded.arrives(FRIEND, mail);
  });
});

describe('without Mail Guard', () => {
  it('ordinary mail goes to everybody, an approval in it is taken off all the same, and the check says so', async () => {
    await using world = await HoldWorld.start({});
    const guarded = new Guarded(world);
    const approval = await guarded.approve([FRIEND]);
    const mail = await guarded.send([FRIEND, COLLEAGUE], { approval });
    assert.doesNotMatch(await guarded.arrives(FRIEND, mail), /x-postbro/i);
    assert.doesNotMatch(await guarded.arrives(COLLEAGUE, mail), /x-postbro/i);
    assert.deepEqual(await guarded.states([FRIEND, COLLEAGUE]), ['open', 'internal']);
    assert.deepEqual((await guarded.call<MeAnswer>('/me', null)).guard, { on: false, stopsWholeMail: false });
    await guarded.settled(mail);
    assert.deepEqual(await world.notices(CASEWORKER, mail), []);
  });
});
