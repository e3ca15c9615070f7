import { bodyOf, columnsOf, type BodyColumns, type StoredBody } from '../body-store.ts';
import type { MailSummary } from '../exchange/mail-summary.ts';
import type { KeptMail, MailRow } from '../exchange/mailbox-store.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';
import type { NamedAddress } from './outlook-user.ts';

/** A mail that was sent from a mailbox. */
export interface SentMail {
  readonly mailbox: string;
  readonly summary: MailSummary;
  readonly recipients: readonly NamedAddress[];
  readonly body: StoredBody;
}

/** A draft as the page keeps it: its content is the page's own JSON. */
export interface KeptDraft {
  readonly id: string;
  readonly mailbox: string;
  readonly recipients: string;
  readonly subject: string;
  readonly content: string;
}

export type DraftRow = Omit<MailRow, 'from'>;

const SENT = `sent_mails.id::text as id, mails.sender as "from", mails.recipients as "to", mails.subject, mails.received_at as "receivedAt"`;
const JOINED = 'sandbox.sent_mails join sandbox.mails on mails.id = sent_mails.mail_id';
/** Of those written to before, the newest so many are suggested. */
const SUGGESTED_MAX = 200;

/** What Outlook keeps besides what arrives: sent mails, drafts, and what the add-in keeps with a mailbox. */
export class OutlookStore {
  readonly #database: SandboxDatabase;

  constructor(database: SandboxDatabase) {
    this.#database = database;
  }

  async keepSent({ mailbox, summary, recipients, body }: SentMail): Promise<void> {
    const { bytes, file, size } = columnsOf(body);
    await this.#database.query(
      `with mail as (
          insert into sandbox.mails (sender, recipients, subject, size, bytes, file) values ($1, $2, $3, $4, $5, $6) returning id)
        insert into sandbox.sent_mails (mailbox, mail_id, recipients) select $7, mail.id, $8 from mail`,
      [summary.from, summary.to, summary.subject, size, bytes, file, mailbox, JSON.stringify(recipients)],
    );
  }

  /** Sent mails of a mailbox, oldest first. */
  async sent(mailbox: string): Promise<readonly MailRow[]> {
    return (await this.#database.query<MailRow>(`select ${SENT} from ${JOINED} where sent_mails.mailbox = $1 order by sent_mails.id`, [mailbox])).rows;
  }

  async findSent(mailbox: string, id: string): Promise<KeptMail | null> {
    if (!/^\d{1,15}$/.test(id)) return null;
    const text = `select ${SENT}, mails.size, mails.bytes, mails.file, 0 as offset from ${JOINED} where sent_mails.mailbox = $1 and sent_mails.id = $2`;
    const [row] = (await this.#database.query<KeptMail & BodyColumns>(text, [mailbox, Number(id)])).rows;
    return row ? { ...row, body: bodyOf(row) } : null;
  }

  /** Whom a mailbox wrote to, the newest first, each once. */
  async writtenTo(mailbox: string): Promise<readonly NamedAddress[]> {
    const { rows } = await this.#database.query<NamedAddress>(
      `select name, address from (
          select distinct on (lower(one->>'address')) one->>'name' as name, one->>'address' as address, sent_mails.id
          from sandbox.sent_mails, jsonb_array_elements(recipients) as one where mailbox = $1
          order by lower(one->>'address'), sent_mails.id desc) as known
        order by id desc limit $2`,
      [mailbox, SUGGESTED_MAX],
    );
    return rows;
  }

  /** Ids of the received mails that have been opened in Outlook. */
  async opened(mailbox: string): Promise<ReadonlySet<string>> {
    const { rows } = await this.#database.query<{ id: string }>('select id::text from sandbox.copies where mailbox = $1 and opened', [mailbox]);
    return new Set(rows.map(({ id }) => id));
  }

  async noteOpened(mailbox: string, id: string): Promise<void> {
    await this.#database.query('update sandbox.copies set opened = true where mailbox = $1 and id = $2 and not opened', [mailbox, Number(id)]);
  }

  async keepDraft({ id, mailbox, recipients, subject, content }: KeptDraft): Promise<void> {
    await this.#database.query(
      `insert into sandbox.drafts (id, mailbox, recipients, subject, content) values ($1, $2, $3, $4, $5)
        on conflict (id) do update set mailbox = $2, recipients = $3, subject = $4, content = $5, saved_at = clock_timestamp()`,
      [id, mailbox, recipients, subject, content.replaceAll('\0', '')],
    );
  }

  async drafts(mailbox: string): Promise<readonly DraftRow[]> {
    const text = `select id::text, recipients as "to", subject, saved_at as "receivedAt" from sandbox.drafts where mailbox = $1 order by saved_at`;
    return (await this.#database.query<DraftRow>(text, [mailbox])).rows;
  }

  async draft(mailbox: string, id: string): Promise<string | null> {
    const { rows } = await this.#database.query<{ content: string }>('select content from sandbox.drafts where mailbox = $1 and id = $2', [mailbox, id]);
    return rows[0]?.content ?? null;
  }

  async forgetDraft(mailbox: string, id: string): Promise<void> {
    await this.#database.query('delete from sandbox.drafts where mailbox = $1 and id = $2', [mailbox, id]);
  }

  async roaming(address: string): Promise<Readonly<Record<string, unknown>>> {
    const { rows } = await this.#database.query<{ value: Readonly<Record<string, unknown>> }>('select value from sandbox.settings where name = $1', [roamingName(address)]);
    return rows[0]?.value ?? {};
  }

  async keepRoaming(address: string, settings: unknown): Promise<void> {
    await this.#database.query(
      'insert into sandbox.settings values ($1, $2) on conflict (name) do update set value = $2', [roamingName(address), JSON.stringify(settings)],
    );
  }
}

function roamingName(address: string): string {
  return `outlook-roaming ${address}`;
}
