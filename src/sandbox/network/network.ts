import { BodyStore } from '../body-store.ts';
import type { SenderSystem } from '../network-credentials.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import type { MessageStore } from './message-store.ts';
import { NETWORK_PROFILES, type NetworkName, type NetworkProfile } from './network-profile.ts';
import { NetworkSettings } from './network-settings.ts';
import { ReceiptStore, type ReceiptQuery } from './receipt-store.ts';

/** One stand-in network: what it keeps, how it behaves, and who may log on. */
export interface Network {
  readonly name: NetworkName;
  readonly profile: NetworkProfile;
  readonly systems: readonly SenderSystem[];
  readonly settings: NetworkSettings;
  readonly messages: MessageStore;
  readonly bodies: BodyStore;
  readonly receipts: ReceiptStore;
  readonly log: SandboxLog;
}

export interface NetworkOptions {
  readonly name: NetworkName;
  readonly systems: readonly SenderSystem[];
  readonly database: SandboxDatabase;
  readonly messages: MessageStore;
  /** Folder for large bodies. */
  readonly folder: string;
  readonly log: SandboxLog;
}

/** Opens what a network keeps, as the last run left it. */
export async function openNetwork(options: NetworkOptions): Promise<Network> {
  const { name, systems, database, messages, log } = options;
  const settings = await NetworkSettings.open(database, name);
  const bodies = await BodyStore.open(options.folder);
  const receipts = new ReceiptStore(database);
  return { name, profile: NETWORK_PROFILES[name], systems, settings, messages, bodies, receipts, log };
}

/** Which receipts a system may have now; null: all systems. */
export function receiptQuery(network: Network, systemId: string | null): ReceiptQuery {
  return { network: network.name, systemId, givenOnly: network.settings.receipts.withhold };
}
