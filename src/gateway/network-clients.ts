import { memoChannelIds, type MemoChannelId } from '../domain/channel.ts';
import { openNetworkClient, type NetworkClient, type RenewableNetworkClient } from './channels/network-client.ts';
import type { GatewayParts } from './gateway-parts.ts';
import { networkSettings } from './settings/network-settings.ts';
import type { NetworkCredentials } from './settings/organisations-file.ts';
import type { TlsLook } from './store/tls-files.ts';

/** The organisations' clients of the networks, as the organisations and their certificates are now. */
export interface NetworkClients {
  /** The client of an organisation, under any of its CVR numbers; null when it is not connected to that network. */
  clientOf(channel: MemoChannelId, cvr: string): NetworkClient | null;
  /** Looks whether certificates and keys are others than before; tells the worst that was found. */
  renew(): Promise<TlsLook>;
  close(): Promise<void>;
}

type ClientParts = Pick<GatewayParts, 'settings' | 'organisations'>;

/** One client for each set of credentials, opened by its first call; one that no organisation has any more ends its calls and goes. */
export function openNetworkClients({ settings, organisations }: ClientParts): NetworkClients {
  const open = new Map<string, RenewableNetworkClient>();
  let seen = organisations();
  let credentials = credentialsByCvr(seen);
  const refresh = () => {
    if (organisations() === seen) return;
    seen = organisations();
    credentials = credentialsByCvr(seen);
    const used = new Set([...credentials.values()].map(({ mark }) => mark));
    for (const [mark, client] of open) {
      if (used.has(mark)) continue;
      open.delete(mark);
      void client.finish();
    }
  };
  return {
    clientOf(channel, cvr) {
      refresh();
      const own = credentials.get(keyOf(channel, cvr));
      if (!own || networkSettings(settings, channel).url === '') return null;
      const known = open.get(own.mark);
      if (known) return known;
      const client = openNetworkClient(networkSettings(settings, channel), own.credentials);
      open.set(own.mark, client);
      return client;
    },
    async renew() {
      refresh();
      const looks = await Promise.all([...open.values()].map((client) => client.renew()));
      return looks.includes('unfit') ? 'unfit' : looks.includes('new') ? 'new' : 'same';
    },
    async close() {
      for (const client of open.values()) await client.close();
      open.clear();
    },
  };
}

interface OwnCredentials {
  readonly credentials: NetworkCredentials;
  /** Differs when anything of them differs. */
  readonly mark: string;
}

function credentialsByCvr(organisations: ReturnType<ClientParts['organisations']>): ReadonlyMap<string, OwnCredentials> {
  const found = new Map<string, OwnCredentials>();
  for (const organisation of organisations) {
    for (const channel of memoChannelIds) {
      const credentials = organisation[channel];
      if (!credentials) continue;
      const own = { credentials, mark: JSON.stringify([channel, credentials]) };
      for (const cvr of organisation.cvrNumbers) found.set(keyOf(channel, cvr), own);
    }
  }
  return found;
}

function keyOf(channel: MemoChannelId, cvr: string): string {
  return `${channel} ${cvr}`;
}
