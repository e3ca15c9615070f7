import type { SandboxDatabase } from '../sandbox-database.ts';
import type { NetworkName } from './network-settings.ts';

/** A receipt that waits to be fetched or pushed; `receipt` is its JSON text, as it was made or given. */
export interface WaitingReceipt {
  readonly id: string;
  readonly systemId: string;
  readonly receipt: string;
}

/** Which receipts may be had now. */
export interface ReceiptQuery {
  readonly network: NetworkName;
  /** Null: of every system. */
  readonly systemId: string | null;
  /** True: only those a person gave, for all others are held back. */
  readonly givenOnly: boolean;
}

const DUE = `channel = $1 and ($2::text is null or system_id = $2) and due_at <= clock_timestamp() and (given or not $3)`;

/** Receipts on their way to the gateway. A row is here from the moment it is decided until the gateway has it. */
export class ReceiptStore {
  readonly #database: SandboxDatabase;

  constructor(database: SandboxDatabase) {
    this.#database = database;
  }

  /** Takes a receipt of a person's own making; it is due at once. Answers its id. */
  async give(network: NetworkName, systemId: string, receipt: object): Promise<string> {
    const { rows } = await this.#database.query<{ id: string }>(
      `insert into sandbox.receipts (channel, system_id, due_at, given, receipt)
       values ($1, $2, clock_timestamp(), true, $3) returning id`,
      [network, systemId, JSON.stringify(receipt)],
    );
    return String(rows[0]?.id);
  }

  /** Due receipts in the order in which they fell due. */
  async due(query: ReceiptQuery, limit: number, offset: number): Promise<readonly WaitingReceipt[]> {
    const text = `select id, system_id as "systemId", receipt from sandbox.receipts where ${DUE}
      order by due_at, seq limit $4 offset $5`;
    const values = [query.network, query.systemId, query.givenOnly, limit, offset];
    return (await this.#database.query<WaitingReceipt>({ name: 'due-receipts', text, values })).rows;
  }

  async countDue(query: ReceiptQuery): Promise<number> {
    const text = `select count(*) as due from sandbox.receipts where ${DUE}`;
    const values = [query.network, query.systemId, query.givenOnly];
    return (await this.#database.query<{ due: number }>({ name: 'count-receipts', text, values })).rows[0]?.due ?? 0;
  }

  /** `id` must look like a UUID. */
  async find(query: ReceiptQuery, id: string): Promise<WaitingReceipt | null> {
    const text = `select id, system_id as "systemId", receipt from sandbox.receipts where ${DUE} and id = $4`;
    const values = [query.network, query.systemId, query.givenOnly, id];
    return (await this.#database.query<WaitingReceipt>(text, values)).rows[0] ?? null;
  }

  /** The gateway has it; false when there was none. `id` must look like a UUID. */
  async remove(systemId: string, id: string): Promise<boolean> {
    const text = 'delete from sandbox.receipts where system_id = $1 and id = $2';
    return (await this.#database.query(text, [systemId, id])).rowCount === 1;
  }
}
