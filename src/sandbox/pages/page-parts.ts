import type { Exchange } from '../exchange/exchange.ts';
import type { RunningGateway } from '../gateway-process.ts';
import type { Network } from '../ngdp/network.ts';
import type { PageKeys } from '../page-keys.ts';

/** What the pages show and do. */
export interface PageParts {
  readonly gateway: RunningGateway;
  readonly ngdp: Network;
  readonly exchange: Exchange;
  readonly keys: PageKeys;
}
