import type { SandboxDatabase } from '../sandbox-database.ts';
import { NETWORK_PROFILES, type NetworkName } from './network-profile.ts';

/**
 * How a network misbehaves when messages are handed to it; `left` counts requests down, null: until changed.
 * status: answers so without storing. timeout: reads, never answers. reset: reads and stores, then cuts the line.
 * slow: answers rightly, late.
 */
export type Fault =
  | { readonly mode: 'none' }
  | { readonly mode: 'status'; readonly status: number; readonly left: number | null }
  | { readonly mode: 'timeout' | 'reset' | 'slow'; readonly left: number | null };

/** How business receipts come. */
export interface ReceiptSettings {
  readonly delayMs: number;
  readonly withhold: boolean;
  readonly by: 'pull' | 'push';
}

/** Whoever asked for a setting asked for something that there is not; `message` says what, to be shown. */
export class UnknownSetting extends Error {}

const DEFAULT_RECEIPTS: ReceiptSettings = { delayMs: 200, withhold: false, by: 'pull' };
const DEFAULT_STATUS = 503;
const DELAY_MS_MAX = 86_400_000;

/** The faults and receipt settings of one network; kept in the database, so that they outlive a restart. */
export class NetworkSettings {
  #fault: Fault = { mode: 'none' };
  #receipts = DEFAULT_RECEIPTS;
  readonly #database: SandboxDatabase;
  readonly #network: NetworkName;

  private constructor(database: SandboxDatabase, network: NetworkName) {
    this.#database = database;
    this.#network = network;
  }

  static async open(database: SandboxDatabase, network: NetworkName): Promise<NetworkSettings> {
    const settings = new NetworkSettings(database, network);
    const { rows } = await database.query<{ name: string; value: unknown }>(
      'select name, value from sandbox.settings where name = any($1)',
      [[`${network}.fault`, `${network}.receipts`]],
    );
    for (const { name, value } of rows) {
      if (name.endsWith('.fault')) settings.#fault = value as Fault;
      else settings.#receipts = { ...DEFAULT_RECEIPTS, ...(value as Partial<ReceiptSettings>) };
    }
    return settings;
  }

  get fault(): Fault {
    return this.#fault;
  }

  get receipts(): ReceiptSettings {
    return this.#receipts;
  }

  /** Takes `{mode, status, count}` as the contract has it. Throws UnknownSetting. */
  async setFault(asked: unknown): Promise<Fault> {
    this.#fault = faultOf(asked);
    await this.#keep('fault', this.#fault);
    return this.#fault;
  }

  /** Takes `{delayMs, withhold, by}`; what is left out stays as it was. Throws UnknownSetting. */
  async setReceipts(asked: unknown): Promise<ReceiptSettings> {
    const changed = { ...this.#receipts, ...receiptChangesOf(asked) };
    if (changed.by === 'push' && !NETWORK_PROFILES[this.#network].pushesReceipts) {
      throw new UnknownSetting('this network pushes no receipts');
    }
    this.#receipts = changed;
    await this.#keep('receipts', this.#receipts);
    return this.#receipts;
  }

  /** The fault that strikes the request at hand; one with a count is used up by it. */
  async strike(): Promise<Fault> {
    const fault = this.#fault;
    if (fault.mode === 'none' || fault.left === null) return fault;
    // In memory first, so that requests that come at once do not share one count.
    this.#fault = fault.left > 1 ? { ...fault, left: fault.left - 1 } : { mode: 'none' };
    await this.#keep('fault', this.#fault);
    return fault;
  }

  async #keep(name: string, value: Fault | ReceiptSettings): Promise<void> {
    await this.#database.query(
      'insert into sandbox.settings values ($1, $2) on conflict (name) do update set value = excluded.value',
      [`${this.#network}.${name}`, value],
    );
  }
}

function faultOf(asked: unknown): Fault {
  const { mode, status, count } = fieldsOf(asked);
  const left = count === undefined || count === null ? null : wholeNumber('count', count, 0, Number.MAX_SAFE_INTEGER);
  if (mode === 'none' || (left === 0 && typeof mode === 'string')) return { mode: 'none' };
  if (mode === 'status') return { mode, status: wholeNumber('status', status ?? DEFAULT_STATUS, 200, 599), left };
  if (mode === 'timeout' || mode === 'reset' || mode === 'slow') return { mode, left };
  throw new UnknownSetting('mode must be one of status, timeout, reset, slow, none');
}

function receiptChangesOf(asked: unknown): Partial<ReceiptSettings> {
  const { delayMs, withhold, by } = fieldsOf(asked);
  if (withhold !== undefined && typeof withhold !== 'boolean') throw new UnknownSetting('withhold must be true or false');
  if (by !== undefined && by !== 'pull' && by !== 'push') throw new UnknownSetting('by must be pull or push');
  return {
    ...(delayMs === undefined ? {} : { delayMs: wholeNumber('delayMs', delayMs, 0, DELAY_MS_MAX) }),
    ...(withhold === undefined ? {} : { withhold }),
    ...(by === undefined ? {} : { by }),
  };
}

function fieldsOf(asked: unknown): Readonly<Record<string, unknown>> {
  if (typeof asked === 'object' && asked !== null && !Array.isArray(asked)) return asked as Record<string, unknown>;
  throw new UnknownSetting('a JSON object is wanted');
}

function wholeNumber(name: string, value: unknown, min: number, max: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
  throw new UnknownSetting(`${name} must be a whole number from ${min} to ${max}`);
}
