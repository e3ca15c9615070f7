import { bodyOf, columnsOf, type BodyColumns, type StoredBody } from '../body-store.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';
import { worldMailboxes } from '../world.ts';
import type { MailSummary } from './mail-summary.ts';

/** A mail in a mailbox, as the contract lists it. */
export interface MailRow extends MailSummary {
  readonly id: string;
  readonly receivedAt: Date;
}

/** A mail as it came in. */
export interface ReceivedMail {
  readonly body: StoredBody;
  readonly sha256: string;
}

/** A mail with its bytes. */
export interface KeptMail extends MailRow {
  readonly body: StoredBody;
}

const LISTED = `copies.id::text as id, mails.sender as "from", mails.recipients as "to", mails.subject,
  mails.received_at as "receivedAt"`;
const JOINED = 'sandbox.copies join sandbox.mails on mails.id = copies.mail_id';

/** The mailboxes of Exchange, and of everybody outside whom mail went to. Letter case of addresses does not count. */
export class MailboxStore {
  readonly #database: SandboxDatabase;

  constructor(database: SandboxDatabase) {
    this.#database = database;
  }

  /**
   * Puts a mail into each mailbox once; durable when this returns. The very same mail handed over again is dropped, as
   * Exchange drops a duplicate after an answer that did not reach the sender (reliability.md 1, "Exchange transport").
   */
  async deliver(mailboxes: readonly string[], summary: MailSummary, { body, sha256 }: ReceivedMail): Promise<void> {
    const { bytes, file, size } = columnsOf(body);
    await this.#database.query({
      name: 'deliver-mail',
      text: `with mail as (
          insert into sandbox.mails (sender, recipients, subject, size, bytes, file)
          values ($1, $2, $3, $4, $5, $6) returning id)
        insert into sandbox.copies (mailbox, mail_id, sha256)
        select mailbox, mail.id, $8 from mail, unnest($7::text[]) as mailbox on conflict (mailbox, sha256) do nothing`,
      values: [
        withoutNul(summary.from), withoutNul(summary.to), withoutNul(summary.subject), size, bytes, file,
        [...new Set(mailboxes.map(keyOf))], sha256,
      ],
    });
  }

  /** Addresses of the mailboxes that there are: those of the world, and those that got mail. */
  async addresses(): Promise<readonly string[]> {
    const { rows } = await this.#database.query<{ mailbox: string }>(
      'select mailbox from sandbox.copies group by mailbox order by mailbox',
    );
    return [...new Set([...worldMailboxes(), ...rows.map((row) => row.mailbox)])];
  }

  /** Mails of a mailbox, oldest first; none for an address that never got one. */
  async list(address: string): Promise<readonly MailRow[]> {
    const text = `select ${LISTED} from ${JOINED} where copies.mailbox = $1 order by mails.received_at, copies.id`;
    return (await this.#database.query<MailRow>(text, [keyOf(address)])).rows;
  }

  /** One mail of a mailbox, or null. */
  async find(address: string, id: string): Promise<KeptMail | null> {
    if (!/^\d{1,15}$/.test(id)) return null;
    const text = `select ${LISTED}, mails.size, mails.bytes, mails.file, 0 as offset from ${JOINED}
      where copies.mailbox = $1 and copies.id = $2`;
    const { rows } = await this.#database.query<KeptMail & BodyColumns>(text, [keyOf(address), Number(id)]);
    const row = rows[0];
    return row ? { ...row, body: bodyOf(row) } : null;
  }
}

function keyOf(address: string): string {
  return withoutNul(address).toLowerCase();
}

/** PostgreSQL's text cannot hold NUL, and no mail may be lost for it. */
function withoutNul(text: string): string {
  return text.replaceAll('\0', '\u{FFFD}');
}
