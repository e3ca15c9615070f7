import assert from 'node:assert/strict';
import MailComposer from 'nodemailer/lib/mail-composer';
import type Mail from 'nodemailer/lib/mailer';
import { createTransport } from 'nodemailer';
import type { OrganisationEntry } from '../../src/gateway/settings/organisations-file.ts';
import { LINK_KEY, linkUrl, type LinkAction } from '../../src/gateway/acts/link.ts';
import { readNotice, type NoticeRead } from '../journeys/receipt-reading.ts';
import { until } from '../sandbox/eventually.ts';
import { GatewayInWorld } from './gateway-in-world.ts';

export const SIKKERPOST = 'sikkerpost@kommune.example';
export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const PUBLIC_URL = 'https://post.kommune.example';
const PATIENCE_MS = 30_000;

/** A page of a link, as a browser gets it. */
export interface PageRead {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  readonly hasButton: boolean;
}

/** A gateway that holds mails, whose clock a test turns and whose links it follows. */
export class HoldWorld implements AsyncDisposable {
  readonly inner: GatewayInWorld;
  readonly #clock: { aheadMs: number };
  readonly #read = new Map<string, NoticeRead>();

  private constructor(inner: GatewayInWorld, clock: { aheadMs: number }) {
    this.inner = inner;
    this.#clock = clock;
  }

  static async start(
    env: Readonly<Record<string, string>>,
    change: (organisation: OrganisationEntry) => OrganisationEntry = (organisation) => organisation,
  ): Promise<HoldWorld> {
    const clock = { aheadMs: 0 };
    const now = () => new Date(Date.now() + clock.aheadMs);
    const inner = await GatewayInWorld.start({
      env: { FOLLOW_TIME_MS: '200', PUBLIC_URL, ...env },
      organisations: ([first, ...others]) => [...(first ? [change(first)] : []), ...others],
      surroundings: { now, random: () => 0 },
    });
    return new HoldWorld(inner, clock);
  }

  turnBy(ms: number): void {
    this.#clock.aheadMs += ms;
  }

  now(): Date {
    return new Date(Date.now() + this.#clock.aheadMs);
  }

  /** Hands a mail over; the id of its submission. Nobody but the test hands mails over meanwhile. */
  async hand(to: readonly string[], mail: Mail.Options & { readonly subject: string; readonly messageId?: string }): Promise<HandedMail> {
    const { from = SIKKERPOST, messageId = `<${crypto.randomUUID()}@kommune.example>` } = mail;
    const composer = new MailComposer({ to: [...to], text: 'Kære borger\n', newline: 'win', ...mail, from, messageId });
    const transport = createTransport({ host: '127.0.0.1', port: this.inner.smtpPort, ignoreTLS: true });
    await transport.sendMail({ envelope: { from: String(from), to: [...to] }, raw: await composer.compile().build() });
    transport.close();
    const id = await this.inner.number('select max(id) from submission');
    return { id, messageId, subject: mail.subject };
  }

  /** Waits until a mail has been read. */
  async read({ id }: HandedMail): Promise<string> {
    await until(async () => !['accepted', 'converting'].includes(await this.state(id)), PATIENCE_MS, `mail ${id} read`);
    return await this.state(id);
  }

  async state(id: number): Promise<string> {
    const { rows } = await this.inner.database.query<{ state: string }>('select state from submission where id = $1', [id]);
    return rows[0]?.state ?? '';
  }

  /** How many messages of a mail stand how. */
  async counts({ id }: HandedMail): Promise<Readonly<Record<string, number>>> {
    const { rows } = await this.inner.database.query<{ status: string; count: number }>(
      'select status, count(*)::int as count from delivery where submission_id = $1 group by status', [id],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  }

  /** Waits until so many messages of a mail stand so. */
  async untilStatus(mail: HandedMail, status: string, count: number, patienceMs = PATIENCE_MS): Promise<void> {
    await until(async () => (await this.counts(mail))[status] === count, patienceMs, `${count} ${status}`);
  }

  /** Messages that NgDP has got under a subject. */
  async arrived({ subject }: { readonly subject: string }): Promise<number> {
    return (await this.inner.ngdp.messages.list('ngdp')).filter(({ label }) => label === subject).length;
  }

  async notices(mailbox: string, { messageId }: HandedMail): Promise<readonly NoticeRead[]> {
    const notices: NoticeRead[] = [];
    for (const { id } of await this.inner.exchange.mailboxes.list(mailbox)) {
      const notice = this.#read.get(`${mailbox} ${id}`) ?? (await this.#readNotice(mailbox, id));
      if (!notice) continue;
      this.#read.set(`${mailbox} ${id}`, notice);
      notices.push(notice);
    }
    return notices.filter(({ inReplyTo }) => inReplyTo === messageId);
  }

  async #readNotice(mailbox: string, id: string): Promise<NoticeRead | null> {
    const mail = await this.inner.exchange.mailboxes.find(mailbox, id);
    if (!mail) return null;
    const pieces: Uint8Array[] = [];
    for await (const piece of this.inner.exchange.bodies.read(mail.body)) pieces.push(piece);
    return await readNotice(Buffer.concat(pieces));
  }

  /** The notice to a mailbox about a mail whose subject matches. */
  async notice(mailbox: string, mail: HandedMail, subject: RegExp): Promise<NoticeRead> {
    const found = async () => (await this.notices(mailbox, mail)).find((notice) => subject.test(notice.subject));
    await until(async () => (await found()) !== undefined, PATIENCE_MS, `a mail like ${subject}`);
    const notice = await found();
    assert.ok(notice);
    return notice;
  }

  /** Makes a link as the gateway makes it, for a person who got no mail with one. */
  async link(action: LinkAction, { id }: HandedMail, person = SIKKERPOST): Promise<string> {
    const key = this.inner.keys.newest(LINK_KEY);
    const { rows } = await this.inner.database.query<{ sha256: string | null }>('select content_sha256 as sha256 from submission where id = $1', [id]);
    const expiresAt = new Date(this.now().getTime() + DAY_MS);
    const link = { action, submissionId: id, person, contentSha256: rows[0]?.sha256 ?? null, expiresAt };
    return linkUrl(PUBLIC_URL, key, link) ?? '';
  }

  /** Stops a mail through a link; the title of the page that comes back. */
  async stop(mail: HandedMail): Promise<string> {
    const page = await this.follow(await this.link('stop', mail), 'POST');
    return /<h1>([^<]*)/.exec(page.html)?.[1] ?? '';
  }

  /** Follows a link, pressing its button with POST or only looking with GET. */
  async follow(link: string, method: 'GET' | 'HEAD' | 'POST' = 'GET', form: Readonly<Record<string, string>> = {}): Promise<PageRead> {
    const url = link.replace(PUBLIC_URL, `http://127.0.0.1:${this.inner.gateway?.httpPort ?? 0}`);
    const body = method === 'POST' ? { body: new URLSearchParams(form) } : {};
    const response = await fetch(url, { method, ...body });
    const html = await response.text();
    return { status: response.status, html, headers: response.headers, hasButton: html.includes('<button') };
  }

  /** Waits until what time alone brings about has been done once wholly after now. */
  async timeIsFollowed(): Promise<void> {
    for (let round = 0; round < 2; round++) {
      await this.inner.database.query(`insert into handover values (decode(md5(random()::text), 'hex'), '2000-01-01')`);
      const gone = async () => (await this.inner.number(`select count(*) from handover where taken_at < '2001-01-01'`)) === 0;
      await until(gone, PATIENCE_MS, 'the chore that follows time');
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.inner[Symbol.asyncDispose]();
  }
}

/** A mail that the gateway took. */
export interface HandedMail {
  readonly id: number;
  readonly messageId: string;
  readonly subject: string;
}

/** The links of a notice, in the order of its text. */
export function linksIn({ text }: NoticeRead): readonly string[] {
  return [...text.matchAll(/https:\/\/post\.kommune\.example\/api\/links\/\S+/g)].map(([link]) => link);
}
