import path from 'node:path';
import type { Certificates } from '../certificates.ts';
import { GraphGroups } from '../graph/graph-groups.ts';
import { GRAPH_APP_ID, GRAPH_APP_SECRET, userWithAddress } from '../people.ts';
import type { EntraApp } from './entra-apps.ts';
import { openEntraDoor } from './entra-door.ts';
import { EntraKeys } from './entra-keys.ts';
import { userToken, type TokenAnswer, type TokenVariant } from './user-token.ts';

/** The stand-in Entra and Graph. */
export interface Entra {
  /** Stands for https://login.microsoftonline.com. */
  readonly authority: string;
  /** Stands for https://graph.microsoft.com/v1.0. */
  readonly graphUrl: string;
  readonly groups: GraphGroups;
  /** A token for one of the exercise's people, by address; null for nobody of them. */
  tokenFor(address: string, variant?: TokenVariant): Promise<TokenAnswer | null>;
  /** Signs with a new key from now on; its id. */
  rotateKey(): Promise<string>;
  close(): Promise<void>;
}

const GRAPH_APP: EntraApp = { clientId: GRAPH_APP_ID, secret: GRAPH_APP_SECRET, certificate: null };

/** Opens the stand-in Entra with Graph on a free port; its keys are kept in `dataDir`. */
export async function openEntra(
  { certificates, dataDir, apps = [] }: { readonly certificates: Certificates; readonly dataDir: string; readonly apps?: readonly EntraApp[] },
): Promise<Entra> {
  const keys = await EntraKeys.open(path.join(dataDir, 'entra-keys.json'));
  const groups = new GraphGroups();
  const door = await openEntraDoor({ keys, groups, apps: [GRAPH_APP, ...apps], certificate: certificates.network });
  return {
    authority: door.authority,
    graphUrl: door.graphUrl,
    groups,
    async tokenFor(address, variant = 'valid') {
      const user = userWithAddress(address);
      return user && (await userToken(user, { key: keys.newest, authority: door.authority, nowS: Math.floor(Date.now() / 1000), variant }));
    },
    rotateKey: () => keys.rotate(),
    close: () => door.close(),
  };
}
