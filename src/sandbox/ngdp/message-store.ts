import { bodyOf, columnsOf, type BodyColumns, type StoredBody } from '../body-store.ts';
import type { PageKeys } from '../page-keys.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';
import type { NetworkName } from './network-settings.ts';

/** A message as it is handed in. */
export interface NewMessage {
  readonly network: NetworkName;
  readonly messageUUID: string;
  readonly recipientId: string;
  readonly senderId: string;
  readonly senderLabel: string;
  readonly label: string;
  readonly reply: boolean;
  /** Id of the container it came in, or null. */
  readonly container: string | null;
  readonly systemId: string;
  readonly transmissionId: string;
  readonly body: StoredBody;
  /** The business receipt that it will have, and how long that takes. */
  readonly receipt: object;
  readonly receiptDelayMs: number;
}

/** What the contract lists of a message. */
export interface MessageRow {
  readonly messageUUID: string;
  readonly recipientID: string;
  readonly senderID: string;
  readonly label: string;
  readonly reply: boolean;
  readonly receivedAt: Date;
  readonly container: string | null;
}

/** A message in a list for its recipient. */
export interface ListedMessage extends MessageRow {
  readonly network: NetworkName;
  readonly senderLabel: string;
}

/** What is needed to read a message again. */
export interface KeptMessage extends ListedMessage {
  readonly transmissionId: string;
  readonly systemId: string;
  readonly body: StoredBody;
}

/** A recipient that has post, for pages: `key` stands for the number where the number must not stand. */
export interface RecipientWithPost {
  readonly key: string;
  readonly number: string;
  readonly messages: number;
}

const LISTED = `message_uuid as "messageUUID", recipient_id as "recipientID", sender_id as "senderID", label, reply,
  received_at as "receivedAt", container`;
const SHOWN = `${LISTED}, channel as network, sender_label as "senderLabel"`;
const KEPT = `${SHOWN}, transmission_id as "transmissionId", system_id as "systemId", size, bytes, file`;

/** What the networks have received; durable before `add` returns. */
export class MessageStore {
  readonly #database: SandboxDatabase;
  readonly #keys: PageKeys;

  constructor(database: SandboxDatabase, keys: PageKeys) {
    this.#database = database;
    this.#keys = keys;
  }

  /**
   * Adds a message and its business receipt in one commit; false when this network has had its messageUUID before, in
   * whatever letter case.
   */
  async add(message: NewMessage): Promise<boolean> {
    const { bytes, file, size } = columnsOf(message.body);
    const { rowCount } = await this.#database.query({
      name: 'add-message',
      text: `with added as (
          insert into sandbox.messages (channel, system_id, message_uuid, recipient_id, recipient_key, sender_id,
            sender_label, label, reply, container, transmission_id, size, bytes, file)
          values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) on conflict do nothing returning 1)
        insert into sandbox.receipts (channel, system_id, due_at, given, receipt)
        select $1, $2, clock_timestamp() + $15 * interval '1 millisecond', false, $16 from added`,
      values: [
        message.network, message.systemId, message.messageUUID, message.recipientId, this.#keys.keyOf(message.recipientId),
        message.senderId, message.senderLabel, message.label, message.reply, message.container, message.transmissionId,
        size, bytes, file, message.receiptDelayMs, JSON.stringify(message.receipt),
      ],
    });
    return rowCount === 1;
  }

  /** Everything a network received, oldest first. */
  async list(network: NetworkName): Promise<readonly MessageRow[]> {
    const text = `select ${LISTED} from sandbox.messages where channel = $1 order by seq`;
    return (await this.#database.query<MessageRow>(text, [network])).rows;
  }

  async find(network: NetworkName, messageUUID: string): Promise<KeptMessage | null> {
    const text = `select ${KEPT} from sandbox.messages where channel = $1 and lower(message_uuid) = lower($2)`;
    return keptOf((await this.#database.query<KeptMessage & BodyColumns>(text, [network, messageUUID])).rows)[0] ?? null;
  }

  /** Which system handed in the message with this messageUUID, else with this transmissionId; null for neither. */
  async systemOf(network: NetworkName, messageUUID: string, transmissionId: string): Promise<string | null> {
    const text = `select system_id as "systemId" from sandbox.messages
      where channel = $1 and (lower(message_uuid) = lower($2) or transmission_id::text = lower($3))
      order by lower(message_uuid) = lower($2) desc limit 1`;
    const { rows } = await this.#database.query<{ systemId: string }>(text, [network, messageUUID, transmissionId]);
    return rows[0]?.systemId ?? null;
  }

  /** A recipient's messages over all networks, newest first. */
  async listFor(recipientKey: string, max: number): Promise<readonly ListedMessage[]> {
    const text = `select ${SHOWN} from sandbox.messages where recipient_key = $1 order by seq desc limit $2`;
    return (await this.#database.query<ListedMessage>(text, [recipientKey, max])).rows;
  }

  /** Who has post, those with the latest first. */
  async recipients(max: number): Promise<readonly RecipientWithPost[]> {
    const text = `select recipient_key as key, min(recipient_id) as number, count(*) as messages from sandbox.messages
      group by recipient_key order by max(seq) desc limit $1`;
    return (await this.#database.query<RecipientWithPost>(text, [max])).rows;
  }

  /** The number behind a key, for a recipient that has post; null for any other key. */
  async numberOf(recipientKey: string): Promise<string | null> {
    const text = 'select recipient_id as number from sandbox.messages where recipient_key = $1 limit 1';
    return (await this.#database.query<{ number: string }>(text, [recipientKey])).rows[0]?.number ?? null;
  }
}

function keptOf(rows: readonly (KeptMessage & BodyColumns)[]): KeptMessage[] {
  return rows.map((row) => ({ ...row, body: bodyOf(row) }));
}
