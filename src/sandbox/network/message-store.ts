import { bodyOf, bodyPart, columnsOf, type BodyColumns, type StoredBody } from '../body-store.ts';
import type { PageKeys } from '../page-keys.ts';
import { inTransaction, type SandboxDatabase } from '../sandbox-database.ts';
import type { NetworkName } from './network-profile.ts';

/** A message as it is handed in, alone or in a container. */
export interface NewMessage {
  readonly messageUUID: string;
  readonly recipientId: string;
  readonly senderId: string;
  readonly senderLabel: string;
  readonly label: string;
  readonly reply: boolean;
  /** The business receipt that it will have. */
  readonly receipt: object;
}

/** What came in one call. */
export interface NewTransmission {
  readonly network: NetworkName;
  readonly systemId: string;
  readonly transmissionId: string;
  /** How long business receipts take. */
  readonly receiptDelayMs: number;
}

/** Many messages that came in one file. */
export interface NewContainer {
  /** The file as it came. */
  readonly container: StoredBody;
  /** Its messages one after the other, unpacked. */
  readonly unpacked: StoredBody;
  readonly messages: readonly (NewMessage & { readonly offset: number; readonly size: number })[];
}

/** What the contract lists of a message. */
export interface MessageRow {
  readonly messageUUID: string;
  readonly recipientID: string;
  readonly senderID: string;
  readonly label: string;
  readonly reply: boolean;
  readonly receivedAt: Date;
  /** Id of the container it came in, or null. */
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

/** A recipient that has post at a network, for pages: `key` stands for the number where the number must not stand. */
export interface RecipientWithPost {
  readonly network: NetworkName;
  readonly key: string;
  readonly number: string;
  readonly messages: number;
}

const LISTED = `message_uuid as "messageUUID", recipient_id as "recipientID", sender_id as "senderID", label, reply,
  received_at as "receivedAt", container`;
const SHOWN = `${LISTED}, channel as network, sender_label as "senderLabel"`;
const KEPT = `${SHOWN}, transmission_id as "transmissionId", system_id as "systemId", size, bytes, file, file_offset as "offset"`;

/** One statement for a message and for thousands: what a network has had before is skipped, the rest gets its receipt. */
const ADD = `with given as (
    select * from unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::boolean[],
      $13::bigint[], $14::bytea[], $15::text[], $16::bigint[], $17::text[]) with ordinality
      as t (message_uuid, recipient_id, recipient_key, sender_id, sender_label, label, reply, size, bytes, file, file_offset, receipt, place)),
  added as (
    insert into sandbox.messages (channel, system_id, transmission_id, container, message_uuid, recipient_id, recipient_key,
      sender_id, sender_label, label, reply, size, bytes, file, file_offset)
    select $1, $2, $3, $4, message_uuid, recipient_id, recipient_key, sender_id, sender_label, label, reply, size, bytes, file, file_offset
    from given order by place on conflict do nothing returning message_uuid, seq)
  insert into sandbox.receipts (channel, system_id, due_at, given, receipt, message_uuid)
  select $1, $2, clock_timestamp() + $5 * interval '1 millisecond', false, receipt, message_uuid
  from given join added using (message_uuid) order by seq`;

/** What the networks have received; durable before `add` or `addContainer` returns. */
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
  async add(transmission: NewTransmission, message: NewMessage, body: StoredBody): Promise<boolean> {
    const values = this.#addValues(transmission, null, [{ message, body }]);
    return (await this.#database.query({ name: 'add-messages', text: ADD, values })).rowCount === 1;
  }

  /**
   * Adds a container, and those of its messages that this network has not had before with their business receipts, in
   * one commit. Answers how many were added; of a container with nothing new, nothing is kept. The container's id is
   * the transmission's.
   */
  async addContainer(transmission: NewTransmission, { container, unpacked, messages }: NewContainer): Promise<number> {
    const { network, transmissionId } = transmission;
    const { bytes, file, size } = columnsOf(container);
    const firsts = [...new Map(messages.toReversed().map((one) => [one.messageUUID.toLowerCase(), one])).values()].toReversed();
    const rows = firsts.map((message) => ({ message, body: bodyPart(unpacked, message.offset, message.size) }));
    return inTransaction(this.#database, async (client) => {
      const added = await client.query(ADD, this.#addValues(transmission, transmissionId, rows));
      const count = added.rowCount ?? 0;
      if (count === 0) return 0;
      await client.query(
        'insert into sandbox.containers (id, channel, messages, size, bytes, file) values ($1, $2, $3, $4, $5, $6)',
        [transmissionId, network, messages.length, size, bytes, file],
      );
      return count;
    });
  }

  /** The bytes of a container as they came; null when this network has none with that id. */
  async findContainer(network: NetworkName, id: string): Promise<StoredBody | null> {
    const text = `select size, bytes, file, 0 as "offset" from sandbox.containers where channel = $1 and id::text = lower($2)`;
    const row = (await this.#database.query<BodyColumns>(text, [network, id])).rows[0];
    return row ? bodyOf(row) : null;
  }

  /** Everything a network received, oldest first. */
  async list(network: NetworkName): Promise<readonly MessageRow[]> {
    const text = `select ${LISTED} from sandbox.messages where channel = $1 order by received_at, seq`;
    return (await this.#database.query<MessageRow>(text, [network])).rows;
  }

  async find(network: NetworkName, messageUUID: string): Promise<KeptMessage | null> {
    const text = `select ${KEPT} from sandbox.messages where channel = $1 and lower(message_uuid) = lower($2)`;
    return keptOf((await this.#database.query<KeptMessage & BodyColumns>(text, [network, messageUUID])).rows)[0] ?? null;
  }

  /** Which system handed in the message with this messageUUID, else with this transmissionId; null for neither. */
  async systemOf(network: NetworkName, messageUUID: string, transmissionId: string): Promise<string | null> {
    const byMessage = `select system_id as "systemId" from sandbox.messages where channel = $1 and lower(message_uuid) = lower($2)`;
    const byTransmission = `select system_id as "systemId" from sandbox.messages
      where channel = $1 and transmission_id::text = lower($2) limit 1`;
    for (const [text, id] of [[byMessage, messageUUID], [byTransmission, transmissionId]] as const) {
      const { rows } = await this.#database.query<{ systemId: string }>(text, [network, id]);
      if (rows[0]) return rows[0].systemId;
    }
    return null;
  }

  /** A recipient's messages at one network, newest first. */
  async listFor(network: NetworkName, recipientKey: string, max: number): Promise<readonly ListedMessage[]> {
    const text = `select ${SHOWN} from sandbox.messages where recipient_key = $1 and channel = $2 order by seq desc limit $3`;
    return (await this.#database.query<ListedMessage>(text, [recipientKey, network, max])).rows;
  }

  /** Who has post at a network, those with the latest first. */
  async recipients(network: NetworkName, max: number): Promise<readonly RecipientWithPost[]> {
    const text = `select channel as network, recipient_key as key, min(recipient_id) as number, count(*) as messages
      from sandbox.messages where channel = $1 group by channel, recipient_key order by max(seq) desc limit $2`;
    return (await this.#database.query<RecipientWithPost>(text, [network, max])).rows;
  }

  /** The number behind a key, for a recipient that has post; null for any other key. */
  async numberOf(recipientKey: string): Promise<string | null> {
    const text = 'select recipient_id as number from sandbox.messages where recipient_key = $1 limit 1';
    return (await this.#database.query<{ number: string }>(text, [recipientKey])).rows[0]?.number ?? null;
  }

  #addValues(transmission: NewTransmission, container: string | null, rows: readonly RowToAdd[]): unknown[] {
    const { network, systemId, transmissionId, receiptDelayMs } = transmission;
    const messages = rows.map(({ message }) => message);
    const bodies = rows.map(({ body }) => columnsOf(body));
    return [
      network, systemId, transmissionId, container, receiptDelayMs,
      messages.map((one) => one.messageUUID), messages.map((one) => one.recipientId),
      messages.map((one) => this.#keys.keyOf(one.recipientId)), messages.map((one) => one.senderId),
      messages.map((one) => one.senderLabel), messages.map((one) => one.label), messages.map((one) => one.reply),
      bodies.map((one) => one.size), bodies.map((one) => one.bytes), bodies.map((one) => one.file), bodies.map((one) => one.offset),
      messages.map((one) => JSON.stringify(one.receipt)),
    ];
  }
}

interface RowToAdd {
  readonly message: NewMessage;
  readonly body: StoredBody;
}

function keptOf(rows: readonly (KeptMessage & BodyColumns)[]): KeptMessage[] {
  return rows.map((row) => ({ ...row, body: bodyOf(row) }));
}
