import { randomUUID } from 'node:crypto';
import { labelFromSubject } from '../../domain/subject-label.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';

/** A mass send that a page has handed over. */
export interface MassSend {
  readonly id: string;
  /** Mailbox it was sent from. */
  readonly sender: string;
  /** As the messages have it in their label. */
  readonly subject: string;
  readonly recipients: number;
  readonly sentAt: Date;
}

/** How far a mass send has come at NgDP. */
export interface MassSendProgress {
  readonly received: number;
  readonly containers: number;
  /** Business receipts that the gateway does not have yet. */
  readonly receiptsWaiting: number;
  readonly latestAt: Date | null;
  /** Messages received in each minute that had any, oldest first. */
  readonly perMinute: readonly { readonly minute: Date; readonly messages: number }[];
}

const COLUMNS = 'id, sender, subject, recipients, sent_at as "sentAt"';

/** Mass sends from the pages, and what became of them. */
export class MassSendStore {
  readonly #database: SandboxDatabase;

  constructor(database: SandboxDatabase) {
    this.#database = database;
  }

  async add(send: Pick<MassSend, 'sender' | 'subject' | 'recipients' | 'sentAt'>): Promise<string> {
    const id = randomUUID();
    await this.#database.query(
      'insert into sandbox.mass_sends (id, sender, subject, recipients, sent_at) values ($1, $2, $3, $4, $5)',
      [id, send.sender, labelFromSubject(send.subject), send.recipients, send.sentAt],
    );
    return id;
  }

  /** The latest, newest first. */
  async list(max: number): Promise<readonly MassSend[]> {
    const text = `select ${COLUMNS} from sandbox.mass_sends order by sent_at desc limit $1`;
    return (await this.#database.query<MassSend>(text, [max])).rows;
  }

  async find(id: string): Promise<MassSend | null> {
    if (!/^[0-9a-f-]{36}$/.test(id)) return null;
    const text = `select ${COLUMNS} from sandbox.mass_sends where id = $1`;
    return (await this.#database.query<MassSend>(text, [id])).rows[0] ?? null;
  }

  /**
   * What NgDP received under this subject from the hand-over until the next mass send with the same subject; a message
   * carries nothing else by which its mail could be known.
   */
  async progressOf({ id }: MassSend): Promise<MassSendProgress> {
    const { rows } = await this.#database.query<{ minute: Date; messages: number; containers: string[]; latest: Date; waiting: number }>(
      `with this as (
         select *, (select min(later.sent_at) from sandbox.mass_sends later
                    where later.subject = one.subject and later.sent_at > one.sent_at) as ended_at
         from sandbox.mass_sends one where id = $1)
       select date_trunc('minute', received_at) as minute, count(*) as messages, max(received_at) as latest,
         coalesce(array_agg(distinct container) filter (where container is not null), '{}') as containers,
         count(*) filter (where exists (select 1 from sandbox.receipts where receipts.message_uuid = messages.message_uuid)) as waiting
       from this join sandbox.messages on label = this.subject and channel = 'ngdp'
         and received_at >= this.sent_at and received_at < coalesce(this.ended_at, 'infinity')
       group by 1 order by 1`,
      [id],
    );
    return {
      received: sum(rows.map((row) => row.messages)),
      containers: new Set(rows.flatMap((row) => row.containers)).size,
      receiptsWaiting: sum(rows.map((row) => row.waiting)),
      latestAt: rows.at(-1)?.latest ?? null,
      perMinute: rows.map(({ minute, messages }) => ({ minute, messages })),
    };
  }
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
