import type { SandboxDatabase } from '../sandbox-database.ts';
import type { NetworkName } from './network-profile.ts';

/** A receipt that waits to be fetched or pushed; `receipt` is its JSON text, as it was made or given. */
export interface WaitingReceipt {
  readonly id: string;
  readonly systemId: string;
  /** The message it is about, where the network knows it. */
  readonly messageUUID: string | null;
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

const COLUMNS = 'id, system_id as "systemId", message_uuid as "messageUUID", receipt';
const DUE = 'due_at <= clock_timestamp() and (given or not $2)';

/** Receipts on their way to the gateway. A row is here from the moment it is decided until the gateway has it. */
export class ReceiptStore {
  readonly #database: SandboxDatabase;

  constructor(database: SandboxDatabase) {
    this.#database = database;
  }

  /** Takes a receipt of a person's own making; it is due at once. Answers its id. */
  async give(network: NetworkName, systemId: string, receipt: object): Promise<string> {
    const { rows } = await this.#database.query<{ id: string }>(
      `insert into sandbox.receipts (channel, system_id, due_at, given, receipt, message_uuid)
       values ($1, $2, clock_timestamp(), true, $3, $4) returning id`,
      [network, systemId, JSON.stringify(receipt), messageOf(receipt)],
    );
    return String(rows[0]?.id);
  }

  /** Due receipts in the order in which they fell due. */
  async due(query: ReceiptQuery, limit: number, offset: number): Promise<readonly WaitingReceipt[]> {
    const { name, where, values } = conditionOf(query);
    const text = `select ${COLUMNS} from sandbox.receipts where ${where} order by due_at, seq limit $4 offset $5`;
    return (await this.#database.query<WaitingReceipt>({ name: `due-${name}`, text, values: [...values, limit, offset] })).rows;
  }

  async countDue(query: ReceiptQuery): Promise<number> {
    const { name, where, values } = conditionOf(query);
    const text = `select count(*) as due from sandbox.receipts where ${where}`;
    return (await this.#database.query<{ due: number }>({ name: `count-${name}`, text, values: [...values] })).rows[0]?.due ?? 0;
  }

  /** `id` must look like a UUID. */
  async find(query: ReceiptQuery, id: string): Promise<WaitingReceipt | null> {
    const { where, values } = conditionOf(query);
    const text = `select ${COLUMNS} from sandbox.receipts where ${where} and id = $4`;
    return (await this.#database.query<WaitingReceipt>(text, [...values, id])).rows[0] ?? null;
  }

  /** The gateway has it; false when there was none. `id` must look like a UUID. */
  async remove(systemId: string, id: string): Promise<boolean> {
    // The disk is not waited for: a receipt that comes back after a power cut is only taken twice.
    const text = `with soon as materialized (select set_config('synchronous_commit', 'off', true) as commit)
      delete from sandbox.receipts using soon where system_id = $1 and id = $2 and soon.commit = 'off'`;
    return (await this.#database.query({ name: 'remove-receipt', text, values: [systemId, id] })).rowCount === 1;
  }

  /** The gateway has these, of whatever system. */
  async removeAll(ids: readonly string[]): Promise<void> {
    await this.#database.query('delete from sandbox.receipts where id = any($1)', [ids]);
  }
}

function messageOf(receipt: object): string | null {
  const { messageUUID } = receipt as { readonly messageUUID?: unknown };
  return typeof messageUUID === 'string' ? messageUUID.replaceAll('\0', '') : null;
}

interface Condition {
  readonly name: string;
  readonly where: string;
  readonly values: readonly unknown[];
}

/** One statement for one system and one for all, so that each is planned with its own index. */
function conditionOf({ network, systemId, givenOnly }: ReceiptQuery): Condition {
  return systemId === null
    ? { name: 'all', where: `channel = $1 and ${DUE} and $3::text is null`, values: [network, givenOnly, null] }
    : { name: 'system', where: `channel = $1 and ${DUE} and system_id = $3`, values: [network, givenOnly, systemId] };
}
