import type { MemoChannelId } from '../domain/channel.ts';
import type { Directory } from '../domain/organisation.ts';
import type { ExchangeClient } from './channels/mail/exchange-client.ts';
import type { NetworkClient } from './channels/network-client.ts';
import type { Settings } from './config.ts';
import type { IsolatePool } from './isolate/isolate-pool.ts';
import type { Log } from './log.ts';
import type { Registers } from './lookup/registers.ts';
import type { Metrics } from './metrics.ts';
import type { OrganisationEntry } from './settings/organisations-file.ts';
import type { Database } from './store/database.ts';
import type { SecretKeys } from './store/secret-keys.ts';

/** Everything the stories need from outside, handed in from the top, so that a test can turn the clock or cut a line. */
export interface GatewayParts {
  readonly settings: Settings;
  readonly directory: Directory;
  /** The organisations with their settings, as they are now. */
  readonly organisations: () => readonly OrganisationEntry[];
  readonly keys: SecretKeys;
  /** Channels that are connected here. */
  readonly channels: readonly MemoChannelId[];
  readonly database: Database;
  readonly isolate: IsolatePool;
  readonly exchange: ExchangeClient;
  /** The client of an organisation, by CVR number; null when it is not connected to that network. */
  readonly network: (channel: MemoChannelId, cvr: string) => NetworkClient | null;
  readonly registers: Registers;
  /** The id under which this process claims its work. */
  readonly worker: string;
  readonly now: () => Date;
  readonly random: () => number;
  readonly newUuid: () => string;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Something was written that waits for one of the loops: they look at once. */
  readonly wake: () => void;
}
