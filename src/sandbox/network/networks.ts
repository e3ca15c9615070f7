import path from 'node:path';
import type { Certificates } from '../certificates.ts';
import { senderSystems } from '../network-credentials.ts';
import type { PageKeys } from '../page-keys.ts';
import type { SandboxDatabase } from '../sandbox-database.ts';
import type { SandboxLog } from '../sandbox-log.ts';
import { MessageStore } from './message-store.ts';
import { openNetworkDoor, type NetworkDoor } from './network-door.ts';
import { NETWORK_NAMES, type NetworkName } from './network-profile.ts';
import { openNetwork, type Network } from './network.ts';

/** All stand-in networks with their doors open. */
export interface Networks {
  readonly all: Readonly<Record<NetworkName, Network>>;
  /** Port of each network's REST door. */
  readonly ports: Readonly<Record<NetworkName, number>>;
  close(): Promise<void>;
}

export interface NetworksOptions {
  readonly certificates: Certificates;
  readonly database: SandboxDatabase;
  readonly keys: PageKeys;
  /** Under which each network has a folder of its own, for large bodies. */
  readonly dataDir: string;
  readonly log: SandboxLog;
}

/** Opens every network as the last run left it, each with a door on a free port of its own. */
export async function openNetworks(options: NetworksOptions): Promise<Networks> {
  const { certificates, database, keys, dataDir, log } = options;
  const messages = new MessageStore(database, keys);
  const opened = await Promise.all(
    NETWORK_NAMES.map(async (name): Promise<{ network: Network; door: NetworkDoor }> => {
      const systems = await senderSystems(certificates, name);
      const network = await openNetwork({ name, systems, database, messages, folder: path.join(dataDir, name), log });
      return { network, door: await openNetworkDoor(network, certificates) };
    }),
  );
  const [ngdp, mitdk, eboks] = opened;
  if (!ngdp || !mitdk || !eboks) throw new Error('a network is missing');
  return {
    all: { ngdp: ngdp.network, mitdk: mitdk.network, eboks: eboks.network },
    ports: { ngdp: ngdp.door.port, mitdk: mitdk.door.port, eboks: eboks.door.port },
    close: async () => {
      await Promise.all(opened.map(({ door }) => door.close()));
    },
  };
}
